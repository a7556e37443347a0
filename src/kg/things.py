"""What there is, by name, and how it hangs together: the property graph behind the views.

One query gives every text of every thing, whatever its language; which text a reader sees is
decided here: the one in the reader's language, else English, Finnish, Swedish, then untagged text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

import pyoxigraph as ox

from kg.codes import LANGUAGES, Language, code_lists
from kg.names import DEFAULT_BASE, shorten, term
from kg.queries import NamedQuery, bind, load_query
from kg.resources import queries_dir
from kg.statements import Label
from kg.store import GraphStore

KINDS: Mapping[str, str] = {
    "WorkingBody": "workingBody",
    "Body": "body",
    "Person": "person",
    "Group": "group",
    "UnnamedHolder": "unnamed",
    "Participation": "participation",
    "Issue": "issue",
    "Proposition": "proposition",
    "Argument": "argument",
    "Meeting": "meeting",
    "AgendaItem": "item",
    "SpeechAct": "speech",
    "Entry": "record",
    "AlignmentClaim": "claim",
    "Report": "report",
    "Decision": "decision",
    "ActionItem": "action",
    "ReformProject": "project",
    "Programme": "programme",
    "Measure": "measure",
    "Statute": "statute",
    "Study": "study",
    "Recommendation": "recommendation",
    "Event": "event",
    "SourceDocument": "document",
}
"""The kind of a thing by its class; of several classes of one thing the first here counts."""

_KIND_OF = {term(name): kind for name, kind in KINDS.items()}
_RANK = {kind: rank for rank, kind in enumerate(KINDS.values())}
_OWN = {
    term("number"): "number",
    term("sequence"): "sequence",
    term("quote"): "quote",
    term("asWritten"): "asWritten",
    term("present"): "present",
    term("earlier"): "earlier",
    term("partiesImplied"): "partiesImplied",
    term("dcterms:abstract"): "summary",
    term("dcterms:date"): "date",
    term("dcterms:issued"): "date",
    term("dcterms:identifier"): "identifier",
    term("prov:startedAtTime"): "start",
    term("prov:endedAtTime"): "end",
    term("schema:jobTitle"): "title",
    term("schema:location"): "place",
    term("skos:note"): "note",
}
_CODES = {
    term("actType"): ("act", "act"),
    term("alignment"): ("alignment", "alignment"),
    term("progress"): ("progress", "progress"),
    term("org:role"): ("role", "role"),
    term("adms:status"): ("status", "coding-status"),
}
_ABBREVIATION, _NAME, _LABEL = term("abbreviation"), term("foaf:name"), term("skos:prefLabel")
_ABSTRACT, _STATUS = term("dcterms:abstract"), term("adms:status")
_VALUE, _UNIT = term("schema:value"), term("schema:unitText")
_EARLIEST, _LATEST, _DATE_KIND = term("earliest"), term("latest"), term("dateKind")
_AS_WRITTEN, _PARAGRAPH = term("asWritten"), term("paragraph")
_START, _END = term("oa:start"), term("oa:end")
_FALLBACK = ("en", "fi", "sv", "")
_SHOWN = ("accepted", "proposed")

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Texts: TypeAlias = dict[str, set[str]]
"""Texts by language tag ("": untagged)."""
Said: TypeAlias = tuple[str, Label]
"""One of the values of a thing: its key and what it says."""


@dataclass(frozen=True)
class Thing:
    """A thing of the graph with what is said of it in words.

    `kind` is one of the values of `KINDS`: a key of the interface under ``thing``, except that a
    *participation* is never drawn. `label` is short (a body's abbreviation), `name` the whole name;
    what has neither goes by its summary, else by its shortened IRI. `values` holds literal facts:
    number, sequence, quote, summary, note, title, place, date, start, end (of a meeting),
    identifier, deadline, figure, and where the thing stands in its document: ``passage.paragraph``,
    ``passage.start`` and ``passage.end`` in characters. The codes act, role, progress, alignment
    and status are in words; ``act.code`` and so on hold their notations. What is dated imprecisely
    has ``dates``, or ``deadline``, in words; at the same place of ``dates.kind``,
    ``dates.earliest`` and ``dates.latest`` stand what kind of date it is and its first and last
    day (``deadline.earliest`` and ``deadline.latest``, too).
    """

    id: str
    kind: str
    label: Label
    name: Label
    values: Mapping[str, tuple[Label, ...]] = field(default_factory=dict, hash=False)

    def value(self, key: str) -> Label | None:
        """The first value of `key`, if there is one."""
        found = self.values.get(key)
        return found[0] if found else None

    def number(self, key: str) -> int | None:
        """The first value of `key` as a whole number, where it is one."""
        found = self.plain(key)
        return int(found) if found.isascii() and found.isdigit() and len(found) < 19 else None

    def plain(self, key: str) -> str:
        """The first value of `key` as text that no language changes: a code, a day; else ""."""
        found = self.value(key)
        return found.en if found else ""


@dataclass(frozen=True, order=True)
class Link:
    """A tie between two things, by their IRIs; `kind` is a key of the interface under ``tie``."""

    source: str
    kind: str
    target: str


@dataclass
class _Draft:
    """What the rows said of one thing so far: its kinds, and texts by part and property."""

    kinds: set[str] = field(default_factory=set)
    parts: dict[str, dict[str, Texts]] = field(default_factory=dict)

    def add(self, part: str, property_: str, text: ox.Literal) -> None:
        texts = self.parts.setdefault(part, {}).setdefault(property_, {})
        texts.setdefault(text.language or "", set()).add(text.value)

    def own(self, property_: str) -> Texts:
        return self.parts.get("", {}).get(property_, {})

    def with_part(self, *properties: str) -> list[Mapping[str, Texts]]:
        """The dates, figures or passages of the thing, by IRI: parts that have a property."""
        wanted = set(properties)
        found = (iri for iri, part in self.parts.items() if iri and wanted & part.keys())
        return [self.parts[iri] for iri in sorted(found)]


def read_things(
    store: GraphStore, base: str = DEFAULT_BASE, include_proposed: bool = False
) -> Mapping[str, Thing]:
    """Everything that views name, by IRI, in the order of the IRIs.

    Arguments that were only given for positions whose coding was rejected are left out, and those
    of proposed positions, too, unless these are included. Raises what the store raises.
    """
    query = load_query(queries_dir() / "internal" / "things.rq")
    drafts: dict[str, _Draft] = defaultdict(_Draft)
    for node, class_, part, property_, text in store.select(bind(query, {})).rows:
        draft = drafts[_iri(node)]
        draft.kinds.add(_KIND_OF[_iri(class_)])
        if isinstance(text, ox.Literal):
            draft.add(_iri(part), _iri(property_), text)
    shown = _SHOWN if include_proposed else _SHOWN[:1]
    return {
        iri: _thing(iri, drafts[iri], base) for iri in sorted(drafts) if _kept(drafts[iri], shown)
    }


def read_links(
    store: GraphStore,
    query: NamedQuery,
    terms: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
    include_proposed: bool = False,
) -> tuple[Link, ...]:
    """The ties that a query (source, link, target) finds, each once, in order.

    Raises what `kg.queries.bind` and the store raise.
    """
    rows = store.select(bind(query, terms or {}, include_proposed=include_proposed)).rows
    return tuple(
        sorted({Link(_iri(source), _iri(link), _iri(target)) for source, link, target in rows})
    )


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Values by key, in the order in which they come: what hangs on what, once links are read.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': (1, 3), 'b': (2,)}
    """
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _iri(found: object) -> str:
    """The text of a term; "" where a query left it unbound."""
    return found.value if isinstance(found, ox.NamedNode | ox.BlankNode | ox.Literal) else ""


def _kept(draft: _Draft, shown: tuple[str, ...]) -> bool:
    """Tell whether no position, or one that is shown, stands behind an argument."""
    if "argument" not in draft.kinds:
        return True
    statuses = _statuses(draft)
    return not statuses or any(status in statuses for status in shown)


def _statuses(draft: _Draft) -> set[str]:
    return {one for part in draft.parts.values() for one in _all(part.get(_STATUS, {}))}


def _all(texts: Texts) -> set[str]:
    return {text for same in texts.values() for text in same}


def _thing(iri: str, draft: _Draft, base: str) -> Thing:
    fallback = _best(draft.own(_ABSTRACT)) or Label.same(shorten(iri, base))
    name = _best(draft.own(_NAME)) or _best(draft.own(_LABEL)) or fallback
    values: dict[str, tuple[Label, ...]] = {}
    for said in (_own, _codes, _dates, _figures, _passage):
        for key, found in said(draft):
            values[key] = (*values.get(key, ()), found)
    kind = min(draft.kinds, key=_RANK.__getitem__)
    return Thing(iri, kind, _short(draft.own(_ABBREVIATION), name), name, values)


def _short(texts: Texts, name: Label) -> Label:
    """The abbreviation in a language, else the Finnish one, else the name: as statements do it."""
    found = (_text(texts, (language, "fi")) or name.get(language) for language in LANGUAGES)
    return Label(*found)


def _best(texts: Texts) -> Label | None:
    """The texts as a label; nothing where all of them are blank."""
    chosen = [_text(texts, (language, *_FALLBACK, *sorted(texts))) for language in LANGUAGES]
    return Label(*chosen) if all(chosen) else None


def _text(texts: Texts, order: Iterable[str]) -> str:
    """The text in the first of the languages that has one; several are joined."""
    for language in order:
        filled = [text for text in texts.get(language, ()) if text.strip()]
        if filled:
            return "; ".join(sorted(filled))
    return ""


def code_words(scheme: str, notation: str) -> Label:
    """The label of a code in the three languages; a code without one keeps its notation.

    >>> code_words("progress", "delayed").fi
    'viivästynyt'
    """
    code = code_lists().get(scheme, {}).get(notation)
    labels = code.labels if code else {}
    english = labels.get("en", notation)
    return Label(*(labels.get(language, english) for language in LANGUAGES))


def _own(draft: _Draft) -> Iterator[Said]:
    """What is said of the thing itself: a text in several languages is one, numbers are many."""
    for property_, texts in sorted(draft.parts.get("", {}).items()):
        key = _OWN.get(property_, "")
        if not key:
            continue
        if texts.keys() - {""}:
            words = _best(texts)
            yield from [(key, words)] if words else []
        else:
            yield from ((key, Label.same(text)) for text in sorted(texts.get("", ())))


def _codes(draft: _Draft) -> Iterator[Said]:
    """The codes of the thing in words and as notations; of several the first by notation."""
    for property_, (key, scheme) in _CODES.items():
        found = _statuses(draft) if property_ == _STATUS else _all(draft.own(property_))
        if found:
            yield key, code_words(scheme, min(found))
            yield f"{key}.code", Label.same(min(found))


def _dates(draft: _Draft) -> Iterator[Said]:
    """Imprecise dates as written, with the days that they can mean."""
    for part in draft.with_part(_EARLIEST, _LATEST):
        first, last = _plain(part, _EARLIEST), _plain(part, _LATEST)
        kind = _plain(part, _DATE_KIND)
        days = first if first == last else f"{first}–{last}"
        written = _plain(part, _AS_WRITTEN)
        when = days if written in ("", days) else f"{written} ({days})"
        key = "deadline" if kind == "deadline" else "dates"
        yield key, _named_date(kind, when)
        yield f"{key}.kind", Label.same(kind)
        yield f"{key}.earliest", Label.same(first or last)
        yield f"{key}.latest", Label.same(last or first)


def _named_date(kind: str, when: str) -> Label:
    """A date with what happens on it, except for deadlines, which are called so anyway."""
    if kind in ("", "deadline", "other"):
        return Label.same(when)
    words = code_words("date-kind", kind)
    return Label(*(f"{words.get(language)}: {when}" for language in LANGUAGES))


def _figures(draft: _Draft) -> Iterator[Said]:
    """Numbers with their unit, after what they count where that is told."""
    for part in draft.with_part(_VALUE):
        number = _plain(part, _VALUE)
        unit, what = _best(part.get(_UNIT, {})), _best(part.get(_LABEL, {}))
        yield "figure", Label(*(_figure(number, unit, what, one) for one in LANGUAGES))


def _figure(number: str, unit: Label | None, what: Label | None, language: Language) -> str:
    counted = f"{number} {unit.get(language)}" if unit else number
    return f"{what.get(language)}: {counted}" if what else counted


def _passage(draft: _Draft) -> Iterator[Said]:
    """Where the thing stands in its document: its first passage."""
    for part in sorted(draft.with_part(_START), key=_where)[:1]:
        for key, property_ in (("paragraph", _PARAGRAPH), ("start", _START), ("end", _END)):
            if found := _plain(part, property_):
                yield f"passage.{key}", Label.same(found)


def _where(part: Mapping[str, Texts]) -> tuple[int, str]:
    """Numbers in their order, though they are text here."""
    start = _plain(part, _START)
    return len(start), start


def _plain(part: Mapping[str, Texts], property_: str) -> str:
    """The text of a property that has one in no language; "" where there is none."""
    return _text(part.get(property_, {}), ("",))
