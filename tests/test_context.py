"""The JSON-LD context as another team meets it: at an address, with a processor that is not ours.

A server on this machine stands in for the address. pyld and rdflib fetch the context from it by
HTTP and must give the quads that Oxigraph gives with the context inline.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import Dataset as RdfDataset

from conftest import ROOT
from ferry import FERRY
from kg.codes import code_lists
from kg.coding.dataset import Dataset, find_files
from kg.coding.yamlfile import YamlFile, load_yaml, plain
from kg.encode import from_jsonld
from kg.names import CONTEXT, DEFAULT_BASE, graph_iri

PUBLISHED = ROOT / "ontology" / "apro-context.jsonld"
NAME = graph_iri("any")
FILES = [path for folder in (ROOT / "data", FERRY) for path, _ in find_files(folder, folder)]
# rdflib's JSON-LD reader uses what rdflib itself calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")


class Published(BaseHTTPRequestHandler):
    """The context at its address, with the media type of JSON-LD; every request is noted."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.path} {self.headers.get('Accept', '')}")
        raw = PUBLISHED.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/ld+json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the context is served."""
    Published.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Published) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/context.jsonld"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def fresh_requests() -> None:
    Published.asked = []


def inline() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return loaded


def document_of(path: Path, context: Any) -> dict[str, Any]:
    """A coding file as its data alone, with a context of our choice."""
    file = load_yaml(path)
    assert isinstance(file, YamlFile)
    return {**plain(file.tree), "@context": context}


def by_oxigraph(document: dict[str, Any]) -> set[ox.Triple]:
    return {quad.triple for quad in from_jsonld(document, NAME)}


def fetched(url: str, options: Any) -> dict[str, Any]:
    """A document loader for pyld by the standard library, as pyld's own want further packages."""
    with urlopen(url) as answer:
        return {
            "contentType": answer.headers.get_content_type(),
            "contextUrl": None,
            "documentUrl": url,
            "document": json.loads(answer.read()),
        }


def by_pyld(document: dict[str, Any]) -> set[ox.Triple]:
    options = {
        "base": DEFAULT_BASE,
        "format": "application/n-quads",
        "documentLoader": fetched,
    }
    return triples(jsonld.to_rdf(document, options))


def by_rdflib(document: dict[str, Any]) -> set[ox.Triple]:
    graph = RdfDataset()
    graph.parse(data=json.dumps(document), format="json-ld", publicID=DEFAULT_BASE)
    return triples(graph.serialize(format="nquads"))


def triples(nquads: str | bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)}


PROCESSORS = {"pyld": by_pyld, "rdflib": by_rdflib}


@pytest.mark.slow
@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_context_works_from_its_address(address: str, path: Path, processor: str) -> None:
    ours = by_oxigraph(document_of(path, inline()["@context"]))
    assert len(ours) > 10
    assert PROCESSORS[processor](document_of(path, address)) == ours
    assert [line.split(" ")[0] for line in Published.asked] == ["/context.jsonld"]
    assert "json" in Published.asked[0] or processor == "pyld"


@pytest.mark.parametrize("processor", PROCESSORS)
def test_a_context_of_ones_own_may_follow_ours(address: str, processor: str) -> None:
    """Another team adds its keys, and its base, without a copy of the context."""
    base = "https://example.org/data/"
    more = {"@base": base, "budget": "https://example.org/terms#budget"}
    document = {"id": "m", "type": "Meeting", "heldBy": "group", "budget": "small"}
    ours = by_oxigraph({**document, "@context": [inline()["@context"], more]})
    assert {str(one.subject) for one in ours} == {f"<{base}m>"}
    assert len(ours) == 3
    assert PROCESSORS[processor]({**document, "@context": [address, more]}) == ours


@pytest.mark.parametrize("processor", PROCESSORS)
def test_codes_spelt_as_keys_are_stay_codes(address: str, processor: str) -> None:
    """`act: summary` needs the context within the context, which JSON-LD 1.0 does not have."""
    for key, scheme in (("act", "act"), ("dateKind", "date-kind"), ("stance", "stance")):
        for notation in code_lists()[scheme]:
            document = {"id": "x", key: notation}
            ours = by_oxigraph({**document, "@context": inline()["@context"]})
            assert [str(one.object).rpartition("/")[2] for one in ours] == [f"{notation}>"]
            assert PROCESSORS[processor]({**document, "@context": address}) == ours


