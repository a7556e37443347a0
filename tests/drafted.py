"""A fictional memo, its minutes and drafts made by hand, for tests of what is written of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.documents.blocks import Reading
from kg.documents.read import read_document
from kg.drafting.model import (
    Alignment,
    AlignmentDraft,
    Basis,
    Confidence,
    Draft,
    Drafts,
    Holder,
    HolderType,
)
from kg.drafting.writing import Options, Written, write_draft
from kg.minutes.memo import Memo
from kg.minutes.model import (
    Action,
    AgendaItem,
    Decision,
    Header,
    Minutes,
    Participant,
    Record,
    Remark,
    Role,
    Span,
    Speech,
)
from kg.traced import Traced, taken

TEXT = """\
Committee on harbour gardens
Meeting 3, 5 March 2024, Town Hall

Present
Maja Ek, Director, Harbour Office, chair
Timo Salo, Planner, Parks Unit
Lea Berg, Lawyer, Treasury

1 Opening

Ek opened the meeting at 9.02.

2 Roses on the quay

Salo said that the Parks Unit supports roses on the eastern quay. In his view
watering should be left to the resi-
dents. The Treasury had asked for savings.

Berg noted that the Treasury cannot accept roses before the costs are known.
XY asked who waters them. Ek and Salo agreed on this.

It was decided to ask for an estimate. Salo will get one by the end of April.
"""

OPTIONS = Options(date(2024, 3, 6))


def span(words: str, text: str = TEXT) -> Span:
    """Where words stand, from the first … to the last."""
    first, _, last = words.partition(" … ")
    start = text.index(first)
    end = text.index(last, start) + len(last) if last else start + len(first)
    return start, end


def passage(words: str, text: str = TEXT) -> Traced:
    return taken(text, *span(words, text))


def minutes() -> Minutes:
    people = (
        ("Maja Ek", "Director", "Harbour Office", Role.CHAIR),
        ("Timo Salo", "Planner", "Parks Unit", Role.MEMBER),
        ("Lea Berg", "Lawyer", "Treasury", Role.MEMBER),
    )
    said = (
        ("1", "Ek", "Maja Ek", "opening", "Ek opened … 9.02."),
        ("2", "Salo", "Timo Salo", "statement", "Salo said … for savings."),
        ("2", "Berg", "Lea Berg", "statement", "Berg noted … are known."),
        ("2", "XY", None, "question", "XY asked who waters them."),
    )
    speeches = [
        Speech(item, who, name, "said", act, passage(words)) for item, who, name, act, words in said
    ]
    return Minutes(
        header=Header("en", "Committee on harbour gardens", "3", "2024-03-05", "09:00", "10:00"),
        start="09:02",
        end=None,
        participants=tuple(
            Participant(name, title, body, role, True, span(f"{name} … {body}"))
            for name, title, body, role in people
        ),
        items=(
            AgendaItem("1", "Opening", span("1 Opening"), handled=1),
            AgendaItem("2", "Roses on the quay", span("2 Roses on the quay"), handled=2),
        ),
        entries=(*speeches, Record("2", passage("Ek and Salo agreed on this."))),
        decisions=(
            Decision("2", "It was decided to ask for an estimate.", span("It was … estimate.")),
        ),
        actions=(
            Action(
                "2",
                "Salo",
                "Salo will get one by the end of April.",
                "2024-04",
                span("Salo will … April."),
                "the end of April",
            ),
        ),
        next_meeting=None,
        remarks=(Remark(span("XY"), "who “XY” is cannot be told"),),
    )


def position(words: str, **changed: object) -> Draft:
    """A draft on a sentence of Salo's speech, with some things otherwise."""
    draft = Draft(
        item="2",
        holder=Holder("Parks Unit", HolderType.BODY),
        asserted_by="Timo Salo",
        basis=Basis.OWN,
        stance="support",
        proposition="Roses are planted on the eastern quay.",
        passage=passage(words),
        phrase="supports roses on the eastern quay",
        confidence=Confidence.HIGH,
        entry=1,
    )
    return replace(draft, **changed)  # type: ignore[arg-type]


def drafts() -> Drafts:
    return Drafts(
        (
            position("Salo said … quay."),
            position(
                "In his view … dents.",
                holder=Holder("Timo Salo", HolderType.PERSON),
                basis=Basis.PERSONAL,
                proposition="Residents water the roses.",
                phrase="watering should be left to the residents",
                confidence=Confidence.LOW,
            ),
            position(
                "Berg noted … are known.",
                holder=Holder("Treasury", HolderType.BODY),
                asserted_by="Lea Berg",
                stance="opposeWithConditions",
                phrase="cannot accept roses",
                condition="The costs are known.",
                reasons=("the costs are not known",),
                entry=2,
            ),
        ),
        (
            AlignmentDraft(
                item="2",
                asserted_by=None,
                alignment=Alignment.AGREE,
                parties=(
                    Holder("Maja Ek", HolderType.PERSON),
                    Holder("Timo Salo", HolderType.PERSON),
                ),
                implied=False,
                earlier=False,
                about="this",
                passage=passage("Ek and Salo agreed on this."),
                phrase="Ek and Salo agreed on this",
                entry=4,
            ),
        ),
    )


def memo(folder: Path, text: str = TEXT) -> Memo:
    """The memo as a file, and its minutes."""
    folder.mkdir(exist_ok=True)
    path = folder / "gardens.txt"
    path.write_text(text, encoding="utf-8")
    return Memo(read_document(path), Reading((), ()), minutes())


def write(folder: Path, *, read: Drafts | None = None, options: Options = OPTIONS) -> Written:
    """The draft of the memo in ``folder/data``, the memo in ``folder/memos``."""
    return write_draft(memo(folder / "memos"), read or drafts(), folder / "data", options)
