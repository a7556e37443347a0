"""Backbones and the disparity filter, against every set, other libraries and values by hand."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.integrate import quad

from kg.errors import InputError
from kg.networks.annealing import Search
from kg.networks.backbone import Backbone, fixed, given, nested, penalised
from kg.networks.contributions import contributions
from kg.networks.counts import count
from kg.networks.disparity import disparity, probabilities
from kg.networks.events import Events
from kg.networks.network import Floats, Mode, Network, Node
from kg.networks.recipe import Recipe, make_network
from kg.networks.spectral import distances, loss, spectrum
from network_events import Said, events_of

# Two camps on bridge and toll; on the flag everybody is of one mind; the hut is of two alone.
DEBATE: list[Said] = [
    *((actor, "bridge", 1.0, "d", "2021-01-01") for actor in "ABC"),
    *((actor, "bridge", -1.0, "d", "2021-01-01") for actor in "DE"),
    *((actor, "toll", 1.0, "d", "2021-01-01") for actor in "ABC"),
    *((actor, "toll", -1.0, "d", "2021-01-01") for actor in "DE"),
    *((actor, "flag", 1.0, "d", "2021-01-01") for actor in "ABCDE"),
    *((actor, "hut", 1.0, "d", "2021-01-01") for actor in "AD"),
]
RECIPES = [
    Recipe(aggregation=aggregation, normalisation=normalisation, compatible=compatible)
    for aggregation in ("ignore", "congruence", "conflict", "subtract")
    for normalisation in ("no", "average", "jaccard", "cosine")
    for compatible in (False, True)
]


def debate_of(actors: int, concepts: int, statements: int, seed: int = 1) -> Events:
    random = np.random.default_rng(seed)
    lean, busy = random.random((actors, concepts)), random.dirichlet(np.ones(actors))
    debate: list[Said] = []
    for _ in range(statements):
        actor, concept = int(random.choice(actors, p=busy)), int(random.integers(concepts))
        value = 1.0 if random.random() < lean[actor, concept] else -1.0
        debate.append((f"a{actor:03}", f"c{concept:03}", value, "d", "2021-01-01"))
    return events_of(debate)


def loss_by_hand(events: Events, recipe: Recipe, concepts: set[str]) -> float:
    """The loss of a set of concepts, from networks that are made anew, and numpy's eigenvalues."""
    whole = make_network(events, recipe)
    part = replace(events, frame=events.frame.filter(pl.col("column").is_in(list(concepts))))
    there = make_network(part, recipe) if concepts else whole
    ties = np.zeros(whole.matrix.shape)
    places = [whole.rows.index(node) for node in there.rows]
    ties[np.ix_(places, places)] = there.dense() if concepts else 0.0
    values = []
    for matrix in (whole.dense(), ties):
        positive = np.maximum(matrix, 0)
        degrees = positive.sum(axis=1)
        laplacian = np.diag(degrees) if recipe.compatible else np.diag(degrees) - positive
        found = np.sort(np.linalg.eigvals(laplacian).real)
        values.append(found / degrees.sum() if degrees.sum() else found)
    return float(np.abs(values[0] - values[1]).sum())


def test_a_spectrum_is_that_of_two_other_libraries() -> None:
    ties = np.array([[0, 3, 1, 0], [3, 0, 2, 0], [1, 2, 0, 5], [0, 0, 5, 0]], dtype=np.float64)
    # By ojAlgo 51.4.1: the Laplacian as it should be, and what DNA makes of it.
    ojalgo = np.array([12.092374950291173, 7.47313296881958, 2.434492080889251, 0.0])
    np.testing.assert_allclose(spectrum(ties) * 22, ojalgo, atol=1e-12)
    np.testing.assert_allclose(spectrum(ties, "degrees") * 22, [8, 5, 5, 4])
    graph = nx.from_numpy_array(ties)
    np.testing.assert_allclose(spectrum(ties)[::-1] * 22, nx.laplacian_spectrum(graph), atol=1e-12)


