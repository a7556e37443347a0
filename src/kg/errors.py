"""The error tree. Each message is one sentence that names the remedy; `kg` prints it and exits.

KgError
├── InputError       something the user gave cannot be read or understood        (exit code 2)
│   ├── UnknownName  a body, person, issue … that the graph does not hold
│   └── QueryError   a named query, its parameters or SPARQL text are wrong
├── DataError        the codings have findings of severity *error*               (exit code 1)
├── StoreError       a store cannot be opened, read or written                   (exit code 3)
└── OutputError      a result cannot be written                                  (exit code 4)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.findings import Finding


class KgError(Exception):
    """Base of all errors that the user can act on; `exit_code` is what `kg` ends with."""

    exit_code = 1


class InputError(KgError):
    """A file, folder, option or value given by the user cannot be used."""

    exit_code = 2


class UnknownName(InputError):
    """A name that the graph does not hold, with the nearest names that it does hold."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No {kind} is called “{name}”{hint}")
        self.suggestions = tuple(suggestions)


class QueryError(InputError):
    """A named query is missing or malformed, a parameter is wrong, or SPARQL does not parse."""


class DataError(KgError):
    """The codings have errors; every finding is carried, not only the first."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class StoreError(KgError):
    """A store cannot be opened, read or written."""

    exit_code = 3


class OutputError(KgError):
    """A result cannot be written where the user wants it."""

    exit_code = 4
