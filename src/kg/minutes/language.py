"""Which language a memo is in, told from its most frequent words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.documents.blocks import Block
from kg.languages import languages, subject
from kg.minutes.model import Remark

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 5  # words of a language that must be found
_CLEAR = 1.5  # times as many as of the next language
_MOST_LETTERS = 40_000


def read_language(blocks: Sequence[Block]) -> tuple[str, Remark | None]:
    """The language that most of a memo is in, and a remark where that is not sure.

    >>> from kg.traced import taken
    >>> read_language([Block(taken("The Board agreed that it was to be seen by all of them."))])
    ('en', None)
    """
    counts: Counter[str] = Counter()
    letters = 0
    for block in blocks:
        counts.update(_WORD.findall(block.text[: _MOST_LETTERS - letters].casefold()))
        letters += len(block.text)
        if letters >= _MOST_LETTERS:
            break
    votes = sorted(
        ((sum(counts[word] for word in _words(code)), code) for code in languages()),
        key=lambda vote: (-vote[0], vote[1]),
    )
    (most, code), (next_most, other) = votes[0], votes[1]
    if most >= _ENOUGH and most >= _CLEAR * next_most:
        return code, None
    span = (blocks[0].traced.span()[0], blocks[-1].traced.span()[1]) if blocks else (0, 0)
    doubt = f"the language may be {code} or {other}; it is read as {code}"
    return code, Remark(span, doubt)


def _words(code: str) -> list[str]:
    words: str = subject(code, "structure")["function_words"]
    return words.split()
