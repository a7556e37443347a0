"""The disagreement matrix, and under it each two bodies, point by point."""

from __future__ import annotations

from collections.abc import Iterator

from kg.report.analysis import Analysis
from kg.report.blocks import (
    Block,
    Break,
    Figure,
    Group,
    Heading,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    joined,
    plain,
)
from kg.report.drawing import Cell, HeatMap, heat_map
from kg.report.pairs import KINDS, MOST_BODIES, MOST_PAIRS, Pair, Point
from kg.report.pieces import holders, kinds, method, numbers, pair_link, pair_name, sides
from kg.report.positions import Position, refs

TABLE = "t-pairs"
MOST_COMMON = 20
"""Up to so many propositions that a pair has in common are written out."""
# In larger matrices a cell has room for one number.
_ROOM = 12


def matrix_section(found: Analysis) -> Section:
    """Who disagrees with whom, as figure, as table, and set out."""
    words = found.words
    blocks: list[Block] = [Paragraph(plain(words.say("matrix.intro")))]
    if not found.pairs.pairs:
        blocks.append(Paragraph(plain(words.say("matrix.none"))))
    else:
        blocks += [_figure(found), *_left_out(found), _table(found)]
    blocks.append(_method(found))
    for pair in found.pairs.shown():
        blocks += _set_out(found, pair)
    return Section("disagreements", words.say("matrix.title"), tuple(blocks))


def _figure(found: Analysis) -> Figure:
    words, bodies = found.words, found.pairs.bodies
    label = found.material.label
    full = found.material.table.full_names(found.material.wish.language)
    made = HeatMap(
        words.say("matrix.figure"),
        words.say("matrix.description", n=len(bodies)),
        tuple((label(body), full.get(body, label(body))) for body in bodies),
        dict(_cells(found, above=True)),
        dict(_cells(found, above=False)),
    )
    legend = [words.line("matrix.above"), words.line("matrix.below"), words.line("matrix.blank")]
    if len(bodies) <= _ROOM:
        legend.insert(1, words.line("matrix.detail"))
    return Figure(heat_map(made), made.title, tuple(legend), words.say("matrix.skip"), TABLE)


def _cells(found: Analysis, above: bool) -> Iterator[tuple[tuple[int, int], Cell]]:
    place = {body: number for number, body in enumerate(found.pairs.bodies)}
    most = max((pair.differences for pair in found.pairs.shown()), default=1)
    for pair in found.pairs.shown():
        first, second = sorted((place[pair.a], place[pair.b]))
        if above and pair.differences:
            yield (first, second), _difference(found, pair, most)
        if not above and pair.agreement and pair.agreement.shared:
            yield (second, first), _agreement(found, pair)


def _difference(found: Analysis, pair: Pair, most: int) -> Cell:
    room = len(found.pairs.bodies) <= _ROOM
    detail = "·".join(str(pair.kinds.get(kind, 0)) for kind in KINDS) if room else ""
    said = found.words.say(
        "matrix.cell_differ",
        pair=pair_name(found.material, pair),
        n=pair.differences,
        kinds=kinds(found.words, pair),
    )
    return Cell(str(pair.differences), detail, pair.differences / (most + 1), pair.anchor, said)


def _agreement(found: Analysis, pair: Pair) -> Cell:
    assert pair.agreement is not None
    agreed, shared = pair.agreement.agreed, pair.agreement.shared
    said = found.words.say(
        "matrix.cell_agree", pair=pair_name(found.material, pair), n=agreed, m=shared
    )
    # By the lower bound, so that 1 of 1 is pale: it is no sure agreement.
    return Cell(f"{agreed}/{shared}", "", pair.agreement.low, pair.anchor, said)


def _left_out(found: Analysis) -> list[Block]:
    """What a large matrix does not show, counted."""
    pairs, words = found.pairs, found.words
    if not pairs.left_out:
        return []
    shown = {pair.number for pair in pairs.shown()}
    hidden = [pair for pair in pairs.differing() if pair.number not in shown]
    text = words.say(
        "matrix.left_out",
        most=MOST_BODIES,
        bodies=len(pairs.left_out),
        pairs=len(hidden),
        n=sum(pair.differences for pair in hidden),
    )
    return [Paragraph(plain(text), "warning")]


def _table(found: Analysis) -> Table:
    words = found.words
    columns = [
        words.say("column.pair"),
        *(words.say(f"kind.{kind}") for kind in KINDS),
        words.say("column.differences"),
        words.say("column.own_word"),
        words.say("column.same_side"),
    ]
    rows = tuple(_row(found, pair) for pair in found.pairs.shown())
    return Table(
        words.say("matrix.caption"), tuple(columns), (Group(rows),), anchor=TABLE, look="numbers"
    )


