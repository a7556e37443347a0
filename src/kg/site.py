"""A store as people ask it: named queries in the user's words, and what things are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.answers import Answer, Value, ask
from kg.codes import code_label
from kg.lookup import NameIndex, arguments, read_names
from kg.names import DEFAULT_BASE, mint
from kg.queries import NamedQuery, bind, load_query
from kg.resources import SHIPPED_MEETINGS, queries_dir
from kg.statements import LANGUAGES, Comparison, Label, Language, Row, Statement, comparisons_from
from kg.store import GraphStore
from kg.views.models import Meeting, Party, Source
from kg.views.texts import interface, phrase

if TYPE_CHECKING:
    from kg.table import Table

Rows: TypeAlias = Mapping[str, list[dict[str, Value]]]
"""The rows of one question in each language."""
Terms: TypeAlias = Mapping[str, ox.NamedNode | ox.Literal]
Differences: TypeAlias = Callable[[NamedQuery, Terms, str, bool], Answer]
"""What answers a query of `FROM_TABLE`: its terms, a language, whether with proposed positions."""
FROM_TABLE = ("disagreements", "disagreements-all")
"""The queries that `kg.differences` answers from the statement table, as SPARQL answers them."""


def answered(
    store: GraphStore,
    differences: Differences | None,
    asked: NamedQuery,
    terms: Terms,
    language: str = "en",
    include_proposed: bool = False,
) -> Answer:
    """The answer of a query: from the table where that is at hand and has it, else from the store.

    Raises what `kg.answers.ask` raises, and what `differences` does.
    """
    if differences and asked.name in FROM_TABLE:
        return differences(asked, terms, language, include_proposed)
    return ask(store, asked, terms, language, include_proposed)


@dataclass(frozen=True)
class Site:
    """A store with what people call things in it; everything comes from named queries.

    `given` is the statement table where it is at hand; without it, it is made from the store.
    `part` says so where the store is only a part of the graph. `differences` answers the queries of
    `FROM_TABLE` where the table is large; without it, SPARQL does, which is quick on small ones.
    """

    store: GraphStore
    base: str = DEFAULT_BASE
    include_proposed: bool = False
    given: Table | None = None
    part: Label | None = None
    differences: Differences | None = None

    @cached_property
    def names(self) -> NameIndex:
        """What everything is called."""
        return read_names(self.store, queries_dir(), self.base)

    @cached_property
    def table(self) -> Table:
        """The statement table."""
        # Here, since Polars takes long to import and most commands ask queries alone.
        from kg.table import make_table

        return self.given or make_table(self.store)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every position that is not rejected, superseded and proposed ones included."""
        from kg.table import statements_of

        return statements_of(self.table)

    def ask(self, name: str, given: Mapping[str, str], language: str = "en") -> Answer:
        """The answer of a named query; parameters are given in the user's words.

        Raises `QueryError`, `UnknownName` or `InputError` for what cannot be understood.
        """
        asked = query(name)
        terms = arguments(asked, given, self.names)
        return self._answer(asked, terms, language, self.include_proposed)

    def _answer(
        self, asked: NamedQuery, terms: Terms, language: str, include_proposed: bool
    ) -> Answer:
        return answered(self.store, self.differences, asked, terms, language, include_proposed)

    def brief(self, answer: Answer, language: Language = "en") -> Answer:
        """An answer's most telling columns in words: labels for propositions and codes.

        The notations of codes are English words already, and stay in an English table.
        """

        def spell(column: str, value: Value) -> Value:
            if column == "b_proposition":
                return self._propositions(language).get(str(value), value)
            if language == "en":
                return value
            _, _, last = column.rpartition("_")
            scheme = _SCHEMES.get(column) or _SCHEMES.get(last)
            if scheme:
                return code_label(scheme, str(value), language)
            kind = interface().get(f"kind.{value}") if column == "kind" else None
            return kind.get(language) if kind else value

        return answer.brief(spell)

    def _propositions(self, language: Language) -> Mapping[str, Value]:
        """The texts of all propositions, by IRI."""
        if language not in self._proposition_texts:
            rows = ask(self.store, query("internal/nodes"), {}, language).records()
            self._proposition_texts[language] = {
                str(row["node"]): row["name"] for row in rows if row["kind"] == "Proposition"
            }
        return self._proposition_texts[language]

    @cached_property
    def _proposition_texts(self) -> dict[str, Mapping[str, Value]]:
        return {}

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of bodies by IRI, those that differ most and most sharply first.

        Of two bodies the one whose view was stated first comes first.
        """
        order = sorted(filter(self._counts, self.statements), key=lambda s: (s.date, s.position))
        turn = {one.body: number for number, one in reversed(list(enumerate(order)))}
        counts: dict[tuple[str, str], int] = {}
        weights = {"opposed": 100, "rival": 10, "degree": 1}
        for row in self._answer(query("disagreements-all"), {}, "en", False).records():
            bodies = (str(row["a_body"]), str(row["b_body"]))
            first, second = sorted(bodies, key=lambda body: (turn.get(body, 0), body))
            weight = weights[str(row["kind"])] * int(str(row["propositions"]))
            counts[first, second] = counts.get((first, second), 0) + weight
        return tuple(sorted(counts, key=lambda pair: (-counts[pair], pair)))

    def _counts(self, statement: Statement) -> bool:
        return not statement.superseded and (
            self.include_proposed or statement.status == "accepted"
        )

    def comparisons(self, name: str, terms: Mapping[str, ox.NamedNode]) -> tuple[Comparison, ...]:
        """What two bodies differ or agree on, in three languages.

        The query is asked once where its texts can be told apart in English, for it takes longer
        than all else on a page.
        """
        english = self._answer(query(name), terms, "en", self.include_proposed).records()
        texts = {str(row[column] or "") for row in english for column in ("label", "issue")}
        if not texts <= self._by_english.keys():
            return comparisons_from(self.rows(name, terms))
        return comparisons_from(
            {each: [self._translated(row, each) for row in english] for each in LANGUAGES}
        )

    def _translated(self, row: Row, language: Language) -> Row:
        texts = {column: str(row[column] or "") for column in ("label", "issue")}
        found = {column: self._by_english[text].get(language) for column, text in texts.items()}
        return {**row, **found}

    @cached_property
    def _by_english(self) -> Mapping[str, Label]:
        """Propositions and issues by English text; a text that stands for several is left out."""
        nodes = self.table.names.filter(self.table.names["kind"].is_in(["proposition", "issue"]))
        labels = [Label(*texts) for texts in nodes.select(f"name_{x}" for x in LANGUAGES).rows()]
        found = {label.en: label for label in labels}
        doubtful = {label.en for label in labels if found[label.en] != label}
        return {"": Label.same(""), **{t: x for t, x in found.items() if t not in doubtful}}

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {}

    def party(self, iri: str) -> Party:
        """A body's names; each body stands on several pages, and is asked for once."""
        if iri not in self._parties:
            self._parties[iri] = self._read_party(iri)
        return self._parties[iri]

    def _read_party(self, iri: str) -> Party:
        rows = self.rows("internal/show-body", {"body": ox.NamedNode(iri)})
        name = label_of(rows, "label")
        short = label_of(rows, "abbreviation")
        filled = (getattr(short, x) or getattr(name, x) for x in LANGUAGES)
        return Party(iri, Label(*filled), name)

    @cached_property
    def headers(self) -> tuple[Rows, ...]:
        """What an index says of each meeting: one row of each language."""
        found: dict[Value, dict[str, list[dict[str, Value]]]] = {}
        for language, rows in self.rows("internal/meetings").items():
            for row in rows:
                one = found.setdefault(row["meeting"], {each: [] for each in LANGUAGES})
                one[language].append(row)
        return tuple(found.values())

    def source(self, queries: Mapping[str, str]) -> Source:
        """Where a page comes from: each meeting's document, with the meeting's name."""
        documents = tuple(_document(rows) for rows in self.headers)
        meetings = (str(rows["en"][0]["meeting"]) for rows in self.headers)
        return Source(documents, licence(meetings), queries, self.part)

    def text(self, name: str, terms: Mapping[str, ox.NamedNode] | None = None) -> str:
        """The text of a named query as it is run."""
        return bind(query(name), terms or {}, include_proposed=self.include_proposed)

    def rows(self, name: str, terms: Mapping[str, ox.NamedNode] | None = None) -> Rows:
        """The answer of a named query in each language."""
        return {
            language: self._answer(
                query(name), terms or {}, language, self.include_proposed
            ).records()
            for language in LANGUAGES
        }


