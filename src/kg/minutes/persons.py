"""One person of a list of participants: name, title, body, roles, presence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.minutes.bodies import body_named
from kg.minutes.body_words import begins_title, body_rank, is_body, leading_office, represented
from kg.minutes.model import Role
from kg.minutes.standing import ORDINAL, is_absent, is_instead, is_presence, role_in
from kg.minutes.tokens import Window, find_name, leading_body, split_prefix, token
from kg.minutes.words import folded, known, known_set, one_of, roles
from kg.traced import Traced

_BRACKET = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?")
_PARTS = re.compile(r"[,;|\t]\s*|\s[–—-]\s|\s/\s?|:\s|\s\.\s")
_QUOTED = re.compile(r"(?<!\w)[\"“”„'‘’»«]([^\"“”„'‘’»«]{2,20})[\"“”'‘’»«](?!\w)")
_MARK = re.compile(r"^\s*(?:[-–—•·*○▪]+|\d{1,2}[.)]|\[[ xX]?\])\s+")
_UNDERLINED = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])")
_ITEMS = re.compile(r"(?:§|\b[^\W\d_]+\.?) ?\d{1,3}(?![\d.:]\d)")
_MOST_WORDS = 40


@dataclass
class Person:
    """Somebody in a list, as far as the list's words say; filled piece by piece."""

    names: list[str]
    entry: Traced
    strong: bool
    titles: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    roles: list[tuple[Role, str]] = field(default_factory=list)
    present: bool | None = None
    initials: str | None = None
    nickname: str | None = None
    unexplained: int = 0
    partly: bool = False  # there for some items only
    comma_name: bool = False

    @property
    def organisation(self) -> str | None:
        """The body that was named: one that is known, that has a body's words, or a party."""
        parties = known_set("people", "words", "parties")
        bodies = [one for one in self.organisations if one.casefold() not in parties]
        return max(bodies or self.organisations, key=body_rank, default=None)


@dataclass(frozen=True)
class _Part:
    """A part of an entry between commas or in brackets."""

    text: str
    bracket: bool

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split()[:_MOST_WORDS])


def read_person(entry: Traced, lone_names: bool = False, names_only: bool = False) -> Person | None:
    """The person of an entry that holds one, None if no name is in it.

    `lone_names`: the list has surnames (or first names) alone; `names_only`: it stands in a column
    of names, so that a comma stands behind a surname.
    """
    text = _UNDERLINED.sub(" ", _MARK.sub("", _without_deputised(entry.text)))
    text, nickname = _without_nickname(text)
    parts = list(_parts(text))
    found = _name_part(parts)
    turned = _last_comma_first(parts, entry, names_only)
    if turned and (found is None or not found[1].strong or names_only):
        return turned
    if found is None:
        return _lone(parts, entry) if lone_names else None
    place, window = found
    words = parts[place].words
    person = Person(
        list(words[window.first : window.after]), entry, window.strong, nickname=nickname
    )
    person.names = [name.strip(",;:*") for name in person.names]
    rest = words[window.after :]
    if _third_name(rest, parts):
        person.names.append(rest[0])
        rest = rest[1:]
    _read_parts(person, parts[:place])
    elsewhere = any(is_body(part.text) for part in parts[place + 1 :] if not part.bracket)
    _read_before(person, words[: window.first], elsewhere)
    _read_parts(person, [_Part(" ".join(rest), False)] if rest else [])
    _read_parts(person, parts[place + 1 :])
    _own_initials(person)
    return person


def _own_initials(person: Person) -> None:
    """“Olli Mäki (OM), Kela”: where a body is named beside it, an abbreviation is who it is."""
    if person.initials is None and len(person.organisations) > 1:
        own = [one for one in person.organisations if are_initials(one, person)]
        if own:
            person.initials = own[0]
            person.organisations.remove(own[0])


def _read_parts(person: Person, parts: Sequence[_Part]) -> None:
    for part in parts:
        _read_part(person, part)


