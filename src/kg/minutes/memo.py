"""A memo file read whole: document, blocks and minutes; several files, each for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.documents.blocks import Reading
from kg.documents.document import Document
from kg.documents.read import SUFFIXES, read_document
from kg.documents.through import read_through
from kg.errors import InputError
from kg.minutes.model import Minutes
from kg.minutes.read import read_minutes


@dataclass(frozen=True)
class Memo:
    """A document, the blocks it reads as, and its minutes."""

    document: Document
    reading: Reading
    minutes: Minutes


def read_memo(path: Path, language: str | None = None) -> Memo:
    """Read one memo; the language is told from its words unless it is given.

    Raises `InputError` if the file cannot be read as a document.
    """
    document = read_document(path)
    reading = read_through(document)
    return Memo(document, reading, read_minutes(reading, language))


def find_memos(paths: Iterable[Path]) -> list[Path]:
    """The documents that are named, and all below the folders that are, in order.

    Raises `InputError` for a folder that holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        here = sorted(one for one in path.rglob("*") if _is_memo(one))
        if not here:
            raise InputError(
                f"The folder {path} holds no document ({', '.join(sorted(SUFFIXES))}): name another"
            )
        found += here
    return found


def _is_memo(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))  # “~$” are locks that word processors leave
    return path.suffix.lower() in SUFFIXES and not hidden and path.is_file()


def read_memos(
    paths: Iterable[Path], language: str | None = None
) -> Iterator[tuple[Path, Memo | InputError]]:
    """Read memos one after the other; one that cannot be read hinders no other."""
    for path in paths:
        try:
            yield path, read_memo(path, language)
        except InputError as error:
            yield path, error
