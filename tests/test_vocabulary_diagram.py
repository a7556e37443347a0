"""The overview diagram: complete, true to the model, and readable, in each language."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from harbour import DIAGRAM, write_harbour
from kg.errors import InputError
from kg.resources import ontology_dir
from kg.statements import LANGUAGES, Language
from kg.vocabulary.diagram import Diagram, Point, Rect, draw, read_plan
from kg.vocabulary.uses import uses
from kg.vocabulary.vocabulary import Vocabulary, read_vocabulary

TITLE_LETTER = 7.4


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary()


@pytest.fixture(params=LANGUAGES)
def shipped(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Diagram:
    language: Language = request.param
    return draw(read_plan(ontology_dir()), vocabulary, language, "is a kind of")


def apart(a: Rect, b: Rect) -> bool:
    return a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


def inside(inner: Rect, outer: Rect) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def crosses(start: Point, end: Point, rect: Rect) -> bool:
    """Tell whether a line meets a rectangle: its part inside each pair of edges overlaps."""
    low, high = 0.0, 1.0
    for at, to, near, far in (
        (start[0], end[0], rect.left, rect.right),
        (start[1], end[1], rect.top, rect.bottom),
    ):
        if at == to:
            if not near < at < far:
                return False
            continue
        first, second = sorted(((near - at) / (to - at), (far - at) / (to - at)))
        low, high = max(low, first), min(high, second)
    return low < high


def test_a_line_is_known_to_cross_a_box() -> None:
    box = Rect(10, 10, 20, 20)
    assert crosses((0, 15), (30, 15), box)
    assert crosses((0, 0), (30, 30), box)
    assert crosses((15, 0), (15, 12), box)
    assert not crosses((0, 5), (30, 5), box)
    assert not crosses((0, 15), (9, 15), box)
    assert not crosses((0, 18), (18, 0), Rect(10, 10, 20, 20))


def test_every_own_class_is_drawn_or_said_to_be_left_out(vocabulary: Vocabulary) -> None:
    plan = read_plan(ontology_dir())
    drawn = [box.class_ for box in plan.boxes]
    named = [*drawn, *plan.left_out]
    own = {term.curie for term in vocabulary.own if term.is_class}
    assert len(named) == len(set(named))
    assert own == {name for name in named if name.startswith("apro:")}
    assert set(plan.left_out) <= own


def test_every_arrow_is_a_statement_of_the_model(vocabulary: Vocabulary) -> None:
    """The property is used on the class that the arrow leaves, with values of the one it reaches.

    A reused property that no shape limits says nothing of its classes, and is let pass.
    """
    plan = read_plan(ontology_dir())
    found = {
        (vocabulary.shorten(use.holder), vocabulary.shorten(use.predicate)): use
        for use in uses(vocabulary)
    }
    limited = {name for _, name in found}
    for arrow in plan.arrows:
        if arrow.property == "rdfs:subClassOf" or arrow.property not in limited:
            continue
        values = {vocabulary.shorten(value) for value in found[arrow.from_, arrow.property].values}
        ends = {box.class_ for box in plan.boxes if arrow.to in (box.class_, box.theme)}
        assert not values or ends <= values, f"{arrow.from_} {arrow.property} {arrow.to}"


def test_no_box_lies_on_another_or_outside_its_theme(shipped: Diagram) -> None:
    for a, b in combinations(shipped.boxes, 2):
        assert apart(a.rect, b.rect), f"{a.curie} {b.curie}"
    for one, other in combinations(shipped.regions, 2):
        assert apart(one.rect, other.rect), f"{one.name} {other.name}"
    whole = Rect(0, 0, shipped.width, shipped.height)
    for region in shipped.regions:
        assert inside(region.rect, whole), region.name
        for box in shipped.boxes:
            assert inside(box.rect, region.rect) == (box.theme == region.name), box.curie


def test_no_arrow_crosses_a_box_that_it_does_not_join(shipped: Diagram) -> None:
    for arrow in shipped.arrows:
        others = [box for box in shipped.boxes if box.curie not in (arrow.start, arrow.end)]
        for start, end in pairwise(arrow.points):
            for box in others:
                assert not crosses(start, end, box.rect), f"{arrow.predicate} crosses {box.curie}"


def test_every_arrow_ends_on_the_border_of_what_it_joins(shipped: Diagram) -> None:
    rects = {box.curie: box.rect for box in shipped.boxes}
    rects |= {region.name: region.rect for region in shipped.regions}
    for arrow in shipped.arrows:
        for name, (x, y) in ((arrow.start, arrow.points[0]), (arrow.end, arrow.points[-1])):
            rect = rects[name]
            assert rect.left - 0.1 <= x <= rect.right + 0.1
            assert rect.top - 0.1 <= y <= rect.bottom + 0.1
            gaps = (x - rect.left, rect.right - x, y - rect.top, rect.bottom - y)
            assert min(map(abs, gaps)) < 0.1, f"{arrow.predicate} does not end at {name}"


def test_no_label_lies_on_a_box_a_title_or_another_label(shipped: Diagram) -> None:
    labels = [(arrow.label, arrow.label_rect) for arrow in shipped.arrows]
    titles = [
        (
            one.title,
            Rect(
                one.title_left,
                one.rect.top + 8,
                one.title_left + len(one.title) * TITLE_LETTER,
                one.rect.top + 23,
            ),
        )
        for one in shipped.regions
    ]
    boxes = [(box.curie, box.rect) for box in shipped.boxes]
    for (name, rect), (other, place) in combinations([*labels, *titles], 2):
        assert apart(rect, place), f"“{name}” lies on “{other}”"
    for name, rect in [*labels, *titles]:
        for other, place in boxes:
            assert apart(rect, place), f"“{name}” lies on {other}"


def test_no_text_leaves_its_box(shipped: Diagram) -> None:
    for box in shipped.boxes:
        assert len(box.lines) <= 2, box.curie
        assert max(map(len, box.lines)) * 7.2 <= box.rect.right - box.rect.left, box.lines


def test_an_unknown_class_property_or_theme_is_named(tmp_path: Path) -> None:
    broken = {
        "h:Whale": DIAGRAM.replace('"h:Pier", theme', '"h:Whale", theme'),
        "h:sinks": DIAGRAM.replace("h:captain", "h:sinks"),
        "h:Dock": DIAGRAM.replace('to: "h:Pier"', 'to: "h:Dock"'),
        "the theme land has no box": DIAGRAM.replace("theme: land", "theme: sea"),
    }
    for message, text in broken.items():
        folder = write_harbour(tmp_path, **{"documentation/diagram.yaml": text})
        with pytest.raises(InputError, match=message):
            draw(read_plan(folder), read_vocabulary(folder), "en", "is a")


@pytest.mark.parametrize(
    ("text", "message"),
    [("boxes: [", "as YAML"), ("boxes: []", "Field required"), ("more: 1", "diagram.yaml")],
)
def test_a_malformed_plan_is_named(tmp_path: Path, text: str, message: str) -> None:
    folder = write_harbour(tmp_path, **{"documentation/diagram.yaml": text})
    with pytest.raises(InputError, match=message):
        read_plan(folder)
