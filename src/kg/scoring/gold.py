"""Gold files: what a memo says, written down by a person, in the form that `kg draft` prints.

``NAME.gold.json`` stands beside its memo and names it in `document`. A layer that is left out is
not scored. Offsets are not needed: texts and evidence are compared by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import InputError

SUFFIX = ".gold.json"

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Participant(BaseModel):
    """Somebody in the list of participants; see `kg.minutes.model.Participant`."""

    model_config = _STRICT
    name: str
    title: str | None = None
    organisation: str | None = None
    role: Literal["chair", "vice-chair", "secretary", "member", "deputy", "expert", "other"]
    present: bool = True


class Item(BaseModel):
    """An item of the agenda."""

    model_config = _STRICT
    number: str | None = None
    title: str


class Speech(BaseModel):
    """What one speaker said without a break."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    item: str | None = None
    speaker: str
    speaker_name: str | None = None
    verb: str | None = None
    text: str


class Decision(BaseModel):
    """What the meeting decided."""

    model_config = _STRICT
    item: str | None = None
    text: str


class Action(BaseModel):
    """What somebody is to do."""

    model_config = _STRICT
    item: str | None = None
    responsible: str | None = None
    text: str
    due: str | None = None


class Evidence(BaseModel):
    """The sentence that a position rests on."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    quote: str


class Position(BaseModel):
    """A holder's stance to a proposition."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    item: str | None = None
    holder: str | None = None
    holder_type: str | None = None
    asserted_by: str | None = None
    basis: str | None = None
    stance: Literal["support", "oppose", "conditional", "neutral"]
    proposition: str | None = None
    evidence: Evidence


class Minutes(BaseModel):
    """All that is known of a memo; None: that layer is not scored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    document: str = ""
    language: str | None = None
    body: str | None = None
    meeting_number: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    scheduled_start: str | None = None
    scheduled_end: str | None = None
    place: str | None = None
    next_meeting: str | None = None
    participants: Sequence[Participant] | None = None
    agenda_items: Sequence[Item] | None = None
    speeches: Sequence[Speech] | None = None
    decisions: Sequence[Decision] | None = None
    actions: Sequence[Action] | None = None
    positions: Sequence[Position] | None = None


class _Named(Minutes):
    document: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class Gold:
    """A gold file and the memo that it is about."""

    path: Path
    document: Path
    minutes: Minutes


def find_gold(paths: Iterable[Path]) -> list[Path]:
    """The gold files that are named or lie directly in a folder that is named, in order.

    Folders below are not searched: what is held back from development is scored apart.

    Raises `InputError` for a path that is none, or a folder without gold files.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            here = sorted(path.glob(f"*{SUFFIX}"))
            if not here:
                raise InputError(f"The folder {path} holds no gold file (*{SUFFIX}): name another")
            found += here
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"There is no gold file {path}: check its name")
    return found


def read_gold(path: Path) -> Gold:
    """Read a gold file; raises `InputError` if it is no gold file or its memo is not there."""
    try:
        minutes = _Named.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"The gold file {path} cannot be read ({error.strerror})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"The gold file {path} is not in the form of `kg draft --format json` "
            f"({place}: {first['msg']}): correct it, see docs/reading.md"
        ) from error
    document = path.parent / minutes.document
    if not document.is_file():
        raise InputError(f"The memo {document} of the gold file {path} is missing: put it there")
    return Gold(path, document, minutes)
