"""Asking a person: lines of a terminal with completion, or lines of a pipe."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kg.findings import visible
from kg.review.passages import Passage

_WIDEST = 100
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class Terminal:
    """Standard input and output; a person is there where both are a terminal."""

    def __init__(self) -> None:
        self.is_person = sys.stdin.isatty() and sys.stdout.isatty()
        self._candidates: Sequence[str] = ()
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def say(self, text: str = "") -> None:
        """A text on lines as wide as the terminal."""
        for line in visible(text).split("\n"):
            wrapped = textwrap.wrap(line, self._width, break_on_hyphens=False) or [""]
            sys.stdout.write("\n".join(wrapped) + "\n")
        sys.stdout.flush()

    def show(self, passage: Passage) -> None:
        """A passage with its evidence in bold, or between [[ and ]] where nothing is bold."""
        on, off = (_BOLD, _PLAIN) if self.is_person else ("[[", "]]")
        parts = [passage.before, f"\0{passage.evidence}\1", passage.after]
        marked = "\n".join(
            textwrap.wrap(
                " ".join(part for part in parts if part.strip("\0\1")),
                self._width,
                break_on_hyphens=False,
                initial_indent="  ",
                subsequent_indent="  ",
            )
        )
        first, begins, rest = marked.partition("\0")
        evidence, _, after = rest.partition("\1")
        shown = [visible(first), on if begins else "", visible(evidence), off if begins else ""]
        sys.stdout.write("".join([*shown, visible(after), "\n"]))
        sys.stdout.flush()

    def ask(self, prompt: str, candidates: Sequence[str] = ()) -> str:
        """One line, without white space around it; Tab completes it to one of the candidates.

        Raises `EOFError` at the end of the input.
        """
        with self._completing(candidates):
            line = input(visible(f"{prompt} "))
        if not self.is_person:
            sys.stdout.write("\n")
        return line.strip()

    @property
    def _width(self) -> int:
        return min(shutil.get_terminal_size().columns, _WIDEST)

    @contextmanager
    def _completing(self, candidates: Sequence[str]) -> Iterator[None]:
        """Complete whole lines with Tab while the block runs, where a person types."""
        if not self.is_person:
            yield
            return
        try:
            import readline
        except ImportError:  # Python without readline, as on Windows
            yield
            return
        self._candidates = candidates
        before = readline.get_completer(), readline.get_completer_delims()
        readline.set_completer(self._complete)
        readline.set_completer_delims("")
        readline.parse_and_bind("tab: complete")
        try:
            yield
        finally:
            readline.set_completer(before[0])
            readline.set_completer_delims(before[1])

    def _complete(self, text: str, state: int) -> str | None:
        """The candidate of a number among those that begin with what is typed."""
        folded = text.casefold()
        found = [one for one in self._candidates if one.casefold().startswith(folded)]
        return found[state] if state < len(found) else None
