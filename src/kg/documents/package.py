"""The parts of an Office file: a ZIP archive of XML, opened so that no trick in it can harm.

What the archive says of its sizes is checked, and so is what comes out of it. The XML may have no
document type, so that no entity can grow in it, and no network is asked.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from kg.documents.limits import MOST_ENTRIES, MOST_UNPACKED_BYTES
from kg.errors import InputError

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, KeyError, etree.LxmlError),
)


class Package:
    """An Office file in memory; `part` reads one of its parts."""

    def __init__(self, raw: bytes, path: Path) -> None:
        """Open the archive; raises `InputError` if it is none, has a password or is a trap."""
        self._path = path
        self._left = MOST_UNPACKED_BYTES
        try:
            self._archive = zipfile.ZipFile(BytesIO(raw))
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise self._broken() from error
        if len(entries) > MOST_ENTRIES:
            raise InputError(
                f"The document {path} packs {len(entries):,} files, more than the "
                f"{MOST_ENTRIES:,} that a DOCX may have here: save it again in a word processor"
            )
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError(f"The document {path} has a password: save it without one")
        self._sizes = {entry.filename: entry.file_size for entry in entries}

    def main(self) -> str:
        """The name of the main part; raises `InputError` if the file is no Word document."""
        for kind, target in self.relations("").items():
            if kind == "officeDocument":
                root = self.part(target)
                if root is not None and etree.QName(root).localname == "document":
                    return target
        raise InputError(
            f"The document {self._path} is a ZIP archive but no DOCX: save it as DOCX, or unpack "
            "it and name the documents in it"
        )

    def relations(self, part: str) -> dict[str, str]:
        """The parts that a part refers to, by the last word of their kind."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found

    def part(self, name: str) -> etree._Element | None:
        """The root element of a part, None if there is no such part.

        Raises `InputError` if it is no XML, or unpacks to more than is read.
        """
        if name not in self._sizes:
            return None
        try:
            content = self._unpacked(name)
            if b"<!DOCTYPE" in content:
                raise self._broken()
            return etree.fromstring(content, _parser())
        except _BROKEN as error:
            raise self._broken() from error

    def _unpacked(self, name: str) -> bytes:
        content = b""
        if self._sizes[name] <= self._left:
            with self._archive.open(name) as part:
                content = part.read(self._left + 1)
        if self._sizes[name] > self._left or len(content) > self._left:
            raise InputError(
                f"The document {self._path} unpacks to more than {MOST_UNPACKED_BYTES:,} bytes of "
                "text, which is the most that is read: split it, or take the memo out of it"
            )
        self._left -= len(content)
        return content

    def _broken(self) -> InputError:
        return InputError(
            f"The document {self._path} is a broken DOCX: open it in a word processor and save it "
            "again"
        )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
