"""What a report is made from: a store, its statement table, and which positions are looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

import pyoxigraph as ox

from kg.answers import Value
from kg.errors import InputError
from kg.filters import ACCEPTED, EVERYTHING_ACCEPTED, PROPOSED, Filters
from kg.names import DEFAULT_BASE, SCHEMA, shorten, term
from kg.opened import Opened
from kg.queries import NamedQuery, bind, load_query
from kg.report.blocks import Run
from kg.report.positions import Given, Position, positions_of
from kg.report.wording import Wording
from kg.resources import queries_dir
from kg.site import Differences, answered
from kg.statements import Language
from kg.store import EmbeddedStore, GraphStore
from kg.table import Table

Record = dict[str, Value]
_STATUS = "adms:status"
_OPTIONS = {
    "since": "--since",
    "until": "--until",
    "meetings": "--meeting",
    "issues": "--issue",
    "bodies": "--body",
    "basis": "--basis",
    "status": "--status",
    "confidence": "--confidence",
}


@dataclass(frozen=True)
class Wish:
    """Which positions a report looks at, in which language, and on which day it stands.

    Without `as_of` it stands on the latest day in the data, so that the same build gives the same
    report. Raises `InputError` for filters that no report can follow.
    """

    filters: Filters = EVERYTHING_ACCEPTED
    language: Language = "en"
    as_of: date | None = None

    def __post_init__(self) -> None:
        if not set(self.filters.status) <= {ACCEPTED, PROPOSED}:
            raise InputError(
                "A report is about positions that count, and rejected ones do not: give --status "
                "accepted or proposed"
            )
        if self.filters.history:
            raise InputError("A report shows changes by itself: leave --history out")


@dataclass(frozen=True)
class Document:
    """A source document: its label, its file and the SHA-256 of it, as far as they are known."""

    label: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Material:
    """A store with its table, and a wish; everything that a report says comes from here.

    `quads` gives the graph again: the store of a filtered report is made from it. `differences` is
    as in `kg.site.Site`, for the store that is not filtered.
    """

    store: GraphStore
    table: Table
    quads: Callable[[], Iterable[ox.Quad]]
    wish: Wish = field(default_factory=Wish)
    base: str = DEFAULT_BASE
    graph_sha256: str = ""
    differences: Differences | None = None

    @cached_property
    def words(self) -> Wording:
        """The words of the report's language."""
        return Wording(self.wish.language)

    @cached_property
    def seen(self) -> GraphStore:
        """The store with the positions that are looked at alone."""
        if not self.filtered:
            return self.store
        kept = {one.id for one in self.current}
        return EmbeddedStore.of(quad for quad in self.quads() if not self._is_left_out(quad, kept))

    @property
    def proposed(self) -> bool:
        """Whether proposed positions are looked at."""
        return PROPOSED in self.wish.filters.status

    @property
    def filtered(self) -> bool:
        """Whether anything is left out but positions that do not count."""
        usual = Filters(status=self.wish.filters.status)
        return self.wish.filters != usual or ACCEPTED not in self.wish.filters.status

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """The positions looked at and those that a later one revises, numbered in order."""
        given = Given(
            self.table,
            self.wish.filters,
            self.wish.language,
            lambda name, terms: self.ask(name, terms),
        )
        return positions_of(given)

    @cached_property
    def current(self) -> tuple[Position, ...]:
        """The positions that hold: those that no other revises."""
        return tuple(one for one in self.positions if not one.superseded)

    @cached_property
    def by_side(self) -> Mapping[tuple[str, str], list[Position]]:
        """The positions that hold, by body (or by holder without one) and proposition."""
        found: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
        for one in self.current:
            for side in one.bodies or (one.holder,):
                found[side, one.proposition].append(one)
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each node is called."""
        return dict(self.table.labels(self.wish.language))

    @cached_property
    def as_of(self) -> date | None:
        """The day on which the report stands; None where nothing in the data has a date."""
        if self.wish.as_of:
            return self.wish.as_of
        told = [date.fromisoformat(one.date) for one in self.positions if one.date]
        acted = [row["date"] for row in self.actions]
        return max([*told, *(day for day in acted if isinstance(day, date))], default=None)

    @cached_property
    def actions(self) -> list[Record]:
        """The action items of the meetings looked at, and of the bodies where these are named."""
        filters = self.wish.filters
        asked: list[dict[str, str]] = [{"responsible": body} for body in filters.bodies] or [{}]
        rows = {str(row["action"]): row for given in asked for row in self.ask("actions", given)}
        return [row for row in rows.values() if self._of_meetings(row)]

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents behind the positions, with the hashes that the graph holds."""
        wanted = {one.document for one in self.positions if one.document}
        found: dict[str, dict[str, str]] = {iri: {} for iri in wanted}
        names = {f"{SCHEMA}sha256": "sha256", term("fileName"): "file"}
        for quad in self.quads():
            key = names.get(quad.predicate.value)
            if key and isinstance(quad.subject, ox.NamedNode) and quad.subject.value in found:
                found[quad.subject.value][key] = getattr(quad.object, "value", "")
        return tuple(
            Document(self.label(iri), facts.get("file", ""), facts.get("sha256", ""))
            for iri, facts in sorted(found.items())
        )

    def ask(
        self, name: str, given: Mapping[str, str] | None = None, seen: bool = False
    ) -> list[Record]:
        """The rows of a named query on the whole store, or on what is looked at alone."""
        store = self.seen if seen else self.store
        terms = {key: ox.NamedNode(iri) for key, iri in (given or {}).items()}
        differences = self.differences if store is self.store else None
        asked, language = named_query(name), self.wish.language
        return answered(store, differences, asked, terms, language, self.proposed).records()

    def label(self, iri: str) -> str:
        """What a node is called; its id where it has no name."""
        return self.labels.get(iri) or shorten(iri, self.base)

    def run(self, name: str, given: dict[str, str] | None = None) -> Run:
        """The command that asks a named query, and its text with the parameters bound."""
        terms = {key: ox.NamedNode(iri) for key, iri in (given or {}).items()}
        options = [f"--{key} {shorten(iri, self.base)}" for key, iri in (given or {}).items()]
        proposed = ["--include-proposed"] if self.proposed else []
        text = bind(named_query(name), terms, self.wish.language, self.proposed)
        return Run(" ".join(["kg query", name, *options, *proposed, *self.language]), text)

    def command(self, call: str) -> Run:
        """A command that takes the filters as its options, without a text behind it."""
        return Run(" ".join([call, *self.options(), *self.language]))

    def options(self) -> list[str]:
        """The filters as the options of a command."""
        words: list[str] = []
        for name, option in _OPTIONS.items():
            value = getattr(self.wish.filters, name)
            given = value if isinstance(value, tuple) else (value,) if value else ()
            if name != "status" or given != (ACCEPTED,):
                words.extend(f"{option} {shorten(str(one), self.base)}" for one in given)
        return words

    @property
    def language(self) -> list[str]:
        """The option of the language, where it is not English."""
        return [] if self.wish.language == "en" else [f"--lang {self.wish.language}"]

    def _of_meetings(self, row: Record) -> bool:
        filters, day = self.wish.filters, row["date"]
        if filters.meetings and str(row["meeting"]) not in filters.meetings:
            return False
        if not (filters.since or filters.until):
            return True
        first, last = filters.since or date.min, filters.until or date.max
        return isinstance(day, date) and first <= day <= last

    def _is_left_out(self, quad: ox.Quad, kept: set[str]) -> bool:
        """Whether a quad gives a status to a position that is not looked at.

        Without a status no query counts a position; all else about it may stay.
        """
        if quad.predicate.value != term(_STATUS) or not isinstance(quad.subject, ox.NamedNode):
            return False
        return quad.subject.value in self._all_positions and quad.subject.value not in kept

    @cached_property
    def _all_positions(self) -> frozenset[str]:
        return frozenset(self.table.statements.select("position").collect()["position"].to_list())


@cache
def named_query(name: str) -> NamedQuery:
    """A query of the shipped folder."""
    return load_query(queries_dir() / f"{name}.rq")


def material_of(build: Opened, wish: Wish) -> Material:
    """The material of a build; raises `StoreError` where its store or table cannot be read."""
    return Material(
        build.open(),
        build.table(),
        build.read_quads,
        wish,
        build.base,
        build.graph_sha256,
        build.differences(),
    )
