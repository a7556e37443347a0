"""Who stands with whom: camps, and the agreement of each two bodies with its interval."""

from __future__ import annotations

from collections.abc import Iterator

from kg.measures.agreement import LEVEL
from kg.report.analysis import Analysis
from kg.report.blocks import (
    Block,
    Group,
    Line,
    Listing,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
    Text,
    joined,
    plain,
)
from kg.report.camps import FEWEST_BODIES, FEWEST_SHARED, CampsFound
from kg.report.drawing import interval
from kg.report.pairs import Pair
from kg.report.pieces import method, numbers, pair_link
from kg.report.positions import Position, refs
from kg.report.wording import Wording

MOST_RATES = 100
"""How many pairs the table of agreement has at most."""


def camps_section(found: Analysis) -> Section:
    """Groups and camps among bodies, what they rest on, and if that is enough."""
    words, camps = found.words, found.camps
    blocks: list[Block] = [Paragraph(plain(words.say("camps.intro")))]
    if camps is None:
        blocks.append(Paragraph(plain(words.say("camps.none")), "warning"))
    else:
        if camps.too_few:
            blocks.append(Paragraph(plain(too_few(words, camps)), "warning"))
        elif camps.unsteady:
            blocks.append(Paragraph(plain(words.say("camps.unsteady")), "warning"))
        blocks.append(Paragraph(plain(words.say("camps.nonetheless"))))
        blocks.append(Listing(tuple(plain(text) for text in _sentences(words, camps))))
        blocks.append(_table(found, camps))
    runs = [
        found.material.command("kg measures camps --duplicates acrossrange"),
        found.material.command("kg network --aggregation congruence --duplicates acrossrange"),
        found.material.command("kg network --aggregation subtract --duplicates acrossrange"),
    ]
    blocks.append(method(words, [words.say("camps.method")], runs))
    return Section("camps", words.say("camps.title"), tuple(blocks))


def too_few(words: Wording, camps: CampsFound) -> str:
    """Why no camps should be spoken of."""
    return words.say(
        "camps.too_few",
        bodies=camps.tied,
        shared=words.number(camps.shared, 0 if camps.shared.is_integer() else 1),
        least_bodies=FEWEST_BODIES,
        least_shared=FEWEST_SHARED,
    )


def _sentences(words: Wording, camps: CampsFound) -> Iterator[str]:
    yield words.say("camps.rests_on", positive=camps.positive, negative=camps.negative)
    yield words.counted("camps.groups", camps.groups.camps.count())
    stability = camps.groups.stability.value
    if stability is not None:
        runs, different = camps.groups.runs, camps.groups.partings
        yield words.counted("camps.stability", different, x=words.number(stability), runs=runs)
    yield words.counted("camps.camps", camps.camps.camps.count())
    if camps.camps.balance.value is not None:
        key = "camps.balance" if camps.camps.exact else "camps.balance_searched"
        yield words.say(key, x=words.number(camps.camps.balance.value))
    if camps.triangles.total:
        yield words.say("camps.triangles", n=camps.triangles.balanced, m=camps.triangles.total)
    if camps.steadiness and camps.steadiness.tried:
        yield words.say("camps.steady", n=camps.steadiness.same, m=camps.steadiness.tried)


def _table(found: Analysis, camps: CampsFound) -> Table:
    words = found.words
    columns = tuple(words.say(f"column.{key}") for key in ("body", "group", "camp", "positions"))
    places = zip(camps.bodies, camps.groups.camps.labels, camps.camps.camps.labels, strict=True)
    ordered = sorted(places, key=lambda row: (_last(row[2]), _last(row[1]), row[0].label))
    rows = tuple(
        Row((plain(body.label), _letter(group, "A"), _letter(camp, "1"), _behind(found, body.id)))
        for body, group, camp in ordered
    )
    return Table(words.say("camps.caption"), columns, (Group(rows),))


def _behind(found: Analysis, body: str) -> Line:
    return refs(one for one in found.material.current if body in one.bodies)


def _last(label: int | None) -> float:
    return float("inf") if label is None else label


def _letter(label: int | None, first: str) -> Line:
    """A camp's name: A, B … or 1, 2 …; after Z, numbers."""
    if label is None:
        return (Text("–"),)
    letters = first == "A" and label < 26
    return (Text(chr(ord("A") + label) if letters else str(label + 1)),)


def rates_section(found: Analysis) -> Section:
    """How often each two bodies are on the same side, and between what bounds that may lie."""
    words = found.words
    rated = [pair for pair in found.pairs.pairs if pair.agreement and pair.agreement.shared]
    blocks: list[Block] = [Paragraph(plain(words.say("rates.intro", level=words.percent(LEVEL))))]
    if rated:
        blocks.append(_rates(found, rated))
    else:
        blocks.append(Paragraph(plain(words.say("rates.none"))))
    if len(rated) > MOST_RATES:
        hidden = words.say("rates.left_out", most=MOST_RATES, n=len(rated) - MOST_RATES)
        blocks.insert(1, Paragraph(plain(hidden), "warning"))
    runs = [found.material.command("kg measures pairs --duplicates acrossrange")]
    blocks.append(method(words, [words.say("rates.method")], runs))
    return Section("agreement", words.say("rates.title"), tuple(blocks))


def _rates(found: Analysis, rated: list[Pair]) -> Table:
    words = found.words
    keys = ("pair", "rate", "interval", "same_side", "bounds", "divided", "nearness")
    ordered = sorted(rated, key=_most_shared)[:MOST_RATES]
    rows = tuple(_rate(found, pair) for pair in ordered)
    columns = tuple(words.say(f"column.{key}") for key in keys)
    caption = words.say("rates.caption")
    return Table(caption, columns, (Group(rows),), pictures=(2,), look="numbers rates")


def _most_shared(pair: Pair) -> tuple[float, float, int]:
    assert pair.agreement is not None
    return -pair.agreement.shared, pair.agreement.rate.value or 0.0, pair.number


def _rate(found: Analysis, pair: Pair) -> Row:
    words, one = found.words, pair.agreement
    assert one is not None
    assert one.rate.value is not None
    low, high = words.percent(one.low), words.percent(one.high)
    rate, bounds = words.percent(one.rate.value), words.say("rates.bounds", low=low, high=high)
    drawn = Picture(
        interval(one.rate.value, one.low, one.high),
        words.say("rates.drawn", rate=rate, low=low, high=high),
    )
    known = {pair.a, pair.b} <= set(found.pairs.bodies)
    name = (pair_link(found.material, pair),) if known else _unlinked(found, pair)
    nearness = "–" if one.nearness.value is None else words.number(one.nearness.value)
    same = f"{one.agreed} / {one.shared}"
    return Row((name, *numbers(rate), (drawn,), *numbers(same, bounds, one.divided, nearness)))


def _unlinked(found: Analysis, pair: Pair) -> Line:
    """A pair that the matrix does not show: its two bodies, with the positions they share."""
    by_side = found.material.by_side
    first = {proposition for body, proposition in by_side if body == pair.a}
    shared = [one for body, one in by_side if body == pair.b and one in first]
    return joined(
        [
            (Text(f"{found.material.label(body)} "), *refs(_all(found, body, shared)))
            for body in (pair.a, pair.b)
        ],
        " – ",
    )


def _all(found: Analysis, body: str, propositions: list[str]) -> Iterator[Position]:
    for proposition in propositions:
        yield from found.material.by_side[body, proposition]