def _row(found: Analysis, pair: Pair) -> Row:
    agreement = pair.agreement
    same = f"{agreement.agreed} / {agreement.shared}" if agreement and agreement.shared else "–"
    counts = (pair.kinds.get(kind, 0) for kind in KINDS)
    cells = numbers(*counts, pair.differences, pair.own_word, same)
    return Row(((pair_link(found.material, pair),), *cells))


def _set_out(found: Analysis, pair: Pair) -> list[Block]:
    words, material = found.words, found.material
    heading = Heading(plain(pair_name(material, pair)), pair.anchor)
    blocks: list[Block] = [heading, Paragraph(plain(_summary(found, pair)))]
    if pair.points:
        blocks.append(_points(found, pair))
    elif pair.differences:
        call = f"kg query disagreements --a {_id(found, pair.a)} --b {_id(found, pair.b)}"
        blocks.append(
            Paragraph(words.line("pair.not_set_out", most=MOST_PAIRS, call=(Text(call, "code"),)))
        )
    common = _common(found, pair)
    if common:
        blocks.append(_in_common(found, pair, common))
    return blocks


def _id(found: Analysis, iri: str) -> str:
    return iri.removeprefix(found.material.base)


def _summary(found: Analysis, pair: Pair) -> str:
    words = found.words
    sentences = []
    if pair.differences:
        sentences.append(words.counted("pair.differ", pair.differences, kinds=kinds(words, pair)))
        sentences.append(words.counted("pair.own_word", pair.own_word))
    else:
        sentences.append(words.say("pair.no_difference"))
    if pair.agreement and pair.agreement.shared:
        sentences.append(
            words.say("pair.same_side", n=pair.agreement.agreed, m=pair.agreement.shared)
        )
    return " ".join(sentences)


def _points(found: Analysis, pair: Pair) -> Table:
    words, label = found.words, found.material.label
    columns = (
        words.say("column.proposition"),
        words.say("column.kind"),
        label(pair.a),
        label(pair.b),
    )
    rows = tuple(_point(found, pair, point) for point in pair.points)
    caption = words.say("pair.points", pair=pair_name(found.material, pair))
    return Table(caption, columns, (Group(rows),))


def _point(found: Analysis, pair: Pair, point: Point) -> Row:
    words, label = found.words, found.material.label
    first, second = label(point.a_proposition), label(point.b_proposition)
    text: Line = plain(first, "strong")
    if point.a_proposition != point.b_proposition:
        text = joined(
            [
                (*plain(f"{label(pair.a)}: ", "soft"), *plain(first, "strong")),
                (*plain(f"{label(pair.b)}: ", "soft"), *plain(second, "strong")),
            ],
            Break(),
        )
    kind = (Text(words.say(f"kind.{point.kind}"), f"kind {point.kind}"),)
    return Row((text, kind, sides(words, point.a), sides(words, point.b)))


Common = tuple[str, list[Position], list[Position]]


def _common(found: Analysis, pair: Pair) -> list[Common]:
    """Propositions on which both take one side, and not only against each other.

    Where the points are set out, only those on one side are added; else all of which both speak.
    """
    by_side = found.material.by_side
    first = {proposition for body, proposition in by_side if body == pair.a}
    shared = [
        proposition for body, proposition in by_side if body == pair.b and proposition in first
    ]
    common = [(one, by_side[pair.a, one], by_side[pair.b, one]) for one in shared]
    if pair.points or not pair.differences:
        common = [one for one in common if _poles(one[1]) & _poles(one[2])]
    return common


def _poles(positions: list[Position]) -> set[str]:
    return {one.pole for one in positions} - {""}


def _in_common(found: Analysis, pair: Pair, common: list[Common]) -> Block:
    """What a pair has in common as a table; where it is very much, as numbers of positions."""
    words, label = found.words, found.material.label
    alone = pair.points or not pair.differences
    caption = words.say(
        "pair.common" if alone else "pair.spoken", pair=pair_name(found.material, pair)
    )
    if len(common) > MOST_COMMON:
        first = refs(one for _, positions, _ in common for one in positions)
        second = refs(one for _, _, positions in common for one in positions)
        many = words.line("pair.many", what=caption, n=len(common), a=first, b=second)
        return Paragraph(many)
    rows = tuple(
        Row(
            (
                plain(label(proposition), "strong"),
                holders(found.material, first, {pair.a}),
                holders(found.material, second, {pair.b}),
            )
        )
        for proposition, first, second in common
    )
    columns = (words.say("column.proposition"), label(pair.a), label(pair.b))
    return Table(caption, columns, (Group(rows),))


def _method(found: Analysis) -> Block:
    words, material = found.words, found.material
    runs = [material.run("disagreements-all")]
    if found.pairs.differing():
        pair = found.pairs.differing()[0]
        runs.append(material.run("disagreements", {"a": pair.a, "b": pair.b}))
    runs.append(material.command("kg measures pairs --duplicates acrossrange"))
    sentences = [words.say("matrix.method")]
    if material.filtered:
        sentences.append(words.say("method.filtered"))
    return method(words, sentences, runs)
