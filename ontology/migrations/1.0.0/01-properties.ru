# Properties that are called otherwise in 1.0.0; their values stay as they are.
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX apro: <https://w3id.org/apro#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>

DELETE { GRAPH ?graph { ?subject ?old ?value } }
INSERT { GRAPH ?graph { ?subject ?new ?value } }
WHERE {
  VALUES (?old ?new) {
    (apro:participationIn apro:inMeeting)
    (apro:agreedIn apro:expressedIn)
    (apro:decidedIn apro:expressedIn)
    (apro:claimedIn apro:expressedIn)
    (apro:reportedIn apro:expressedIn)
    (apro:concerns apro:about)
    (apro:regarding apro:about)
    (apro:subItemOf dcterms:isPartOf)
    (apro:partOf dcterms:isPartOf)
    (apro:itemNumber apro:number)
    (apro:actualStart prov:startedAtTime)
    (apro:actualEnd prov:endedAtTime)
    (apro:announcedStart schema:startDate)
    (apro:announcedEnd schema:endDate)
    (apro:place schema:location)
    (apro:title schema:jobTitle)
    (apro:sha256 schema:sha256)
    (apro:summary dcterms:abstract)
    (apro:participant org:member)
    (apro:role org:role)
    (apro:onBehalfOf apro:represents)
    (apro:leadBody apro:responsible)
    (apro:organiser apro:responsible)
    (apro:setUpBy apro:mandatedBy)
    (apro:commissionedBy apro:mandatedBy)
    (apro:assignedBy apro:mandatedBy)
    (apro:counterpart apro:party)
    (apro:author dcterms:creator)
    (apro:projectIdentifier dcterms:identifier)
    (apro:succeeds dcterms:replaces)
    (apro:hostedBy org:linkedTo)
    (apro:codingStatus adms:status)
    (apro:organisationAsWritten apro:asWritten)
    (apro:dateAsWritten apro:asWritten)
    (apro:unit schema:unitText)
  }
  GRAPH ?graph { ?subject ?old ?value }
}
