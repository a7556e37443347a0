"""Tables of people that lost their columns: a cell a line, or a row a line without tabs.

The head still names the columns. Of cells on lines of their own, a name begins the next person; of
a row, the name stands first and the role last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from kg.documents.blocks import Block
from kg.minutes.bodies import body_named
from kg.minutes.body_words import is_body
from kg.minutes.persons import Person, read_person
from kg.minutes.standing import answers, is_presence
from kg.minutes.tokens import find_name, split_prefix, token
from kg.minutes.words import columns, folded, groups, known_set, labels, roles
from kg.traced import Traced, linked

_LEAST_COLUMNS = 2
_MOST_COLUMNS = 6
_LONGEST_CELL = 60
_MOST_WORDS = 14  # of a row
_WORD = re.compile(r"\S+")
_LONGEST_INITIALS = 4
_LONGEST_ROLE = 3  # words
_LONGEST_HEAD = 3  # words of a column's
_NAMES = frozenset({"name", "first", "last"})


def cells_head(blocks: Sequence[Block], index: int) -> int:
    """How many blocks from one on name a column each; 0 if they head no table of people."""
    found: list[str] = []
    for block in blocks[index : index + _MOST_COLUMNS]:
        part = columns().get(folded(block.text))
        if part is None or part in found:
            break
        found.append(part)
    return len(found) if len(found) >= _LEAST_COLUMNS and _NAMES & set(found) else 0


def cell_people(blocks: Sequence[Block], index: int, stops: Set[int]) -> tuple[list[Person], int]:
    """The people whose cells stand on the lines from an index on, and where they end.

    `stops` are the indexes of headings, at which they end at the latest.
    """
    rows: list[list[Traced]] = []
    at = index
    while at < len(blocks) and at not in stops and _is_cell(blocks[at].text):
        cell = blocks[at].traced.strip()
        if _is_name(cell.text):
            rows.append([cell])
        elif rows:
            rows[-1].append(cell)
        else:
            break
        at += 1
    people = [_person(row) for row in rows]
    return [person for person in people if person is not None], at if all(people) else index


def column_people(blocks: Sequence[Block], index: int, stops: Set[int]) -> tuple[list[Person], int]:
    """The people of a table whose columns stand one below the other, each under its head."""
    columns_: dict[str, list[Traced]] = {}
    part = None
    at = index
    while at < len(blocks) and at not in stops and _is_cell(blocks[at].text):
        head = columns().get(folded(blocks[at].text))
        ended = part in {None, "name"} or _is_full(columns_, str(part))
        if head is not None and head not in columns_ and ended:
            part = head
            columns_[part] = []
        elif part is None or _is_full(columns_, part):
            break
        else:
            columns_[part].append(blocks[at].traced.strip())
        at += 1
    names = columns_.pop("name", [])
    whole = [cells for cells in columns_.values() if len(cells) == len(names)]
    if len(names) < _LEAST_COLUMNS or not whole or not all(_is_name(one.text) for one in names):
        return [], index
    people = [_person(row) for row in zip(names, *whole, strict=True)]
    return [person for person in people if person is not None], at


def _is_full(columns_: Mapping[str, Sequence[Traced]], part: str) -> bool:
    """Tell whether a column has as many cells as there are names."""
    return part != "name" and len(columns_[part]) >= len(columns_.get("name", ()))


def head_size(text: str, least: int = _MOST_WORDS) -> int:
    """How many letters of a text name columns, that of the names first, before people follow.

    0 if the text has not so many words, at least.
    """
    words, head = text.split(), _columns(text)
    if len(head) < _LEAST_COLUMNS or head[0][0] not in _NAMES or len(words) < least:
        return 0
    return len(" ".join(words[: sum(size for _, size in head)]))


def line_people(text: Traced) -> list[Person]:
    """The people of a table that has become one line: behind each role the next one begins.

    Empty if a part of the line is no row.
    """
    words = list(_WORD.finditer(text.text))
    head = [part for part, _ in _columns(text.text)]
    start = text.text.find(text.text[head_size(text.text) :].strip())
    people: list[Person | None] = []
    for at, word in enumerate(words):
        if word.start() < start:
            continue
        behind = words[at + 1] if at + 1 < len(words) else word
        pair = folded(text.text[word.start() : behind.end()])
        if pair not in _ends_row() and folded(behind[0]) in _ends_row() and behind is not word:
            continue  # “Board Secretariat secretary”
        if folded(word[0]) in _ends_row() or pair in _ends_row():
            end = behind.end() if pair in _ends_row() else word.end()
            people.append(row_person(text[start:end].strip(), head))
            start = end
    rest = text.text[start:].strip()
    return [] if rest or None in people else [one for one in people if one is not None]


def _ends_row() -> frozenset[str]:
    """The words behind which a row without columns ends: roles, and that somebody was absent."""
    return known_set("people", "words", "absent") | roles().keys()


def row_head(text: str) -> tuple[str, ...]:
    """What the columns of a table of people hold that a line names, only spaces between them.

    Empty if the line is no such head.
    """
    words = text.split()
    if not _LEAST_COLUMNS <= len(words) <= 2 * _MOST_COLUMNS or "\t" in text:
        return ()
    if folded(text) in groups():  # “Absent members”
        return ()
    head = _columns(text)
    found = tuple(part for part, _ in head)
    known = sum(size for _, size in head) == len(words)
    return found if known and len(found) > 1 and _NAMES & set(found) else ()


def row_people(
    blocks: Sequence[Block], index: int, head: Sequence[str], stops: Set[int]
) -> tuple[list[Person], int]:
    """The people of the rows from an index on, a line each, and where they end.

    Where lines are broken or joined, each row ends behind what its last column holds.
    """
    people: list[Person] = []
    at = index
    while at < len(blocks) and (person := row_person(blocks[at].traced, head)) is not None:
        people.append(person)
        at += 1
    through, end = _rows_through_lines(blocks, index, head, stops)
    return (through, end) if len(through) > len(people) else (people, at)


def rows_behind_head(
    blocks: Sequence[Block], index: int, stops: Set[int]
) -> tuple[list[Person], int]:
    """The people of rows of which the first have been joined to the line of their head."""
    text = blocks[index].traced
    head = [part for part, _ in _columns(text.text)]
    size = head_size(text.text, len(head) + 1)
    if not size or len(head) <= _LEAST_COLUMNS:
        return [], index
    first = replace(blocks[index], traced=text[size:].strip())
    return _rows_through_lines([*blocks[:index], first, *blocks[index + 1 :]], index, head, stops)


def table_end(blocks: Sequence[Block], index: int, stops: Set[int]) -> int:
    """Where the lines from an index on end: at a blank line, an item, a heading of people."""
    end = index
    while end < len(blocks) and end not in stops and folded(blocks[end].text) not in groups():
        if blocks[end].gap and end > index:
            break
        end += 1
    return end


def _rows_through_lines(
    blocks: Sequence[Block], index: int, head: Sequence[str], stops: Set[int]
) -> tuple[list[Person], int]:
    """The people of rows whose lines are not theirs; none unless every row has its last cell."""
    ends = {"role": _is_role, "present": _is_there}.get(head[-1])
    end = table_end(blocks, index, stops)
    if ends is None or end == index:
        return [], index
    text = linked(block.traced for block in blocks[index:end])
    words = list(_WORD.finditer(text.text))
    people: list[Person | None] = []
    first = at = 0
    while at < len(words):
        size = _mark_size([word[0] for word in words[at : at + _LONGEST_ROLE]], ends)
        at += max(size, 1)
        if size:
            people.append(row_person(text[words[first].start() : words[at - 1].end()], head))
            first = at
    whole = first == len(words) and None not in people
    return ([one for one in people if one is not None], end) if whole else ([], index)


def _mark_size(words: Sequence[str], ends: Callable[[str], bool]) -> int:
    """How many words the mark has that a row of words begins with; 0 if it begins with none."""
    return next((n for n in range(len(words), 0, -1) if ends(" ".join(words[:n]))), 0)


def _marks(words: Sequence[str], head: Sequence[str]) -> list[int]:
    """How many words each mark at a row's end has: a role, how or when somebody was there.

    Both stand there only where the roles have a column.
    """
    sizes: list[int] = []
    for kind in (_is_there, _is_role):
        if sizes and "role" not in head:
            break
        rest = words[: len(words) - sum(sizes)]
        most = min(_LONGEST_ROLE, len(rest))
        more = next((n for n in range(most, 0, -1) if kind(" ".join(rest[-n:]))), 0)
        sizes = [more, *sizes] if more else sizes
    return sizes


def _is_role(text: str) -> bool:
    return folded(text) in roles()


def _is_there(text: str) -> bool:
    low = folded(text) or text
    marked = low in answers() or low in known_set("people", "words", "absent")
    for_items = any(map(str.isdigit, low)) and is_presence(low)  # “item 4 only”
    return not _is_role(text) and (marked or for_items)


def row_person(line: Traced, head: Sequence[str]) -> Person | None:
    """The person of a row without tabs: the name first, the role last; None if it is no row.

    `head` is what the columns hold, in order.
    """
    words = line.text.split()
    if not 3 <= len(words) <= _MOST_WORDS or line.text.rstrip()[-1] in ".:;?!":
        return None
    if head[0] == "organisation":
        size = split_prefix(words)
        person = read_person(line)
        return person if 0 < size < len(words) else None
    window = find_name(tuple(words[:4]))
    size = window.after if window is not None and window.first == 0 else 0
    if not size:
        return None
    tail = _marks(words, head)
    end = len(words) - sum(tail)
    if size > end:
        return None
    middle = words[size:end]
    beside = int(bool(middle) and _is_beside(middle[0], head))
    title = _title_size(middle[beside:], head)
    rest = len(middle) - beside - title
    return _person(list(_cut(line, [size, beside, title, rest, *tail])))


def _is_beside(word: str, head: Sequence[str]) -> bool:
    """Tell whether the word behind a name is a role or, where they have a column, initials."""
    initials = "initials" in head and 2 <= len(word) <= _LONGEST_INITIALS and word.isupper()
    return initials or folded(word) in roles()


def _title_size(words: Sequence[str], head: Sequence[str]) -> int:
    """How many words are of the title, where its column stands before that of the body."""
    if "title" not in head or "organisation" not in head:
        return 0
    if head.index("title") > head.index("organisation"):
        return split_prefix(words)
    ends = [at for at, word in enumerate(words, 1) if token(word).title]
    return ends[-1] if ends else 0


def _columns(text: str) -> list[tuple[str, int]]:
    """What the columns hold whose heads a text begins with, each with how many words it has."""
    words = text.split()[: 2 * _MOST_COLUMNS]
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_HEAD, len(words) - at), 0, -1):
            part = columns().get(folded(" ".join(words[at : at + size])))
            if part is not None:
                found.append((part, size))
                at += size
                break
        else:
            break
    return found


def _cut(line: Traced, sizes: Sequence[int]) -> Iterator[Traced]:
    """A line cut into stretches of so many words."""
    at = 0
    for size in sizes:
        if not size:
            continue
        start = at
        for _ in range(size):
            while line.text[at].isspace():
                at += 1
            while at < len(line.text) and not line.text[at].isspace():
                at += 1
        yield line[start:at].strip()


def _is_cell(text: str) -> bool:
    short = len(text) <= _LONGEST_CELL and text.rstrip()[-1:] not in {".", ":", ";", "?", "!"}
    plain = "\t" not in text and not text[:1].isdigit()
    return short and plain and (folded(text) not in labels() or folded(text) in columns())


def _is_name(text: str) -> bool:
    """Tell whether a cell is a name and nothing else."""
    words = tuple(text.replace(",", " ").split())
    if not 2 <= len(words) <= 4 or folded(text) in roles() or body_named(text) is not None:
        return False
    if any(token(word).no_name for word in words) and not token(words[0]).first:
        return False
    window = find_name(words)
    whole = window is not None and window.first == 0 and window.after == len(words)
    return whole and not (is_body(text) and window is not None and not window.strong)


def _person(cells: Sequence[Traced]) -> Person | None:
    """The person of a row's cells, the name first."""
    person = read_person(linked(cells, ", "), lone_names=True, names_only="," in cells[0].text)
    if person is not None:
        marks = {folded(cell.text) or cell.text for cell in cells[1:]}
        if marks & (known_set("people", "words", "no") - roles().keys()):
            person.present = False
    return person
