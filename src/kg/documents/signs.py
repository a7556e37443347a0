"""The signs of a line in their usual form: white space, ligatures, soft hyphens, wide gaps."""

from __future__ import annotations

import re
from unicodedata import normalize

from kg.documents.blocks import Change, Repair
from kg.traced import Traced, joined, put

# Where nothing of this stands in a line, it is clean as it is: asked first, for it is asked fast.
_HINT = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u1680\u2000-\u2011\u2028-\u202f\u205f-\u2069\u3000"
    r"\ufb00-\ufb06\ufeff]|  "
)
_ODD = re.compile(
    r"(?P<space>\s{2,}|[^\S ])"
    r"|(?P<nothing>[\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<composed>[^\W\d_][\u0300-\u036f]+)"
)
_MARK_BEFORE = re.compile(r"(?:[^\w\s]|\(?[\w.]{1,7}[.)])\Z")
_NUMBER_BEFORE = re.compile(r"(?:§ ?)?\d{1,3}[a-z]?(?:\.\d{1,2})*(?: ?§)?\Z")
_LETTERS_APART = re.compile(r"\s*[^\W\d_](?: [^\W\d_]){3,}(?:\s{2,}[^\W\d_](?: [^\W\d_])*)*\s*\Z")
_GAP = re.compile(r"\t|\s{2}")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_WIDE = 3  # so many blanks part two columns, whatever stands beside them


def clean(line: Traced, gaps: bool, row: bool = False) -> tuple[Traced, list[Repair]]:
    """A line without white space around it and with its signs in their usual form.

    With `gaps`, a tab or a wide gap is a tab. In a `row` tabs part cells, of which the first may
    be empty; else all white space folds to a blank.
    """
    if row:
        return _clean_row(line)
    if line.text[:1].isspace() or line.text[-1:].isspace():
        line = line.strip()
    if gaps and line.text[1:2] == " " and _LETTERS_APART.match(line.text):
        return _closed_up(line)
    if not _HINT.search(line.text):
        return line, []
    pieces: list[Traced] = []
    repairs: list[Repair] = []
    position = 0
    justified = gaps and _justified(line.text)
    for found in _ODD.finditer(line.text):
        start, end = found.span()
        reading = _reading(line.text, found, gaps and not justified)
        if reading == found[0]:
            continue
        source, after = line.span(start, end)
        pieces += [line[position:start], put(reading, source)]
        change = Change.SPACE if found["space"] else Change.SIGN
        repairs.append(Repair(source, after, change, reading))
        position = end
    pieces.append(line[position:])
    return joined(pieces).strip(), repairs


def _clean_row(line: Traced) -> tuple[Traced, list[Repair]]:
    """The cells of a row, clean, with the tabs between them."""
    pieces: list[Traced] = []
    repairs: list[Repair] = []
    start = 0
    for end in [*(at for at, sign in enumerate(line.text) if sign == "\t"), len(line)]:
        cell, changes = clean(line[start:end], gaps=False)
        pieces += [cell, line[end : end + 1]]
        repairs += changes
        start = end + 1
    text = joined(pieces)
    return text[: len(text.text.rstrip())], repairs


def _reading(text: str, found: re.Match[str], gaps: bool) -> str:
    """What an odd place of a line reads as."""
    if found["space"]:
        return "\t" if gaps and _is_gap(text, found) else " "
    if found["hyphen"]:
        return "-"
    if found["ligature"] or found["composed"]:
        return normalize("NFKC" if found["ligature"] else "NFC", found[0])
    # At the end of a line it tells that a word is cut there.
    return found[0] if found[0] == _SOFT_HYPHEN and found.end() == len(text) else ""


def _is_gap(text: str, found: re.Match[str]) -> bool:
    """Tell whether white space parts two cells."""
    before = text[: found.start()][-10:]
    if found.start() == len(before):
        if _MARK_BEFORE.match(before):
            return False  # the mark of a list item, or the number of a heading
        if _NUMBER_BEFORE.match(before) and not _GAP.search(text, found.end()):
            return False  # of a heading; more gaps would make it the row of a table
    if "\t" in found[0] or len(found[0]) >= _WIDE:
        return True
    return found[0] == "  " and before[-1] not in ".:;!?,–-" and text[-1:] not in ".;!?"


def _justified(text: str) -> bool:
    """Tell whether a line was stretched to the margin, so that its gaps part words, not cells."""
    if "\t" in text or "   " in text:
        return False
    gaps = text.count("  ")
    return gaps >= 3 and len(text.split()) < 2.5 * (gaps + 1)


def _closed_up(line: Traced) -> tuple[Traced, list[Repair]]:
    """A heading whose letters were set apart, as words."""
    pieces: list[Traced] = []
    repairs: list[Repair] = []
    position = 0
    for found in re.finditer(r"\s+", line.text):
        source, after = line.span(*found.span())
        reading = " " if len(found[0]) > 1 else ""
        pieces += [line[position : found.start()], put(reading, source)]
        repairs.append(Repair(source, after, Change.SPACE, reading))
        position = found.end()
    return joined([*pieces, line[position:]]), repairs