@settings(max_examples=30)
@cases(arrays.arrays(np.float64, (3, 4, 4), elements=st.integers(-3, 5).map(float)))
def test_spectra_add_up_to_1_and_are_no_further_than_2_apart(values: Floats) -> None:
    ties = (values + values.transpose(0, 2, 1)) * (1 - np.eye(4))
    for kind in ("laplacian", "degrees"):
        found = spectrum(ties, kind)
        total = np.where(np.maximum(ties, 0).any(axis=(1, 2)), 1.0, 0.0)
        np.testing.assert_allclose(found.sum(axis=1), total, atol=1e-12)
        assert (np.diff(found, axis=1) <= 1e-12).all()
        assert loss(found[0], found[1]) <= 2 + 1e-12


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_contributions_of_concepts_add_up_to_the_network_of_a_set(recipe: Recipe) -> None:
    events = debate_of(6, 5, 60)
    counts = count(events, by_value=recipe.aggregation != "ignore")
    parts = contributions(counts, recipe, events)
    random = np.random.default_rng(2)
    for _ in range(6):
        chosen = random.random(len(parts.concepts)) < 0.6
        chosen[random.integers(len(chosen))] = True
        ids = [node.id for node, here in zip(parts.concepts, chosen, strict=True) if here]
        part = replace(events, frame=events.frame.filter(pl.col("column").is_in(ids)))
        there = make_network(part, recipe)
        places = [parts.actors.index(node) for node in there.rows]
        found = parts.networks(chosen[None, :])[0]
        np.testing.assert_allclose(found[np.ix_(places, places)], there.dense(), atol=1e-12)
        assert found.sum() == pytest.approx(there.matrix.sum())


@pytest.mark.parametrize("compatible", [False, True])
def test_a_nested_backbone_takes_the_cheapest_concept_each_time(compatible: bool) -> None:
    events = debate_of(7, 6, 70)
    recipe = Recipe(aggregation="subtract", normalisation="average", compatible=compatible)
    result, left = nested(events, recipe), set(events.columns)
    assert result.spectrum == ("degrees" if compatible else "laplacian")
    for removal in result.removals:
        losses = {one: loss_by_hand(events, recipe, left - {one}) for one in left}
        assert removal.loss == pytest.approx(min(losses.values()))
        assert losses[removal.concept.id] == pytest.approx(removal.loss)
        left -= {removal.concept.id}
        gone = set(events.columns) - left
        assert removal.redundant_loss == pytest.approx(loss_by_hand(events, recipe, gone))
        there = events.frame.filter(pl.col("column").is_in(list(left))).collect()
        assert removal.statements == len(there)
    assert not left
    assert result.removals[-1].loss == pytest.approx(1.0)
    assert [node.id for node in result.concepts(2)] == [
        removal.concept.id for removal in result.removals[:-3:-1]
    ]


def test_of_two_concepts_that_are_the_same_one_goes_for_nothing() -> None:
    twice = [one for one in DEBATE if one[1] in ("bridge", "toll")]
    result = nested(events_of(twice), Recipe())
    assert [one.concept.id for one in result.removals] == ["toll", "bridge"]
    assert [one.loss for one in result.removals] == pytest.approx([0.0, 1.0])
    together = nested(events_of(twice), Recipe(compatible=True))
    assert [one.loss for one in together.removals] == pytest.approx([0.0, 0.0])
    assert [one.statements for one in together.removals] == [5, 0]


SLOW = pytest.mark.slow


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=SLOW) for seed in (1, 2, 3))])
def test_the_search_finds_the_best_of_all_sets_of_a_size(seed: int) -> None:
    events, recipe = debate_of(8, 9, 90, seed), Recipe(aggregation="subtract")
    ids = sorted(events.columns)
    best = min(loss_by_hand(events, recipe, set(some)) for some in combinations(ids, 3))
    result = fixed(events, recipe, 3, Search(1500, seed))
    assert result.loss == pytest.approx(best)
    assert len(result.concepts) == 3
    assert loss_by_hand(events, recipe, {one.id for one in result.concepts}) == pytest.approx(best)


@pytest.mark.parametrize(
    "penalty", [2.0, pytest.param(0.0, marks=SLOW), pytest.param(6.0, marks=SLOW)]
)
def test_the_search_finds_the_best_of_all_sets_with_a_penalty(penalty: float) -> None:
    events, recipe = debate_of(6, 7, 60, 5), Recipe(normalisation="cosine")
    ids = sorted(events.columns)
    best = min(
        loss_by_hand(events, recipe, set(some)) * np.exp(-penalty * (7 - size) / 7)
        for size in range(1, 7)
        for some in combinations(ids, size)
    )
    result = penalised(events, recipe, penalty, Search(1500))
    size = len(result.concepts)
    assert result.loss * np.exp(-penalty * (7 - size) / 7) == pytest.approx(best)
    assert result.log[-1].best_loss == pytest.approx(best)
    assert result.penalty == penalty


