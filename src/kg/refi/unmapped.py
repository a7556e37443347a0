"""All coded segments that became no position, as a table and as findings: nothing is lost.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, as in the tables
of `kg.answers`: names and comments come from a stranger's file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.findings import Finding, Severity
from kg.refi.positions import Leftover, Sorted
from kg.refi.project import Coding, Project

FILE = "unmapped.csv"
COLUMNS = (
    "source",
    "file",
    "start",
    "end",
    "place",
    "code",
    "coder",
    "coded",
    "comment",
    "quote",
    "why",
)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(found: Sequence[Sorted], project: Project, texts: Mapping[str, str]) -> bytes:
    """A row for each coding that is in no position, as CSV (RFC 4180, UTF-8).

    `texts` are the text files by source. `start` and `end` are code points of them; the code is
    written with those above it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found:
        source = one.document.source
        for left in one.leftovers:
            for coding in left.codings or (Coding("", "", ""),):
                row = [source.name, texts.get(source.guid, ""), *_row(left, coding, project)]
                writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode()


def _row(left: Leftover, coding: Coding, project: Project) -> list[str]:
    segment = left.segment
    return [
        "" if segment.start is None else str(segment.start),
        "" if segment.end is None else str(segment.end),
        segment.place,
        project.code_path(coding.code),
        project.users.get(coding.user, coding.user),
        coding.created,
        "; ".join(segment.comments),
        segment.quote,
        left.why,
    ]


def findings(path: Path, found: Iterable[Sorted], project: Project) -> Iterator[Finding]:
    """A finding for each segment: its source, place, codes, first words, and why it is left.

    A warning where only a part of a position was missing, else an information.
    """
    for one in found:
        for left in one.leftovers:
            codes = dict.fromkeys(project.code_path(coding.code) for coding in left.codings)
            words = f" “{left.segment.quote}”" if left.segment.quote else ""
            told = f"{one.document.source.name}, {left.segment.place}{words}"
            named = f" [{'; '.join(codes)}]" if codes else ""
            severity = Severity.WARNING if left.near else Severity.INFO
            yield Finding(path, 0, severity, f"{told}{named}: no position, {left.why}")
