"""The label that a line begins with: of a list of people, or of another part of a memo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.blocks import Block
from kg.minutes.model import Role
from kg.minutes.tokens import find_name, is_title_word
from kg.minutes.words import Group, folded, groups, known_set, labels
from kg.traced import Traced

_LABEL_END = re.compile(r"\s*(?:\([^()]*\)\s*)?(?::|\t|$)|\s+(?=[^\W\d_a-zåäö])")
_WORD = re.compile(r"\S+")
_LEGEND = re.compile(r"(?:(?<=[(,;])|^)\s*(\S{1,2})\s*=\s*([^,;()=]+)")
_LONGEST = 120
_MOST_WORDS = 7
LONGEST_CAPTION = 60


@dataclass(frozen=True)
class Label:
    """A heading or label at a line's start, and where the rest of the line begins."""

    word: str
    end: int
    closed: bool  # by a colon, a tab or the line's end


def label_of(text: str) -> Label | None:
    """The label that a block begins with, of a list of people or of another part of the head.

    A label that nothing closes stands before a capital, or before somebody's title.

    >>> label_of("Läsnä: Anna Lehto")
    Label(word='läsnä', end=6, closed=True)
    """
    start = len(text) - len(text.lstrip(" *_#-–•"))
    best: Label | None = None
    words = list(_WORD.finditer(text[start : start + _LONGEST]))[:_MOST_WORDS]
    for word in words:
        end = start + word.end()
        found = _label_until(text, start, end)
        if found is not None and (best is None or found.end >= best.end):
            best = found
        if text[end - 1] in ":" or (end < len(text) and text[end] == "\t"):
            break
    return best


def _label_until(text: str, start: int, end: int) -> Label | None:
    word = folded(text[start:end])
    if word not in groups() and word not in labels():
        return None
    tight = end - 1 if text[end - 1] == ":" else end
    after = _LABEL_END.match(text, tight)
    if after is None:
        following = _WORD.search(text, tight)
        titled = following is not None and is_title_word(following[0].casefold())
        return Label(word, following.start(), False) if following and titled else None
    closed = after[0].strip() != "" or "\t" in after[0] or after.end() == len(text)
    return Label(word, after.end(), closed)


def wrapped_label(blocks: Sequence[Block], index: int) -> Label | None:
    """A label in a column of its own that goes on in the next line.

    “Övriga⇥Ann Lee” above “närvarande⇥Bob Ray” is one label, and two people.
    """
    first, tab, _ = blocks[index].text.partition("\t")
    following = blocks[index + 1].text.partition("\t")[0] if index + 1 < len(blocks) else ""
    if not tab or not following or not following[0].islower():
        return None
    word = folded(f"{first} {following}")
    return Label(word, len(first), True) if word in groups() else None


def caption_rest(blocks: Sequence[Block], index: int) -> Traced | None:
    """What stands behind the end of a label that the line above begins; None for other lines."""
    if index == 0 or wrapped_label(blocks, index - 1) is None:
        return None
    return blocks[index].traced[len(blocks[index].text.partition("\t")[0]) :].strip()


def read_legend(text: str) -> dict[str, bool]:
    """The marks that a heading explains, and whether they mean that somebody was there.

    >>> read_legend("Present (x = in the room, t = by Teams, - = absent)")
    {'x': True, 't': True, '-': False}
    """
    return {found[1]: not _means_absent(found[2]) for found in _LEGEND.finditer(text)}


def _means_absent(words: str) -> bool:
    absent = known_set("people", "words", "no") | {
        word for word, group in groups().items() if group.present is False
    }
    return any(folded(word) in absent for word in (words, *words.split()))


def is_caption(text: str, head: str) -> bool:
    """Tell whether words may be a heading: a capital first, no signs, no digits, no name."""
    if len(head) > LONGEST_CAPTION or not head[:1].isupper() or any(map(str.isdigit, head)):
        return False
    if any(sign in head for sign in ",;()!?.") or (text.strip() == head and text[-1] in ".,"):
        return False
    return find_name(tuple(head.split())) is None


def told_together(told: Sequence[Group], first: str) -> Group:
    """What several words say of the people below: the role that is not the usual one wins."""
    said = [group.role for group in told if group.role is not None]
    role = next((one for one in said if one is not Role.MEMBER), said[0] if said else None)
    if role in {None, Role.MEMBER} and first in known_set("people", "words", "besides"):
        role = Role.OTHER
    return Group(role, not any(group.present is False for group in told))
