"""The body that a line of a list names before the people it has sent."""

from __future__ import annotations

import re

from kg.minutes.body_words import is_body, names_somebody
from kg.minutes.tokens import find_name, is_title_word
from kg.minutes.words import folded, groups, labels, roles
from kg.traced import Traced

_LIST_SIGN = re.compile(r"^\s*(?:[-–—•·*○▪#]+|\[[ xX]?\]|\d{1,2}[.)])\s+")
_CODE = re.compile(r"\s*([A-ZÅÄÖ]{2,5})\s+[-–—]\s+(?=[^\W\d_])")
_DASHED = re.compile(r"\s*([^\W\d_][^,;:()\t]*?)\s+[-–—]\s+(?=[^\W\d_])")
_CODE_BEHIND = re.compile(r"(.+?)\s\([A-ZÅÄÖ][^\W\d_]{0,4}[A-ZÅÄÖ]\)")
LONGEST_LABEL = 70
_MOST_PLACE = 3  # words


def labelled_body(line: Traced) -> tuple[str, Traced] | None:
    """“STM: Anna Lehto, Matti Virta”, “DK – Ms Brandt”: the body, and the rest."""
    if code := _CODE.match(line.text):
        return code[1], line[code.end() :].strip()
    if (dashed := _DASHED.match(line.text)) and _is_place(dashed[1], line.text[dashed.end() :]):
        return dashed[1], line[dashed.end() :].strip()
    head, colon, rest = line.text.partition(":")
    label = without_list_sign(head).strip(" *")
    if not colon or not rest.strip() or len(label) > LONGEST_LABEL or not label[:1].isupper():
        if not (colon and is_body(label)):
            return None
    if folded(label) in labels() or folded(label) in groups():
        return None
    if names_somebody(label) and not is_body(label):
        return None
    return without_code(label), line[len(head) + 1 :].strip()


def without_list_sign(text: str) -> str:
    """A line without the sign, box or number that makes it one of a list."""
    return _LIST_SIGN.sub("", text)


def without_code(label: str) -> str:
    """A body's name without the letters in brackets that are short for it."""
    bracket = _CODE_BEHIND.fullmatch(label)
    return bracket[1] if bracket else label


def _is_place(head: str, rest: str) -> bool:
    """Tell whether words before a dash may be a town or body that has sent those behind it."""
    if len(head.split()) > _MOST_PLACE or not head[0].isupper() or names_somebody(head):
        return False
    if folded(head) in labels() or folded(head) in groups() or folded(head) in roles():
        return False
    if any(is_title_word(word.casefold()) for word in head.split()):
        return False
    window = find_name(tuple(rest.split()))
    return window is not None and window.first == 0
