"""Texts of a project, and positions as different programs count them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.refi.archive import open_archive
from kg.refi.markup import parse
from kg.refi.project import read_project
from kg.refi.segments import Document, read_documents
from kg.refi.texts import (
    ALL,
    STANDARD,
    Counting,
    PlainText,
    counting_of,
    decode,
    embedded,
)
from refi_projects import MEMO, TREE, Made, Tree, code, guid, selection, text_source

UTF16 = Counting(utf16=True)
ONE_END = Counting(one_line_end=True)
SIGNS = st.text(st.sampled_from("aå😀𝄞\r\n "), max_size=12)


def documents(made: Made, path: Path, asked: tuple[Counting, ...] = ALL) -> tuple[Document, ...]:
    """The sources of a project with their segments."""
    made.write(path)
    with open_archive(path) as opened:
        project = read_project(parse(opened.read("project.qde"), "project.qde"))
        return read_documents(project, opened, asked)


def plain(text: str) -> PlainText:
    return PlainText(text.encode(), text, False)


@given(SIGNS)
def test_positions_are_those_of_the_encodings(text: str) -> None:
    """Against Python's own UTF-16, and against a text whose line ends are one sign."""
    every = plain(text)
    assert list(every.ends(STANDARD)) == list(range(len(text) + 1))
    wide = every.ends(UTF16)
    for index in range(len(text) + 1):
        assert wide[len(text[:index].encode("utf-16-le")) // 2] == index
    assert len(wide) == len(text.encode("utf-16-le")) // 2 + 1
    folded = text.replace("\r\n", "\n")
    ends = every.ends(ONE_END)
    assert len(ends) == len(folded) + 1
    for index in range(len(folded) + 1):
        assert text[: ends[index]].replace("\r\n", "\n") == folded[:index]


def test_a_byte_order_mark_can_be_counted() -> None:
    marked = decode(codecs.BOM_UTF8 + b"ab", "a.txt")
    assert isinstance(marked, PlainText)
    assert marked.text == "ab"
    assert marked.raw == codecs.BOM_UTF8 + b"ab"
    assert list(marked.ends(Counting(mark=True))) == [0, 0, 1, 2]
    assert list(marked.ends(STANDARD)) == [0, 1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_are_decoded_by_their_mark(encoding: str) -> None:
    text = decode("Yölautta 😀".encode(encoding), "a.txt")
    assert isinstance(text, PlainText)
    assert text.text == "Yölautta 😀"
    assert text.raw.decode("utf-8-sig") == text.text


@pytest.mark.parametrize("raw", [b"\xff\xf0", "Yö".encode("latin-1"), b"PK\x03\x04\0\0"])
def test_what_is_no_text_is_said(raw: bytes) -> None:
    told = decode(raw, "a.txt")
    assert isinstance(told, str)
    assert "a.txt is no" in told


def test_most_texts_need_no_choice() -> None:
    assert counting_of(plain("Yölautta\nkulkee"), [], "NVivo 15") == (UTF16, "")
    assert plain("Yölautta\nkulkee").uniform
    assert not plain("😀").uniform
    assert not plain("a\r\nb").uniform


def test_a_mark_within_the_project_file_is_a_mark() -> None:
    text = embedded("\ufeffab")
    assert isinstance(text, PlainText)
    assert (text.text, text.marked) == ("ab", True)


EMOJI = "😀 one two three. 😀 The isles refuse."
WINDOWS = "One line\r\nAnother line\r\nThe isles refuse.\r\n"


@pytest.mark.parametrize(
    ("text", "origin", "counting"),
    [
        (EMOJI, "NVivo 15.0.0", UTF16),
        (EMOJI, "MAXQDA 24", STANDARD),
        (WINDOWS, "ATLAS.ti Windows 23", ONE_END),
        (WINDOWS, "QualCoder 3.8", STANDARD),
    ],
)
def test_what_is_known_of_a_program_decides(text: str, origin: str, counting: Counting) -> None:
    chosen, why = counting_of(plain(text), [(0, 1, "")], origin)
    assert chosen == counting
    assert origin in why


@pytest.mark.parametrize("text", [EMOJI, WINDOWS])
@pytest.mark.parametrize("counting", [STANDARD, UTF16, ONE_END])
def test_names_of_selections_show_the_counting(text: str, counting: Counting) -> None:
    offsets = list(plain(text).ends(counting))
    start = offsets.index(text.index("The isles"))
    end = offsets.index(text.index("refuse"))
    words = [(start, end, "The isles...")]
    chosen, _ = counting_of(plain(text), words, "A program")
    told = plain(text).ends(chosen)
    assert text[told[start] : told[end]] == "The isles "


def test_names_that_show_nothing_change_nothing() -> None:
    for name in ("line:6", "The", ""):
        assert counting_of(plain(WINDOWS), [(22, 30, name)], "A program")[0] == STANDARD


def test_the_user_has_the_last_word() -> None:
    only = (UTF16,)
    assert counting_of(plain(EMOJI), [(2, 5, "one two")], "A program", only)[0] == UTF16


PLACES = {
    "the standard": ("internal://memo.txt", "sources/memo.txt"),
    "a capital folder": ("internal://memo.txt", "Sources/memo.txt"),
    "three slashes": ("internal:///memo.txt", "sources/memo.txt"),
    "the folder in the path": ("internal://Sources/memo.txt", "Sources/memo.txt"),
    "a bare name": ("memo.txt", "sources/memo.txt"),
    "at the top": ("internal://memo.txt", "memo.txt"),
    "escaped": ("internal://my%20memo.txt", "sources/my memo.txt"),
    "backslashes": ("internal://memo.txt", "Sources\\memo.txt"),
    "another case": ("internal://ABC.TXT", "sources/abc.txt"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_sources_are_found_where_programs_put_them(tmp_path: Path, kind: str) -> None:
    path, name = PLACES[kind]
    made = Made(sources=text_source(selection(4, 18, ["Isles"]), path), files={name: MEMO.encode()})
    (document,) = documents(made, tmp_path / "a.qdpx")
    assert document.text is not None
    assert [one.quote for one in document.segments] == ["Harbour Office"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("relative:///memo.txt", "outside of the project file (relative)"),
        ("absolute:///home/memo.txt", "outside of the project file (absolute)"),
        ("internal://other.txt", "is not in the project file"),
        ("", "without text has no positions"),
    ],
)
def test_a_text_that_is_elsewhere_is_told(tmp_path: Path, path: str, told: str) -> None:
    made = Made(sources=text_source(selection(4, 18, ["Isles"], name="Harbour"), path))
    (document,) = documents(made, tmp_path / "a.qdpx")
    assert told in document.problem
    assert [(one.range, one.place, one.quote) for one in document.segments] == [
        (None, "positions 4–18", "Harbour")
    ]


def test_white_space_at_the_ends_is_left_out(tmp_path: Path) -> None:
    made = Made(sources=text_source(selection(3, 19, ["Isles"])))
    (document,) = documents(made, tmp_path / "a.qdpx")
    assert [one.range for one in document.segments] == [(4, 18)]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 500, "which the text does not have"),
        (-1, 5, "which the text does not have"),
        (9, 4, "which the text does not have"),
        (3, 3, "where no words stand"),
        (3, 4, "where no words stand"),
    ],
)
def test_positions_that_cannot_be_are_told(tmp_path: Path, start: int, end: int, told: str) -> None:
    made = Made(sources=text_source(selection(start, end, ["Isles"])))
    (document,) = documents(made, tmp_path / "a.qdpx")
    assert [one.range for one in document.segments] == [None]
    assert told in document.segments[0].place


