# The value of a figure was an xsd:integer; it is now an xsd:decimal, so that 12.5 per cent has a place.
PREFIX apro: <https://w3id.org/apro#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { GRAPH ?graph { ?figure apro:value ?whole } }
INSERT { GRAPH ?graph { ?figure schema:value ?decimal } }
WHERE {
  GRAPH ?graph { ?figure apro:value ?whole }
  BIND(STRDT(STR(?whole), xsd:decimal) AS ?decimal)
}
