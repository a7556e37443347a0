# The coder is given by name in a property of its own; dcterms:creator is for nodes.
PREFIX apro: <https://w3id.org/apro#>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { GRAPH ?graph { ?coding dcterms:creator ?name } }
INSERT { GRAPH ?graph { ?coding apro:coder ?name } }
WHERE {
  GRAPH ?graph { ?coding a apro:Coding ; dcterms:creator ?name }
  FILTER(isLiteral(?name))
}
