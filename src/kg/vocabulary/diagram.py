"""The overview diagram: where each box, arrow and label stands, worked out from a small data file.

``documentation/diagram.yaml`` says which classes are drawn, in which column and row, and which
properties as arrows; no class is named here. Lengths are in SVG user units (CSS pixels at 1:1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kg.errors import InputError
from kg.names import RDFS
from kg.statements import Language
from kg.vocabulary.questions import Wording
from kg.vocabulary.vocabulary import Vocabulary

FILE = Path("documentation") / "diagram.yaml"
PITCH_X, PITCH_Y = 246.0, 144.0
WIDTH, HEIGHT = 150.0, 60.0
PADDING, HEADING = 13.0, 21.0
MARGIN = 6.0
LINE = 14.0
LETTER = 6.4
"""Width of a letter in a box or label, on the average, at their size."""

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]
Side: TypeAlias = Literal["above", "below", "left", "right"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BoxPlan(_Frozen):
    """Where a class is drawn; `class_` is its prefixed name."""

    class_: str = Field(alias="class")
    label: Wording | None = None
    theme: str
    column: float
    row: float


class ArrowPlan(_Frozen):
    """An arrow from a class to a class or theme, and where its label stands."""

    from_: str = Field(alias="from")
    property: str
    label: Wording | None = None
    to: str
    via: tuple[tuple[float, float], ...] = ()
    at: float = Field(default=0.5, ge=0, le=1)
    side: Side | None = None


class ThemePlan(_Frozen):
    """A region's title, and in which column it begins if not at the region's left."""

    title: Wording
    title_column: float | None = None


class Plan(_Frozen):
    """The data file."""

    themes: Mapping[str, ThemePlan]
    boxes: tuple[BoxPlan, ...]
    arrows: tuple[ArrowPlan, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rect:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float, above: float = 0.0) -> Rect:
        """The rectangle with a margin, and more of it above."""
        return Rect(self.left - by, self.top - by - above, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Box:
    """A class as drawn: its lines of text, its prefixed name and where it links to."""

    curie: str
    iri: str
    theme: str
    lines: tuple[str, ...]
    rect: Rect


@dataclass(frozen=True)
class Region:
    """A theme as drawn."""

    name: str
    title: str
    title_left: float
    rect: Rect


@dataclass(frozen=True)
class Arrow:
    """A property as drawn; `start` and `end` are a class's prefixed name or a theme's."""

    start: str
    end: str
    predicate: str
    iri: str
    start_label: str
    end_label: str
    label: str
    inherits: bool
    points: tuple[Point, ...]
    label_lines: tuple[str, ...]
    label_at: Point
    anchor: Anchor

    @property
    def label_rect(self) -> Rect:
        """The place that the label takes, by `LETTER`."""
        x, y = self.label_at
        width = max(map(len, self.label_lines)) * LETTER
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Rect(left, y - 11, left + width, y + 3 + LINE * (len(self.label_lines) - 1))


@dataclass(frozen=True)
class Diagram:
    """Everything drawn, in one language."""

    regions: tuple[Region, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float


def read_plan(folder: Path) -> Plan:
    """The plan in an ontology's folder; raises `InputError` where it is missing or malformed."""
    path = folder / FILE
    try:
        return Plan.model_validate(YAML(typ="safe", pure=True).load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise InputError(f"{path} cannot be read as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {place}: {first['msg']}") from error


def draw(plan: Plan, vocabulary: Vocabulary, language: Language, isa: str) -> Diagram:
    """The diagram of a plan; `isa` is the word on arrows from a class to a wider one.

    Raises `InputError` where the plan names a class, property or theme that does not exist.
    """
    names = _Names(vocabulary, language, isa)
    boxes = tuple(_box(one, names) for one in plan.boxes)
    regions = tuple(_region(key, theme, boxes, language) for key, theme in plan.themes.items())
    places = {box.curie: box.rect for box in boxes} | {one.name: one.rect for one in regions}
    labels = {one.class_: names.label(one.class_, one.label) for one in plan.boxes}
    labels |= {one.name: one.title for one in regions}
    return Diagram(
        regions=regions,
        boxes=boxes,
        arrows=tuple(_arrow(one, places, labels, names) for one in plan.arrows),
        width=max(one.rect.right for one in regions) + MARGIN,
        height=max(one.rect.bottom for one in regions) + MARGIN,
    )


@dataclass(frozen=True)
class _Names:
    """What prefixed names stand for, and what they are called."""

    vocabulary: Vocabulary
    language: Language
    isa: str

    def label(self, curie: str, given: Wording | None) -> str:
        if self.vocabulary.expand(curie) == f"{RDFS}subClassOf":
            return self.isa
        term = self.vocabulary.terms.get(self.vocabulary.expand(curie))
        if term is None:
            raise InputError(f"{FILE} draws {curie}, which the ontology does not declare")
        return str(getattr(given, self.language)) if given else term.shown(self.language)


def _box(plan: BoxPlan, names: _Names) -> Box:
    left = MARGIN + PADDING + (plan.column - 1) * PITCH_X
    top = MARGIN + PADDING + HEADING + (plan.row - 1) * PITCH_Y
    return Box(
        curie=plan.class_,
        iri=names.vocabulary.expand(plan.class_),
        theme=plan.theme,
        lines=wrapped(names.label(plan.class_, plan.label), int((WIDTH - 10) / LETTER)),
        rect=Rect(left, top, left + WIDTH, top + HEIGHT),
    )


def _region(name: str, theme: ThemePlan, boxes: tuple[Box, ...], language: Language) -> Region:
    rects = [box.rect for box in boxes if box.theme == name]
    if not rects:
        raise InputError(f"{FILE}: the theme {name} has no box: give it one, or take it out")
    around = Rect(
        min(one.left for one in rects),
        min(one.top for one in rects),
        max(one.right for one in rects),
        max(one.bottom for one in rects),
    )
    rect = around.grown(PADDING, HEADING)
    column = theme.title_column
    left = rect.left + 12 if column is None else _grid_point(column, 1)[0]
    return Region(name, getattr(theme.title, language), left, rect)


def _arrow(
    plan: ArrowPlan, places: Mapping[str, Rect], labels: Mapping[str, str], names: _Names
) -> Arrow:
    if missing := sorted({plan.from_, plan.to} - set(places)):
        raise InputError(f"{FILE}: an arrow ends at {missing[0]}, which has no box and is no theme")
    points = _path(plan, places)
    label = names.label(plan.property, plan.label)
    lines = wrapped(label, 15)
    at, anchor = _label_place(points, plan, len(lines))
    return Arrow(
        start=plan.from_,
        end=plan.to,
        predicate=plan.property,
        iri=names.vocabulary.expand(plan.property),
        start_label=labels[plan.from_],
        end_label=labels[plan.to],
        label=label,
        inherits=names.vocabulary.expand(plan.property) == f"{RDFS}subClassOf",
        points=points,
        label_lines=lines,
        label_at=at,
        anchor=anchor,
    )


def _path(plan: ArrowPlan, places: Mapping[str, Rect]) -> tuple[Point, ...]:
    """From border to border; to a theme straight up or down, as its region is wide."""
    start, end = places[plan.from_], places[plan.to]
    via = [_grid_point(*one) for one in plan.via]
    target = end.middle if ":" in plan.to else (start.middle[0], end.middle[1])
    whole = [start.middle, *via, target]
    return (border(start, whole[1], start.middle), *via, border(end, whole[-2], target))


def _grid_point(column: float, row: float) -> Point:
    left = MARGIN + PADDING + WIDTH / 2 + (column - 1) * PITCH_X
    return left, MARGIN + PADDING + HEADING + HEIGHT / 2 + (row - 1) * PITCH_Y


def border(rect: Rect, outside: Point, inside: Point) -> Point:
    """Where the line from a point inside a rectangle to one outside it leaves the rectangle.

    >>> border(Rect(0, 0, 10, 10), (25, 5), (5, 5))
    (10.0, 5.0)
    """
    (x, y), (to_x, to_y) = inside, outside
    shares = [1.0]
    if to_x != x:
        shares.append(((rect.right if to_x > x else rect.left) - x) / (to_x - x))
    if to_y != y:
        shares.append(((rect.bottom if to_y > y else rect.top) - y) / (to_y - y))
    share = min(shares)
    return x + share * (to_x - x), y + share * (to_y - y)


def _label_place(points: tuple[Point, ...], plan: ArrowPlan, lines: int) -> tuple[Point, Anchor]:
    """Where the baseline of the label's first line stands, and which end of it is there."""
    (x1, y1), (x2, y2) = _segment(points, plan.at)
    share = plan.at if len(points) == 2 else 0.5
    x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
    flat = abs(y2 - y1) < abs(x2 - x1) / 4
    side = plan.side or ("above" if flat else "right")
    if side == "above":
        return (x, y - 5 - LINE * (lines - 1)), "middle"
    if side == "below":
        return (x, y + 15), "middle"
    top = y + 4 - LINE / 2 * (lines - 1)
    return ((x + 6, top), "start") if side == "right" else ((x - 6, top), "end")


def _segment(points: tuple[Point, ...], at: float) -> tuple[Point, Point]:
    """The piece of a path on which the label stands: the one that holds the share `at`."""
    index = min(int(at * (len(points) - 1)), len(points) - 2)
    return points[index], points[index + 1]


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """A text in lines of `width` letters, broken between words only.

    >>> wrapped("nimeämätön kannan haltija", 20)
    ('nimeämätön kannan', 'haltija')
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
