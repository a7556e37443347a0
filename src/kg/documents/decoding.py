"""Bytes of a text file to characters: byte order marks, UTF-8, and the older Western encodings.

A file in an older encoding does not say which. The encodings are told apart by what they make of
the bytes above 127: letters of the languages at hand between letters, dashes and quotes where
dashes and quotes stand. Where none gives sense, the file is refused and not guessed at.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import InputError

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# In order of use: of two that make the same sense, the first.
OLDER = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_ENOUGH = 2_000  # so many bytes above 127 are looked at

_HOME = frozenset("åäöÅÄÖ")
_NEAR = frozenset("éèüšžæøÉÜŠŽÆØàçñôáíóúêëßõ")
_MARKS_ALONE = frozenset("–—“”„»«•…§°€£½ \N{NO-BREAK SPACE}")
_MARKS_WITHIN = frozenset("’‘´\N{SOFT HYPHEN}–\N{NO-BREAK SPACE}")
_HIGH = re.compile(r"[^\x00-\x7f]")

_USUAL = re.compile(
    r"(?:iso-?8859-?|windows-?|cp-?|latin-?|koi8-|mac-?|us-)?[\w-]{1,12}", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.01


def decode(raw: bytes, path: Path, declared: str | None = None) -> str:
    """The text of a file, without its byte order mark; line ends stay as they stand.

    `declared` is the encoding that a page says it has, if it does; a mark and UTF-8 go before it.
    Raises `InputError` for bytes that are no text, or in no encoding that is known.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding, path)
    if wide := _wide(raw):
        return _decoded(raw, wide, path)
    if len(_BINARY.findall(raw)) > len(raw) * _MOST_CONTROLS:
        raise InputError(
            f"The document {path} is no text but binary data: name a text, Markdown, HTML, DOCX "
            "or PDF file"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, _declared(raw, declared) or _older(raw, path), path)


def _decoded(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"The document {path} begins as {encoding.upper()} but byte {error.start} is none: "
            "save it again, as UTF-8"
        ) from error


def _declared(raw: bytes, encoding: str | None) -> str | None:
    """The declared encoding if the bytes suit it; browsers read Latin-1 as Windows-1252."""
    if encoding is None or not _USUAL.fullmatch(encoding):
        return None
    if encoding.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        encoding = "cp1252"
    try:
        raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return encoding


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Western text is zero."""
    head = raw[:4000]
    if len(head) < 4 or len(raw) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = 0.8 * len(head) / 2
    if odd >= most and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even >= most and odd == 0 else None


def _older(raw: bytes, path: Path) -> str:
    """The older encoding that makes the most sense of the bytes above 127."""
    scores = {encoding: _sense(raw, encoding) for encoding in OLDER}
    best = max(OLDER, key=lambda encoding: scores[encoding])
    if scores[best] <= 0:
        raise InputError(
            f"The document {path} is in an encoding that is not known here: save it as UTF-8, "
            "for instance with iconv"
        )
    return best


def _sense(raw: bytes, encoding: str) -> float:
    """How well the characters above 127 suit their places, 1 for a letter of the languages."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    total, count = 0.0, 0
    for found in _HIGH.finditer(text):
        at = found.start()
        total += _suits(text[at - 1] if at else " ", text[at], text[at + 1 : at + 2] or " ")
        count += 1
        if count == _ENOUGH:
            break
    return total / count if count else 0.0


def _suits(before: str, sign: str, after: str) -> float:
    """How well one character suits the two beside it."""
    if not sign.isalpha():
        within = before.isalpha() and after.isalpha()
        marks = _MARKS_WITHIN if within else _MARKS_ALONE
        return 0.5 if sign in marks else -1.0
    # Texts of another script are letters above 127 one after the other; a capital inside of a
    # word is one only where all letters are capitals.
    if (before > "\x7f" and after > "\x7f") or (sign.isupper() and before.islower()):
        return -1.0
    return 1.0 if sign in _HOME else 0.25 if sign in _NEAR else -0.5
