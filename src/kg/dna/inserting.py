"""Positions of codings as new statements of a DNA database, with their documents and entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from kg.dna import template
from kg.dna.builder import Builder, fitting
from kg.dna.cleaning import clean
from kg.dna.forms import LONG, SHORT, Form, polarities
from kg.dna.offsets import Content
from kg.dna.rows import Coder, Document, Variable
from kg.dna.stated import Codings, Named, Occasion, Stated
from kg.names import DEFAULT_BASE, mint
from kg.source import Source

# Okabe and Ito's colours, which people with any colour vision tell apart
# (https://jfly.uni-koeln.de/color/).
COLOURS = (
    *((0, 114, 178), (230, 159, 0), (0, 158, 115), (213, 94, 0)),
    *((86, 180, 233), (204, 121, 167), (240, 228, 66)),
)
BLACK = (0, 0, 0)
# DNA's numbers of strength: the polarity of a stance in hundredths.
STRENGTH = 100


class Inserter:
    """Adds statements to a database under change; `entities` knows the rows of ids.

    `documents` are the documents that are there already, by the id of their meeting, `contents`
    their texts.
    """

    def __init__(
        self,
        builder: Builder,
        form: Form,
        codings: Codings,
        sources: Mapping[str, Source],
        language: str,
        base: str = DEFAULT_BASE,
        documents: Mapping[str, int] | None = None,
        contents: Mapping[int, Content] | None = None,
    ) -> None:
        self.builder, self.form, self.codings = builder, form, codings
        self.sources, self.language, self.base = sources, language, base
        self.documents, self.contents = dict(documents or {}), dict(contents or {})
        self.entities: dict[str, int] = {}
        self._told: Counter[str] = Counter()
        self._colours = 0

    def insert(self, positions: Sequence[Stated]) -> list[str]:
        """Add the positions; tell in sentences what DNA does not hold of them."""
        by_occasion: dict[str, list[Stated]] = defaultdict(list)
        for one in positions:
            if self.form.value(one.position.stance) is None:
                self._told["undecided positions ({}): a boolean qualifier cannot say it"] += 1
            else:
                by_occasion[one.occasion.id].append(one)
        for together in by_occasion.values():
            self._insert(together)
        return [what.format(number) for what, number in self._told.items()]

    def _insert(self, positions: Sequence[Stated]) -> None:
        """Add the positions of one document."""
        occasion = positions[0].occasion
        number = self.documents.get(occasion.id)
        coder = self._coder(occasion, number)
        if number is None:
            content, places = self._text(occasion, positions)
            number = self._document(occasion, content, coder)
        else:
            content = self.contents[number]
            places = [self._in_text(one, content) for one in positions]
        for one, place in zip(positions, places, strict=True):
            row = self.builder.statement(self.form, number, content.units(*place), coder)
            self._values(row, one)

    def _coder(self, occasion: Occasion, document: int | None) -> int:
        """Who coded a document: the coder of that name, else the row's own, else a new one."""
        name = occasion.meeting.coding.coder if occasion.meeting else "Coder"
        of_row = self.builder.documents[document].coder if document is not None else None
        if of_row is not None and name not in {one.name for one in self.builder.coders.values()}:
            return of_row
        named = fitting(clean(name))

        def make(number: int) -> Coder:
            return template.coder(number, named, COLOURS[number % len(COLOURS)])

        return self.builder.coder(named, make)

    def _text(
        self, occasion: Occasion, positions: Sequence[Stated]
    ) -> tuple[Content, list[tuple[int, int]]]:
        """The text of a document with the places of positions: the true one, or one of phrases."""
        source = self.sources.get(occasion.document.sha256 or "")
        if source is not None:
            content = Content(source.text)
            return content, [self._in_text(one, content) for one in positions]
        self._told[
            "documents without their text ({}): phrases stand in for it, one a line; give --sources"
        ] += 1
        lines = [self._phrase(one) for one in positions]
        places, start = [], 0
        for line in lines:
            places.append((start, start + len(line)))
            start += len(line) + 1
        return Content("\n".join(lines)), places

    def _in_text(self, one: Stated, content: Content) -> tuple[int, int]:
        place = one.place
        if place and place[0] < place[1] <= len(content.text):
            return place
        self._told["positions without a place in the text ({}): put at its first sign"] += 1
        return 0, 1

    def _phrase(self, one: Stated) -> str:
        """What stands for the passage of a position."""
        proposition = self.codings.named.get(one.position.proposition)
        label = proposition.name(self.language) if proposition else one.position.proposition
        return clean(one.position.quote or label)

    def _document(self, occasion: Occasion, content: Content, coder: int) -> int:
        meeting, document = occasion.meeting, occasion.document
        label = (meeting.label if meeting else document.label) or {}
        title = Named(occasion.id, "", label).name(self.language)
        held = self.codings.named.get(meeting.held_by) if meeting else None
        authors = [self.codings.named[one] for one in document.author if one in self.codings.named]
        written = (title, self._names(authors), self._names([held] if held else []))
        author, source = (fitting(clean(one)) for one in written[1:])
        kind = "meeting" if meeting else "document"
        told = (occasion.id, document.file_name, document.sha256)
        notes = "\n".join(
            mint(one, self.base) if one == occasion.id else one for one in told if one
        )

        def make(number: int) -> Document:
            short = fitting(clean(title))
            text = content.text or " "
            when = _seconds(occasion)
            return Document(number, short, text, coder, author, source, "", notes, kind, when)

        self.documents[occasion.id] = self.builder.document(make)
        return self.documents[occasion.id]

    def _names(self, named: Sequence[Named]) -> str:
        return ", ".join(one.name(self.language) for one in named)

    def _values(self, row: int, one: Stated) -> None:
        position, form = one.position, self.form
        self.set_actor(row, one)
        self.set_concept(row, one)
        value = form.value(position.stance)
        assert value is not None  # `insert` leaves those out
        self.builder.set_number(row, form.qualifier, value)
        further = self._further(one) if form is template.NEW else {}
        for variable in self.builder.variables_of(form.type):
            self._fill(row, variable, further.get(variable))
        if form is not template.NEW and one.basis == "reported" and one.speaker:
            self._told["reported positions ({}): this database does not say who reports them"] += 1
        if position.condition:
            self._told["positions with conditions ({}): DNA does not hold the conditions"] += 1

    def set_actor(self, row: int, one: Stated) -> None:
        """Give a statement its holder: a person with the body that he or she speaks for, or that.

        DNA knows persons and organisations; a group or an unnamed holder counts as the latter.
        """
        holder = self.codings.named.get(one.position.holder)
        is_person = holder is not None and holder.type == "Person"
        body = one.body if is_person else one.position.holder
        self._set(row, self.form.person, one.position.holder if is_person else None)
        self._set(row, self.form.organisation, body)

    def set_concept(self, row: int, one: Stated) -> None:
        """Give a statement its concept."""
        self._set(row, self.form.concept, one.position.proposition)

    def _set(self, row: int, variable: Variable | None, name: str | None) -> None:
        """Give a statement an entity by its id; the blank one, as DNA does, where there is none."""
        if variable is not None:
            blank = name is None
            entity = (
                self.builder.entity(variable, "") if blank else self._entity(variable, name or "")
            )
            self.builder.set_text(row, variable, entity)

    def _entity(self, variable: Variable, name: str) -> int:
        known = self.entities.get(name)
        if known is not None and self.builder.entities[known].variable_id == variable.id:
            return known
        named = self.codings.named.get(name) or Named(name, "", {})
        label = clean(named.name(self.language))
        value = self.builder.free_value(variable, label)
        if value != label:
            self._told["names over 190 signs, or of two things ({}): cut, or numbered"] += 1
        made = self.builder.entity(variable, value, self._colour(variable))
        self._attributes(made, variable, named)
        self.entities[name] = made
        return made

    def _colour(self, variable: Variable) -> tuple[int, int, int]:
        if variable != self.form.organisation:
            return BLACK
        self._colours += 1
        return COLOURS[(self._colours - 1) % len(COLOURS)]

    def _attributes(self, entity: int, variable: Variable, named: Named) -> None:
        """Give an entity its attributes, as far as the variable has attributes of these names."""
        told = {
            "Type": named.type,
            "Alias": "; ".join(named.aliases),
            "Notes": Named("", "", named.note).name(self.language) if named.note else "",
            "IRI": mint(named.id, self.base) if self.base else "",
        }
        there = {
            one.attribute_variable: one.id
            for one in self.builder.attribute_variables.values()
            if one.variable_id == variable.id
        }
        for name, value in told.items():
            if name in there and value:
                self.builder.attribute(entity, there[name], clean(value))

    def _further(self, one: Stated) -> dict[Variable, str | int]:
        """The values of the variables that only a new database has."""
        position = one.position
        speaker = self.codings.named.get(one.speaker or "")
        issue = self.codings.issues.get(position.proposition)
        note = Named("", "", position.note).name(self.language) if position.note else ""
        return {
            template.STANCE: position.stance,
            template.STRENGTH: round(polarities()[position.stance] * STRENGTH),
            template.BASIS: one.basis,
            template.SPEAKER: speaker.name(self.language) if speaker else "",
            template.ISSUE: self.codings.named[issue].name(self.language) if issue else "",
            template.CONFIDENCE: position.confidence,
            template.QUOTE: position.quote or "",
            template.NOTE: note,
        }

    def _fill(self, row: int, variable: Variable, value: str | int | None) -> None:
        """Give a statement the value of a further variable: as DNA does, also where it is blank."""
        form = self.form
        if variable in (form.person, form.organisation, form.concept, form.qualifier):
            return
        if variable.data_type == SHORT:
            entity = self.builder.entity(variable, fitting(clean(str(value or ""))))
            self.builder.set_text(row, variable, entity)
        elif variable.data_type == LONG:
            self.builder.set_long(row, variable, str(value or ""))
        else:
            self.builder.set_number(row, variable, int(value or 0))


def _seconds(occasion: Occasion) -> int:
    """When a meeting began, or on which day a document is dated, in seconds from 1970 in UTC."""
    meeting = occasion.meeting
    if meeting and meeting.actual_start:
        begun = meeting.actual_start
        return int((begun if begun.tzinfo else begun.replace(tzinfo=UTC)).timestamp())
    day = meeting.date if meeting else occasion.document.dated
    return int(datetime.combine(day, time(), UTC).timestamp()) if day else 0
