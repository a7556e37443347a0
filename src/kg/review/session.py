"""The state of a review: the texts of a coding and of its registers, each answer written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ruamel.yaml.error import YAMLError

from kg.coding.dataset import REGISTERS
from kg.coding.yamlfile import plain, yaml_reader
from kg.curation.changes import merge, reword
from kg.curation.exact import applied, exact_edits
from kg.drafting.known import Known, read_known
from kg.drafting.pieces import BYTE_ORDER_MARK, Piece, Pieces, pieces_of, unreadable
from kg.drafting.proposal import node_lines
from kg.drafting.register_files import own_files
from kg.drafting.registers import free_id, shortened_id
from kg.errors import InputError
from kg.folders import write_atomically
from kg.review.edits import own_data, unmarked, with_data
from kg.review.questions import Question, questions

Texts = Mapping[Path, str]


@dataclass
class Session:
    """A review of one coding; `texts` are those of all files of its folder, as they are on disk."""

    path: Path
    folder: Path
    texts: dict[Path, str]
    skipped: set[str] = field(default_factory=set)
    _history: list[tuple[str, dict[Path, str]]] = field(default_factory=list)

    @cached_property
    def pieces(self) -> Pieces:
        """The coding as pieces."""
        return pieces_of(self.texts[self.path])

    @cached_property
    def known(self) -> Known:
        """The shipped registers and those of the folder."""
        return read_known(self.folder)

    @cached_property
    def new_propositions(self) -> Mapping[str, Path]:
        """The propositions that a draft made and nobody has accepted, each with its file."""
        found: dict[str, Path] = {}
        for path in self._registers():
            for piece in pieces_of(self.texts[path]).all:
                if piece.kind == "propositions" and piece.key:
                    found[piece.id] = path
        return found

    def open_questions(self) -> list[Question]:
        """All that is not answered, also what was skipped."""
        return list(questions(self.pieces, self.new_propositions))

    def next(self) -> Question | None:
        """The first question that is neither answered nor skipped."""
        return next((one for one in self.open_questions() if one.name not in self.skipped), None)

    def skip(self, question: Question) -> None:
        """Leave a question for another time."""
        self.skipped.add(question.name)
        self._history.append((question.name, {}))

    def write(self, question: Question | None, new: Texts) -> None:
        """Write an answer: the files whose text it changes.

        Raises `InputError` if somebody else has changed one of them since it was read.
        """
        changed = {path: text for path, text in new.items() if text != self.texts[path]}
        name = question.name if question else ""
        self._history.append((name, {path: self.texts[path] for path in changed}))
        self._put(changed)

    def undo(self) -> bool:
        """Take the last answer or skip back; tell whether there was one."""
        if not self._history:
            return False
        name, before = self._history.pop()
        self.skipped.discard(name)
        self._put(before)
        return True

    def _put(self, texts: Texts) -> None:
        for path in texts:
            if _read(path) != self.texts[path]:
                raise InputError(
                    f"{path} was changed by another program: start `kg review` again, "
                    "what was answered is there"
                )
        for path, text in texts.items():
            marked = path.read_bytes().startswith(BYTE_ORDER_MARK.encode())
            write_atomically(path, BYTE_ORDER_MARK + text if marked else text)
            self.texts[path] = text
        for name in ("pieces", "known", "new_propositions"):
            self.__dict__.pop(name, None)

    # Propositions

    def proposition(self, name: str) -> tuple[Path, Pieces, Piece]:
        """Where a new proposition stands: its file, that file's pieces, and its piece."""
        path = self.new_propositions[name]
        pieces = pieces_of(self.texts[path])
        return path, pieces, next(one for one in pieces.all if one.id == name)

    def merged(self, name: str, keep: str) -> Texts:
        """The texts with a new proposition merged into a known one."""
        change = merge(keep, [name], [own_data(self.proposition(name)[2])])
        found = dict(self.texts)
        for path, text in self.texts.items():
            if name in text or keep in text:
                old = plain(yaml_reader().load(text))
                new = change.rewrite(old)
                found[path] = applied(text, exact_edits(text, old, new))
        return found

    def reworded(self, name: str, label: Mapping[str, str]) -> Texts:
        """The texts with a new proposition in other words; the draft's stay as another label."""
        path, pieces, piece = self.proposition(name)
        data = reword(name, label).rewrite(own_data(piece))
        return {path: with_data(pieces, piece, data)}

    def kept(self, name: str) -> Texts:
        """The texts with a new proposition accepted as it stands."""
        path, pieces, piece = self.proposition(name)
        return {path: unmarked(pieces, piece)}

    def with_new_proposition(
        self, words: str, language: str, beside: str, texts: Texts
    ) -> tuple[Texts, str]:
        """The texts with one more proposition under the issue of another, and its id.

        `texts` are those that stand in the place of the session's.

        Raises `InputError` if no register of the folder holds the other.
        """
        for path in self._registers():
            pieces = pieces_of(texts.get(path, self.texts[path]))
            there = next((one for one in pieces.all if one.id == beside), None)
            if there is not None and there.kind == "propositions" and there.column is not None:
                name = free_id(shortened_id(words), {one.id for one in pieces.all} | self.all_ids)
                node = {"id": name, "type": "Proposition", "label": {language: words}}
                lines = node_lines("propositions", node, there.column - 2)
                new = [line + pieces.line_end for line in lines]
                text = "".join([*pieces.lines[: there.end], *new, *pieces.lines[there.end :]])
                return {path: text}, name
        raise InputError(f"No register of the folder holds {beside}: add the proposition by hand")

    @property
    def all_ids(self) -> set[str]:
        """The ids of all propositions and issues that are known."""
        known = self.known
        return {one.id for one in known.propositions} | {one.id for one in known.issues}

    def _registers(self) -> Iterator[Path]:
        for path in self.texts:
            if (
                path.relative_to(self.folder).parts[0] in REGISTERS
                and "propositions:" in (self.texts[path])
            ):
                yield path


def open_session(path: Path) -> Session:
    """A session for one coding file.

    Its folder is the one that holds ``meetings/``, else the one that it is in. Raises `DataError`
    if a coding cannot be parsed.
    """
    path = path.resolve()
    folder = path.parent.parent if path.parent.name == "meetings" else path.parent
    texts = own_files(folder)
    texts.setdefault(path, _read(path))
    session = Session(path, folder, texts)
    try:
        session.open_questions()
    except YAMLError as error:
        raise unreadable(texts) from error
    return session


def to_review(target: Path) -> list[Path]:
    """The coding files that are meant by a file or by a data folder."""
    if target.is_file():
        return [target]
    if not target.is_dir():
        raise InputError(f"There is no {target}: name a coding, or the folder of your data")
    found = [path for path in own_files(target) if path.is_relative_to(target / "meetings")]
    if not found:
        raise InputError(f"The folder {target} holds no meetings: draft one with `kg draft`")
    return found


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", errors="replace")
