"""A source document as evidence needs it: its text, its hash, its paragraphs.

Offsets are Unicode code points of the document's text (`kg.documents`): for plain text, Markdown
and HTML the decoded file, where line ends count as they stand (CRLF is two code points) and a byte
order mark is no part; for DOCX and PDF the text taken out of the file. Ranges are half open.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.documents.blocks import Block
from kg.documents.document import Form
from kg.documents.read import SUFFIXES, read_document
from kg.documents.through import read_through as read_blocks
from kg.errors import InputError
from kg.repair import Reading, read_through

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FINISHED = re.compile(r"[.?!:)”\"]\Z")
_LIST_MARK = re.compile(r"\w{1,2}[.)]\s")


@dataclass(frozen=True)
class Source:
    """The text of one document file.

    `blocks` are its paragraphs where the format says what they are (HTML, DOCX, PDF); of plain text
    and Markdown they are taken from the text.
    """

    path: Path
    text: str
    sha256: str
    blocks: tuple[Block, ...] | None = None

    @cached_property
    def reading(self) -> Reading:
        """The text with cut words joined and markup gone; see `kg.repair`."""
        return read_through(self.text) if self.blocks is None else _reading(self.blocks)

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Source ranges of the paragraphs, without the white space around them.

        A paragraph is a block between blank lines. A page break in mid-sentence splits a block in
        two: where a block does not end as a sentence ends and the next starts with a lower-case
        letter, both are one paragraph.
        """
        if self.blocks is not None:
            return tuple(block.traced.span() for block in self.blocks)
        found: list[tuple[int, int]] = []
        for start, end in self._blocks():
            if found and self._goes_on(found[-1][1], start):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return tuple(found)

    def _blocks(self) -> list[tuple[int, int]]:
        """Ranges of the runs of lines that are not blank."""
        found: list[tuple[int, int]] = []
        after_blank = True
        for line in _LINE.finditer(self.text):
            words = line[1].strip()
            if words:
                start = line.start() + len(line[1]) - len(line[1].lstrip())
                end = start + len(words)
                if after_blank:
                    found.append((start, end))
                else:
                    found[-1] = (found[-1][0], end)
            after_blank = not words
        return found

    def _goes_on(self, end: int, start: int) -> bool:
        """Tell whether a block that starts here continues the sentence of one that ends there."""
        unfinished = not _FINISHED.search(self.text[end - 1 : end])
        new_point = _LIST_MARK.match(self.text, start)
        return unfinished and self.text[start].islower() and not new_point

    def paragraph_at(self, offset: int) -> int | None:
        """The index of the paragraph that holds a source offset, or None between paragraphs."""
        index = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph[0]) - 1
        return index if index >= 0 and offset < self.paragraphs[index][1] else None

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Widen a source range to the sentences that it touches, within its paragraphs.

        A heading often has no full stop, so that only the blank line after it ends it.
        """
        first, last = self.paragraph_at(start), self.paragraph_at(end - 1)
        low, high = self.reading.sentence(start, end)
        if first is not None:
            low = max(low, self.paragraphs[first][0])
        if last is not None:
            high = min(high, self.paragraphs[last][1])
        return low, high


def _reading(blocks: tuple[Block, ...]) -> Reading:
    """Blocks one after the other, with a blank between them, for phrases to be found in."""
    pieces: list[str] = []
    offsets: list[int] = []
    for block in blocks:
        pieces.append(block.text.replace("\t", " "))
        offsets += (block.traced.source(position) for position in range(len(block.text)))
        pieces.append(" ")
        offsets.append(offsets[-1])
    return Reading("".join(pieces[:-1]), tuple(offsets[:-1]))


def read_source(path: Path) -> Source:
    """Read a document file of any form that `kg.documents` knows.

    Raises `InputError` if the file cannot be read.
    """
    document = read_document(path, may_be_empty=True)
    seen = document.form not in {Form.TXT, Form.MARKDOWN}
    blocks = read_blocks(document).blocks if seen else None
    return Source(path, document.text, document.sha256, blocks)


class Sources(Mapping[str, Source]):
    """The documents of a folder, keyed by SHA-256 of their bytes, each read when it is asked for.

    One that cannot be read is in nobody's way: only who asks for it by its hash gets the
    `InputError` that says why.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
        self._read: dict[str, Source] = {}

    def __getitem__(self, sha256: str) -> Source:
        if sha256 not in self._read:
            self._read[sha256] = read_source(self._paths[sha256])
        return self._read[sha256]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def named(self, file_name: str) -> list[Source]:
        """Those with a file name; raises `InputError` if one of them cannot be read."""
        return [self[sha256] for sha256 in self.hashes(file_name)]

    def hashes(self, file_name: str) -> list[str]:
        """The hashes of those with a file name; none of them is read."""
        return [sha256 for sha256, path in self._paths.items() if path.name == file_name]

    def file_name(self, sha256: str) -> str:
        """The file name of the one with a hash, which is not read."""
        return self._paths[sha256].name


def read_sources(folder: Path) -> Sources:
    """All documents of a folder, at any depth.

    Raises `InputError` if there is no such folder, or a file of it may not be opened.
    """
    if not folder.is_dir():
        raise InputError(
            f"There is no folder {folder} to look for source documents in: name the folder that "
            "holds them"
        )
    files = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    try:
        return Sources(files)
    except OSError as error:
        raise InputError(
            f"{error.filename} cannot be read ({error.strerror}): let it be read, or move it"
        ) from error
