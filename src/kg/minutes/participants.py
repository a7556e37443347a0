"""From the entries of lists to participants: each person once, with one role, first name first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from kg.minutes.attendance import Listed
from kg.minutes.bodies import body_named, resolve
from kg.minutes.body_words import is_body
from kg.minutes.model import Participant, Remark, Role
from kg.minutes.persons import Person, are_initials
from kg.minutes.tokens import token
from kg.minutes.words import Group, folded, known, known_set, particles

_MARK = re.compile(r"\s+[xX]\Z")
_TICK = re.compile(r"\s*(?:[xX]|[☒☑✓✔]|\[[xX]\])\s+")
_ENOUGH_TICKS = 2
_RANKS = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY)
_CODE = 3  # letters of a delegation's code, at most
_ENOUGH_OTHERS = 2
_PARTY = 2  # letters that a party's abbreviation has at most


def participants_of(
    people: Sequence[Listed],
) -> tuple[tuple[Participant, ...], tuple[Remark, ...]]:
    """The participants of all lists of a memo, and the misprints that were seen through."""
    swapped = _surnames_first(people) > 0
    groups = {one.group for one in people}
    straight = {
        group
        for group in groups
        if _surnames_first([one for one in people if one.group == group]) < 0
    }
    _others_are_members(people)
    _take_for_titles(people)
    _one_chair(people)
    _unticked(people)
    _own_letters([listed.person for listed in people])
    invited = any(listed.group.role is Role.EXPERT for listed in people)
    for listed in people:
        _rather_in_brackets(listed.person, invited)
    delegations = _delegations(people)
    merged: dict[str, Participant] = {}
    plain: set[str] = set()  # those of whom no heading or word has told the role so far
    remarks: list[Remark] = []
    for listed, delegation in zip(people, delegations, strict=True):
        one = replace(
            _participant(listed, swapped and listed.group not in straight), delegation=delegation
        )
        key = _same(merged, one)
        if key in merged and merged[key].present != one.present:
            remarks.append(Remark(one.span, f"{one.name} is listed as present and as absent"))
        told = listed.group.role is not None or bool(listed.person.roles)
        merged[key] = _merge(merged[key], one, key in plain) if key in merged else one
        plain = plain - {key} if told else plain | {key}
    parties = _parties(merged.values())
    found = [one if parties else _resolved(one, remarks) for one in merged.values()]
    return tuple(found), tuple(remarks)


def _others_are_members(people: Sequence[Listed]) -> None:
    """Where only the chair and the like are named else, “others present” are the members."""
    there = [one for one in people if one.group.present is not False]
    others = [one for one in there if one.group.role is Role.OTHER and not one.group.partly]
    rest = {one.group.role for one in there} - {Role.OTHER, Role.EXPERT, *_RANKS}
    if rest or len(others) < _ENOUGH_OTHERS or not any(one.group.role in _RANKS for one in there):
        return
    for one in others:
        one.group = replace(one.group, role=Role.MEMBER)


def _take_for_titles(people: Sequence[Listed]) -> None:
    """Among the members, “chair Ann Lee, Writers' Union” chairs something else.

    Only where a heading of its own names who holds the office here.
    """
    headed = {(listed.group.role, tuple(listed.person.names)) for listed in people}
    ranks = {rank for rank, _ in headed} & set(_RANKS)
    for listed in people:
        if listed.group.role in _RANKS:
            _keep_office(listed, ranks)
            continue
        names = tuple(listed.person.names)  # who is under such a heading as well holds it here
        others = [
            one for one in listed.person.roles if one[0] in ranks and (one[0], names) not in headed
        ]
        if others and "(" not in listed.person.entry.text.split(others[0][1])[0][-2:]:
            listed.person.titles += [written for _, written in others]
            listed.person.roles = [one for one in listed.person.roles if one not in others]


def _keep_office(listed: Listed, ranks: Set[Role | None]) -> None:
    """Of “Secretary: Ann Lee, utredare”, “Chair: Bob Ray, Assistant Secretary” that is a title."""
    if listed.group.role is Role.CHAIR:
        others = [one for one in listed.person.roles if one[0] is Role.SECRETARY]
    elif listed.group.role is Role.SECRETARY and Role.CHAIR in ranks:
        others = [one for one in listed.person.roles if one[0] is Role.CHAIR]
    else:
        return
    listed.person.roles = [one for one in listed.person.roles if one not in others]
    listed.person.titles += [written for _, written in others]


def _unticked(people: Sequence[Listed]) -> None:
    """Of a list whose lines begin with a tick where somebody came, the others were absent."""
    ticked = {index for index, one in enumerate(people) if _TICK.match(one.person.entry.text)}
    groups = [one.group for at, one in enumerate(people) if at in ticked]
    for at, listed in enumerate(people):
        counted = groups.count(listed.group) >= _ENOUGH_TICKS
        if at not in ticked and counted and listed.person.present is None:
            listed.person.present = False


def _own_letters(people: Sequence[Person]) -> None:
    """Where most have initials, letters that are somebody's own are no body (“Sean Byrne (SB)”)."""
    if 2 * sum(person.initials is not None for person in people) < len(people):
        return
    for person in people:
        own = [one for one in person.organisations if are_initials(one, person)]
        if person.initials is None and own:
            person.initials = own[0]
            person.organisations.remove(own[0])


