"""The ids of what a project names, and the register entries that describe it.

Codes of one kind and name are one thing (a person among the holders and among the speakers). All
ids begin with the project's, so that they meet none of another register.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.coding.model import RESERVED_IDS
from kg.names import slug
from kg.refi.groups import Member, Role

# The class of a holder or speaker, by the role of its group.
KINDS: Mapping[Role, str] = {
    Role.HOLDER: "Body",
    Role.PERSON: "Person",
    Role.SPEAKER: "Person",
}


class Registers:
    """Entities by kind and name, in the order in which they are met."""

    def __init__(self, project: str, language: str) -> None:
        """`project` is its name, `language` the code that its words are marked with."""
        self.language = language
        self.label = project or "REFI-QDA project"
        self.prefix = slug(project) or "project"
        self.taken = set(RESERVED_IDS)
        self.actors: dict[tuple[str, str], dict[str, Any]] = {}
        self.issues: dict[str, dict[str, Any]] = {}
        self.propositions: dict[tuple[str, str], str] = {}
        self.group = self.new_id("sources")
        self.merged: dict[tuple[str, str], set[str]] = {}

    def new_id(self, name: str) -> str:
        """A free id that begins with the project's."""
        stem = f"{self.prefix}-{slug(name) or 'x'}"[:100].rstrip("-")
        candidate, number = stem, 1
        while candidate in self.taken:
            number += 1
            candidate = f"{stem}-{number}"
        self.taken.add(candidate)
        return candidate

    def words(self, text: str) -> dict[str, str]:
        """A text with its language."""
        return {self.language: text}

    def actor(self, member: Member) -> str:
        """The id of a holder or speaker; its entry is made the first time."""
        kind = KINDS[member.role]
        key = (kind, member.name.casefold())
        if key not in self.actors:
            entry: dict[str, Any] = {"id": self.new_id(member.name), "type": kind}
            named = (
                {"name": member.name} if kind == "Person" else {"label": self.words(member.name)}
            )
            self.actors[key] = entry | named
        self.merged.setdefault(key, set()).add(f"{member.role}/{member.guid}")
        return str(self.actors[key]["id"])

    def proposition(self, member: Member) -> str:
        """The id of a proposition, under the issue of the code above it, else its own."""
        issue = member.above or member.name
        key = (issue.casefold(), member.name.casefold())
        if key not in self.propositions:
            if issue.casefold() not in self.issues:
                self.issues[issue.casefold()] = {
                    "id": self.new_id(f"issue-{issue}"),
                    "type": "Issue",
                    "label": self.words(issue),
                    "propositions": [],
                }
            name = self.new_id(member.name)
            self.propositions[key] = name
            entry = {"id": name, "type": "Proposition", "label": self.words(member.name)}
            self.issues[issue.casefold()]["propositions"].append(entry)
        return self.propositions[key]

    def authorities(self) -> dict[str, Any]:
        """The register of bodies and people, with the body that stands for the collection."""
        label = self.words(f"Sources of the project “{self.label}”")
        collection = {"id": self.group, "type": "WorkingBody", "label": label}
        return {"entities": [collection, *self.actors.values()]}

    def homonyms(self) -> list[str]:
        """Names that several codes of one group bear, which were taken for one."""
        found = []
        for (kind, name), codes in self.merged.items():
            roles = [code.partition("/")[0] for code in codes]
            if len(set(roles)) < len(roles):
                entry = self.actors[kind, name]
                found.append(str(entry.get("name") or entry["label"][self.language]))
        return found
