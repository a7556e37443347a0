"""What a draft refers to: ids of known people, bodies, issues and propositions, and new ones.

Nothing is invented: a new body has the name that the memo gives it, a new proposition the words of
the sentence, a new issue the title of its item. A person merges and rewords them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.drafting.known import Known
from kg.drafting.model import Holder, HolderType
from kg.languages import Body, bodies
from kg.names import is_id, slug

UNNAMED = "unnamed"
LONGEST_ID = 60
_LONGEST_ABBREVIATION = 12


@dataclass
class Registers:
    """Known ids, and the entities that a coding needs beside them, collected as they are asked for.

    `taken` are the ids that stand for something already, of whatever kind; `groups` those of groups
    and unnamed holders; `own_issues` those of issues that may get new propositions; `drafted` those
    of propositions that earlier drafts made and nobody has accepted; `language` is that of the
    memo, in which new labels are. `propositions` are new ones by the id of their issue.
    """

    known: Known
    taken: set[str]
    language: str
    groups: set[str] = field(default_factory=set)
    own_issues: frozenset[str] = frozenset()
    drafted: set[str] = field(default_factory=set)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)
    propositions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _people: dict[str, str] = field(default_factory=dict)
    _bodies: dict[str, str] = field(default_factory=dict)
    _working: dict[str, str] = field(default_factory=dict)
    _wordings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.known.people:
            _name(self._people, person.id, person.names)
        for body in self.known.bodies:
            _name(self._bodies, body.id, (body.id, *body.names))
        for one in self.known.propositions:
            for texts in one.wordings.values():
                _name(self._wordings, one.id, texts)

    def person(self, name: str) -> str:
        """The id of a person, known or new."""
        return self._named(self._people, name, {"type": "Person", "name": name})

    def body(self, name: str, key: str | None = None) -> str:
        """The id of a body by its name as written, or by its key in the lists of countries."""
        if found := self.known_body(key) or self.known_body(name):
            return found
        listed = _listed(key or name)
        abbreviation = listed.key if listed else name
        data: dict[str, Any] = {"type": "Body", "label": {self.language: name}}
        short = len(abbreviation) <= _LONGEST_ABBREVIATION and abbreviation.isupper()
        if short and abbreviation != name:
            data["abbreviation"] = {self.language: abbreviation}
        identifier = self._free(
            abbreviation if short and is_id(abbreviation) else slug(name), "body"
        )
        _name(self._bodies, identifier, (name, abbreviation))
        return self._add(identifier, data)

    def known_body(self, name: str | None) -> str | None:
        """The id of a body that is known or was asked for, None for any other."""
        if not name:
            return None
        if found := self._bodies.get(name.casefold()):
            return found
        listed = _listed(name)
        names = (listed.key, *listed.names) if listed else ()
        return next((found for one in names if (found := self._bodies.get(one.casefold()))), None)

    def working_body(self, name: str) -> str:
        """The id of the body that holds the meeting."""
        found = self._bodies.get(name.casefold())
        data = {"type": "WorkingBody", "label": {self.language: name}}
        return found or self._named(self._bodies, name, data)

    def holder(self, holder: Holder) -> str:
        """The id of whoever has a stance."""
        if holder.id is not None and holder.id in self.taken:
            return holder.id
        if holder.type is HolderType.PERSON:
            return self.person(holder.name)
        if holder.type is HolderType.BODY:
            return self.body(holder.name, holder.id)
        label = {self.language: holder.name or UNNAMED}
        if holder.type is HolderType.GROUP:
            return self._of_type("Group", shortened_id(holder.name) or "group", label)
        return self._of_type("UnnamedHolder", UNNAMED, {"en": UNNAMED})

    def issue(self, title: str) -> str:
        """The id of the issue that an item with a title stands for, known or new."""
        for one in self.known.issues:
            alike = any(title in texts for texts in one.wordings.values())
            if alike and one.id in self.own_issues:
                return one.id
        for identifier, data in self.issues.items():
            if data["label"] == {self.language: title}:
                return identifier
        identifier = self._free(shortened_id(f"issue {title}"), "issue")
        self.issues[identifier] = {
            "id": identifier,
            "type": "Issue",
            "label": {self.language: title},
        }
        return identifier

    def proposition(self, words: str, title: str, known: str | None, issue: str | None) -> str:
        """The id of a proposition: the known one, or one in these words.

        A new one answers `issue` if that can get it, else the issue that the title stands for.
        """
        if known is not None and known in self.taken:
            return known
        if found := self._wordings.get(words.casefold()):
            return found
        identifier = self._free(shortened_id(words), "proposition")
        self._wordings[words.casefold()] = identifier
        self.drafted.add(identifier)
        label = {self.language: words}
        new = {"id": identifier, "type": "Proposition", "label": label}
        answered = issue if issue and issue in self.own_issues else self.issue(title)
        self.propositions.setdefault(answered, []).append(new)
        return identifier

    def is_new(self, proposition: str) -> bool:
        """Tell whether a proposition is a draft's, of now or earlier, that nobody accepted."""
        return proposition in self.drafted

    def _of_type(self, kind: str, wanted: str, label: Mapping[str, str]) -> str:
        """The group or unnamed holder of an id, known or new."""
        if wanted in self.groups:
            return wanted
        identifier = self._free(wanted, wanted)
        self.groups.add(identifier)
        return self._add(identifier, {"type": kind, "label": label})

    def _named(self, index: dict[str, str], name: str, data: Mapping[str, Any]) -> str:
        if found := index.get(name.casefold()):
            return found
        identifier = self._free(shortened_id(name), str(data["type"]).lower())
        index[name.casefold()] = identifier
        return self._add(identifier, data)

    def _add(self, identifier: str, data: Mapping[str, Any]) -> str:
        self.taken.add(identifier)
        self.entities[identifier] = {"id": identifier, **data}
        return identifier

    def _free(self, wanted: str, kind: str) -> str:
        identifier = free_id(wanted or kind, self.taken)
        self.taken.add(identifier)
        return identifier


def free_id(wanted: str, taken: Collection[str]) -> str:
    """An id that stands for nothing yet.

    >>> free_id("ada-ek", {"ada-ek", "ada-ek-2"})
    'ada-ek-3'
    """
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def shortened_id(words: str) -> str:
    """An id from words, cut between two of them where they are many.

    >>> shortened_id("Roses are planted on the quay.")
    'roses-are-planted-on-the-quay'
    """
    found = slug(words)
    return found if len(found) <= LONGEST_ID else found[: LONGEST_ID + 1].rpartition("-")[0]


def _name(index: dict[str, str], identifier: str, names: Iterable[str]) -> None:
    for name in names:
        index.setdefault(name.casefold(), identifier)


def _listed(name: str) -> Body | None:
    """The body of a country's list that a name or key means, if it means one alone."""
    found = _listed_names().get(name.casefold(), ())
    return found[0] if len(found) == 1 else None


@cache
def _listed_names() -> Mapping[str, tuple[Body, ...]]:
    """The bodies of all countries by each of their names."""
    found: dict[str, tuple[Body, ...]] = {}
    for body in bodies():
        for name in {body.key.casefold(), *map(str.casefold, body.names)}:
            found[name] = (*found.get(name, ()), body)
    return found
