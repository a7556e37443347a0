"""What a draft proposes, as nodes of a coding with comments, and their lines of YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.coding.writing import yaml_text
from kg.drafting.marks import comment_lines, marked
from kg.names import is_id

# key of the list → (type of its members, letter of their ids), as `kg.coding.identify` names them.
_NAMED: Mapping[str, tuple[str, str]] = {
    "participants": ("Participation", "pt"),
    "items": ("AgendaItem", "i"),
    "entries": ("SpeechAct", "s"),
    "positions": ("Position", "p"),
    "claims": ("AlignmentClaim", "c"),
    "decisions": ("Decision", "d"),
    "actions": ("ActionItem", "t"),
}


@dataclass(frozen=True)
class Proposal:
    """A member of the list `kind`: what it says, without id, and what stands below it.

    `key` names what is proposed on which evidence (`kg.drafting.marks.key_of`); `order` is where in
    the document it belongs; each of `comments` becomes lines of comment above it.
    """

    kind: str
    key: str
    data: Mapping[str, Any]
    order: int
    comments: tuple[str, ...] = ()
    children: tuple[Proposal, ...] = ()


@dataclass
class Naming:
    """Gives ids below the id of a meeting; `taken` are those that stand for something already."""

    root: str
    taken: set[str]

    def new(self, proposal: Proposal, parent: str) -> str:
        """A free id for a proposal below a parent."""
        letter = _NAMED[proposal.kind][1]
        number = 1
        if proposal.kind == "items":
            stated = f"{self.root}/{letter}{proposal.data['number']}"
            if is_id(stated) and stated not in self.taken:
                self.taken.add(stated)
                return stated
        pattern = f"{self.root}/{letter}{{:02}}" if proposal.kind == "entries" else None
        while (name := (pattern or f"{parent}/{letter}{{}}").format(number)) in self.taken:
            number += 1
        self.taken.add(name)
        return name


def proposed_lines(
    proposal: Proposal, parent: str, indent: int, naming: Naming, name: str | None = None
) -> list[str]:
    """The lines of a proposal and of all below it, without line ends, each node with its mark."""
    name = name or proposal.data.get("id") or naming.new(proposal, parent)
    lines = own_lines(proposal, name, indent)
    for kind in dict.fromkeys(child.kind for child in proposal.children):
        lines.append(f"{' ' * (indent + 2)}{kind}:")
        for child in proposal.children:
            if child.kind == kind:
                lines += proposed_lines(child, name, indent + 2, naming)
    return lines


def own_lines(proposal: Proposal, name: str, indent: int) -> list[str]:
    """The lines of a proposal without those below it."""
    above = [
        line
        for comment in proposal.comments
        for line in comment_lines(comment, indent, hanging="  ")
    ]
    lines = [*above, *node_lines(proposal.kind, _node(proposal, name), indent)]
    return marked(lines, len(above), proposal.key)


def node_lines(kind: str, node: Mapping[str, Any], indent: int) -> list[str]:
    """The lines of one member of a list."""
    return [" " * indent + line for line in yaml_text({kind: [node]}).splitlines()[1:]]


def _node(proposal: Proposal, name: str) -> dict[str, Any]:
    """The node as the file has it: id and type first, also those of what hangs on its id."""
    kind = _NAMED.get(proposal.kind, ("", ""))[0]
    if kind == "SpeechAct" and "speaker" not in proposal.data:
        kind = "Entry"
    data = dict(proposal.data)
    node = {"id": name, "type": data.pop("type", kind), **data}
    if "deadline" in node:
        node["deadline"] = {"id": f"{name}/deadline", "type": "ImpreciseDate", **node["deadline"]}
    if "reasons" in node:
        node["reasons"] = [
            {"id": f"{name}/a{number}", "type": "Argument", **reason}
            for number, reason in enumerate(node["reasons"], start=1)
        ]
    return node


def in_order(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Proposals by their place in the document, those of one place as they are given."""
    return tuple(sorted(proposals, key=lambda one: one.order))
