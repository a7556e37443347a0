"""Events from the statement table: what stands for the actor, what for the concept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from kg.codes import Language
from kg.errors import InputError
from kg.filters import EVERYTHING_ACCEPTED, Filters
from kg.findings import counted
from kg.networks.events import (
    COLUMN,
    DOCUMENT,
    NO_QUALIFIER,
    POLE,
    RANK,
    ROW,
    TIME,
    VALUE,
    Events,
    Qualifier,
)
from kg.networks.network import Node
from kg.table import Table

ACTORS = ("body", "person", "holder", "actor")
"""*body*: for which a position counts. *person*: who holds it. *holder*: a person, body, group or
unnamed. *actor*: persons and bodies both, so that an official's position counts for two."""
CONCEPTS = ("proposition", "issue")
VARIABLES = (*ACTORS, *CONCEPTS)
QUALIFIERS = ("pole", "strength", "none")
"""*pole*: for or against; undecided is neither and left out. *strength*: from -1 to 1, as the code
list of stances grades them, with undecided as 0. *none*: every position counts alike."""


@dataclass(frozen=True)
class Choice:
    """What becomes rows, what columns, and how stances are told apart."""

    row: str = "body"
    column: str = "proposition"
    qualifier: str = "pole"

    def __post_init__(self) -> None:
        for word, words in (
            (self.row, VARIABLES),
            (self.column, VARIABLES),
            (self.qualifier, QUALIFIERS),
        ):
            if word not in words:
                raise InputError(f"“{word}” is not known: use one of {', '.join(words)}")
        sides = [one in ACTORS for one in (self.row, self.column)]
        if sides[0] == sides[1]:
            raise InputError(
                f"Networks lie between actors ({', '.join(ACTORS)}) and concepts "
                f"({', '.join(CONCEPTS)}): choose one of each, not {self.row} and {self.column}"
            )


def statement_events(
    table: Table,
    choice: Choice | None = None,
    filters: Filters = EVERYTHING_ACCEPTED,
    language: Language = "en",
) -> Events:
    """The positions of a table that pass the filters, as events with labels in a language.

    What tells documents apart is the meeting, or the document where a position is of no meeting.
    """
    choice = choice or Choice()
    actor = choice.row if choice.row in ACTORS else choice.column
    whole = table.statements.with_row_index(RANK)
    kept = filters.apply(whole)
    sides = {choice.row: ROW, choice.column: COLUMN}
    frame = _as_actors(kept, actor).rename(sides)
    qualifier, value = _qualifier(choice.qualifier, table)
    of_meeting = pl.when(pl.col("meeting") != "").then(pl.col("meeting"))
    events = frame.select(
        ROW,
        COLUMN,
        value.alias(VALUE),
        of_meeting.otherwise(pl.col("document")).alias(DOCUMENT),
        pl.col("date").cast(pl.Datetime("us")).alias(TIME),
        RANK,
    ).filter(pl.col(ROW) != "", pl.col(COLUMN) != "")
    nodes = {side: _nodes(table, whole, variable, language) for variable, side in sides.items()}
    return Events(
        events,
        nodes[ROW],
        nodes[COLUMN],
        qualifier,
        choice.row,
        choice.column,
        _notes(whole, choice, filters),
        dict(filters.said()),
    )


def _as_actors(frame: pl.LazyFrame, actor: str) -> pl.LazyFrame:
    """The statements with a column for the actor; of both kinds where both are asked for."""
    if actor == "actor":
        persons = _as_actors(frame, "person").rename({"person": "actor"})
        bodies = _as_actors(frame, "body").rename({"body": "actor"})
        return pl.concat([persons, bodies])
    if actor == "person":
        held = pl.col("holder").alias("person")
        named = frame.filter(pl.col("holder_kind") == "person").with_columns(held)
        return named.select("person", *_KEPT)
    return frame.select(actor, *_KEPT)


_KEPT = ("proposition", "issue", "pole", "polarity", "meeting", "document", "date", RANK)


def _qualifier(name: str, table: Table) -> tuple[Qualifier, pl.Expr]:
    """The qualifier, and how a statement's value comes from the table."""
    if name == "none":
        return NO_QUALIFIER, pl.lit(0.0)
    if name == "pole":
        support, oppose = pl.col("pole") == "support", pl.col("pole") == "oppose"
        return POLE, pl.when(support).then(1.0).when(oppose).then(-1.0)
    levels = table.statements.select(pl.col("polarity").unique().sort()).collect()["polarity"]
    # The scale is the whole one, from -1 to 1, whichever grades are in use.
    return Qualifier("strength", "number", tuple(levels.to_list()), 2.0), pl.col("polarity")


def _nodes(
    table: Table, statements: pl.LazyFrame, variable: str, language: Language
) -> Mapping[str, Node]:
    """Every node of a variable that any statement has."""
    frame = _as_actors(statements, variable if variable in ACTORS else "holder")
    found = frame.select(pl.col(variable).unique().cast(pl.String).sort()).collect()
    labels, names, kinds = table.labels(language), table.full_names(language), table.kinds()
    return {
        iri: Node(
            iri,
            labels.get(iri, iri),
            kinds.get(iri, variable),
            {"name": names[iri]} if names.get(iri, iri) != labels.get(iri, iri) else {},
        )
        for iri in found[variable].to_list()
        if iri
    }


def _notes(whole: pl.LazyFrame, choice: Choice, filters: Filters) -> tuple[str, ...]:
    """What of the positions that pass the filters is missing from the events, or cut short."""
    kept = filters.apply(whole)
    lost = kept.select(_lost(choice)).collect().row(0, named=True)
    if filters.since or filters.until:
        timeless = replace(filters, since=None, until=None).apply(whole)
        undated = timeless.select(pl.col("date").is_null().sum()).collect().item()
        lost["Left out for want of a date"] = undated
    return tuple(f"{why}: {counted(many, 'position')}" for why, many in lost.items() if many)


def _lost(choice: Choice) -> list[pl.Expr]:
    """How many positions lack an actor or an issue, or count for one of several bodies only."""
    asked = {choice.row, choice.column}
    no_body, no_person = pl.col("body") == "", pl.col("holder_kind") != "person"
    lost = {
        "body": ("Left out for want of a body", no_body),
        "person": ("Left out for want of a person as holder", no_person),
        "actor": ("Left out for want of a body, and of a person as holder", no_body & no_person),
        "issue": ("Left out for want of an issue", pl.col("issue") == ""),
    }
    found = [said.sum().alias(why) for name, (why, said) in lost.items() if name in asked]
    if asked & {"body", "actor"}:
        why = "Counted for the first alone of several bodies that the holder represents"
        found.append((pl.col("bodies") > 1).sum().alias(why))
    return found or [pl.lit(0).alias("")]
