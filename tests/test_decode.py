"""RDF back to codings: the same models and quads come out, and what is lost is said."""

from __future__ import annotations

import json
import re
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
    PUBLISHER,
    SOURCE,
    TYPE,
    Change,
    a_position_in_an_agenda_item,
    iri,
)
from kg.coding.dataset import CodingFile, Dataset, find_files, load_dataset
from kg.coding.identify import identify
from kg.coding.model import Meeting
from kg.coding.terms import expand, slots
from kg.coding.validation import models
from kg.coding.yamlfile import YamlFile, load_yaml, plain, yaml_reader
from kg.decode import Decoded, decode
from kg.decode.words import show
from kg.encode import canonical, encode, encode_file, to_jsonld
from kg.errors import InputError
from kg.findings import Severity, errors
from kg.names import DEFAULT_BASE, XSD, graph_iri
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


@pytest.mark.slow
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


@pytest.mark.slow
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
        name = show(quad.subject, DEFAULT_BASE)
        assert quad.triple in said or any(name in one.message for one in decoded.findings), quad


@cache
def ferry_data() -> list[ox.Quad]:
    return data_quads(read(FERRY))


def other_forms(quad: ox.Quad) -> list[ox.Quad]:
    """The quad with the same value in another form, or with the next value of its kind."""
    value = quad.object
    if not isinstance(value, ox.Literal):
        return []
    texts = {"true": ["1", "false"], "false": ["0", "true"]}.get(value.value, [])
    if value.value.isdigit():
        texts = [f"0{value.value}", f"+{value.value}", str(int(value.value) + 1)]
    new = [ox.Literal(text, datatype=value.datatype) for text in texts]
    if value.language or value.datatype.value == f"{XSD}string":
        new = [ox.Literal(value.value + " more", language=value.language)]
    return [ox.Quad(quad.subject, quad.predicate, one, quad.graph_name) for one in new]


CHANGES_OF_ONE = ["drop", "form", "value", "second", "graph"]


@settings(max_examples=60)
@given(st.data(), st.sampled_from(CHANGES_OF_ONE))
def test_one_triple_dropped_changed_or_doubled(data: Any, how: str) -> None:
    """Each triple given is said again, equal in value, or named by a warning."""
    quads = ferry_data()
    old = data.draw(st.sampled_from([one for one in quads if how != "form" or other_forms(one)]))
    others = [q.object for q in quads if q.predicate == old.predicate and q.object != old.object]
    new: list[ox.Quad] = []
    if how == "graph":
        new = [in_graph(old, iri("graph/other"))]
    elif how == "form":
        new = [data.draw(st.sampled_from(other_forms(old)))]
    elif how in {"value", "second"} and others:
        value = data.draw(st.sampled_from(others))
        new = [ox.Quad(old.subject, old.predicate, value, old.graph_name)]
    kept = how in {"second", "graph"}
    changed = [quad for quad in quads if kept or quad != old] + new
    decoded = decode(changed, SOURCE)
    if not errors(decoded.findings):
        assert lost_in_silence(changed, decoded) == []


def lost_in_silence(quads: list[ox.Quad], decoded: Decoded) -> list[ox.Quad]:
    """Quads that are not said again, under the name that a node has now, nor named by a warning."""
    said: dict[tuple[Any, Any], list[Any]] = {}
    for quad in data_quads(Dataset(decoded.files, {})):
        said.setdefault((quad.subject, quad.predicate), []).append(quad.object)
    messages = "\n".join(one.message for one in decoded.findings)
    renamed = re.findall(r"(\S+): gets the id (\S+), which", messages)
    names: dict[Any, Any] = {iri(old): iri(new) for old, new in renamed}
    warned = [one.message for one in decoded.findings if one.severity is Severity.WARNING]
    silent = []
    for quad in quads:
        subject, value = names.get(quad.subject, quad.subject), names.get(quad.object, quad.object)
        again = any(equal(value, one) for one in said.get((subject, quad.predicate), []))
        name = re.compile(re.escape(show(quad.subject, DEFAULT_BASE)) + "[,:] ")
        if not again and not any(name.match(one) for one in warned):
            silent.append(quad)
    return silent


def equal(one: Any, other: Any) -> bool:
    """Whether two terms are the same value; numbers and truth values in any form."""
    if one == other:
        return True
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return False
    if one.datatype.value == f"{XSD}boolean":
        return {"1": "true", "0": "false"}.get(one.value, one.value) == other.value
    digits = re.compile(r"[+]?\d+")
    if digits.fullmatch(one.value) and digits.fullmatch(other.value):
        return not one.language and int(one.value) == int(other.value)
    return False


def test_the_jsonld_of_a_model_is_that_of_its_decoded_twin(ferry: Dataset) -> None:
    (meeting,) = ferry.meetings
    (again,) = (f.model for f in decode(encode(ferry), SOURCE).files if f.folder == "meetings")
    ours, theirs = (json.dumps(to_jsonld(one), sort_keys=True) for one in (meeting, again))
    assert ours == theirs
