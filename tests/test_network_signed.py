"""Signed networks: both signs kept apart, and the rules that make one of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.networks.events import NO_QUALIFIER, Qualifier
from kg.networks.network import Floats
from kg.networks.recipe import Recipe, make_network
from kg.networks.signed import SignedNetwork, one_network, signed
from network_events import Said, events_of

DATE = "2021-01-01"
# Harbour and Ferry agree on the toll and the flag and differ on the bridge; Harbour and Town agree
# on the bridge and differ on the flag; Ferry and Town have no more than their quarrels.
DEBATE: list[Said] = [
    ("Harbour", "bridge", 1.0, "d", DATE),
    ("Ferry", "bridge", -1.0, "d", DATE),
    ("Town", "bridge", 1.0, "d", DATE),
    ("Harbour", "toll", 1.0, "d", DATE),
    ("Ferry", "toll", 1.0, "d", DATE),
    ("Harbour", "flag", 1.0, "d", DATE),
    ("Ferry", "flag", 1.0, "d", DATE),
    ("Town", "flag", -1.0, "d", DATE),
]
FERRY, HARBOUR, TOWN = range(3)
GRADES = Qualifier("strength", "number", (-1.0, 0.0, 0.5, 1.0), 2.0)
CAMPS = Qualifier("camp", "category", ("green", "red"))

said = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from("xy"),
    st.sampled_from([-1.0, 1.0]),
    st.just("d"),
    st.just(DATE),
)


def both() -> SignedNetwork:
    return signed(events_of(DEBATE), Recipe())


def dense(network: SignedNetwork) -> tuple[Floats, Floats]:
    return network.positive.toarray(), network.negative.toarray()


def test_agreement_and_disagreement_stand_side_by_side() -> None:
    positive, negative = dense(both())
    assert [node.id for node in both().rows] == ["Ferry", "Harbour", "Town"]
    assert positive.tolist() == [[0, 2, 0], [2, 0, 1], [0, 1, 0]]
    assert negative.tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    assert both().made["aggregation"] == "signed"
    assert both().contact().toarray()[HARBOUR, TOWN] == 2
    assert both().net().toarray()[HARBOUR, TOWN] == 0


@pytest.mark.parametrize(
    ("ties", "expected"), [("none", 0.0), ("positive", 1.0), ("negative", -1.0)]
)
@pytest.mark.parametrize("weights", ["net", "sign"])
def test_a_balanced_pair_is_tied_as_the_rule_says(ties: str, expected: float, weights: str) -> None:
    network = one_network(both(), weights, ties=ties)
    assert network.dense()[HARBOUR, TOWN] == network.dense()[TOWN, HARBOUR] == expected
    assert network.notes[0].startswith("As much agreement as disagreement")
    assert network.dense()[FERRY, TOWN] == (-2.0 if weights == "net" else -1.0)


def test_a_threshold_takes_weak_ties_and_says_so() -> None:
    network = one_network(both(), threshold=1.0, ties="positive")
    assert network.dense().tolist() == [[0, 0, -2], [0, 0, 0], [-2, 0, 0]]
    assert network.notes == ("Below the threshold, without a tie: 2 pairs",)
    assert network.made["threshold"] == "1"


@given(st.lists(said, min_size=1, max_size=15), st.sampled_from(["no", "average", "jaccard"]))
@settings(max_examples=20, deadline=None)
def test_net_ties_are_those_of_subtract(debate: list[Said], normalisation: str) -> None:
    events, recipe = events_of(debate), Recipe(normalisation=normalisation)
    subtract = make_network(events, replace(recipe, aggregation="subtract"))
    network = one_network(signed(events, recipe))
    assert network.rows == subtract.rows
    np.testing.assert_allclose(network.dense(), subtract.dense(), atol=1e-12)
    for matrix in dense(signed(events, recipe)):
        assert (matrix >= 0).all()
        np.testing.assert_array_equal(matrix, matrix.T)


def test_two_modes_keep_support_from_opposition() -> None:
    debate: list[Said] = [*DEBATE, ("Harbour", "bridge", -1.0, "e", DATE)]
    network = signed(events_of(debate), Recipe("twomode", "subtract"))
    assert [node.id for node in network.columns] == ["bridge", "flag", "toll"]
    positive, negative = dense(network)
    assert positive.tolist() == [[0, 1, 1], [1, 1, 1], [1, 0, 0]]
    assert negative.tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 0]]
    share = signed(events_of(debate), Recipe("twomode", "subtract", "activity"))
    assert dense(share)[0][HARBOUR].tolist() == [0.25, 0.25, 0.25]
    merged = one_network(network)
    subtract = make_network(events_of(debate), Recipe("twomode", "subtract"))
    np.testing.assert_array_equal(merged.dense(), subtract.dense())
    assert merged.notes[0].endswith(": 1 pair")


def test_grades_count_by_how_far_they_are_on_either_side() -> None:
    debate: list[Said] = [
        ("Harbour", "toll", 0.5, "d", DATE),
        ("Harbour", "toll", -1.0, "d", DATE),
        ("Ferry", "toll", 0.0, "d", DATE),
    ]
    positive, negative = dense(signed(events_of(debate, GRADES), Recipe("twomode", "subtract")))
    assert positive.tolist() == [[0.0], [0.5]]
    assert negative.tolist() == [[0.0], [1.0]]


def test_categories_agree_or_differ_but_are_for_nothing() -> None:
    debate: list[Said] = [
        ("Harbour", "toll", "green", "d", DATE),
        ("Ferry", "toll", "red", "d", DATE),
    ]
    positive, negative = dense(signed(events_of(debate, CAMPS), Recipe()))
    assert positive.sum() == 0
    assert negative.tolist() == [[0, 1], [1, 0]]
    with pytest.raises(InputError, match="neither for nor against"):
        signed(events_of(debate, CAMPS), Recipe("twomode", "subtract"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: signed(events_of(DEBATE), Recipe(aggregation="ignore")), "ignore does not"),
        (lambda: signed(events_of(DEBATE), Recipe("twomode", "combine")), "combine does not"),
        (lambda: signed(events_of(DEBATE, NO_QUALIFIER), Recipe()), "needs a qualifier"),
        (lambda: signed(events_of([]), Recipe()), "no statement"),
        (
            lambda: signed(
                events_of(DEBATE, Qualifier("vote", "number", (0.0, 1.0))),
                Recipe("twomode", "subtract"),
            ),
            "No number of vote is below 0",
        ),
        (lambda: one_network(both(), "gross"), "use one of net, sign"),
        (lambda: one_network(both(), ties="any"), "use one of none, positive, negative"),
        (lambda: one_network(both(), threshold=-1.0), "at least 0"),
        (lambda: one_network(both(), threshold=float("nan")), "at least 0"),
    ],
)
def test_what_cannot_be_is_refused(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=words):
        make()
