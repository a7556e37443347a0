"""Differences from the table: the answers of SPARQL, row for row, on every kind of data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, permutations, product
from pathlib import Path

import ibis
import pyoxigraph as ox
import pytest

from conftest import ROOT
from fictional_graph import FOLDER, code_lists, fictional_store
from kg import build as building
from kg.answers import Answer, Iri, ask
from kg.build import Build, read_build
from kg.codes import LANGUAGES
from kg.differences.kinds import KINDS, RELATIONS, SORTS, Sort, kind_of
from kg.differences.made import make_files
from kg.differences.on_duckdb import OnDuckDB
from kg.errors import QueryError, StoreError
from kg.names import mint
from kg.site import FROM_TABLE, Site, query
from kg.store import EmbeddedStore
from kg.table import make_table, write_table

sys.path.insert(0, str(ROOT))
made_by = pytest.importorskip("benchmarks.corpus", reason="needs a checkout, with benchmarks/")

Given = Mapping[str, str]
# What the ORDER BY of each query names, so far as its rows are told apart by it.
ORDERED = {
    "disagreements": (
        *("kind", "issue", "label", "proposition", "b_proposition"),
        *("a_stance", "a_basis", "b_stance", "b_basis"),
    ),
    "disagreements-all": ("a", "b", "a_body", "b_body", "kind"),
}


@dataclass(frozen=True)
class Both:
    """One graph, asked by SPARQL, from its table, and from what is counted of it beforehand."""

    store: EmbeddedStore
    table: OnDuckDB
    made: OnDuckDB

    @classmethod
    def of(cls, store: EmbeddedStore, folder: Path) -> Both:
        write_table(make_table(store), folder)
        return cls.on(store, folder, folder / "made")

    @classmethod
    def on(cls, store: EmbeddedStore, folder: Path, other: Path) -> Both:
        """With the files of `kg.differences.made` beside a copy of a table, in another folder."""
        other.mkdir()
        for file in folder.glob("*.parquet"):
            shutil.copy(file, other)
        make_files(other)
        return cls(store, OnDuckDB(folder), OnDuckDB(other))

    def rows(
        self, name: str, given: Given | None = None, language: str = "en", proposed: bool = False
    ) -> int:
        """How many rows there are, after a look whether both give the same in the same order."""
        terms = terms_of(given or {})
        expected = ask(self.store, query(name), terms, language, proposed)
        found = self.table(query(name), terms, language, proposed)
        assert self.made(query(name), terms, language, proposed) == found
        assert (found.columns, found.title, found.telling) == (
            expected.columns,
            expected.title,
            expected.telling,
        )
        assert Counter(map(typed, found.rows)) == Counter(map(typed, expected.rows))
        assert keys(found, name) == keys(expected, name)
        return len(found.rows)


def terms_of(given: Given) -> dict[str, ox.NamedNode | ox.Literal]:
    return {
        name: ox.Literal(value) if name == "kind" else ox.NamedNode(value)
        for name, value in given.items()
    }


def typed(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row whose cells differ also where their types do."""
    return tuple((type(cell), cell) for cell in row)


def keys(answer: Answer, name: str) -> list[tuple[object, ...]]:
    places = [answer.columns.index(column) for column in ORDERED[name]]
    return [tuple(row[place] for place in places) for row in answer.rows]


