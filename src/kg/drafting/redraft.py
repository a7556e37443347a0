"""Drafting again into a coding that somebody has worked on.

Only whole lines go and come: those of proposals that stand exactly as they were drafted, and those
of new ones. Every other line stays as it is, and what was rejected, changed or deleted is not
proposed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.drafting.layout import footer, keys_of, split_footer
from kg.drafting.pieces import Location, Piece, Pieces, pieces_of
from kg.drafting.proposal import Naming, Proposal, own_lines, proposed_lines

_REQUIRED = ("participants", "items")


@dataclass(frozen=True)
class Redrafted:
    """The new text, and how many proposals were put in, written anew and taken out.

    `unplaced` are the places where one could not be put in without writing the file anew.
    """

    text: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unplaced: tuple[str, ...] = ()


def redrafted(text: str, proposals: Sequence[Proposal], root: str) -> Redrafted:
    """A coding's text with the untouched proposals replaced by those of a new draft.

    Raises `YAMLError` if the text is no YAML.
    """
    whole = pieces_of(text)
    body, before, _ = split_footer(whole.lines)
    merge = _Merge(pieces_of("".join(body)), before, proposals, root)
    merge.lists((), proposals)
    lines = merge.edits.applied(body, whole.line_end)
    # The print of the whole says that no person has touched it: from now on the marks say it.
    end = footer(lines, [*merge.forgotten, *merge.keys, *keys_of(proposals)])[:-1]
    made = "".join([*lines, *(line + whole.line_end for line in end)])
    counts = (merge.added, merge.changed, merge.removed)
    return Redrafted(made, *counts, tuple(merge.unplaced))


@dataclass
class _Edits:
    """Lines that go, lines in the place of one, and lines before one, in the order given."""

    gone: set[int] = field(default_factory=set)
    instead: dict[int, list[str]] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)

    def applied(self, lines: Sequence[str], line_end: str) -> list[str]:
        """The lines after all edits; the last one ends as the others do."""
        found: list[str] = []
        for at in range(len(lines) + 1):
            found += [line + line_end for line in self.before.get(at, ())]
            found += [line + line_end for line in self.instead.get(at, ())]
            if at < len(lines) and at not in self.gone:
                ended = lines[at].endswith("\n")
                found.append(lines[at] if ended else lines[at] + line_end)
        return found


class _Merge:
    """Compares the proposals of a new draft with the pieces of a file, list by list."""

    def __init__(
        self, pieces: Pieces, before: Sequence[str], proposals: Sequence[Proposal], root: str
    ) -> None:
        self.edits = _Edits()
        self.added = self.changed = self.removed = 0
        self.unplaced: list[str] = []
        self._pieces = pieces
        coding = pieces.root.get("coding")
        self._closed = isinstance(coding, dict) and coding.get("status") == "accepted"
        there = {piece.key for piece in pieces.all}
        self.keys = [piece.key for piece in pieces.all if piece.key]
        # What was proposed and is not there any more was deleted by a person.
        self.forgotten = [key for key in before if key not in there]
        self._proposed = {one.key: one for one in _all(proposals)}
        self._keeping = self._kept_locations()
        self._kept_keys = {p.key for p in pieces.all if p.location in self._keeping}
        self._kept_positions = self._positions()
        self._naming = Naming(root, {piece.id for piece in pieces.all} | {root})

    def lists(self, location: Location, proposals: Iterable[Proposal]) -> None:
        """Merge the lists below a location with the proposals for them."""
        wanted: dict[str, list[Proposal]] = {}
        for one in proposals:
            wanted.setdefault(one.kind, []).append(one)
        there = [str(at[-1]) for at in self._pieces.lists if at[:-1] == location]
        for kind in dict.fromkeys([*there, *wanted]):
            self._list((*location, kind), wanted.get(kind, []))

    # What stays

    def _kept_locations(self) -> set[Location]:
        """Where a person's work stands, and all that it stands below."""
        found: set[Location] = set()
        for piece in self._pieces.all:
            if self._closed or not piece.untouched:
                found |= {piece.location[:end] for end in range(2, len(piece.location) + 1, 2)}
        return found

    def _positions(self) -> dict[tuple[object, object], list[Piece]]:
        """The positions that stay, by holder and proposition."""
        found: dict[tuple[object, object], list[Piece]] = {}
        for piece in self._pieces.all:
            if piece.kind == "positions" and piece.location in self._keeping:
                held = (piece.data.get("holder"), piece.data.get("proposition"))
                found.setdefault(held, []).append(piece)
        return found

    def _kept(self, piece: Piece) -> bool:
        return piece.location in self._keeping

    def _wanted(self, proposal: Proposal) -> bool:
        """Tell whether a proposal is new to the person who worked on the file."""
        if proposal.key in self.forgotten or proposal.key in self._kept_keys:
            return False
        held = (proposal.data.get("holder"), proposal.data.get("proposition"))
        return not any(_overlap(piece, proposal) for piece in self._kept_positions.get(held, ()))

    # Lists and their members

    def _list(self, location: Location, proposals: list[Proposal]) -> None:
        members = self._pieces.members(location)
        matched = _matched(members, proposals)
        stay = []
        for piece in members:
            proposal = matched.get(piece.location)
            if proposal is None and self._kept(piece) and piece.key:
                proposal = self._proposed.get(piece.key)
            if proposal is not None or self._kept(piece):
                stay.append(piece)
                self._member(piece, proposal)
            else:
                self._take_out(piece)
        used = {one.key for one in matched.values()}
        new = [one for one in proposals if one.key not in used and self._wanted(one)]
        self._insert(location, stay, [self._without_known(one) for one in new])

    def _member(self, piece: Piece, proposal: Proposal | None) -> None:
        """Write one piece anew if no person has a part in it, and merge what is below it."""
        if proposal is not None and not self._kept(piece) and piece.column is not None:
            lines = own_lines(proposal, piece.id, piece.column - 2)
            old = [line.rstrip("\r\n") for line in self._pieces.lines[piece.first : piece.own]]
            if lines != old:
                self.edits.gone |= set(range(piece.first, piece.own))
                self.edits.instead[piece.first] = lines
                self.changed += 1
        self.lists(piece.location, proposal.children if proposal else ())

    def _take_out(self, piece: Piece) -> None:
        below = [one for one in self._pieces.below(piece.location) if one.key]
        gone = {piece.key, *(one.key for one in below)}
        self.keys = [key for key in self.keys if key not in gone]
        self.edits.gone |= set(range(piece.first, piece.end))
        self.removed += 1

    def _without_known(self, proposal: Proposal) -> Proposal:
        """A new proposal without those below it that a person knows already."""
        below = tuple(self._without_known(one) for one in proposal.children if self._wanted(one))
        return replace(proposal, children=below)

    def _insert(self, location: Location, stay: list[Piece], new: list[Proposal]) -> None:
        place = self._pieces.lists.get(location)
        kind, parent = str(location[-1]), self._pieces.by_location.get(location[:-1])
        if place is None:
            self._add_list(kind, parent, new)
        elif place.column is None and (new or stay or kind in _REQUIRED):
            self._fill(kind, place.line, parent, new)
        elif not stay and not new:
            self._empty(kind, place.line)
        elif place.column is not None:
            for proposal in new:
                later = (one for one in stay if (one.span or (0, 0))[0] > proposal.order)
                after = next(later, None)
                line = after.first if after is not None else place.end
                self._put(line, proposal, parent, place.column)

    def _put(self, line: int, proposal: Proposal, parent: Piece | None, column: int) -> None:
        name = parent.id if parent is not None else self._naming.root
        lines = proposed_lines(proposal, name, column, self._naming)
        self.edits.before.setdefault(line, []).extend(lines)
        self.added += 1

    def _add_list(self, kind: str, parent: Piece | None, new: list[Proposal]) -> None:
        """Give a node a list that it does not have yet."""
        column = 0 if parent is None else parent.column
        if not new:
            return
        if column is None:
            self.unplaced.append(f"{parent.id if parent else self._naming.root}, {kind}")
            return
        line = len(self._pieces.lines) if parent is None else parent.end
        self.edits.before.setdefault(line, []).append(f"{' ' * column}{kind}:")
        for proposal in new:
            self._put(line, proposal, parent, column)

    def _fill(self, kind: str, line: int, parent: Piece | None, new: list[Proposal]) -> None:
        """Put members into a list that has none, or that stands on one line."""
        text = self._pieces.lines[line]
        if not new:
            return
        if text.strip() != f"{kind}: []":
            self.unplaced.append(f"{parent.id if parent else self._naming.root}, {kind}")
            return
        column = len(text) - len(text.lstrip())
        self.edits.gone.add(line)
        self.edits.instead[line] = [text.rstrip().removesuffix(" []")]
        for proposal in new:
            self._put(line + 1, proposal, parent, column)

    def _empty(self, kind: str, line: int) -> None:
        """Take out the key of a list of which nothing is left."""
        text = self._pieces.lines[line].rstrip("\r\n")
        self.edits.gone.add(line)
        if kind in _REQUIRED or text.strip() != f"{kind}:":
            self.edits.instead[line] = [text.replace(f"{kind}:", f"{kind}: []", 1)]


