"""Where one person ends and the next begins in a list that runs on in one paragraph or cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from kg.minutes.standing import is_instead
from kg.minutes.tokens import Window, find_name, split_prefix, token
from kg.minutes.words import known, one_of
from kg.traced import Traced

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"\(([A-ZÅÄÖ]{2,4})\)")
_LEAST_INITIALLED = 3
_NEAR = 120  # letters on either side of a word for “and”
_MOST_IN_NAME = 8  # words in which a name stands with its title
_MOST_WORDS = 40  # that a name is looked for in at a time
_TITLED = re.compile(r"[.)]\s")


@dataclass(frozen=True)
class _Piece:
    """A stretch between commas, at a range of the text, with the sign that stands before it."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class _Name:
    """A person's name in the text; `piece` is the index of the piece that it stands in."""

    start: int
    end: int
    piece: int
    strong: bool


def split_people(text: Traced) -> list[Traced]:
    """The entries of a list, one person each, whether or not anything stands between them.

    >>> from kg.traced import taken
    >>> for entry in split_people(taken("Johtaja Anna Lehto (pj.), OM Neuvos Matti Virta, VM")):
    ...     print(entry.text)
    Johtaja Anna Lehto (pj.), OM
    Neuvos Matti Virta, VM
    """
    if initialled := _by_initials(text):
        return initialled
    pieces = _pieces(text.text)
    names = _names(text.text, pieces)
    if len(names) < 2:
        return [text] if text.text.strip() else []
    ends = [_boundary(text.text, pieces, names, at) for at in range(1, len(names))]
    return _with_deputised(text, [0, *ends, len(text)])


def _by_initials(text: Traced) -> list[Traced]:
    """The entries of “Ann Lee (AL), Treasury Bob Ray (BR), Defra …”; empty if they are few."""
    starts: list[int] = []
    for found in _INITIALS.finditer(text.text):
        before = list(_LETTERS.finditer(text.text, 0, found.start()))[-len(found[1]) :]
        if "".join(word[0][0] for word in before) == found[1]:
            starts.append(before[0].start())
    if len(starts) < _LEAST_INITIALLED or starts[0] > 0:
        return []
    return _with_deputised(text, [*starts, len(text)])


def _with_deputised(text: Traced, bounds: Sequence[int]) -> list[Traced]:
    """The entries between bounds; one that tells for whom somebody came goes with the last."""
    entries: list[Traced] = []
    begin = 0
    for start, end in pairwise(bounds):
        entry = _trimmed(text[start:end])
        if entries and entry.text and is_instead(entry.text.casefold()):
            entries[-1] = _trimmed(text[begin:end])
        elif entry.text:
            entries.append(entry)
            begin = start
    return entries


def _trimmed(entry: Traced) -> Traced:
    entry = entry[
        len(entry.text) - len(entry.text.lstrip(" ,;\t")) : len(entry.text.rstrip(" ,;\t"))
    ]
    if leading := _leading().match(entry.text):
        entry = entry[leading.end() :]
    joint = _dangling().search(entry.text)
    return entry[: joint.start()] if joint else entry


@cache
def _leading() -> re.Pattern[str]:
    """A word for “and” that an entry begins with."""
    return re.compile(rf"(?:{one_of(known('people', 'words', 'joins'))}|&)\s+(?=[^\W\d_])")


@cache
def _dangling() -> re.Pattern[str]:
    """A word for “and” that is left at an entry's end."""
    return re.compile(rf"[,\s]+(?:{one_of(known('people', 'words', 'joins'))}|&)$")


def _pieces(text: str) -> list[_Piece]:
    """The stretches between the commas, semicolons and tabs outside of brackets."""
    found: list[_Piece] = []
    depth, start, sign = 0, 0, ""
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter in ";\t" or (letter == "," and not depth):
            found += _joined(text, start, at, sign)
            start, sign, depth = at + 1, letter, 0
    return [*found, *_joined(text, start, len(text), sign)]


