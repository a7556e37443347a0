"""A DNA database as codings: each document an occasion, each position a speech act in it.

The mapping is told in docs/dna.md. Every id follows from the rows alone, so that an export knows
again what an import made of a row: statement 12 of document 3 in *sample* is the position
``sample-d3/s12/p1``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from kg.coding.identify import identify
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import is_sequence, plain
from kg.dna.cleaning import clean
from kg.dna.forms import Coded, Form, Uncoded, Wanted, coded, forms
from kg.dna.offsets import Content
from kg.dna.rows import Database, Document, Entity
from kg.names import CONTEXT, passage_id, slug

ALIAS = "alias"
"""The attribute of an entity that is another name of it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Options:
    """What an import cannot know: the coding's day and language, the variables, the issues.

    `issues_by` names an attribute of concepts: those with the same value answer one issue.
    """

    coded_on: date
    language: str = "en"
    wanted: Wanted = field(default_factory=Wanted)
    issues_by: str = ""


@dataclass(frozen=True)
class Import:
    """A database seen as codings; `name` begins every id."""

    database: Database
    name: str
    options: Options

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The statement types that are positions."""
        return forms(self.database, self.options.wanted)

    @cached_property
    def _statements(self) -> tuple[Coded | Uncoded, ...]:
        return tuple(coded(self.database, self.forms))

    @cached_property
    def contents(self) -> Mapping[int, Content]:
        """The texts of the documents, by document."""
        return {one.id: Content(one.text) for one in self.database.documents}

    @cached_property
    def positions(self) -> tuple[Coded, ...]:
        """The statements that are positions, with a place in their document."""
        return tuple(one for one in self._statements if isinstance(one, Coded) and self.place(one))

    @cached_property
    def uncoded(self) -> tuple[Uncoded, ...]:
        """The statements of these types that are none, and why."""
        unplaced = "stands outside its document, or holds white space only"
        return tuple(
            one if isinstance(one, Uncoded) else Uncoded(one.statement, one.document, unplaced)
            for one in self._statements
            if isinstance(one, Uncoded) or not self.place(one)
        )

    def place(self, one: Coded) -> tuple[int, int] | None:
        """The range of a statement in code points, without white space at its ends."""
        content = self.contents.get(one.document)
        return content.trimmed(*content.points(one.start, one.stop)) if content else None

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """The id of each entity: its name after that of the database, numbered where two agree."""
        found: dict[int, str] = {}
        taken: set[str] = set()
        for one in self.entities.values():
            readable = f"{self.name}/{slug(one.value) or f'e{one.id}'}"
            name, number = readable, 1
            while name in taken:
                number += 1
                name = f"{readable}-{number}"
            taken.add(name)
            found[one.id] = name
        return found

    @cached_property
    def kinds(self) -> Mapping[int, str]:
        """What the entities of a variable are: Person, Body or Proposition."""
        kinds: dict[int, str] = {}
        for form in self.forms:
            kinds |= {form.person.id: "Person"} if form.person else {}
            kinds |= {form.organisation.id: "Body"} if form.organisation else {}
            kinds[form.concept.id] = "Proposition"
        return kinds

    @cached_property
    def entities(self) -> Mapping[int, Entity]:
        """The entities that become people, bodies and propositions, by variable and number."""
        found = [
            e for e in self.database.entities if e.variable_id in self.kinds and clean(e.value)
        ]
        return {one.id: one for one in sorted(found, key=lambda e: (e.variable_id, e.id))}

    @cached_property
    def attributes(self) -> Mapping[int, Mapping[str, str]]:
        """The attributes of each entity that have a value."""
        names = {one.id: one.attribute_variable for one in self.database.attribute_variables}
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for one in self.database.attribute_values:
            if value := clean(one.attribute_value):
                found[one.entity_id][names.get(one.attribute_variable_id, "")] = value
        return found

    def meeting(self, document: int) -> str:
        """The id of the meeting that a document stands for."""
        return f"{self.name}-d{document}"

    def position(self, one: Coded) -> str:
        """The id of the position that a statement is."""
        return f"{self.meeting(one.document)}/s{one.statement}/p1"

    def body(self, one: Coded) -> str | None:
        """The id of the organisation that a person speaks for: of the statement, else of another.

        In APRO a person represents a body at a meeting, so that a statement without one counts for
        the body of the person's other statements in the document.
        """
        if one.person is None:
            return None
        found = one.organisation or self._bodies.get((one.document, one.person))
        return self.ids[found] if found is not None else None

    @cached_property
    def _bodies(self) -> Mapping[tuple[int, int], int]:
        """The first organisation of each person in each document, in the order of the text."""
        found: dict[tuple[int, int], int] = {}
        for one in sorted(self.positions, key=in_text):
            if one.person is not None and one.organisation is not None:
                found.setdefault((one.document, one.person), one.organisation)
        return found

    def holder(self, one: Coded) -> str:
        """The id of who holds it: the person, else the organisation."""
        entity = one.person if one.person is not None else one.organisation
        assert entity is not None  # `coded` leaves out statements without both
        return self.ids[entity]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of a folder of codings, by path."""
        for folder, entities in (("authorities", self._actors()), ("issues", self._issues())):
            yield f"{folder}/{self.name}.yaml", _written({"entities": list(entities)})
        for document in self.database.documents:
            name = self.meeting(document.id)
            yield f"meetings/{name}.yaml", _written(self.occasion(document))
            yield f"sources/{self._file(document)}", self.contents[document.id].raw

    @cached_property
    def _by_document(self) -> Mapping[int, Sequence[Coded]]:
        found: dict[int, list[Coded]] = defaultdict(list)
        for one in self.positions:
            found[one.document].append(one)
        return found

    def occasion(self, document: Document) -> dict[str, Any]:
        """The meeting that a document becomes, as in its file but for ids that the tool writes."""
        return self._meeting(document, self._by_document.get(document.id, ()))

    def _words(self, text: str) -> dict[str, str]:
        return {self.options.language: text}

    def _actors(self) -> Iterator[dict[str, Any]]:
        label = self._words(f"The discourse in the DNA database {self.name}")
        yield {"id": self.name, "type": "WorkingBody", "label": label}
        for one in self.entities.values():
            kind, alias = self.kinds[one.variable_id], self.alias(one)
            if kind == "Person":
                named = {"name": clean(one.value), **({"otherNames": [alias]} if alias else {})}
            elif kind == "Body":
                named = self._labelled(one, alias)
            else:
                continue
            yield {"id": self.ids[one.id], "type": kind, **named, **self.note(one)}

    def _labelled(self, one: Entity, alias: str) -> dict[str, Any]:
        other = {"altLabel": {self.options.language: [alias]}} if alias else {}
        return {"label": self._words(clean(one.value)), **other}

    def alias(self, one: Entity) -> str:
        """The other name of an entity, or no text."""
        named = {name.lower(): value for name, value in self.attributes.get(one.id, {}).items()}
        alias = named.get(ALIAS, "")
        return alias if alias != clean(one.value) else ""

    def note(self, one: Entity) -> dict[str, Any]:
        """The key `note` with the other attributes of an entity; nothing where it has none."""
        return self._noted(
            f"{name}: {value}"
            for name, value in self.attributes.get(one.id, {}).items()
            if name.lower() != ALIAS
        )

    def _noted(self, parts: Iterator[str]) -> dict[str, Any]:
        text = clean("; ".join(parts))
        return {"note": self._words(text)} if text else {}

    def _issues(self) -> Iterator[dict[str, Any]]:
        groups: dict[tuple[str, str], list[Entity]] = {}
        for one in self.entities.values():
            if self.kinds[one.variable_id] == "Proposition":
                groups.setdefault(self._issue(one), []).append(one)
        for (name, label), concepts in groups.items():
            propositions = [
                {
                    "id": self.ids[one.id],
                    "type": "Proposition",
                    **self._labelled(one, self.alias(one)),
                    **self.note(one),
                }
                for one in concepts
            ]
            labelled = {"id": name, "type": "Issue", "label": self._words(label)}
            yield {**labelled, "propositions": propositions}

    def _issue(self, one: Entity) -> tuple[str, str]:
        """The id and label of the issue that a concept answers."""
        wanted = self.options.issues_by
        group = self.attributes.get(one.id, {}).get(wanted, "") if wanted else ""
        if group:
            return f"{self.name}/issue/{slug(group) or f'e{one.id}'}", group
        return f"{self.ids[one.id]}/issue", clean(one.value)

    def _file(self, document: Document) -> str:
        return f"{self.meeting(document.id)}.txt"

    def _meeting(self, document: Document, positions: Sequence[Coded]) -> dict[str, Any]:
        name = self.meeting(document.id)
        title = self._words(clean(document.title) or f"Document {document.id}")
        ordered = sorted(positions, key=in_text)
        entries = [self._entry(one, number) for number, one in enumerate(ordered, start=1)]
        return {
            "id": name,
            "type": "Meeting",
            "label": title,
            "heldBy": self.name,
            "date": day(document.date),
            "coding": {
                "coder": self._coders(document, positions),
                "codedOn": self.options.coded_on.isoformat(),
                "status": "accepted",
            },
            "document": self._document(document, title),
            "participants": self._participants(ordered),
            "items": [{"number": "1", "label": title, "entries": entries}],
        }

    def _coders(self, document: Document, positions: Sequence[Coded]) -> str:
        names = {one.id: clean(one.name) for one in self.database.coders}
        numbers = sorted({one.coder for one in positions if one.coder}) or [document.coder or 0]
        found = (names.get(number) or f"coder {number}" for number in numbers)
        return ", ".join(dict.fromkeys(found))

    def _document(self, document: Document, title: Mapping[str, str]) -> dict[str, Any]:
        content = self.contents[document.id]
        fields = ("author", "source", "section", "type", "notes")
        told = ((one.capitalize(), clean(getattr(document, one))) for one in fields)
        return {
            "id": f"{self.meeting(document.id)}/document",
            "label": title,
            "fileName": self._file(document),
            "sha256": content.sha256,
            "characters": len(content.filed),
            "dated": day(document.date),
            **self._noted(f"{key}: {value}" for key, value in told if value),
        }

    def _participants(self, positions: Sequence[Coded]) -> list[dict[str, Any]]:
        pairs = dict.fromkeys((one.person, one.organisation) for one in positions)
        return [
            {
                **({"person": self.ids[person]} if person is not None else {}),
                **({"represents": self.ids[body]} if body is not None else {}),
                "role": "other",
            }
            for person, body in pairs
        ]

    def _entry(self, one: Coded, number: int) -> dict[str, Any]:
        meeting, place = self.meeting(one.document), self.place(one)
        assert place is not None  # `positions` have one
        document = f"{meeting}/document"
        name = passage_id(document, *place)
        span = {"start": place[0], "end": place[1]}
        at = {"id": name, "type": "Passage", "of": document, **span}
        both = one.person is not None and one.organisation is not None
        return {
            "id": f"{meeting}/s{one.statement}",
            "type": "SpeechAct",
            "sequence": number,
            "speaker": self.holder(one),
            **({"represents": self.ids[one.organisation]} if both and one.organisation else {}),
            "act": "statement",
            "at": at,
            "positions": [self._position(one, at)],
        }

    def _position(self, one: Coded, at: Mapping[str, Any]) -> dict[str, Any]:
        form = one.form
        raw = f"{form.qualifier.variable} = {one.value} ({form.lowest} to {form.highest})"
        numbered = form.qualifier.data_type == "integer"
        return {
            "id": self.position(one),
            "holder": self.holder(one),
            "proposition": self.ids[one.concept],
            "stance": form.stance(one.value),
            "at": dict(at),
            **(self._noted(iter([raw])) if numbered else {}),
        }


def in_text(one: Coded) -> tuple[int, int]:
    """The order of statements in a document."""
    return one.start, one.statement


def day(seconds: int) -> str:
    """The day of a time of DNA: seconds from 1970 in UTC.

    >>> day(1052352000), day(-1)
    ('2003-05-08', '1969-12-31')
    """
    return (_EPOCH + timedelta(seconds=seconds)).date().isoformat()


def _written(data: Mapping[str, Any]) -> bytes:
    """The text of a coding file, with the ids that a writer leaves to the tool."""
    tree = _commented({"@context": CONTEXT, **data})
    identify(tree)
    return yaml_text(plain(tree)).encode()


def _commented(data: Any) -> Any:
    if isinstance(data, Mapping):
        return CommentedMap((key, _commented(value)) for key, value in data.items())
    return CommentedSeq(map(_commented, data)) if is_sequence(data) else data
