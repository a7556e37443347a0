"""A small fictional ontology, so that tests of the documentation do not lean on the shipped one."""

from __future__ import annotations

from pathlib import Path

SPACE = "https://example.org/harbour#"

PREFIXES = """
@prefix h: <https://example.org/harbour#> .
@prefix cargo: <https://example.org/harbour/cargo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

MODEL = (
    PREFIXES
    + """
<https://example.org/harbour> a owl:Ontology ;
    dcterms:title "Harbour"@en , "Satama"@fi , "Hamn"@sv ;
    dcterms:description "Ships and who sails them."@en ;
    owl:versionInfo "2.1" ;
    vann:preferredNamespacePrefix "h" ;
    vann:preferredNamespaceUri "https://example.org/harbour#" .
h:Vessel a owl:Class ; rdfs:label "vessel"@en , "alus"@fi , "farkost"@sv ;
    skos:definition "What floats."@en , "Mikä kelluu."@fi , "Det som flyter."@sv .
h:Ship a owl:Class ; rdfs:subClassOf h:Vessel ; owl:disjointWith h:Pier ;
    rdfs:label "ship"@en , "laiva"@fi , "skepp"@sv ;
    skos:definition "A vessel under a captain, see h:captain."@en ;
    skos:scopeNote "A rowing boat is no ship."@en ;
    skos:example "<m1> a h:Ship ." , "Aurora"@fi .
h:Pier a owl:Class ; rdfs:label "pier"@en .
h:captain a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:label "captain"@en , "kapteeni"@fi ;
    rdfs:domain h:Ship ; schema:rangeIncludes foaf:Person , h:Pier .
h:length a owl:DatatypeProperty ; schema:domainIncludes h:Vessel , h:Pier ;
    rdfs:range xsd:decimal .
h:cargo a owl:ObjectProperty ; schema:domainIncludes h:Ship ; rdfs:range skos:Concept .
foaf:Person a owl:Class ; vann:usageNote "Who sails."@en , "Kuka purjehtii."@fi , "Vem."@sv .
skos:Concept a owl:Class .
"""
)

CODES = (
    PREFIXES
    + """
<https://example.org/harbour/cargo> a skos:ConceptScheme ; skos:prefLabel "cargo"@en , "lasti"@fi .
cargo:fish a skos:Concept ; skos:inScheme <https://example.org/harbour/cargo> ;
    skos:notation "fish" ; skos:prefLabel "fish"@en ; h:weight 2.5 .
cargo:herring a skos:Concept ; skos:inScheme <https://example.org/harbour/cargo> ;
    skos:broader cargo:fish ; skos:notation "herring" ; skos:prefLabel "herring"@en ; h:weight 0.1 .
cargo:cod a skos:Concept ; skos:inScheme <https://example.org/harbour/cargo> ;
    skos:broader cargo:fish ; skos:notation "cod" ; skos:prefLabel "cod"@en ; h:weight 1.0 .
cargo:salt a skos:Concept ; skos:inScheme <https://example.org/harbour/cargo> ;
    skos:notation "salt" ; skos:prefLabel "salt"@en ; h:weight 9.0 .
"""
)

SHAPES = (
    PREFIXES
    + """
<https://example.org/harbour/shapes/captain> a sh:PropertyShape ; sh:targetClass h:Ship ;
    sh:path h:captain ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:or ( [ sh:class foaf:Person ] [ sh:class h:Pier ] ) ; sh:severity sh:Violation ;
    sh:message "A ship has one captain: give `captain`."@en , "Anna `captain`."@fi , "Ange."@sv .
<https://example.org/harbour/shapes/length> a sh:PropertyShape ; sh:targetClass h:Vessel ;
    sh:path h:length ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "Say how long."@en .
<https://example.org/harbour/shapes/parts> a sh:NodeShape ; sh:targetClass h:Pier ;
    sh:property [ sh:path h:length ; sh:minCount 2 ; sh:maxCount 5 ] .
