"""Stretches of speech: where one begins, and whether what follows goes on with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.documents.blocks import Block
from kg.documents.document import Kind as Form
from kg.minutes.actions import task
from kg.minutes.cast import Cast
from kg.minutes.lexicon import Form as VerbForm
from kg.minutes.predicates import Predicates
from kg.minutes.reporting import Clause
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, mention
from kg.traced import Traced, joined, put

_MARKS = tuple("-*•–·▪◦→>")
_EARLY = 4  # words in which a pronoun tells that somebody goes on
FORMAL = frozenset({"opening", "closing"})  # acts that one sentence is enough for


@dataclass
class Stretch:
    """Sentences in a row, with a speaker's clause or without; `pieces` are ranges of blocks."""

    clause: Clause | None
    written: tuple[str, ...] = ()
    pieces: list[tuple[Block, int, int]] = field(default_factory=list)

    def add(self, block: Block, start: int, end: int) -> None:
        """Take in a range of a block, the next one of the last block or of another."""
        if self.pieces and self.pieces[-1][0] is block:
            start = self.pieces.pop()[1]
        self.pieces.append((block, start, end))

    @property
    def passage(self) -> Traced:
        """All of it as one text, blocks parted by a space."""
        parts: list[Traced] = []
        for block, start, end in self.pieces:
            if parts:
                parts.append(put(" ", parts[-1].span()[1]))
            parts.append(block.traced[start:end])
        return joined(parts)

    @property
    def block(self) -> Block:
        """The block that it begins in."""
        return self.pieces[0][0]

    @property
    def opens_list(self) -> bool:
        """Tell whether it is a paragraph that ends with a colon, before a list."""
        block, start, end = self.pieces[0]
        return block.kind is not Form.ITEM and block.text[start:end].rstrip().endswith(":")

    @property
    def last(self) -> str:
        """Its text in the last block."""
        block, start, end = self.pieces[-1]
        return block.text[start:end]


def is_entry(block: Block) -> bool:
    """Tell whether a block is an entry of a list, by its format or the sign before it."""
    return block.kind is Form.ITEM or block.text[:1] in _MARKS


def is_apart(block: Block, running: Stretch | None) -> bool:
    """Tell whether an item of a list stands below a speech that another item holds."""
    if running is None or running.pieces[-1][0] is block:
        return False
    return is_entry(block) and is_entry(running.block)


def same_speaker(clause: Clause, running: Clause) -> bool:
    """Tell whether two clauses have the same, one speaker."""
    if len(clause.speakers) > 1 or len(running.speakers) > 1:
        return False
    one, other = clause.first, running.first
    if one.name is not None or other.name is not None:
        return one.name == other.name
    return one.body is not None and one.body == other.body and one.kind is other.kind


def begins(clause: Clause, running: Clause | None, first: bool, cast: Cast) -> bool:
    """Tell whether a clause begins a speech, rather than being told within the one that runs.

    `first`: it stands at the start of a block.
    """
    if clause.perfect and clause.first.kind is Kind.BODY:
        return clause.written  # what a body has said was said elsewhere, unless it wrote to all
    if clause.written:
        return True
    if clause.perfect and clause.first.kind is Kind.UNNAMED:
        return False
    if running is None:
        if clause.according and clause.first.kind is Kind.BODY:
            return first
        unknown = clause.first.kind is Kind.BODY and clause.first.body not in cast.represented
        return first or not unknown or clause.form is not VerbForm.PRESENT
    if clause.joined:
        return True
    if same_speaker(clause, running):
        return first
    if first:
        return not _own_body(clause, running, cast)
    if clause.verb and clause.form is VerbForm.PRESENT and clause.according:
        # “Virtasen mukaan …” is Virtanen's turn; of a body it may be what somebody tells.
        return clause.first.name is not None or running.first.kind is Kind.BODY
    if len(clause.speakers) == 1 and clause.first.kind is Kind.BODY:
        return _body_begins(clause, running, cast)
    if clause.perfect:
        return False
    vague = {Kind.TITLE, Kind.OFFICE, Kind.UNNAMED}
    unclear = clause.first.kind in vague and not clause.first.name
    return not (unclear and clause.form in {VerbForm.PRESENT, VerbForm.BASE})


def _told(clause: Clause) -> bool:
    """Tell whether a verb is of the present, as in what somebody reports."""
    return clause.form is VerbForm.PRESENT


def _own_body(clause: Clause, running: Clause, cast: Cast) -> bool:
    """Tell whether the body that the running speaker is from is the subject."""
    if clause.first.kind is not Kind.BODY or running.first.kind is Kind.BODY:
        return False
    return (
        _told(clause) and clause.first.body is not None and clause.first.body == running.first.body
    )


