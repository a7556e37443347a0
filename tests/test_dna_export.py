"""A build as a DNA database: rows that come back, rows that changed, and a database made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dna_databases import Said, Text, write_dna
from kg.build import read_build
from kg.coding.dataset import find_files, load_dataset
from kg.dna.codings import Import, Options
from kg.dna.database import read_database, to_bytes
from kg.dna.export import Export, Wish, export_database
from kg.dna.forms import Wanted
from kg.dna.layer import choices, layer_file, read_layers, to_ntriples, triples
from kg.dna.passwords import default_hash
from kg.dna.rows import Database
from kg.dna.schema import TABLES
from kg.encode import encode
from kg.errors import InputError
from kg.findings import errors
from kg.folders import write_files
from kg.names import DEFAULT_BASE, dna_graph, mint
from kg.pseudonyms import Pseudonyms
from kg.source import Source, read_sources

BUILD = Path("build")
TEXT = "Ada 😀 said: open at night. Bo disagreed, and Cy was of two minds about it."
SAID = [
    Said("Ada", "City Library", "Open at night", 1, stop=13, note="seen"),
    Said("Bo", "Council", "Open at night", 0, start=28, stop=41, coder=2),
    Said("", "Council", "Open on Sundays", 1, start=28, stop=41),
    Said("Cy", "", "", 1, start=46, stop=60),
]
BY_NAME, AS_IT_IS = Wanted(), Wish()


def imported(path: Path, folder: Path, wanted: Wanted = BY_NAME) -> Database:
    """Import a database into a folder as the command does, without the checks of a build."""
    database = read_database(path)
    made = Import(database, path.stem, Options(date(2024, 5, 1), wanted=wanted))
    layer = [*triples(database, made.name), *choices(wanted, made.name)]
    write_files(folder, {**dict(made.files()), layer_file(made.name): to_ntriples(layer)})
    return database


def exported(folder: Path, wish: Wish = AS_IT_IS) -> Export:
    """Export what a folder of codings says, as from a build of it."""
    dataset, findings = load_dataset(find_files(folder, folder))
    assert not errors(findings)
    return export_database([*encode(dataset), *read_layers(folder)], wish, BUILD)


def edit(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Replace texts in a coding, each once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def without_passwords(database: Database) -> Database:
    coders = tuple(one._replace(password=default_hash()) for one in database.coders)
    return Database(**{**vars(database), "coders": coders})


def changed_rows(old: Database, new: Database) -> dict[str, tuple[set[object], set[object]]]:
    """The rows of each table that went and that came, as far as any did."""
    found = {}
    for table in TABLES:
        before, after = set(getattr(old, table.field)), set(getattr(new, table.field))
        if before != after:
            found[table.name] = before - after, after - before
    return found


def messages(made: Export) -> str:
    return "\n".join(str(one) for one in made.findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_dna(tmp_path / "ferry.dna", SAID, [Text(TEXT), Text("Nothing yet", "Later")])
    imported(tmp_path / "ferry.dna", tmp_path / "ferry")
    return tmp_path / "ferry"


@pytest.fixture
def database(folder: Path) -> Database:
    """What an export without a change must give."""
    return without_passwords(read_database(folder.with_suffix(".dna")))


MEETING = "meetings/ferry-d1.yaml"


def test_what_came_from_dna_comes_back_row_by_row(folder: Path, database: Database) -> None:
    made = exported(folder)
    assert made.database == database
    assert made.findings == ()
    assert to_bytes(made.database) == to_bytes(database)


somebody = st.sampled_from(["Ada", "Bo", "", None, "Ada!", "Bo; B."])
statements = st.builds(
    Said,
    person=somebody,
    organization=somebody,
    concept=somebody,
    agreement=st.sampled_from([0, 1, None, 5, -3]),
    document=st.integers(1, 2),
    start=st.integers(0, 70),
    stop=st.integers(71, 90),
    coder=st.sampled_from([1, 2, None]),
    note=st.sampled_from([None, "", 'A note; with "marks"']),
)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(statements, max_size=8), st.sampled_from(["boolean", "integer"]))
def test_any_database_comes_back_row_by_row(
    tmp_path_factory: pytest.TempPathFactory, said: list[Said], qualifier: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    texts = [Text(TEXT), Text(TEXT * 2, "Later", 0)]
    path = write_dna(folder / "any.dna", said, texts, qualifier=qualifier)
    database = imported(path, folder / "any")
    made = exported(folder / "any")
    assert made.database == without_passwords(database)
    assert made.findings == ()


def test_the_sample_comes_back_row_by_row(shared: Path, tmp_path: Path) -> None:
    database = imported(shared / "dna" / "sample.dna", tmp_path / "sample")
    made = exported(tmp_path / "sample")
    assert made.database == without_passwords(database)
    assert made.findings == ()


def test_variables_that_the_user_named_are_known_again(tmp_path: Path) -> None:
    """Else every statement would seem to be another."""
    wanted = Wanted(person="organization", organisation="person")
    path = write_dna(tmp_path / "ferry.dna", SAID, [Text(TEXT)])
    database = imported(path, tmp_path / "ferry", wanted)
    assert exported(tmp_path / "ferry").database == without_passwords(database)


def test_another_stance_changes_one_value(folder: Path, database: Database) -> None:
    edit(folder, MEETING, ("stance: support", "stance: supportWithConditions"))
    made = exported(folder)
    assert made.database == database
    assert "statement 1: “supportWithConditions” becomes agreement = 1" in messages(made)
    edit(folder, MEETING, ("stance: supportWithConditions", "stance: strongOppose"))
    made = exported(folder)
    (gone, came) = changed_rows(database, made.database)["DATABOOLEAN"]
    assert (gone, came) == ({(1, 1, 4, 1)}, {(1, 1, 4, 0)})
    assert list(changed_rows(database, made.database)) == ["DATABOOLEAN"]
    assert "statements that the codings have otherwise (1): changed" in messages(made)


def test_what_a_boolean_cannot_say_takes_the_statement_away(
    folder: Path, database: Database
) -> None:
    edit(folder, MEETING, ("stance: oppose", "stance: undecided"))
    made = exported(folder)
    assert changed_rows(database, made.database) == {
        "STATEMENTS": ({(2, 1, 1, 28, 41, 2)}, set()),
        "DATABOOLEAN": ({(2, 2, 4, 0)}, set()),
        "DATASHORTTEXT": ({(4, 2, 1, 4), (5, 2, 2, 5), (6, 2, 3, 3)}, set()),
    }
    assert "statement 2: agreement cannot say “undecided”" in messages(made)


def test_another_holder_proposition_and_place_change_the_row(
    folder: Path, database: Database
) -> None:
    edit(
        folder,
        MEETING,
        ("holder: ferry/ada\n", "holder: ferry/council\n"),
        ("proposition: ferry/open-at-night", "proposition: ferry/open-on-sundays"),
    )
    text = (folder / MEETING).read_text(encoding="utf-8")
    place = "'ferry-d1/document#char=0,11', type: Passage, of: ferry-d1/document, start: 0, end: 11"
    moved = "'ferry-d1/document#char=6,17', type: Passage, of: ferry-d1/document, start: 6, end: 17"
    head, _, tail = text.rpartition(place)
    (folder / MEETING).write_text(f"{head}{moved}{tail}", encoding="utf-8")
    found = changed_rows(database, exported(folder).database)
    assert found.pop("STATEMENTS") == ({(1, 1, 1, 0, 13, 1)}, {(1, 1, 1, 7, 18, 1)})
    blank, council, sundays = 6, 5, 7
    assert found.pop("DATASHORTTEXT")[1] == {
        (1, 1, 1, blank),
        (2, 1, 2, council),
        (3, 1, 3, sundays),
    }
    assert found == {}


def test_another_name_renames_the_entity(folder: Path, database: Database) -> None:
    edit(folder, "authorities/ferry.yaml", ("name: Bo", "name: Bo Berg"))
    made = exported(folder)
    assert changed_rows(database, made.database) == {
        "ENTITIES": ({(4, 1, "Bo", 28, 0, 0, None)}, {(4, 1, "Bo Berg", 28, 0, 0, None)})
    }
    assert "“Bo” is called “Bo Berg” now" in messages(made)


ADDED = """
  - id: ferry-d1/s90
    type: SpeechAct
    sequence: 90
    speaker: ferry/dee
    act: statement
    at: &{at}
    positions:
    - {id: ferry-d1/s90/p1, holder: ferry/dee, proposition: ferry/open-at-night, stance: concede}
    - {id: ferry-d1/s90/p2, holder: ferry/council, proposition: ferry/boats, stance: oppose}
    - {id: ferry-d1/s90/p3, holder: ferry/dee, proposition: ferry/boats, stance: undecided}
    - {id: ferry-d1/s90/p4, holder: ferry/dee, proposition: ferry/boats, stance: support,
       status: proposed}
