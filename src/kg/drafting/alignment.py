"""Claims that parties agree or disagree: “we are agreed that …”, “SM and STM differ on …”.

They are kept apart from what positions imply (docs/codebook.md, rule 7). Whose agreement it is, is
`implied` where the sentence names fewer than two parties.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.drafting.clauses import Kind, Sentence
from kg.drafting.lexicon import Found
from kg.drafting.model import Alignment, AlignmentDraft, Holder
from kg.drafting.phrases import phrase
from kg.drafting.subjects import Speaking
from kg.traced import Traced

CLAIMS = {
    "claim_agree": Alignment.AGREE,
    "claim_partly": Alignment.PARTLY_AGREE,
    "claim_disagree": Alignment.DISAGREE,
    "claim_open": Alignment.OPEN,
}
_PARTIES = 2


def read_alignments(
    sentence: Sentence, passage: Traced, speaking: Speaking, item: str | None, entry: int
) -> list[AlignmentDraft]:
    """The claims of a sentence, at most one of a kind."""
    found: dict[Alignment, AlignmentDraft] = {}
    for cue in sentence.cues:
        kind = CLAIMS.get(cue.kind)
        if kind is None:
            continue
        alignment = Alignment.HYPOTHETICAL if _is_supposed(sentence, cue) else kind
        parties = _parties(sentence, speaking)
        found.setdefault(
            alignment,
            AlignmentDraft(
                item=item,
                asserted_by=speaking.person.name if speaking.person else None,
                alignment=alignment,
                parties=parties,
                implied=len(parties) < _PARTIES,
                earlier=any(sentence.having("past")) or any(sentence.having("claim_earlier")),
                about=_about(sentence, cue),
                passage=passage,
                phrase=phrase(sentence, cue.start, cue.end),
                entry=entry,
            ),
        )
    return list(found.values())


def _is_supposed(sentence: Sentence, cue: Found) -> bool:
    """Tell whether a claim stands in a condition."""
    return any(
        one.kind is Kind.CONDITION and one.start <= cue.start < one.end for one in sentence.clauses
    )


def _parties(sentence: Sentence, speaking: Speaking) -> tuple[Holder, ...]:
    """Everybody whom the sentence names, save who only speaks."""
    named = dict.fromkeys(one.holder for one in sentence.mentions)
    return tuple(holder for holder in named if holder != speaking.person)


def _about(sentence: Sentence, cue: Found) -> str:
    """The words after the claim that say on what; the whole sentence if nothing follows."""
    after: Sequence[int] = [one.start for one in sentence.clauses if one.start >= cue.end]
    start = after[0] if after else cue.end
    return sentence.words_from(start, len(sentence.words)).strip(" ,.;:") or sentence.text
