"""Each SHACL shape: data that passes, and a change that yields its result and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
EXAMPLE = (Path(__file__).parent / "data/shapes/conforming.ttl").read_text(encoding="utf-8")
PREFIXES = "".join(line for line in EXAMPLE.splitlines(True) if line.startswith("@prefix"))
BASE = "https://example.org/ferry/"
SHAPES = "https://w3id.org/apro/shapes/"
LANGUAGES = {"en", "fi", "sv"}


@dataclass(frozen=True)
class Case:
    """A change of the example that must give results of one shape, one unless `times` says more."""

    shape: str
    remove: str = ""
    add: str = ""
    severity: str = "Violation"
    variant: str = ""
    times: int = 1

    @property
    def name(self) -> str:
        return f"{self.shape}-{self.variant}" if self.variant else self.shape


CASES = [
    Case("meeting-date", remove=':second dcterms:date "2030-04-08"^^xsd:date .'),
    Case("meeting-held-by", remove=":second apro:heldBy :ferry-group ."),
    Case("meeting-document", remove=":second apro:documentedIn :second-minutes ."),
    Case("meeting-one-chair", add=":first-p2 org:role role:chair .",
         remove=":first-p2 org:role role:member ."),
    Case("meeting-announced-times",
         remove=':first schema:endDate "2030-03-04T11:00:00"^^xsd:dateTime .',
         add=':first schema:endDate "2030-03-04T09:00:00"^^xsd:dateTime .'),
    Case("meeting-actual-times",
         remove=':first prov:endedAtTime "2030-03-04T11:10:00"^^xsd:dateTime .',
         add=':first prov:endedAtTime "2030-03-04T10:05:00"^^xsd:dateTime .'),
    Case("meeting-sequence", remove=":second-e2 apro:sequence 2 .",
         add=":second-e2 apro:sequence 1 ."),
    Case("participation-meeting", add=":extra a apro:Participation ; org:member :bo ;"
         " apro:represents :islands ; org:role role:other ."),
    Case("participation-person", add=":extra a apro:Participation ;"
         " apro:inMeeting :first ; apro:represents :islands ; org:role role:other ."),
    Case("participation-represents", remove=":first-p2 apro:represents :islands ."),
    Case("participation-role", remove=":first-p2 org:role role:member ."),
    Case("agenda-item-meeting",
         add=':extra a apro:AgendaItem ; apro:number "9" ; skos:prefLabel "Ice"@en .'),
    Case("agenda-item-number", remove=':first-i1 apro:number "1" .'),
    Case("entry-item", add=":extra a apro:Entry ; apro:sequence 9 ; apro:actType act:record ;"
         " apro:evidence :second-1 ."),
    Case("entry-act", remove=":second-e2 apro:actType act:record ."),
    Case("entry-sequence", remove=":second-e2 apro:sequence 2 ."),
    Case("entry-sequence", remove=":second-e2 apro:sequence 2 .",
         add=":second-e2 apro:sequence 0 .", variant="zero"),
    Case("entry-evidence", remove=":second-e2 apro:evidence :second-1 ."),
    Case("speech-act-speaker", remove=":second-e1 apro:speaker :bo ."),
    Case("speaker-speech-act", add=":second-e2 apro:speaker :bo ."),
    Case("speaker-participant", remove=":second-e1 apro:speaker :bo .",
         add=':second-e1 apro:speaker :cai . :cai a foaf:Person ; foaf:name "Cai Ceder" .'),
    Case("position-holder", remove=":second-e2-p1 apro:holder :unnamed ."),
    Case("position-holder", add=":second-e2-p1 apro:holder :islanders .", variant="two"),
    Case("position-holder-known", remove=":second-e2-p1 apro:holder :unnamed .",
         add=":second-e2-p1 apro:holder :harbor ."),
    Case("position-proposition", remove=":second-e2-p1 apro:proposition :day-ferry ."),
    Case("position-proposition", remove=":second-e2-p1 apro:proposition :day-ferry .",
         add=":second-e2-p1 apro:proposition :dayferry .", variant="unknown"),
    Case("position-stance", remove=":second-e2-p1 apro:stance stance:hesitantSupport ."),
    Case("position-expressed-in", remove=":second-e2-p1 apro:expressedIn :second-e2 ."),
    Case("position-evidence", remove=":second-e2-p1 apro:evidence :second-1 ."),
    Case("position-status", remove=":second-e2-p1 adms:status status:proposed ."),
    Case("position-quote", remove=':second-e2-p1 apro:quote "day traffic was favoured" .',
         severity="Info"),
    Case("quote-length", remove=':second-e2-p1 apro:quote "day traffic was favoured" .',
         add=':second-e2-p1 apro:quote "1 2 3 4 5 6 7 8 9 10 11 12 13" .'),
    Case("position-condition-stated", severity="Warning",
         remove=":second-e1-p1 apro:condition :hourly-night-ferry ."),
    Case("position-condition-qualified", severity="Warning",
         add=":first-e1-p1 apro:condition :day-ferry ."),
    Case("position-condition-known", add=":second-e1-p1 apro:condition :half-hourly-ferry ."),
    Case("revises-position", add=":second-e2-p1 apro:revises :day-ferry ."),
    Case("revises-holder", add=":second-e2-p1 apro:revises :first-e1-p1 ."),
    Case("revises-earlier", remove=":second-e1-p1 apro:revises :first-e1-p1 .",
         add=":first-e1-p1 apro:revises :second-e1-p1 ."),
    Case("revises-earlier", add=":second-e1-p1 apro:revises :second-e1-p1 .", variant="itself"),
    Case("statement-evidence", remove=":decision apro:evidence :second-1 ."),
    Case("claim-entry", remove=":claim apro:expressedIn :second-e2 ."),
    Case("claim-alignment", remove=":claim apro:alignment alignment:agree ."),
    Case("claim-about", remove=":claim apro:about :timetable ."),
    Case("claim-parties", remove=":claim apro:party :harbour , :islands ."),
    Case("claim-parties", remove=":implied-claim apro:partiesImplied true .",
         add=":implied-claim apro:partiesImplied false .", variant="not-implied"),
    Case("report-entry", remove=":report apro:expressedIn :second-e2 ."),
    Case("report-about", remove=":report apro:about :ferry-act ."),
    Case("report-summary", add=':report dcterms:abstract "The Act is in force."@en .'),
    Case("report-summary-english", severity="Warning",
         remove=':report dcterms:abstract "The Ferry Act is in force."@en .'),
    Case("decision-entry", remove=":decision apro:expressedIn :second-e2 ."),
    Case("decision-adopts", add=":decision apro:adopts :timetable ."),
    Case("action-entry", remove=":action apro:expressedIn :second-e2 ."),
    Case("action-responsible", remove=":action apro:responsible :harbour .", severity="Warning"),
    Case("action-deadline", remove=':deadline apro:earliest "2030-04-08"^^xsd:date ;'
         ' apro:latest "2030-05-01"^^xsd:date .', add=':deadline'
         ' apro:earliest "2029-04-08"^^xsd:date ; apro:latest "2029-05-01"^^xsd:date .'),
    Case("date-declared", remove=":report apro:atDate :in-force .",
         add=":report apro:atDate :inforce ."),
    Case("date-earliest", remove=':in-force apro:earliest "2030-03-01"^^xsd:date .'),
    Case("date-latest", remove=':in-force apro:latest "2030-03-10"^^xsd:date .'),
    Case("date-order", remove=':in-force apro:latest "2030-03-10"^^xsd:date .',
         add=':in-force apro:latest "2030-02-10"^^xsd:date .'),
    Case("date-written", remove=':in-force apro:asWritten "early March" .'),
    Case("date-kind", remove=":in-force apro:dateKind kind:entryIntoForce ."),
    Case("figure-value", remove=':fare schema:value "7"^^xsd:decimal .', add=":fare schema:value 7 ."),
    Case("figure-unit", remove=':fare schema:unitText "euros"@en .'),
    Case("proposition-issue", remove=":day-ferry apro:answers :timetable ."),
    Case("proposition-label-english", severity="Warning",
         remove=':day-ferry skos:prefLabel "The ferry runs by day only."@en .'),
    Case("proposition-label-finnish", severity="Warning",
         remove=':day-ferry skos:prefLabel "Lautta kulkee vain päivällä."@fi .'),
    Case("proposition-positive", severity="Warning", variant="en",
         remove=':night-ferry skos:prefLabel "The ferry runs at night."@en .',
         add=':night-ferry skos:prefLabel "The ferry does not run by day."@en .'),
    Case("proposition-positive", severity="Warning", variant="en-short",
         remove=':night-ferry skos:prefLabel "The ferry runs at night."@en .',
         add=':night-ferry skos:prefLabel "The ferry doesn’t run by day."@en .'),
    Case("proposition-positive", severity="Warning", variant="fi",
         remove=':night-ferry skos:prefLabel "Lautta kulkee yöllä."@fi .',
         add=':night-ferry skos:prefLabel "Lautat eivät kulje päivällä."@fi .'),
    Case("proposition-positive", severity="Warning", variant="sv",
         remove=':night-ferry skos:prefLabel "Färjan går på natten."@sv .',
         add=':night-ferry skos:prefLabel "Färjan går inte på dagen."@sv .'),
    Case("proposition-refines", add=":day-ferry apro:refines :timetable ."),
    Case("proposition-refines-cycle", add=":day-ferry apro:refines :day-ferry ."),
    Case("proposition-refines-cycle", add=":night-ferry apro:refines :hourly-night-ferry .",
         variant="of-two", times=2),
    Case("proposition-incompatible", add=":day-ferry apro:incompatibleWith :twilight-ferry ."),
    Case("proposition-incompatible-self", add=":day-ferry apro:incompatibleWith :day-ferry ."),
    Case("argument-proposition", add=":argument apro:attacks :timetable ."),
    Case("label", remove=':islands skos:prefLabel "Island Council"@en , "Saaristoneuvosto"@fi .'),
    Case("label", add=':islands skos:prefLabel "Council of the Islands"@en .', variant="twice"),
    Case("person-name", remove=':aino foaf:name "Aino Aalto" .'),
    Case("author-declared", add=":action dcterms:creator :islnds ."),
    Case("reference-declared", add=":action apro:party :islnds ."),
    Case("evidence-passage", remove=":decision apro:evidence :second-1 .",
         add=":decision apro:evidence :second-2 ."),
    Case("passage-source", remove=":first-100 oa:hasSource :first-minutes ."),
    Case("passage-start", remove=":first-100 oa:start 100 .", add=":first-100 oa:start -1 ."),
    Case("passage-end", remove=":first-100 oa:end 200 ."),
    Case("passage-order", remove=":first-100 oa:end 200 .", add=":first-100 oa:end 100 ."),
    Case("passage-within", remove=":second-1 oa:end 2000 .", add=":second-1 oa:end 2001 ."),
    Case("document-characters", severity="Warning",
         remove=":first-minutes apro:characters 1000 ."),
    Case("document-hash", severity="Warning", remove=f':first-minutes schema:sha256 "{"0" * 64}" .'),
    Case("document-hash-form", remove=f':first-minutes schema:sha256 "{"0" * 64}" .',
         add=':first-minutes schema:sha256 "0000" .'),
    Case("repair-as-written", remove=':repair-1 apro:asWritten "fcrry" .'),
    Case("repair-read-as", remove=':repair-1 apro:readAs "ferry" .'),
    Case("code-stance", remove=":second-e2-p1 apro:stance stance:hesitantSupport .",
         add=":second-e2-p1 apro:stance stance:maybe ."),
    Case("code-role", remove=":first-p2 org:role role:member .",
         add=":first-p2 org:role role:membr ."),
    Case("code-act", remove=":second-e2 apro:actType act:record .",
         add=":second-e2 apro:actType act:shout ."),
    Case("code-alignment", remove=":claim apro:alignment alignment:agree .",
         add=":claim apro:alignment alignment:mostly ."),
    Case("code-progress", remove=":report apro:progress progress:inForce .",
         add=":report apro:progress status:accepted ."),
    Case("code-date-kind", remove=":in-force apro:dateKind kind:entryIntoForce .",
         add=":in-force apro:dateKind kind:soon ."),
    Case("code-confidence",
         remove=":second-e1-p1 apro:confidence <https://w3id.org/apro/confidence/high> .",
         add=":second-e1-p1 apro:confidence <https://w3id.org/apro/confidence/sure> ."),
    Case("code-coding-status", remove=":second-e2-p1 adms:status status:proposed .",
         add=":second-e2-p1 adms:status status:draft ."),
]  # fmt: skip

Results = Mapping[str, list[tuple[str, str]]]


def _turtle(text: str, name: str) -> Graph:
    """Parse Turtle of the example, moved to the namespace of one case."""
    return Graph().parse(data=text.replace(f"<{BASE}>", f"<{BASE}{name}/>"), format="turtle")


def _mutate(case: Case) -> Graph:
    graph = _turtle(EXAMPLE, case.name)
    removed = _turtle(PREFIXES + case.remove, case.name)
    assert all(triple in graph for triple in removed), f"{case.name} removes what is not there"
    return graph - removed + _turtle(PREFIXES + case.add, case.name)


def _case_of(node: object) -> str:
    return str(node).removeprefix(BASE).partition("/")[0]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "apro-shapes.ttl")


@pytest.fixture(scope="module")
def results(shapes: Graph) -> Results:
    """What the shapes find, by case: all cases stand side by side in one graph, validated once."""
    data = Graph().parse(ONTOLOGY / "apro.ttl").parse(ONTOLOGY / "apro-codes.ttl")
    for graph in (_turtle(EXAMPLE, "conforming"), *map(_mutate, CASES)):
        data += graph
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    assert isinstance(report, Graph)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        found[_case_of(focus)].append((shape, severity))
    return found


def _named_shapes(shapes: Graph) -> set[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {s for kind in kinds for s in shapes.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def test_the_example_conforms(results: Results) -> None:
    assert results.get("conforming", []) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_gives_exactly_its_result(case: Case, results: Results) -> None:
    assert results[case.name] == [(case.shape, case.severity)] * case.times


def test_no_result_is_about_anything_else(results: Results) -> None:
    assert set(results) == {case.name for case in CASES}


def test_every_shape_has_a_case(shapes: Graph) -> None:
    names = {str(shape).removeprefix(SHAPES) for shape in _named_shapes(shapes)}
    assert names == {case.shape for case in CASES}


def test_every_shape_says_what_to_do_in_three_languages(shapes: Graph) -> None:
    for shape in _named_shapes(shapes):
        assert shape.startswith(SHAPES)
        assert shapes.value(shape, RDFS.label), shape
        assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}
        messages = [m for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)]
        spoken = {m.language: str(m) for m in messages}
        assert spoken.keys() == LANGUAGES, shape
        assert all(": " in text for text in spoken.values()), f"{shape} names no remedy"


def test_the_shapes_are_well_formed(shapes: Graph) -> None:
    nothing = Graph()
    nothing.add((BNode(), RDF.type, RDFS.Resource))
    conforms, _, _ = pyshacl.validate(nothing, shacl_graph=shapes, meta_shacl=True)
    assert conforms
