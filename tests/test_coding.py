"""Bad input: for each mistake exactly one finding, at its file and line, that says the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from ferry import FERRY, ISSUES, MEETING, MEMO, PEOPLE, Ferry, copy_ferry
from kg.coding import validation
from kg.coding.dataset import find_files, load_dataset
from kg.coding.model import Meeting
from kg.coding.register import Register
from kg.coding.validation import validate
from kg.coding.yamlfile import YamlFile, load_yaml, plain
from kg.errors import InputError
from kg.findings import Severity
from mistakes import MISTAKES, UNREADABLE, Mistake


@pytest.fixture
def ferry(tmp_path: Path) -> Ferry:
    return copy_ferry(tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES + UNREADABLE, ids=lambda mistake: mistake.name)
def test_a_mistake_gives_one_finding_at_its_line(ferry: Ferry, mistake: Mistake) -> None:
    ferry.replace(mistake.file, mistake.old, mistake.new)
    line = ferry.line(mistake.file, mistake.new if mistake.at is None else mistake.at)
    _, findings = ferry.load()
    paths = {"MEMO": ferry.folder / MEMO, "MEETING": ferry.folder / MEETING}
    message = re.sub("MEMO|MEETING", lambda name: str(paths[name[0]]), mistake.message)
    assert [str(one) for one in findings] == [
        f"{ferry.folder / mistake.file}:{line}: error: {message}"
    ]


def test_the_example_itself_has_no_finding(ferry: Ferry) -> None:
    dataset, findings = ferry.load()
    assert findings == []
    assert dataset.checked == {"ferry-2": True}
    assert [meeting.id for meeting in dataset.meetings] == ["ferry-2"]
    assert ferry.load(sources=False)[0].checked == {"ferry-2": False}


WHOLE_FILES = [
    ("empty", b"", 1, "the file is empty: begin it with keys such as `id:` or `entities:`"),
    ("comments", b"# a\n", 1, "the file is empty: begin it with keys such as `id:` or `entities:`"),
    (
        "list",
        b"- id: x\n",
        1,
        "the file does not begin with a key: begin it with keys such as `id:` or `entities:`",
    ),
    (
        "latin-1",
        "name: Pöllö".encode("latin-1"),
        0,
        "the file is not UTF-8 text (byte 7): save it as UTF-8",
    ),
    (
        "register",
        b"entities: []\n",
        1,
        "entities: this is a register: move it to `authorities`, `issues` or `reforms`",
    ),
]


@pytest.mark.parametrize(
    ("raw", "line", "message"), [case[1:] for case in WHOLE_FILES], ids=[c[0] for c in WHOLE_FILES]
)
def test_a_file_that_is_no_meeting(ferry: Ferry, raw: bytes, line: int, message: str) -> None:
    path = ferry.folder / MEETING
    path.write_bytes(raw)
    (finding,) = ferry.load()[1]
    message = message.removeprefix("entities: ")
    assert (finding.path, finding.line, finding.message) == (path, line, message)


def test_a_meeting_among_the_registers(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    moved = path.rename(ferry.folder / "issues" / "ferry.yaml")
    (finding,) = ferry.load()[1]
    assert finding.message == "this is a meeting: move it to the folder `meetings`"
    assert (finding.path, finding.line) == (moved, ferry.line("issues/ferry.yaml", "items:\n"))


def test_a_byte_order_mark_and_crlf_are_read(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert ferry.load()[1] == []
    path.write_bytes(path.read_bytes().replace(b"stance: support", b"stance: suport"))
    (finding,) = ferry.load()[1]
    assert finding.line == ferry.line(MEETING, "suport")


def test_a_file_that_is_gone(ferry: Ferry) -> None:
    path = ferry.folder / "meetings" / "gone.yaml"
    (finding,) = load_dataset([(path, "meetings")])[1]
    assert str(finding) == (
        f"{path}: error: the file cannot be read (No such file or directory): check its name and "
        "permissions"
    )


def test_all_findings_of_all_files_come_at_once(ferry: Ferry) -> None:
    ferry.replace(PEOPLE, "abbreviation: {en: HO}", "abbreviation: {en HO}")
    ferry.replace(ISSUES, "topic: [boats]", "topic: [boat]")
    ferry.replace(MEETING, "date: 2030-04-08\n", "date: yesterday\n")
    ferry.replace(MEETING, "holder: HARBOUR", "holder: HARBOR")
    ferry.replace(MEETING, "act: answer", "act: reply")
    other = ferry.folder / "meetings" / "other.yaml"
    other.write_text("id: [\n", encoding="utf-8")
    found = [(str(one.path.relative_to(ferry.folder)), one.line) for one in ferry.load()[1]]
    assert found == [
        (PEOPLE, ferry.line(PEOPLE, "{en HO}")),
        (ISSUES, ferry.line(ISSUES, "[boat]")),
        (MEETING, ferry.line(MEETING, "yesterday")),
        (MEETING, ferry.line(MEETING, "HARBOR")),
        (MEETING, ferry.line(MEETING, "act: reply")),
        ("meetings/other.yaml", 2),
    ]


def test_a_file_that_does_not_parse_makes_no_others_wrong(ferry: Ferry) -> None:
    """The registers' ids are still known, so that one slip does not look like fifty."""
    for name in (PEOPLE, ISSUES):
        path = ferry.folder / name
        path.write_text(path.read_text(encoding="utf-8") + "- [\n", encoding="utf-8")
    assert [one.path.name for one in ferry.load()[1]] == ["who.yaml", "what.yaml"]


def test_a_folder_without_codings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "notes.txt").touch()
    with pytest.raises(InputError, match=r"holds no coding .*start one with `kg new"):
        find_files(tmp_path, FERRY)
    with pytest.raises(InputError, match=r"There is no data folder .*nowhere: create one"):
        find_files(tmp_path / "nowhere", FERRY)


