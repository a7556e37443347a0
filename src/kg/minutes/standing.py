"""How somebody is there, by the words beside a name: a role, present or absent, for whom."""

from __future__ import annotations

import re
from functools import cache

from kg.minutes.model import Role
from kg.minutes.tokens import token
from kg.minutes.words import folded, known, known_set, one_of, roles

ORDINAL = re.compile(r"^(?:i{1,3}|\d)[.:]?(?:a|e)?\s+", re.IGNORECASE)
_NUMBER = re.compile(r"[\d§.,:–/-]*\d[\d§.,:–/-]*[a-z]?|§+|[–-]")


def role_of(text: str) -> Role | None:
    """The role that a cell names, with whom somebody stands in for: “Deputy for R. Hay”."""
    return role_in(folded(text))


def role_in(low: str) -> Role | None:
    """The role that a part names: alone, or with words on when and where behind it."""
    bare = ORDINAL.sub("", low)
    role = roles().get(low) or roles().get(bare) or roles().get(bare.rstrip("."))
    if role is not None:
        return role
    words = bare.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        role = roles().get(" ".join(words[:size]).strip(".,:;"))
        rest = " ".join(words[size:])
        deputy = role is Role.DEPUTY and not token(words[-1]).title  # “deputy director” is a title
        if role is not None and (is_presence(rest) or is_instead(rest) or deputy):
            return role
    return None


def is_absent(low: str) -> bool:
    """Tell whether a part, in lower case, says that somebody was absent."""
    words = known_set("people", "words", "absent")
    return low in words or any(low.startswith(f"{word} ") for word in words)


@cache
def answers() -> frozenset[str]:
    """The words and signs for yes and no in a column; “ja” is none, as it also means “and”."""
    yes, no, joins = (known_set("people", "words", name) for name in ("yes", "no", "joins"))
    return (yes | no) - joins


def is_presence(low: str) -> bool:
    """Tell whether words only say how, when or for which items somebody was there."""
    own = known("people", "words", "presence")
    yes = known_set("people", "words", "yes")
    words = low.replace("(", " ").replace(")", " ").split()
    if low in yes or (words and words[0] in yes and len(words) == 1):
        return True
    return bool(words) and all(
        word.strip(".,:;") in own or word in own or _NUMBER.fullmatch(word) for word in words
    )


@cache
def _instead_pattern() -> re.Pattern[str]:
    words = one_of(known("people", "words", "instead"))
    return re.compile(rf"(?:{words})\b|.*\s(?:{words})$", re.IGNORECASE)


def is_instead(low: str) -> bool:
    """Tell whether a part, in lower case, says in whose place somebody was there."""
    return bool(_instead_pattern().match(low))
