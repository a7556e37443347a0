"""The few words of a sentence that a coding quotes."""

from __future__ import annotations

from kg.drafting.clauses import Sentence

_LEAST, _MOST = 3, 8
_AFTER = 2  # words behind a cue that say what it is about


def phrase(sentence: Sentence, start: int, end: int) -> str:
    """Three to eight words around a range of words; fewer only where the sentence has no more."""
    end = min(max(end + _AFTER, start + _LEAST), start + _MOST, len(sentence.words))
    start = max(0, min(start, end - _LEAST))
    return sentence.words_from(start, end).strip(" ,.;:")