@pytest.fixture(scope="module")
def subtle(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The hand-made cases of ``differences.trig``."""
    quads = ox.parse(path=FOLDER / "differences.trig", format=ox.RdfFormat.TRIG)
    graph = ox.NamedNode(mint("graph"))
    named = (ox.Quad(one.subject, one.predicate, one.object, graph) for one in quads)
    store = EmbeddedStore.of([*named, *code_lists()])
    return Both.of(store, tmp_path_factory.mktemp("subtle"))


@pytest.fixture(scope="module", params=["fictional", "shipped"])
def small(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Both:
    if request.param == "shipped":
        other = tmp_path_factory.mktemp("shipped") / "made"
        return Both.on(read_build(built).open(), built, other)
    return Both.of(fictional_store(), tmp_path_factory.mktemp("fictional"))


def test_the_answers_on_small_graphs_are_those_of_sparql(small: Both) -> None:
    found = ask(small.store, query("disagreements-all"), {}, include_proposed=True).records()
    pairs = [(str(row["a_body"]), str(row["b_body"])) for row in found]
    for (a, b), language in zip(dict.fromkeys(pairs), LANGUAGES, strict=False):
        assert small.rows("disagreements", {"a": a, "b": b}, language, proposed=True)
        small.rows("disagreements", {"a": b, "b": a}, language)
        assert small.rows("disagreements-all", None, language)
    assert small.rows("disagreements-all", proposed=True)


@pytest.mark.parametrize("proposed", [False, True])
def test_subtle_cases_give_the_answers_of_sparql(subtle: Both, proposed: bool) -> None:
    pairs = list(permutations(map(mint, "ABCD"), 2))
    tongues = cycle(LANGUAGES)
    counts = [
        subtle.rows("disagreements", {"a": a, "b": b}, next(tongues), proposed) for a, b in pairs
    ]
    assert sum(count > 0 for count in counts) >= 10
    for language in LANGUAGES:
        assert subtle.rows("disagreements-all", None, language, proposed) >= 8


@pytest.mark.parametrize("pair", ["AB", "BA", "BC"])
def test_subtle_cases_of_one_kind_or_issue_are_those_of_sparql(subtle: Both, pair: str) -> None:
    given = {"a": mint(pair[0]), "b": mint(pair[1])}
    whole = subtle.rows("disagreements", given)
    assert sum(subtle.rows("disagreements", {**given, "kind": kind}) for kind in KINDS) == whole
    for issue in ("money", "tax"):
        assert subtle.rows("disagreements", {**given, "issue": mint(issue)}) <= whole


@pytest.mark.parametrize("issue", ["money", "tax"])
def test_counts_of_one_issue_are_those_of_sparql(subtle: Both, issue: str) -> None:
    assert subtle.rows("disagreements-all", {"issue": mint(issue)})


def test_subtle_cases_by_hand(subtle: Both) -> None:
    """What the data was made for: were it not there, equal answers would say little."""
    given = terms_of({"a": mint("A"), "b": mint("B")})
    rows = subtle.table(query("disagreements"), given, "en", False).records()
    pays = [row for row in rows if row["proposition"] == row["b_proposition"] == mint("pays")]
    assert {(row["a_basis"], row["b_basis"]) for row in pays} == {
        ("official", "official"),
        ("official", "reported"),
        ("reported", "official"),
    }
    by_ann = [row for row in pays if row["a_stance"] == "support"]
    # Two places for a and a phrase for b: Bob of the first meeting does not speak for B later.
    assert {(row["a_evidence"], row["b_evidence"]) for row in by_ann} >= {
        ("char=10,20", "not us"),
        ("char=100,120", "not us"),
    }
    odd = [row for row in rows if row["proposition"] == mint("odd")]
    assert {(row["a_asserted_by"], row["b_asserted_by"], row["issue"]) for row in odd} == {
        ("Ann", "Comments", None),
        ("Brev", "Comments", None),
    }
    assert {row["a_basis"] for row in rows if row["a_asserted_by"] is None} == {"reported"}
    kinds = {(row["proposition"], row["b_proposition"], row["kind"]) for row in rows}
    assert (mint("pays"), mint("towns"), "rival") in kinds
    # Support passes upwards, and what opposes a refinement alone differs in degree.
    assert (mint("pays"), mint("pays-now"), "opposed") in kinds
    assert (mint("pays-now"), mint("pays"), "degree") in kinds
    assert (mint("pays-now"), mint("pays"), "opposed") not in kinds
    against_c = terms_of({"a": mint("A"), "b": mint("C")})
    assert not any(
        row["kind"] == "rival"
        for row in subtle.table(query("disagreements"), against_c, "en", False).records()
    )


@pytest.mark.parametrize(("seed", "positions"), [(1, 300), (2, 300), (3, 600)])
def test_answers_on_made_up_corpora_are_those_of_sparql(
    seed: int, positions: int, tmp_path: Path
) -> None:
    quads = ox.parse(b"".join(made_by.corpus(positions, seed)), format=ox.RdfFormat.N_QUADS)
    both = Both.of(EmbeddedStore.of(quads), tmp_path)
    rows = ask(both.store, query("disagreements-all"), {}).records()
    rows.sort(key=lambda row: -int(str(row["combinations"])))
    assert both.rows("disagreements-all", None, "sv")
    assert both.rows("disagreements-all", None, "fi", True)
    given = {"a": str(rows[0]["a_body"]), "b": str(rows[0]["b_body"])}
    assert both.rows("disagreements", given) > 10
    assert both.rows("disagreements", {"a": given["b"], "b": given["a"]}, "fi", True) > 10
    assert sum(both.rows("disagreements", {**given, "kind": kind}, "sv") for kind in KINDS) > 10
    issues = ask(both.store, query("internal/nodes"), {}).records()
    issue = next(str(row["node"]) for row in issues if row["kind"] == "Issue")
    both.rows("disagreements", {**given, "issue": issue})
    both.rows("disagreements-all", {"issue": issue})


@pytest.mark.parametrize(
    ("relation", "a", "b", "kind"),
    [
        ("same", SORTS[0], SORTS[2], "opposed"),
        ("same", SORTS[0], SORTS[0], "agree"),
        ("same", SORTS[0], SORTS[1], "degree"),
        ("same", SORTS[5], SORTS[0], "degree"),
        ("same", SORTS[5], SORTS[5], "none"),
        ("a refines b", SORTS[0], SORTS[2], "opposed"),
        ("a refines b", SORTS[2], SORTS[0], "degree"),
        ("a refines b", SORTS[2], SORTS[2], "none"),
        ("b refines a", SORTS[2], SORTS[0], "opposed"),
        ("b refines a", SORTS[0], SORTS[2], "degree"),
        ("rival", SORTS[0], SORTS[1], "rival"),
        ("rival", SORTS[0], SORTS[6], "none"),
        ("rival", SORTS[0], SORTS[2], "none"),
    ],
)
def test_kinds_of_difference_by_hand(relation: str, a: Sort, b: Sort, kind: str) -> None:
    assert kind_of(relation, a, b) == kind


def test_a_relation_turned_round_is_the_same_kind() -> None:
    turned = {"a refines b": "b refines a", "b refines a": "a refines b"}
    for relation, a, b in product(RELATIONS, SORTS, SORTS):
        assert kind_of(relation, a, b) == kind_of(turned.get(relation, relation), b, a)


def test_the_sorts_are_those_of_the_shipped_stances() -> None:
    """A concession is qualified support; every other stance is told by its pole and reserve."""
    store = EmbeddedStore.of(code_lists())
    prefixes = (
        "PREFIX apro: <https://w3id.org/apro#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    )
    rows = store.select(
        f"{prefixes} SELECT ?notation ?pole ?qualified {{ ?s apro:qualified ?qualified ; "
        "skos:notation ?notation . OPTIONAL { ?s apro:pole/skos:notation ?pole } }"
    ).rows
    assert len(rows) > 6
    for notation, pole, qualified in rows:
        sort = Sort(
            getattr(pole, "value", ""),
            getattr(qualified, "value", "") == "true",
            getattr(notation, "value", "") == "concede",
        )
        assert sort in SORTS


def test_iris_are_marked_and_what_is_refused_is_refused_here_too(subtle: Both) -> None:
    given = terms_of({"a": mint("A"), "b": mint("B")})
    row = subtle.table(query("disagreements"), given, "en", False).records()[0]
    assert isinstance(row["proposition"], Iri)
    assert not isinstance(row["label"], Iri)
    same = terms_of({"a": mint("A"), "b": mint("A")})
    with pytest.raises(QueryError, match="compares two"):
        subtle.table(query("disagreements"), same, "en", False)
    with pytest.raises(QueryError, match="needs a"):
        subtle.table(query("disagreements"), {}, "en", False)


def test_a_text_ends_no_literal(subtle: Both) -> None:
    hostile = ox.NamedNode("https://example.org/x'%20OR%20'1'='1")
    given = {"a": hostile, "b": ox.NamedNode(mint("B"))}
    assert subtle.table(query("disagreements"), given, "en", False).rows == ()


def test_a_damaged_table_is_told(tmp_path: Path, built: Path) -> None:
    with pytest.raises(StoreError, match="cannot be asked"):
        OnDuckDB(tmp_path)(query("disagreements-all"), {}, "en", False)
    for name in ("statements.parquet", "nodes.parquet", "relations.parquet"):
        shutil.copy(built / name, tmp_path)
    make_files(tmp_path)
    for name in ("pairs.parquet", "nodes.parquet"):
        (tmp_path / name).write_bytes(b"PAR1")
        with pytest.raises(StoreError, match="build it again"):
            OnDuckDB(tmp_path)(query("disagreements-all"), {}, "en", False)


def test_what_is_counted_beforehand_has_the_same_bytes_each_time(
    subtle: Both, tmp_path: Path
) -> None:
    again = Both.on(subtle.store, subtle.table.folder, tmp_path / "made").made
    for name in ("standings.parquet", "pairs.parquet"):
        assert (again.folder / name).read_bytes() == (subtle.made.folder / name).read_bytes()


def test_only_a_large_build_has_it_counted(built: Path) -> None:
    assert not OnDuckDB(built).made


def test_a_large_build_answers_from_its_table_and_a_small_one_from_its_store(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = read_build(built)
    assert made.differences() is None
    monkeypatch.setattr(building, "LARGE", made.quads)
    asked: list[str] = []

    def spied(made: Build) -> Site:
        table = made.differences()
        assert table is not None

        def differences(one: object, *given: object) -> Answer:
            asked.append(getattr(one, "name", ""))
            return table(one, *given)  # type: ignore[arg-type]

        return Site(made.open(), made.base, differences=differences)

    large, small = spied(made), Site(made.open(), made.base)
    given = {"a": "STM", "b": "SM"}
    assert large.ask("disagreements", given, "fi") == small.ask("disagreements", given, "fi")
    assert large.pairs == small.pairs
    terms = {name: ox.NamedNode(one) for name, one in zip("ab", small.pairs[0], strict=True)}
    assert large.comparisons("disagreements", terms) == small.comparisons("disagreements", terms)
    assert large.ask("positions", {"actor": "STM"}) == small.ask("positions", {"actor": "STM"})
    assert set(asked) == set(FROM_TABLE)


def test_small_builds_are_asked_without_loading_ibis(kg_process: str) -> None:
    assert "ibis" not in kg_process


@pytest.fixture
def kg_process(built: Path) -> str:
    """The modules that asking a small build loads."""
    code = (
        "import sys; from kg.cli import app; sys.argv = ['kg', 'query', 'disagreements', '--a', "
        f"'STM', '--b', 'SM', '--store', {str(built)!r}]\n"
        "try: app()\nexcept SystemExit: sys.stdout.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return "\n".join(name for name in done.stdout.splitlines() if name in ("ibis", "duckdb"))


def test_ibis_is_the_version_whose_sql_was_tested() -> None:
    assert ibis.__version__.startswith("12.")
