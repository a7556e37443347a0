"""The meetings of a made-up corpus, one named graph each, in the shape that `kg.encode` gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from benchmarks import corpus_shares as share
from benchmarks.corpus_registers import CAMPS, Body, Issue, Proposition, Registers
from benchmarks.corpus_words import Draws, Graph, Pair, coded, labels, node, plain, typed

from kg.codes import LANGUAGES
from kg.names import graph_iri, mint, passage_id

FIRST_DAY = date(2015, 1, 5)  # a Monday
WORKING_DAYS = 10 * 260
REMEMBERED = 20_000
"""So many earlier positions may still be revised; more are forgotten, the oldest first."""


@dataclass(frozen=True)
class Attendant:
    """One who may speak: a person, or a body without one (`person` is then the body)."""

    person: str
    body: Body | None


class Memory:
    """The latest position of each holder on each proposition, as far as remembered."""

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], tuple[str, str, str]] = {}

    def revised(self, holder: str, proposition: str, stance: str, entry: str) -> str | None:
        """The earlier position, of another entry, in which the holder had another stance."""
        position, earlier, place = self._latest.get((holder, proposition), ("", stance, entry))
        return position if earlier != stance and place != entry else None

    def keep(self, holder: str, proposition: str, position: str, stance: str, entry: str) -> None:
        """Remember a position in the place of the one before it."""
        self._latest.pop((holder, proposition), None)
        self._latest[holder, proposition] = position, stance, entry
        if len(self._latest) > REMEMBERED:
            del self._latest[next(iter(self._latest))]


def meetings(positions: int, registers: Registers, draws: Draws, base: str) -> Iterator[str]:
    """The graph of each meeting as N-Quads, in the order of their dates and names."""
    memory, left, number, today, place = Memory(), positions, 0, FIRST_DAY, 0
    expected = positions // share.MEAN_OF_MEETING + 1
    while left:
        week, day = divmod(number * WORKING_DAYS // expected, 5)
        held = FIRST_DAY + timedelta(days=7 * week + day)
        place = place + 1 if held == today else 1
        size = min(left, draws.between(*share.POSITIONS_OF_MEETING.draw(draws)))
        identifier = f"{held}-{place:04d}"
        yield Meeting(identifier, held, number, registers, draws, memory, base).text(size)
        left, number, today = left - size, number + 1, held


class Meeting:
    """Writes one meeting: who was there, then item by item who said what."""

    def __init__(
        self,
        identifier: str,
        held: date,
        number: int,
        registers: Registers,
        draws: Draws,
        memory: Memory,
        base: str,
    ) -> None:
        self._id, self._held, self._number, self._base = identifier, held, number, base
        self._registers, self._draws, self._memory = registers, draws, memory
        self._graph_iri = graph_iri(identifier, base)
        self._graph = Graph(self._graph_iri)
        self._node = self._of("")
        self._memo = self._of("/memo")
        self._language = share.LANGUAGE_OF_MEMO.draw(draws)
        self._words = registers.words[self._language]
        self._end, self._items, self._entries = 200, 0, 0
        self._present: list[Attendant] = []
        self._bodies: list[Body] = []
        self._spoken_for: dict[str, str] = {}
        self._path = ""

    def text(self, positions: int) -> str:
        """The graph, with so many positions in it."""
        self._participants()
        self._opening()
        left, issue, paragraph = positions, self._new_item(), 0
        while left:
            if paragraph and self._draws.random() < share.NEXT_ITEM:
                issue, paragraph = self._new_item(), 0
            size = min(left, self._draws.between(*share.POSITIONS_OF_ENTRY.draw(self._draws)))
            paragraph += 1
            self._speech(issue, paragraph, size)
            left -= size
        self._closing(issue, paragraph + 1)
        self._head()
        return self._graph.text()

    def _of(self, path: str) -> str:
        return node(mint(self._id + path, self._base))

    def _head(self) -> None:
        """The meeting, its coding and its minutes; the last, since their length is known then."""
        graph, held = self._graph, self._held.isoformat()
        number = f"{self._number + 1}"
        names = f"Meeting {number} ({held})", f"Kokous {number} ({held})", f"Möte {number} ({held})"
        graph.declare(
            self._node,
            "Meeting",
            *labels("skos:prefLabel", *names),
            ("number", plain(number)),
            ("dcterms:date", typed(held, "date")),
            ("prov:startedAtTime", typed(f"{held}T09:00:00", "dateTime")),
            ("heldBy", self._draws.pick(self._registers.working)),
            ("documentedIn", self._memo),
            ("coding", node(self._graph_iri)),
        )
        graph.declare(
            node(self._graph_iri),
            "Coding",
            ("coder", plain("A made-up coder")),
            ("dcterms:created", typed(held, "date")),
            ("adms:status", coded("coding-status", "accepted")),
        )
        graph.declare(
            self._memo,
            "SourceDocument",
            ("fileName", plain(f"{self._id}.txt")),
            ("schema:sha256", plain(sha256(self._id.encode()).hexdigest())),
            ("characters", typed(self._end + 40, "integer")),
            ("dcterms:issued", typed(held, "date")),
            ("dcterms:language", plain(LANGUAGES[self._language])),
        )

    def _participants(self) -> None:
        draws, seen = self._draws, set[str]()
        size = draws.between(*share.PARTICIPANTS.draw(draws))
        for _ in range(3 * size):
            attendant = self._attendant()
            if attendant.person not in seen:
                seen.add(attendant.person)
                self._participation(len(seen), attendant)
            if len(seen) == size:
                break

    def _attendant(self) -> Attendant:
        draws, registers = self._draws, self._registers
        chance = draws.random()
        if self._present and chance < share.EXPERT:
            return Attendant(draws.pick(registers.experts), None)
        body = draws.ranked(registers.bodies, registers.body_ranks)
        if self._present and chance < share.EXPERT + share.BODY_ONLY:
            return Attendant(body.node, body)
        return Attendant(draws.ranked(body.people, body.ranks), body)

    def _participation(self, number: int, attendant: Attendant) -> None:
        """One line of the list; the first is always there, lest nobody could speak."""
        person, body = attendant.person, attendant.body
        absent = number > 1 and self._draws.random() < share.ABSENT
        first = number <= len(share.FIRST_ROLES)
        role = share.FIRST_ROLES[number - 1] if first else share.LATER_ROLES.draw(self._draws)
        pairs = [
            ("inMeeting", self._node),
            ("org:role", role),
            ("present", typed("false" if absent else "true", "boolean")),
        ]
        if body is None or person != body.node:
            pairs.append(("org:member", person))
        if body is not None:
            pairs.append(("represents", body.node))
            self._bodies.append(body)
        self._graph.declare(self._of(f"/pt{number}"), "Participation", *pairs)
        if not absent:
            self._present.append(attendant)

    def _item(self, *names: str) -> None:
        self._items += 1
        self._end += 40
        self._graph.declare(
            self._of(f"/i{self._items}"),
            "AgendaItem",
            *labels("skos:prefLabel", *names),
            ("inMeeting", self._node),
            ("number", plain(str(self._items))),
        )

    def _opening(self) -> None:
        self._item("Opening", "Avaus", "Öppnande")

    def _new_item(self) -> Issue:
        """Go on to an item, and to the issue that it is about."""
        self._item(*(self._draws.words(words, 2).capitalize() for words in self._registers.words))
        return self._draws.ranked(self._registers.issues, self._registers.issue_ranks)

    def _entry(self, kind: str, paragraph: int, length: int, *pairs: Pair) -> tuple[str, str]:
        """An entry and its place: a paragraph of the memo, which goes on behind it."""
        self._entries += 1
        self._path = f"/s{self._entries:02d}"
        place = self._passage(self._end, self._end + length, paragraph)
        self._end += length + 1
        entry = self._graph.declare(
            self._of(self._path),
            kind,
            ("inAgendaItem", self._of(f"/i{self._items}")),
            ("sequence", typed(self._entries, "integer")),
            ("evidence", place),
            *pairs,
        )
        return entry, place

    def _passage(self, start: int, end: int, paragraph: int) -> str:
        return self._graph.declare(
            node(mint(passage_id(f"{self._id}/memo", start, end), self._base)),
            "Passage",
            ("oa:hasSource", self._memo),
            ("oa:start", typed(start, "nonNegativeInteger")),
            ("oa:end", typed(end, "nonNegativeInteger")),
            ("paragraph", typed(paragraph, "integer")),
        )

    def _speech(self, issue: Issue, paragraph: int, positions: int) -> None:
        draws, start = self._draws, self._end
        # The first in the list speak most.
        speaker = self._present[int(draws.random() * draws.random() * len(self._present))]
        pairs = [("speaker", speaker.person), ("actType", share.ACTS.draw(draws))]
        if paragraph > 1 and draws.random() < share.REPLY:
            pairs.append(("repliesTo", self._of(self._path)))
        disputed = self._spoken_for.get(speaker.body.node) if speaker.body else None
        if disputed and draws.random() < share.DISPUTE:
            pairs.append(("disputesAttribution", disputed))
        entry, place = self._entry("SpeechAct", paragraph, 60 + 90 * positions, *pairs)
        for number in range(positions):
            at = place
            if draws.random() < share.OWN_PLACE:
                first = start + 10 + 90 * number + draws.below(20)
                at = self._passage(first, first + 50 + draws.below(30), paragraph)
            self._position(f"{self._path}/p{number + 1}", entry, at, issue, speaker)
        if draws.random() < share.CLAIM:
            self._claim(entry, place, issue)

    def _position(
        self, path: str, entry: str, place: str, issue: Issue, speaker: Attendant
    ) -> None:
        draws = self._draws
        position = self._of(path)
        holder, camp = self._holder(speaker, entry)
        proposition = draws.ranked(issue.propositions, issue.ranks)
        stance = self._stance(proposition, camp)
        pairs = [
            ("expressedIn", entry),
            ("evidence", place),
            ("holder", holder),
            ("proposition", proposition.node),
            ("stance", stance),
            ("adms:status", share.STATUSES.draw(draws)),
            ("confidence", share.CONFIDENCES.draw(draws)),
            ("quote", plain(self._quote())),
        ]
        if stance in share.CONDITIONAL:
            pairs.append(("condition", self._another(issue, proposition)))
        earlier = self._memory.revised(holder, proposition.node, stance, entry)
        if earlier and draws.random() < share.REVISION:
            pairs.append(("revises", earlier))
        self._memory.keep(holder, proposition.node, position, stance, entry)
        self._graph.declare(position, "Position", *pairs)

    def _holder(self, speaker: Attendant, entry: str) -> tuple[str, int]:
        """Who holds a position that is spoken, and the camp."""
        draws, own = self._draws, speaker.body
        chance = draws.random()
        if own and chance < share.OWN:
            return (speaker.person if chance < share.PERSONAL else own.node), own.camp
        if chance < share.OWN:
            return speaker.person, 0
        if chance < share.OTHER_BODY:
            body = draws.pick(self._bodies)
            if body is own:
                body = draws.ranked(self._registers.bodies, self._registers.body_ranks)
            self._spoken_for[body.node] = entry
            return body.node, body.camp
        if chance < share.COLLEAGUE:
            other = draws.pick(self._present)
            return other.person, other.body.camp if other.body else 0
        return draws.pick(self._registers.others), draws.below(CAMPS)

    def _stance(self, proposition: Proposition, camp: int) -> str:
        follows = self._draws.random() < share.FOLLOWS_CAMP
        agrees = proposition.liked[camp] is follows
        return (share.STANCES_FOR if agrees else share.STANCES_AGAINST).draw(self._draws)

    def _another(self, issue: Issue, proposition: Proposition) -> str:
        """Another answer to the issue: every issue has several."""
        at = issue.propositions.index(proposition)
        step = 1 + self._draws.below(len(issue.propositions) - 1)
        return issue.propositions[(at + step) % len(issue.propositions)].node

    def _quote(self) -> str:
        return self._draws.words(self._words, self._draws.between(3, 8))

    def _claim(self, entry: str, place: str, issue: Issue) -> None:
        draws = self._draws
        parties = {draws.pick(self._bodies).node for _ in range(3)}
        self._graph.declare(
            self._of(f"{self._path}/c1"),
            "AlignmentClaim",
            ("expressedIn", entry),
            ("evidence", place),
            ("alignment", share.ALIGNMENTS.draw(draws)),
            ("about", draws.ranked(issue.propositions, issue.ranks).node),
            ("quote", plain(self._quote())),
            *(("party", party) for party in sorted(parties)),
        )

    def _closing(self, issue: Issue, paragraph: int) -> None:
        """What the minutes themselves record: a decision, a task."""
        draws = self._draws
        decides, agrees = draws.random() < share.DECISION, draws.random() < share.ACTION
        if not decides and not agrees:
            return
        record = ("actType", coded("act", "record"))
        entry, place = self._entry("Entry", paragraph, 120, record)
        common = ("expressedIn", entry), ("evidence", place)
        if decides:
            adopted = draws.ranked(issue.propositions, issue.ranks).node
            pairs = *self._title(), ("adopts", adopted)
            self._graph.declare(self._of(f"{self._path}/d1"), "Decision", *common, *pairs)
        if agrees:
            self._action(issue, common)

    def _title(self) -> list[Pair]:
        names = (self._draws.words(words, 4).capitalize() for words in self._registers.words)
        return labels("skos:prefLabel", *names)

    def _action(self, issue: Issue, common: tuple[Pair, ...]) -> None:
        draws = self._draws
        pairs = [
            *self._title(),
            ("about", issue.project),
            ("responsible", draws.pick(self._bodies).node),
            ("progress", share.PROGRESS.draw(draws)),
        ]
        if draws.random() < share.DEADLINE:
            last = (self._held + timedelta(days=draws.between(14, 200))).isoformat()
            deadline = self._graph.declare(
                self._of(f"{self._path}/t1/deadline"),
                "ImpreciseDate",
                ("dateKind", coded("date-kind", "deadline")),
                ("asWritten", plain(self._quote())),
                ("earliest", typed(last, "date")),
                ("latest", typed(last, "date")),
            )
            pairs.append(("deadline", deadline))
        self._graph.declare(self._of(f"{self._path}/t1"), "ActionItem", *common, *pairs)
