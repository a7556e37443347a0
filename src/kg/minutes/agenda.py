"""Which headings are the items of the agenda: one way of numbering, and what counts below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.minutes.captions import label_of
from kg.minutes.headings import (
    TOP,
    Heading,
    Style,
    is_title,
    names_somebody_first,
    starts_with_number,
    tells,
)
from kg.minutes.run_in import find_run_in
from kg.minutes.words import folded, groups, known_set, labels

_FURTHEST = 4  # numbers that may be skipped between two items
_LONG = 40  # letters of a sentence
_ENOUGH = 2  # headings that make a scheme


@dataclass(frozen=True)
class Agenda:
    """The headings of items in order, and those of an agenda that was only announced."""

    headings: tuple[Heading, ...]
    announced: tuple[Heading, ...] = ()

    @property
    def first(self) -> int | None:
        """The index of the first block that is a heading."""
        return self.headings[0].index if self.headings else None


def choose(headings: Sequence[Heading], blocks: Sequence[Block]) -> Agenda:
    """The items' headings among all candidates."""
    numbered = [heading for heading in headings if heading.number is not None]
    numbered = [heading for heading in numbered if not _no_item(heading)]
    runs = _lists(numbered, blocks)
    in_list = {heading.index for run in runs for heading in run}
    apart = [heading for heading in numbered if heading.index not in in_list]
    spread = _spread(apart, blocks)
    best = _best_style(apart, spread, blocks)
    if best is None:
        main = find_run_in(blocks)
        return Agenda(tuple(main), () if main else tuple(_announced(runs, numbered, blocks)))
    style, kind = best
    main = [one for one in apart if one.style is style and (one.kind is Kind.HEADING) == kind]
    main = _in_sequence(main, spread)
    runs = [run for run in runs if not main or run[0].index < main[0].index]
    announced = _announced(runs, numbered, blocks)
    if main and not _same_titles(announced, main):
        announced = []
    subs = [*_subs(apart, main, spread, blocks), *_below_roman(apart, main, spread)]
    others = _siblings(headings, main, blocks) if kind else []
    chosen = sorted({one.index: one for one in (*main, *subs, *others)}.values(), key=_place)
    return Agenda(tuple(chosen), tuple(announced))


def _place(heading: Heading) -> int:
    return heading.index


def _no_item(heading: Heading) -> bool:
    """A label of a part of a decision, or of a list of people, is no item even with a number."""
    return not heading.title.text and heading.style not in {Style.SECTION, Style.DOT, Style.WORD}


def _spread(headings: Sequence[Heading], blocks: Sequence[Block]) -> set[int]:
    """The candidates that text stands under: no other candidate of the same style follows."""
    found: set[int] = set()
    at = {heading.index: heading for heading in headings}
    for heading in headings:
        if heading.has_text:
            found.add(heading.index)
            continue
        following = heading.index + heading.size
        other = at.get(following)
        if following < len(blocks) and (other is None or other.style is not heading.style):
            found.add(heading.index)
    return found


def _best_style(
    headings: Sequence[Heading], spread: set[int], blocks: Sequence[Block]
) -> tuple[Style, bool] | None:
    """The way of numbering that most headings with text under them have."""
    votes: Counter[tuple[Style, bool]] = Counter()
    for heading in headings:
        if heading.style in TOP and _votes(heading, spread):
            votes[heading.style, heading.kind is Kind.HEADING] += 1
    fitting = [
        choice
        for choice, count in votes.items()
        if count >= _ENOUGH and _mostly_titles(headings, choice, spread)
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda choice: (choice[1], votes[choice]))


def _votes(heading: Heading, spread: set[int]) -> bool:
    if heading.index not in spread or names_somebody_first(heading.title.text):
        return False
    return _titled(heading) or heading.has_text


def _titled(heading: Heading) -> bool:
    """Tell whether the words behind the number read as a title and not as a short sentence."""
    text = heading.title.text
    return not text or (is_title(text) and not (text.endswith(".") and tells(text)))


def _mostly_titles(
    headings: Sequence[Heading], choice: tuple[Style, bool], spread: set[int]
) -> bool:
    style, kind = choice
    own = [one for one in headings if one.style is style and (one.kind is Kind.HEADING) == kind]
    own = [one for one in own if one.index in spread]
    good = sum(_titled(one) for one in own)
    return 2 * good >= len(own)


