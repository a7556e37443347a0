"""The ontology as its files state it: terms, code lists, checks, uses, alignments, keys."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from harbour import MODEL, SPACE, write_harbour
from kg.errors import InputError
from kg.names import RDF, XSD
from kg.statements import LANGUAGES, Label
from kg.vocabulary.codelists import read_code_lists
from kg.vocabulary.facts import plain, read_facts
from kg.vocabulary.terms import Kind, Text
from kg.vocabulary.uses import Use, ancestors, uses
from kg.vocabulary.vocabulary import Vocabulary, read_vocabulary

PERSON = "http://xmlns.com/foaf/0.1/Person"
CARGO = "https://example.org/harbour/cargo"


@pytest.fixture
def harbour(tmp_path: Path) -> Vocabulary:
    return read_vocabulary(write_harbour(tmp_path))


@pytest.fixture(scope="module")
def shipped_vocabulary() -> Vocabulary:
    return read_vocabulary()


def test_own_and_reused_terms_are_told_apart(harbour: Vocabulary) -> None:
    assert [term.name for term in harbour.own] == [
        "Pier",
        "Ship",
        "Vessel",
        "captain",
        "cargo",
        "length",
    ]
    assert [term.curie for term in harbour.reused] == ["skos:Concept", "foaf:Person"]
    assert harbour.header.title == Label("Harbour", "Satama", "Hamn")
    assert harbour.header.version == "2.1"


def test_a_class_carries_its_texts_and_links(harbour: Vocabulary) -> None:
    ship = harbour.terms[f"{SPACE}Ship"]
    assert (ship.kind, ship.curie, ship.label) == (
        Kind.CLASS,
        "h:Ship",
        Label("ship", "laiva", "skepp"),
    )
    assert ship.definition == Label("A vessel under a captain, see h:captain.", "", "")
    assert ship.parents == (f"{SPACE}Vessel",)
    assert set(ship.examples) == {Text("<m1> a h:Ship ."), Text("Aurora", "fi")}
    assert ship.relations == {"http://www.w3.org/2002/07/owl#disjointWith": (f"{SPACE}Pier",)}


def test_a_property_says_what_is_formal_and_what_is_for_readers(harbour: Vocabulary) -> None:
    captain = harbour.terms[f"{SPACE}captain"]
    assert captain.traits == ("FunctionalProperty",)
    assert captain.holders == (f"{SPACE}Ship",)
    assert captain.values == (PERSON, f"{SPACE}Pier")
    assert captain.formal == {f"{SPACE}Ship"}


def test_shapes_give_cardinality_and_values(harbour: Vocabulary) -> None:
    found = {
        (use.holder.removeprefix(SPACE), use.predicate.removeprefix(SPACE)): use
        for use in uses(harbour)
    }
    captain = found["Ship", "captain"]
    assert (captain.cardinality, captain.values) == ("one", (PERSON, f"{SPACE}Pier"))
    assert found["Ship", "cargo"].values == (CARGO,)
    assert found["Ship", "cargo"].cardinality == "any"
    pier = found["Pier", "length"]
    assert (pier.cardinality, pier.least, pier.most, pier.advised) == ("range", 2, 5, False)


def test_what_is_only_advised_is_not_demanded_and_is_inherited(harbour: Vocabulary) -> None:
    found = {use.holder: use for use in uses(harbour) if use.predicate == f"{SPACE}length"}
    vessel, ship = found[f"{SPACE}Vessel"], found[f"{SPACE}Ship"]
    assert (vessel.cardinality, vessel.advised, vessel.inherited) == ("any", True, "")
    assert ship == Use(
        f"{SPACE}Ship", f"{SPACE}length", (f"{XSD}decimal",), 0, None, True, f"{SPACE}Vessel"
    )


@pytest.mark.parametrize(
    ("least", "most", "name"),
    [(1, 1, "one"), (1, None, "some"), (0, 1, "optional"), (0, None, "any"), (2, None, "range")],
)
def test_cardinalities_have_words(least: int, most: int | None, name: str) -> None:
    assert Use("a", "b", (), least, most, False).cardinality == name


def test_ancestors_end_even_in_a_circle(tmp_path: Path) -> None:
    text = MODEL + "h:Vessel rdfs:subClassOf h:Ship ."
    circle = read_vocabulary(write_harbour(tmp_path, **{"apro.ttl": text}))
    assert ancestors(circle, f"{SPACE}Ship") == [f"{SPACE}Vessel"]


def test_codes_stand_below_what_they_narrow_highest_number_first(harbour: Vocabulary) -> None:
    (cargo,) = harbour.code_lists
    assert (cargo.name, cargo.label.fi, cargo.columns) == ("cargo", "lasti", (f"{SPACE}weight",))
    assert [(code.notation, code.depth) for code in cargo.codes] == [
        ("salt", 0),
        ("fish", 0),
        ("cod", 1),
        ("herring", 1),
    ]
    weight = cargo.codes[2].facts[0][1]
    assert isinstance(weight, ox.Literal)
    assert weight.value == "1.0"


def test_shapes_tell_what_they_look_at_and_how_severely(harbour: Vocabulary) -> None:
    shapes = {shape.name: shape for shape in harbour.shapes}
    assert [shape.severity for shape in harbour.shapes] == [
        *["Violation"] * 3,
        "Warning",
        "Info",
    ]
    assert shapes["captain"].message == Label(
        "A ship has one captain: give `captain`.", "Anna `captain`.", "Ange."
    )
    assert shapes["cargo"].subjects_of == (f"{SPACE}cargo",)
    assert shapes["query"].has_query
    assert f"{SPACE}length" in shapes["query"].mentions
    assert f"{SPACE}length" in shapes["parts"].mentions
    assert f"{SPACE}captain" not in shapes["length"].mentions


def test_alignments_hold_what_leads_out_in_either_direction(harbour: Vocabulary) -> None:
    (foaf,) = harbour.alignments
    assert (foaf.file, foaf.title.en) == ("foaf.ttl", "Foaf")
    assert [(link.subject, link.value) for link in foaf.links] == [
        (f"{SPACE}Ship", "http://xmlns.com/foaf/0.1/Project"),
        ("http://xmlns.com/foaf/0.1/Agent", f"{SPACE}Vessel"),
    ]


def test_the_context_is_a_table_of_keys(harbour: Vocabulary) -> None:
    keys = {key.name: key for key in harbour.context}
    assert "h" not in keys
    assert keys["id"].iri == "@id"
    assert (keys["captain"].type, keys["captain"].containers) == ("@id", ("@set",))
    assert (keys["captains"].iri, keys["captains"].inverse) == (f"{SPACE}captain", True)
    assert keys["cargo"].vocabulary == f"{CARGO}/"
    assert (keys["unit"].iri, keys["unit"].within) == (f"{SPACE}unit", "length")


def test_deprecated_terms_name_their_successor(harbour: Vocabulary) -> None:
    (boat,) = harbour.deprecated
    assert (boat.name, boat.replaced_by, boat.change_note.en) == (
        "Boat",
        (f"{SPACE}Ship",),
        "One word is enough.",
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("apro.ttl", "h:Ship a", "apro.ttl is no Turtle"),
        ("apro.ttl", "<http://example.org/a> a <http://example.org/b> .", "no ontology header"),
        ("apro-context.jsonld", "[]", "no JSON-LD context"),
        ("alignments/foaf.ttl", "nothing", "foaf.ttl is no Turtle"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_vocabulary(write_harbour(tmp_path, **{name: text}))


@pytest.mark.parametrize(
    "name", ["apro.ttl", "apro-codes.ttl", "apro-shapes.ttl", "apro-context.jsonld"]
)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write_harbour(tmp_path) / name).unlink()
    with pytest.raises(InputError, match=f"{name} cannot be read"):
        read_vocabulary(tmp_path)


@pytest.mark.parametrize("name", ["apro.ttl", "apro-codes.ttl", "apro-context.jsonld"])
def test_a_file_that_is_no_utf8_is_named(tmp_path: Path, name: str) -> None:
    (write_harbour(tmp_path) / name).write_bytes("# Äkta\n".encode("latin-1"))
    with pytest.raises(InputError, match=rf"{name} is not UTF-8 text \(byte 2\): save it as UTF-8"):
        read_vocabulary(tmp_path)


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (write_harbour(tmp_path) / "apro-context.jsonld").unlink()
    (tmp_path / "apro-context.jsonld").mkdir()
    with pytest.raises(InputError, match=r"apro-context\.jsonld cannot be read .*: restore"):
        read_vocabulary(tmp_path)


LISTS = """
@prefix ex: <http://e/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:s ex:p ( 1 2 ) , _:a .
_:a rdf:first ex:one ; rdf:rest _:b ; ex:q _:a .
_:b rdf:first ex:two ; rdf:rest _:a .
"""


def test_a_list_that_leads_back_into_itself_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(LISTS, encoding="utf-8")
    facts = read_facts([tmp_path / "x.ttl"])
    heads = facts.keys("http://e/s", "http://e/p")
    for head in heads:
        if f"{RDF}first" in facts.properties(head) and "http://e/q" not in facts.properties(head):
            assert [plain(one) for one in facts.members(head)] == ["1", "2"]
        else:
            with pytest.raises(InputError, match=r"The list with ex:one leads back into itself"):
                facts.members(head)
    assert len(list(facts.closure("http://e/s"))) == 2 + 4 + 3 + 2


CIRCLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix c: <http://e/c/> .
c: a skos:ConceptScheme .
c:top a skos:Concept ; skos:inScheme c: .
c:low a skos:Concept ; skos:inScheme c: ; skos:broader c:top .
c:end a skos:Concept ; skos:inScheme c: ; skos:broader c:one .
c:one a skos:Concept ; skos:inScheme c: ; skos:broader c:two .
c:two a skos:Concept ; skos:inScheme c: ; skos:broader c:one .
c:self a skos:Concept ; skos:inScheme c: ; skos:broader c:self .
"""