<https://example.org/harbour/shapes/cargo> a sh:PropertyShape ; sh:targetSubjectsOf h:cargo ;
    sh:path h:cargo ; sh:severity sh:Warning ; sh:node [ sh:property [
        sh:path skos:inScheme ; sh:hasValue <https://example.org/harbour/cargo> ] ] .
<https://example.org/harbour/shapes/query> a sh:NodeShape ; sh:targetClass h:Ship ;
    sh:sparql [ sh:select "SELECT $this { $this h:length ?l }" ] .
"""
)

ALIGNMENT = (
    PREFIXES
    + """
<https://example.org/harbour/alignments/foaf> a owl:Ontology ; dcterms:title "Foaf"@en .
h:Ship skos:closeMatch foaf:Project .
foaf:Agent rdfs:subClassOf h:Vessel .
h:Ship rdfs:subClassOf h:Vessel .
"""
)

DEPRECATED = (
    PREFIXES
    + """
h:Boat a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy h:Ship ;
    rdfs:label "boat"@en ; skos:changeNote "One word is enough."@en .
"""
)

CONTEXT = """{"@context": {
  "h": "https://example.org/harbour#", "foaf": "http://xmlns.com/foaf/0.1/",
  "xsd": "http://www.w3.org/2001/XMLSchema#", "@vocab": "https://example.org/harbour#",
  "id": "@id", "type": "@type", "entities": "@graph",
  "captain": {"@id": "h:captain", "@type": "@id", "@container": "@set"},
  "captains": {"@reverse": "h:captain"},
  "length": {"@id": "h:length", "@type": "xsd:decimal",
    "@context": {"unit": "h:unit"}},
  "cargo": {"@id": "h:cargo", "@type": "@vocab",
    "@context": {"@vocab": "https://example.org/harbour/cargo/"}}}}
"""

DIAGRAM = """
themes: {sea: {title: {en: Sea, fi: Meri, sv: Hav}}, land: {title: {en: Land, fi: Maa, sv: Land}}}
boxes:
- {class: "h:Vessel", theme: sea, column: 1, row: 1}
- {class: "h:Ship", theme: sea, column: 1, row: 2}
- {class: "h:Pier", theme: land, column: 2, row: 1}
arrows:
- {from: "h:Ship", property: "rdfs:subClassOf", to: "h:Vessel"}
- {from: "h:Ship", property: "h:captain", to: "h:Pier"}
left_out: []
"""

EXAMPLE = """
"@context": https://example.org/harbour/context.jsonld
entities:
- {id: aurora, type: Ship, captain: [ada], cargo: salt, length: "12.5"}
"""

FILES = {
    "apro.ttl": MODEL,
    "apro-codes.ttl": CODES,
    "apro-shapes.ttl": SHAPES,
    "apro-deprecated.ttl": DEPRECATED,
    "apro-context.jsonld": CONTEXT,
    "alignments/foaf.ttl": ALIGNMENT,
    "documentation/diagram.yaml": DIAGRAM,
    "documentation/example.yaml": EXAMPLE,
    "CHANGELOG.md": "# Changes\n\n## 2.1\n\n| old | new |\n|---|---|\n| h:Boat | h:Ship |\n",
    "questions/questions.yaml": """
- id: cq01
  theme: meetings
  question: {en: Which ships?, fi: Mitkä laivat?, sv: Vilka skepp?}
  query: cq01.rq
""",
    "questions/cq01.rq": "SELECT ?ship { ?ship a <https://example.org/harbour#Ship> }\n",
    "questions/expected/cq01.csv": "ship\r\nhttps://example.org/aurora\r\n",
}


def write_harbour(folder: Path, **changed: str) -> Path:
    """The ontology as a folder; `changed` gives other texts by file name, dots and all."""
    for name, text in (FILES | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
