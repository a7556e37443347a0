"""Events for tests from plain tuples: actor, concept, value, document, date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from kg.networks.events import POLE, Events, Qualifier
from kg.networks.network import Node

Said = tuple[str, str, float | str | None, str, str]


def events_of(said: Iterable[Said], qualifier: Qualifier = POLE) -> Events:
    """Events of actors (kind “actor”) on concepts (kind “concept”), ranked in the order given.

    Dates are ISO 8601, with or without a time of day.
    """
    rows = list(said)
    value = pl.String if qualifier.kind == "category" else pl.Float64
    frame = pl.DataFrame(
        {
            "row": [row[0] for row in rows],
            "column": [row[1] for row in rows],
            "value": pl.Series([row[2] for row in rows], dtype=value),
            "document": [row[3] for row in rows],
            "time": pl.Series([datetime.fromisoformat(row[4]) for row in rows], dtype=pl.Datetime),
            "rank": range(len(rows)),
        },
        schema_overrides={"row": pl.String, "column": pl.String, "document": pl.String},
    ).with_columns(pl.col("row", "column").cast(pl.Categorical))
    return Events(
        frame.lazy(),
        {row[0]: Node(row[0], row[0], "actor") for row in rows},
        {row[1]: Node(row[1], row[1], "concept") for row in rows},
        qualifier,
        "actor",
        "concept",
    )
