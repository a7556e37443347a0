"""The shipped dataset holds what tests/data/expected-counts.yaml says, class by class."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from ruamel.yaml import YAML

from kg.coding.dataset import Dataset
from kg.encode import encode
from kg.names import graph_iri, shorten

EXPECTED = Path(__file__).parent / "data" / "expected-counts.yaml"
COUNTS = f"""
SELECT ?class (COUNT(DISTINCT ?node) AS ?count)
WHERE {{ GRAPH ?graph {{ ?node a ?class }} FILTER(?graph != <{graph_iri("ontology")}>) }}
GROUP BY ?class
"""


def count_classes(quads: list[ox.Quad]) -> dict[str, int]:
    """Nodes of the data by class, counted by SPARQL."""
    store = ox.Store()
    store.bulk_extend(quads)
    rows = store.query(COUNTS)
    assert isinstance(rows, ox.QuerySolutions)
    return {
        shorten(row["class"].value).removeprefix("apro:"): int(row["count"].value)
        for row in rows
        if isinstance(row["class"], ox.NamedNode) and isinstance(row["count"], ox.Literal)
    }


def test_the_shipped_dataset_has_the_expected_counts(shipped: Dataset) -> None:
    expected = YAML(typ="safe").load(EXPECTED.read_text(encoding="utf-8"))
    counted = count_classes(encode(shipped))
    wrong = [
        f"{name}: {counted.get(name, 0)}  # {EXPECTED.name} says {expected.get(name, 0)}"
        for name in sorted(counted.keys() | expected.keys())
        if counted.get(name) != expected.get(name)
    ]
    assert not wrong, "the data has\n" + "\n".join(wrong)