def test_a_search_is_the_same_for_the_same_seed_and_its_log_adds_up() -> None:
    events, recipe = debate_of(10, 20, 200), Recipe()
    once, again = (penalised(events, recipe, search=Search(300, 7)) for _ in range(2))
    assert once.log == again.log != penalised(events, recipe, search=Search(300, 8)).log
    assert len(once.log) == 300
    assert [one.temperature for one in once.log] == sorted(
        (one.temperature for one in once.log), reverse=True
    )
    best = [one.best_loss for one in once.log]
    assert best == sorted(best, reverse=True)
    assert all(1 <= one.proposed <= 19 for one in once.log)
    for before, after in zip(once.log, once.log[1:], strict=False):
        assert after.size == (after.proposed if after.accepted else before.size)
    assert once.log[-1].best_size == len(once.concepts)
    assert {one.proposed for one in fixed(events, recipe, 4, Search(50)).log} == {4}


def test_a_backbone_comes_with_the_networks_by_it_and_by_the_rest() -> None:
    events, recipe = events_of(DEBATE), Recipe(aggregation="subtract", normalisation="average")
    result = given(events, recipe, ["bridge", "hut"])
    assert [one.id for one in result.concepts] == ["bridge", "hut"]
    assert [one.id for one in result.redundant] == ["flag", "toll"]
    assert result.loss == pytest.approx(loss_by_hand(events, recipe, {"bridge", "hut"}))
    assert result.redundant_loss == pytest.approx(loss_by_hand(events, recipe, {"flag", "toll"}))
    assert [node.id for node in result.network.rows] == list("ABCDE")
    # A and D differ on the bridge, agree on the hut, and said two things each.
    assert result.network.dense()[0, 3] == 0.0
    # B and C agree on the bridge, of which each has one statement left.
    assert result.network.dense()[1, 2] == 1.0
    assert result.network.made["concepts"] == "2 backbone"
    assert result.redundant_network.made["concepts"] == "2 redundant"
    assert "has no tie" in result.network.notes[-1]


def test_the_whole_is_a_backbone_without_loss() -> None:
    result: Backbone = fixed(events_of(DEBATE), Recipe(), 4)
    assert result.loss == pytest.approx(0.0)
    assert (result.redundant, result.log) == ((), ())
    assert result.redundant_loss == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda events: fixed(events, Recipe(), 0), "at least 1"),
        (lambda events: fixed(events, Recipe(), 5), "only 4 concepts"),
        (lambda events: penalised(events, Recipe(), -1.0), "at least 0"),
        (lambda events: penalised(events, Recipe(), float("nan")), "at least 0"),
        (lambda events: fixed(events, Recipe(), 2, Search(0)), "at least 1"),
        (lambda events: nested(events, Recipe("twomode", "ignore")), "onemode"),
        (lambda events: nested(events_of([]), Recipe()), "no statement"),
        (lambda events: given(events, Recipe(), ["boat"]), "“boat” is no concept"),
        (lambda events: nested(events, Recipe()).concepts(0), "at least 1"),
        (lambda events: penalised(events_of(DEBATE[:5]), Recipe()), "two concepts"),
    ],
)
def test_what_cannot_be_is_refused(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=words):
        make(events_of(DEBATE))


@pytest.mark.slow
def test_a_hundred_concepts_of_fifty_actors_take_seconds() -> None:
    events = debate_of(50, 100, 2500)
    started = time.perf_counter()
    assert len(nested(events, Recipe("onemode", "subtract", "average")).removals) == 100
    assert time.perf_counter() - started < 10


def network_of_cells(values: Floats, mode: Mode = "onemode") -> Network:
    rows = tuple(Node(f"r{i}", f"r{i}", "actor") for i in range(values.shape[0]))
    columns = tuple(Node(f"c{i}", f"c{i}", "concept") for i in range(values.shape[1]))
    return Network(mode, rows, rows if mode == "onemode" else columns, sp.csr_array(values))


# A star of weight 1 to each of four, one of which has two more ties, and a pair apart.
STAR = np.zeros((7, 7))
for one, other, weight in ((0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 17), (4, 1, 1), (5, 6, 9)):
    STAR[one, other] = STAR[other, one] = weight


