"""The page of a network: complete, the same twice, and deaf to what labels try to say."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from hostile_labels import HOSTILE
from kg.formats import WRITERS
from kg.networks.network import Network
from kg.views.network_page import MOST_DRAWN, MOST_LISTED, STEPS, network_page
from kg.views.network_places import ROOM, places
from network_samples import hostile, matrix_of, network_of_rows, onemode, twomode
from test_views import Page


def complete(size: int) -> Network:
    """All tied to all, each tie of another weight."""
    rows = np.zeros((size, size))
    rows[np.triu_indices(size, 1)] = np.arange(1, size * (size - 1) // 2 + 1)
    whole = rows + rows.T
    return network_of_rows(whole.tolist(), [f"Body {place}" for place in range(size)])


def test_the_page_says_what_a_tie_means_and_how_the_network_was_made() -> None:
    page = Page(network_page(onemode()))
    assert "Network: Body × Body" in page.text_of("title")
    assert any("Agreement less disagreement" in text for text in page.text_of("bdi"))
    assert "Left out for want of a pole: 2 statements" in page.text_of("p")
    made = dict(zip(page.text_of("dt"), page.text_of("dd"), strict=False))
    assert made["duplicates"] == "document"


def test_the_table_lists_every_tie_strongest_first() -> None:
    page = Page(network_page(onemode()))
    rows = [attributes["data-tie"] for attributes in page.of("tr") if "data-tie" in attributes]
    assert rows == ["t0", "t1", "t2"]
    assert [text for text in page.text_of("td") if re.fullmatch(r"-?[\d.]+", text)][:3] == [
        "3", "-0.5", "0.1",
    ]  # fmt: skip
    lines = [attributes["class"] for attributes in page.of("svg")]
    assert {"line support", "line oppose dashed"} <= set(lines)


def test_what_is_drawn_follows_the_network() -> None:
    view = Page(network_page(onemode())).data()["view"]
    assert [(t["from"], t["to"], t["tone"]) for t in view["ties"]] == [
        ("n0", "n1", "support"), ("n0", "n2", "oppose"), ("n1", "n2", "support"),
    ]  # fmt: skip
    widths = [tie["width"] for tie in view["ties"]]
    assert widths[0] > widths[1] > widths[2]
    sizes = [node["size"] for node in view["nodes"]]
    assert sizes[0] == sizes[1] == sizes[2] > sizes[3]
    assert [node["colour"] for node in view["nodes"]] == ["#ff8000", None, None, None]
    assert view["steps"] == [[0.1, "0.1"], [0.5, "0.5"], [3.0, "3"]]


def test_codes_of_combine_are_no_strengths() -> None:
    html = network_page(twomode())
    view = Page(html).data()["view"]
    assert [tie["tone"] for tie in view["ties"]] == ["both", "support", "oppose", "support"]
    assert {(tie["strength"], tie["width"]) for tie in view["ties"]} == {(1.0, 2.4)}
    assert [node["row"] for node in view["nodes"]] == [True, True, True, False, False]
    assert "least" not in [attributes.get("id") for attributes in Page(html).of("input")]


@pytest.mark.slow
def test_many_ties_begin_with_those_that_can_be_seen() -> None:
    html = network_page(complete(60))
    [slider] = [found for found in Page(html).of("input") if found.get("id") == "least"]
    view = Page(html).data()["view"]
    least = view["steps"][int(slider["value"] or "")][0]
    shown = sum(tie["strength"] >= least for tie in view["ties"])
    assert MOST_DRAWN * 0.9 < shown <= MOST_DRAWN < len(view["ties"])
    assert len(view["steps"]) == STEPS == int(slider["max"] or "") + 1


@pytest.mark.slow
def test_a_table_that_is_cut_says_so() -> None:
    html = network_page(complete(102))
    rows = [found for found in Page(html).of("tr") if "data-tie" in found]
    assert len(rows) == MOST_LISTED
    assert "The 5000 strongest ties of 5151" in html


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_page_opens_in_each_language(language: str) -> None:
    page = Page(network_page(onemode(), language))  # type: ignore[arg-type]
    assert page.of("html") == [{"lang": language}]
    titles = {"en": "Ties", "fi": "Siteet", "sv": "Band"}
    assert titles[language] in page.text_of("bdi")


def test_labels_stay_text() -> None:
    page = Page(WRITERS["html"](hostile()))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"img", "b", "iframe"}
    assert len(page.of("script")) == 3
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    assert not re.findall(r'(?:src|href)="(?!#|data:)', WRITERS["html"](hostile())[:5000])
    for label in HOSTILE.values():
        assert label in page.text_of("bdi")


def test_how_it_was_made_stays_text() -> None:
    bad = "<script>window.hostile=1</script>"
    network = replace(onemode(), made={"source": bad, bad: "x", "rows": bad}, notes=(bad,))
    page = Page(network_page(network))
    assert len(page.of("script")) == 3
    assert bad in page.text_of("dd")
    assert bad in page.text_of("p")


def test_no_two_labels_lie_over_each_other() -> None:
    rng = np.random.default_rng(7)
    half = np.triu(rng.poisson(0.3, (30, 30)), 1).astype(float)
    network = network_of_rows((half + half.T).tolist(), [str(n) for n in range(30)])
    at = np.array(places(network))
    gap = np.abs(at[:, None, :] - at[None, :, :]) + np.eye(30)[:, :, None] * 1e6
    touching = (gap < np.array(ROOM) - 2).all(axis=2)
    assert touching.sum() == 0


def test_parts_and_loners_stand_apart() -> None:
    rows = np.zeros((7, 7))
    for one, other in ((0, 1), (1, 2), (3, 4)):
        rows[one, other] = rows[other, one] = 1
    at = np.array(places(network_of_rows(rows.tolist(), list("abcdefg"))))
    assert len({tuple(place) for place in at.tolist()}) == 7
    assert at[5:, 1].min() > at[:5, 1].max()
    assert np.allclose((at.min(axis=0) + at.max(axis=0)) / 2, 0, atol=1)


def test_opponents_stand_further_apart_than_allies() -> None:
    rows: list[list[float]] = [
        [0, 5, -5, -5],
        [5, 0, -5, -5],
        [-5, -5, 0, 5],
        [-5, -5, 5, 0],
    ]
    at = np.array(places(network_of_rows(rows, list("abcd"))), dtype=np.float64)
    apart = np.linalg.norm(at[:, None] - at[None], axis=2)
    assert max(apart[0, 1], apart[2, 3]) < min(apart[0, 2], apart[0, 3], apart[1, 2], apart[1, 3])


def test_places_do_not_depend_on_ids_or_labels() -> None:
    other = network_of_rows(onemode().dense().tolist(), ["w", "x", "y", "z"])
    assert places(other) == places(onemode())
    assert places(Network("onemode", (), (), matrix_of([], (0, 0)))) == []
