"""The course of a meeting: speeches and records in order, with the decisions and actions.

A speech is a stretch of one speaker's attributed speech: from the reporting clause on, as long as
what follows goes on telling what this speaker said. It ends before the next speaker's clause, a
decision, a record, a task, or a paragraph that does not go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.documents.blocks import Block
from kg.documents.document import Kind as Form
from kg.minutes.action_tables import table_actions
from kg.minutes.actions import Task, labelled, promise, task
from kg.minutes.cast import Cast, cast
from kg.minutes.clauses import clause, further
from kg.minutes.deadlines import due_in
from kg.minutes.decisions import announces, decides, is_record
from kg.minutes.labels import Label, is_heading, known_labels, read_label
from kg.minutes.lexicon import Form as VerbForm
from kg.minutes.model import Action, Decision, Participant, Record, Remark, Speech
from kg.minutes.reporting import Clause
from kg.minutes.sections import Section
from kg.minutes.sentences import Sentence, sentences
from kg.minutes.speakers import Mention, is_meeting
from kg.minutes.stretches import (
    FORMAL,
    Stretch,
    begins,
    gives_task,
    goes_on,
    introduced,
    is_apart,
    is_entry,
    keeps_speaking,
    same_speaker,
    tells_of_other,
)
from kg.traced import Traced

_SEPARATOR = re.compile(r":| [-–—] ")
_LONGEST_ACTION = 1000
_PAST = 2  # verbs that show that a memo tells in the past
_ANNOUNCED_LABEL = 60  # a label and its colon stand within so many characters


@dataclass(frozen=True)
class Talk:
    """What a meeting's sections tell."""

    entries: tuple[Speech | Record, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    remarks: tuple[Remark, ...]


def read_entries(
    sections: Sequence[Section],
    participants: Sequence[Participant],
    language: str,
    header_body: str | None = None,
    meeting: date | None = None,
    text: str = "",
) -> Talk:
    """Read what was said, decided and to be done.

    `header_body` is the meeting's body; `meeting` its date, from which deadlines take their year;
    `text` the memo's, in which a nickname can stand beside a participant's name.
    """
    titles = [section.item.title for section in sections if section.item]
    talk = "\n".join([*titles, *(one.text for section in sections for one in section.blocks)])
    walk = _Walk(cast(participants, language, header_body, text, talk), meeting)
    for section in sections:
        walk.section(section)
    return Talk(
        tuple(walk.entries), tuple(walk.decisions), tuple(walk.actions), tuple(walk.remarks)
    )


class _Walk:
    """Goes through the sentences of all sections once, in order."""

    def __init__(self, people: Cast, meeting: date | None) -> None:
        self.cast = people
        self.meeting = meeting
        self.entries: list[Speech | Record] = []
        self.decisions: list[Decision] = []
        self.actions: list[Action] = []
        self.remarks: list[Remark] = []
        self.item: str | None = None
        self.running: Stretch | None = None
        self.mode: Label | None = None  # of the block
        self.listing: Label | None = None  # of the block and the list below it
        self.titled: Label | None = None  # of the lists of the item
        self.spoken = False  # on the item
        self.of_body: Block | None = None  # the block whose last sentence is about the body
        self.past = 0  # how many more verbs of saying were in the past than in the present
        self.following: Sentence | None = None  # in the block
        self.begun: Block | None = None  # the block whose action can go on

    # -- blocks -------------------------------------------------------------------------------

    def section(self, section: Section) -> None:
        self.item = (section.item.number or section.item.title) if section.item else None
        self.mode = self.listing = None
        self.spoken, self.begun = False, None
        self.cast.aliases.clear()
        self.presenter(section)
        self.titled = self.by_title(section)
        headed = self.titled is Label.ACTION
        found, rows = table_actions(section.blocks, self.item, self.cast, self.meeting, headed)
        for place, block in enumerate(section.blocks):
            if place in rows or (block.kind is Form.ROW and len(block.cells) > 2):
                self.close()
            else:
                self.block(block)
        self.close()
        self.actions += found

    def by_title(self, section: Section) -> Label | None:
        """What an item's title says of the lists in it: “Actions”, “Päätökset”."""
        title = section.item.title.casefold() if section.item else ""
        label = known_labels(self.cast.language).get(title)
        return label if label in {Label.ACTION, Label.DECISION} else None

    def presenter(self, section: Section) -> None:
        """“The presenter” is the one whom the item's heading names as such."""
        names = section.item.presenters if section.item else ()
        known = [one.name for one in self.cast.people if one.name in names]
        if len(known) == 1:
            for word in self.cast.words.words("speakers.presenters"):
                self.cast.aliases[(word,)] = known[0]

    def block(self, block: Block) -> None:
        label = read_label(block.text, self.cast.language)
        alone = label is not None and label.end >= len(block.text.rstrip())
        if alone or (is_heading(block) and not self.names_speaker(block)):
            self.close()
            self.listing = label.label if label else self.announced_by(block)
            return
        item = is_entry(block) or block.text[:1].isdigit()
        self.mode = self.listing or (self.titled if block.kind is Form.ITEM else None)
        if not item:
            self.listing = None
        decided = label is not None and label.label is Label.DECISION
        if (self.mode is Label.DECISION and item) or (block.kind is Form.ITEM and decided):
            self.whole(block, label.end if decided and label else 0)
            return
        said = list(sentences(block, self.cast.language))
        for place, sentence in enumerate(said):
            self.following = said[place + 1] if place + 1 < len(said) else None
            self.sentence(sentence, block, first=place == 0)

    def whole(self, block: Block, start: int) -> None:
        """An item of a list that records a decision: all of it is one."""
        said = list(sentences(block, self.cast.language))
        first = said[0].behind(start - said[0].start) if start else said[0]
        if not first.words:
            return
        text = block.traced[first.start : said[-1].end]
        self.decisions.append(Decision(self.item, text.text, text.span()))
        for sentence in [first, *said[1:]]:
            found = task(sentence, self.cast, decided=True)
            if found is not None and found.responsible:
                self.action(sentence, found)
            self.record(sentence, block)

    def announced_by(self, block: Block) -> Label | None:
        """What a line that a colon ends says of the list below it."""
        told = (announces(one, self.cast) for one in sentences(block, self.cast.language))
        return Label.DECISION if any(told) else None

    def names_speaker(self, block: Block) -> bool:
        """Tell whether a line that a colon ends names who speaks in what follows."""
        if block.kind is Form.HEADING:
            return False
        return any(clause(one, self.cast) for one in sentences(block, self.cast.language))

    # -- sentences ----------------------------------------------------------------------------

    def sentence(self, sentence: Sentence, block: Block, first: bool) -> None:
        if _SEPARATOR.search(sentence.text, 0, _ANNOUNCED_LABEL):
            label = read_label(sentence.text, self.cast.language)
            if label is not None and self.label(label.label, sentence.behind(label.end), sentence):
                self.record(sentence, block)
                return
            if label is not None:
                self.mode = label.label
                sentence = sentence.behind(label.end)
                if not sentence.words:
                    return
        if sentence.mark.startswith("["):
            self.checkbox(sentence, block)
        elif self.mode is Label.ACTION:
            self.under_action(sentence, block, first)
            self.record(sentence, block)
        elif self.mode is Label.DECISION:
            self.under_decision(sentence, block)
        elif self.mode is not None:
            self.complete(self.mode, sentence, sentence)
            self.record(sentence, block)
        else:
            self.free(sentence, block, first)

    def label(self, label: Label, rest: Sentence, whole: Sentence) -> bool:
        """Take up who is responsible or when it is due; False for any other label."""
        if label not in {Label.RESPONSIBLE, Label.DUE}:
            return False
        if rest.words:
            self.complete(label, rest, whole)
        else:
            self.mode = label
        return True

    def complete(self, label: Label, rest: Sentence, whole: Sentence) -> None:
        """Say of the last action who is responsible or when it is due; else it is one by itself."""
        last = self.actions[-1] if self.actions and self.begun is not None else None
        written = rest.text.rstrip(". ")
        if label is Label.DUE:
            due = due_in(rest.text, self.cast.language, self.meeting)
            if last is not None and due is not None:
                self.actions[-1] = replace(last, due=due.iso, due_written=written)
        elif last is not None and (self.mode is Label.ACTION or last.responsible is None):
            self.actions[-1] = replace(last, responsible=written)
        else:
            self.action(whole, Task(labelled(rest, self.cast) or written.partition(",")[0]))

    def checkbox(self, sentence: Sentence, block: Block) -> None:
        """An item of a list of tasks, unless it is done."""
        if "x" not in sentence.mark.casefold():
            label, colon, _ = sentence.text.partition(":")
            who = labelled(sentence, self.cast) or (label if colon else None)
            self.action(sentence, Task(who))
        self.record(sentence, block)

    def under_action(self, sentence: Sentence, block: Block, first: bool) -> None:
        """A sentence under a label of actions: one, or more words on the one before it."""
        told = None if first else clause(sentence, self.cast)
        found = promise(sentence, told, self.cast) if told else None
        if not first and found is None:
            found = task(sentence, self.cast)
        if first or found is not None or self.begun is not block:
            self.action(sentence, found or Task(labelled(sentence, self.cast)))
            self.begun = block
        elif self.actions and len(self.actions[-1].text) < _LONGEST_ACTION:
            start = self.actions[-1].span[0]
            place = block.text.find(self.actions[-1].text)
            if place >= 0:
                whole = block.traced[place : sentence.end]
                self.actions[-1] = replace(
                    self.actions[-1], text=whole.text, span=(start, whole.span()[1])
                )

    def under_decision(self, sentence: Sentence, block: Block) -> None:
        """A sentence under a label of decisions: one of them, and a task where it gives one."""
        if self.announced(sentence, block):
            return
        found = task(sentence, self.cast, decided=True)
        self.decide(sentence)
        if found is not None:
            self.action(sentence, found)
        self.record(sentence, block)

    def announced(self, sentence: Sentence, block: Block) -> bool:
        """Tell whether decisions follow as a list; the next items are then decisions."""
        if not announces(sentence, self.cast):
            return False
        self.listing = Label.DECISION
        self.record(sentence, block)
        return True

    def free(self, sentence: Sentence, block: Block, first: bool) -> None:
        """A sentence that no label stands over."""
        told = clause(sentence, self.cast, first)
        running = self.running.clause if self.running else None
        if told is not None and self.past >= _PAST and gives_task(told, sentence, self.cast):
            told = None
        if told is not None and begins(told, running, first, self.cast):
            if told.joined and told.before:  # “She preferred May; Mr Moss would wait”
                self.running = self.running or Stretch(None)
                self.running.add(block, sentence.start, sentence.start + told.before)
            self.speak(told, sentence, block)
        elif told is not None and running is not None and not (first and told.perfect):
            self.running_on(sentence, block)
        elif not self.announced(sentence, block) and not self.outcome(sentence, block):
            lead = introduced(sentence, self.following, self.cast) if told is None else None
            if lead is not None and not (running and same_speaker(lead, running) and not first):
                self.speak(lead, sentence, block)
            elif self.ends(sentence, block, first):
                self.record(sentence, block)
            else:
                self.running_on(sentence, block)
        body = told is None and bool(sentence.words) and is_meeting(sentence, 0, self.cast)
        self.of_body = block if body else None  # which “it” is in the next sentence

    def outcome(self, sentence: Sentence, block: Block) -> bool:
        """Take in a decision or a task; False if the sentence is none."""
        running = self.running.clause if self.running else None
        in_speech = running is not None and running.act not in FORMAL
        decided = decides(sentence, self.cast, in_speech, resumed=self.of_body is block)
        found = task(sentence, self.cast, decided)
        if decided:
            self.decide(sentence)
        own = is_apart(block, self.running)
        given = found is not None and (  # at the meeting, not told of in a speech
            found.responsible
            if decided
            else own or running is None or (found.named and running.verb)
        )
        if found is not None and given:
            self.action(sentence, found)
        if decided or given:
            self.record(sentence, block)
        return bool(decided or given)

    def ends(self, sentence: Sentence, block: Block, first: bool) -> bool:
        """Tell whether no speech goes on with a plain sentence."""
        running = self.running
        if running is None or running.clause is None:
            return True
        formal = running.clause.act in FORMAL and not keeps_speaking(sentence, self.cast)
        if formal or tells_of_other(sentence, running.clause, self.cast):
            return True
        goes = not first or goes_on(sentence, block, running, self.cast)
        return is_record(sentence, self.cast, first) or not goes

    # -- what is found ------------------------------------------------------------------------

    def speak(self, told: Clause, sentence: Sentence, block: Block) -> None:
        self.close()
        written = tuple(sentence.part(one.start, one.end) for one in told.speakers)
        self.running = Stretch(told, written)
        self.past += (told.form is VerbForm.PAST) - (told.form is VerbForm.PRESENT)
        other = further(sentence, told, self.cast)
        end = sentence.start + other.before if other else sentence.end
        self.running.add(block, sentence.start + told.at, end)
        found = promise(sentence, told, self.cast)
        if found is not None:
            self.action(sentence, found)
        for one in told.speakers:
            if one.doubt:
                self.remarks.append(Remark(sentence.traced.span(), one.doubt))
        if other is not None:
            self.speak(other, sentence, block)

    def running_on(self, sentence: Sentence, block: Block) -> None:
        if self.running is not None:
            self.running.add(block, sentence.start, sentence.end)

    def record(self, sentence: Sentence, block: Block) -> None:
        """Take in a sentence without a speaker; one stretch of them ends with its block."""
        if self.running is None or self.running.clause or self.running.block is not block:
            self.close()
            self.running = Stretch(None)
        self.running.add(block, sentence.start, sentence.end)

    def decide(self, sentence: Sentence) -> None:
        self.decisions.append(Decision(self.item, sentence.text, sentence.traced.span()))

    def action(self, sentence: Sentence, found: Task) -> None:
        due = due_in(sentence.text, self.cast.language, self.meeting)
        self.actions.append(
            Action(
                self.item,
                found.responsible,
                sentence.text,
                due.iso if due else None,
                sentence.traced.span(),
                due.written if due else None,
            )
        )

    def close(self) -> None:
        """End the stretch that runs."""
        stretch, self.running = self.running, None
        if stretch is None:
            return
        passage = stretch.passage
        if stretch.clause is None:
            self.entries.append(Record(self.item, passage))
            return
        for one, written in zip(stretch.clause.speakers, stretch.written, strict=True):
            self.entries.append(self.speech(one, written, stretch.clause, passage))
        self.spoken = True

    def speech(self, one: Mention, written: str, told: Clause, passage: Traced) -> Speech:
        act = self.act(told, passage.text)
        return Speech(self.item, written, one.name, told.verb or None, act, passage, one.body)

    def act(self, told: Clause, text: str) -> str:
        """The kind of a speech: what ends with a question is one; who tells first presents."""
        plain = told.act in {"statement", "comment", "thanks"}
        if plain and text.rstrip("”’\"' )").endswith("?"):
            return "question"
        verbs = self.cast.words.words("clauses.telling")
        return "presentation" if not self.spoken and told.verb.casefold() in verbs else told.act
