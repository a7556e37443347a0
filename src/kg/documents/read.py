"""A document file of any form that is known, as text and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from kg.documents.decoding import decode
from kg.documents.document import Document, Form, Line
from kg.documents.hypertext import declared_encoding, read_html
from kg.documents.limits import (
    MOST_OFFICE_BYTES,
    MOST_TEXT_BYTES,
    check_characters,
    check_size,
)
from kg.documents.markdown import read_markdown
from kg.documents.paper import read_pdf
from kg.documents.plain import read_plain
from kg.documents.sniffing import HEAD, SUFFIXES, binary_form, text_form
from kg.documents.word import read_docx
from kg.errors import InputError

__all__ = ["SUFFIXES", "read_document"]

# Of these the text is the decoded file …
_WRITTEN: dict[Form, Callable[[str], tuple[Line, ...]]] = {
    Form.TXT: read_plain,
    Form.MARKDOWN: read_markdown,
    Form.HTML: read_html,
}
# … and out of these it is taken.
_PACKED: dict[Form, Callable[[bytes, Path], tuple[str, tuple[Line, ...]]]] = {
    Form.DOCX: read_docx,
    Form.PDF: read_pdf,
}


def read_document(path: Path, *, may_be_empty: bool = False) -> Document:
    """Read a document file; its form is told by its content and, where that is text, its suffix.

    An empty document is refused unless it `may_be_empty`: evidence may be asked of one.

    Raises `InputError` with one sentence for whatever cannot be read.
    """
    raw = _bytes(path)
    form = binary_form(path, raw[:HEAD])
    if form is not None:
        text, lines = _PACKED[form](raw, path)
    else:
        text = decode(raw, path, declared_encoding(raw))
        form = text_form(path, text)
        check_characters(path, len(text))
        lines = _WRITTEN[form](text)
    if not lines and not may_be_empty:
        raise InputError(f"The document {path} is empty: name one that has text in it")
    return Document(path, form, text, hashlib.sha256(raw).hexdigest(), lines)


def _bytes(path: Path) -> bytes:
    """The content of a file that is not too large; never more of it is held than is read."""
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is no file"
            if path.exists():
                raise InputError(f"{path} {what}: name a document file in it")
        size = path.stat().st_size
        with path.open("rb") as handle:
            head = handle.read(HEAD)
            packed = binary_form(path, head) is not None
            most = MOST_OFFICE_BYTES if packed else MOST_TEXT_BYTES
            check_size(path, size, most)
            raw = head + handle.read(most + 1 - len(head))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"The document {path} cannot be read ({reason}): check its name and permissions"
        ) from error
    check_size(path, len(raw), most)
    return raw
