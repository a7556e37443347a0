"""A report as GitHub's Markdown: the same texts and tables without the drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.findings import visible
from kg.report.blocks import (
    Block,
    Break,
    Figure,
    Heading,
    Line,
    Link,
    Listing,
    Method,
    Paragraph,
    Picture,
    Piece,
    Report,
    Row,
    Sign,
    Table,
    Text,
)

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$&!]")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)(?=[:.])")


def to_markdown(report: Report) -> str:
    """The report as Markdown; equal reports give equal bytes. Every text is escaped."""
    parts = [f"# {escaped(report.title)}"]
    parts += [_line(block.line) for block in report.lead]
    parts.append(
        "\n".join(
            f"{number}. [{escaped(one.title)}](#{one.anchor})"
            for number, one in enumerate(report.sections, start=1)
        )
    )
    for number, section in enumerate(report.sections, start=1):
        parts.append(f'## <a id="{section.anchor}"></a>{number}. {escaped(section.title)}')
        parts += [text for block in section.blocks for text in _block(block)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""A text of data on one line, in which nothing is Markdown, HTML or an address.

    Addresses get a word joiner, which is not seen, lest they become links.

    >>> print(escaped("1. a|b <c>"))
    1\. a\|b \<c\>
    """
    clean = " ".join(visible(text).split())
    found = _SPECIAL.sub(r"\\\g<0>", clean)
    found = _ADDRESS.sub(lambda match: f"{match[0]}\N{WORD JOINER}", found)
    return _LEADING.sub(_harmless, found)


def _harmless(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign}\\" if sign.isdigit() else f"{match[1]}\\{sign}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            quoted = "> " if block.look == "warning" else ""
            yield quoted + _line(block.line)
        case Heading():
            anchor = f'<a id="{block.anchor}"></a>' if block.anchor else ""
            yield f"### {anchor}{_line(block.line)}"
        case Listing():
            yield "\n".join(f"- {_line(entry)}" for entry in block.items)
        case Table():
            yield from _table(block)
        case Figure():
            return
        case Method():
            yield from _method(block)


def _table(table: Table) -> Iterator[str]:
    """A caption and a table; headings of groups become a first column."""
    shown = [place for place in range(len(table.columns)) if place not in table.pictures]
    grouped = any(group.heading for group in table.groups)
    anchor = f'<a id="{table.anchor}"></a>' if table.anchor else ""
    yield f"{anchor}**{escaped(table.caption)}**"
    head = [*([""] if grouped else []), *(escaped(table.columns[place]) for place in shown)]
    lines = [_cells(head), f"|{' --- |' * len(head)}"]
    for group in table.groups:
        for number, row in enumerate(group.rows):
            over = [_line(group.heading) if number == 0 else ""] if grouped else []
            lines.append(_cells([*over, *_row(row, shown)]))
    yield "\n".join(lines)


def _row(row: Row, shown: list[int]) -> Iterator[str]:
    for number, place in enumerate(shown):
        anchor = f'<a id="{row.anchor}"></a>' if row.anchor and number == 0 else ""
        yield anchor + _line(row.cells[place])


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _method(method: Method) -> Iterator[str]:
    yield f"<details><summary>{escaped(method.title)}</summary>"
    yield from (escaped(sentence) for sentence in method.sentences)
    for run in method.runs:
        yield _code_block("sh", run.command)
        if run.text:
            yield _code_block("sparql", run.text.rstrip("\n"))
    yield "</details>"


def _code_block(language: str, text: str) -> str:
    """A block of code, fenced by more backticks than it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _line(line: Line) -> str:
    return "".join(_piece(piece) for piece in line).strip()


def _piece(piece: Piece) -> str:
    match piece:
        case Text():
            return _text(piece)
        case Link():
            return f"[{escaped(piece.text)}](#{piece.anchor})"
        case Sign():
            return f"({piece.glyph}{f' {escaped(piece.label)}' if piece.label else ''})"
        case Picture():
            return escaped(piece.alternative)
        case Break():
            return "<br>"


def _text(text: Text) -> str:
    lead = " " if text.text.startswith(" ") else ""
    tail = " " if text.text.endswith(" ") and text.text.strip() else ""
    body = escaped(text.text)
    if text.look in ("strong", "late") and body:
        body = f"**{body}**"
    elif text.look == "code":
        body = f"<code>{escaped(text.text)}</code>"
    elif text.look == "quote":
        body = f"“{body}”"
    elif text.look == "badge":
        body = f"({body})"
    return f"{lead}{body}{tail}"
