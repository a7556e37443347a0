"""The rows of a DNA database, brought up to date with the codings that were once made from them.

Where a position says what an import makes of the row, the row stays as it is. Other rows are
changed, added or taken away, and each is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kg.coding.model import Meeting
from kg.dna.builder import Builder, fitting
from kg.dna.cleaning import clean
from kg.dna.codings import Import
from kg.dna.forms import Coded
from kg.dna.inserting import Inserter
from kg.dna.rows import Document, Entity
from kg.dna.stated import Codings, Named, Stated

Change = Callable[[], None]
DAY = 86_400
"""Seconds of a day, as DNA counts time."""


class Update:
    """One update; `inserters` write the statements of each type."""

    def __init__(
        self,
        made: Import,
        builder: Builder,
        codings: Codings,
        inserters: Mapping[int, Inserter],
    ) -> None:
        self.made, self.builder, self.codings, self.inserters = made, builder, codings, inserters
        for one in inserters.values():
            one.entities |= {name: number for number, name in made.ids.items()}
            one.documents |= {made.meeting(d.id): d.id for d in made.database.documents}
            one.contents |= made.contents
        self._told: list[str] = []

    def run(self, positions: Sequence[Stated]) -> list[str]:
        """Bring the rows up to date with these positions; tell in sentences what was done."""
        self._rename()
        self._documents()
        now = {one.id: one for one in positions}
        gone: list[int] = []
        kept: list[Stated] = []
        changed = 0
        for row in self.made.positions:
            known = now.pop(self.made.position(row), None)
            changes = None if known is None else self._changes(row, known)
            if known is None or changes is None:
                gone.append(row.statement)
                continue
            kept.append(known)
            for change in changes:
                change()
            changed += bool(changes)
        self.builder.remove(frozenset(gone))
        counts = (
            *_unsaid(kept),
            (len(gone), "statements that the codings do not have ({}): left out"),
            (changed, "statements that the codings have otherwise ({}): changed"),
            (len(now), "positions that the database does not have ({}): added"),
        )
        self._told += [what.format(number) for number, what in counts if number]
        inserter = self.inserters[self.made.forms[0].type]
        return [*self._told, *inserter.insert(list(now.values()))]

    def _rename(self) -> None:
        """Give entities the names that the codings have now."""
        variables = {one.id: one for one in self.made.database.variables}
        for number, name in self.made.ids.items():
            now, old = self.codings.named.get(name), self.made.entities[number]
            if now is not None and clean(old.value) not in now.label.values():
                wanted = now.name(self.made.options.language)
                new = self.builder.free_value(variables[old.variable_id], clean(wanted))
                self.builder.rename(number, new)
                self._told.append(f"“{old.value}” is called “{new}” now")
            if now is not None and self._known_otherwise(old, now):
                self._told.append(
                    f"“{old.value}” has other names or another note in the codings: its attributes "
                    "stay as they were, change them in DNA"
                )

    def _known_otherwise(self, entity: Entity, now: Named) -> bool:
        """Tell whether other names or the note are not those that an import makes of attributes."""
        alias, note = self.made.alias(entity), self.made.note(entity).get("note", {})
        return now.aliases != ((alias,) if alias else ()) or _differ(note, now.note)

    def _documents(self) -> None:
        """Give documents the titles and days that their meetings have now."""
        meetings = {one.id: one for one in self.codings.meetings}
        for document in self.made.database.documents:
            now = meetings.get(self.made.meeting(document.id))
            if now is not None:
                self._document(document, self.made.occasion(document), now)

    def _document(self, document: Document, was: Mapping[str, Any], now: Meeting) -> None:
        row = document
        if not set(was["label"].values()) & set(now.label.values()):
            title = Named(now.id, "", now.label).name(self.made.options.language)
            row = row._replace(title=fitting(clean(title)))
            self._told.append(f"document {row.id} is called “{row.title}” now")
        if days := (now.date - date.fromisoformat(was["date"])).days:
            row = row._replace(date=row.date + days * DAY)
            self._told.append(f"document {row.id} is of {now.date} now, not {was['date']}")
        self.builder.documents[row.id] = row
        other_note = _differ(was["document"].get("note"), now.document.note)
        if other_note or was["coding"]["coder"] != now.coding.coder:
            self._told.append(
                f"document {row.id} has another coder or note in the codings: the row's stay as "
                "they were, change them in DNA"
            )

    def _changes(self, row: Coded, now: Stated) -> list[Change] | None:
        """What to do with the row of a position; None where DNA cannot hold what it says now."""
        value = self._value(row, now.position.stance)
        if value is None:
            return None
        changes = list(self._moves(row, now))
        if value != row.value:
            qualifier = row.form.qualifier
            changes.append(lambda: self.builder.set_number(row.statement, qualifier, value))
        return changes

    def _value(self, row: Coded, stance: str) -> int | None:
        """The value of the qualifier for a stance: the old one, where that is as good."""
        if row.form.stance(row.value) == stance:
            return row.value
        value, variable = row.form.value(stance), row.form.qualifier.variable
        if value is None:
            self._told.append(f"statement {row.statement}: {variable} cannot say “{stance}”")
        elif row.form.stance(value) != stance:
            self._told.append(f"statement {row.statement}: “{stance}” becomes {variable} = {value}")
        return value

    def _moves(self, row: Coded, now: Stated) -> Iterator[Change]:
        """What to do so that a row says who holds which proposition, and where."""
        made, number, inserter = self.made, row.statement, self.inserters[row.form.type]
        if (made.holder(row), made.body(row)) != (now.position.holder, now.body):
            yield lambda: inserter.set_actor(number, now)
        if made.ids[row.concept] != now.position.proposition:
            yield lambda: inserter.set_concept(number, now)
        if now.place and now.place != made.place(row):
            units = made.contents[row.document].units(*now.place)
            yield lambda: self.builder.move(number, units)


def _differ(was: Mapping[str, str] | None, now: Mapping[str, str] | None) -> bool:
    """Tell whether texts are other ones now; one in a further language does not count."""
    old, new = set((was or {}).values()), set((now or {}).values())
    return not old & new if old else bool(new)


def _unsaid(positions: Sequence[Stated]) -> Iterator[tuple[int, str]]:
    """What codings say of positions whose rows stay, and the rows cannot."""
    held = (one for one in positions if one.speaker != one.position.holder)
    yield sum(1 for _ in held), "positions that another than the holder states ({}): not said"
    conditions = sum(bool(one.position.condition) for one in positions)
    yield conditions, "positions with conditions ({}): DNA does not hold the conditions"
