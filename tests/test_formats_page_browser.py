"""The page of a network in a real browser: signs, widths, shapes, and many ties."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.formats import WRITERS
from kg.networks.network import Network
from network_samples import hostile, network_of_rows, onemode, twomode
from view_tab import Opened, tab, written

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
LINES = """() => Object.values(document.getElementById("drawing").network.body.edges)
  .map(({ options }) => [options.dashes, options.width])"""
SHAPES = """() => Object.values(document.getElementById("drawing").network.body.nodes)
  .map((node) => node.options.shape)"""


def complete(size: int) -> Network:
    """All tied to all, each tie of another weight."""
    rows = np.zeros((size, size))
    rows[np.triu_indices(size, 1)] = np.arange(1, size * (size - 1) // 2 + 1)
    return network_of_rows((rows + rows.T).tolist(), [f"Body {place}" for place in range(size)])


def opened(browser: Any, folder: Path, network: Network) -> AbstractContextManager[Opened]:
    return tab(browser, written(folder, "page", WRITERS["html"](network)))


def test_signs_are_told_by_dots_and_weights_by_width(browser: Any, tmp_path: Path) -> None:
    with opened(browser, tmp_path, onemode()) as one:
        (solid, widest), (dotted, thinner), (_, thinnest) = one.page.evaluate(LINES)
        assert (solid, dotted) == (False, [3, 4])
        assert widest > thinner > thinnest


def test_two_modes_have_two_shapes(browser: Any, tmp_path: Path) -> None:
    with opened(browser, tmp_path, twomode()) as one:
        assert one.page.evaluate(SHAPES) == ["dot", "dot", "dot", "square", "square"]
        assert one.page.locator("#least").count() == 0


def test_many_ties_begin_with_the_strongest_and_the_rest_is_told(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, tmp_path, complete(60)) as one:
        first = len(one.page.evaluate(LINES))
        assert 1350 < first <= 1500
        assert f"{1770 - first} lines" in one.page.inner_text("#hidden-count")
        one.page.focus("#least")
        one.page.keyboard.press("Home")
        assert len(one.page.evaluate(LINES)) == 1770


def test_hostile_networks_do_nothing(browser: Any, tmp_path: Path) -> None:
    with opened(browser, tmp_path, hostile()) as one:
        assert one.page.locator("#nodes tbody tr").count() == len(hostile().nodes())
