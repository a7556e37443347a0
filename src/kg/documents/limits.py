"""How much of a document is read: beyond these, it is refused with a sentence that says so."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

# Bytes of a file. A memo has some kilobytes; the size is asked before anything is read.
MOST_TEXT_BYTES = 8_000_000
MOST_OFFICE_BYTES = 64_000_000  # of DOCX and PDF, which carry pictures

# Code points of a document's text: some 1,000 pages.
MOST_CHARACTERS = 3_000_000

# Pages of a PDF.
MOST_PAGES = 500

# A DOCX is a ZIP archive: its entries, and the bytes that those which are read unpack to.
MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 24_000_000

# Depth of elements in HTML and DOCX, and items that a list or cells that a row may number.
MOST_DEPTH = 200


def check_size(path: Path, size: int, most: int) -> None:
    """Refuse a file of more bytes than `most`; raises `InputError`."""
    if size > most:
        raise InputError(
            f"The document {path} has {size:,} bytes, more than the {most:,} that are read: "
            "split it, or take the memo out of it"
        )


def check_characters(path: Path, count: int) -> None:
    """Refuse a text of more than `MOST_CHARACTERS`; raises `InputError`."""
    if count > MOST_CHARACTERS:
        raise InputError(
            f"The document {path} has more than {MOST_CHARACTERS:,} characters, "
            "which is the most that is read: split it, or take the memo out of it"
        )
