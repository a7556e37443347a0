"""The rows of a DNA database as RDF by W3C's Direct Mapping, and back."""

from __future__ import annotations

import string
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dna_databases import Said, Text, write_dna
from kg.dna.database import read_database
from kg.dna.forms import Wanted
from kg.dna.layer import (
    choices,
    chosen,
    layer_file,
    read_layers,
    split_layers,
    to_database,
    to_ntriples,
    triples,
)
from kg.dna.passwords import default_hash
from kg.dna.rows import Database, Document, LongText, Regex, Setting
from kg.errors import DataError, InputError
from kg.names import DEFAULT_BASE, dna_base, dna_graph

ROOT = "https://w3id.org/apro/data/dna/ferry/"
XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    said = [Said("Ada", "City Library", "Open", 1, note="n"), Said("", "Council", "Open", 0)]
    return read_database(write_dna(tmp_path_factory.mktemp("dna") / "ferry.dna", said, [Text()]))


def lines(database: Database, passwords: bool = False) -> list[str]:
    return to_ntriples(triples(database, "ferry", passwords=passwords)).decode().splitlines()


def test_a_row_is_mapped_as_the_recommendation_has_it(database: Database) -> None:
    """By hand, after https://www.w3.org/TR/rdb-direct-mapping/#lead-ex."""
    row = f"<{ROOT}DATASHORTTEXT/ID=2>"
    assert [line for line in lines(database) if line.startswith(row)] == sorted(
        [
            f"{row} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{ROOT}DATASHORTTEXT> .",
            f'{row} <{ROOT}DATASHORTTEXT#ID> "2"^^<{XSD_INTEGER}> .',
            f'{row} <{ROOT}DATASHORTTEXT#StatementId> "1"^^<{XSD_INTEGER}> .',
            f"{row} <{ROOT}DATASHORTTEXT#ref-StatementId> <{ROOT}STATEMENTS/ID=1> .",
            f'{row} <{ROOT}DATASHORTTEXT#VariableId> "2"^^<{XSD_INTEGER}> .',
            f"{row} <{ROOT}DATASHORTTEXT#ref-VariableId> <{ROOT}VARIABLES/ID=2> .",
            f'{row} <{ROOT}DATASHORTTEXT#Entity> "2"^^<{XSD_INTEGER}> .',
            f"{row} <{ROOT}DATASHORTTEXT#ref-Entity> <{ROOT}ENTITIES/ID=2> .",
        ]
    )


def test_a_key_that_is_a_text_is_encoded_in_the_iri() -> None:
    made = lines(Database(regexes=(Regex("C[0o] ö/%", 1, 2, 3),)))
    assert all(line.startswith(f"<{ROOT}REGEXES/Label=C%5B0o%5D%20ö%2F%25> ") for line in made)
    assert f'<{ROOT}REGEXES#Label> "C[0o] ö/%"' in " ".join(made)


def test_no_value_is_no_triple(database: Database) -> None:
    made = lines(database)
    assert any("#Value> " in line for line in made)
    assert not any("#ChildOf" in line or "#ref-ChildOf" in line for line in made)


def test_hashes_of_passwords_are_left_out_unless_asked_for(database: Database) -> None:
    assert not any("hash-of" in line or "#Password" in line for line in lines(database))
    assert sum("hash-of" in line for line in lines(database, passwords=True)) == 2
    found = list(triples(database, "ferry"))
    assert {one.password for one in to_database(found, "ferry").coders} == {default_hash()}


def test_the_layer_gives_the_database_back(database: Database) -> None:
    assert to_database(triples(database, "ferry", passwords=True), "ferry") == database
    text = to_ntriples(triples(database, "ferry", passwords=True))
    assert text == to_ntriples(list(triples(database, "ferry", passwords=True))[::-1])
    parsed = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    assert to_database(parsed, "ferry") == database


# No text in SQLite or in RDF holds a lone surrogate.
signs = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(signs, unique=True, max_size=5), signs, st.integers(-(2**60), 2**60))
def test_any_text_and_number_comes_back(labels: list[str], text: str, number: int) -> None:
    made = Database(
        settings=tuple(Setting(label, text) for label in labels),
        documents=(Document(number, text, text, None, "", "", "", "", "", number),),
        regexes=tuple(Regex(label, 0, 0, 0) for label in labels),
        long_texts=(LongText(1, 1, 1, None),),
    )
    raw = to_ntriples(triples(made, "ferry"))
    parsed = [quad.triple for quad in ox.parse(raw, format=ox.RdfFormat.N_TRIPLES)]
    assert to_database(parsed, "ferry") == made


def test_layers_of_a_folder_become_graphs_of_their_own(database: Database, tmp_path: Path) -> None:
    assert read_layers(tmp_path) == []
    path = tmp_path / layer_file("ferry")
    path.parent.mkdir()
    path.write_bytes(to_ntriples(triples(database, "ferry")))
    quads = read_layers(tmp_path)
    assert {str(quad.graph_name) for quad in quads} == {f"<{dna_graph('ferry')}>"}
    other = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))
    others, layers = split_layers([other, *quads])
    assert (others, set(layers), len(layers["ferry"])) == ([other], {"ferry"}, len(quads))


def test_a_layer_that_does_not_fit_is_refused(database: Database, tmp_path: Path) -> None:
    path = tmp_path / layer_file("ferry")
    path.parent.mkdir()
    path.write_bytes(to_ntriples(triples(database, "ferry")))
    with pytest.raises(InputError, match="give the `--base`"):
        read_layers(tmp_path, "https://example.org/")
    path.write_text("no triples")
    with pytest.raises(InputError, match="is no valid N-Triples"):
        read_layers(tmp_path)
    lacking = [one for one in triples(database, "ferry") if "DOCUMENTS#Date" not in str(one)]
    with pytest.raises(DataError, match="A row of DOCUMENTS in the DNA layer “ferry” has no Date"):
        to_database(lacking, "ferry")


def test_the_choice_of_variables_goes_with_the_layer() -> None:
    wanted = Wanted(concept="frame", qualifier="mood")
    assert chosen(choices(wanted, "ferry"), "ferry") == wanted
    assert chosen([], "ferry") == Wanted()
    assert set(dna_base("ferry", DEFAULT_BASE)) <= set(string.printable)
