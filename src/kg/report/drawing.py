"""Small drawings as SVG. Colours are classes, since the page's policy allows no inline style.

All texts are escaped by `Markup.format`; numbers stand beside every colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

LEVELS = 5
_WIDE, _HIGH = 170, 20
_LONGEST = 26
_SMALL = 12
"""Up to so many bodies the cells of a heat map are large."""


@dataclass(frozen=True)
class Cell:
    """A cell of a heat map: its number, a smaller line below, where it leads, and all in words."""

    text: str
    detail: str
    share: float
    anchor: str
    words: str


@dataclass(frozen=True)
class HeatMap:
    """Bodies × bodies: differences above the diagonal, agreement below it.

    `names` are labels and full names; `above` and `below` have the cells by row and column.
    """

    title: str
    description: str
    names: tuple[tuple[str, str], ...]
    above: dict[tuple[int, int], Cell]
    below: dict[tuple[int, int], Cell]


def heat_map(made: HeatMap) -> Markup:
    """The matrix as SVG; rows and columns are named, and each filled cell is a link."""
    size = len(made.names)
    cell = 58 if size <= _SMALL else 40
    left = 16 + 7.2 * max((len(shortened(name)) for name, _ in made.names), default=0)
    top = left if max((len(name) for name, _ in made.names), default=0) > 6 else 34.0
    width, height = left + size * cell + 8, top + size * cell + 8
    parts = [_names(made, left, top, cell), _grid(size, left, top, cell)]
    for kind, cells in (("differ", made.above), ("agree", made.below)):
        for (row, column), one in sorted(cells.items()):
            parts.append(_cell(kind, one, left + column * cell, top + row * cell, cell))
    return Markup(
        '<svg class="heat{small}" role="group" aria-labelledby="heat-title heat-words" '
        'viewBox="0 0 {w} {h}" width="{w}" height="{h}"><title id="heat-title">{title}</title>'
        '<desc id="heat-words">{words}</desc>{parts}</svg>'
    ).format(
        small="" if size <= _SMALL else " small",
        w=f"{width:.0f}",
        h=f"{height:.0f}",
        title=made.title,
        words=made.description,
        parts=Markup("").join(parts),
    )


def shortened(text: str, most: int = _LONGEST) -> str:
    """A text cut to a length, with a sign that it is cut.

    >>> shortened("Ministry of the Interior", 12)
    'Ministry of…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _names(made: HeatMap, left: float, top: float, cell: int) -> Markup:
    upright = top <= 40
    parts = []
    for place, (name, whole) in enumerate(made.names):
        middle = place * cell + cell / 2
        x, y = left + middle, top - 8
        turn = Markup("") if upright else Markup(' transform="rotate(-90 {} {})"').format(x + 4, y)
        anchor = "middle" if upright else "start"
        shift = x if upright else x + 4
        parts.append(
            Markup(
                '<text x="{lx}" y="{ly}" text-anchor="end"><title>{whole}</title>{name}</text>'
                '<text x="{x}" y="{y}" text-anchor="{anchor}"{turn}><title>{whole}</title>{name}'
                "</text>"
            ).format(
                lx=f"{left - 10:.1f}",
                ly=f"{top + middle + 4:.1f}",
                x=f"{shift:.1f}",
                y=f"{y:.1f}",
                anchor=anchor,
                turn=turn,
                whole=whole,
                name=shortened(name),
            )
        )
    return Markup('<g class="names">{}</g>').format(Markup("").join(parts))


def _grid(size: int, left: float, top: float, cell: int) -> Markup:
    squares = [
        Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{}" height="{}"/>').format(
            "self" if row == column else "empty",
            left + column * cell + 1,
            top + row * cell + 1,
            cell - 2,
            cell - 2,
        )
        for row in range(size)
        for column in range(size)
    ]
    return Markup("<g>{}</g>").format(Markup("").join(squares))


def _cell(kind: str, one: Cell, x: float, y: float, cell: int) -> Markup:
    level = min(LEVELS, 1 + int(one.share * LEVELS))
    middle = y + cell / 2 + (0 if one.detail else 5)
    detail = (
        Markup('<text class="detail" x="{:.1f}" y="{:.1f}">{}</text>').format(
            x + cell / 2, middle + 15, one.detail
        )
        if one.detail
        else Markup("")
    )
    return Markup(
        '<a href="#{anchor}" aria-label="{words}"><title>{words}</title>'
        '<rect class="{kind} level{level}" x="{x:.1f}" y="{y:.1f}" width="{side}" height="{side}"/>'
        '<text x="{cx:.1f}" y="{cy:.1f}">{text}</text>{detail}</a>'
    ).format(
        anchor=one.anchor,
        words=one.words,
        kind=kind,
        level=level,
        x=x + 1,
        y=y + 1,
        side=cell - 2,
        cx=x + cell / 2,
        cy=middle,
        text=one.text,
        detail=detail,
    )


def two_sided(against: int, undecided: int, support: int, most: int) -> Markup:
    """A bar to the left for those against and to the right for those for; both with numbers."""
    half = _WIDE / 2
    unit = (half - 22) / max(most, 1)
    left, right = against * unit, support * unit
    parts = [
        Markup('<rect class="oppose" x="{:.1f}" y="3" width="{:.1f}" height="14"/>').format(
            half - left, left
        ),
        Markup('<rect class="support" x="{:.1f}" y="3" width="{:.1f}" height="14"/>').format(
            half, right
        ),
        Markup('<path class="axis" d="M{0:.1f} 0V20"/>').format(half),
        Markup('<text x="{:.1f}" y="15" text-anchor="end">{}</text>').format(
            half - left - 4, f"{against}"
        ),
        Markup('<text x="{:.1f}" y="15">{}</text>').format(
            half + right + 4, f"{support}" + (f" +{undecided}?" if undecided else "")
        ),
    ]
    return _strip(parts)


def interval(rate: float, low: float, high: float) -> Markup:
    """A rate from 0 to 1 as a point, with its interval as a line."""
    start, long = 6.0, _WIDE - 12.0
    parts = [
        Markup('<path class="axis" d="M6 10H{0}M6 5V15M{1} 7V13M{0} 5V15"/>').format(
            _WIDE - 6, f"{start + long / 2:.1f}"
        ),
        Markup('<path class="range" d="M{0:.1f} 10H{1:.1f}M{0:.1f} 5V15M{1:.1f} 5V15"/>').format(
            start + low * long, start + high * long
        ),
        Markup('<circle class="rate" cx="{:.1f}" cy="10" r="4.5"/>').format(start + rate * long),
    ]
    return _strip(parts)


def stacked(parts: Sequence[tuple[str, int]], most: int) -> Markup:
    """A bar of parts, each of a class, beside its sum."""
    unit = (_WIDE - 40) / max(most, 1)
    x, drawn = 1.0, []
    for kind, number in parts:
        drawn.append(
            Markup('<rect class="{}" x="{:.1f}" y="3" width="{:.1f}" height="14"/>').format(
                kind, x, number * unit
            )
        )
        x += number * unit
    total = sum(number for _, number in parts)
    drawn.append(Markup('<text x="{:.1f}" y="15">{}</text>').format(x + 4, total))
    return _strip(drawn)


def _strip(parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="strip" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" '
        'focusable="false">{2}</svg>'
    ).format(_WIDE, _HIGH, Markup("").join(parts))
