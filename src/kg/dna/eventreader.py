"""Reading an event list that DNA wrote, as the database that it is a part of.

The form says neither the types of variables nor the texts of documents. A column of unquoted whole
numbers is a boolean (0 and 1 only) or an integer; any other is text, long where a value is longer
than a short text may be. A document's text is blank but for what is coded, which stands at its
place: so offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.dna.builder import Builder, fitting
from kg.dna.eventlist import AFTER, BEFORE, OF_DOCUMENT, TIME_FORM
from kg.dna.forms import BOOLEAN, INTEGER, LONG, SHORT
from kg.dna.rows import Database, Document, Setting, Statement, StatementType, Variable
from kg.dna.schema import LONGEST
from kg.dna.template import VERSION, VERSION_DATE, coder
from kg.errors import InputError
from kg.findings import Finding, Severity

LONGEST_TEXT = 20_000_000
"""UTF-16 units that a document may have: more is taken for a slip in an offset."""

GREY = (128, 128, 128)

_CELL = re.compile(r'(?P<cell>"(?:[^"]|"")*"|[^;"\r\n]*)(?P<end>;|\r\n|\n|\r|\Z)')
_NUMBER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True)
class Event:
    """A line of the list: its number, and its cells by column, as they stand (quoted or not)."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """A cell without its quotation marks."""
        cell = self.cells[column]
        return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell

    def number(self, column: str) -> int:
        """A cell that is a whole number; raises `InputError` if it is none."""
        text = self.text(column)
        if not _NUMBER.fullmatch(text):
            raise InputError(
                f"{self.path}:{self.line}: {column} is “{text[:40]}”, no whole number: correct it"
            )
        return int(text)

    def seconds(self) -> int:
        """Its time in seconds from 1970; raises `InputError` if it is none."""
        try:
            moment = datetime.strptime(self.text("time"), TIME_FORM)
        except ValueError as error:
            raise InputError(
                f"{self.path}:{self.line}: time is “{self.text('time')[:40]}”: write it as "
                "2024-03-05 09:00:00"
            ) from error
        return int(moment.replace(tzinfo=UTC).timestamp())


def read_events(path: Path) -> tuple[Database, list[Finding]]:
    """The database that an event list is a part of, and what was not certain.

    Raises `InputError` for a file that is no event list, with the line where there is one.
    """
    columns, events = _events(path)
    names = columns[len(BEFORE) : -len(AFTER)]
    kinds = {name: _kind([one.cells[name] for one in events]) for name in names}
    variables = tuple(Variable(n, name, kinds[name], 1) for n, name in enumerate(names, start=1))
    found: list[Finding] = []
    documents = tuple(_documents(events, found))
    coders = sorted({one.number("coder") for one in events if one.text("coder")})
    start = Database(
        settings=(Setting("version", VERSION), Setting("date", VERSION_DATE)),
        coders=tuple(coder(number, f"Coder {number}", GREY) for number in coders),
        documents=documents,
        statement_types=(StatementType(1, "DNA Statement", 239, 208, 51),),
        variables=variables,
        statements=tuple(sorted(_statements(events))),
    )
    builder = Builder(start)
    for one in sorted(events, key=lambda event: event.number("statement_id")):
        _put(builder, one, variables)
    told = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    message = f"an event list does not say the types of its variables; by their values: {told}"
    return builder.database(), [Finding(path, 0, Severity.INFO, message), *found]


def _events(path: Path) -> tuple[Sequence[str], list[Event]]:
    lines = list(_lines(_read(path), path))
    if not lines:
        raise InputError(f"{path} is empty: give an event list that DNA wrote")
    _, first = lines[0]
    header = Event(path, 1, {str(place): cell for place, cell in enumerate(first)})
    columns = [header.text(str(place)) for place in range(len(first))]
    if tuple(columns[: len(BEFORE)]) != BEFORE or tuple(columns[-len(AFTER) :]) != AFTER:
        raise InputError(
            f"{path} is no event list of DNA, whose columns are {'; '.join(BEFORE)}; variables; "
            f"{'; '.join(AFTER)}: export it from DNA as an event list"
        )
    if len(set(columns)) < len(columns):
        raise InputError(f"{path} has a column twice: rename one of the variables")
    events = []
    for number, cells in lines[1:]:
        if len(cells) != len(columns):
            raise InputError(
                f"{path}:{number}: the line has {len(cells)} cells, not {len(columns)}: correct it"
            )
        events.append(Event(path, number, dict(zip(columns, cells, strict=True))))
    if not events:
        raise InputError(f"{path} has no statement: export one that has")
    return columns, events


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check its name") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8"
        ) from error


def _lines(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not empty, quotation marks left on, with the line's number."""
    place, line, begun = 0, 1, 1
    cells: list[str] = []
    while place < len(text):
        found = _CELL.match(text, place)
        if found is None:
            raise InputError(
                f"{path}:{line}: a quotation mark is out of place: put “'” in texts, as DNA does"
            )
        cells.append(found["cell"])
        line += len(re.findall(r"\r\n|\n|\r", found[0]))
        place = found.end()
        if found["end"] != ";":
            if cells != [""]:
                yield begun, cells
            cells, begun = [], line
    if cells:
        yield begun, [*cells, ""]