def _all(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    for one in proposals:
        yield one
        yield from _all(one.children)


def _matched(members: Sequence[Piece], proposals: Sequence[Proposal]) -> dict[Location, Proposal]:
    """Which proposal is which member: by its key, else by what it says of the same place."""
    by_key = {one.key: one for one in proposals}
    found = {one.location: by_key[one.key] for one in members if one.key in by_key}
    used = {one.key for one in found.values()}
    for proposal in proposals:
        if proposal.key in used:
            continue
        rest = (one for one in members if one.location not in found)
        if piece := next((one for one in rest if _alike(one, proposal)), None):
            found[piece.location] = proposal
    return found


# What a member and a proposal must have in common, beside a part of their place.
_ALIKE = {
    "participants": ("person", "represents"),
    "items": ("number",),
    "entries": ("speaker",),
    "positions": ("holder", "proposition"),
    "claims": ("alignment",),
    "decisions": (),
    "actions": ("responsible",),
}


def _alike(piece: Piece, proposal: Proposal) -> bool:
    there, new = piece.data, proposal.data
    if proposal.kind == "participants" and "person" in new:
        return bool(there.get("person") == new["person"])
    same = all(there.get(key) == new.get(key) for key in _ALIKE[proposal.kind])
    placed = proposal.kind not in ("participants", "items")
    return same and (not placed or _overlap(piece, proposal))


def _overlap(piece: Piece, proposal: Proposal) -> bool:
    """Tell whether a piece and a proposal share a part of the document."""
    at = proposal.data.get("at")
    if piece.span is None or not isinstance(at, dict):
        return False
    return bool(piece.span[0] < at["end"] and at["start"] < piece.span[1])
