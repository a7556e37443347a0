"""The pages of a build: which there are, and the answers of the store that go on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.answers import Answer, Value, ask
from kg.codes import code_label, code_lists
from kg.errors import InputError
from kg.lookup import NameIndex, arguments, read_names
from kg.names import DEFAULT_BASE, mint, shorten, slug
from kg.queries import NamedQuery, bind, load_query
from kg.resources import SHIPPED_MEETINGS, queries_dir
from kg.statements import LANGUAGES, Label, Language, Statement, comparisons_from, statements_from
from kg.store import GraphStore
from kg.views.models import Meeting, PageLink, Party, Source
from kg.views.texts import interface, phrase

INDEX = "index.html"
MOST_PAIRS = 6

Rows: TypeAlias = Mapping[str, list[dict[str, Value]]]
"""The rows of one question in each language."""


@dataclass(frozen=True)
class Site:
    """A store seen as pages; everything on them comes from named queries."""

    store: GraphStore
    base: str = DEFAULT_BASE
    include_proposed: bool = False

    @cached_property
    def names(self) -> NameIndex:
        """What everything is called."""
        return read_names(self.store, queries_dir(), self.base)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every position that is not superseded."""
        return statements_from(self._rows(_query("network"), {}))

    def ask(self, name: str, given: Mapping[str, str], language: str = "en") -> Answer:
        """The answer of a named query; parameters are given in the user's words.

        Raises `QueryError`, `UnknownName` or `InputError` for what cannot be understood.
        """
        query = _query(name)
        terms = arguments(query, given, self.names)
        return ask(self.store, query, terms, language, self.include_proposed)

    def brief(self, answer: Answer, language: Language = "en") -> Answer:
        """An answer's most telling columns in words: labels for propositions and codes.

        The notations of codes are English words already, and stay in an English table.
        """

        def spell(column: str, value: Value) -> Value:
            if column == "b_proposition":
                label = self._propositions.get(str(value))
                return label.get(language) if label else value
            if language == "en":
                return value
            _, _, last = column.rpartition("_")
            scheme = _SCHEMES.get(column) or _SCHEMES.get(last)
            if scheme:
                return code_label(scheme, str(value), language)
            kind = interface().get(f"kind.{value}") if column == "kind" else None
            return kind.get(language) if kind else value

        return answer.brief(spell)

    @cached_property
    def _propositions(self) -> dict[str, Label]:
        return {one.proposition: one.proposition_label for one in self.statements}

    def disagreement(self, a: str, b: str, language: Language, index_file: str = "") -> str:
        """The page of two bodies, given by IRI."""
        pair = {"a": ox.NamedNode(a), "b": ox.NamedNode(b)}
        disagreements, agreements = _query("disagreements"), _query("agreements")
        network = _query("network")
        call = f"--a {shorten(a, self.base)} --b {shorten(b, self.base)}"
        source = self._source(
            {
                f"kg query disagreements {call}": self._text(disagreements, pair),
                f"kg query agreements {call}": self._text(agreements, pair),
                "kg query network": self._text(network, {}),
            }
        )
        # Here, since what draws takes long to import and most commands draw nothing.
        from kg.views.pages import disagreement_page

        return disagreement_page(
            self._party(a),
            self._party(b),
            self.statements,
            comparisons_from(self._rows(disagreements, pair)),
            comparisons_from(self._rows(agreements, pair)),
            _codes(),
            source,
            language=language,
            index_file=index_file,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs of bodies by IRI, those that differ most and most sharply first.

        Of two bodies the one whose view was stated first comes first.
        """
        order = sorted(self.statements, key=lambda one: (one.date, one.position))
        turn = {one.body: number for number, one in reversed(list(enumerate(order)))}
        counts: dict[tuple[str, str], int] = {}
        weights = {"opposed": 100, "rival": 10, "degree": 1}
        for row in ask(self.store, _query("disagreements-all"), {}).records():
            bodies = (str(row["a_body"]), str(row["b_body"]))
            first, second = sorted(bodies, key=lambda body: (turn.get(body, 0), body))
            pair = (first, second)
            weight = weights[str(row["kind"])] * int(str(row["propositions"]))
            counts[pair] = counts.get(pair, 0) + weight
        return sorted(counts, key=lambda pair: (-counts[pair], pair))

    def pages(self, language: Language = "en") -> Iterator[tuple[str, str]]:
        """Each page's file name and HTML, the index last."""
        links: list[PageLink] = []
        for a, b in self.pairs()[:MOST_PAIRS]:
            file = f"disagreement-{slug(shorten(a, self.base))}-{slug(shorten(b, self.base))}.html"
            links.append(self._link(file, a, b))
            yield file, self.disagreement(a, b, language, INDEX)
        yield INDEX, self.index(links, language)

    def index(self, links: list[PageLink], language: Language = "en") -> str:
        """The first page, with links to the others."""
        queries = {"kg query disagreements-all": self._text(_query("disagreements-all"), {})}
        meetings = [_meeting(rows) for rows in self._headers]
        title = interface()["site.title"]
        from kg.views.pages import index_page

        return index_page(title, links, meetings, self._source(queries), language=language)

    def _link(self, file: str, a: str, b: str) -> PageLink:
        first, second = self._party(a), self._party(b)
        return PageLink(
            file,
            phrase("heading.disagreement", a=first.short, b=second.short),
            phrase("site.pair", a=first.name, b=second.name),
        )

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {}

    def _party(self, iri: str) -> Party:
        """A body's names; each body stands on several pages, and is asked for once."""
        if iri not in self._parties:
            self._parties[iri] = self._read_party(iri)
        return self._parties[iri]

    def _read_party(self, iri: str) -> Party:
        rows = self._rows(_query("internal/show-body"), {"body": ox.NamedNode(iri)})
        name = _label(rows, "label")
        short = _label(rows, "abbreviation")
        filled = (getattr(short, x) or getattr(name, x) for x in LANGUAGES)
        return Party(iri, Label(*filled), name)

    @cached_property
    def _headers(self) -> tuple[Rows, ...]:
        """What the index says of each meeting."""
        found: dict[Value, dict[str, list[dict[str, Value]]]] = {}
        for language, rows in self._rows(_query("internal/meetings"), {}).items():
            for row in rows:
                one = found.setdefault(row["meeting"], {each: [] for each in LANGUAGES})
                one[language].append(row)
        return tuple(found.values())

    def _source(self, queries: Mapping[str, str]) -> Source:
        """Where a page comes from: each meeting's document, with the meeting's name."""
        documents = tuple(_document(rows) for rows in self._headers)
        meetings = (str(rows["en"][0]["meeting"]) for rows in self._headers)
        return Source(documents, licence(meetings), queries)

    def _text(self, query: NamedQuery, terms: Mapping[str, ox.NamedNode]) -> str:
        return bind(query, terms, include_proposed=self.include_proposed)

    def _rows(self, query: NamedQuery, terms: Mapping[str, ox.NamedNode]) -> Rows:
        return {
            language: ask(self.store, query, terms, language, self.include_proposed).records()
            for language in LANGUAGES
        }


def _document(rows: Rows) -> Label:
    """A document with its meeting; one name where both are called the same."""
    document, meeting = _label(rows, "document"), _label(rows, "label")
    if document == meeting:
        return meeting
    return phrase("site.document", document=document, meeting=meeting)


def licence(meetings: Iterable[str]) -> Label:
    """The licence of what pages show of meetings, given by IRI: ours only where all are shipped."""
    shipped = {mint(one) for one in SHIPPED_MEETINGS}
    found = set(meetings)
    return interface()["site.licence" if found and found <= shipped else "site.licence_else"]


def write_site(store: GraphStore, folder: Path, base: str = DEFAULT_BASE) -> None:
    """Write the pages of a build into its folder."""
    for file, html in Site(store, base).pages():
        (folder / file).write_text(html, encoding="utf-8", newline="\n")


def _disagreement(site: Site, a: str, b: str, language: Language) -> str:
    """The page of two bodies in the user's words; without them, of the two that differ most."""
    if bool(a) != bool(b):
        raise InputError("The view disagreement takes two bodies: give both --a and --b, or none")
    if a:
        first, second = (site.names.resolve(word, "body") for word in (a, b))
        if first == second:
            raise InputError("The two bodies are the same: give two different ones")
        return site.disagreement(first, second, language)
    pairs = site.pairs()
    if not pairs:
        raise InputError("No two bodies differ in this build: name two with --a and --b")
    return site.disagreement(*pairs[0], language)


# Columns of answers that hold notations, or whose names end so, and the list of each.
_SCHEMES = {
    "alignment": "alignment",
    "basis": "basis",
    "date_kind": "date-kind",
    "progress": "progress",
    "role": "role",
    "stance": "stance",
}

VIEWS: Mapping[str, Callable[[Site, str, str, Language], str]] = {"disagreement": _disagreement}


@cache
def _query(name: str) -> NamedQuery:
    return load_query(queries_dir() / f"{name}.rq")


def _meeting(rows: Rows) -> Meeting:
    head = rows["en"][0]
    counts = (
        (interface()["site.speech_acts"], int(str(head["speech_acts"] or 0))),
        (interface()["site.positions"], int(str(head["positions"] or 0))),
    )
    return Meeting(_label(rows, "label"), _label(rows, "held_by"), str(head["date"]), counts)


def _label(rows: Rows, column: str) -> Label:
    """A column of the first row in the three languages; empty where the store has no such row."""
    texts = (rows[language][0].get(column) if rows[language] else "" for language in LANGUAGES)
    return Label(*("" if text is None else str(text) for text in texts))


def _codes() -> dict[str, dict[str, Label]]:
    return {
        scheme: {
            notation: Label(*(code.labels.get(language, notation) for language in LANGUAGES))
            for notation, code in code_lists()[scheme].items()
        }
        for scheme in ("stance", "basis")
    }
