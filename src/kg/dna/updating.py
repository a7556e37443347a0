"""The rows of a DNA database, brought up to date with the codings that were once made from them.

Where a position says what an import makes of the row, the row stays as it is. Other rows are
changed, added or taken away, and each is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.dna.builder import Builder
from kg.dna.cleaning import clean
from kg.dna.codings import Import
from kg.dna.forms import Coded
from kg.dna.inserting import Inserter
from kg.dna.stated import Codings, Stated

Change = Callable[[], None]


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
        now = {one.id: one for one in positions}
        gone, changed = [], 0
        for row in self.made.positions:
            known = now.pop(self.made.position(row), None)
            changes = None if known is None else self._changes(row, known)
            if changes is None:
                gone.append(row.statement)
                continue
            for change in changes:
                change()
            changed += bool(changes)
        self.builder.remove(frozenset(gone))
        counts = (
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
