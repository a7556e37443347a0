"""Plain texts of a project, and how its positions count their characters.

The standard means Unicode code points from 0. Programs that hold text as UTF-16 count a sign beyond
U+FFFF (most emoji) twice; others count the two signs of a Windows line end as one, or a byte order
mark as one more. For most texts it makes no difference. Where it does, what is known of the program
decides, unless the words that selections are named after show otherwise.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import product
from urllib.parse import unquote

from kg.errors import InputError
from kg.refi.archive import Archive

INTERNAL = "internal://"
FOLDER = "sources"
SHORTEST_NAME = 4
"""Fewer letters than these in a selection's name are no evidence of where it stands."""


@dataclass(frozen=True)
class Counting:
    """A way to count characters; the standard's is `Counting()`."""

    utf16: bool = False
    one_line_end: bool = False
    mark: bool = False

    def __str__(self) -> str:
        signs = "UTF-16 units" if self.utf16 else "code points"
        ends = ", a Windows line end as one" if self.one_line_end else ""
        return f"{signs}{ends}{', the byte order mark too' if self.mark else ''}"


STANDARD = Counting()
# What is documented of programs, by a word of the project's `origin`: see docs/refi-qda.md.
KNOWN = {"nvivo": Counting(utf16=True), "atlas": Counting(one_line_end=True)}
ALL = tuple(Counting(*each) for each in product((False, True), repeat=3))


@dataclass(frozen=True)
class PlainText:
    """A text with the bytes that stand for it; `marked` if they begin with a byte order mark."""

    raw: bytes
    text: str
    marked: bool

    @property
    def sha256(self) -> str:
        """The hash of the bytes, as `kg.source` takes it of a file."""
        return sha256(self.raw).hexdigest()

    @cached_property
    def uniform(self) -> bool:
        """Tell whether every way of counting gives the same positions."""
        narrow = max(self.text, default="") <= "\uffff"
        return narrow and "\r\n" not in self.text and not self.marked

    def ends(self, counting: Counting) -> Sequence[int]:
        r"""For each position of a counting the offset in code points; -1 within a character.

        >>> PlainText(b"", "a\r\nb", False).ends(Counting(one_line_end=True))
        [0, 1, 3, 4]
        >>> PlainText(b"", "😀b", False).ends(Counting(utf16=True))
        [0, -1, 1, 2]
        """
        offsets = [0, 0] if counting.mark and self.marked else [0]
        previous = ""
        for index, sign in enumerate(self.text):
            if counting.one_line_end and previous == "\r" and sign == "\n":
                offsets[-1] = index + 1
            else:
                offsets += [-1, index + 1] if counting.utf16 and ord(sign) > 0xFFFF else [index + 1]
            previous = sign
        return offsets


def decode(raw: bytes, name: str) -> PlainText | str:
    """A text from its bytes (UTF-8, or UTF-16 with its mark), or a sentence that says why not.

    What is kept is UTF-8: the same bytes, unless they were UTF-16.
    """
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        return f"the text {name} is no UTF-8 (byte {error.start}): export the project anew"
    if "\0" in text:
        return f"the text {name} is no plain text: export the project anew"
    marked = wide or raw.startswith(codecs.BOM_UTF8)
    # A further mark is a sign of the text, and must not stand where readers drop one.
    written = text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8")
    return PlainText(written if wide else raw, text, marked)


def embedded(content: str) -> PlainText | str:
    """A text that stands in the project file itself, as `decode` reads it."""
    return decode(content.encode(), "in the project file")


def load(archive: Archive, path: str) -> PlainText | str:
    """The text at the path of a source, or a sentence that says why there is none.

    Programs write `internal://NAME` (the standard), the name with its folder, or the bare name.
    Raises `InputError` for a path that leads out of the archive.
    """
    scheme, colon, _ = path.partition("://")
    if colon and not path.startswith(INTERNAL):
        return f"the text {path} is outside of the project file ({scheme}): export it within"
    name = unquote(path.removeprefix(INTERNAL)).replace("\\", "/").lstrip("/")
    if ".." in name.split("/") or "\0" in name or ":" in name or path.startswith("/"):
        raise InputError(
            f"{archive.path}: the source path {path!a} leads out of the archive: do not use a file "
            "from this origin"
        )
    for candidate in (f"{FOLDER}/{name}", name):
        if found := archive.find(candidate):
            return decode(archive.read(found), found)
    return f"the text {path} is not in the project file: export it anew, with its sources"


def counting_of(
    text: PlainText,
    named: Iterable[tuple[int, int, str]],
    origin: str,
    asked: Sequence[Counting] = ALL,
) -> tuple[Counting, str]:
    """The counting that positions of a text have, and why, if that is not the standard's.

    `named` are ranges with the names of their selections, which many programs take from the words
    selected. Of the countings `asked`, that of the program is taken, unless more names agree with
    another one.
    """
    known = next((KNOWN[word] for word in KNOWN if word in origin.casefold()), STANDARD)
    first = known if known in asked else asked[0]
    if text.uniform:
        return first, ""
    program = origin or "a program that is not named"
    ordered = sorted(asked, key=lambda one: (one != first, one != STANDARD, str(one)))
    ranges = list(named)
    scores = {one: _agreeing(text, ranges, one) for one in ordered}
    best = max(ordered, key=lambda one: scores[one])
    if scores[best] > scores[first]:
        return best, f"as the words show that {scores[best]} selections are named after"
    if scores[first] or not ranges:
        return first, ""
    return (
        first,
        f"as {'is known of' if first != STANDARD else 'the standard has it for'} {program}",
    )


def _agreeing(text: PlainText, ranges: Sequence[tuple[int, int, str]], counting: Counting) -> int:
    """How many selections begin with the words that they are named after."""
    offsets = text.ends(counting)
    return sum(
        _reads_as(name, text.text[offsets[start] : offsets[end]])
        for start, end, name in ranges
        if 0 <= start < end < len(offsets) and offsets[start] >= 0 and offsets[end] >= 0
    )


def _reads_as(name: str, words: str) -> bool:
    wanted = "".join(name.removesuffix("...").removesuffix("…").split())
    return len(wanted) >= SHORTEST_NAME and "".join(words.split()).startswith(wanted)
