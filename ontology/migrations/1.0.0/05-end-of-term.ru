# The end of a term is a date like any other, of the kind termEnd.
PREFIX apro: <https://w3id.org/apro#>
PREFIX date-kind: <https://w3id.org/apro/date-kind/>

DELETE { GRAPH ?graph { ?body apro:termEnd ?date . ?date apro:dateKind ?kind } }
INSERT { GRAPH ?graph { ?body apro:atDate ?date . ?date apro:dateKind date-kind:termEnd } }
WHERE {
  GRAPH ?graph {
    ?body apro:termEnd ?date .
    OPTIONAL { ?date apro:dateKind ?kind }
  }
}
