"""The walk through the proposals of a coding: show, ask, write, until all is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.review.answers import Texts, accepted, changed, names_in, rejected
from kg.review.asking import Asker
from kg.review.edits import closed
from kg.review.passages import find_source, passage
from kg.review.questions import Asked, Question
from kg.review.session import Session, open_session
from kg.review.terminal import Terminal
from kg.review.views import (
    Names,
    claim_line,
    item_line,
    outcome_line,
    position_line,
    speaker_line,
)
from kg.review.wording import Wording
from kg.source import Source

LETTERS = "acrsuq"


@dataclass(frozen=True)
class Reviewer:
    """Who reviews, on which day, in which language, with which documents at hand."""

    coder: str | None
    day: date
    language: str
    sources: Path | None


@dataclass(frozen=True)
class Outcome:
    """How a review of one coding ended: what is left, and whether the person wants no more."""

    left: int
    stopped: bool
    said: str


def review(path: Path, reviewer: Reviewer, terminal: Terminal) -> Outcome:
    """Walk through one coding; each answer is written at once.

    Raises `InputError` and `DataError` for files that cannot be used, `OutputError` for one that
    cannot be written.
    """
    session = open_session(path)
    return _Walk(session, reviewer, terminal).run()


class _Walk:
    """One review: its session, its words, and the person who is asked."""

    def __init__(self, session: Session, reviewer: Reviewer, terminal: Terminal) -> None:
        self._session = session
        self._reviewer = reviewer
        self._terminal = terminal
        self._wording = Wording(reviewer.language)
        self._asker = Asker(terminal, self._wording)
        self._source: Source | None = None
        self._names = Names({}, {})

    def run(self) -> Outcome:
        session, say = self._session, self._wording.say
        name = session.path.name
        if not session.open_questions():
            return self._ended(stopped=False)
        self._source = find_source(session.path, session.pieces, self._reviewer.sources)
        if self._source is None:
            document = session.pieces.root.get("document")
            stated = document.get("fileName") if isinstance(document, dict) else None
            self._terminal.say(say("say.without_source", name=stated or name))
        stopped = False
        try:
            while not stopped and (question := session.next()):
                stopped = self._question(question)
        except EOFError:
            stopped = True
        return self._ended(stopped)

    def _ended(self, stopped: bool) -> Outcome:
        """Close the coding if nothing is left, and say how it stands."""
        session, say = self._session, self._wording.say
        name = str(session.path.name)
        left = len(session.open_questions())
        if left:
            return Outcome(left, stopped, say("say.left", file=name, n=left))
        if _status(session) != "proposed":
            return Outcome(0, stopped, say("say.nothing", file=name))
        coder = self._coder()
        if not coder:
            return Outcome(0, stopped, say("say.unnamed_coder", file=name))
        text = closed(session.pieces, coder, self._reviewer.day)
        session.write(None, {session.path: text})
        return Outcome(0, stopped, say("say.done", file=name, coder=coder))

    def _coder(self) -> str:
        if self._reviewer.coder:
            return self._reviewer.coder
        try:
            return self._terminal.ask(f"{self._wording.say('ask.coder')}:")
        except EOFError:
            return ""

    def _question(self, question: Question) -> bool:
        """Show one question and act on its answer; tell whether the person stops."""
        self._show(question)
        while True:
            letter = self._letter()
            if letter == "q":
                return True
            if letter == "u":
                if self._session.undo():
                    return False
                self._terminal.say(self._wording.say("problem.undo"))
            elif letter == "s":
                self._session.skip(question)
                return False
            elif self._answer(question, letter):
                return False

    def _letter(self) -> str:
        while True:
            given = self._terminal.ask(f"{self._wording.say('choices.all')}:").casefold()
            if given and given in LETTERS and len(given) == 1:
                return given
            letters = ", ".join(LETTERS)
            self._terminal.say(self._wording.say("choices.unknown", letters=letters))

    def _answer(self, question: Question, letter: str) -> bool:
        """Write what an answer makes of the files; tell whether it answers the question."""
        new: Texts | None
        if letter == "c":
            new = changed(self._session, question, self._asker, self._source)
        else:
            new = (accepted if letter == "a" else rejected)(self._session, question)
        if new is None:
            return False
        self._session.write(question, new)
        return True

    def _show(self, question: Question) -> None:
        self._names = names_in(self._session, self._asker)
        pieces, piece, say = self._session.pieces, question.piece, self._terminal.say
        say()
        say(item_line(pieces, piece, self._wording))
        say(speaker_line(pieces, piece, self._names, self._wording))
        if shown := passage(pieces, piece, self._source):
            self._terminal.show(shown)
        if line := self._line(question):
            say(line)
        say(self._wording.say(f"question.{question.asked}"))

    def _line(self, question: Question) -> str:
        """What is proposed, in words."""
        piece, names, wording = question.piece, self._names, self._wording
        lines: dict[Asked, Callable[[], str]] = {
            Asked.POSITION: lambda: position_line(self._session.pieces, piece, names, wording),
            Asked.CLAIM: lambda: claim_line(piece, names, wording),
            Asked.DECISION: lambda: outcome_line(piece, names, wording),
            Asked.ACTION: lambda: outcome_line(piece, names, wording),
            Asked.PROPOSITION: lambda: wording.say(
                "say.proposition", label=names.proposition(question.proposition)
            ),
        }
        return lines[question.asked]() if question.asked in lines else ""


def _status(session: Session) -> object:
    coding = session.pieces.root.get("coding")
    return coding.get("status") if isinstance(coding, dict) else None
