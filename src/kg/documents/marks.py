"""How a line begins: the marks of list items and headings, labels, letters."""

from __future__ import annotations

import re

# “1.”, “1)”, “1.2”, “5 §”, “§ 5”, “5a.”, “(1)”, “iv)”, “a.”, “A)”
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}\s?[a-z]?|[ivxIVX]{1,5}|[a-zåäöA-ZÅÄÖ])[.):]{1,2}"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|\d{1,3}\s?§|§\s?\d{1,3})(?=\s|\Z)"
    r"|\d{1,2}[.)](?=[^\W\d_])"
)
_BULLET = re.compile(r"(?:[-*•·‣▪■□●○◦➢➔→\uf0b7\uf0a7]|[–—])(?=\s)|[•▪●◦\uf0b7\uf0a7]")
_DASH = re.compile(r"[-–—]\s")
_LABEL = re.compile(r"[^\W\d_a-zåäö][^\s:]{0,24}(?: [^\s:]{1,20}){0,3}:(?:\s|\Z)")


def numbered(text: str) -> bool:
    """Tell whether a line begins with the number of an item or a heading."""
    return _NUMBER.match(text) is not None


def bulleted(text: str) -> bool:
    """Tell whether a line begins with the mark of a list."""
    return _BULLET.match(text) is not None


def dashed(text: str) -> bool:
    """Tell whether a line begins with a dash, which may also stand in mid-sentence."""
    return _DASH.match(text) is not None


def labelled(text: str) -> bool:
    """Tell whether a line begins with a label of one to four words and a colon."""
    return _LABEL.match(text) is not None


def after_number(text: str) -> str:
    """What follows the number at the beginning of a line."""
    found = _NUMBER.match(text)
    return text[found.end() :].lstrip() if found else text


def capitals(text: str) -> bool:
    """Tell whether a line is set in capitals: some words of them, no small letter."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 6
