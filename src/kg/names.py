"""Every IRI of the project is minted here, and nowhere else.

The namespace ``https://w3id.org/apro`` is not registered yet at w3id.org: until it is, the IRIs
are stable names that do not resolve. A change of address is a change of `APRO_ROOT` alone (and of
the files in ``ontology/``, which state it for users without Python).
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize
from urllib.parse import quote

from kg.errors import InputError

APRO_ROOT = "https://w3id.org/apro"
APRO = f"{APRO_ROOT}#"
CONTEXT = f"{APRO_ROOT}/context.jsonld"
SCHEMAS = f"{APRO_ROOT}/schema/"
DEFAULT_BASE = f"{APRO_ROOT}/data/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
VANN = "http://purl.org/vocab/vann/"
SH = "http://www.w3.org/ns/shacl#"
SCHEMA = "https://schema.org/"
FOAF_NAME = "http://xmlns.com/foaf/0.1/name"
PREFIXES = {
    "apro": APRO,
    "stance": f"{APRO_ROOT}/stance/",
    "role": f"{APRO_ROOT}/role/",
    "act": f"{APRO_ROOT}/act/",
    "adms": "http://www.w3.org/ns/adms#",
    "dcterms": DCTERMS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}

# The types of coding files that are classes of other vocabularies, as in the JSON-LD context.
_REUSED = {"Person": "foaf:Person", "Topic": "skos:Concept", "Figure": "schema:QuantitativeValue"}

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*"
_ID = re.compile(ID_PATTERN)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/<>\"{}|\\^`\[\]][^\x00-\x20\s<>\"{}|\\^`\[\]]*")
_PASSAGE = re.compile(rf"(?P<document>{_ID.pattern})#char=(?P<start>\d+),(?P<end>\d+)")


def is_iri(text: str) -> bool:
    """Tell whether `text` is an absolute IRI with an authority, as far as its signs go.

    >>> is_iri("http://www.yso.fi/onto/yso/p10965"), is_iri("http://a b"), is_iri("SM")
    (True, False, False)
    """
    return bool(_IRI.fullmatch(text))


def check_base(base: str) -> str:
    """Return `base` if ids can be resolved against it as the JSON-LD context does it (RFC 3986).

    >>> check_base("https://example.org/data/")
    'https://example.org/data/'

    Raises `InputError` unless it is an http(s) address whose path ends in ``/``: a base that ends
    in ``#`` or has a query or dot segments would lose its end.
    """
    if _IRI.fullmatch(base) and base.startswith(("http://", "https://")) and base.endswith("/"):
        if not re.search(r"[?#]|/\.{1,2}/", base):
            return base
    raise InputError(
        f"The base “{base}” cannot carry ids: give an http(s) address that ends in /, "
        "without ? and #"
    )


def is_id(text: str) -> bool:
    """Tell whether `text` is a node id: path segments of unreserved ASCII characters.

    >>> is_id("thb-2021-10-25/s07/p1"), is_id("thb-2021-10-25/memo#char=10,20"), is_id("a b")
    (True, True, False)
    """
    return bool(_ID.fullmatch(text) or _PASSAGE.fullmatch(text))


def mint(identifier: str, base: str = DEFAULT_BASE) -> str:
    """Turn a node id into its IRI; an absolute IRI is returned as it is."""
    return identifier if "://" in identifier else base + identifier


def shorten(iri: str, base: str = DEFAULT_BASE) -> str:
    """Turn an IRI of the data back into its id, and a known term into its prefixed name.

    >>> shorten("https://w3id.org/apro/data/SM"), shorten("https://w3id.org/apro#holder")
    ('SM', 'apro:holder')
    """
    if iri.startswith(base):
        return iri[len(base) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def passage_id(document: str, start: int, end: int) -> str:
    """The id of a passage: its document's id with an RFC 5147 character range.

    >>> passage_id("thb-2021-10-25/memo", 10, 25)
    'thb-2021-10-25/memo#char=10,25'
    """
    return f"{document}#char={start},{end}"


def graph_iri(name: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a named graph: ``ontology``, ``authorities``, …, or a meeting's id."""
    return f"{base}graph/{quote(name, safe='/')}"


def dna_graph(name: str, base: str = DEFAULT_BASE) -> str:
    """The named graph that holds the rows of a DNA database; without a name, what all begin with.

    >>> dna_graph("sample")
    'https://w3id.org/apro/data/graph/dna/sample'
    """
    return graph_iri(f"dna/{name}", base)


def dna_base(name: str, base: str = DEFAULT_BASE) -> str:
    """What the IRIs of the rows of a DNA database begin with: its tables follow.

    >>> dna_base("sample")
    'https://w3id.org/apro/data/dna/sample/'
    """
    return f"{base}dna/{quote(name, safe='')}/"


def term(name: str) -> str:
    """The IRI of a class or property: of APRO, or of another vocabulary by its prefixed name.

    Three classes of coding files have a name in wide use in RDF.

    >>> term("holder"), term("Person")
    ('https://w3id.org/apro#holder', 'http://xmlns.com/foaf/0.1/Person')
    >>> term("schema:jobTitle")
    'https://schema.org/jobTitle'
    """
    prefix, colon, local_name = _REUSED.get(name, name).rpartition(":")
    return PREFIXES[prefix] + local_name if colon else APRO + local_name


def code(scheme: str, notation: str) -> str:
    """The IRI of a code: its list and its notation.

    >>> code("stance", "support")
    'https://w3id.org/apro/stance/support'
    """
    return f"{APRO_ROOT}/{scheme}/{notation}"


def slug(text: str) -> str:
    """A readable id from a name: lower case, Nordic letters folded, other signs as one hyphen.

    >>> slug("Jari Keinänen"), slug("Åsa Öberg"), slug("Šarūnas Nørgård")
    ('jari-keinanen', 'asa-oberg', 'sarunas-norgard')
    """
    letters = text.lower().translate(str.maketrans("øæđ", "oad"))
    folded = "".join(sign for sign in normalize("NFD", letters) if not combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
