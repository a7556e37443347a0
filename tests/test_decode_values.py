"""RDF that says the same in another form, or something else: how it comes into codings."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from ferry import FERRY
from graph_changes import (
    GRAPH,
    P1,
    PUBLISHER,
    SOURCE,
    TYPE,
    Change,
    iri,
    key,
)
from kg.coding.dataset import Dataset
from kg.coding.model import Meeting
from kg.coding.terms import expand
from kg.decode import Decoded, decode
from kg.decode.comparison import Comparison
from kg.decode.nodes import Reading
from kg.encode import encode
from kg.findings import Severity, errors
from kg.names import DEFAULT_BASE, XSD, graph_iri
from test_decode import data_quads, folders, in_graph, read


@pytest.fixture(scope="module")
def ferry() -> Dataset:
    return read(FERRY)


@pytest.fixture(scope="module")
def ferry_quads(ferry: Dataset) -> list[ox.Quad]:
    return data_quads(ferry)


@pytest.fixture
def change(ferry_quads: list[ox.Quad]) -> Change:
    return Change(list(ferry_quads))


# What is written otherwise


def test_a_number_in_another_form_is_written_as_the_models_have_it(change: Change) -> None:
    (old,) = change.drop("ferry-2/s03", key("sequence"))
    change.add(old.subject, old.predicate, ox.Literal("03", datatype=ox.NamedNode(f"{XSD}int")))
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert finding.message.endswith("“03” (xsd:int) is written as “3” (xsd:integer)")


def test_a_number_as_turtle_has_it_is_read(change: Change) -> None:
    place = "ferry-2/memo#char=365,405"
    (old,) = change.drop(place, key("start"))
    change.add(
        old.subject, old.predicate, ox.Literal("365", datatype=ox.NamedNode(f"{XSD}integer"))
    )
    (finding,) = change.decode().findings
    assert finding.message.endswith("is written as “365” (xsd:nonNegativeInteger)")


def entries(decoded: Decoded) -> dict[str, int]:
    """The order of speech of the decoded meeting, by the summary in English or the id."""
    (meeting,) = [file.model for file in decoded.files if isinstance(file.model, Meeting)]
    return {entry.id: entry.sequence for item in meeting.items for entry in item.entries}


def test_an_entry_without_place_in_the_order_comes_last_and_moves_no_other(
    change: Change, ferry: Dataset
) -> None:
    stated = entries(decode(encode(ferry), SOURCE))
    first = min(stated, key=lambda name: stated[name])
    change.drop(first, key("sequence"))
    decoded = change.decode()
    assert entries(decoded) == {**stated, first: max(stated.values()) + 1}
    (finding,) = decoded.findings
    assert (finding.severity, "1 node says now" in finding.message) == (Severity.INFO, True)


def test_a_gap_in_the_order_stays(change: Change) -> None:
    """Numbers of an extract begin where it begins."""
    for old in [quad for quad in change.quads if quad.predicate == key("sequence")]:
        change.quads.remove(old)
        number = int(getattr(old.object, "value", "")) * 10
        if number != 20:
            value = ox.Literal(number)
            change.quads.append(ox.Quad(old.subject, old.predicate, value, old.graph_name))
    assert entries(change.decode()) == {
        "ferry-2/s01": 10,
        "ferry-2/s02": 31,
        "ferry-2/s03": 30,
    }


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_value_that_becomes_another_is_named_with_both(count: int) -> None:
    """However many they are: only values that stay the same are counted together."""
    old = ox.Literal("1", datatype=ox.NamedNode(f"{XSD}integer"))
    given = [ox.Quad(iri(f"s{n}"), key("sequence"), old, GRAPH) for n in range(count)]
    reading = Reading([quad.triple for quad in given], DEFAULT_BASE)
    reading.visited = {iri(f"s{n}") for n in range(count)}
    reading.used = {quad.triple for quad in given}
    compared = Comparison(given, reading, [], set(), SOURCE)
    gone = [str(finding) for finding in compared.findings()]
    assert gone == [
        f"given.trig: warning: s{n}, apro:sequence: “1” (xsd:integer) is left out: "
        "add it to the file"
        for n in range(count)
    ]
    new = ox.Literal("2", datatype=ox.NamedNode(f"{XSD}integer"))
    compared.values = {(quad.subject, quad.predicate): [new] for quad in given}
    found = [str(finding) for finding in compared.findings()]
    assert found == [
        f"given.trig: warning: s{n}, apro:sequence: “1” (xsd:integer) becomes “2” (xsd:integer): "
        "correct it in the file"
        for n in range(count)
    ]


def test_a_file_that_is_refused_is_not_told_value_by_value(change: Change) -> None:
    (old,) = change.drop("ferry-2", key("date"))
    kind = ox.NamedNode(f"{XSD}date")
    change.add(old.subject, old.predicate, ox.Literal("2030-04-08Z", datatype=kind))
    found = [one for one in change.decode().findings if one.severity is not Severity.ERROR]
    assert found == []


def test_codes_are_named_in_short(change: Change) -> None:
    change.drop(P1, key("confidence"))
    (finding,) = change.decode().findings
    assert finding.message.endswith("1 node says now confidence:high, and said nothing")


def test_an_entity_in_two_graphs_is_one(ferry_quads: list[ox.Quad], ferry: Dataset) -> None:
    """Its name in a register, its other statements in a graph of somebody else."""
    bodies = graph_iri("authorities")
    names = {key("label"), TYPE}
    for elsewhere in ("https://example.org/graphs/mine", graph_iri("ferry-2")):
        moved = [
            in_graph(quad, ox.NamedNode(elsewhere))
            if quad.graph_name == ox.NamedNode(bodies) and quad.predicate not in names
            else quad
            for quad in ferry_quads
        ]
        repeated = [in_graph(q, ox.NamedNode(elsewhere)) for q in moved if q.predicate == TYPE]
        decoded = decode([*moved, *repeated], SOURCE)
        assert {finding.severity for finding in decoded.findings} == {Severity.INFO}
        assert folders(decoded.files) == folders(ferry.files)


def test_an_entity_in_two_registers_goes_where_its_class_belongs(
    ferry_quads: list[ox.Quad],
) -> None:
    issues, reforms = (ox.NamedNode(graph_iri(name)) for name in ("issues", "reforms"))
    both = [in_graph(quad, reforms) for quad in ferry_quads if quad.graph_name == issues]
    decoded = decode([*ferry_quads, *both], SOURCE)
    assert {file.folder for file in decoded.files} == {
        "authorities",
        "issues",
        "reforms",
        "meetings",
    }
    assert {finding.severity for finding in decoded.findings} == {Severity.INFO}
    ids = [one.id for file in decoded.files for one in getattr(file.model, "entities", ())]
    assert len(ids) == len(set(ids))


def test_a_place_gets_the_id_that_says_its_range(change: Change, ferry: Dataset) -> None:
    change.rename("ferry-2/memo#char=365,405", iri("place-7"))
    decoded = change.decode()
    (finding,) = decoded.findings
    assert finding.severity is Severity.INFO
    assert finding.message == (
        "place-7: gets the id ferry-2/memo#char=365,405, which says its range"
    )
    assert folders(decoded.files) == folders(ferry.files)


def test_nodes_without_iri_get_the_ids_that_fix_would_give(change: Change, ferry: Dataset) -> None:
    for name in (P1, "ferry-2/s02/f1/when1", "ferry-2/memo#char=353,363", "ferry-2/s03"):
        change.rename(
            name, ox.BlankNode(name.rpartition("/")[2].replace("#char=", "").replace(",", ""))
        )
    decoded = change.decode()
    assert decoded.findings == ()
    assert folders(decoded.files) == folders(ferry.files)


def test_a_default_that_nobody_stated_is_said(change: Change) -> None:
    change.drop(P1, key("confidence"))
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert "confidence: 1 node says now" in finding.message


def test_a_meeting_in_two_graphs_is_read_in_its_own(change: Change, ferry: Dataset) -> None:
    change.quads += [in_graph(quad, iri("elsewhere")) for quad in change.quads]
    decoded = change.decode()
    assert {one.severity for one in decoded.findings} <= {Severity.INFO}
    assert len([file for file in decoded.files if file.folder == "meetings"]) == 1
    assert errors(decoded.findings) == []


@pytest.mark.parametrize(
    ("given_value", "written"), [("12.50", "12.5"), ("+0012.0", "12"), ("-0.5", "-0.5"), ("7", "7")]
)
def test_a_decimal_is_kept_exactly(change: Change, given_value: str, written: str) -> None:
    kind, figure = ox.NamedNode(f"{XSD}decimal"), iri("ferry-2/s02/f1/n1")
    change.add(iri("ferry-2/s02/f1"), key("figures"), figure)
    change.add(figure, TYPE, ox.NamedNode(expand("Figure")))
    change.add(figure, key("value"), ox.Literal(given_value, datatype=kind))
    for text in ("label", "unit"):
        change.add(figure, key(text), ox.Literal("boats", language="en"))
    decoded = change.decode()
    assert len(decoded.findings) == (given_value != written)
    quads = data_quads(Dataset(decoded.files, {}))
    (value,) = (quad.object for quad in quads if quad.predicate == key("value"))
    assert value == ox.Literal(written, datatype=kind)


def test_the_ontology_of_another_version_is_passed_over_in_one_word(change: Change) -> None:
    name = ox.NamedNode(graph_iri("ontology"))
    change.quads += [ox.Quad(iri(f"Old{n}"), PUBLISHER, iri("y"), name) for n in range(3)]
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert finding.message.startswith("graph/ontology: 3 triples are not in this version of APRO")


def test_many_values_in_another_form_are_counted(change: Change) -> None:
    integer = ox.NamedNode(f"{XSD}integer")
    start = key("start")
    for old in [quad for quad in change.quads if quad.predicate == start]:
        change.quads.remove(old)
        number = ox.Literal(str(getattr(old.object, "value", "")), datatype=integer)
        change.quads.append(ox.Quad(old.subject, old.predicate, number, old.graph_name))
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert re.search(r"\d+ values \(xsd:integer\) are written in another form", finding.message)


def test_a_position_in_a_document_stands_under_the_document(change: Change) -> None:
    change.drop(P1, key("positions"))
    change.add(iri(P1), key("positions"), iri("ferry-2/memo"))
    done = change.decode()
    assert done.findings == ()
    (meeting,) = [file.model for file in done.files if isinstance(file.model, Meeting)]
    assert [position.id for position in meeting.document.positions] == [P1]