def _parts(text: str) -> Iterator[_Part]:
    """The parts of an entry, brackets' contents apart; both are cut at commas."""
    at = 0
    for bracket in _BRACKET.finditer(text):
        yield from _plain(text[at : bracket.start()], False)
        yield from _plain(bracket[1] or bracket[2] or "", True)
        at = bracket.end()
    yield from _plain(text[at:], False)


def _plain(text: str, bracket: bool) -> Iterator[_Part]:
    for piece in _PARTS.split(text):
        if piece and (clean := piece.strip(" .;:*")):
            yield _Part(_abbreviated(clean, piece.strip()), bracket)


def _abbreviated(clean: str, piece: str) -> str:
    """With the full stop of an abbreviation that ends it (“J. F.”)."""
    return piece if piece == f"{clean}." and len(clean.split()[-1]) == 1 else clean


@cache
def _deputised() -> re.Pattern[str]:
    several = [word for word in known("people", "words", "instead") if " " in word]
    return re.compile(rf"(?<=\w)[\s,]+(?=(?i:{one_of(several)})\s+[^\W\d_a-zåäö])")


def _without_deputised(text: str) -> str:
    """“A in place of B” with the second name in brackets, where it is nobody's own."""
    found = _deputised().search(text)
    if not found or _inside_bracket(text, found.start()):
        return text
    end = re.search(r"[,;(\t]|\s[–-]\s", text[found.end() :])
    stop = found.end() + end.start() if end else len(text)
    return f"{text[: found.start()]} ({text[found.end() : stop].strip()}) {text[stop:]}"


