"""Which body a name or an abbreviation stands for; misprints of a known name are seen through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.languages import Body, bodies

# Names shorter than this are abbreviations, whose capitals count (“Fi”, “S”, “VM”).
_SHORT = 5
_LONG_ENOUGH = 12  # for a misprint to be told from another name
_MOST_INSERTED = 14


@dataclass(frozen=True)
class Known:
    """A body, and its name as a misprint should read; `repaired` is None for no misprint."""

    body: Body
    repaired: str | None = None


@cache
def _exact() -> Mapping[str, Body]:
    found: dict[str, Body] = {}
    for body in bodies():
        for name in (body.key, *body.names):
            found.setdefault(name, body)
    return found


@cache
def _folded() -> Mapping[str, Body]:
    found: dict[str, Body] = {}
    for body in bodies():
        for name in (body.key, *body.names):
            if len(name) >= _SHORT:
                found.setdefault(name.casefold(), body)
    return found


@cache
def longest_name() -> int:
    """The most words that the name of a known body has."""
    return max(len(name.split()) for name in _exact())


def body_named(text: str) -> Body | None:
    """The body of a name or abbreviation, spelt right.

    >>> [body_named(name).key for name in ("VM", "Finansministeriet", "THL")]
    ['VM', 'VM', 'THL']
    >>> body_named("vm") is None
    True
    """
    name = " ".join(text.split())
    return _exact().get(name) or (_folded().get(name.casefold()) if len(name) >= _SHORT else None)


@cache
def resolve(text: str) -> Known | None:
    """The body that a name stands for, also misprinted; None where no country's file has it.

    A misprint has one letter too many, too few or wrong (two in the same word's inside), or a word
    put in between; a name that could be two bodies' is nobody's.

    >>> resolve("sosiaali- ja terveystieteiden ministeriö").repaired
    'sosiaali- ja terveysministeriö'
    >>> resolve("utrikesministeriet").body.key, resolve("inrikesministeriet").body.key
    ('UM', 'SM')
    """
    body = body_named(text)
    if body is not None:
        return Known(body)
    name = " ".join(text.casefold().split())
    if len(name) < _LONG_ENOUGH:
        return None
    close = {known: body for known, body in _folded().items() if _misprint(name, known)}
    if len({body.key for body in close.values()}) != 1:
        return None
    (known, body), *_ = close.items()
    return Known(body, _as_written(body, known))


def _as_written(body: Body, name: str) -> str:
    return next(one for one in (body.key, *body.names) if one.casefold() == name)


def _misprint(written: str, name: str) -> bool:
    if len(name) < _LONG_ENOUGH:
        return False
    extra = len(written) - len(name)
    if abs(extra) <= 2 and written[:1] == name[:1]:
        allowed = 2 if written[:3] == name[:3] and len(name) > _LONG_ENOUGH + 2 else 1
        return _near(written, name, allowed)
    return 0 < extra <= _MOST_INSERTED and _inserted(written, name)


def _inserted(written: str, name: str) -> bool:
    """Tell whether a name was written with something put in between."""
    one, other = written.replace(" ", ""), name.replace(" ", "")
    head = _same_start(one, other)
    tail = _same_start(one[::-1], other[::-1])
    whole = {len("".join(written.split()[at:])) for at in range(1, len(written.split()))}
    words = any(len(other) - head <= size <= tail for size in whole)  # not “Agri-culture”
    return head + tail >= len(other) and min(head, tail) >= _SHORT and words


def _near(one: str, other: str, allowed: int) -> bool:
    """Tell whether at most `allowed` letters were put in, left out, changed or swapped."""
    head = _same_start(one, other)
    one, other = one[head:], other[head:]
    tail = _same_start(one[::-1], other[::-1])
    one, other = one[: len(one) - tail], other[: len(other) - tail]
    if one[::-1] == other and len(one) == 2:
        return True
    return max(len(one), len(other)) <= allowed


def _same_start(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)