def test_the_disparity_of_a_tie_is_the_integral_of_its_null_model() -> None:
    network = network_of_cells(STAR)
    cells, found = network.matrix.tocoo(), probabilities(network_of_cells(STAR))
    strength, degree = STAR.sum(axis=1), (STAR > 0).sum(axis=1)
    for i, j, weight, alpha in zip(cells.row, cells.col, cells.data, found, strict=True):
        ends = []
        for node in (i, j):
            k = int(degree[node])
            share = weight / strength[node]
            within = quad(lambda x, k=k: (k - 1) * (1 - x) ** (k - 2), 0, share)[0] if k > 1 else 0
            ends.append(1 - within)
        assert alpha == pytest.approx(min(ends))


def test_the_disparity_filter_keeps_what_matters_to_either_end() -> None:
    # α of the heavy tie: (1 - 17/20)^3 for the centre, (1 - 17/18) for the other end.
    kept = disparity(network_of_cells(STAR), 0.01)
    assert sorted(zip(*map(list, kept.matrix.nonzero()), strict=True)) == [(0, 4), (4, 0)]
    assert kept.matrix[0, 4] == 17
    assert kept.rows == network_of_cells(STAR).rows
    assert kept.notes == (
        "The disparity filter at 0.01 keeps 1 of 6 ties, with 57% of their weight",
    )
    assert kept.made["disparity"] == "0.01"
    # The pair apart has one tie each, which no level below 1 keeps.
    assert disparity(network_of_cells(STAR), 1.0).matrix[5, 6] == 0


def test_the_disparity_filter_takes_two_modes_and_signs() -> None:
    cells = np.array([[8.0, 1.0, 1.0], [0.0, 1.0, 0.0]])
    two = network_of_cells(cells, "twomode")
    # Of the first row: (1 - 0.8)², twice (1 - 0.1)². Of the columns: 1, (1 - 1/2) for both, 1.
    np.testing.assert_allclose(probabilities(two), [0.04, 0.5, 0.81, 0.5])
    assert disparity(two, 0.05).notes[0].startswith("The disparity filter at 0.05 keeps 1 of 4")
    negative = network_of_cells(-cells, "twomode")
    assert disparity(negative, 0.05).matrix[0, 0] == -8
    empty = network_of_cells(np.zeros((2, 2)))
    assert "0 of 0 ties" in disparity(empty).notes[0]


@settings(max_examples=30)
@cases(arrays.arrays(np.float64, (5, 5), elements=st.integers(0, 9).map(float)))
def test_a_higher_level_keeps_more_and_symmetry_stays(values: Floats) -> None:
    ties = np.triu(values, 1)
    network = network_of_cells(ties + ties.T)
    few, more = (disparity(network, level).dense() for level in (0.1, 0.4))
    np.testing.assert_array_equal(few, few.T)
    assert ((few == 0) | (few == more)).all()
    assert ((more == 0) | (more == network.dense())).all()


@pytest.mark.parametrize("level", [0.0, -0.1, 1.5, float("nan")])
def test_a_level_is_a_probability(level: float) -> None:
    with pytest.raises(InputError, match="above 0 and at most 1"):
        disparity(network_of_cells(STAR), level)


def test_codes_of_combine_have_no_disparity() -> None:
    combined = make_network(events_of(DEBATE), Recipe("twomode", "combine"))
    with pytest.raises(InputError, match="codes"):
        disparity(combined)


def test_distances_are_symmetric_and_name_what_they_cannot_compare() -> None:
    pair, other = network_of_cells(STAR), network_of_cells(STAR * 2)
    absolute = distances([pair, other], "absolute")
    np.testing.assert_array_equal(absolute, [[0, 60], [60, 0]])
    np.testing.assert_allclose(distances([pair, other]), 0.0, atol=1e-12)
    third = network_of_cells((STAR > 0).astype(np.float64))
    found = distances([pair, third], "degrees")
    degrees = np.sort((STAR > 0).sum(axis=1)) / 12
    expected = np.abs(np.sort(STAR.sum(axis=1)) / 60 - degrees).sum()
    np.testing.assert_allclose(found, [[0, expected], [expected, 0]])
    with pytest.raises(InputError, match="same nodes"):
        distances([pair, network_of_cells(np.zeros((2, 2)))])
    with pytest.raises(InputError, match="no spectrum"):
        distances([network_of_cells(STAR, "twomode")])
    with pytest.raises(InputError, match="no distance"):
        distances([pair], "euclid")