def test_codes_in_a_circle_are_shown_once(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(CIRCLE, encoding="utf-8")
    (found,) = read_code_lists(read_facts([tmp_path / "x.ttl"]), "http://e/")
    shown = [(code.iri.removeprefix("http://e/c/"), code.depth) for code in found.codes]
    assert shown == [("top", 0), ("low", 1), ("one", 0), ("end", 1), ("two", 1), ("self", 0)]


def test_alignments_and_deprecated_terms_may_be_absent(tmp_path: Path) -> None:
    write_harbour(tmp_path)
    (tmp_path / "alignments" / "foaf.ttl").unlink()
    (tmp_path / "apro-deprecated.ttl").unlink()
    bare = read_vocabulary(tmp_path)
    assert (bare.alignments, bare.deprecated) == ((), ())


def test_the_longest_prefix_wins_and_only_where_the_rest_is_a_name() -> None:
    facts = read_facts([])
    made = type(facts)((), {"a": "https://example.org/", "b": "https://example.org/b/"})
    assert made.shorten("https://example.org/b/c") == "b:c"
    assert made.shorten("https://example.org/c/d") == "https://example.org/c/d"


def test_every_shipped_term_has_its_texts_in_three_languages(
    shipped_vocabulary: Vocabulary,
) -> None:
    for term in shipped_vocabulary.own:
        for language in LANGUAGES:
            assert term.label.get(language), term.curie
            assert term.definition.get(language), term.curie


def test_every_shipped_property_is_used_on_some_class(shipped_vocabulary: Vocabulary) -> None:
    used = {use.predicate for use in uses(shipped_vocabulary)}
    own = {term.iri for term in shipped_vocabulary.own if not term.is_class}
    assert own <= used


def test_a_shipped_position_needs_what_the_shapes_say(shipped_vocabulary: Vocabulary) -> None:
    shorten = shipped_vocabulary.shorten
    needed = {
        shorten(use.predicate): use.cardinality
        for use in uses(shipped_vocabulary)
        if shorten(use.holder) == "apro:Position" and use.least
    }
    assert needed["apro:holder"] == needed["apro:proposition"] == needed["apro:stance"] == "one"
    assert needed["apro:evidence"] == "some"


def test_every_code_list_is_the_value_of_a_property_or_derived(
    shipped_vocabulary: Vocabulary,
) -> None:
    values = {value for use in uses(shipped_vocabulary) for value in use.values}
    unused = {one.name for one in shipped_vocabulary.code_lists if one.iri not in values}
    assert unused == {"basis"}  # worked out by queries, stored nowhere