"""


def test_new_positions_become_new_rows(folder: Path, database: Database) -> None:
    at = "{of: ferry-d1/document, start: 4, end: 10}"
    with (folder / MEETING).open("a", encoding="utf-8") as file:
        file.write(ADDED.replace("&{at}", at).lstrip("\n"))
    edit(folder, MEETING, ("items:\n", f"{DEE}items:\n"))
    (folder / "authorities" / "more.yaml").write_text(
        "entities:\n- {id: ferry/dee, type: Person, name: Dee}\n- {id: x, type: Issue, "
        "label: {en: X}, propositions: [{id: ferry/boats, label: {en: B}}]}\n"
    )
    made = exported(folder)
    found = changed_rows(database, made.database)
    # Code points 4 to 10 begin at the emoji, which takes two units.
    assert found["STATEMENTS"] == (set(), {(6, 1, 1, 4, 11, 1), (7, 1, 1, 4, 11, 1)})
    assert found["DATABOOLEAN"] == (set(), {(5, 6, 4, 1), (6, 7, 4, 0)})
    assert {row[2] for row in made.database.entities} >= {"Dee", "B"}
    told = messages(made)
    assert "positions that the database does not have (3): added" in told
    assert "undecided positions (1): a boolean qualifier cannot say it" in told
    assert "proposed positions (1): DNA knows no status" in told
    assert "reported positions (1): this database does not say who reports them" in told


DEE = "- {person: ferry/dee, role: other}\n"


def test_a_build_with_several_databases_asks_which(folder: Path, tmp_path: Path) -> None:
    other = write_dna(tmp_path / "tram.dna", SAID[:2], [Text(TEXT)])
    second = imported(other, folder)
    with pytest.raises(InputError, match=r"several DNA databases \(ferry, tram\): name one"):
        exported(folder)
    assert exported(folder, Wish("tram")).database == without_passwords(second)
    with pytest.raises(InputError, match="no DNA layer “bus”; there is ferry, tram"):
        exported(folder, Wish("bus"))


def test_passwords_come_back_only_if_asked_for(tmp_path: Path) -> None:
    path = write_dna(tmp_path / "ferry.dna", SAID, [Text(TEXT)])
    database = imported(path, tmp_path / "ferry")
    layer = to_ntriples(triples(database, "ferry", passwords=True))
    (tmp_path / "ferry" / layer_file("ferry")).write_bytes(layer)
    assert exported(tmp_path / "ferry", Wish(keep_passwords=True)).database == database
    assert exported(tmp_path / "ferry").database == without_passwords(database)


def test_no_row_of_a_layer_is_in_a_pseudonymised_graph(folder: Path) -> None:
    dataset, _ = load_dataset(find_files(folder, folder))
    quads = [*encode(dataset), *read_layers(folder)]
    shared = Pseudonyms(b"secret").apply(quads, DEFAULT_BASE)
    assert not any(str(quad.graph_name).startswith(f"<{dna_graph('')}") for quad in shared)
    assert not any('"Ada"' in str(quad) or '"seen"' in str(quad) for quad in shared)
    assert any('"Open at night"' in str(quad) for quad in shared)


@pytest.fixture(scope="module")
def memo(built: Path) -> Export:
    """The shipped meeting, which comes from no DNA database."""
    return export_database(read_build(built).read_quads(), Wish(), BUILD)


def values(database: Database, name: str) -> dict[int, str]:
    """The value of a short text variable in each statement."""
    (variable,) = (one.id for one in database.variables if one.variable == name)
    names = {one.id: one.value for one in database.entities}
    return {s: names[e] for _, s, v, e in database.short_texts if v == variable}


def test_a_build_without_a_layer_becomes_a_new_database(memo: Export, built: Path) -> None:
    made = memo.database
    quads = read_build(built).read_quads()
    held = [q for q in quads if str(q.predicate) == f"<{mint('https://w3id.org/apro#stance')}>"]
    lost = 1 + 2  # one is revised, two are undecided
    assert len(made.statements) == len(held) - lost == 91
    organisations, people = values(made, "organization"), values(made, "person")
    assert set(organisations) == set(people) == {one.id for one in made.statements}
    for number, name in values(made, "basis").items():
        assert bool(people[number]) == (name in {"official", "personal"})
    speakers = values(made, "speaker")
    reported = [n for n, basis in values(made, "basis").items() if basis == "reported"]
    assert all(not people[n] for n in reported)
    assert any(speakers[n] and organisations[n] for n in reported)
    agreement = {s: value for _, s, v, value in made.booleans if v == 4}
    strength = {s: value for _, s, v, value in made.integers}
    assert all((strength[n] > 0) == bool(value) for n, value in agreement.items())
    assert set(agreement) == set(people)


def test_the_new_database_is_one_of_dna(memo: Export, tmp_path: Path) -> None:
    path = tmp_path / "memo.dna"
    path.write_bytes(to_bytes(memo.database))
    assert read_database(path) == memo.database
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [(one.id, one.name) for one in memo.database.coders] == [
        (1, "Admin"),
        (2, "The APRO-KG founders"),
    ]
    # As in DNA itself, each statement has a value of each of its variables.
    short = {v.id for v in memo.database.variables if v.data_type == "short text"}
    rows = {(s, v) for _, s, v, _ in memo.database.short_texts}
    assert rows == {(one.id, v) for one in memo.database.statements for v in short}


def test_phrases_stand_in_for_a_text_that_is_not_there(memo: Export) -> None:
    (document,) = memo.database.documents
    quotes = {s: value for _, s, v, value in memo.database.long_texts if v == 11}
    for one in memo.database.statements:
        phrase = document.text[one.start : one.stop]
        assert phrase == (quotes[one.id] or values(memo.database, "concept")[one.id])
    assert document.date == 1635170520  # 25.10.2021, 14:02
    assert "documents without their text (1): phrases stand in for it" in messages(memo)


def test_what_dna_cannot_hold_is_told(memo: Export) -> None:
    told = messages(memo)
    for wanted in (
        "undecided positions (2)",
        "positions that a later one revises (1)",
        "positions with conditions (2)",
        "alignment claims (13)",
        "reports (65)",
        "decisions (3)",
        "action items (9)",
        "arguments (27)",
        "participations (15)",
        "labels in further languages",
        "links between propositions",
    ):
        assert wanted in told


def test_the_true_text_gives_the_true_places(built: Path, shared: Path) -> None:
    sources = read_sources(shared / "memos")
    made = export_database(read_build(built).read_quads(), Wish(sources=sources), BUILD)
    (document,) = made.database.documents
    digests = {sha256(one.text.encode()).hexdigest() for one in sources.values()}
    assert sha256(document.text.encode()).hexdigest() in digests
    quotes = {s: value for _, s, v, value in made.database.long_texts if v == 11}
    one = Source(Path("memo"), document.text, "")
    for statement in made.database.statements:
        if quote := quotes[statement.id]:
            assert one.reading.find(quote, statement.start, statement.stop)
    assert "without their text" not in messages(made)


def test_a_new_database_comes_back_as_the_same_positions(memo: Export, tmp_path: Path) -> None:
    """Graph → DNA → graph: who holds what, with which pole, is the same."""
    path = tmp_path / "memo.dna"
    path.write_bytes(to_bytes(memo.database))
    made = Import(read_database(path), "memo", Options(date(2024, 5, 1)))
    assert made.uncoded == ()
    people, organisations = values(memo.database, "person"), values(memo.database, "organization")
    for one in made.positions:
        holder = people[one.statement] or organisations[one.statement]
        entity = one.person if one.person is not None else one.organisation
        assert entity is not None
        assert made.entities[entity].value == holder


def test_quads_of_no_layer_are_those_of_any_base(built: Path) -> None:
    quads: Sequence[ox.Quad] = list(read_build(built).read_quads())
    with pytest.raises(InputError, match="there is none: leave --layer out"):
        export_database(quads, Wish("ferry"), BUILD)