def _document(rows: Rows) -> Label:
    """A document with its meeting; one name where both are called the same."""
    document, meeting = label_of(rows, "document"), label_of(rows, "label")
    if document == meeting:
        return meeting
    return phrase("site.document", document=document, meeting=meeting)


def licence(meetings: Iterable[str]) -> Label:
    """The licence of what pages show of meetings, given by IRI: ours only where all are shipped."""
    shipped = {mint(one) for one in SHIPPED_MEETINGS}
    found = set(meetings)
    return interface()["site.licence" if found and found <= shipped else "site.licence_else"]


# Columns of answers that hold notations, or whose names end so, and the list of each.
_SCHEMES = {
    "alignment": "alignment",
    "basis": "basis",
    "date_kind": "date-kind",
    "progress": "progress",
    "role": "role",
    "stance": "stance",
}


@cache
def query(name: str) -> NamedQuery:
    """A named query by the path of its file in `queries/`, without the ending."""
    return load_query(queries_dir() / f"{name}.rq")


def meeting_summary(rows: Rows) -> Meeting:
    """What an index says of a meeting."""
    head = rows["en"][0]
    counts = (
        (interface()["site.speech_acts"], int(str(head["speech_acts"] or 0))),
        (interface()["site.positions"], int(str(head["positions"] or 0))),
    )
    return Meeting(label_of(rows, "label"), label_of(rows, "held_by"), str(head["date"]), counts)


def label_of(rows: Rows, column: str) -> Label:
    """A column of the first row in the three languages; empty where the store has no such row."""
    texts = (rows[language][0].get(column) if rows[language] else "" for language in LANGUAGES)
    return Label(*("" if text is None else str(text) for text in texts))
