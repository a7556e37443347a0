"""The name of the body that met, and the number of its meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.languages import languages, subject
from kg.minutes.bodies import body_named
from kg.minutes.body_words import heads, nominative
from kg.minutes.dates import days_in, hours_in
from kg.minutes.fields import Field
from kg.minutes.words import folded, known, known_set, labels, one_of
from kg.traced import Traced

_CUT = re.compile(r"\s[–—|/]\s|[:;\t]|,\s|\s-\s|\.\s")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_YEARLY = re.compile(r"(?<![\w/.-])(\d{1,3}\s?/\s?(?:19|20)?\d\d)(?![\w/-])")
_PAIRED = re.compile(r"[^\W\d_][^–—|:;\t]*\s[–—-]\s[^–—|:;\t]*[^\W\d_]")  # “Council – Group”
_LONGEST = 160
_NEAR = 3  # lines from a body's name to that of its group


@dataclass(frozen=True)
class Naming:
    """The body's name, where it stands, and the meeting's number; None where not found."""

    body: str | None
    where: Traced | None
    number: str | None


def read_naming(blocks: Sequence[Block], fields: Sequence[Field]) -> Naming:
    """Whose meeting it was, and which."""
    best: tuple[float, str, Traced] | None = None
    for score, name, where in _candidates(blocks, fields):
        if best is None or score > best[0]:
            best = (score, name, where)
    number = _number(blocks, fields)
    return Naming(best[1], best[2], number) if best else Naming(None, None, number)


def _candidates(
    blocks: Sequence[Block], fields: Sequence[Field]
) -> Iterator[tuple[float, str, Traced]]:
    for field in fields:
        if field.part == "body":
            for part in _parts(field.value):
                yield from _scored(part, field.value.text, 2.0)
    above = -_NEAR
    for at, block in enumerate(blocks):
        if len(block.text) > _LONGEST or _is_field(block):
            continue
        below = at - above < _NEAR  # a group stands under the name of what it belongs to
        bonus = 1.0 * (block.kind is Kind.HEADING) - 0.02 * at + 0.8 * below
        found = [one for part in _parts(block.traced) for one in _scored(part, block.text, bonus)]
        if len(found) > 1 and _PAIRED.fullmatch(block.text) and len(_parts(block.traced)) == 2:
            yield found[0][0] + 0.1, block.text.strip(), block.traced.strip()
        yield from found
        above = at if found else above


def _is_field(block: Block) -> bool:
    head = block.text.partition(":")[0].partition("\t")[0]
    return labels().get(folded(head)) in {"date", "time", "place", "next", "start", "end"}


def _scored(part: Traced, line: str, bonus: float) -> Iterator[tuple[float, str, Traced]]:
    """A stretch as a body's name, with what speaks for it; nothing without a word for a body."""
    words, met = _without_meeting(part.text)
    if not words:
        return
    name, has_head = nominative(words)
    if not has_head or body_named(name) is not None or len(words) > 16:
        return
    if name[-1:] in ".!?" or not name[:1].isalpha() or not (name[:1].isupper() or met):
        return
    low = [folded(word) for word in line.split()]
    met = met or any(word in known_set("bodies", "meetings") for word in low)
    whole = words == part.text.split() and len(_parts_of(line)) == 1
    alone = name.casefold() in heads()[0]  # “Board” and no more
    score = 2.0 + bonus + 1.5 * met + 0.5 * whole + 0.5 * name.isupper() - 2.5 * alone
    yield score, name, part


def _parts_of(text: str) -> list[str]:
    return [part for part in _CUT.split(_BRACKET.sub("", text)) if part.strip()]


def _parts(text: Traced) -> list[Traced]:
    """The stretches of a line between signs, without brackets and the day."""
    days = days_in(text.text)
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(text.text)]
    cuts += [(match.start(), match.end()) for match in _BRACKET.finditer(text.text)]
    cuts += [(day.start, day.end) for day in days]
    cuts += [match.span() for match in _held().finditer(text.text)]
    found: list[Traced] = []
    start = 0
    for cut, end in sorted(cuts):
        if cut > start:
            found.append(text[start:cut].strip())
        start = max(start, end)
    found.append(text[start:].strip())
    return [part for part in found if part.text]


@cache
def _held() -> re.Pattern[str]:
    """Words behind a body's name that tell when it met."""
    held = one_of(known("bodies", "held"))
    dated = one_of(known("bodies", "held_on"))
    return re.compile(rf"\s(?:(?:{held})\b|(?:{dated})(?=\s+\d))", re.IGNORECASE)