NUMBERS: list[tuple[Any, str]] = [
    (12, "12"),
    (-5, "-5"),
    (0, "0"),
    ("12.5", "12.5"),
    ("0.001", "0.001"),
    (2_500_000, "2500000"),
    (10**15, "1000000000000000"),
]


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize(("value", "lexical"), NUMBERS, ids=lambda value: str(value))
def test_a_figure_is_a_decimal_everywhere(
    address: str, value: Any, lexical: str, processor: str
) -> None:
    document = {"id": "n", "type": "Figure", "value": value}
    ours = by_oxigraph({**document, "@context": inline()["@context"]})
    found = [one.object for one in ours if isinstance(one.object, ox.Literal)]
    kind = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    assert found == [ox.Literal(lexical, datatype=kind)]
    assert PROCESSORS[processor]({**document, "@context": address}) == ours


def test_a_bare_decimal_fraction_is_why_figures_are_quoted(address: str) -> None:
    """JSON-LD 1.1 makes a double of it, 1.25E1, which is no xsd:decimal; rdflib alone does not."""
    document = {"id": "n", "value": 12.5, "@context": address}
    (by_rule,) = by_pyld(document)
    assert isinstance(by_rule.object, ox.Literal)
    assert by_rule.object.value == "1.25E1"
    assert by_oxigraph({**document, "@context": inline()["@context"]}) == {by_rule}
    (other,) = by_rdflib(document)
    assert isinstance(other.object, ox.Literal)
    assert other.object.value == "12.5"


def test_oxigraph_fetches_nothing_and_says_so(address: str) -> None:
    with pytest.raises(SyntaxError, match="context"):
        by_oxigraph({"id": "m", "type": "Meeting", "@context": address})
    assert Published.asked == []


# The context itself


def test_it_is_jsonld_1_1_and_nothing_else_stands_in_the_file() -> None:
    """Whoever loads it from an address gets the context, and no data with it."""
    assert list(inline()) == ["@context"]
    assert inline()["@context"]["@version"] == 1.1
    document = {**inline(), "id": "https://example.org/m", "type": "Meeting"}
    assert jsonld.expand(document, {"processingMode": "json-ld-1.1"})
    with pytest.raises(jsonld.JsonLdError):
        jsonld.expand(document, {"processingMode": "json-ld-1.0"})


def test_no_key_has_the_form_of_a_keyword() -> None:
    """JSON-LD keeps `@` and letters for itself: processors drop such keys without a word."""
    for key in inline()["@context"]:
        assert key == "@version" or key == "@vocab" or not re.match("@[A-Za-z]+$", key)


def test_prefixes_end_so_that_they_may_be_prefixes() -> None:
    """JSON-LD 1.1 takes a plain term for a prefix only if its IRI ends in a sign such as # or /."""
    words = {key: value for key, value in inline()["@context"].items() if isinstance(value, str)}
    prefixes = {
        definition["@id"].partition(":")[0]
        for definition in inline()["@context"].values()
        if isinstance(definition, dict) and "@id" in definition
    }
    assert all(words[prefix][-1] in ":/?#[]@" for prefix in prefixes)


def test_no_code_is_read_as_a_key_of_the_context() -> None:
    """A code that is also a key would become that key's property, but for its own context."""
    keys = set(inline()["@context"])
    for key, definition in inline()["@context"].items():
        if isinstance(definition, dict) and definition.get("@type") == "@vocab":
            inner = definition["@context"]
            scheme = inner["@vocab"].rstrip("/").rpartition("/")[2]
            assert set(code_lists()[scheme]) & keys <= set(inner), key


def test_the_address_is_the_one_that_codings_name(shipped: Dataset) -> None:
    assert {file.yaml.tree["@context"] for file in shipped.files} == {CONTEXT}
