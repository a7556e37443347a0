"""Builds from RDF: the same as from codings, and what is wrong with the files is told."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from kg import bulk
from kg.build import Build, build, read_build
from kg.bulk import build_from_rdf
from kg.cli import app
from kg.errors import DataError, InputError, OutputError
from kg.findings import errors
from kg.names import DEFAULT_BASE, graph_iri
from kg.publish import digest_of
from kg.resources import data_dir

POSITION = "<https://w3id.org/apro#Position>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
BROKEN = f"<{DEFAULT_BASE}p1> {TYPE} {POSITION} <{DEFAULT_BASE}graph/m1> .\n"


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made, _ = build(data_dir(), tmp_path_factory.mktemp("coded") / "build")
    return made


def loaded(files: list[Path], out: Path, base: str = DEFAULT_BASE) -> bulk.Loaded:
    return build_from_rdf(files, out, base, "en", quiet)


def graph_of(made: Build) -> dict[str, str]:
    """A digest of each graph."""
    found: dict[str, list[ox.Triple]] = {}
    for quad in made.read_quads():
        found.setdefault(str(quad.graph_name), []).append(quad.triple)
    return {name: digest_of(triples) for name, triples in found.items()}


def test_a_build_of_the_graph_is_that_of_the_codings(coded: Build, tmp_path: Path) -> None:
    made = loaded([coded.folder / "graph.trig"], tmp_path / "build")
    assert made.build.quads == coded.quads
    assert made.cut == 0
    assert list(made.build.meetings) == list(coded.meetings)
    assert graph_of(made.build) == graph_of(coded)
    pages = sorted(
        path.name for path in coded.folder.iterdir() if path.suffix in {".html", ".parquet"}
    )
    assert pages
    for name in pages:
        assert (tmp_path / "build" / name).read_bytes() == (coded.folder / name).read_bytes(), name
    again = read_build(tmp_path / "build")
    assert (again.quads, again.graph_sha256) == (made.build.quads, made.build.graph_sha256)


def test_several_files_compressed_ones_too_and_the_same_bytes_again(
    coded: Build, tmp_path: Path
) -> None:
    ontology = ox.NamedNode(graph_iri("ontology"))
    quads = list(coded.read_quads())
    parts = [quads[::2], quads[1::2]]
    files = [tmp_path / "one.nq", tmp_path / "two.nq.gz"]
    for file, part in zip(files, parts, strict=True):
        raw = ox.serialize(
            # Blank nodes of two files are never the same: the ontology is added by kg.
            [quad for quad in part if quad.graph_name != ontology],
            format=ox.RdfFormat.N_QUADS,
        )
        assert raw is not None
        file.write_bytes(gzip.compress(raw) if file.suffix == ".gz" else raw)
    first = loaded(files, tmp_path / "first").build
    second = loaded(files[::-1], tmp_path / "second").build
    assert graph_of(first) == graph_of(coded)
    assert (first.folder / "graph.trig").read_bytes() == (second.folder / "graph.trig").read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "error", "complaint"),
    [
        ("a.ttl", "<a:s> <a:p> <a:o> .", InputError, r"neither \.nq nor \.trig"),
        ("a.nq", "<a:s> <a:p> .", InputError, "does not parse: .*line 1"),
        ("a.nq.gz", "no gzip", InputError, "cannot be read"),
        ("a.nq", "<a:s> <a:p> <a:o> .", DataError, "1 error"),
        ("a.nq", "<a:s> <a:p> <a:o> <b:g> .", DataError, "1 error"),
        ("a.nq", BROKEN, DataError, "error"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_the_earlier_build_stays(
    name: str, text: str, error: type[Exception], complaint: str, coded: Build, tmp_path: Path
) -> None:
    out = tmp_path / "build"
    shutil.copytree(coded.folder, out)
    before = (out / "build.json").read_bytes()
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=complaint):
        loaded([tmp_path / name], out)
    assert (out / "build.json").read_bytes() == before
    assert read_build(out).open().ask("ASK { ?s ?p ?o }")
    assert (
        sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".build.new")) == []
    )


def test_findings_name_the_graphs_and_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text(
        "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:o> <b:g> .\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as told:
        loaded([tmp_path / "a.nq"], tmp_path / "build")
    messages = [finding.message for finding in told.value.findings]
    assert any("put them into named graphs" in one for one in messages)
    assert any("(b:g): give their --base" in one for one in messages)


def test_every_part_of_a_large_graph_is_checked(coded: Build, tmp_path: Path) -> None:
    files = [coded.folder / "graph.trig", tmp_path / "more.nq"]
    files[1].write_text(BROKEN, encoding="utf-8")
    with pytest.raises(DataError) as told:
        loaded(files, tmp_path / "build")
    assert {finding.path for finding in errors(told.value.findings)} == {Path("p1")}
    assert not (tmp_path / "build").exists()


def test_a_folder_that_is_no_build_is_not_replaced(coded: Build, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("text", encoding="utf-8")
    with pytest.raises(OutputError, match="something else than a build"):
        loaded([coded.folder / "graph.trig"], tmp_path / "mine")


def test_the_command_says_what_it_built(coded: Build, tmp_path: Path) -> None:
    out = tmp_path / "build"
    words = ["build", "--from-rdf", str(coded.folder / "graph.trig"), "--out", str(out)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert result.stdout == f"1 meeting, {coded.quads} quads\n"
    both = CliRunner().invoke(app, [*words, "--data", str(data_dir())])
    assert both.exit_code == 2
    assert "leave --data and --sources out" in both.stderr
