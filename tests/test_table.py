"""The statement table: the same rows as the network query, the same bytes, read by others too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb
import polars as pl
import pyoxigraph as ox
import pytest

from fictional_graph import QUERIES, fictional_store
from kg.answers import ask
from kg.build import read_build
from kg.codes import LANGUAGES
from kg.errors import InputError, StoreError
from kg.filters import Filters
from kg.names import CONTEXT, mint
from kg.networks.recipe import Recipe, make_network
from kg.networks.statement_events import Choice, statement_events
from kg.queries import load_query
from kg.statements import Label, Row, Statement, statements_from
from kg.store import EmbeddedStore
from kg.table import (
    NODES,
    STATEMENTS,
    Table,
    make_table,
    read_table,
    statements_of,
    to_parquet,
    write_table,
)


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return fictional_store()


@pytest.fixture(scope="module")
def table(store: EmbeddedStore) -> Table:
    return make_table(store)


def positions(table: Table, filters: Filters) -> list[str]:
    return filters.apply(table.statements).collect()["position"].to_list()


@pytest.mark.parametrize("proposed", [False, True])
def test_what_is_accepted_and_in_force_is_what_the_network_query_gives(
    store: EmbeddedStore, table: Table, proposed: bool
) -> None:
    status = ("accepted", "proposed") if proposed else ("accepted",)
    expected = ask(store, load_query(QUERIES / "network.rq"), {}, include_proposed=proposed)
    shared = ["position", "holder", "body", "proposition", "issue", "stance", "basis", "item"]
    columns = [pl.col(name).cast(pl.String) for name in shared]
    found = Filters(status=status).apply(table.statements).select(columns).collect()
    records = [[str(one[name] or "") for name in shared] for one in expected.records()]
    assert [list(row) for row in found.rows()] == records


def test_labels_stand_beside_the_ids_and_words_that_are_missing_are_empty(table: Table) -> None:
    row = table.statements.filter(pl.col("position") == mint("m1/s05/p1")).collect().to_dicts()[0]
    assert (row["holder_kind"], row["holder_label"]) == ("unnamed", "unnamed")
    assert (row["body"], row["body_label"], row["speaker"], row["speaker_label"]) == ("",) * 4
    assert (row["proposition_label"], row["issue_label"]) == ("The unit moves", "The unit")
    assert (row["start"], row["date"], row["polarity"]) == (None, date(2030, 1, 10), 0.8)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 24),
        (Filters(history=True), 25),
        (Filters(status=("accepted", "proposed", "rejected"), history=True), 28),
        (Filters(status=("proposed",)), 2),
        (Filters(since=date(2030, 3, 5)), 8),
        (Filters(until=date(2030, 3, 4)), 16),
        (Filters(meetings=(mint("m2"),)), 8),
        (Filters(issues=(mint("money"),)), 7),
        (Filters(bodies=(mint("A"), mint("C"))), 13),
        (Filters(basis=("own",)), 11),
        (Filters(basis=("official", "own"), bodies=(mint("C"),)), 5),
        (Filters(confidence=("low",)), 0),
    ],
)
def test_filters_keep_what_they_say(table: Table, filters: Filters, count: int) -> None:
    assert len(positions(table, filters)) == count


def test_a_superseded_position_stays_out_when_what_revises_it_counts(table: Table) -> None:
    accepted, both = Filters(), Filters(status=("accepted", "proposed"))
    revised_by_proposed = mint("m1/s02/p1")
    assert revised_by_proposed in positions(table, accepted)
    assert revised_by_proposed not in positions(table, both)
    assert mint("m1/s02/p2") not in positions(table, accepted)


def test_a_table_is_read_back_as_it_was_written_and_by_duckdb(table: Table, tmp_path: Path) -> None:
    write_table(table, tmp_path)
    again = read_table(tmp_path)
    assert again.statements.collect().equals(table.statements.collect())
    assert again.names.equals(table.names)
    path = str(tmp_path / STATEMENTS)
    rows = duckdb.read_parquet(path).aggregate("basis, count(*)", "basis").order("basis")
    assert rows.fetchall() == [("official", 8), ("own", 13), ("reported", 7)]


def test_the_same_graph_gives_the_same_bytes(store: EmbeddedStore, table: Table) -> None:
    first = to_parquet(table.statements)
    pl.Series(["own", "zzz", "reported"], dtype=pl.Categorical)  # words in another order
    assert to_parquet(make_table(store).statements) == first


def test_an_empty_graph_has_an_empty_table(tmp_path: Path) -> None:
    write_table(make_table(EmbeddedStore.of([])), tmp_path)
    table = read_table(tmp_path)
    assert table.statements.collect().height == 0
    assert make_network(statement_events(table), Recipe("onemode")).rows == ()


def test_a_build_carries_its_table(built: Path) -> None:
    statements = read_table(built).statements.collect()
    assert statements.height == 94
    assert statements["basis"].value_counts(sort=True)["count"].to_list() == [74, 13, 7]


def test_a_missing_or_damaged_table_is_told(table: Table, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build it again"):
        read_table(tmp_path)
    write_table(table, tmp_path)
    (tmp_path / STATEMENTS).write_bytes((tmp_path / STATEMENTS).read_bytes()[:-20])
    with pytest.raises(StoreError, match=r"statements\.parquet cannot be read"):
        read_table(tmp_path)
    write_table(replace(table, nodes=table.nodes.drop("label_sv")), tmp_path)
    with pytest.raises(StoreError, match=rf"{NODES} lacks label_sv"):
        read_table(tmp_path)


def test_events_of_bodies_persons_and_both(table: Table) -> None:
    bodies = make_network(statement_events(table, Choice("body")), Recipe("twomode", "ignore"))
    persons = make_network(statement_events(table, Choice("person")), Recipe("twomode", "ignore"))
    both = make_network(statement_events(table, Choice("actor")), Recipe("twomode", "ignore"))
    assert bodies.row_labels() == ("AM", "BM", "DM", "Ministry of Gamma")
    assert persons.row_labels() == ("Arvo Aalto", "Bertta Berg", "Bo Aho")
    assert both.dense().sum() == bodies.dense().sum() + persons.dense().sum()
    assert bodies.notes == ("Left out for want of a body: 1 position",)
    assert both.notes == ("Left out for want of a body, and of a person as holder: 1 position",)
    assert {node.kind for node in both.rows} == {"body", "person"}


def test_what_networks_leave_out_or_cut_short_is_noted(table: Table) -> None:
    """A position without a date, one without an issue, one whose holder speaks for two bodies."""
    first, second, third = positions(table, Filters())[:3]
    this = pl.col("position")
    changed = table.statements.with_columns(
        date=pl.when(this != first).then("date"),
        issue=pl.when(this != second).then("issue").otherwise(pl.lit("")),
        bodies=pl.when(this == third).then(2).otherwise("bodies"),
    )
    odd = replace(table, statements=changed)
    spring = Filters(since=date(2030, 1, 1))
    notes = statement_events(odd, Choice("body", "issue"), spring).notes
    assert notes == (
        "Left out for want of a body: 1 position",
        "Left out for want of an issue: 1 position",
        "Counted for the first alone of several bodies that the holder represents: 1 position",
        "Left out for want of a date: 1 position",
    )
    assert statement_events(odd, Choice("holder")).notes == ()


def test_the_poles_of_two_ministries_by_hand(table: Table) -> None:
    """AM and BM: both for state-pays; against each other on nothing but share (one hesitant)."""
    conflict = make_network(statement_events(table), Recipe("onemode", "conflict"))
    rows = {label: place for place, label in enumerate(conflict.row_labels())}
    assert conflict.dense()[rows["AM"], rows["BM"]] == 3


def test_labels_come_in_the_language_asked_for(table: Table) -> None:
    finnish = make_network(statement_events(table, language="fi"), Recipe())
    assert "AM" in finnish.row_labels()
    assert finnish.rows[0].attributes["name"] != "Ministry of Alpha"


@pytest.mark.parametrize(
    ("row", "column", "qualifier", "message"),
    [
        ("party", "proposition", "pole", "“party” is not known"),
        ("body", "person", "pole", "choose one of each"),
        ("issue", "proposition", "pole", "choose one of each"),
        ("body", "issue", "tone", "“tone” is not known"),
    ],
)
def test_variables_that_make_no_network_are_told(
    row: str, column: str, qualifier: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Choice(row, column, qualifier)


def test_duckdb_adds_up_the_same_congruence_and_conflict(table: Table, tmp_path: Path) -> None:
    write_table(table, tmp_path)
    sql = """
        WITH cells AS (
          SELECT body_label, proposition, pole, count(*) AS said FROM read_parquet(?)
          WHERE status = 'accepted' AND revised <> 'accepted' AND body <> '' AND pole <> ''
          GROUP BY ALL)
        SELECT a.body_label, b.body_label,
          sum(a.said * b.said) FILTER (a.pole = b.pole),
          sum(a.said * b.said) FILTER (a.pole <> b.pole)
        FROM cells a JOIN cells b ON a.proposition = b.proposition AND a.body_label < b.body_label
        GROUP BY ALL"""
    found = duckdb.execute(sql, [str(tmp_path / STATEMENTS)]).fetchall()
    events = statement_events(table)
    for aggregation, place in (("congruence", 2), ("conflict", 3)):
        network = make_network(events, Recipe("onemode", aggregation))
        row = {label: number for number, label in enumerate(network.row_labels())}
        cells = {(one[0], one[1]): one[place] or 0 for one in found}
        dense = network.dense()
        assert {(a, b): dense[row[a], row[b]] for a, b in cells} == cells
        assert dense.sum() == 2 * sum(cells.values())


def _as_the_network_query_has_it(statement: Statement) -> Statement:
    return replace(
        statement, status="accepted", superseded=False, speaker="", entry="", language=""
    )


@pytest.mark.parametrize("folder", ["fictional", "shipped"])
def test_statements_of_a_table_are_those_of_the_network_query(
    folder: str, store: EmbeddedStore, built: Path
) -> None:
    given = store if folder == "fictional" else read_build(built).open()
    query = load_query(QUERIES / "network.rq")
    answers: dict[str, Sequence[Row]] = {
        language: ask(given, query, {}, language).records() for language in LANGUAGES
    }
    found = statements_of(make_table(given))
    current = [one for one in found if one.status == "accepted" and not one.superseded]
    assert tuple(map(_as_the_network_query_has_it, current)) == statements_from(answers)


def test_statements_say_what_is_proposed_what_is_superseded_and_where_it_is_said(
    table: Table,
) -> None:
    found = {one.position: one for one in statements_of(table)}
    conditional, hesitant = found[mint("m1/s02/p2")], found[mint("m1/s02/p1")]
    assert (conditional.superseded, conditional.entry) == (True, mint("m1/s02"))
    assert conditional.speaker == mint("bertta-berg")
    assert conditional.condition_label.en == "The unit gets staff"
    # What a proposed position alone would revise still stands, until that one is accepted.
    assert (hesitant.status, hesitant.superseded) == ("accepted", False)
    assert {one.position for one in found.values() if one.status == "proposed"} == {
        mint("m1/s04/p2"),
        mint("m2/s02/p5"),
    }
    rejected = table.statements.filter(pl.col("status") == "rejected").collect()["position"]
    assert len(found) == table.statements.collect().height - len(rejected)
    assert not found.keys() & set(rejected)


def test_a_proposed_position_is_superseded_by_a_proposed_one_too(table: Table) -> None:
    """Of two proposed positions the later revises the earlier: only the later counts, ever."""
    this = pl.col("position") == mint("m1/s04/p2")
    revised = table.statements.with_columns(
        revised=pl.when(this).then(pl.lit("proposed")).otherwise("revised")
    )
    found = {one.position: one for one in statements_of(replace(table, statements=revised))}
    assert found[mint("m1/s04/p2")].superseded


def test_several_conditions_are_kept_and_named_in_the_order_of_each_language(table: Table) -> None:
    row = table.statements.filter(pl.col("position") == mint("m1/s04/p3")).collect().to_dicts()[0]
    assert row["condition"] == f"{mint('move')} {mint('staff')}"
    assert (row["entry"], row["quote"], row["paragraph"]) == (
        mint("m1/s04"),
        "kunnat maksakoot",
        None,
    )
    found = {one.position: one for one in statements_of(table)}
    assert found[mint("m1/s04/p3")].condition_label.en == "The unit gets staff; The unit moves"


def test_a_holder_of_a_class_that_cannot_be_shown_is_told(table: Table) -> None:
    ships = table.statements.with_columns(holder_kind=pl.lit(""))
    with pytest.raises(InputError, match="cannot be shown: make it one of Body"):
        statements_of(replace(table, statements=ships))


def test_what_has_no_name_is_called_by_its_iri(table: Table) -> None:
    nameless = replace(table, nodes=table.nodes.filter(pl.col("node") != mint("share")))
    found = {one.position: one for one in statements_of(nameless)}
    assert found[mint("m1/s01/p1")].proposition_label == Label.same(mint("share"))


@pytest.mark.slow
def test_twenty_thousand_positions_are_read_in_a_second(table: Table) -> None:
    many = pl.concat([table.statements] * 720)
    started = perf_counter()
    assert len(statements_of(replace(table, statements=many))) > 18_000
    assert perf_counter() - started < 1.0


@pytest.mark.slow
def test_what_a_document_says_has_its_own_date_and_no_meeting(root: Path) -> None:
    """The comments of the Nordic example stand in a document that no meeting has."""
    files = sorted((root / "examples" / "nordic-group").glob("*.jsonld"))
    context = json.loads((root / "ontology" / "apro-context.jsonld").read_text(encoding="utf-8"))
    quads: list[ox.Quad] = []
    for path in files:
        document = json.loads(path.read_text(encoding="utf-8"))
        given = document["@context"]
        parts = given if isinstance(given, list) else [given]
        document["@context"] = [context["@context"] if part == CONTEXT else part for part in parts]
        quads += ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    codes = ox.parse(path=root / "ontology" / "apro-codes.ttl", format=ox.RdfFormat.TURTLE)
    statements = statements_of(make_table(EmbeddedStore.of([*quads, *codes])))
    comments = [one for one in statements if "comments-finland" in one.position]
    assert len(comments) == 5
    assert {(one.meeting, one.item, one.date) for one in comments} == {("", "", "2031-04-14")}
    assert all(one.meeting and one.item for one in statements if one not in comments)
