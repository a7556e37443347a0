"""The picture of the benchmark of scale: time against positions, both logarithmic, as SVG.

The drawing has its own ground and its own colours for light and dark, so that it can be read
wherever a page shows it; each engine has a mark of its own beside its colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.scale_data import ALL, MOST
from benchmarks.scale_options import FUSEKI, KG, OXIGRAPH, RDFLIB, VIRTUOSO
from benchmarks.scale_results import ASKING, FAST, LOAD, LOADING, STAGE, WHOLE, Results, Row
from benchmarks.scale_table import NAMES, seconds
from markupsafe import Markup

WIDE, HIGH, PANEL, LEFT, TOP, BOTTOM = 960, 440, 250, 62, 64, 318
GAP = (WIDE - LEFT - 3 * PANEL - 16) / 2
TITLE = "Time against positions, by engine"
BEYOND = "open mark: longer than the limit"
LEGEND_COLUMNS = 3


@dataclass(frozen=True)
class Style:
    """How an engine is drawn: its name, colours on light and dark, the path of its mark."""

    name: str
    light: str
    dark: str
    mark: str


CIRCLE = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"
RING = "M-6 0L-2 -2L0 -6L2 -2L6 0L2 2L0 6L-2 2z"
SQUARE, DIAMOND = "M-4.5 -4.5h9v9h-9z", "M0 -6.5L6.5 0L0 6.5L-6.5 0z"
UP, DOWN = "M0 -6L6 5H-6z", "M0 6L6 -5H-6z"
STYLES = {
    "kg": Style("kg (of loading: the first stage)", "#0b5cad", "#6cb6ff", CIRCLE),
    "whole": Style("kg, the whole build", "#5b3fa8", "#c3a6ff", RING),
    OXIGRAPH: Style(NAMES[OXIGRAPH], "#a33c00", "#ffa25c", SQUARE),
    FUSEKI: Style(NAMES[FUSEKI], "#00695c", "#4fd6c0", DIAMOND),
    VIRTUOSO: Style(NAMES[VIRTUOSO], "#7a5c00", "#e3c04a", UP),
    RDFLIB: Style(NAMES[RDFLIB], "#a3195b", "#ff8fbd", DOWN),
}
LOADS = {
    "kg": Row(LOADING, STAGE, KG),
    "whole": Row(LOADING, WHOLE, KG),
    **{one: Row(LOADING, LOAD, one) for one in (OXIGRAPH, FUSEKI, VIRTUOSO, RDFLIB)},
}
PANELS = {
    "Loading": LOADS,
    "disagreements, the largest pair": {
        "kg": Row(ASKING, MOST, FAST),
        **{one: Row(ASKING, MOST, one) for one in (OXIGRAPH, FUSEKI, VIRTUOSO, RDFLIB)},
    },
    "disagreements-all": {
        "kg": Row(ASKING, ALL, FAST),
        **{one: Row(ASKING, ALL, one) for one in (OXIGRAPH, FUSEKI, VIRTUOSO, RDFLIB)},
    },
}
CSS = """\
text { font: 13px system-ui, sans-serif; fill: %(text)s; }
.title { font-weight: 600; }
.ground { fill: %(ground)s; }
.grid { stroke: %(grid)s; fill: none; }
.line { fill: none; stroke-width: 2; }
"""
LIGHT = {"text": "#1b1f24", "ground": "#ffffff", "grid": "#d0d7de"}
DARK = {"text": "#e6edf3", "ground": "#0d1117", "grid": "#3d444d"}


@dataclass(frozen=True)
class Point:
    """A time at a size; `beyond` where it is only known to be longer."""

    size: int
    seconds: float
    beyond: bool


@dataclass(frozen=True)
class Scales:
    """From sizes and seconds to places in a panel."""

    sizes: Sequence[int]
    lowest: int
    highest: int

    @classmethod
    def of(cls, results: Results) -> Scales:
        """Whole powers of ten around all that is drawn."""
        lines = (_points(results, row) for rows in PANELS.values() for row in rows.values())
        times = [math.log10(point.seconds) for line in lines for point in line] or [0.0]
        lowest, highest = math.floor(min(times)), math.ceil(max(times))
        return cls(results.sizes, lowest, max(highest, lowest + 1))

    def x(self, size: int) -> float:
        """From the left edge of a panel, with room at both sides."""
        first, last = math.log10(min(self.sizes)), math.log10(max(self.sizes))
        share = (math.log10(size) - first) / (last - first) if last > first else 0.5
        return 22 + share * (PANEL - 44)

    def y(self, taken: float) -> float:
        """From the top of the drawing."""
        share = (math.log10(taken) - self.lowest) / (self.highest - self.lowest)
        return BOTTOM - share * (BOTTOM - TOP)


def picture(results: Results) -> str:
    """The whole drawing."""
    scales = Scales.of(results)
    panels = [
        _panel(title, rows, results, scales, LEFT + number * (PANEL + GAP))
        for number, (title, rows) in enumerate(PANELS.items())
    ]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img" aria-labelledby="title words">\n<title id="title">{title}</title>\n'
        '<desc id="words">{words}</desc>\n<style>\n{css}</style>\n'
        '<rect class="ground" width="{w}" height="{h}" rx="6"/>\n'
        '<text class="title" x="16" y="26">{title}; seconds and positions logarithmic</text>\n'
        "{panels}\n{legend}\n</svg>\n"
    ).format(
        w=WIDE,
        h=HIGH,
        title=TITLE,
        words=" ".join(_words(results)),
        css=Markup(_css()),
        panels=Markup("\n").join(panels),
        legend=_legend(),
    )


def _css() -> str:
    """Colours for light, and for a reader who has asked for dark."""
    return f"{_colours(LIGHT, False)}@media (prefers-color-scheme: dark) {{\n" + (
        f"{_colours(DARK, True)}}}\n"
    )


def _colours(ground: dict[str, str], dark: bool) -> str:
    engines = "".join(
        f".{key} {{ stroke: {colour}; }} .{key}.mark {{ fill: {colour}; }}\n"
        for key, style in STYLES.items()
        for colour in [style.dark if dark else style.light]
    )
    # The last, and more exact than the fill of an engine's mark.
    return f"{CSS % ground}{engines}path.mark.beyond {{ fill: {ground['ground']}; }}\n"


def _panel(
    title: str, rows: dict[str, Row], results: Results, scales: Scales, left: float
) -> Markup:
    parts = [Markup('<text class="title" x="0" y="{}">{}</text>').format(TOP - 12, title)]
    parts += _grid(scales, numbered=left == LEFT)
    for key, row in rows.items():
        parts += _line(key, _points(results, row), scales)
    return Markup('<g transform="translate({:.1f} 0)">{}</g>').format(left, Markup("").join(parts))


def _grid(scales: Scales, numbered: bool) -> Iterator[Markup]:
    """Lines at powers of ten and at the sizes; seconds are written at the first panel only."""
    for power in range(scales.lowest, scales.highest + 1):
        y = scales.y(10.0**power)
        yield Markup('<path class="grid" d="M0 {0:.1f}H{1}"/>').format(y, PANEL)
        if numbered:
            text = f"{10**power:,} s" if power >= 0 else f"{10.0**power:.{-power}f} s"
            yield Markup('<text x="-8" y="{:.1f}" text-anchor="end">{}</text>').format(y + 4, text)
    for size in scales.sizes:
        x = scales.x(size)
        yield Markup('<path class="grid" d="M{0:.1f} {1}V{2}"/>').format(x, TOP, BOTTOM)
        yield Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{:,}</text>').format(
            x, BOTTOM + 20, size
        )


def _line(key: str, points: Sequence[Point], scales: Scales) -> Iterator[Markup]:
    at = [(scales.x(one.size), scales.y(one.seconds)) for one in points]
    if len(at) > 1:
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
        yield Markup('<path class="line {}" d="M{}"/>').format(key, way)
    for (x, y), point in zip(at, points, strict=True):
        kind = f"{key} mark{' beyond' * point.beyond}"
        yield Markup('<path class="{}" transform="translate({:.1f} {:.1f})" d="{}"/>').format(
            kind, x, y, STYLES[key].mark
        )


def _legend() -> Markup:
    parts = []
    for number, (key, style) in enumerate(STYLES.items()):
        line, column = divmod(number, LEGEND_COLUMNS)
        x, y = LEFT + column * (PANEL + GAP), BOTTOM + 52 + 24 * line
        parts.append(
            Markup(
                '<path class="line {key}" d="M{a:.1f} {y}h28"/><path class="{key} mark" '
                'transform="translate({b:.1f} {y})" d="{mark}"/>'
                '<text x="{c:.1f}" y="{base}">{name}</text>'
            ).format(
                key=key, a=x, b=x + 14, c=x + 38, y=y, base=y + 4, mark=style.mark, name=style.name
            )
        )
    note = Markup('<text x="{}" y="{}">{}</text>').format(LEFT, HIGH - 10, BEYOND)
    return Markup("<g>{}{}</g>").format(Markup("").join(parts), note)


def _points(results: Results, row: Row) -> list[Point]:
    """What can be drawn of a row; a time of nothing has no place on a logarithmic scale."""
    found = ((size, results.find(row, size)) for size in results.sizes)
    return [Point(size, one.least, one.median is None) for size, one in found if one and one.least]


def _words(results: Results) -> Iterator[str]:
    """All that is drawn, as sentences."""
    for title, rows in PANELS.items():
        lines = [
            f"{STYLES[key].name} "
            + ", ".join(
                f"{'more than ' * one.beyond}{seconds(one.seconds)} at {one.size:,}"
                for one in points
            )
            for key, row in rows.items()
            if (points := _points(results, row))
        ]
        yield f"{title}: {'; '.join(lines) or 'nothing measured'}."
