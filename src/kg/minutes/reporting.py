"""Reporting clauses: the speakers that a sentence names, and the verb by which they speak."""

from __future__ import annotations

from dataclasses import dataclass

from kg.minutes.lexicon import Form
from kg.minutes.speakers import Mention


@dataclass(frozen=True, slots=True)
class Clause:
    """Speakers, one or several at once, and their verb; `at` is where the clause begins.

    `verb` is empty where only a colon tells that somebody speaks. `form` is None for a verb that no
    list has; `according`: “according to X”; `joined`: “The board asked … and X said”. `before` is
    where the clause ends that this one follows in its sentence. `written`: what a body has said in
    writing, which is its turn at the meeting.
    """

    speakers: tuple[Mention, ...]
    verb: str
    act: str
    at: int = 0
    form: Form | None = None
    perfect: bool = False
    according: bool = False
    joined: bool = False
    before: int = 0
    written: bool = False

    @property
    def first(self) -> Mention:
        """The first of the speakers."""
        return self.speakers[0]
