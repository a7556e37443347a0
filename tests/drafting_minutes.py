"""Minutes made of a few sentences, for tests of what is drafted from them. All is invented."""

from __future__ import annotations

from collections.abc import Sequence

from kg.drafting.known import Known
from kg.drafting.model import Draft
from kg.drafting.positions import draft_positions
from kg.minutes.model import Decision, Header, Minutes, Participant, Record, Role, Speech
from kg.traced import taken

PEOPLE = {
    "fi": (
        ("Aino Rantala", "STM"),
        ("Veikko Salmela", "SM"),
        ("Helmi Kivelä", "Kuntaliitto"),
        ("Pia Lind", "VM"),
    ),
    "sv": (
        ("Anna Berg", "FM"),
        ("Lars Holm", "JM"),
        ("Karin Ek", "Migrationsverket"),
        ("Ove Sund", "SHM"),
    ),
    "en": (
        ("Mary Hale", "HM Treasury"),
        ("John Reed", "Home Office"),
        ("Ann Frost", "Quillon Systems"),
        ("Tom Birch", "DHSC"),
    ),
}
NOTHING = Known()

Found = list[tuple[str, str, str]]


def minutes_of(
    language: str,
    talk: Sequence[tuple[str | None, str]],
    decided: Sequence[str] = (),
) -> Minutes:
    """Entries of (speaker's name, text) under item 1; a record where nobody speaks."""
    people = dict(PEOPLE[language])
    whole = "\n".join(text for _, text in talk)
    entries: list[Speech | Record] = []
    at = 0
    for speaker, text in talk:
        passage = taken(whole, at, at + len(text))
        at += len(text) + 1
        if speaker is None:
            entries.append(Record("1", passage))
            continue
        name = speaker if speaker in people else None
        written = name.split()[-1] if name else speaker
        body = people.get(speaker)
        entries.append(Speech("1", written, name, "said", "statement", passage, body))
    decisions = [
        Decision("1", text, (whole.index(text), whole.index(text) + len(text))) for text in decided
    ]
    return Minutes(
        header=Header(language),
        start=None,
        end=None,
        participants=tuple(
            Participant(name, None, organisation, Role.MEMBER, True, (0, 1))
            for name, organisation in people.items()
        ),
        items=(),
        entries=tuple(entries),
        decisions=tuple(decisions),
        actions=(),
        next_meeting=None,
        remarks=(),
    )


def drafts_of(language: str, *talk: tuple[str | None, str], known: Known = NOTHING) -> list[Draft]:
    """The drafts of some talk."""
    return list(draft_positions(minutes_of(language, talk), known))


def found_in(language: str, *talk: tuple[str | None, str]) -> Found:
    """Holder, stance and basis of each draft of some talk."""
    return [(one.holder.name, one.stance, one.basis.value) for one in drafts_of(language, *talk)]
