"""Reading text files: encodings, line ends, sizes; and what is refused, in one sentence."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from documents_made import written, zipped
from kg.documents import limits
from kg.documents.document import Form
from kg.documents.read import read_document
from kg.errors import InputError

FINNISH = "Åsa Öhman: ääkköset “lainaus” – hyväksyttiin yöllä.\r\n"
PLAIN = "Åsa Öhman esitti: pöytäkirja hyväksyttiin yöllä, ärende på svenska.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_a_text_is_decoded_without_its_mark(mark: bytes, encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path, "memo.txt", mark + FINNISH.encode(encoding))
    assert read_document(path).text == FINNISH


@pytest.mark.parametrize(
    "encoding", ["cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850", "cp437"]
)
def test_letters_come_right_from_older_encodings(encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path, "memo.txt", PLAIN.encode(encoding))
    assert read_document(path).text == PLAIN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso8859-15", "Maksu 50 € šakkiseuralle, päätettiin.\n"),
        ("cp1252", "Šakki ja žurnalisti: 50 € – “hyvä”.\n"),
        ("cp1252", "The Board’s view – “agreed”.\n"),
        ("cp1252", "A grant of £8,500 was agreed.\n"),
        ("cp1252", "HYVÄKSYTTIIN PÖYTÄKIRJA ÅRSREDOVISNING\n"),
        ("mac-roman", "Kokous – ”hyväksyttiin” Öljysäiliö… työryhmä\n"),
    ],
)
def test_signs_tell_older_encodings_apart(encoding: str, text: str, tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "memo.txt", text.encode(encoding))).text == text


def test_an_encoding_that_is_not_known_is_no_guess(tmp_path: Path) -> None:
    path = written(tmp_path, "memo.txt", "Протокол заседания рабочей группы".encode("cp1251"))
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_document(path)


def test_offsets_count_line_ends_as_they_stand(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "memo.txt", "a\r\nb\rc\n\x0cd\u2028e"))
    assert [line.traced.source(0) for line in document.lines] == [0, 3, 5, 8, 10]
    assert [line.page for line in document.lines] == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("memo.text", "Minutes", Form.TXT),
        ("memo", "Minutes", Form.TXT),
        ("memo.MD", "# Minutes", Form.MARKDOWN),
        ("memo.htm", "<p>Minutes</p>", Form.HTML),
        ("memo.txt", "<!DOCTYPE html><p>Minutes</p>", Form.HTML),
        ("memo.html", "Minutes without a tag", Form.TXT),
        ("memo.pdf", "Minutes", Form.TXT),
    ],
)
def test_the_content_tells_the_form_before_the_suffix(
    name: str, content: str, form: Form, tmp_path: Path
) -> None:
    assert read_document(written(tmp_path, name, content)).form is form


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x89PNG\r\n\x1a\n", "picture: run OCR"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file or has a password"),
        (rb"{\rtf1 Minutes}", "RTF"),
        (b"%PDF-1.7\nbroken", "broken PDF"),
        (b"PK\x03\x04broken", "broken DOCX"),
        (zipped({"mimetype": b"application/epub+zip"}), "no DOCX"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "UTF-16-LE"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        read_document(written(tmp_path, "memo.docx", content))
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / "missing.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="is no file"):
        read_document(tmp_path / "pipe.txt")


def test_a_line_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)
    with pytest.raises(InputError, match="50,000,000 bytes, more than the 8,000,000"):
        read_document(path)


def test_a_text_of_too_many_characters_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 10)
    with pytest.raises(InputError, match="more than 10 characters"):
        read_document(written(tmp_path, "memo.txt", "Minutes of a meeting"))
