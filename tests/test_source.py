"""Documents: decoding, hashes, paragraphs, sentences within them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.coding.evidence import QUOTING_KEYS
from kg.coding.references import nodes
from kg.errors import InputError
from kg.repair import read_through
from kg.source import Source, Sources, read_source, read_sources

MEMO = "2021-10-25-muistio.txt"
HEADING = re.compile(r"\d{1,2}\) ")


def source(text: str) -> Source:
    return Source(Path("memo.txt"), text, "")


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in source(text).paragraphs]


def write(folder: Path, raw: bytes, name: str = "memo.txt") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_a_document_is_its_text_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    raw = "Yö\r\n".encode()
    read = read_source(write(tmp_path, raw))
    assert (read.text, read.sha256) == ("Yö\r\n", hashlib.sha256(raw).hexdigest())


def test_a_byte_order_mark_is_no_part_of_the_text_but_of_the_hash(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbfSana"
    read = read_source(write(tmp_path, raw))
    assert read.reading.find("Sana") == [(0, 4)]
    assert read.sha256 == hashlib.sha256(raw).hexdigest()


def test_line_ends_count_as_they_stand_in_the_file() -> None:
    assert source("a\nb").reading.find("b") == [(2, 3)]
    assert source("a\r\nb").reading.find("b") == [(3, 4)]


def test_a_file_in_an_older_encoding_is_read_and_offsets_count_its_characters(
    tmp_path: Path,
) -> None:
    read = read_source(write(tmp_path, "Yötyö kävi päinsä äkkiä.".encode("latin-1")))
    assert read.reading.find("kävi") == [(6, 10)]


def test_a_phrase_is_found_in_markup_and_its_range_counts_the_file(tmp_path: Path) -> None:
    markup = "<html><body><p>She was <b>not</b> against&nbsp;it.</p><p>Next.</p></body></html>"
    read = read_source(write(tmp_path, markup.encode(), "memo.html"))
    (found,) = read.reading.find("was not against it.")
    assert markup[slice(*found)] == "was <b>not</b> against&nbsp;it."
    assert [markup[start:end] for start, end in read.paragraphs] == [
        "She was <b>not</b> against&nbsp;it.",
        "Next.",
    ]


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nobody\.txt cannot be read \(No such file"):
        read_source(tmp_path / "nobody.txt")


def test_a_missing_folder_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no folder .*nowhere to look for"):
        read_sources(tmp_path / "nowhere")


def test_a_folder_gives_its_texts_at_any_depth_by_hash(tmp_path: Path) -> None:
    (tmp_path / "deep.txt").mkdir()
    kept = [
        write(tmp_path, b"one", "one.txt"),
        write(tmp_path / "deep.txt", b"two", "two.md"),
        write(tmp_path, b"three", "three.TXT"),
    ]
    write(tmp_path, b"\xff", "picture.png")
    found = read_sources(tmp_path)
    assert found == {
        hashlib.sha256(path.read_bytes()).hexdigest(): read_source(path) for path in kept
    }


def test_a_document_that_cannot_be_read_is_in_nobodys_way(tmp_path: Path) -> None:
    good = write(tmp_path, b"one", "one.txt")
    bad = write(tmp_path, bytes(range(256)) * 9, "junk.docx")
    found = read_sources(tmp_path)
    assert [one.text for one in found.named("one.txt")] == ["one"]
    assert found[hashlib.sha256(good.read_bytes()).hexdigest()].path == good
    with pytest.raises(InputError, match=r"junk\.docx"):
        found[hashlib.sha256(bad.read_bytes()).hexdigest()]
    with pytest.raises(InputError, match=r"junk\.docx"):
        found.named("junk.docx")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_blank_lines_part_paragraphs(line_end: str) -> None:
    text = "\n\n  One\ntwo.  \n \t\nThree.\n\n\nFour\n".replace("\n", line_end)
    assert paragraphs(text) == [f"One{line_end}two.", "Three.", "Four"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The end is\n\nnot near.", 1),
        ("The end is\n\n\f\nnot near.", 1),
        ("The commut-\n\ners came.", 1),
        ("The end is,\n\nnot\n\nnear.", 1),
        ("The end is.\n\nnot near.", 2),
        ("The end is:\n\nnot near.", 2),
        ("He said “no”\n\nnot near.", 2),
        ("A heading\n\nNot near.", 2),
        ("A heading\n\na) first", 2),
        ("A heading\n\n5 pieces", 2),
        ("", 0),
        (" \n \n", 0),
    ],
)
def test_a_page_break_in_mid_sentence_parts_nothing(text: str, parts: int) -> None:
    assert len(paragraphs(text)) == parts


@given(st.text(alphabet="aA. -\n\r\t\f\v", max_size=80))
def test_paragraphs_hold_all_that_is_no_white_space_once_and_in_order(text: str) -> None:
    read = source(text)
    end = 0
    for index, (start, stop) in enumerate(read.paragraphs):
        assert not text[end:start].strip()
        assert not text[start].isspace()
        assert not text[stop - 1].isspace()
        assert {read.paragraph_at(offset) for offset in range(start, stop)} == {index}
        assert read.paragraph_at(stop) != index
        end = stop
    assert not text[end:].strip()
    assert read.paragraph_at(len(text)) is None


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("heading", "A heading"),
        ("first", "The first one goes on\n\nover the page."),
        ("over the page", "The first one goes on\n\nover the page."),
        ("second", "A second."),
        ("page. A", "The first one goes on\n\nover the page. A second."),
    ],
)
def test_a_sentence_ends_with_its_paragraph(phrase: str, sentence: str) -> None:
    text = "A heading\n\nThe first one goes on\n\nover the page. A second.\n\nNext"
    read = source(text)
    (found,) = read.reading.find(phrase)
    start, end = read.sentence(*found)
    assert text[start:end] == sentence


@pytest.mark.parametrize("unit", ["x", " ", "\n", "a\n\n", "a\n \n", "A.\n\n", "\r\n", " \n\t"])
def test_paragraphs_take_time_in_proportion_to_the_text(unit: str) -> None:
    """200 kB in two seconds: what is square would take minutes."""
    read = source("a" + unit * (200_000 // len(unit)) + "a")
    began = process_time()
    for offset in range(0, 200_000, 100):
        read.paragraph_at(offset)
    assert process_time() - began < 2


@pytest.mark.slow
def test_two_megabytes_are_read_in_a_few_seconds() -> None:
    read = source("Sana toinen kol-\nmas. Neljäs\nsana.\n\n" * 55_000)
    began = process_time()
    for start in range(0, len(read.text), 4_000):
        read.sentence(*read.reading.find("Sana", start, start + 200)[0])
    assert process_time() - began < 8


# The real memo, which is not published: its structure, and the shipped coding against it.


@pytest.fixture(scope="module")
def memo(shared: Path) -> Source:
    path = shared / "memos" / MEMO
    if not path.is_file():
        pytest.skip(f"needs {MEMO}")
    return read_source(path)


def test_the_memo_has_its_paragraphs(memo: Source) -> None:
    texts = [memo.text[start:end] for start, end in memo.paragraphs]
    headings = [text for text in texts if HEADING.match(text)]
    assert len(texts) == 53
    assert len(headings) == 10
    points = [text for text in texts if text[0].islower()]
    assert points
    assert all(text[1:3] == ". " for text in points)
    assert "osaamis-\nkeskittym" in memo.text.replace("\n ", "\n")
    assert "osaamis- keskittym" not in memo.reading.text


def test_every_quote_of_the_coding_stands_in_its_range(memo: Source, root: Path) -> None:
    dataset, findings = load_dataset(find_files(root / "data", root / "data"), Sources([memo.path]))
    assert findings == []
    assert dataset.checked["thb-2021-10-25"] is True
    meeting = next(file for file in dataset.files if file.folder == "meetings")
    phrases = 0
    for one in nodes(meeting.yaml):
        at = one.node.get("at")
        if at is None:
            continue
        start, end = at["start"], at["end"]
        assert 0 <= start < end <= len(memo.text)
        for key in QUOTING_KEYS:
            if key in one.node:
                said = read_through(memo.text[start:end]).text
                assert one.node[key] in said, one.id
                phrases += 1
    assert phrases > 100


def test_paragraphs_of_the_coding_count_from_the_heading_of_their_item(
    memo: Source, shipped: Dataset
) -> None:
    (meeting,) = shipped.meetings
    for item in meeting.items:
        assert item.at is not None
        heading = memo.paragraph_at(item.at.start)
        assert heading is not None
        assert item.at.paragraph == 0
        for entry in item.entries:
            assert entry.at is not None
            assert entry.at.paragraph is not None
            assert memo.paragraph_at(entry.at.start) == heading + entry.at.paragraph
            for position in entry.positions:
                assert position.at is not None
                assert position.at.paragraph is not None
                assert memo.paragraph_at(position.at.start) == heading + position.at.paragraph
                assert entry.at.start <= position.at.start < position.at.end <= entry.at.end


def test_phrases_are_short_and_few(memo: Source, shipped: Dataset) -> None:
    quoted = [
        str(one.node[key])
        for file in shipped.files
        for one in nodes(file.yaml)
        for key in QUOTING_KEYS
        if key in one.node
    ]
    assert quoted
    assert max(len(phrase.split()) for phrase in quoted) <= 12
    assert sum(map(len, quoted)) <= len(memo.text) / 5