def _kind(cells: Sequence[str]) -> str:
    if all(_NUMBER.fullmatch(cell) for cell in cells if cell) and any(cells):
        return BOOLEAN if set(filter(None, cells)) <= {"0", "1"} else INTEGER
    return LONG if any(len(cell) > LONGEST + 2 for cell in cells) else SHORT


def _documents(events: Sequence[Event], found: list[Finding]) -> Iterator[Document]:
    by_number: dict[int, list[Event]] = {}
    for one in events:
        by_number.setdefault(one.number("document_id"), []).append(one)
    for number, together in sorted(by_number.items()):
        first = together[0]
        title, *others = (fitting(first.text(f"document_{name}")) for name in OF_DOCUMENT)
        author, source, section, kind = others
        if any(one.seconds() != first.seconds() for one in together):
            message = f"document {number} has several times: the first is taken"
            found.append(Finding(first.path, first.line, Severity.WARNING, message))
        text = _text(together, found)
        coder = first.number("coder") if first.text("coder") else None
        told = (author, source, section, "", kind)
        yield Document(number, title, text, coder, *told, first.seconds())


def _text(events: Sequence[Event], found: list[Finding]) -> str:
    """A text that is blank but for the passages, each at its place."""
    places = [_place(one) for one in events]
    units = bytearray(" ".encode("utf-16-le") * max(stop for _, stop in places))
    for one, (start, stop) in zip(events, places, strict=True):
        passage = one.text("text").encode("utf-16-le", "surrogatepass")
        if len(passage) != 2 * (stop - start):
            message = "text is not as long as its range: cut, or filled with blanks"
            found.append(Finding(one.path, one.line, Severity.WARNING, message))
        units[2 * start : 2 * stop] = passage[: 2 * (stop - start)].ljust(
            2 * (stop - start), b"\x00"
        )
    return units.decode("utf-16-le", "replace").replace("\x00", " ")


def _place(one: Event) -> tuple[int, int]:
    start, stop = one.number("start_position"), one.number("stop_position")
    if not 0 <= start < stop <= LONGEST_TEXT:
        raise InputError(
            f"{one.path}:{one.line}: {start} to {stop} is no range of a document: correct it"
        )
    return start, stop


def _statements(events: Sequence[Event]) -> Iterator[Statement]:
    seen: dict[int, int] = {}
    for one in events:
        number = one.number("statement_id")
        if number in seen:
            raise InputError(
                f"{one.path}:{one.line}: statement {number} stands in line {seen[number]} already: "
                "remove one"
            )
        seen[number] = one.line
        coder = one.number("coder") if one.text("coder") else None
        yield Statement(number, 1, one.number("document_id"), *_place(one), coder)


def _put(builder: Builder, one: Event, variables: Sequence[Variable]) -> None:
    """Give a statement the values of its variables."""
    number = one.number("statement_id")
    for variable in variables:
        if variable.data_type == SHORT:
            entity = builder.entity(variable, one.text(variable.variable))
            builder.set_text(number, variable, entity)
        elif variable.data_type == LONG:
            builder.set_long(number, variable, one.text(variable.variable))
        elif one.text(variable.variable):
            builder.set_number(number, variable, one.number(variable.variable))
