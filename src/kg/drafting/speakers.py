"""Who speaks in an entry, and whose view a stance then is."""

from __future__ import annotations

from kg.drafting.directory import Directory
from kg.drafting.lexicon import Lexicon
from kg.drafting.model import Basis, Holder, HolderType
from kg.drafting.subjects import Speaking
from kg.drafting.words import spelled, words_of
from kg.minutes.model import Minutes, Record, Speech


class Speakers:
    """The speakers of one memo as holders."""

    def __init__(self, minutes: Minutes, directory: Directory, lexicon: Lexicon) -> None:
        self._directory = directory
        self._lexicon = lexicon
        self._organisations = {
            one.name: one.organisation for one in minutes.participants if one.organisation
        }

    def of(self, entry: Speech | Record) -> Speaking:
        """Who speaks: a person, else a body, else whoever the memo names without telling who."""
        if isinstance(entry, Record):
            return Speaking(None, None, None)
        person = self._directory.people.get(entry.speaker_name or "")
        body = self.body_of(entry.speaker_name or "") or self._body(entry)
        voice = person or body or Holder(self._written(entry.speaker), HolderType.UNNAMED)
        return Speaking(person, body, voice, last=body)

    def body_of(self, name: str) -> Holder | None:
        """The body that a participant represents."""
        organisation = self._organisations.get(name)
        return self._directory.body(organisation) if organisation else None

    def _body(self, entry: Speech) -> Holder | None:
        """The body that speaks by itself, called as written where that is part of its name."""
        written = self._written(entry.speaker)
        words = words_of(written, self._lexicon.clitics)
        if not entry.body:
            named = (one.holder for one in self._directory.mentions(words))
            found = next((one for one in named if one.type is HolderType.BODY), None)
            is_body = words and words[-1].lower in self._lexicon.words("body_endings")
            return found or (Holder(written, HolderType.BODY) if is_body else None)
        part = written and written != entry.body and written in entry.body
        return self._directory.body(written if part else entry.body)

    def _written(self, speaker: str) -> str:
        """The words for a speaker without an article."""
        words = words_of(speaker, self._lexicon.clitics)
        articles = self._lexicon.words("determiners")
        return spelled([word for word in words if word.lower not in articles]) or speaker


def basis_of(holder: Holder, entry: Speech | Record, speaking: Speaking) -> Basis:
    """Whose view a stance is, seen from who speaks."""
    if holder.type is not HolderType.BODY and holder == (speaking.person or speaking.voice):
        return Basis.PERSONAL
    if holder == speaking.body:
        return Basis.OWN
    if isinstance(entry, Record):
        return Basis.PERSONAL if holder.type is HolderType.PERSON else Basis.OWN
    return Basis.REPORTED
