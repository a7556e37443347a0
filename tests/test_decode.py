"""RDF back to codings: the same models and quads come out, and what is lost is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from ferry import FERRY
from graph_changes import (
    ERRORS,
    LOSSES,
    P1,
    PUBLISHER,
    SOURCE,
    TYPE,
    Change,
    a_position_in_an_agenda_item,
    iri,
    key,
)
from kg.coding.dataset import CodingFile, Dataset, find_files, load_dataset
from kg.coding.identify import identify
from kg.coding.model import Meeting
from kg.coding.terms import expand, slots
from kg.coding.validation import models
from kg.coding.yamlfile import YamlFile, load_yaml, plain, yaml_reader
from kg.decode import decode
from kg.encode import canonical, encode, encode_file, to_jsonld
from kg.errors import InputError
from kg.findings import Severity, errors
from kg.names import DEFAULT_BASE, XSD, graph_iri, shorten
from kg.source import read_sources
from random_meetings import MEETINGS, tree_of

# RDF has no order of values, so these lists come back in the order of their ids: references, texts
# of one language, the propositions of an issue and the entities of a register. Nothing reads an
# order from them. Participants, items, entries and what stands in an entry keep theirs.
UNORDERED = {"entities", "propositions"}


@cache
def read(folder: Path) -> Dataset:
    """A folder's own files, with the places that its documents give, if they are there."""
    documents = folder / "sources"
    sources = read_sources(documents) if documents.is_dir() else None
    dataset, findings = load_dataset(find_files(folder, folder), sources)
    assert not errors(findings)
    assert dataset.meetings
    return dataset


@pytest.fixture(scope="module")
def ferry() -> Dataset:
    return read(FERRY)


@pytest.fixture(scope="module")
def ferry_quads(ferry: Dataset) -> list[ox.Quad]:
    return data_quads(ferry)


def data_quads(dataset: Dataset) -> list[ox.Quad]:
    return canonical(quad for file in dataset.files for quad in encode_file(file))


