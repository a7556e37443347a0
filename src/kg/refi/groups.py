"""Which codes are holders, propositions and stances: groups of codes, known by their names.

A group is a code with the codes below it, a set of codes (the form in which ATLAS.ti writes code
groups), or codes that begin with its name and a colon (`Actor: Harbour Office`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.codes import code_lists
from kg.errors import InputError
from kg.findings import suggest
from kg.refi.project import Code, Project


class Role(StrEnum):
    """What the codes of a group stand for; the value is the option that names the group."""

    HOLDER = "holders"
    PERSON = "persons"
    SPEAKER = "speakers"
    PROPOSITION = "propositions"
    STANCE = "stances"


# Names of groups in English, Finnish and Swedish, singular and plural.
NAMES: Mapping[Role, str] = {
    Role.HOLDER: "actor actors holder holders organisation organisations organization "
    "organizations body bodies stakeholder stakeholders toimija toimijat haltija haltijat "
    "organisaatio organisaatiot taho tahot sidosryhmä sidosryhmät aktör aktörer innehavare "
    "organisationer intressent intressenter",
    Role.PERSON: "person persons people henkilö henkilöt ihmiset personer människor",
    Role.SPEAKER: "speaker speakers puhuja puhujat talare talarna",
    Role.PROPOSITION: "proposition propositions concept concepts claim claims väite väitteet "
    "väittämä väittämät käsite käsitteet påstående påståenden begrepp begreppen",
    Role.STANCE: "stance stances agreement agreements qualifier qualifiers kanta kannat "
    "suhtautuminen ståndpunkt ståndpunkter inställning inställningar hållning hållningar",
}
# Words for stances beside the codes and labels of APRO's own list.
_WORDS: Mapping[str, str] = {
    "support": "agree, agrees, agreement, for, pro, yes, positive, in favour, in favor, supports, "
    "supporting, puolesta, kyllä, samaa mieltä, kannatus, för, ja, positiv, stöd",
    "oppose": "disagree, disagrees, disagreement, against, contra, con, no, negative, opposes, "
    "opposing, reject, rejects, vastaan, ei, eri mieltä, vastustus, emot, mot, nej, negativ, "
    "motstånd",
    "undecided": "neutral, unsure, unclear, open, neutraali, avoin, neutralt, öppen",
}
_SIGNS = {"+": "support", "-": "oppose", "−": "oppose", "–": "oppose", "0": "undecided"}
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Member:
    """A code of a group: its role, its name there, and the code between, if there is one."""

    guid: str
    role: Role
    name: str
    above: str | None


@dataclass(frozen=True)
class Roles:
    """The codes that have a role, and the stance that each code of a stance stands for."""

    members: Mapping[str, Member]
    stances: Mapping[str, str]

    def of(self, codes: Sequence[str], role: Role) -> tuple[Member, ...]:
        """Those of some codes that have a role."""
        found = (self.members.get(code) for code in codes)
        return tuple(one for one in found if one is not None and one.role is role)


def recognise(project: Project, asked: Mapping[Role, Sequence[str]], cases: bool) -> Roles:
    """The groups of a project, by the names that are asked for, else by those in `NAMES`.

    `cases` tells that cases are holders, so that no group of them is needed. Raises `InputError`
    if a group that is asked for is not there, or holders, propositions or stances are missing.
    """
    members: dict[str, Member] = {}
    for role in Role:
        for name in asked.get(role, ()):
            found = list(_members(project, role, frozenset({_plain(name)}), top=False))
            if not found:
                raise _not_there(project, role, name)
            members.update((one.guid, one) for one in found if one.guid not in members)
    for role in Role:
        if not asked.get(role):
            found = list(_members(project, role, frozenset(NAMES[role].split()), top=True))
            members.update((one.guid, one) for one in found if one.guid not in members)
    _check_complete(project, {one.role for one in members.values()}, cases)
    stances = (one for one in members.values() if one.role is Role.STANCE)
    return Roles(members, {one.guid: stance for one in stances if (stance := stance_of(one.name))})


def _members(project: Project, role: Role, names: frozenset[str], top: bool) -> Iterator[Member]:
    """The codes of all groups of some names; `top` looks for them at the top of the tree only."""
    roots = {
        code.guid
        for code in project.codes.values()
        if _plain(code.name) in names and not (top and code.ancestors)
    }
    for code in project.codes.values():
        if (root := next((one for one in code.ancestors if one in roots), None)) is not None:
            above = code.ancestors.index(root) < len(code.ancestors) - 1
            yield Member(code.guid, role, code.name, code.path[-2] if above else None)
        elif (prefixed := _prefixed(code, names)) and code.guid not in roots:
            yield Member(code.guid, role, prefixed, None)
    for group in project.groups:
        if _plain(group.name) in names:
            for guid in group.members:
                if guid in project.codes:
                    yield Member(guid, role, project.codes[guid].name, None)


def _prefixed(code: Code, names: frozenset[str]) -> str | None:
    """The rest of a name such as “Actor: Harbour Office”, if it begins with a group's name."""
    prefix, colon, rest = code.name.partition(":")
    return rest.lstrip(": ") if colon and _plain(prefix) in names else None


