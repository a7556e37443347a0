"""What passes on a server, and is tried again; and what all its errors have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kg.errors import KgError, StoreError
from kg.remote.endpoint import PASSWORD_VARIABLE, TOKEN_VARIABLE, USER_VARIABLE

BUSY = frozenset({408, 425, 429, 502, 503, 504})
ATTEMPTS = 4
FIRST_PAUSE = 0.5  # seconds before the second attempt, doubled each time
LONGEST_PAUSE = 30.0  # seconds that a server's Retry-After may ask for
_LONGEST_REASON = 300

T = TypeVar("T")


class Passing(KgError):
    """What may be over in a moment; `after` is how many seconds the service asks to wait."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


def retried(send: Callable[[], T], pause: Callable[[float], None]) -> T:
    """What `send` gives, tried again while it raises `Passing`; for what may be sent twice alone.

    `pause` waits some seconds. Raises `StoreError` behind the last attempt.
    """
    wait = FIRST_PAUSE
    for _ in range(ATTEMPTS - 1):
        try:
            return send()
        except Passing as error:
            pause(min(max(wait, error.after), LONGEST_PAUSE))
            wait *= 2
    try:
        return send()
    except Passing as error:
        raise StoreError(f"{error}; tried {ATTEMPTS} times") from error.__cause__


def asked_pause(header: str | None) -> float:
    """The seconds of a Retry-After header; 0 where it has none, or a date.

    >>> asked_pause("3"), asked_pause("Wed, 21 Oct 2026 07:28:00 GMT")
    (3.0, 0.0)
    """
    return float(header) if header and header.isdecimal() else 0.0


def refused(name: str) -> StoreError:
    """The error of a service that asks for other keys."""
    return StoreError(
        f"{name} asks for keys, or refuses these: give {TOKEN_VARIABLE}, or {USER_VARIABLE} and "
        f"{PASSWORD_VARIABLE}"
    )


def why(error: BaseException) -> str:
    """Why a connection failed, in the words of the system."""
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return brief(str(reason)) or type(reason).__name__


def brief(text: str) -> str:
    """A text on one line, cut short."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"
