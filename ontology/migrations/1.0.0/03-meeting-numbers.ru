# The number of a meeting was an integer; a number is now a string, as written.
PREFIX apro: <https://w3id.org/apro#>

DELETE { GRAPH ?graph { ?meeting apro:meetingNumber ?number } }
INSERT { GRAPH ?graph { ?meeting apro:number ?written } }
WHERE {
  GRAPH ?graph { ?meeting apro:meetingNumber ?number }
  BIND(STR(?number) AS ?written)
}
