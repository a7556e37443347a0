"""Invented people and sections for the tests of what is said, decided and to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.minutes.model import AgendaItem, Participant, Role, Speech
from kg.minutes.sections import Section
from kg.minutes.speeches import Talk, read_entries
from kg.traced import taken

MEETING = date(2024, 3, 14)


def person(
    name: str,
    organisation: str | None = None,
    role: Role = Role.MEMBER,
    title: str | None = None,
    present: bool = True,
) -> Participant:
    """A participant; where the list has them does not matter here."""
    return Participant(name, title, organisation, role, present, (0, 1))


FINNISH = (
    person("Anna Rautio", "STM", Role.CHAIR),
    person("Pekka Mäki", "VM"),
    person("Liisa Lehto", "SM", title="ylijohtaja"),
    person("Juha Virtanen", "UM"),
    person("Kaisa Virtanen", "OM"),
    person("Outi Halko", "THL", Role.EXPERT),
    person("Sari Niemi", "Kuntaliitto"),
    person("Ville Kangas", None, Role.SECRETARY),
)
SWEDISH = (
    person("Eva Lund", "FM", Role.CHAIR),
    person("Karl Ek", "Finansdepartementet"),
    person("Maria Lindqvist", "SHM", title="direktör"),
    person("Olof Berg", "Skatteverket"),
    person("Nina Ask", "Kommunförbundet"),
    person("Tom Wikström", None, Role.SECRETARY),
)
ENGLISH = (
    person("Helen Carter", "Cabinet Office", Role.CHAIR),
    person("David Poole", "HM Treasury"),
    person("Ruth Marsh", "Defra", Role.VICE_CHAIR),
    person("Imran Shah", "British Library"),
    person("Sara Moss", "University of Leeds", title="Project manager"),
    person("Leo Grant", None, Role.SECRETARY),
)
PEOPLE = {"fi": FINNISH, "sv": SWEDISH, "en": ENGLISH}
BODIES = {
    "fi": "Lain uudistamista valmisteleva työryhmä",
    "sv": "Arbetsgruppen för skattefrågor",
    "en": "Open Data Board",
}


def blocks(text: str) -> tuple[Block, ...]:
    """Each line a block: an item of a list if a dash begins it, a row if it has tabs."""
    found, at = [], 0
    for line in text.split("\n"):
        kind = Kind.ITEM if line[:1] in {"-", "*"} else Kind.TEXT
        kind = Kind.ROW if "\t" in line else kind
        if line:
            found.append(Block(taken(text, at, at + len(line)), kind))
        at += len(line) + 1
    return tuple(found)


def talk(
    text: str,
    language: str,
    people: Sequence[Participant] | None = None,
    title: str = "Item",
) -> Talk:
    """What an item of a meeting of the language's people tells."""
    item = AgendaItem("1", title, (0, 1))
    return read_entries(
        [Section(item, blocks(text))],
        PEOPLE[language] if people is None else people,
        language,
        BODIES[language],
        MEETING,
        text,
    )


def speeches(found: Talk) -> list[Speech]:
    """Its speeches."""
    return [entry for entry in found.entries if isinstance(entry, Speech)]


def speakers(found: Talk) -> list[str]:
    """First names of those who speak, in order; “?” and the memo's words for anybody else."""
    return [
        one.speaker_name.split()[0] if one.speaker_name else f"?{one.speaker}"
        for one in speeches(found)
    ]
