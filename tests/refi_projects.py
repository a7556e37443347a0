"""Fictional REFI-QDA projects, written as different programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "urn:QDA-XML:project:1.0"
MEMO = "The Harbour Office wants the night ferry. The Isles refuse it: too loud, they say.\n"
HARBOUR = "The Harbour Office wants the night ferry."
ISLES = "The Isles refuse it: too loud, they say."


def guid(name: str) -> str:
    """The same identifier for the same name."""
    return str(uuid5(NAMESPACE_URL, name))


@dataclass(frozen=True)
class Tree:
    """A code tree: names, and what is below each."""

    names: Mapping[str, Sequence[str]]
    extra: str = ""

    def xml(self) -> str:
        tops = "".join(code(top, "".join(map(code, below))) for top, below in self.names.items())
        return f"<CodeBook><Codes>{tops}{self.extra}</Codes></CodeBook>"


TREE = Tree(
    {
        "Actors": ["Harbour Office", "Isles"],
        "Propositions": ["The ferry runs at night"],
        "Stance": ["support", "oppose", "perhaps"],
        "Themes": ["noise"],
    }
)


def code(name: str, inner: str = "", codable: bool = True) -> str:
    flag = str(codable).lower()
    return f'<Code guid="{guid(name)}" name={quoteattr(name)} isCodable="{flag}">{inner}</Code>'


def coding(name: str, user: str = "Ann") -> str:
    """A code put on something."""
    made, target = guid(f"{name}{user}coding"), guid(name)
    return (
        f'<Coding guid="{made}" creatingUser="{guid(user)}" '
        f'creationDateTime="2030-05-02T10:00:00Z"><CodeRef targetGUID="{target}"/></Coding>'
    )


def selection(
    start: int, end: int, codes: Iterable[str], name: str = "", inner: str = "", user: str = "Ann"
) -> str:
    codings = "".join(coding(one, user) for one in codes)
    return (
        f'<PlainTextSelection guid="{guid(f"{start}-{end}-{name}")}" name={quoteattr(name)} '
        f'startPosition="{start}" endPosition="{end}">{inner}{codings}</PlainTextSelection>'
    )


def on(text: str, words: str, *codes: str, name: str = "") -> str:
    """A selection of some words, in code points."""
    start = text.index(words)
    return selection(start, start + len(words), codes, name)


def text_source(
    inner: str,
    path: str = "internal://memo.txt",
    name: str = "Memo",
    attributes: str = 'creationDateTime="2030-05-01T09:00:00Z"',
) -> str:
    where = f'plainTextPath="{escape(path)}"' if path else ""
    return (
        f'<TextSource guid="{guid(name)}" name={quoteattr(name)} {where} {attributes}>'
        f"{inner}</TextSource>"
    )


def whole(text: str = MEMO) -> str:
    """The selections of the memo: one position of each side, and a theme."""
    return (
        on(text, HARBOUR, "Harbour Office", "The ferry runs at night", "support")
        + on(text, ISLES, "Isles", "The ferry runs at night", "oppose")
        + on(text, "too loud", "noise")
    )


@dataclass(frozen=True)
class Made:
    """A project in parts; what is given replaces the usual one."""

    sources: str = ""
    tree: Tree = TREE
    files: Mapping[str, bytes] = field(default_factory=lambda: {"sources/memo.txt": MEMO.encode()})
    cases: str = ""
    rest: str = ""
    origin: str = "Fictional QDA 1"
    namespace: str = NAMESPACE
    before: str = ""
    attributes: str = 'modifiedDateTime="2030-05-03T08:00:00Z"'

    def xml(self) -> str:
        users = "".join(f'<User guid="{guid(one)}" name="{one}"/>' for one in ("Ann", "Bo"))
        return (
            f'<?xml version="1.0" encoding="utf-8"?>{self.before}'
            f'<Project xmlns="{self.namespace}" name="Night ferry" origin={quoteattr(self.origin)} '
            f"{self.attributes}><Users>{users}</Users>{self.tree.xml()}{self.cases}"
            f"<Sources>{self.sources or text_source(whole())}</Sources>{self.rest}</Project>"
        )

    def write(self, path: Path, project: str = "project.qde") -> Path:
        """The project as a file."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr(project, self.xml())
            for name, content in self.files.items():
                opened.writestr(name, content)
        return path