def test_the_shipped_registers_take_part_and_the_shipped_meetings_do_not(ferry: Ferry) -> None:
    found = [path.relative_to(FERRY.parent) for path, _ in find_files(FERRY, FERRY)]
    assert [str(path) for path in found] == [f"coding/{name}" for name in (PEOPLE, ISSUES, MEETING)]
    (ferry.folder / PEOPLE).unlink()
    added = find_files(ferry.folder, FERRY)
    assert [path for path, _ in added] == [
        FERRY / PEOPLE,
        FERRY / ISSUES,
        ferry.folder / ISSUES,
        ferry.folder / MEETING,
    ]
    assert [folder for _, folder in added] == ["authorities", "issues", "issues", "meetings"]
    assert load_dataset(added)[1] == []  # the issues twice, in the same words


def test_a_register_entry_that_says_something_else_is_refused(ferry: Ferry) -> None:
    ferry.replace(ISSUES, "{en: Ferry Act}", "{en: Ferries Act}")
    first = f"{FERRY / ISSUES}:{ferry.line(ISSUES, 'id: ferry-act')}"
    clashes = [
        one
        for one in load_dataset(find_files(ferry.folder, FERRY))[1]
        if "ferry-act" in one.message
    ]
    assert [(one.path, one.line, one.message) for one in clashes] == [
        (
            ferry.folder / ISSUES,
            ferry.line(ISSUES, "id: ferry-act"),
            f"the id ferry-act is defined at {first} already: give this one another id",
        )
    ]


def test_a_meeting_that_is_coded_twice_is_refused(ferry: Ferry) -> None:
    text = (ferry.folder / MEETING).read_text(encoding="utf-8")
    (ferry.folder / "meetings" / "copy.yaml").write_text(text, encoding="utf-8")
    messages = [one.message for one in ferry.load()[1]]
    assert any(message.startswith("the id ferry-2 is defined at ") for message in messages)
    assert not any("#char=" in message for message in messages)


@pytest.mark.parametrize("name", ["ontology", "authorities", "issues", "reforms"])
def test_a_meeting_does_not_take_the_name_of_a_graph_of_the_project(
    ferry: Ferry, name: str
) -> None:
    ferry.replace(MEETING, "id: ferry-2\n", f"id: {name}\n")
    (finding,) = ferry.load()[1]
    assert finding.message == (
        f"Meeting {name}: the id {name} names a graph of the project: choose another"
    )


def test_two_documents_of_the_name_are_not_guessed_between(ferry: Ferry) -> None:
    (ferry.folder / "sources" / "old").mkdir()
    (ferry.folder / "sources" / "old" / "memo.txt").write_text("Older\n", encoding="utf-8")
    text = (ferry.folder / MEETING).read_text(encoding="utf-8")
    cleared = re.sub(r"  sha256: .*\n  characters: .*\n", "", text)
    (ferry.folder / MEETING).write_text(cleared, encoding="utf-8")
    (finding,) = ferry.load()[1]
    assert finding.message.endswith("have this name: rename all but the one meant")
    assert finding.line == ferry.line(MEETING, "fileName")


# Whatever stands where, pydantic's words are not the writer's.

WRONG: list[Any] = [
    None,
    "",
    " x\n",
    "x y",
    "\x07",
    3,
    -1,
    3.5,
    True,
    [],
    [1],
    {},
    {"a": 1},
    {"type": "Foo", "id": "q"},
]
JARGON = re.compile(
    r"\b(pydantic|[Ii]nput|valid|[Ss]tring|str|int|bool|dict|[Dd]ictionary|instance|[Tt]uple|[Ff]ield"
    r"|[Uu]nion|NoneType|None|True|[Ee]xtra|parsed?|permitted)\b"
)


def spoilt(data: Any) -> Iterator[Any]:
    """A coding with one value replaced, or one key taken out or added, in every place."""
    for location in places(data):
        for wrong in [*WRONG, "out", "in"]:
            copy = deepcopy(data)
            node = copy
            for step in location[:-1]:
                node = node[step]
            if wrong == "out":
                del node[location[-1]]
            elif wrong == "in" and isinstance(node, dict):
                node["holdr"] = "x"
            else:
                node[location[-1]] = wrong
            yield copy


def places(node: Any, location: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = (
        node.keys()
        if isinstance(node, dict)
        else range(len(node))
        if isinstance(node, list)
        else ()
    )
    for key in keys:
        yield (*location, key)
        yield from places(node[key], (*location, key))


@pytest.mark.parametrize(
    ("name", "kind"), [(MEETING, Meeting), (ISSUES, Register), (PEOPLE, Register)]
)
def test_every_error_of_pydantic_is_said_in_our_words(
    name: str, kind: type[Meeting] | type[Register], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = load_yaml(FERRY / name)
    assert isinstance(file, YamlFile)
    seen = set()
    # Every third, which still puts each kind of value into most places: there are 16 kinds.
    for data in islice(spoilt(plain(file.tree)), None, None, 3):
        monkeypatch.setattr(validation, "plain", lambda _, data=data: data)
        for finding in validate(file, kind)[1]:
            assert finding.severity is Severity.ERROR
            assert 1 <= finding.line <= file.text.count("\n")
            seen.add(re.sub(r"“.*?”|`.*?`", "“”", finding.message))
    monkeypatch.undo()
    assert len(seen) > 40
    for message in seen:
        assert "\n" not in message
        assert not JARGON.search(message.partition(": ")[2]), message
        assert re.search(r"[:;] \w", message.partition(": ")[2]), f"no remedy: {message}"