def _lists(headings: Sequence[Heading], blocks: Sequence[Block]) -> list[list[Heading]]:
    """Runs of numbers from 1 on, one line each, no text between them, that no heading goes on."""
    runs: list[list[Heading]] = []
    tops = [one for one in headings if one.style in TOP and not one.has_text]
    for heading in tops:
        run = runs[-1] if runs else []
        last = run[-1] if run else None
        if last and heading.style is last.style and heading.order == last.order + 1:
            if _adjacent(last.index, heading.index, headings, blocks):
                run.append(heading)
                continue
        runs.append([heading])
    runs = [_without_item(run, tops, blocks) for run in runs if run[0].order == 1]
    return [run for run in runs if len(run) > 1 and not _goes_on(run, headings)]


def _without_item(
    run: list[Heading], tops: Sequence[Heading], blocks: Sequence[Block]
) -> list[Heading]:
    """A run without a last entry that rather goes on with the numbers before the run."""
    before = [one for one in tops if one.index < run[0].index and one.style is run[0].style]
    last = run[-1]
    again = any(
        one.order == last.order and one.style is last.style
        for one in tops
        if one.index > last.index
    )
    goes_on = bool(before) and last.order == before[-1].order + 1 and len(run) > 1 and not again
    followed = last.index + 1 < len(blocks) and not starts_with_number(blocks[last.index + 1].text)
    return run[:-1] if goes_on and followed and is_title(last.title.text) else run