def test_half_a_character_is_told(tmp_path: Path) -> None:
    made = Made(
        sources=text_source(selection(1, 5, ["Isles"])),
        files={"sources/memo.txt": EMOJI.encode()},
    )
    (document,) = documents(made, tmp_path / "a.qdpx", (UTF16,))
    assert "within one character" in document.segments[0].place


def test_a_second_byte_order_mark_is_a_sign_of_the_text() -> None:
    """What is kept is read again with the same signs."""
    for encoding in ("utf-16", "utf-8-sig"):
        found = decode("\ufeffAye".encode(encoding), "memo.txt")
        assert isinstance(found, PlainText)
        assert (found.text, found.raw.decode("utf-8-sig")) == ("\ufeffAye", "\ufeffAye")


@pytest.mark.parametrize(("written", "read"), [("+3", 3), ("9" * 5000, None), ("-1", -1)])
def test_positions_are_whole_numbers_of_bearable_size(written: str, read: int | None) -> None:
    """Python itself refuses to read numbers of thousands of digits."""
    inner = selection(0, 3, []).replace('startPosition="0"', f'startPosition="{written}"')
    xml = Made(sources=text_source(inner)).xml().encode()
    (source,) = read_project(parse(xml, "project.qde")).sources
    assert [one.start for one in source.selections] == [read]


def test_two_codes_of_one_identifier_are_refused() -> None:
    """Whose statement a coding is would be by chance."""
    twice = code("Isles (old)").replace(guid("Isles (old)"), guid("Isles").upper())
    xml = Made(tree=Tree(TREE.names, twice)).xml().encode()
    with pytest.raises(InputError, match=r"Actors > Isles and Isles \(old\) have the same"):
        read_project(parse(xml, "project.qde"))
