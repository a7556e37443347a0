"""What is changed in the codings of a DNA database, beside its positions, is written or told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dna_databases import DAY, START, Said, Text, write_dna
from kg.coding.dataset import find_files, load_dataset
from kg.dna.codings import Import, Options
from kg.dna.database import read_database
from kg.dna.export import Wish
from kg.source import read_sources
from test_dna_export import MEETING, changed_rows, edit, exported, imported, messages

SAID = [Said("Ada", "City Library", "Open at night", 1), Said("Bo", "Council", "Open", 0)]
REGISTER = "authorities/ferry.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    attributes = [
        ("person", "Ada", "Alias", "A. L."),
        ("organization", "Council", "Type", "public"),
    ]
    write_dna(tmp_path / "ferry.dna", SAID, [Text("Ada said: yes.")], attributes=attributes)
    imported(tmp_path / "ferry.dna", tmp_path / "ferry")
    return tmp_path / "ferry"


def test_another_day_of_a_meeting_is_that_of_the_document(folder: Path) -> None:
    """The time of day stays."""
    old = exported(folder).database
    edit(folder, MEETING, ("date: 2024-03-10", "date: 2024-03-12"))
    made = exported(folder)
    (document,) = made.database.documents
    assert document.date == START + 12 * 3600 + 2 * DAY
    assert list(changed_rows(old, made.database)) == ["DOCUMENTS"]
    assert "document 1 is of 2024-03-12 now, not 2024-03-10" in messages(made)


def test_another_name_of_a_meeting_is_the_title_cut_to_what_dna_takes(folder: Path) -> None:
    edit(folder, MEETING, ("label: {en: A document}", f"label: {{en: {'Minutes ' * 30}}}"))
    made = exported(folder)
    (document,) = made.database.documents
    assert document.title == ("Minutes " * 30)[:189] + "…"
    assert "document 1 is called “Minutes" in messages(made)


def test_a_name_in_a_further_language_is_no_change(folder: Path) -> None:
    old = exported(folder).database
    edit(folder, MEETING, ("label: {en: A document}", "label: {fi: Asiakirja, en: A document}"))
    made = exported(folder)
    assert (made.database, made.findings) == (old, ())


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (REGISTER, "A. L.", "Ada the First", "“Ada” has other names or another note"),
        (REGISTER, "Type: public", "Type: private", "“Council” has other names or another note"),
        (REGISTER, "name: Bo", "name: Bo\n  note: {en: New}", "“Bo” has other names or another"),
        (MEETING, "coder: Coder 1", "coder: Zoe", "document 1 has another coder or note"),
        (MEETING, "  characters:", "  note: {en: New}\n  characters:", "document 1 has another"),
        (
            MEETING,
            "stance: oppose",
            "stance: oppose\n      condition: ferry/open-at-night",
            "positions with conditions (1): DNA does not hold the conditions",
        ),
        (
            MEETING,
            "speaker: ferry/ada",
            "speaker: ferry/bo",
            "positions that another than the holder states (1): not said",
        ),
    ],
)
def test_what_the_rows_do_not_take_over_is_told(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    assert exported(folder).findings == ()
    edit(folder, name, (old, new))
    assert said in messages(exported(folder))


def test_a_new_name_is_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    database = read_database(write_dna(tmp_path / "ferry.dna", SAID[:1], [Text("Ada: yes.")]))
    made = Import(database, "ferry", Options(date(2024, 5, 1), "fi"))
    assert made.occasion(database.documents[0])["label"] == {"fi": "A document"}
    imported(tmp_path / "ferry.dna", tmp_path / "ferry")
    edit(
        tmp_path / "ferry",
        "issues/ferry.yaml",
        ("label: {en: Open at night}\n  propositions", "label: {en: X}\n  propositions"),
        ("label: {en: Open at night}", "label: {en: Open late, fi: Auki yöllä}"),
    )
    for language, value in (("en", "Open late"), ("fi", "Auki yöllä")):
        found = exported(tmp_path / "ferry", Wish(language=language)).database.entities
        assert value in [one.value for one in found]


@pytest.mark.parametrize("text", ["", "\ufeffAda said: yes.", "\ufeff", " \r\n"])
def test_a_text_of_any_begin_has_its_signs_where_they_were(tmp_path: Path, text: str) -> None:
    """U+FEFF at the start is a sign of the text, and two empty documents have the same bytes."""
    texts = [Text(text), Text(text)]
    path = write_dna(tmp_path / "ferry.dna", [Said("Ada", "", "Open", 1, stop=5)], texts)
    folder = tmp_path / "ferry"
    database = imported(path, folder)
    dataset, findings = load_dataset(find_files(folder, folder), read_sources(folder / "sources"))
    assert findings == []
    assert dict(dataset.checked) == {"ferry-d1": True, "ferry-d2": True}
    assert exported(folder).database.documents == database.documents
