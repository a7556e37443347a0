"""What a DNA database says as codings: who holds what, where, and what is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dna_databases import Said, Text, write_dna
from kg.build import check
from kg.coding.dataset import find_files, load_dataset
from kg.coding.model import Meeting
from kg.coding.yamlfile import yaml_reader
from kg.dna.checks import told
from kg.dna.codings import Import, Options
from kg.dna.database import read_database
from kg.dna.forms import Form, Wanted
from kg.dna.offsets import Content
from kg.dna.rows import Variable
from kg.errors import InputError
from kg.folders import write_files

Make = Callable[..., Import]
TEXT = "  Ada 😀 said: open at night. Bo disagreed. "


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(said: list[Said], *texts: Text, wanted: Wanted | None = None, **more: Any) -> Import:
        by = more.pop("issues_by", "")
        path = write_dna(tmp_path / "ferry.dna", said, texts or (Text(TEXT),), **more)
        options = Options(date(2024, 5, 1), "en", wanted or Wanted(), by)
        return Import(read_database(path), "ferry", options)

    return make


def trees(one: Import) -> dict[str, Any]:
    return {
        name: yaml_reader().load(raw.decode())
        for name, raw in one.files()
        if name.endswith(".yaml")
    }


def entries(one: Import, document: int = 1) -> list[Any]:
    found: list[Any] = trees(one)[f"meetings/ferry-d{document}.yaml"]["items"][0]["entries"]
    return found


def test_a_statement_is_a_speech_act_of_the_person_with_a_position(made: Make) -> None:
    one = made([Said("Ada Lindgren", "City Library", "Open at night", 1, stop=12)])
    (entry,) = entries(one)
    assert (entry["id"], entry["type"], entry["act"]) == ("ferry-d1/s1", "SpeechAct", "statement")
    assert (entry["speaker"], entry["represents"]) == ("ferry/ada-lindgren", "ferry/city-library")
    (position,) = entry["positions"]
    assert position["id"] == "ferry-d1/s1/p1"
    assert (position["holder"], position["proposition"], position["stance"]) == (
        "ferry/ada-lindgren",
        "ferry/open-at-night",
        "support",
    )
    assert "quote" not in position
    (participant,) = trees(one)["meetings/ferry-d1.yaml"]["participants"]
    assert (participant["person"], participant["represents"]) == (
        "ferry/ada-lindgren",
        "ferry/city-library",
    )


def test_an_organisation_alone_speaks_for_itself(made: Make) -> None:
    one = made([Said("", "City Library", "Open", 0), Said(None, "Council", "Open", 1)])
    first, second = entries(one)
    assert (first["speaker"], first["positions"][0]["holder"]) == ("ferry/city-library",) * 2
    assert first["positions"][0]["stance"] == "oppose"
    assert "represents" not in first
    assert second["positions"][0]["holder"] == "ferry/council"


def test_places_count_code_points_without_white_space_at_their_ends(made: Make) -> None:
    """The range 0 to 15 in UTF-16 units is “  Ada 😀 said: ”, of which the white space goes."""
    one = made([Said("Ada", "City Library", "Open", 1, start=0, stop=15)])
    (entry,) = entries(one)
    start, end = entry["at"]["start"], entry["at"]["end"]
    assert TEXT[start:end] == "Ada 😀 said:"
    assert entry["positions"][0]["at"] == entry["at"]
    document = trees(one)["meetings/ferry-d1.yaml"]["document"]
    assert document["characters"] == len(TEXT)
    assert dict(one.files())["sources/ferry-d1.txt"] == TEXT.encode()


def test_a_document_is_an_occasion_with_what_dna_knows_of_it(made: Make) -> None:
    text = Text(TEXT, "On\nferries", -1, "Ann Axe", "The Gazette", "p. 3", "twice", "letter", None)
    tree = trees(made([Said("Ada", "", "Open", 1, coder=2)], text))["meetings/ferry-d1.yaml"]
    assert (tree["label"], tree["date"]) == ({"en": "On ferries"}, "1969-12-31")
    assert tree["document"]["dated"] == "1969-12-31"
    assert tree["document"]["note"]["en"] == (
        "Author: Ann Axe; Source: The Gazette; Section: p. 3; Type: letter; Notes: twice"
    )
    assert tree["coding"]["coder"] == "Coder 2"
    assert tree["coding"]["codedOn"] == "2024-05-01"


def test_attributes_go_to_aliases_and_notes(made: Make) -> None:
    attributes = [
        ("person", "Ada", "Alias", "A. L."),
        ("person", "Ada", "Type", "Librarian"),
        ("organization", "City Library", "Alias", "CL"),
        ("concept", "Open", "Theme", "Hours"),
        ("concept", "Close", "Theme", "Hours"),
    ]
    said = [Said("Ada", "City Library", "Open", 1), Said("Ada", "City Library", "Close", 0)]
    one = made(said, attributes=attributes, issues_by="Theme")
    actors = {e["id"]: e for e in trees(one)["authorities/ferry.yaml"]["entities"]}
    assert actors["ferry/ada"]["otherNames"] == ["A. L."]
    assert actors["ferry/ada"]["note"] == {"en": "Type: Librarian"}
    assert actors["ferry/city-library"]["altLabel"] == {"en": ["CL"]}
    (issue,) = trees(one)["issues/ferry.yaml"]["entities"]
    assert (issue["id"], issue["label"]["en"]) == ("ferry/issue/hours", "Hours")
    assert [p["id"] for p in issue["propositions"]] == ["ferry/open", "ferry/close"]


def test_names_that_give_one_id_are_told_apart(made: Make) -> None:
    one = made([Said("Ada!", "Ada", "Ada?", 1), Said("Ада", "", "Ada?", 1)])
    assert sorted(one.ids.values()) == ["ferry/ada", "ferry/ada-2", "ferry/ada-3", "ferry/e4"]


def test_integers_become_the_nearest_stances_and_keep_their_number(made: Make) -> None:
    said = [Said("Ada", "", "Open", n) for n in (-2, -1, 0, 1, 2)]
    one = made(said, qualifier="integer")
    positions = [entry["positions"][0] for entry in entries(one)]
    assert [position["stance"] for position in positions] == [
        "strongOppose",
        "hesitantOppose",
        "undecided",
        "hesitantSupport",
        "strongSupport",
    ]
    assert positions[0]["note"] == {"en": "agreement = -2 (-2 to 2)"}
    messages = " ".join(str(f) for f in told(one, Path("ferry.dna"), False))
    assert "-2 strongOppose, -1 hesitantOppose, 0 undecided" in messages


@pytest.mark.parametrize(
    ("lowest", "highest", "value", "stance"),
    [
        (1, 5, 1, "strongOppose"),
        (1, 5, 3, "undecided"),
        (1, 5, 5, "strongSupport"),
        (-1, 10, -1, "undecided"),
        (-1, 10, 10, "strongSupport"),
        (3, 3, 3, "undecided"),
    ],
)
def test_a_scale_begins_at_its_ends_or_at_nought(
    lowest: int, highest: int, value: int, stance: str
) -> None:
    concept, mood = Variable(1, "c", "short text", 1), Variable(2, "m", "integer", 1)
    form = Form(1, "Form", concept, None, concept, mood, lowest, highest)
    assert form.stance(value) == stance


@given(st.integers(-50, 50), st.integers(1, 100), st.data())
def test_the_value_of_a_stance_has_that_stance_where_any_has(
    lowest: int, width: int, data: st.DataObject
) -> None:
    concept, mood = Variable(1, "c", "short text", 1), Variable(2, "m", "integer", 1)
    form = Form(1, "Form", concept, None, concept, mood, lowest, lowest + width)
    value = data.draw(st.integers(lowest, lowest + width))
    again = form.value(form.stance(value))
    assert again is not None
    assert lowest <= again <= lowest + width
    if width > 20:
        assert form.stance(again) == form.stance(value)


def test_statements_that_are_no_positions_are_told_one_by_one(made: Make) -> None:
    said = [
        Said("Ada", "City Library", "Open", 1),
        Said("Ada", "City Library", "", 1),
        Said("Ada", "City Library", "Open", None),
        Said("", "", "Open", 1),
        Said("Ada", "City Library", "Open", 1, start=90, stop=99),
        Said("Ada", "City Library", "Open", 1, start=0, stop=2, note="see there"),
    ]
    one = made(said)
    assert [position.statement for position in one.positions] == [1]
    messages = [f.message for f in told(one, Path("ferry.dna"), False)]
    for wanted in (
        "statement 2 (document 1) has no concept: kept in the DNA layer only",
        "statement 3 (document 1) has no agreement: kept",
        "statement 4 (document 1) names neither a person nor an organisation: kept",
        "statement 5 (document 1) stands outside its document",
        "statement 6 (document 1) stands outside its document, or holds white space only",
        "1 statement of the type “Annotation”",
        "colours of entities",
        "the hashes of 2 passwords are kept nowhere",
        "codedOn is 2024-05-01",
    ):
        assert any(wanted in message for message in messages), wanted


def test_a_person_for_two_organisations_and_carriage_returns_are_told(made: Make) -> None:
    said = [Said("Ada", "City Library", "Open", 1), Said("Ada", "Council", "Open", 1)]
    messages = [f.message for f in told(made(said, Text("a\r\n" * 9)), Path("f"), True)]
    assert any(
        "Ada speaks for several organisations in document 1 (City Library, Council)" in m
        for m in messages
    )
    assert any("document 1 has carriage returns" in m for m in messages)
    assert not any("hashes" in m for m in messages)


def test_variables_of_other_names_are_named_by_the_user(made: Make) -> None:
    said = [Said("Ada", "City Library", "Open", 1)]
    swapped = Wanted(person="organization", organisation="person")
    one = made(said, wanted=swapped)
    assert entries(one)[0]["speaker"] == "ferry/city-library"
    with pytest.raises(InputError, match="No short text variable is called “frme”"):
        _ = made(said, wanted=Wanted(concept="frme")).forms
    with pytest.raises(InputError, match=r"“agrement”; did you mean agreement\?"):
        _ = made(said, wanted=Wanted(qualifier="agrement")).forms


def test_the_codings_pass_the_checks_of_a_build(made: Make, tmp_path: Path) -> None:
    """Without the shapes, which take seconds; `test_dna_cli` builds with them."""
    said = [Said("Ada", "City Library", "Open", 1), Said("", "Council", "Open: “now”", 0, stop=31)]
    one = made([*said, Said("Bo", None, "Open", 1, document=2)], Text(TEXT), Text("Bo, too. Yes"))
    folder = tmp_path / "ferry"
    write_files(folder, dict(one.files()))
    dataset, findings = load_dataset(find_files(folder, folder))
    assert findings == []
    assert [meeting.id for meeting in dataset.meetings] == ["ferry-d1", "ferry-d2"]
    assert all(isinstance(meeting, Meeting) for meeting in dataset.meetings)
    again, _ = load_dataset(find_files(folder, folder))
    assert again.meetings == dataset.meetings


# What SQLite and Python can hold of Unicode, control signs and white space of all kinds included.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.tuples(words, words, words), max_size=3), words, st.lists(words, max_size=4))
def test_any_text_gives_codings_without_error(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, str, str]],
    text: str,
    told: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("any")
    title, author, notes, alias = [*told, "", "", "", ""][:4]
    statements = [Said(*names, 1, stop=3) for names in said]
    attributes = [("person", one.person or "", "Alias", alias) for one in statements[:1]]
    texts = [Text(text, title, 0, author, notes=notes)]
    path = write_dna(folder / "any.dna", statements, texts, attributes=attributes)
    one = Import(read_database(path), "any", Options(date(2024, 5, 1)))
    write_files(folder / "any", dict(one.files()))
    _, findings = load_dataset(find_files(folder / "any", folder / "any"))
    assert findings == []


@pytest.mark.slow
def test_the_codings_pass_the_shapes_with_their_sources(made: Make, tmp_path: Path) -> None:
    said = [Said("Ada", "City Library", "Open", 1), Said("", "Council", "Open: “now”", 0, stop=31)]
    one = made([*said, Said("Bo", None, "Open", 1, document=2)], Text(TEXT), Text("Bo, too. Yes"))
    folder = tmp_path / "ferry"
    write_files(folder, dict(one.files()))
    checked = check(folder, folder / "sources")
    assert dict(checked.dataset.checked) == {"ferry-d1": True, "ferry-d2": True}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.data())
def test_offsets_are_those_of_java(text: str, data: st.DataObject) -> None:
    """UTF-16 as the codec has it is the independent count."""
    content = Content(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = (len(text[:start].encode("utf-16-le")) // 2, len(text[:end].encode("utf-16-le")) // 2)
    assert content.units(start, end) == units
    assert content.points(*units) == (start, end)


def test_half_a_sign_counts_as_the_whole() -> None:
    assert Content("a😀b").points(1, 2) == (1, 2)
    assert Content("a😀b").points(2, 3) == (1, 2)
