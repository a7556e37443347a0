"""Asking for single values: a code, a holder, a proposition, a phrase, until one is usable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.codes import code_lists
from kg.coding.fields import MAX_QUOTE_WORDS
from kg.drafting.pieces import Piece
from kg.review.choices import Choice, exactly, near
from kg.review.wording import Wording
from kg.source import Source

NONE = "-"
NEW = "+"


class Listener(Protocol):
    """Whoever is asked."""

    def say(self, text: str = "") -> None:
        """Tell something."""

    def ask(self, prompt: str, candidates: Sequence[str] = ()) -> str:
        """One line of answer; raises `EOFError` at the end of the input."""


@dataclass(frozen=True)
class New:
    """Words for something that is not known yet."""

    words: str


@dataclass(frozen=True)
class Asker:
    """Asks in one language; an empty answer keeps what is there."""

    listener: Listener
    wording: Wording

    def code(self, key: str, scheme: str, present: str) -> str:
        """A code of a list."""
        prompt = self._prompt(key, self.wording.code(scheme, present))
        known = list(code_lists()[scheme])
        while given := self.listener.ask(prompt, known):
            if found := self.wording.notation(scheme, given):
                return found
            self._problem("code", given=given, known=", ".join(known))
        return present

    def text(self, key: str, present: str) -> str:
        """Any words."""
        return self.listener.ask(self._prompt(key, present)) or present

    def quote(self, piece: Piece, source: Source | None) -> str | None:
        """A phrase that stands in the place of a piece, None for none."""
        present = piece.data.get("quote")
        prompt = self._prompt("quote", present or NONE, empty=True)
        while given := self.listener.ask(prompt):
            if given == NONE:
                return None
            if _stands(given, piece, source):
                return given
            self._problem("quote", most=MAX_QUOTE_WORDS)
        return present

    def choice(self, key: str, present: str, choices: Sequence[Choice]) -> str:
        """One of those that are known, by its id."""
        found = self._chosen(key, present, choices, allow_new=False)
        assert not isinstance(found, New)
        return found

    def proposition(self, present: str, choices: Sequence[Choice]) -> str | New:
        """A known proposition by its id, or words for a new one."""
        return self._chosen("proposition", present, choices, allow_new=True)

    def condition(self, present: str | None, choices: Sequence[Choice]) -> str | New | None:
        """A known proposition by its id, words for a new one, or None for no condition."""
        shown = _label(present, choices) if present else NONE
        found = self._chosen("condition", present or "", choices, True, shown, empty=True)
        return None if found in ("", NONE) else found

    def _chosen(
        self,
        key: str,
        present: str,
        choices: Sequence[Choice],
        allow_new: bool,
        shown: str | None = None,
        empty: bool = False,
    ) -> str | New:
        prompt = self._prompt(key, shown or _label(present, choices), empty)
        while given := self.listener.ask(prompt, _candidates(choices)):
            if empty and given == NONE:
                return NONE
            if known := exactly(given, choices):
                return known.id
            if found := self._one_of(given, near(given, choices), allow_new):
                return found
        return present

    def _one_of(self, given: str, found: Sequence[Choice], allow_new: bool) -> str | New | None:
        """Which of those that are near is meant; None to write again."""
        if not found:
            self._problem("unknown", given=given)
            if not allow_new:
                return None
        for number, one in enumerate(found, start=1):
            self.listener.say(f"  {number}  {one.label}  ({one.id})")
        key = "ask.number" if allow_new else "ask.number_known"
        answer = self.listener.ask(f"{self.wording.say(key)}:")
        if allow_new and answer == NEW:
            return New(given)
        number = int(answer) if answer.isascii() and answer.isdigit() else 0
        return found[number - 1].id if 1 <= number <= len(found) else None

    def wording_or_known(self, present: str, choices: Sequence[Choice]) -> str | New:
        """Other words for a new proposition, or the id of the known one that it is the same as."""
        prompt = self._prompt("wording", present)
        while given := self.listener.ask(prompt, _candidates(choices)):
            if known := exactly(given, choices):
                return known.id
            if not (found := near(given, choices)):
                return New(given)
            if chosen := self._one_of(given, found, allow_new=True):
                return chosen
        return New(present)

    def _prompt(self, key: str, present: str, empty: bool = False) -> str:
        hints = [self.wording.say("ask.keep")]
        hints += [self.wording.say("ask.empty")] if empty else []
        return f"{self.wording.say(f'ask.{key}')} [{present}] ({', '.join(hints)}):"

    def _problem(self, key: str, **values: object) -> None:
        self.listener.say(self.wording.say(f"problem.{key}", **values))


def _candidates(choices: Iterable[Choice]) -> list[str]:
    return sorted({name for one in choices for name in (one.id, *one.names)})


def _label(name: str, choices: Iterable[Choice]) -> str:
    return next((one.label for one in choices if one.id == name), name)


def _stands(quote: str, piece: Piece, source: Source | None) -> bool:
    """Tell whether words may be the quote of a piece, as far as the document is at hand."""
    if len(quote.split()) > MAX_QUOTE_WORDS:
        return False
    if source is None or piece.span is None:
        return True
    return bool(source.reading.find(quote, *piece.span))
