"""The layouts in which programs write projects, made up after what is documented of each.

Only the qualitative-coding tool and NVivo for Mac had public files to try by hand; see
docs/refi-qda.md.
"""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

import pytest

from kg.refi.archive import open_archive
from kg.refi.imports import Imported, Options, import_project
from kg.refi.markup import parse
from kg.refi.project import read_project
from kg.refi.texts import PlainText, decode
from refi_projects import MEMO, TREE, Made, Tree, coding, guid, on, selection, text_source, whole

NIGHT = "The ferry runs at night"
CODES = ("Isles", NIGHT, "oppose")
EMOJI = "😀 Greetings from the isles.\r\n😀 The isles refuse the ferry.\r\nGoodbye.\r\n"
WORDS = "The isles refuse the ferry."


def imported(made: Made, path: Path, project: str = "project.qde") -> Imported:
    return import_project(made.write(path / "a.qdpx", project), Options())


def place(made: Made, path: Path, project: str = "project.qde") -> str:
    """The words at the place of the one position of a project."""
    done = imported(made, path, project)
    assert done.positions == 1
    (meeting,) = (raw for name, raw in done.files.items() if name.startswith("meetings/"))
    (text,) = (raw for name, raw in done.files.items() if name.startswith("sources/"))
    start, end = meeting.decode().split("#char=")[1].split("'")[0].split(",")
    plain = decode(text, "memo")
    assert isinstance(plain, PlainText)
    return plain.text[int(start) : int(end)]


def units(text: str, words: str, encoding: str) -> tuple[int, int]:
    """The positions of words in units of two bytes, or in code points, or lines ends as one."""
    before = text[: text.index(words)]
    if encoding == "utf-16":
        start = len(before.encode("utf-16-le")) // 2
    elif encoding == "one line end":
        start = len(before.replace("\r\n", "\n"))
    else:
        start = len(before)
    return start, start + len(words)


PROGRAMS = [
    ("NVivo 15.0.0", "utf-16", ""),
    ("ATLAS.ti Windows 23.1", "one line end", ""),
    ("MAXQDA 24", "code points", ""),
    ("QualCoder 3.8", "code points", ""),
    ("MAXQDA 24", "utf-16", WORDS[:20] + "..."),
    ("A program", "one line end", WORDS),
]


@pytest.mark.parametrize(("origin", "encoding", "name"), PROGRAMS)
def test_positions_are_read_as_the_program_counts(
    tmp_path: Path, origin: str, encoding: str, name: str
) -> None:
    start, end = units(EMOJI, WORDS, encoding)
    made = Made(
        sources=text_source(selection(start, end, CODES, name)),
        files={"sources/memo.txt": EMOJI.encode()},
        origin=origin,
    )
    assert place(made, tmp_path) == WORDS


@pytest.mark.parametrize("raw", [codecs.BOM_UTF8 + MEMO.encode(), MEMO.encode("utf-16")])
def test_texts_with_a_byte_order_mark(tmp_path: Path, raw: bytes) -> None:
    made = Made(
        sources=text_source(on(MEMO, "The Isles refuse it", *CODES)),
        files={"sources/memo.txt": raw},
    )
    assert place(made, tmp_path) == "The Isles refuse it"


def test_atlas_ti_names_the_project_file_after_the_project(tmp_path: Path) -> None:
    """Also a folder `Sources`, code groups as sets, and identifiers in braces and capitals."""
    tree = Tree({"Isles": [], NIGHT: [], "oppose": []})
    groups = {"Actors": "Isles", "Claims": NIGHT, "Stance": "oppose"}
    sets = "".join(
        f'<Set guid="{guid(name)}" name="{name}"><MemberCode targetGUID="{guid(one)}"/></Set>'
        for name, one in groups.items()
    )
    made = Made(
        sources=text_source(on(MEMO, "The Isles refuse it", *CODES)),
        tree=tree,
        rest=f"<Sets>{sets}</Sets>",
        files={"Sources/memo.txt": MEMO.encode()},
        origin="ATLAS.ti Mac 23",
    )
    braced = replace(made, sources=made.sources.replace(guid("Isles"), _braced("Isles")))
    assert place(braced, tmp_path, "Night ferry.qde") == "The Isles refuse it"


def _braced(name: str) -> str:
    return f"{{{guid(name).upper()}}}"


def test_maxqda_writes_one_selection_for_each_coding(tmp_path: Path) -> None:
    """Variables of documents stand in cases without a name."""
    case = (
        f'<Cases><Case guid="{guid("c")}"><VariableValue><VariableRef targetGUID="{guid("v")}"/>'
        f'<TextValue>North</TextValue></VariableValue><SourceRef targetGUID="{guid("Memo")}"/>'
        "</Case></Cases>"
    )
    selections = (on(MEMO, "The Isles refuse it", one, name=one) for one in CODES)
    made = Made(sources=text_source("".join(selections)), cases=case, origin="MAXQDA 24")
    assert place(made, tmp_path) == "The Isles refuse it"