def _joined(text: str, start: int, end: int, sign: str) -> list[_Piece]:
    """A stretch, or several where a word for “and” stands between two names."""
    found: list[_Piece] = []
    for match in _and().finditer(text, start, end):
        left = text[max(start, match.start() - _NEAR) : match.start()].split()[-_MOST_IN_NAME:]
        right = text[match.end() : min(end, match.end() + _NEAR)].split()[:_MOST_IN_NAME]
        before, behind = find_name(tuple(left)), find_name(tuple(right))
        if behind is None or not left or left[-1].endswith("-"):  # “Opetus- ja …”
            continue
        whole = before is not None and before.after == len(left)
        # “A och B,”: two words that are all of the rest are a name where the first surely is one.
        pair = (
            whole and before is not None and before.strong and (behind.first, len(right)) == (0, 2)
        )
        named = whole and (behind.strong or pair)
        ahead = right[: behind.first]
        titled = bool(ahead) and token(ahead[-1]).title and not split_prefix(ahead)
        if named or (behind.first == 0 and left[-1].endswith(")")) or (titled and before):
            found.append(_Piece(start, match.start(), sign))
            start, sign = match.end(), ";" if pair else ","
    return [*found, _Piece(start, end, sign)]


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{one_of(known('people', 'words', 'joins'))}|&)\s+(?=[^\W\d_])")


def _names(text: str, pieces: Sequence[_Piece]) -> list[_Name]:
    found: list[_Name] = []
    for place, piece in enumerate(pieces):
        found += _names_of(text, piece, place)
    return _plausible(text, pieces, found)


def _names_of(text: str, piece: _Piece, place: int) -> list[_Name]:
    """The names in a piece: one in each stretch that brackets and words for “and” leave."""
    found: list[_Name] = []
    for start, end in _stretches(text, piece):
        at = start
        while at < end:
            words = list(islice(_WORD.finditer(text, at, end), _MOST_WORDS))
            window = find_name(tuple(word[0] for word in words))
            if window is None:
                break
            first, last = words[window.first], words[window.after - 1]
            if _stood_in_for().search(text[max(0, first.start() - _NEAR) : first.start()]):
                break
            found.append(_Name(first.start(), last.end(), place, window.strong))
            at = last.end()
            if not _more(words, window):
                break
    return found


@cache
def _stood_in_for() -> re.Pattern[str]:
    """Words for “in place of” right before a name: the person is not the entry's."""
    return re.compile(
        rf"\w[\w.:]*[,)]?\s+(?:{one_of(known('people', 'words', 'instead'))})\s+(?:\w+\s+)?$",
        re.IGNORECASE,
    )


def without_deputised(text: str) -> str:
    """A cell without the one whom somebody stands in for: “Member, for Ann Lee” is “Member,”."""
    found = _deputised().search(text)
    if found is None:
        return text
    named = find_name(tuple(text[found.end() :].split()[:3]))
    before = text[: found.start()].split()
    body = bool(before) and token(before[-1]).body  # “Department for Transport”
    return text[: found.start()] if named is not None and named.first == 0 and not body else text


@cache
def _deputised() -> re.Pattern[str]:
    words = one_of(known("people", "words", "instead"))
    return re.compile(rf"\b(?i:{words})\s+(?=[^\W\d_a-zåäö])")


def _more(words: Sequence[re.Match[str]], window: Window) -> bool:
    """Tell whether another whole name may stand behind one, nothing between them."""
    rest = tuple(word[0] for word in words[window.after :])
    following = find_name(rest)
    return following is not None and following.strong


def _stretches(text: str, piece: _Piece) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    depth, start = 0, piece.start
    for at in range(piece.start, piece.end):
        if text[at] in "([":
            if not depth:
                found.append((start, at))
            depth += 1
        elif text[at] in ")]" and depth:
            depth -= 1
            start = at + 1
    if not depth:
        found.append((start, piece.end))
    return [(start, end) for start, end in found if text[start:end].strip()]


def _plausible(text: str, pieces: Sequence[_Piece], names: list[_Name]) -> list[_Name]:
    """Without two capitalised words that rather are a body's name (“Anna Lehto, Open Data”)."""
    strong = {name.piece for name in names if name.strong}
    pure = len(strong) >= 0.6 * len(pieces)
    kept: list[_Name] = []
    for name in names:
        if kept and text[name.start : name.end] == text[kept[-1].start : kept[-1].end]:
            continue  # a firm that is called after the person
        if name.strong or pure or _in_a_names_place(text, pieces, kept, name):
            kept.append(name)
    return kept


