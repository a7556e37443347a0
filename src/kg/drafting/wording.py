"""What a position is about, worded from its sentence: without who says it and without the stance.

Rules can only cut: what is left is words of the sentence, with its negation dropped where the
stance carries it. A person words it better when reviewing.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.drafting.clauses import Clause, Kind, Sentence
from kg.drafting.directory import Case
from kg.drafting.events import ATTITUDES
from kg.drafting.lexicon import MARKS, Lexicon
from kg.drafting.stances import Judgement
from kg.drafting.words import spelled

_DROPPED = ("not", "hedge", "strong", "own", "perspective", "opinion", "changed", "no_longer")
_ENDING = frozenset({Kind.CONDITION, Kind.REASON, Kind.CONTRAST, Kind.CONCESSION})
_LEAST = 1  # words that say something


def proposition_of(sentence: Sentence, judgement: Judgement, lexicon: Lexicon) -> str:
    """The words that a stance is about; the whole sentence where nothing else is left."""
    clauses = _content(sentence, judgement)
    words = _kept(sentence, clauses, judgement, lexicon)
    if len(words) < _LEAST:
        words = _kept(sentence, sentence.clauses, judgement, lexicon)
    text = spelled([sentence.words[at] for at in words]) if len(words) >= _LEAST else sentence.text
    text = text.strip(" ,;:–-()“”\"'»«")
    return text[:1].upper() + text[1:] if text else sentence.text


def _content(sentence: Sentence, judgement: Judgement) -> list[Clause]:
    """The clauses that say what it is about: those after “that”, else that of the stance."""
    after = [one for one in sentence.clauses if one.start >= judgement.clause.end]
    if judgement.event.kind in ATTITUDES and after and after[0].kind is Kind.THAT:
        found: list[Clause] = []
        for clause in after:
            if clause.kind in _ENDING:
                break
            found.append(clause)
        return found
    return [judgement.clause]


def _kept(
    sentence: Sentence, clauses: Iterable[Clause], judgement: Judgement, lexicon: Lexicon
) -> list[int]:
    """The words of clauses that are neither holder, stance nor negation."""
    dropped = {place for kind in _DROPPED for one in sentence.having(kind) for place in one.places}
    if judgement.event.kind in ATTITUDES:
        dropped |= set(judgement.event.places)
        own = range(judgement.clause.start, judgement.clause.end)
        dropped |= {at for at in own if _is_aside(sentence.words[at].lower, lexicon)}
    for mention in sentence.mentions:
        if mention.case is Case.SUBJECT and mention.holder == judgement.holder:
            dropped |= set(range(mention.start, mention.end))
    kept: list[int] = []
    for clause in clauses:
        places = [at for at in range(clause.start, clause.end) if at not in dropped]
        if places and sentence.words[places[0]].lower in lexicon.words(clause.kind.value):
            places = places[1:]
        kept += places
    return _without_loose_marks(sentence, kept)


def _is_aside(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.words("auxiliaries") or word in lexicon.words("pronouns")


def _without_loose_marks(sentence: Sentence, places: list[int]) -> list[int]:
    """No marks at the ends, nor two of them together."""
    found: list[int] = []
    for at in places:
        mark = sentence.words[at].text in MARKS
        if mark and (not found or sentence.words[found[-1]].text in MARKS):
            continue
        found.append(at)
    while found and sentence.words[found[-1]].text in MARKS:
        found.pop()
    return found