def test_nvivo_has_a_docx_beside_each_text(tmp_path: Path) -> None:
    rich = 'richTextPath="internal://memo.docx" creationDateTime="2030-05-01T09:00:00Z"'
    made = Made(
        sources=text_source(on(MEMO, "The Isles refuse it", *CODES), attributes=rich),
        files={"sources/memo.txt": MEMO.encode(), "sources/memo.docx": b"PK\x03\x04\0"},
        origin="NVivo for Mac 15.0.0",
    )
    assert place(made, tmp_path) == "The Isles refuse it"


def test_a_pdf_has_its_text_as_a_representation(tmp_path: Path) -> None:
    inner = (
        f'<PDFSelection guid="{guid("s")}" name="the isles" page="2" firstX="1" firstY="2" '
        f'secondX="3" secondY="4">{coding("noise")}</PDFSelection>'
        f'<Representation guid="{guid("r")}" plainTextPath="internal://r.txt">'
        f"{on(MEMO, 'The Isles refuse it', *CODES)}</Representation>"
    )
    source = (
        f'<PDFSource guid="{guid("p")}" name="Report" path="internal://r.pdf" '
        f'creationDateTime="2030-05-01T09:00:00Z">{inner}</PDFSource>'
    )
    made = Made(sources=source, files={"sources/r.txt": MEMO.encode(), "sources/r.pdf": b"%PDF"})
    assert place(made, tmp_path) == "The Isles refuse it"
    table = imported(made, tmp_path).files["unmapped.csv"].decode()
    assert "page 2, rectangle 1,2,3,4" in table.replace('"', "")


def test_texts_may_stand_in_the_project_file(tmp_path: Path) -> None:
    """XML makes every line end one sign: so do the positions, and the text that is written."""
    content = f"<PlainTextContent>One line\r\n{MEMO}</PlainTextContent>"
    text = f"One line\n{MEMO}"
    made = Made(
        sources=text_source(content + on(text, "The Isles refuse it", *CODES), path=""), files={}
    )
    assert place(made, tmp_path) == "The Isles refuse it"


def test_transcripts_are_coded_between_points(tmp_path: Path) -> None:
    start, end = MEMO.index("The Isles"), MEMO.index(" it:")
    points = "".join(
        f'<SyncPoint guid="{guid(name)}" timeStamp="{at * 100}" position="{at}"/>'
        for name, at in (("from", start), ("to", end))
    )
    said = "".join(map(coding, CODES))
    source = (
        f'<AudioSource guid="{guid("a")}" name="Talk" path="internal://a.mp3">'
        f'<Transcript guid="{guid("t")}" plainTextPath="internal://t.txt" '
        f'creationDateTime="2030-05-01T09:00:00Z">{points}'
        f'<TranscriptSelection guid="{guid("ts")}" fromSyncPoint="{guid("from")}" '
        f'toSyncPoint="{guid("to")}">{said}</TranscriptSelection></Transcript>'
        f'<AudioSelection guid="{guid("as")}" begin="0" end="900">{coding("noise")}'
        "</AudioSelection></AudioSource>"
    )
    made = Made(sources=source, files={"sources/t.txt": MEMO.encode()})
    assert place(made, tmp_path) == "The Isles refuse"
    table = imported(made, tmp_path).files["unmapped.csv"].decode()
    assert "Talk,,,,milliseconds 0–900,Themes > noise" in table


def test_pictures_are_kept_in_the_table(tmp_path: Path) -> None:
    picture = (
        f'<PictureSource guid="{guid("pic")}" name="Board" path="internal://b.png">'
        f'<PictureSelection guid="{guid("ps")}" firstX="0" firstY="0" secondX="9" secondY="9">'
        f"{''.join(map(coding, CODES))}</PictureSelection></PictureSource>"
    )
    done = imported(Made(sources=text_source(whole()) + picture), tmp_path)
    assert done.positions == 2
    table = done.files["unmapped.csv"].decode()
    assert table.count('"rectangle 0,0,9,9"') == len(CODES)
    warned = [one.message for one in done.findings if one.message.startswith("Board")]
    assert len(warned) == 1
    assert "a PictureSource without text has no positions to read" in warned[0]


def test_codes_keep_their_place_in_the_tree(tmp_path: Path) -> None:
    path = Made(tree=TREE).write(tmp_path / "a.qdpx")
    with open_archive(path) as opened:
        project = read_project(parse(opened.read("project.qde"), "project.qde"))
    assert project.code_path(guid("noise")) == "Themes > noise"
    assert project.code_path("nothing") == "nothing"
    assert len(project.codes) == 4 + sum(map(len, TREE.names.values()))