def _in_a_names_place(
    text: str, pieces: Sequence[_Piece], before: Sequence[_Name], name: _Name
) -> bool:
    piece = pieces[name.piece]
    ahead = text[piece.start : name.start].split()
    behind = text[name.end : piece.end].split("(")[0].split()
    if any(token(word).body for word in (*ahead, *behind)):
        return False
    if behind and behind[0] in known("bodies", "of"):  # “National Records of Scotland”
        return False
    if ahead:
        return token(ahead[-1]).title or token(ahead[-1]).role
    if piece.sign in {"", ";"} or text[name.end :].lstrip()[:1] == "(":
        return True
    bare = bool(before) and before[-1].piece == name.piece - 1
    return not bare or "(" in text[before[-1].end : piece.start]


def _boundary(text: str, pieces: Sequence[_Piece], names: Sequence[_Name], at: int) -> int:
    """Where the entry of a name begins: behind the body of the person before."""
    before, name = names[at - 1], names[at]
    piece = pieces[name.piece]
    start = piece.start if name.piece > before.piece else _after_and(text, before.end, name.start)
    if name.piece > before.piece and piece.sign == ";":
        return start
    ahead = [word for word in _WORD.finditer(text, start, name.start) if word[0][0] not in "(["]
    joins = known("people", "words", "joins")
    if ahead and ahead[0][0] in joins:  # “…, Treasurer, and Bob Ray, …”
        ahead = ahead[1:]
    words = [word[0] for word in ahead]
    body = split_prefix(words) if words else 0
    if body and not _prefixed(text, names):
        return ahead[body].start() if body < len(words) else name.start
    if name.piece > before.piece + 1 and words:
        return _with_title_before(text, pieces, names, at)
    return start


def _with_title_before(text: str, pieces: Sequence[_Piece], names: Sequence[_Name], at: int) -> int:
    """Where an entry begins whose title has a comma: “OM Osastopäällikkö, ylijohtaja A. Lehto”."""
    piece = pieces[names[at].piece]
    before = pieces[names[at].piece - 1]
    ahead = list(_WORD.finditer(text, before.start, before.end))
    words = [word[0] for word in ahead]
    if not words or not (token(words[-1]).title and text[piece.start : piece.end].strip()):
        return piece.start
    body = split_prefix(words)
    if 0 < body < len(words) and not _prefixed(text, names):
        return ahead[body].start()
    if body == 0 and _has_title(text, pieces, names[at - 1]):
        return before.start
    return piece.start


def _has_title(text: str, pieces: Sequence[_Piece], name: _Name) -> bool:
    words = text[pieces[name.piece].start : name.start].split()
    return bool(words) and token(words[-1]).title


def _after_and(text: str, start: int, end: int) -> int:
    """Behind a word for “and” or a bracket between two names."""
    joins = one_of(known("people", "words", "joins"))
    found = re.search(rf"[,\s](?:{joins}|&)\s+", text[start:end])
    if found:
        return start + found.end()
    closed = text.rfind(")", start, end)
    return closed + 1 if closed >= 0 else start


def _prefixed(text: str, names: Sequence[_Name]) -> bool:
    """Tell whether bodies stand before the names: then the first name has one before it."""
    words = _TITLED.sub(" ", text[: names[0].start]).split()
    return (
        bool(words)
        and split_prefix(words) > 0
        and not text[: names[0].start].rstrip().endswith(",")
    )


def at_commas(text: Traced) -> list[Traced]:
    """The parts between commas and words for “and”, outside of brackets."""
    joins = one_of(known("people", "words", "joins"))
    sign = re.compile(rf"[,;]\s+|\s+(?:{joins}|&)\s+(?=[^\W\d_])")
    found: list[Traced] = []
    start = 0
    for match in sign.finditer(text.text):
        if text.text.count("(", start, match.start()) > text.text.count(")", start, match.start()):
            continue
        found.append(text[start : match.start()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [part for part in found if part.text]