def _adjacent(one: int, other: int, headings: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Tell whether only sub-points stand between two entries."""
    own = {
        heading.index
        for heading in headings
        if heading.style not in TOP and not heading.title.text.endswith(".")
    }
    return all(
        index in own or (blocks[index].kind is Kind.ITEM and len(blocks[index].text) < 100)
        for index in range(one + 1, other)
    )


def _goes_on(run: Sequence[Heading], headings: Sequence[Heading]) -> bool:
    """Tell whether a heading with text under it continues the numbers: then it is no list."""
    later = [one for one in headings if one.index > run[-1].index and one.style is run[0].style]
    return bool(later) and later[0].order == run[-1].order + 1 and later[0].kind is run[0].kind


def _announced(
    runs: Sequence[Sequence[Heading]], headings: Sequence[Heading], blocks: Sequence[Block]
) -> list[Heading]:
    """The list of items at the start: the first, if its entries are titles; sub-points included."""
    run = next((run for run in runs if not _lists_outcomes(run, blocks)), None)
    if run is None:
        return []
    good = all(is_title(one.title.text.rstrip(";.: ")) for one in run)
    if not good or names_somebody_first(run[0].title.text):
        return []
    end = run[-1].index
    subs = [
        one
        for one in headings
        if run[0].index < one.index < end and one.style in {Style.LETTER, Style.SUB, Style.LETTERED}
    ]
    return sorted((*run, *subs), key=_place)


def _lists_outcomes(run: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Tell whether a list stands under a heading for decisions or actions."""
    above = [label_of(block.text) for block in blocks[max(0, run[0].index - 2) : run[0].index]]
    return any(labels().get(label.word) in {"actions", "record"} for label in above if label)


def _same_titles(announced: Sequence[Heading], main: Sequence[Heading]) -> bool:
    """Tell whether half of the titles of a list are those of the headings, or part of them."""
    titles = [folded(heading.title.text) for heading in main]
    listed = [folded(heading.title.text) for heading in announced if heading.style in TOP]
    same = [one for one in listed if any(one in title or title in one for title in titles)]
    return 2 * len(same) >= len(listed)


def _in_sequence(headings: Sequence[Heading], spread: set[int]) -> list[Heading]:
    """The candidates whose numbers go on; numbering may skip, turn two items, or start again."""
    found: list[Heading] = []
    for place, heading in enumerate(headings):
        number, last = heading.order, found[-1].order if found else 0
        used = {one.order for one in found}
        likely = _votes(heading, spread)
        if not found:
            fits = likely or number <= 1
        elif number == last + 1:
            fits = likely or is_title(heading.title.text) or heading.index in spread
        elif last < number <= last + _FURTHEST or (number not in used and number > last - 3):
            fits = likely
        else:
            fits = likely and _starts_again(headings, place, spread)
        if fits:
            found.append(heading)
    return found


def _starts_again(headings: Sequence[Heading], place: int, spread: set[int]) -> bool:
    """Tell whether the numbering begins anew: from 1, with text under the first two."""
    heading = headings[place]
    following = headings[place + 1] if place + 1 < len(headings) else None
    if heading.order != 1 or following is None or following.order != 2:
        return False
    apart = following.index - heading.index >= 2
    return apart and _votes(following, spread) and heading.gap and following.gap


def _subs(
    headings: Sequence[Heading],
    main: Sequence[Heading],
    spread: set[int],
    blocks: Sequence[Block],
) -> list[Heading]:
    """The sub-items: “3.1 Title” and “5a) Title” anywhere, “a. Title” with text under it."""
    found: list[Heading] = []
    places = {heading.index for heading in main}
    numbers = [one for one in headings if one.style is Style.SUB]
    stopped = 2 * sum(not one.title.text.endswith(".") for one in numbers) < len(numbers)
    for heading in headings:
        if heading.index in places or not main or heading.index < main[0].index:
            continue
        parent = next(one for one in reversed(main) if one.index < heading.index)
        if heading.style in {Style.SUB, Style.LETTERED}:
            own = heading.order == parent.order or heading.order in {one.order for one in main}
            if own and _is_sub_title(heading.title.text, stopped):
                found.append(heading)
        elif heading.style in {Style.LETTER, Style.CAPITAL} and _is_sub(heading, spread, blocks):
            found.append(heading)
    return found


def _below_roman(
    headings: Sequence[Heading], main: Sequence[Heading], spread: set[int]
) -> list[Heading]:
    """“1. …”, “2. …” below an item with a Roman number: two at least, counted from 1 again."""
    if not main or main[0].style is not Style.ROMAN:
        return []
    below: dict[int, list[Heading]] = {}
    for heading in headings:
        parent = next((one for one in reversed(main) if one.index < heading.index), None)
        arabic = heading.style in TOP and heading.style is not Style.ROMAN
        if parent is None or not arabic or not heading.gap or not _votes(heading, spread):
            continue
        own = below.setdefault(parent.index, [])
        if heading.order == len(own) + 1:
            own.append(heading)
    return [one for own in below.values() if len(own) > 1 for one in own]


def _is_sub_title(text: str, stopped: bool) -> bool:
    """A title; with a full stop only where not all numbered paragraphs end in one."""
    return is_title(text) and not text.endswith((",", ";")) and not (stopped and text.endswith("."))


def _is_sub(heading: Heading, spread: set[int], blocks: Sequence[Block]) -> bool:
    title = heading.title.text
    if not is_title(title) or not title[:1].isupper() or title.endswith((".", ",", ";")):
        return False
    apart = heading.gap or heading.kind is Kind.HEADING
    return heading.index in spread and (apart or _heads_sentence(heading, blocks))


def _heads_sentence(heading: Heading, blocks: Sequence[Block]) -> bool:
    """Tell whether a short title has a whole sentence on the line below."""
    following = blocks[heading.index + 1] if heading.index + 1 < len(blocks) else None
    if following is None or following.gap or heading.title.text[-1] in ":;,":
        return False
    sentence = following.text.rstrip()[-1:] == "." and following.text[:1].isupper()
    return sentence and len(heading.title) < len(following.text)


def _siblings(
    headings: Sequence[Heading], main: Sequence[Heading], blocks: Sequence[Block]
) -> list[Heading]:
    """Headings without a number at the rank of the numbered ones: between, behind, just before."""
    if not main:
        return []
    ranks = {heading.level for heading in main}
    plain = [
        heading
        for heading in headings
        if heading.style is Style.NONE and is_item_title(heading.title.text)
    ]
    later = [one for one in plain if one.index > main[0].index and one.level <= max(ranks)]
    before = [one for one in plain if 0 < one.index < main[0].index and one.level in ranks]
    return [*(one for one in before if _heads_sentences(one, blocks)), *later]


def _heads_sentences(heading: Heading, blocks: Sequence[Block]) -> bool:
    """Tell whether sentences stand under a heading, rather than fields of the memo's head."""
    if heading.index + 1 >= len(blocks):
        return False
    text = blocks[heading.index + 1].text
    label = label_of(text)
    told = label is not None and label.word in labels() and label.closed
    return not told and text.rstrip()[-1:] in {".", ":"} and len(text) > _LONG


def is_item_title(text: str) -> bool:
    """Tell whether an unnumbered heading may be an item's, and none of the memo's other parts."""
    word = folded(text)
    if (
        word in groups()
        or labels().get(word) in _OTHER_PARTS
        or word in known_set("labels", "other")
    ):
        return False
    first = word.split(" ")[0].strip(".:;,0123456789 ")
    return bool(word) and not (labels().get(first) in {"record", "tail"} and len(word.split()) <= 2)


_OTHER_PARTS = frozenset(
    {"date", "time", "place", "number", "agenda", "kinds", "tail", "record", "actions"}
)