def _delegations(people: Sequence[Listed]) -> list[str | None]:
    """The code of each person's delegation, where a list has codes; one holds until the next."""
    codes = [_code(listed) for listed in people]
    found: list[str | None] = []
    for place, listed in enumerate(people):
        before = people[place - 1] if place else None
        same = before is not None and before.group == listed.group
        goes_on = same and codes[place] is None and not listed.person.entry.text.startswith("-")
        found.append(found[-1] if goes_on else codes[place])
    return found if len(set(codes) - {None}) > 1 else [None] * len(people)


def _code(listed: Listed) -> str | None:
    """A code of two or three capitals beside the person's own organisation."""
    named = [listed.body, *listed.person.organisations]
    chosen = listed.person.organisation or listed.body
    codes = [one for one in named if one and one.isupper() and one.isalpha() and len(one) <= _CODE]
    return codes[0] if codes and codes[0] != chosen else None


def _one_chair(people: Sequence[Listed]) -> None:
    """Of several chairs only the first, or one so marked in brackets, is that of this meeting.

    The others chair the body that they come from: “chair Ann Lee, Writers' Union”.
    """
    chairs = [
        (listed, one) for listed in people for one in listed.person.roles if one[0] is Role.CHAIR
    ]
    sure = [pair for pair in chairs if _is_bracketed(pair[0].person.entry.text, pair[1][1])]
    own = (sure or chairs)[:1]
    for listed, one in chairs:
        person = listed.person
        shared = one[1].casefold().startswith("co")  # “co-chair”
        elsewhere = bool(person.organisations or listed.body) and "\t" not in person.entry.text
        if (listed, one) in own or shared or not elsewhere:
            continue
        if person.present is not False:
            person.roles.remove(one)
            person.titles.append(one[1])


def _rather_in_brackets(person: Person, invited: bool) -> None:
    """What brackets say is the role here: “Convenor, Committee 6 (invited expert)” is a title.

    So is that of “Ann Lee, expert, Writers' Union”, unless the memo has a heading of experts
    (`invited`), another title stands beside it, or somebody was there for some items only.
    """
    text = person.entry.text
    inside = [one for one in person.roles if _is_bracketed(text, one[1])]
    outside = [one for one in person.roles if one not in inside]
    if "\t" in text:
        return
    if not inside and (person.partly or person.titles):
        return
    if not inside and not invited and person.organisations:
        inside = [one for one in outside if one[0] is not Role.EXPERT or " " in one[1]]
        outside = [one for one in outside if one not in inside]
    elif not inside:
        return
    person.titles += [written for _, written in outside]
    person.roles = inside


def _is_bracketed(text: str, written: str) -> bool:
    at = text.find(written)
    return at > 0 and text.count("(", 0, at) > text.count(")", 0, at)


def _surnames_first(people: Sequence[Listed]) -> int:
    """How many of a list write the surname first, less those that do not.

    Counted are those of whom one name is a common first name.
    """
    turned = straight = 0
    for listed in people:
        names = listed.person.names
        if listed.person.comma_name or len(names) < 2:
            continue
        first, last = token(names[0]).first, token(names[-1]).first
        straight += first and not last
        turned += last and not first
    return turned - straight


