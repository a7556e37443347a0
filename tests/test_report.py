"""The report: numbers that other means give too, each with its positions, in three languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from fictional_graph import expectations
from kg.errors import InputError
from kg.filters import Filters
from kg.names import mint, term
from kg.report.analysis import Analysis
from kg.report.blocks import Link, Paragraph, Sign, Table, Text
from kg.report.brief import brief_section
from kg.report.camps import Steadiness, camps_found
from kg.report.html import to_html
from kg.report.issues import issues_section
from kg.report.make import make_report
from kg.report.material import Material, Wish
from kg.report.pairs import counted, pairs_of
from kg.report.positions import refs
from kg.report.timeline import MOST_MEETINGS, periods_of
from kg.report.wording import Wording
from report_material import fictional, made, material, nothing, stored


@pytest.fixture(scope="module")
def found() -> Analysis:
    return Analysis(material())


def expected(query: str) -> list[list[object]]:
    """The rows of a query without parameters, as another hand wrote them."""
    return next(
        case["rows"] for case in expectations() if (case["query"], case["params"]) == (query, {})
    )


def test_differences_are_those_of_the_query_point_by_point(found: Analysis) -> None:
    told = {
        (str(row[6]), str(row[7]), str(row[2])): row[3] for row in expected("disagreements-all")
    }
    pairs = found.pairs.differing()
    ids = {pair.number: tuple(sorted((pair.a, pair.b))) for pair in pairs}
    shown = {
        (*ids[pair.number], kind): number for pair in pairs for kind, number in pair.kinds.items()
    }
    assert shown == {(mint(a), mint(b), kind): number for (a, b, kind), number in told.items()}
    for pair in pairs:
        assert Counter(point.kind for point in pair.points) == pair.kinds
        own = sum(
            int(str(row[4]))
            for row in expected("disagreements-all")
            if {mint(str(row[6])), mint(str(row[7]))} == {pair.a, pair.b}
        )
        assert pair.own_word == own


def test_every_side_of_a_point_leads_to_positions_that_say_so(found: Analysis) -> None:
    sides = [
        (pair.a if mine else pair.b, point.a_proposition if mine else point.b_proposition, side)
        for pair in found.pairs.differing()
        for point in pair.points
        for mine, sides in ((True, point.a), (False, point.b))
        for side in sides
    ]
    assert len(sides) > 40
    for body, proposition, side in sides:
        assert side.positions
        for one in side.positions:
            assert (one.proposition, one.stance, one.basis) == (
                proposition,
                side.stance,
                side.basis,
            )
            assert body in one.bodies


def test_two_on_one_side_are_counted_as_by_hand(found: Analysis) -> None:
    """A and C: both for the move; A for and C against the extra; A against, C for towns-pay."""
    pair = found.pairs.by_bodies[frozenset((mint("A"), mint("C")))]
    assert pair.agreement is not None
    assert (pair.agreement.agreed, pair.agreement.shared) == (1, 3)


@pytest.mark.slow
def test_a_position_of_an_official_of_two_bodies_counts_for_both() -> None:
    _, _, quads = fictional()
    second = [
        ox.Quad(quad.subject, quad.predicate, ox.NamedNode(mint("D")), quad.graph_name)
        for quad in quads
        if quad.predicate.value == term("represents")
        and quad.subject == ox.NamedNode(mint("m1/pt3"))
    ]
    store, table, more = stored((*quads, *second))
    pairs = Analysis(Material(store, table, lambda: more)).pairs
    sides = [
        side for pair in pairs.differing() for point in pair.points for side in (*point.a, *point.b)
    ]
    assert frozenset((mint("A"), mint("D"))) in pairs.by_bodies
    assert all(side.positions for side in sides)


@pytest.mark.slow
def test_a_large_matrix_keeps_the_bodies_that_differ_most_and_counts_the_rest() -> None:
    """Five bodies, one proposition: b1 and b4 are against, so that six pairs differ once each."""
    given = made(["a", "b", "c", "d", "e"], ["p"])
    _, counts = counted(given)
    pairs = pairs_of(given, counts, most=3)
    assert len(pairs.bodies) == 3
    assert len(pairs.left_out) == 2
    assert sum(pair.differences for pair in pairs.differing()) == 6
    assert sum(pair.differences for pair in pairs.shown()) == 2, "one against two of the others"


def test_in_brief_says_what_can_be_counted_by_hand(found: Analysis) -> None:
    text = texts_of(found)
    assert "Looked at: 24 positions, of 4 bodies. Source: Meeting 1; Meeting 2; 2030-01-10" in text
    assert "AM and BM disagree most: on 9 points (5 squarely opposed, 4 by degree)." in text
    assert "On 6 of them both speak for themselves." in text
    assert "Of 6 pairs of bodies, 4 differ in something." in text
    assert "7 positions are asserted by someone else." in text
    assert "1 action is open; 1 of them is overdue on 2030-03-05." in text


def texts_of(found: Analysis) -> str:
    """All that the first section says, in one line."""
    section = brief_section(found)
    lines = [block.line for block in section.blocks if isinstance(block, Paragraph)]
    lines += [item for block in section.blocks for item in getattr(block, "items", ())]
    pieces = [piece for line in lines for piece in (*line, Text(" "))]
    return "".join(piece.text for piece in pieces if isinstance(piece, Text | Link))


def test_what_others_assert_is_matched_with_the_own_word(found: Analysis) -> None:
    told = {mint(str(row[-1])): row[7] for row in expected("reported")}
    assert {one.position.id: one.itself for one in found.hearsay} == told
    assert [one.itself for one in found.hearsay][:2] == ["contradicts", "contradicts"]
    assert [one.position.holder_kind for one in found.hearsay if not one.can_speak] == ["unnamed"]


@pytest.mark.parametrize(
    ("day", "late"), [("2030-02-10", False), ("2030-02-11", True), ("2030-01-10", False)]
)
def test_an_action_is_overdue_after_the_last_day_that_its_deadline_may_mean(
    day: str, late: bool
) -> None:
    asked = Analysis(material(Wish(as_of=date.fromisoformat(day))))
    assert [asked.overdue(row) for row in asked.open_actions] == [late]


def test_without_a_day_the_report_stands_on_the_latest_in_the_data(found: Analysis) -> None:
    assert found.material.as_of == date(2030, 3, 5)
    assert nothing().as_of is None


FILTERS = {
    "body": Filters(bodies=(mint("A"), mint("B"))),
    "meeting": Filters(meetings=(mint("m1"),)),
    "since": Filters(since=date(2030, 3, 1)),
    "until": Filters(until=date(2030, 3, 1)),
    "basis": Filters(basis=("own", "official")),
    "issue": Filters(issues=(mint("unit"),)),
    "proposed": Filters(status=("proposed", "accepted")),
    "only proposed": Filters(status=("proposed",)),
}


@pytest.mark.slow
@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS.keys())
def test_a_filtered_report_keeps_the_rows_of_which_both_sides_pass(filters: Filters) -> None:
    """The rows of the whole group, kept where a position of each side passes the filters."""
    asked = material(Wish(filters))
    passing = {
        (body, one.proposition, one.stance, one.basis)
        for one in asked.current
        for body in one.bodies
    }
    kinds: defaultdict[frozenset[str], set[tuple[str, str, str]]] = defaultdict(set)
    whole = (
        material(Wish(Filters(status=("accepted", "proposed")))) if asked.proposed else material()
    )
    for pair in Analysis(whole).pairs.differing():
        for row in whole.ask("disagreements", {"a": pair.a, "b": pair.b}):
            sides = {
                (pair.a, row["proposition"], row["a_stance"], row["a_basis"]),
                (pair.b, row["b_proposition"], row["b_stance"], row["b_basis"]),
            }
            if sides <= passing:
                point = (str(row["kind"]), str(row["proposition"]), str(row["b_proposition"]))
                kinds[frozenset((pair.a, pair.b))].add(point)
    found = {
        frozenset((pair.a, pair.b)): {
            (p.kind, p.a_proposition, p.b_proposition) for p in pair.points
        }
        for pair in Analysis(asked).pairs.differing()
    }
    assert found == kinds


def test_filters_that_a_report_cannot_follow_are_refused() -> None:
    with pytest.raises(InputError, match="rejected ones do not: give --status"):
        Wish(Filters(status=("accepted", "rejected")))
    with pytest.raises(InputError, match="leave --history out"):
        Wish(Filters(history=True))


def test_filters_are_given_back_as_options() -> None:
    filters = Filters(since=date(2030, 1, 1), bodies=(mint("A"),), status=("accepted", "proposed"))
    asked = material(Wish(filters, "fi"))
    assert asked.command("kg report").command == (
        "kg report --since 2030-01-01 --body A --status accepted --status proposed --lang fi"
    )
    run = asked.run("changes", {"actor": mint("A")})
    assert run.command == "kg query changes --actor A --include-proposed --lang fi"
    assert "?_actor" not in run.text
    assert f"<{mint('A')}>" in run.text


def test_who_is_named_for_and_against_are_those_that_the_measure_counts(found: Analysis) -> None:
    labels = found.material.labels
    bodies = {labels[iri] for iri, kind in found.material.table.kinds().items() if kind == "body"}
    by_label = {one.concept.label: one for one in found.contests.values()}
    tables = [block for block in issues_section(found).blocks if isinstance(block, Table)]
    rows = [row for table in tables for group in table.groups for row in group.rows]
    assert len(rows) >= len(by_label)
    for row in rows:
        proposition = row.cells[0][0]
        assert isinstance(proposition, Text)
        named = [
            {piece.text.strip() for piece in cell if isinstance(piece, Text)} & bodies
            for cell in row.cells[2:4]
        ]
        contest = by_label.get(proposition.text)
        if contest is not None:
            assert len(named[0]) == contest.supporters + contest.divided
            assert len(named[1]) == contest.opponents + contest.divided


def test_numbers_of_positions_run_from_one_and_neighbours_are_drawn_together(
    found: Analysis,
) -> None:
    positions = found.material.positions
    assert [one.number for one in positions] == list(range(1, 26))
    assert [one.superseded for one in positions].count(True) == 1
    line = refs([positions[4], positions[0], positions[3], positions[5], positions[7]])
    assert [(piece.text, piece.anchor) for piece in line if isinstance(piece, Link)] == [
        ("1", "s1"),
        ("4–6", "s4"),
        ("8", "s8"),
    ]
    assert refs([]) == ()


def test_camps_of_two_sides_are_found_and_steady_but_few_are_said_to_be_few() -> None:
    """b1 and b4 are against every third proposition less one: p0 and p3, and for all others."""
    few = Analysis(made(["a", "b", "c", "d"], ["p"])).camps
    assert few is not None
    assert few.too_few
    many = Analysis(made(["a", "b", "c", "d", "e"], [f"p{number}" for number in range(6)])).camps
    assert many is not None
    assert not many.too_few
    assert (many.tied, many.shared) == (5, 6.0)
    assert many.steadiness is not None
    assert many.steadiness.tried == 6
    assert not replace(many, steadiness=Steadiness(6, 6)).unsteady
    assert replace(many, steadiness=Steadiness(4, 6)).unsteady
    assert Analysis(nothing()).camps is None
    assert camps_found(*counted(made(["alone"], ["p"]))) is None


def test_many_meetings_are_drawn_together_by_month(found: Analysis) -> None:
    one = found.material.current[0]
    days = [date(2030, 1 + number // 28, 1 + number % 28) for number in range(MOST_MEETINGS + 5)]
    told = [replace(one, date=day.isoformat(), meeting=f"m{day}") for day in days]
    assert [(when, len(group)) for when, _, group in periods_of(told)] == [
        ("2030-01", 28),
        ("2030-02", 1),
    ]
    undated = replace(one, date="", meeting="m")
    assert [when for when, _, _ in periods_of([undated, *told[:2]])] == [
        "2030-01-01",
        "2030-01-02",
        "–",
    ]


@pytest.mark.parametrize("key", ["sign.legend", "brief.scope"])
def test_a_line_keeps_the_pieces_that_fill_its_places(key: str) -> None:
    mark = (Sign("support"),)
    names = {"plus", "minus", "open", "hollow", "ring", "positions", "bodies", "meetings"}
    line = Wording("en").line(key, **dict.fromkeys(names, mark))
    assert line.count(mark[0]) == {"sign.legend": 5, "brief.scope": 3}[key]


@pytest.mark.slow
def test_equal_material_gives_equal_bytes_whatever_the_order_of_its_quads() -> None:
    _, _, quads = fictional()
    store, table, turned = stored(tuple(reversed(quads)))
    other = Material(store, table, lambda: turned, graph_sha256="0" * 64)
    assert to_html(make_report(other)) == to_html(make_report(material()))
