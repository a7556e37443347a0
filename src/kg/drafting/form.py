"""Draft positions as data for JSON: what ``kg draft --format json`` adds to the minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.drafting.model import Draft


def positions_as_data(drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    """Each position with its pole; `start` and `end` count code points of the document, half open.

    The quote is the evidence sentence as it reads, words cut at a line's end joined.
    """
    return [_position(draft) for draft in drafts]


def _position(draft: Draft) -> dict[str, Any]:
    start, end = draft.passage.span()
    return {
        "item": draft.item,
        "holder": draft.holder.name,
        "holder_type": draft.holder.type.value,
        "asserted_by": draft.asserted_by,
        "basis": draft.basis.value,
        "stance": draft.pole,
        "proposition": draft.proposition,
        "confidence": draft.confidence.value,
        "evidence": {"start": start, "end": end, "quote": draft.passage.text},
    }
