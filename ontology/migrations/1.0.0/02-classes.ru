# Classes in whose place one in wide use stands.
PREFIX apro: <https://w3id.org/apro#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { GRAPH ?graph { ?node a ?old } }
INSERT { GRAPH ?graph { ?node a ?new } }
WHERE {
  VALUES (?old ?new) {
    (apro:Person foaf:Person)
    (apro:Topic skos:Concept)
    (apro:Figure schema:QuantitativeValue)
  }
  GRAPH ?graph { ?node a ?old }
}
