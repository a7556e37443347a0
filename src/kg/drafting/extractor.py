"""What draws positions from minutes: the rules, or a model on a server (`kg.drafting.server`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.drafting.known import Known
from kg.drafting.model import Drafts
from kg.drafting.positions import draft_positions_and_claims
from kg.minutes.model import Minutes


class Extractor(Protocol):
    """Anything that reads positions and claims from the minutes of one memo."""

    def extract(self, minutes: Minutes, known: Known) -> Drafts:
        """The drafts of a memo; what could not be read is a remark, not an error."""
        ...


@dataclass(frozen=True)
class RuleExtractor:
    """The baseline: rules and words of stance, no model, nothing but pip."""

    def extract(self, minutes: Minutes, known: Known) -> Drafts:
        """The drafts of a memo by `kg.drafting.positions`."""
        return draft_positions_and_claims(minutes, known)