def _plain(name: str) -> str:
    """A name in small letters, without numbers and signs: “1. Actors” is “actors”."""
    return _NO_LETTERS.sub(" ", name.casefold()).strip()


def stance_of(name: str) -> str | None:
    """The stance that a code's name says, in English, Finnish or Swedish, or None.

    >>> stance_of("Support"), stance_of("vastustaa"), stance_of("maybe later")
    ('support', 'oppose', None)
    """
    return _stances().get(_NO_LETTERS.sub("", name.casefold())) or _SIGNS.get(name.strip())


@cache
def _stances() -> Mapping[str, str]:
    found = {
        _NO_LETTERS.sub("", word): notation
        for notation, words in _WORDS.items()
        for word in words.split(",")
    }
    for notation, code in code_lists()["stance"].items():
        for label in (notation, *code.labels.values()):
            found[_NO_LETTERS.sub("", label.casefold())] = notation
    return found


def _check_complete(project: Project, found: Set[Role], cases: bool) -> None:
    """Refuse a project in which a kind of code is missing, with the option that names it."""
    missing = [role for role in (Role.PROPOSITION, Role.STANCE) if role not in found]
    if not cases and not found & {Role.HOLDER, Role.PERSON}:
        missing.insert(0, Role.HOLDER)
    if not missing:
        return
    kinds = " and ".join(role.value for role in missing)
    options = " ".join(f"--{role.value} NAME" for role in missing)
    also = ", or `--cases` to take its cases as holders" if _offers_cases(project, missing) else ""
    raise InputError(
        f"The project has no group of codes that is known to hold {kinds}: say which with "
        f"`{options}`{also} (it has {_groups(project)})"
    )


def _offers_cases(project: Project, missing: Sequence[Role]) -> bool:
    return Role.HOLDER in missing and any(case.name for case in project.cases)


def _groups(project: Project) -> str:
    top = [code.name for code in project.codes.values() if not code.ancestors]
    sets = [group.name for group in project.groups if group.members]
    told = [f"at the top of the code tree: {', '.join(top)}"] if top else ["no codes"]
    return "; ".join([*told, *([f"sets of codes: {', '.join(sets)}"] if sets else [])])


def _not_there(project: Project, role: Role, name: str) -> InputError:
    known = [code.name for code in project.codes.values()]
    near = suggest(name, [*known, *(group.name for group in project.groups)])
    hint = f"did you mean {' or '.join(near)}?" if near else f"it has {_groups(project)}"
    return InputError(
        f"The project has no code with codes below it, set or prefix called “{name}” "
        f"(--{role.value}); {hint}"
    )
