"""The mistakes that the shapes must find: a conforming example, and one change of it a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import SH, BNode, Graph
from rdflib.term import Node

DATA = Path(__file__).parent / "data" / "shapes"
EXAMPLE = (DATA / "conforming.ttl").read_text(encoding="utf-8")
PREFIXES = "".join(line for line in EXAMPLE.splitlines(True) if line.startswith("@prefix"))
BASE = "https://example.org/ferry/"
SHAPES = "https://w3id.org/apro/shapes/"
LISTS = "https://w3id.org/apro/"


@dataclass(frozen=True)
class Case:
    """A change of the example that one shape finds; `results.tsv` says with which results."""

    shape: str
    remove: str = ""
    add: str = ""
    variant: str = ""

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
    Case("participation-person", add=":first-p2 org:member :aino ."),
    Case("participation-represents", add=":first-p2 apro:represents :harbour ."),
    Case("participation-represents-stated", remove=":first-p2 apro:represents :islands ."),
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
    Case("speech-act-speaker", variant="group",
         remove=":second-e1 apro:speaker :bo .",
         add=":second-e1 apro:speaker :crowd . :crowd a apro:Group ;"
         ' skos:prefLabel "Passengers"@en .'),
    Case("speaker-speech-act", add=":second-e2 apro:speaker :bo ."),
    Case("speaker-participant", variant="body",
         remove=":second-e1 apro:speaker :bo .", add=":second-e1 apro:speaker :ferry-group ."),
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
    Case("position-quote", remove=':second-e2-p1 apro:quote "day traffic was favoured" .'),
    Case("quote-length", remove=':second-e2-p1 apro:quote "day traffic was favoured" .',
         add=':second-e2-p1 apro:quote "1 2 3 4 5 6 7 8 9 10 11 12 13" .'),
    Case("position-condition-stated",
         remove=":second-e1-p1 apro:condition :hourly-night-ferry ."),
    Case("position-condition-qualified",
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
    Case("report-summary-english",
         remove=':report dcterms:abstract "The Ferry Act is in force."@en .'),
    Case("decision-entry", remove=":decision apro:expressedIn :second-e2 ."),
    Case("decision-adopts", add=":decision apro:adopts :timetable ."),
    Case("action-entry", remove=":action apro:expressedIn :second-e2 ."),
    Case("action-responsible", remove=":action apro:responsible :harbour ."),
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
    Case("figure-value", remove=':fare schema:value "7"^^xsd:decimal .',
         add=":fare schema:value 7 ."),
    Case("figure-unit", remove=':fare schema:unitText "euros"@en .'),
    Case("proposition-issue", remove=":day-ferry apro:answers :timetable ."),
    Case("proposition-languages",
         remove=':day-ferry skos:prefLabel "The ferry runs by day only."@en .'),
    Case("proposition-negation", variant="en",
         add=':sea-ferry a apro:Proposition ; apro:answers :timetable ;'
         ' skos:prefLabel "The ferry runs at sea at night."@en , "Lautta kulkee merellä."@fi .'
         ':no-sea-ferry a apro:Proposition ; apro:answers :timetable ;'
         ' skos:prefLabel "The ferry not runs at sea at night."@en , "Lautta kulkee joella."@fi .'),
    Case("proposition-negation", variant="sv",
         add=':day-ferry-sv a apro:Proposition ; apro:answers :timetable ;'
         ' skos:prefLabel "Färjan går inte på natten."@sv , "The ferry rests at night."@en .'),
    Case("proposition-positive", variant="en",
         remove=':night-ferry skos:prefLabel "The ferry runs at night."@en .',
         add=':night-ferry skos:prefLabel "The ferry does not run by day."@en .'),
    Case("proposition-positive", variant="en-short",
         remove=':night-ferry skos:prefLabel "The ferry runs at night."@en .',
         add=':night-ferry skos:prefLabel "The ferry doesn’t run by day."@en .'),
    Case("proposition-positive", variant="fi",
         remove=':night-ferry skos:prefLabel "Lautta kulkee yöllä."@fi .',
         add=':night-ferry skos:prefLabel "Lautat eivät kulje päivällä."@fi .'),
    Case("proposition-positive", variant="sv",
         remove=':night-ferry skos:prefLabel "Färjan går på natten."@sv .',
         add=':night-ferry skos:prefLabel "Färjan går inte på dagen."@sv .'),
    Case("proposition-refines", add=":day-ferry apro:refines :timetable ."),
    Case("proposition-refines-cycle", add=":day-ferry apro:refines :day-ferry ."),
    Case("proposition-refines-cycle", add=":night-ferry apro:refines :hourly-night-ferry .",
         variant="of-two"),
    Case("proposition-incompatible", add=":day-ferry apro:incompatibleWith :twilight-ferry ."),
    Case("proposition-incompatible-self", add=":day-ferry apro:incompatibleWith :day-ferry ."),
    Case("argument-proposition", add=":argument apro:attacks :timetable ."),
    Case("label", remove=':islands skos:prefLabel "Island Council"@en , "Saaristoneuvosto"@fi .'),
    Case("label", add=':islands skos:prefLabel "Council of the Islands"@en .', variant="twice"),
    Case("person-name", remove=':aino foaf:name "Aino Aalto" .'),
    Case("quote-plain", remove=':second-e2-p1 apro:quote "day traffic was favoured" .',
         add=':second-e2-p1 apro:quote "day traffic was favoured"@en .'),
    Case("number-plain", remove=':first-i1 apro:number "1" .', add=":first-i1 apro:number 1 ."),
    Case("as-written-plain", remove=':in-force apro:asWritten "early March" .',
         add=':in-force apro:asWritten "early March"@en .'),
    Case("read-as-plain", remove=':repair-1 apro:readAs "ferry" .',
         add=':repair-1 apro:readAs "ferry"@en .'),
    Case("present-flag", add=':first-p2 apro:present "false" .'),
    Case("earlier-flag", add=":claim apro:earlier 1 ."),
    Case("parties-implied-flag", add=':claim apro:partiesImplied "no" .'),
    Case("paragraph-integer", add=':second-1 apro:paragraph "1" .'),
    Case("characters-integer", remove=":second-minutes apro:characters 2000 .",
         add=":second-minutes apro:characters 2000.5 ."),
    Case("condition-other", add=":second-e1-p1 apro:condition :night-ferry ."),
    Case("record-no-speaker", remove=":second-e1 apro:actType act:statement .",
         add=":second-e1 apro:actType act:record ."),
    Case("participation-who", add=":extra a apro:Participation ; apro:inMeeting :first ;"
         " org:role role:other ."),
    Case("node-typed", remove=":claim a apro:AlignmentClaim ."),
    Case("document-label", remove=":second-e1-p1 apro:expressedIn :second-e1 .",
         add=":letter a apro:SourceDocument ; apro:characters 9 ;"
         f' schema:sha256 "{"0" * 64}" . :second-e1-p1 apro:expressedIn :letter .'),
    Case("author-declared", add=":first-minutes dcterms:creator :islnds ."),
    Case("author-declared", variant="name", add=':first-minutes dcterms:creator "Aino" .'),
    Case("reference-declared", add=":action apro:party :islnds ."),
    Case("evidence-passage", remove=":decision apro:evidence :second-1 .",
         add=":decision apro:evidence :second-2 ."),
    Case("passage-source", remove=":first-100 oa:hasSource :first-minutes ."),
    Case("passage-start", remove=":first-100 oa:start 100 .", add=":first-100 oa:start -1 ."),
    Case("passage-end", remove=":first-100 oa:end 200 ."),
    Case("passage-order", remove=":first-100 oa:end 200 .", add=":first-100 oa:end 100 ."),
    Case("passage-within", remove=":second-1 oa:end 2000 .", add=":second-1 oa:end 2001 ."),
    Case("document-characters",
         remove=":first-minutes apro:characters 1000 ."),
    Case("document-hash", remove=f':first-minutes schema:sha256 "{"0" * 64}" .'),
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

# Mistakes whose result names no node of the example: each is validated alone.
ALONE = [
    Case("position-iri", add="[] a apro:Position ; apro:holder :harbour ; apro:proposition"
         " :day-ferry ; apro:stance stance:support ; apro:expressedIn :second-e1 ;"
         ' apro:evidence :second-1 ; apro:quote "by day" ; adms:status status:accepted .'),
    Case("term-declared", variant="property", add=":second-e1 apro:speeker :bo ."),
    Case("term-declared", variant="class", add=":second-e1 a apro:SpeachAct ."),
]  # fmt: skip

Row = tuple[str, str, str, str]
"""Shape, severity, focus node and value of one result."""
Results = Mapping[str, list[Row]]
"""The results of each case, in order."""


def turtle(text: str, name: str) -> Graph:
    """Parse Turtle of the example, moved to the namespace of one case."""
    return Graph().parse(data=text.replace(f"<{BASE}>", f"<{BASE}{name}/>"), format="turtle")


def mutate(case: Case) -> Graph:
    graph = turtle(EXAMPLE, case.name)
    removed = turtle(PREFIXES + case.remove, case.name)
    assert all(triple in graph for triple in removed), f"{case.name} removes what is not there"
    return graph - removed + turtle(PREFIXES + case.add, case.name)


def case_of(node: object) -> str:
    return str(node).removeprefix(BASE).partition("/")[0]


def all_cases() -> Graph:
    """The example as it is and with each mistake, side by side in one graph."""
    data = Graph()
    for graph in (turtle(EXAMPLE, "conforming"), *map(mutate, CASES)):
        data += graph
    return data


def vocabulary() -> Graph:
    """What data is validated with: the ontology and its code lists."""
    ontology = Path(__file__).parent.parent / "ontology"
    return Graph().parse(ontology / "apro.ttl").parse(ontology / "apro-codes.ttl")


def results_of(report: Graph) -> Results:
    """What a validation report says of `all_cases`, by case."""
    found: dict[str, list[Row]] = defaultdict(list)
    for result in report.objects(None, SH.result):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        found[case_of(focus)].append((shape, severity, _local(focus), _local(value)))
    return {case: sorted(rows) for case, rows in found.items()}


def _local(node: Node | None) -> str:
    """A node of a case by its name in the example, another by its text."""
    if node is None or isinstance(node, BNode):
        return ""
    return str(node).removeprefix(f"{BASE}{case_of(node)}/").removeprefix(LISTS)


def expected_results() -> Results:
    """The results that each case must give, from `data/shapes/results.tsv`."""
    rows = defaultdict(list)
    for line in (DATA / "results.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        case, shape, severity, focus, value = line.split("\t")
        rows[case].append((shape, severity, focus, value))
    return {case: sorted(of_case) for case, of_case in rows.items()}
