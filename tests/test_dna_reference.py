"""The matrices that DNA 3.1.2 itself computed from its sample database, cell by cell."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import ROOT
from kg.dna.events import Choice, read_events
from kg.networks.events import Events
from kg.networks.recipe import Recipe, make_network

DNA = ROOT.parent / "shared" / "dna"
MATRICES = DNA / "reference-matrices.json"
CASES: list[dict[str, Any]] = json.loads(MATRICES.read_text()) if MATRICES.exists() else []
_WORDS = ("variable", "duplicates", "type", "aggregation", "normalization")


@cache
def sample(variable: str) -> Events:
    return read_events(DNA / "sample.dna", Choice(row=variable))


def test_there_are_as_many_as_were_promised(shared: Path) -> None:
    assert len(CASES) == 48


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[word] for word in _WORDS))
def test_a_matrix_is_dna_s_own(case: dict[str, Any]) -> None:
    recipe = Recipe(
        case["type"], case["aggregation"], case["normalization"], case["duplicates"], True
    )
    network = make_network(sample(case["variable"]), recipe)
    assert list(network.row_labels()) == case["rows"]
    assert list(network.column_labels()) == case["columns"]
    np.testing.assert_allclose(network.dense(), case["matrix"], rtol=0, atol=1e-9)