def _without_meeting(text: str) -> tuple[list[str], bool]:
    """The words of a stretch without those for the meeting, its number and kind at either end."""
    words = text.split()
    met = False
    while words and (drop := _droppable(words)):
        met = met or any(_is_meeting(word) for word in words[:drop])
        words = words[drop:]
    while words and _ends_with_meeting(words):
        met = met or _is_meeting(words[-1])
        words = words[:-1]
    return words, met


def _is_meeting(word: str) -> bool:
    return folded(word) in known_set("bodies", "meetings") or folded(word) in known_set(
        "labels", "kinds"
    )


def _droppable(words: Sequence[str]) -> int:
    """How many words at the start are of the meeting: “Minutes of the seventh meeting of the”."""
    low = " ".join(word.casefold() for word in words[:8])
    opening = _of().match(low)
    if opening:
        return len(opening[0].split())
    first = words[0]
    ordinals = known_set("bodies", "ordinals") | known_set("bodies", "ordinals_genitive")
    if _is_meeting(first) or _number_word().fullmatch(first) or folded(first) in ordinals:
        return 1 if len(words) > 1 else 0
    return 0


@cache
def _number_word() -> re.Pattern[str]:
    """A number as a word: “5.”, “4:e”, “12th”, “#48”, “3/2022”, and words for “number”."""
    ordinals = one_of(known("months", "ordinals"))
    words = one_of(word.rstrip(".") for word in known("labels", "number"))
    return re.compile(
        rf"#?\d{{1,3}}(?:[./]\d{{2,4}})*\.?(?:{ordinals})?|\d+\)?|[#§]+|(?:{words})\.?",
        re.IGNORECASE,
    )


@cache
def _plain_number() -> re.Pattern[str]:
    ordinals = one_of(known("months", "ordinals"))
    return re.compile(rf"#?(\d{{1,3}})(?:[.,]|{ordinals})?", re.IGNORECASE)


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(known('bodies', 'of'))})(?=\s)")


def _ends_with_meeting(words: Sequence[str]) -> bool:
    last = words[-1]
    ordinals = known_set("bodies", "ordinals") | known_set("bodies", "ordinals_genitive")
    if _is_meeting(last) or folded(last) in ordinals:
        return len(words) > 1
    return bool(_number_word().fullmatch(last)) and len(words) > 1


def _number(blocks: Sequence[Block], fields: Sequence[Field]) -> str | None:
    """The number of the meeting: labelled, or beside a word for a meeting or a kind of memo."""
    for field in fields:
        if field.part == "number" and (found := re.search(r"\d+(?:\s?/\s?\d+)?", field.value.text)):
            return found[0].replace(" ", "")
    texts = [field.value.text for field in fields if field.part == "body"]
    texts += [
        block.text for block in blocks if len(block.text) <= _LONGEST and not _is_field(block)
    ]
    return next((number for text in texts if (number := _number_in(text)) is not None), None)


def _number_in(text: str) -> str | None:
    bare = _blanked(text)
    words = bare.split()
    meeting = [at for at, word in enumerate(words) if _is_meeting(word)]
    yearly = _YEARLY.search(bare) if _YEARLY.search(text) else None  # not inside of a file's number
    if yearly and (meeting or len(words) == 1):
        return yearly[1].replace(" ", "")
    for at in meeting:
        if folded(words[at]) in known_set("labels", "kinds"):
            if number := _kind_number(words[at + 1 :], len(words)):
                return number
            continue
        near = [*words[at + 1 : at + 3], *reversed(words[max(0, at - 1) : at])]
        for word in near:
            if number := _as_number(word):
                return number
    return None


def _kind_number(behind: Sequence[str], size: int) -> str | None:
    """The number of a kind of memo, told by a word or sign or alone: “Protokoll nr 4”, “#14”."""
    if not behind:
        return None
    signed = folded(behind[0]).rstrip(".") in {
        word.rstrip(".") for word in known("labels", "number")
    }
    if signed and len(behind) > 1:
        return _as_number(behind[1])
    return _as_number(behind[0]) if behind[0].startswith("#") or size == 2 else None


def _as_number(word: str) -> str | None:
    low = word.casefold().strip(".,:")
    for form in ("ordinals", "ordinals_genitive"):
        for code in languages():
            listed = subject(code, "structure")["bodies"][form].split()
            if low in listed:
                return str(listed.index(low) + 1)
    number = _plain_number().fullmatch(word)
    return number[1] if number else None


def _blanked(text: str) -> str:
    """A line without its days and hours, so that their numbers are not the meeting's."""
    for one in reversed([*days_in(text)]):
        if one.day is not None or one.year is None:
            text = f"{text[: one.start]} {text[one.end :]}"
    for hours in reversed(hours_in(text)):
        text = f"{text[: hours.start]} {text[hours.end :]}"
    return text