def in_graph(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def content(value: Any, key: str = "", everything: bool = False) -> Any:
    """A model's data with the lists that have no order sorted, and without the empty ones.

    An empty list says nothing in RDF.
    """
    if isinstance(value, dict):
        said = {name: inner for name, inner in value.items() if inner != []}
        return {name: content(inner, name, everything) for name, inner in said.items()}
    if isinstance(value, list):
        inner = [content(one, "", everything) for one in value]
        free = everything or key in UNORDERED or not any(isinstance(one, dict) for one in value)
        return sorted(inner, key=repr) if free else inner
    return value


def folders(files: Iterable[CodingFile], everything: bool = False) -> dict[str, Any]:
    """What each meeting says, and what each register folder says, however many files it has."""
    found: dict[str, Any] = {}
    for file in files:
        data = file.model.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if file.folder == "meetings":
            found[data["id"]] = content(data, "", everything)
        else:
            entities = found.setdefault(file.folder, [])
            entities += data["entities"]
    return {
        name: content(value, "entities", everything) if isinstance(value, list) else value
        for name, value in found.items()
    }


# Round trips


@pytest.mark.parametrize("name", ["data", "ferry", "scaffold"])
def test_codings_come_back_as_they_were(name: str) -> None:
    with as_file(files("kg.scaffold") / "files") as scaffold:
        dataset = read({"data": ROOT / "data", "ferry": FERRY, "scaffold": scaffold}[name])
    quads = encode(dataset)
    decoded = decode(quads, SOURCE)
    assert decoded.findings == ()
    assert folders(decoded.files) == folders(dataset.files)
    assert encode(Dataset(decoded.files, {})) == quads


@pytest.mark.parametrize("name", ["data", "ferry"])
def test_the_files_say_what_the_models_say(name: str, tmp_path: Path) -> None:
    quads = encode(read({"data": ROOT / "data", "ferry": FERRY}[name]))
    for file in decode(quads, SOURCE).files:
        path = tmp_path / "one.yaml"
        path.write_text(file.yaml.text, encoding="utf-8")
        loaded = load_yaml(path)
        assert isinstance(loaded, YamlFile)
        assert type(file.model).model_validate(plain(loaded.tree)) == file.model
        lines = file.yaml.text.splitlines()
        assert max(len(line) for line in lines if "type: Passage" not in line) <= 130
        assert lines[0].startswith("'@context': ")


@settings(max_examples=40)
@given(MEETINGS)
def test_any_meeting_comes_back(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    assume(no_place_has_two_paragraphs(plain(tree)))
    file = CodingFile(
        YamlFile(Path("m"), "", tree), "meetings", Meeting.model_validate(plain(tree))
    )
    quads = encode_file(file)
    decoded = decode(quads, SOURCE)
    assert decoded.findings == ()
    assert folders(decoded.files, everything=True) == folders([file], everything=True)
    assert set(encode_file(decoded.files[0])) == set(quads)
    assert plain(yaml_reader().load(decoded.files[0].yaml.text)) == plain(
        decoded.files[0].yaml.tree
    )


def no_place_has_two_paragraphs(tree: Any) -> bool:
    """Random places may contradict each other, as no place of a document can."""
    seen: dict[str, int] = {}
    places = (node for node in nodes_of(tree) if node.get("type") == "Passage")
    return all(seen.setdefault(one["id"], one["paragraph"]) == one["paragraph"] for one in places)


def nodes_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_of(inner)


def test_items_and_entries_stand_in_their_order(shipped: Dataset) -> None:
    (meeting,) = shipped.meetings
    (again,) = (
        file.model
        for file in decode(reversed(encode(shipped)), SOURCE).files
        if isinstance(file.model, Meeting)
    )
    assert [item.id for item in again.items] == [item.id for item in meeting.items]
    assert len(again.items) > 9  # else i10 would not tell natural order from that of texts
    sequence = [entry.sequence for item in again.items for entry in item.entries]
    assert sequence == sorted(sequence)


def test_another_base_gives_the_same_codings(ferry: Dataset) -> None:
    base = "http://localhost:8000/ä/"
    decoded = decode(encode(ferry, base), SOURCE, base)
    assert decoded.findings == ()
    assert folders(decoded.files) == folders(ferry.files)


def test_without_graph_names_each_node_goes_where_its_class_belongs(ferry: Dataset) -> None:
    flat = [in_graph(quad, ox.DefaultGraph()) for quad in data_quads(ferry)]
    decoded = decode(flat, SOURCE)
    assert decoded.findings == ()
    assert {file.folder for file in decoded.files} == {
        "authorities",
        "issues",
        "reforms",  # the Ferry Act, which the example keeps among its issues
        "meetings",
    }
    ours = {quad.triple for quad in data_quads(ferry)}
    assert {quad.triple for quad in data_quads(Dataset(decoded.files, {}))} == ours


def test_a_graph_with_a_name_of_its_own_is_said_to_move(ferry_quads: list[ox.Quad]) -> None:
    name = ox.NamedNode("https://example.org/graphs/all")
    moved = [in_graph(quad, name) for quad in ferry_quads]
    decoded = decode(moved, SOURCE)
    assert {one.severity for one in decoded.findings} == {Severity.INFO}
    assert len(decoded.findings) == 4
    assert all("graph https://example.org/graphs/all: what it says" in str(one) for one in
               decoded.findings)  # fmt: skip


def test_the_models_alone_say_which_keys_are_decoded() -> None:
    """Every key of every model has a slot, so a new one is decoded without a word here."""
    for name, kind in models().items():
        keys = {field.alias or key for key, field in kind.model_fields.items()}
        assert {slot.term.key for slot in slots(kind)} == keys - {"id", "type", "@context"}, name


# Changes of the graph


@pytest.fixture
def change(ferry_quads: list[ox.Quad]) -> Change:
    return Change(list(ferry_quads))


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_what_a_coding_cannot_hold_is_said_once(
    change: Change, ferry: Dataset, lose: Callable[[Change], str]
) -> None:
    message = lose(change)
    decoded = change.decode()
    (finding,) = decoded.findings
    assert message in finding.message
    assert (finding.path, finding.line, finding.severity) == (SOURCE, 0, Severity.WARNING)
    assert len(decoded.files) == len(folders(ferry.files))


def test_what_hangs_on_a_lost_node_is_said_as_well(change: Change) -> None:
    message = a_position_in_an_agenda_item(change)
    found = [str(one) for one in change.decode().findings]
    assert any(message in one for one in found)
    assert any("ferry-2/s01/p1/a1: its" in one for one in found)  # its reason
    assert any("ferry-2/memo#char=122,213: its" in one for one in found)  # its place


# What is written otherwise


def test_a_number_in_another_form_is_written_as_the_models_have_it(change: Change) -> None:
    (old,) = change.drop("ferry-2/s03", key("sequence"))
    change.add(old.subject, old.predicate, ox.Literal("03", datatype=ox.NamedNode(f"{XSD}int")))
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert f'is written as "3"^^<{XSD}integer>' in finding.message


def test_a_number_as_turtle_has_it_is_read(change: Change) -> None:
    place = "ferry-2/memo#char=365,405"
    (old,) = change.drop(place, key("start"))
    change.add(
        old.subject, old.predicate, ox.Literal("365", datatype=ox.NamedNode(f"{XSD}integer"))
    )
    (finding,) = change.decode().findings
    assert finding.message.endswith(f'is written as "365"^^<{XSD}nonNegativeInteger>')


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


# Errors: no valid coding


@pytest.mark.parametrize("spoil", ERRORS, ids=lambda spoil: spoil.__name__)
def test_what_no_coding_may_say_is_an_error(change: Change, spoil: Callable[[Change], str]) -> None:
    message = spoil(change)
    decoded = change.decode()
    assert any(message in one.message for one in errors(decoded.findings))
    assert "meetings" not in {file.folder for file in decoded.files}


@pytest.mark.parametrize(
    ("quads", "base", "message"),
    [
        ([], DEFAULT_BASE, "given.trig describes no meeting"),
        ([ox.Quad(iri("x"), PUBLISHER, iri("y"))], DEFAULT_BASE, "describes no meeting"),
        (
            [ox.Quad(ox.NamedNode("https://example.org/d/x"), TYPE, ox.NamedNode(expand("Body")))],
            DEFAULT_BASE,
            "perhaps `--base https://example.org/d/`",
        ),
        ([], "nowhere", "cannot carry ids"),
    ],
)
def test_a_graph_that_holds_no_coding_is_refused(
    quads: list[ox.Quad], base: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        decode(quads, SOURCE, base)


# Anything at all


@settings(max_examples=60)
@given(st.data())
def test_no_triple_is_lost_in_silence(data: Any) -> None:
    """Triples out, others in: each one is in the codings or in a finding that names its node."""
    quads = data_quads(read(FERRY))
    terms = sorted({*(q.subject for q in quads), *(q.object for q in quads)}, key=str)
    predicates = sorted({quad.predicate for quad in quads}, key=str)
    gone = data.draw(st.sets(st.sampled_from(quads), max_size=6))
    subjects = [one for one in terms if isinstance(one, ox.NamedNode)]
    new = st.builds(
        lambda s, p, o: ox.Quad(s, p, o, ox.NamedNode(graph_iri("ferry-2"))),
        st.sampled_from(subjects),
        st.sampled_from(predicates),
        st.sampled_from(terms),
    )
    changed = [quad for quad in quads if quad not in gone] + data.draw(st.lists(new, max_size=6))
    decoded = decode(changed, SOURCE)
    if errors(decoded.findings):
        return
    said = {quad.triple for quad in data_quads(Dataset(decoded.files, {}))}
    for quad in changed:
        name = shorten(quad.subject.value)
        assert quad.triple in said or any(name in one.message for one in decoded.findings), quad


def test_the_jsonld_of_a_model_is_that_of_its_decoded_twin(ferry: Dataset) -> None:
    (meeting,) = ferry.meetings
    (again,) = (f.model for f in decode(encode(ferry), SOURCE).files if f.folder == "meetings")
    ours, theirs = (json.dumps(to_jsonld(one), sort_keys=True) for one in (meeting, again))
    assert ours == theirs


def test_many_values_in_another_form_are_counted(change: Change) -> None:
    integer = ox.NamedNode(f"{XSD}integer")
    start = key("start")
    for old in [quad for quad in change.quads if quad.predicate == start]:
        change.quads.remove(old)
        number = ox.Literal(str(getattr(old.object, "value", "")), datatype=integer)
        change.quads.append(ox.Quad(old.subject, old.predicate, number, old.graph_name))
    (finding,) = change.decode().findings
    assert finding.severity is Severity.INFO
    assert "values of the datatype" in finding.message


def test_a_position_in_a_document_stands_under_the_document(change: Change) -> None:
    change.drop(P1, key("positions"))
    change.add(iri(P1), key("positions"), iri("ferry-2/memo"))
    done = change.decode()
    assert done.findings == ()
    (meeting,) = [file.model for file in done.files if isinstance(file.model, Meeting)]
    assert [position.id for position in meeting.document.positions] == [P1]
