# A name as a list writes it is another name of the person, where the person is described.
# Run it after 01 and 02.
PREFIX apro: <https://w3id.org/apro#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { GRAPH ?graph { ?participation apro:nameAsWritten ?name } }
INSERT { GRAPH ?register { ?person skos:altLabel ?name } }
WHERE {
  GRAPH ?graph { ?participation apro:nameAsWritten ?name ; org:member ?person }
  GRAPH ?register { ?person a foaf:Person }
}