def _body_begins(clause: Clause, running: Clause, cast: Cast) -> bool:
    """Tell whether a body amid a speech is the next speaker, and no one told of."""
    if clause.perfect or clause.first.body == running.first.body:
        return False
    if (clause.first.body or "").casefold() in cast.words.words("speakers.bodies"):
        return False  # “the Ministry” is one told of
    backshift = cast.words.flag("clauses", "backshift")
    if clause.verb and clause.form is not VerbForm.PAST:
        among = running.first.kind is Kind.BODY and running.form is VerbForm.PRESENT
        at_table = clause.first.body in cast.represented
        return among or (backshift and (running.form is VerbForm.PAST or at_table))
    # Where reported speech shifts to the past, a past tense tells nothing, unless it is a verb of
    # saying of a body that sits at the table itself.
    if not backshift or running.first.kind is Kind.BODY:
        return True
    words = cast.words.words
    said = words("clauses.core") | words("clauses.attributions")
    return clause.verb.casefold() in said and clause.first.body in cast.represented


def goes_on(sentence: Sentence, block: Block, running: Stretch, cast: Cast) -> bool:
    """Tell whether a block that begins with a plain sentence goes on with the speech that runs."""
    last = running.last.rstrip()
    if sentence.mark.endswith(":"):  # “Q:”, “A:”
        return False
    if (sentence.text[0].islower() and running.block.kind is block.kind) or sentence.mark == "…":
        return True
    if last.endswith((":", ",", ";")) and (block.kind is not Form.ITEM or running.opens_list):
        return True
    if block.kind is Form.ITEM:
        return running.opens_list or _deeper(block, running)
    if keeps_speaking(sentence, cast):
        return True
    clause = running.clause
    presents = clause is not None and clause.act == "presentation"
    return presents and running.block.kind is Form.TEXT


def _deeper(block: Block, running: Stretch) -> bool:
    return running.block.kind is Form.ITEM and block.level > running.block.level


def gives_task(told: Clause, sentence: Sentence, cast: Cast) -> bool:
    """Tell whether a present, in a memo told in the past, is a task: “Mäki lisää taulukon.”"""
    words, verb = cast.words.words, told.verb.casefold()
    forms = {one.form for one in cast.words.verbs.get(verb, ())}
    if VerbForm.PRESENT not in forms or VerbForm.PAST in forms or ":" in sentence.text:
        return False
    told_of = words("clauses.complements") & set(sentence.folds)
    found = None
    if verb in words("actions.tasks") and not told_of:
        found = task(sentence, cast, decided=False)
    return found is not None and bool(found.responsible)


def introduced(sentence: Sentence, following: Sentence | None, cast: Cast) -> Clause | None:
    """“Lehto had sent a draft. He stressed that …”: who did something and then speaks of it."""
    if following is None or len(following.words) < 2 or not sentence.words:
        return None
    found = mention(sentence, 0, cast)
    if found is None or found.kind is not Kind.PERSON or found.name is None or found.bent:
        return None
    said = Predicates(following, cast.words).at(1, sure=False)
    if following.folds[0] not in cast.words.words("speakers.pronouns") or said is None:
        return None
    end = min(found.end + 1, len(sentence.words))
    return Clause((found,), sentence.part(found.end, end) if end > found.end else "", said.act)


def tells_of_other(sentence: Sentence, running: Clause, cast: Cast) -> bool:
    """Tell whether a sentence tells what another did, or who comes or goes, as minutes do."""
    if _comes_or_goes(sentence, cast):
        return True
    found = mention(sentence, 0, cast) if sentence.words else None
    if found is None or found.kind is not Kind.PERSON or found.bent or found.name is None:
        return False
    if found.end >= len(sentence.words) or any(one.name == found.name for one in running.speakers):
        return False
    words = cast.words.words
    return sentence.folds[found.end] in words("clauses.silent") | words("clauses.past_perfect")


def _comes_or_goes(sentence: Sentence, cast: Cast) -> bool:
    """“She left the meeting at 14.20.”: what minutes tell of a speaker, and nobody says."""
    early = f" {' '.join(sentence.folds[:_EARLY])} "
    return any(f" {moved} " in early for moved in cast.words.words("clauses.leaving"))


def keeps_speaking(sentence: Sentence, cast: Cast) -> bool:
    """A pronoun, “we”, or a verb of saying without a subject at the start: “Näkee, että …”."""
    folds = [word.fold for word in sentence.words[:_EARLY]]
    pronouns = cast.words.words("speakers.pronouns") | cast.words.words("speakers.first_persons")
    if any(fold in pronouns for fold in folds):
        return True
    readings = cast.words.verbs.get(folds[0], ()) if folds else ()
    subjectless = cast.words.flag("clauses", "subjectless")
    return subjectless and any(one.form in {VerbForm.PRESENT, VerbForm.PAST} for one in readings)
