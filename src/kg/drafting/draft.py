"""One memo drafted into a data folder: what is known, what is read, what is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kg.coding.dataset import REGISTERS
from kg.drafting.extractor import Extractor
from kg.drafting.known import Known, read_known
from kg.drafting.model import Drafts
from kg.drafting.register_files import below, drafted_in, own_files
from kg.drafting.writing import Options, Written, coding_of, write_draft
from kg.minutes.memo import Memo


@dataclass(frozen=True)
class Drafted:
    """What was read from a memo, and what was written of it."""

    drafts: Drafts
    written: Written


def draft_memo(memo: Memo, extractor: Extractor, folder: Path, options: Options) -> Drafted:
    """Draft a memo into a folder, anew or again; raises what `write_draft` raises."""
    drafts = extractor.extract(memo.minutes, known_for(memo, folder))
    return Drafted(drafts, write_draft(memo, drafts, folder, options))


def known_for(memo: Memo, folder: Path) -> Known:
    """What a folder knows before a memo is read.

    What an earlier draft of this very memo made is not known until somebody changes or accepts it:
    else a draft would be matched with itself, and drafting again would change it.
    """
    if not folder.is_dir():
        return read_known()
    known = read_known(folder)
    texts = own_files(folder)
    coding = coding_of(memo, below(folder, ("meetings",), texts))
    if coding is None:
        return known
    made = drafted_in(texts.get(folder / kind / coding.name, "") for kind in REGISTERS)
    return replace(
        known,
        bodies=tuple(one for one in known.bodies if one.id not in made),
        people=tuple(one for one in known.people if one.id not in made),
        issues=tuple(one for one in known.issues if one.id not in made),
        propositions=tuple(one for one in known.propositions if one.id not in made),
    )