def _ordered(names: list[str], swapped: bool) -> list[str]:
    """The names, first name first, surnames in capitals in the usual form."""
    capitals = [len(name) > _PARTY and name.isupper() and "." not in name for name in names]
    if any(capitals) and not all(capitals):
        last = [_cased(name) for name, big in zip(names, capitals, strict=True) if big]
        return [name for name, big in zip(names, capitals, strict=True) if not big] + last
    names = [_cased(name) if all(capitals) else name for name in names]
    if not swapped or len(names) < 2:
        return names
    size = 1
    while size < len(names) - 1 and (
        names[size - 1].casefold() in particles() or not token(names[size]).first
    ):
        size += 1
    return names[size:] + names[:size]


def _cased(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-")) if name.isupper() else name


def _participant(listed: Listed, swapped: bool) -> Participant:
    person, group = listed.person, listed.group
    names = _ordered(person.names, swapped and not person.comma_name)
    role, written = _role(person, group)
    present = group.present is not False if person.present is None else person.present
    organisation, titles = _beside(person, listed.body)
    return Participant(
        name=" ".join(names),
        title=", ".join(titles) or None,
        organisation=organisation,
        role=role,
        present=present,
        span=person.entry.span(),
        written_role=written,
        initials=person.initials,
        nickname=person.nickname,
    )


def _beside(person: Person, body: str | None) -> tuple[str | None, list[str]]:
    """The body, and the titles: below a body's label, what no body's words show is a title's.

    “HM Treasury: Ann Lee (Deputy Director, Spending)”.
    """
    address = known_set("people", "titles", "honorifics")
    plain = [title for title in person.titles if (folded(title) or title) not in address]
    person.titles = plain or person.titles
    own = _unmarked(person.organisation)
    if own and body and (_is_unit(own) or (person.titles and not is_body(own))):
        return body, [", ".join([*person.titles, own])]
    return own or body, person.titles


def _is_unit(text: str) -> bool:
    """Tell whether a text is the name of a part of a body: “Service Delivery”."""
    ends = known("people", "words", "units")
    return body_named(text) is None and text.casefold().endswith(ends) and len(text.split()) > 1


def _unmarked(organisation: str | None) -> str | None:
    """A body's name without the mark of who is there that a flattened table leaves behind it."""
    return organisation and _MARK.sub("", organisation)


def _role(person: Person, group: Group) -> tuple[Role, str | None]:
    """The first of chair, vice-chair, secretary; else what the entry says, else its heading."""
    own = dict(reversed(person.roles))
    for rank in _RANKS:
        if rank in own:
            return rank, own[rank]
    if group.role in _RANKS and person.entry:
        return group.role, None
    if person.roles:
        role, written = person.roles[0]
        if role is Role.MEMBER and group.role not in {None, Role.MEMBER}:
            return group.role or role, written
        return role, written
    if group.partly and person.partly:
        return group.partly, None
    return group.role or Role.MEMBER, None


def _same(known: dict[str, Participant], one: Participant) -> str:
    """The key of the same person in the list so far: the name, or the part of it that is given."""
    key = one.name.casefold()
    if key in known or " " in key:
        return key
    fitting = [name for name in known if key in name.split()]
    return fitting[0] if len(fitting) == 1 else key


def _merge(one: Participant, other: Participant, plain: bool) -> Participant:
    """What two entries say of one person; `plain`: the first says nothing of the role."""
    ranked = [rank for rank in _RANKS if rank in {one.role, other.role}]
    role = ranked[0] if ranked else other.role if plain else one.role
    return replace(
        one,
        title=one.title or other.title,
        organisation=one.organisation or other.organisation,
        role=role,
        written_role=one.written_role or other.written_role,
        present=one.present and other.present,
        initials=one.initials or other.initials,
        nickname=one.nickname or other.nickname,
    )


def _parties(people: Iterable[Participant]) -> bool:
    """Tell whether letters behind the names are parties' rather than bodies': not all are known."""
    letters = {
        one.organisation for one in people if one.organisation and len(one.organisation) <= _PARTY
    }
    return len(letters) > 1 and not all(body_named(letter) for letter in letters)


def _resolved(one: Participant, remarks: list[Remark]) -> Participant:
    """With the body that the organisation names; a misprint of its name repaired."""
    if one.organisation is None:
        return one
    found = resolve(one.organisation)
    if found is None:
        return one
    if found.repaired:
        text = f"“{one.organisation}” is read as “{found.repaired}”"
        remarks.append(Remark(one.span, text))
    return replace(one, organisation=found.repaired or one.organisation, body=found.body.key)