def _inside_bracket(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _without_nickname(text: str) -> tuple[str, str | None]:
    quoted = _QUOTED.search(text)
    if quoted is None:
        return text, None
    return f"{text[: quoted.start()]}{text[quoted.end() :].lstrip()}", quoted[1]


def _name_part(parts: Sequence[_Part]) -> tuple[int, Window] | None:
    """The part with the name, and where in it; rather outside of brackets and near the start."""
    best: tuple[float, int, Window] | None = None
    for place, part in enumerate(parts):
        window = find_name(part.words) if not part.bracket else None
        if window is None:
            continue
        titled = window.first > 0 and token(part.words[window.first - 1]).title
        if not (window.strong or titled) and is_body(part.text):
            continue
        if body_named(part.text) is not None:
            continue
        score = window.score + (1.5 if place == 0 else 0) - _other_words(part.words, window)
        if best is None or score > best[0]:
            best = (score, place, window)
    return (best[1], best[2]) if best else None


def _other_words(words: Sequence[str], window: Window) -> int:
    """What speaks against a weak name: a body's word beside it (“National Audit Office”)."""
    if window.strong:
        return 0
    before = words[: window.first]
    titled = bool(before) and token(before[-1]).title  # “Committee Officer Ann Lee”
    rest = (*(() if titled else before), *words[window.after :])
    return 6 if any(token(word).body for word in rest) else 0


def _third_name(rest: Sequence[str], parts: Sequence[_Part]) -> bool:
    """One more word behind a name is a second surname where a body is named elsewhere."""
    if len(rest) != 1 or not token(rest[0]).capital or token(rest[0]).no_name:
        return False
    behind = parts[1] if len(parts) > 1 and not parts[1].bracket else None
    titled = behind is not None and any(
        token(word).title or token(word).role for word in behind.words
    )
    return titled or any(is_body(part.text) for part in parts)


def _last_comma_first(parts: Sequence[_Part], entry: Traced, names_only: bool) -> Person | None:
    """“Lehto, Anna Maria, STM”; in a column of names any first name will do."""
    plain = [part for part in parts if not part.bracket]
    if len(plain) < 2:
        return None
    last, first = plain[0].words, plain[1].words
    titles = [word for word in last[:-1] if token(word).title]
    surname = last[len(titles) :]
    if not (1 <= len(surname) <= 3 and 1 <= len(first) <= 2):
        return None
    names = [token(word) for word in first]
    known = all(name.first or name.initial for name in names)
    if not known and not (names_only and all(name.capital and not name.no_name for name in names)):
        return None
    if not all(token(word).capital or token(word).particle for word in surname):
        return None
    if any(token(word).body or token(word).title for word in surname) or token(surname[-1]).role:
        return None
    person = Person([*first, *surname], entry, True, list(titles), comma_name=True)
    _read_parts(person, [part for part in parts if part not in plain[:2]])
    return person


def starts_with_surname(text: str) -> bool:
    """Tell whether a line may begin “Surname, First name”: one word, a comma, one or two more."""
    parts = [part for part in _parts(text) if not part.bracket]
    if len(parts) < 3 or len(parts[0].words) > 1 or len(parts[1].words) > 2:
        return False
    if not text.lstrip()[len(parts[0].text) :].lstrip().startswith(","):  # “Kvarnby: Ann Lee, …”
        return False
    return all(
        token(word).capital and not token(word).no_name
        for word in (*parts[0].words, *parts[1].words)
    )


def _lone(parts: Sequence[_Part], entry: Traced) -> Person | None:
    """A name of one word, with a title before it or not."""
    if not parts or parts[0].bracket:
        return None
    words = parts[0].words
    if len(words) == 2 and token(words[0]).first and token(words[1]).initial:  # “Jaana K.”
        person = Person(list(words), entry, True)
        _read_parts(person, parts[1:])
        return person
    size = split_prefix(words[:-1])
    named = token(words[-1])
    if not named.capital or named.no_name or (len(words) > 1 and not _titled(words[size:-1])):
        return None
    person = Person([words[-1]], entry, named.first)
    _read_before(person, words[:-1], False)
    _read_parts(person, parts[1:])
    return person


def _titled(words: Sequence[str]) -> bool:
    return not words or token(words[-1]).title or token(words[-1]).role or _courtesy(words[-1])


def _read_before(person: Person, words: Sequence[str], elsewhere: bool) -> None:
    """What stands before a name: a body, unless one is named `elsewhere`, then a title or role."""
    words = [word for word in words if not _courtesy(word)]
    size = leading_office(words) if elsewhere and words else split_prefix(words)
    if size:
        person.organisations.append(" ".join(words[:size]).strip(",;:"))
    title = " ".join(words[size:]).strip(",;:.*")
    if not title:
        return
    role = roles().get(folded(title)) or roles().get(ORDINAL.sub("", folded(title)))
    if role is not None:
        person.roles.append((role, title))
        return
    known_title = begins_title(words[size]) or any(token(word).title for word in words[size:])
    person.unexplained += 0 if known_title else len(words) - size
    person.titles.append(title)


def _courtesy(word: str) -> bool:
    return word.casefold() in known("people", "words", "courtesy")


def _read_part(person: Person, part: _Part) -> None:
    """What a part says that does not hold the name."""
    text = part.text
    low = folded(text) or text.strip()
    if not text or low in {"", "-"}:
        return
    if _is_initials(text, person):
        person.initials = text
    elif (role := role_in(low)) is not None:
        person.roles.append((role, text))
        if len(part.words) > 1 and roles().get(folded(part.words[0])) is role:
            rest = " ".join(part.words[1:])  # “varajäsen VM”
            person.organisations += [rest] if body_named(rest) is not None else []
    elif is_absent(low):
        person.present = False
    elif is_presence(low):
        person.partly = person.partly or bool(_ITEMS.search(low))
    elif (short := roles().get(folded(part.words[0]))) and part.words[0].endswith("."):
        person.roles.append((short, part.words[0]))  # “siht. THL”
        _read_part(person, _Part(" ".join(part.words[1:]), part.bracket))
    elif is_instead(low):
        person.roles.append((Role.DEPUTY, text))
    else:
        _read_body_or_title(person, part)


def _read_body_or_title(person: Person, part: _Part) -> None:
    part = _without_items(person, part)
    words = part.words
    if not part.bracket and (size := _role_at_end(words)):
        person.roles += _offices_of(words[-size:])
        person.present = False if is_absent(folded(" ".join(words[-size:]))) else person.present
        _read_part(person, _Part(" ".join(words[:-size]), False))
        return
    if part.bracket and len(words) == 1 and person.names[-1].casefold()[:5] in words[0].casefold():
        person.nickname = person.nickname or words[0]
        return
    if part.bracket and _is_somebody(words):
        return
    body = leading_body(words)
    if body and body < len(words) and is_presence(" ".join(words[body:]).casefold()):
        person.organisations.append(" ".join(words[:body]))
        return
    if (sender := represented(words)) is not None or is_body(part.text):
        person.organisations.append(sender or part.text)
        return
    if any(token(word).title for word in words) or begins_title(words[0]):
        size = leading_office(words)
        if 0 < size < len(words):
            person.organisations.append(" ".join(words[:size]))
            words = words[size:]
        ends = [at for at, word in enumerate(words, 1) if token(word).title]
        behind = words[ends[-1] :] if ends else ()
        if behind and not behind[0].islower() and is_body(" ".join(behind)):
            person.organisations.append(" ".join(behind))  # “jurist Skatteverket”
            words = words[: ends[-1]]
        person.titles.append(" ".join(words))
        return
    if part.text[:1].isupper() and len(words) <= 8:
        person.organisations.append(part.text)
    elif len(words) <= 6:
        person.titles.append(part.text)
    person.unexplained += len(words) if not part.bracket and part.text[:1].islower() else 0


def _role_at_end(words: Sequence[str]) -> int:
    """How many words at the end of a row without columns are a role, behind a body or a title."""
    for size in (2, 1):
        low = folded(" ".join(words[-size:]))
        if len(words) > size and (low in roles() or is_absent(low)):
            ahead = words[:-size]
            if not words[-1].islower() and body_named(" ".join(ahead)) is None:
                continue
            if is_body(" ".join(ahead)) or any(is_body(word) for word in ahead[-1:]):
                return size
    return 0


def _offices_of(words: Sequence[str]) -> list[tuple[Role, str]]:
    role = roles().get(folded(" ".join(words)))
    return [(role, " ".join(words))] if role else []


def _without_items(person: Person, part: _Part) -> _Part:
    """“fastighetschef §§ 41–43” without the items for which somebody was there."""
    words = part.words
    for size in range(1, len(words)):
        behind = " ".join(words[size:]).casefold()
        numbered = any(sign.isdigit() for sign in behind) and not words[size].isdigit()
        if numbered and is_presence(behind):  # “Committee 6” is a name
            person.partly = True
            return _Part(" ".join(words[:size]), part.bracket)
    return part


def _is_somebody(words: tuple[str, ...]) -> bool:
    """Tell whether words are a name and nothing else: in brackets, of whom somebody stands for."""
    window = find_name(words)
    return window is not None and window.strong and window.after - window.first == len(words)


def _is_initials(text: str, person: Person) -> bool:
    """Tell whether letters are the person's own, in order: “AK” of Anna Korhonen."""
    bare = text.replace(".", "").replace("-", "")
    if not (2 <= len(bare) <= 4 and bare.isalpha() and text[:1].isupper()):
        return False
    if body_named(text) is not None and not person.organisations:
        return False
    return are_initials(text, person)


def are_initials(text: str, person: Person) -> bool:
    """Tell whether letters are the initials of a person, whatever else they may stand for."""
    bare = text.replace(".", "").replace("-", "")
    letters = [part[:1] for name in person.names for part in name.split("-") if part]
    own = {"".join(letters).casefold(), (letters[0] + letters[-1]).casefold()}
    last = person.names[-1]
    own |= {(letters[0] + last[:2]).casefold(), (letters[0] + last[:3]).casefold()}
    own.add((person.names[0][:2] + last[:1]).casefold())
    own.add((person.names[0][:2] + last[:2]).casefold())
    return bare.casefold() in own and bare[:1].isupper()
