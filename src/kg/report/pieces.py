"""Lines that several sections share: a stance with its basis and positions, a holder, a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.report.blocks import Break, Line, Link, Method, Run, Sign, Text, joined
from kg.report.material import Material
from kg.report.pairs import Pair, Side
from kg.report.positions import Position, refs
from kg.report.wording import Wording

MOST_NAMED = 12
"""How many holders a cell names; of more it says how many they are."""


def stance(words: Wording, notation: str, pole: str, qualified: bool, reported: bool) -> Line:
    """A stance as sign and word."""
    label = words.code("stance", notation)
    return Sign(pole, qualified, reported), Text(f" {label}", "strong")


def basis(words: Wording, notation: str) -> Text:
    """On whose word, as a badge."""
    return Text(words.code("basis", notation), "badge", notation == "reported")


def side(words: Wording, one: Side) -> Line:
    """A stance of one of two bodies, on whose word, and where it is stated."""
    reported = one.basis == "reported"
    line = stance(words, one.stance, one.pole, one.qualified, reported)
    return (*line, Text(" "), basis(words, one.basis), Text(" "), *refs(one.positions))


def sides(words: Wording, found: Sequence[Side]) -> Line:
    """All stances of one of two bodies, one a line."""
    return joined([side(words, one) for one in found], Break())


def holders(material: Material, positions: Iterable[Position], only: Collection[str] = ()) -> Line:
    """Who stands on a side, each with a sign and the positions; of very many only how many.

    `only` leaves out all other bodies.
    """
    groups: dict[tuple[str, str], list[Position]] = {}
    for one in positions:
        for name in one.bodies or (one.holder,):
            if only and name not in only:
                continue
            groups.setdefault((material.label(name), name), []).append(one)
    if len(groups) > MOST_NAMED:
        text = material.words.counted("issues.many", len(groups))
        return Text(f"{text} "), *refs(one for group in groups.values() for one in group)
    lines = [_holder(material.words, name[0], group) for name, group in sorted(groups.items())]
    return joined(lines, Break())


def _holder(words: Wording, label: str, group: Sequence[Position]) -> Line:
    """A holder with a sign for each way in which it holds the positions."""
    ways = sorted({(one.pole, one.qualified, one.reported) for one in group}, reverse=True)
    signs = [Sign(*way, _said(words, *way)) for way in ways]
    return *signs, Text(f" {label} "), *refs(group)


def _said(words: Wording, pole: str, qualified: bool, reported: bool) -> str:
    """What a sign shows beside the side that its column names."""
    parts = [
        words.say("sign.qualified") if qualified and pole else "",
        words.code("basis", "reported") if reported else "",
    ]
    return ", ".join(part for part in parts if part)


def signs(words: Wording) -> Line:
    """What the signs mean."""
    return words.line(
        "sign.legend",
        plus=(Sign("support"),),
        minus=(Sign("oppose"),),
        open=(Sign(""),),
        hollow=(Sign("support", qualified=True),),
        ring=(Sign("support", reported=True),),
    )


def place(
    words: Wording, item: str, paragraph: int | None, start: int | None, end: int | None
) -> str:
    """Where something stands: item, paragraph and characters, as far as they are known."""
    parts = [
        words.say("side.item", n=item) if item else "",
        words.say("place.paragraph", n=paragraph) if paragraph is not None else "",
        words.say("place.characters", a=start, b=end)
        if start is not None and end is not None
        else "",
    ]
    return ", ".join(part for part in parts if part)


def kinds(words: Wording, pair: Pair) -> str:
    """How two bodies differ: “2 opposed, 1 by degree”."""
    return ", ".join(words.counted(f"summary.{kind}", n) for kind, n in pair.kinds.items())


def pair_name(material: Material, pair: Pair) -> str:
    """Two bodies side by side."""
    return material.words.say("pair.name", a=material.label(pair.a), b=material.label(pair.b))


def pair_link(material: Material, pair: Pair) -> Link:
    """A link to where two bodies are set out."""
    return Link(pair_name(material, pair), pair.anchor)


def method(words: Wording, sentences: Iterable[str], runs: Iterable[Run]) -> Method:
    """How a section was made."""
    return Method(words.say("method.title"), tuple(sentences), tuple(runs))


def numbers(*values: str | int) -> tuple[Line, ...]:
    """Cells of numbers or short texts."""
    return tuple((Text(str(value)),) for value in values)
