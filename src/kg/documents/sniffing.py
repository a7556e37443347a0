"""What form a file has: told by its first bytes, then by its suffix, then by its text."""

from __future__ import annotations

import re
from pathlib import Path

from kg.documents.document import Form
from kg.errors import InputError

SUFFIXES = {
    ".txt": Form.TXT,
    ".text": Form.TXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".docx": Form.DOCX,
    ".pdf": Form.PDF,
}
HEAD = 1024  # bytes that are looked at first

_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "is an old Word file or has a password: save it as DOCX without a password",
    ),
    (rb"{\rtf", "is RTF, which is not read: save it as DOCX or plain text"),
    (b"\x89PNG", "is a picture: run OCR over it, for instance tesseract, and name the text"),
    (b"\xff\xd8\xff", "is a picture: run OCR over it, for instance tesseract, and name the text"),
    (b"II*\x00", "is a picture: run OCR over it, for instance tesseract, and name the text"),
    (b"MM\x00*", "is a picture: run OCR over it, for instance tesseract, and name the text"),
    (b"GIF8", "is a picture: run OCR over it, for instance tesseract, and name the text"),
    (b"\x1f\x8b", "is compressed: unpack it first, for instance with gunzip"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I
)


def binary_form(path: Path, head: bytes) -> Form | None:
    """DOCX or PDF if the first bytes of a file say so, None for text.

    Raises `InputError` for a format that is known and not read.
    """
    if b"%PDF-" in head[:HEAD]:
        return Form.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Form.DOCX
    for mark, advice in _REFUSED:
        if head.startswith(mark):
            raise InputError(f"The document {path} {advice}")
    return None


def text_form(path: Path, text: str) -> Form:
    """The form of a text: HTML if it begins so, else what the suffix says, else plain text."""
    if _HTML.match(text[:4000]):
        return Form.HTML
    form = SUFFIXES.get(path.suffix.lower(), Form.TXT)
    if form is Form.HTML and "<" not in text:
        return Form.TXT
    return form if form in {Form.TXT, Form.MARKDOWN, Form.HTML} else Form.TXT
