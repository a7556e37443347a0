"""Findings: what a check noticed, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    r"""A text of a stranger's file as a terminal may have it: no sign in it is a command.

    >>> visible("red: \x1b[31m")
    'red: �[31m'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


class Severity(StrEnum):
    """How much a finding weighs: an *error* stops a build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Finding:
    """One observation at one place; `line` counts from 1, and 0 means the file as a whole."""

    path: Path
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.severity}: {self.message}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Only the findings that stop a build."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def suggest(name: str, known: Iterable[str], most: int = 3) -> Sequence[str]:
    """The known names nearest to a misspelt one, case-insensitively; may be empty.

    >>> suggest("infromation-flow", ["information-flow", "hotline"])
    ['information-flow']
    """
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known)}
    nearest = get_close_matches(name.casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[folded] for folded in nearest]


def counted(number: int, noun: str) -> str:
    """A number with its noun in the singular or the plural.

    >>> counted(1, "error"), counted(0, "statement")
    ('1 error', '0 statements')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
