"""A build over an earlier one has the bytes and the findings of a build from nothing."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, URIRef
from rdflib.namespace import SH
from rdflib.term import Node
from typer.testing import CliRunner

import kg.encode
from kg.build import FORMAT, GRAPH, MANIFEST, STORE, Build, build, check, read_build
from kg.cli import app
from kg.coding.terms import term_of
from kg.coding.validation import models
from kg.errors import DataError
from kg.findings import Finding, Severity
from kg.names import term
from kg.reuse.record import RECORD
from kg.shapes import shapes_graph
from many_meetings import (
    BYSTANDER,
    EDITS,
    ISSUES,
    PEOPLE,
    QUOTE,
    add,
    append,
    day,
    file_of,
    identifier,
    make,
    replace,
)

MEETINGS = 9


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine meetings, and a build of them, without what is made of the store."""
    folder = tmp_path_factory.mktemp("template")
    data = make(folder / "data", MEETINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.build.finish", only_manifest)
        build(data, folder / "out", data / "sources")
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The template's folder of codings and its build, for a test to change."""
    monkeypatch.setattr("kg.build.finish", only_manifest)
    shutil.copytree(template / "data", tmp_path / "data")
    shutil.copytree(template / "out", tmp_path / "out")
    return Place(tmp_path / "data", tmp_path / "out", tmp_path / "whole")


def only_manifest(made: Build, progress: object) -> None:
    """A build's last step without table and pages: they are made of the store alone."""
    manifest = {
        "format": FORMAT,
        "base": made.base,
        "quads": made.quads,
        "graph_sha256": made.graph_sha256,
        "evidence_checked": made.meetings,
    }
    (made.folder / MANIFEST).write_text(json.dumps(manifest, indent=2))


@dataclass(frozen=True)
class Outcome:
    """What a build came to: its files and findings, or its error and findings; what it encoded."""

    error: str
    findings: Sequence[Finding]
    files: dict[str, bytes]
    store: frozenset[ox.Quad]
    outlines: Sequence[object]


@dataclass(frozen=True)
class Place:
    """A folder of codings, a build that is made again and again, and one made from nothing."""

    data: Path
    out: Path
    whole: Path

    def outcome(self, out: Path, **options: Any) -> Outcome:
        """Build into a folder; the files are those after it, also where it failed."""
        given = {"sources": self.data / "sources", **options}
        try:
            _, checked = build(self.data, out, **given)
        except DataError as error:
            return Outcome(str(error), error.findings, {}, frozenset(), ())
        return Outcome("", checked.findings, files(out), stored(out), checked.dataset.outlines)

    def again(self, **options: Any) -> Outcome:
        """Build over the earlier build, and from nothing: both come to the same, which is given."""
        before = files(self.out)
        over = self.outcome(self.out, **options)
        shutil.rmtree(self.whole, ignore_errors=True)
        assert over == self.outcome(self.whole, **options)
        if over.error:
            assert files(self.out) == before
        return over


def files(folder: Path) -> dict[str, bytes]:
    """The files of a build but those of the store, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def stored(folder: Path) -> frozenset[ox.Quad]:
    """What a build's store holds."""
    return frozenset(ox.Store.read_only(str(folder / STORE)))


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the meetings' files that are encoded while the test runs."""
    names: list[str] = []
    encode_file = kg.encode.encode_file

    def spy(file: Any, base: str) -> list[ox.Quad]:
        if file.folder == "meetings":
            names.append(file.yaml.path.stem)
        return encode_file(file, base)

    monkeypatch.setattr(kg.encode, "encode_file", spy)
    return names


def test_the_template_has_findings_of_each_kind(template: Path) -> None:
    told = check(template / "data", template / "data" / "sources")
    assert {finding.severity for finding in told.findings} == {Severity.WARNING, Severity.INFO}
    assert any("guideline:" in finding.message for finding in told.findings)


def test_without_a_change_nothing_is_encoded(place: Place, encoded: list[str]) -> None:
    before = files(place.out)
    assert place.outcome(place.out).files == before
    assert encoded == []
    place.again()


def test_only_the_changed_meeting_is_encoded(place: Place, encoded: list[str]) -> None:
    replace(file_of(place.data, 2), QUOTE, "      at: {find: supports a trial in two branches}\n")
    over = place.outcome(place.out)
    assert encoded == [day(2)]
    assert over == place.outcome(place.whole)
    assert any(f"{identifier(2)}/s03/p2" in finding.message for finding in over.findings)


def test_a_meeting_comes_and_goes(place: Place, encoded: list[str]) -> None:
    add(place.data, 13)
    over = place.outcome(place.out)
    assert encoded == [day(13)]
    assert over == place.outcome(place.whole)
    encoded.clear()
    file_of(place.data, 13).unlink()
    file_of(place.data, 9).unlink()
    over = place.outcome(place.out)
    assert encoded == []
    shutil.rmtree(place.whole)
    assert over == place.outcome(place.whole)


def test_a_file_is_known_under_another_name(place: Place, encoded: list[str]) -> None:
    file_of(place.data, 3).rename(place.data / "meetings" / "zz.yaml")
    over = place.outcome(place.out)
    assert encoded == []
    assert over == place.outcome(place.whole)
    assert any(finding.path.name == "zz.yaml" for finding in over.findings)


def test_a_changed_register_spares_the_meetings(place: Place, encoded: list[str]) -> None:
    append(place.data / PEOPLE, BYSTANDER)
    replace(place.data / ISSUES, "en: The trial is evaluated.", "en: The trial is not forgotten.")
    over = place.outcome(place.out)
    assert encoded == []
    assert over == place.outcome(place.whole)
    assert any("trial-evaluated: The proposition is worded" in one.message for one in over.findings)


def test_what_an_unchanged_meeting_needs_is_missed(place: Place) -> None:
    replace(place.data / ISSUES, "- id: trial-evaluated", "- id: trial-assessed")
    over = place.again()
    assert len(over.findings) == MEETINGS - MEETINGS // 5
    assert all("did you mean trial-assessed" in one.message for one in over.findings)


@pytest.mark.slow
def test_a_shipped_body_that_only_an_unchanged_meeting_names(place: Place) -> None:
    for number in (1, 2):
        replace(file_of(place.data, number), "responsible: [CL]", "responsible: [SM]")
    assert place.again().error == ""
    replace(file_of(place.data, 2), "responsible: [SM]", "responsible: [CL]")
    assert place.again().error == ""


@pytest.mark.parametrize("number", [1, pytest.param(9, marks=pytest.mark.slow)])
def test_an_id_that_another_file_has(place: Place, number: int) -> None:
    other = 5
    replace(file_of(place.data, number), f"id: {identifier(number)}", f"id: {identifier(other)}")
    assert "defined at" in str(place.again().findings)


@pytest.mark.slow
def test_a_passage_that_two_files_have(place: Place, encoded: list[str]) -> None:
    replace(file_of(place.data, 6), "end: 26}", "end: 22}")
    assert place.outcome(place.out).error == ""
    encoded.clear()
    replace(file_of(place.data, 1), "{en: A trial is planned.}", "{en: A trial is to come.}")
    assert place.outcome(place.out).error == ""
    assert set(encoded) == {day(1), day(2), day(6)}  # both are read: which has it first?
    replace(file_of(place.data, 6), "end: 22}", "end: 22, note: {en: No.}}")
    assert "defined at" in str(place.again().findings)


@pytest.mark.slow
def test_a_revised_position_that_comes_later_now(place: Place) -> None:
    """Meeting 4 revises a position of meeting 3, which alone is changed."""
    replace(file_of(place.data, 3), f"\ndate: {day(3)}", "\ndate: 2024-12-01")
    assert "not expressed earlier" in str(place.again().findings)


def test_a_changed_memo_is_looked_at_again(place: Place, encoded: list[str]) -> None:
    memo = place.data / "sources" / f"{day(6)}-memo.txt"
    append(memo, "Nothing else.\n")
    assert place.outcome(place.out) == place.outcome(place.whole)
    assert encoded[0] == day(6)
    assert len(encoded) == 1 + MEETINGS
    replace(memo, "enough staff", "enough time")
    replace(memo, "evening hours", "late hours")
    assert "nowhere" in str(place.again().findings)


def test_without_sources_no_evidence_is_taken_for_checked(place: Place) -> None:
    assert place.again(sources=None).error
    assert set(read_build(place.out).meetings.values()) == {True}


@pytest.mark.slow
def test_another_language_and_another_base(place: Place, encoded: list[str]) -> None:
    over = place.outcome(place.out, language="fi")
    assert encoded == []
    assert over == place.outcome(place.whole, language="fi")
    assert "ehto" in str(over.findings).lower()
    encoded.clear()
    assert place.outcome(place.out, base="https://example.org/").error == ""
    assert len(encoded) == MEETINGS
    place.again(base="https://example.org/")


@pytest.mark.slow
def test_full_takes_nothing_over(place: Place, encoded: list[str]) -> None:
    before = files(place.out)
    assert place.outcome(place.out, full=True).files == before
    assert len(encoded) == MEETINGS


@pytest.mark.parametrize(
    "harm",
    [
        "graph",
        "record",
        *(
            pytest.param(harm, marks=pytest.mark.slow)
            for harm in ("no manifest", "manifest", "format", "both", "no record", "seal", "kg")
        ),
    ],
)
def test_a_build_that_cannot_be_relied_on_is_left_alone(
    place: Place, encoded: list[str], harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(place.out)
    spoil(place.out, harm, monkeypatch)
    over = place.outcome(place.out)
    assert len(encoded) == MEETINGS
    if harm != "kg":
        assert over.files == before
    assert over == place.outcome(place.whole)


def spoil(out: Path, harm: str, patch: pytest.MonkeyPatch) -> None:
    """Harm a build in one way."""
    graph, record, manifest = out / GRAPH, out / RECORD, out / MANIFEST
    if harm == "no manifest":
        shutil.rmtree(out)
    elif harm == "manifest":
        manifest.write_text("{")
    elif harm == "format":
        replace(manifest, f'"format": {FORMAT}', '"format": 1')
    elif harm in ("graph", "both"):
        replace(graph, "A trial is planned.", "A trial is off.")
        if harm == "both":  # the record still names the graph that it was written with
            said = {**json.loads(manifest.read_text())}
            said["graph_sha256"] = sha256(graph.read_bytes()).hexdigest()
            manifest.write_text(json.dumps(said))
    elif harm == "no record":
        record.unlink()
    elif harm == "record":
        content = bytearray(record.read_bytes())
        content[len(content) // 2] ^= 1
        record.write_bytes(content)
    elif harm == "seal":
        text = gzip.decompress(record.read_bytes())
        record.write_bytes(
            gzip.compress(text.replace(b"library-2024-01-02", b"library-2024-01-22"))
        )
    elif harm == "kg":
        patch.setattr("kg.reuse.record.programme", lambda: "another")


@pytest.mark.slow
def test_a_store_that_was_tampered_with_lends_nothing(place: Place) -> None:
    store = ox.Store(str(place.out / STORE))
    store.clear()
    store.flush()
    del store
    assert place.again().store


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_changes_at_random(place: Place, seed: int) -> None:
    draws = Random(seed)
    for number in range(20):
        before = place.data.with_name(f"before-{number}")
        shutil.copytree(place.data, before)
        for name in draws.sample(sorted(EDITS), k=draws.choice((1, 1, 2))):
            EDITS[name](place.data, draws)
        if place.again().error:  # go on from what was right
            shutil.rmtree(place.data)
            before.rename(place.data)


@pytest.mark.slow
def test_the_command_says_the_same_and_makes_the_same(tmp_path: Path) -> None:
    data = make(tmp_path / "data", 5)

    def run(out: str, *more: str) -> tuple[str, str]:
        command = ["build", "--data", str(data), "--sources", str(data / "sources"), *more]
        done = CliRunner().invoke(app, [*command, "--out", str(tmp_path / out)])
        assert done.exit_code == 0, done.stderr
        return done.stdout, done.stderr

    run("out")
    replace(file_of(data, 4), "{en: A trial is planned.}", "{en: A trial is to come.}")
    over, told = run("out")
    assert "Reusing 4 of 5 meetings" in told
    whole, told = run("whole")
    assert "Reusing" not in told
    assert over == whole
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert stored(tmp_path / "out") == stored(tmp_path / "whole")
    _, told = run("out", "--full")
    assert "Reusing" not in told
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_no_shape_looks_further_than_one_meeting() -> None:
    """The shapes that look beyond a node's own triples are known, each with how far it looks.

    What is taken over (`kg.reuse.neighbours`) rests on it: a shape that is not listed here is to be
    looked at first. It may go from a meeting into one other, which names it or is named by it, and
    it may look from a register's node into meetings only where a document is a source. Against the
    direction of a property the shapes go only where a coding nests, so within one file.
    """
    assert looking_far() == FAR
    shapes = shapes_graph()
    mild = {
        str(target)
        for shape, _, target in shapes.triples((None, SH.targetObjectsOf, None))
        if shapes.value(shape, SH.severity) != SH.Violation
    }
    assert mild == {"http://www.w3.org/ns/oa#hasSource"}


def test_what_shapes_follow_backwards_is_nested_in_codings() -> None:
    shapes = shapes_graph()
    backwards = {str(one).rpartition("#")[2] for one in shapes.objects(None, SH.inversePath)}
    assert {one for one in backwards if one.isalpha()} == {"expressedIn", "inMeeting", "refines"}
    followed = ["expressedIn", "inMeeting", "inAgendaItem", "answers"]  # the last two in queries
    keys = {key.alias or "" for kind in models().values() for key in kind.model_fields.values()}
    for iri in map(term, followed):
        found = [term_of(key) for key in keys if term_of(key).iri == iri]
        assert found
        assert all(one.reverse for one in found)
    # Of the two that are left, `refines` links propositions, which are in registers, and sources
    # are looked at wherever they are cited.


def looking_far() -> set[str]:
    """The names of the shapes with a path of several steps, a query, or a shape of their values."""
    shapes = shapes_graph()
    top = {shape for shape in shapes.subjects(SH.severity) if isinstance(shape, URIRef)}
    found = set()
    for shape in top:
        waiting: list[Node] = [shape]
        inner: list[Node] = []
        while waiting:
            node = waiting.pop()
            inner.append(node)
            waiting += [one for one in shapes.objects(node) if isinstance(one, BNode)]
        paths = [one for node in inner for one in shapes.objects(node, SH.path)]
        nested = any(shapes.value(node, SH.node) or shapes.value(node, SH.sparql) for node in inner)
        if nested or any(isinstance(path, BNode) for path in paths):
            found.add(str(shape).rpartition("/")[2])
    return found


FAR = {
    # From a meeting to its own items, entries and participants, or to one in which a node stands.
    "action-deadline",
    "meeting-one-chair",
    "meeting-sequence",
    "speaker-participant",
    # To the codes of the ontology, or what its author is.
    "author-declared",
    "code-act",
    "code-alignment",
    "code-coding-status",
    "code-confidence",
    "code-date-kind",
    "code-progress",
    "code-role",
    "code-stance",
    "position-condition-qualified",
    # From a document to what was said in it, and to its passages.
    "document-label",
    "passage-within",
    # One step to a person or a body, either of two.
    "participation-who",
    # Within the registers.
    "proposition-negation",
    "proposition-refines-cycle",
    # From a position to the revised one, in another meeting, and to that one's day.
    "revises-earlier",
    "revises-holder",
    # Every term that is used, each for itself.
    "term-declared",
}
