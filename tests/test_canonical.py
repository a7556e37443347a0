"""Canonical Turtle: the same triples, the same bytes, and a file that a person can read."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import InputError
from kg.vocabulary.canonical import canonical, leading_comments, lost_comments, ontology_files

ONTOLOGY = Path(__file__).parent.parent / "ontology"
FILES = ontology_files(ONTOLOGY)
EX = "http://example.org/"

SHUFFLED = """\
@prefix unused: <http://example.org/unused#> .
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
# About this file.

ex:two sh:or ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:in ( 1 2 ) ] ) ; a sh:NodeShape .
ex:list/b skos:inScheme ex:list .
<http://example.org/list/a> a skos:Concept ; skos:inScheme ex:list .
ex:aa a skos:Concept ; skos:inScheme ex:z .
ex:list a skos:ConceptScheme .
ex:property a owl:DatatypeProperty .
ex:other ex:relates ex:Thing .
ex:Thing rdfs:label "ting"@sv , "thing"@en , "asia"@fi ; a owl:Class ; rdfs:subClassOf ex:All .
<http://foreign.org/Term> a owl:Class .
ex: a owl:Ontology .
""".replace("ex:list/b", "<http://example.org/list/b>")

IN_ORDER = """\
# About this file.

@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<http://example.org/> a owl:Ontology .

# Classes

ex:Thing a owl:Class ;
    rdfs:subClassOf ex:All ;
    rdfs:label "thing"@en ,
        "asia"@fi ,
        "ting"@sv .

<http://foreign.org/Term> a owl:Class .

# Datatype properties

ex:property a owl:DatatypeProperty .

# Code lists

ex:list a skos:ConceptScheme .

<http://example.org/list/a> a skos:Concept ;
    skos:inScheme ex:list .

ex:aa a skos:Concept ;
    skos:inScheme ex:z .

# Shapes

ex:two a sh:NodeShape ;
    sh:or ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:in ( 1 2 ) ] ) .

# Other statements

<http://example.org/list/b> skos:inScheme ex:list .

ex:other ex:relates ex:Thing .
"""


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def turtle(graph: list[ox.Triple], prefixes: dict[str, str]) -> str:
    """The triples in their order, blank nodes by label: as unlike the canonical form as can be."""
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes.items()]
    return "\n".join([*lines, *(f"{triple} ." for triple in graph)])


def same(one: str, other: str) -> bool:
    """Whether two documents say the same, by RDFC-1.0, lexical forms included."""
    datasets = [ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE)) for text in (one, other)]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]


@pytest.fixture(params=FILES, ids=lambda path: path.relative_to(ONTOLOGY).as_posix())
def text(request: pytest.FixtureRequest) -> str:
    path = request.param
    assert isinstance(path, Path)
    return path.read_text(encoding="utf-8")


def test_the_ontology_has_files() -> None:
    names = {path.relative_to(ONTOLOGY).as_posix() for path in FILES}
    assert {"apro.ttl", "apro-codes.ttl", "apro-shapes.ttl", "style/style.ttl"} <= names


def test_a_file_keeps_its_meaning(text: str) -> None:
    assert same(text, canonical(text))


def test_canonical_form_is_canonical(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert lost_comments(once) == []


@pytest.mark.parametrize("seed", range(3))
def test_order_and_labels_of_blank_nodes_do_not_count(text: str, seed: int) -> None:
    parsed = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    graph = [quad.triple for quad in parsed]
    random.Random(seed).shuffle(graph)
    comments = "\n".join(leading_comments(text)) + "\n"
    assert canonical(comments + turtle(graph, parsed.prefixes)) == canonical(text)


def test_another_reader_finds_the_same_graph() -> None:
    for path in ONTOLOGY.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        assert isomorphic(Graph().parse(data=text), Graph().parse(data=canonical(text))), path


def test_everything_has_its_place() -> None:
    assert canonical(SHUFFLED) == IN_ORDER


def test_one_changed_word_changes_one_line() -> None:
    before = canonical(SHUFFLED).splitlines()
    after = canonical(SHUFFLED.replace('"thing"@en', '"matter"@en')).splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ('    rdfs:label "thing"@en ,', '    rdfs:label "matter"@en ,')
    ]


def test_queries_in_shapes_stay_readable() -> None:
    query = '\n    SELECT $this { \n        $this ex:p "a\\\\b" }\n'
    text = f'@prefix ex: <{EX}> . ex:s ex:sparql [ ex:select """{query}""" ] .'
    written = canonical(text)
    assert f'ex:s ex:sparql [\n        ex:select """{query}"""\n    ] .' in written
    assert same(text, written)


BARE = ["1", "01", "+1", "1.0", "1.50", ".5", "true", "1e3"]
QUOTED = ['"1"^^xsd:boolean', '"x"^^xsd:date', '"NaN"^^xsd:double', '"5."^^xsd:decimal']


@pytest.mark.parametrize("literal", BARE + QUOTED)
def test_numbers_keep_the_form_in_which_they_are_written(literal: str) -> None:
    head = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://e/> . "
    assert canonical(f"{head}ex:s ex:p {literal} .").endswith(f"\n\nex:s ex:p {literal} .\n")


def test_only_prefixes_in_use_are_declared() -> None:
    assert "unused" not in canonical(SHUFFLED)
    assert canonical("<http://a/s> <http://a/p> 1 .") == "<http://a/s> <http://a/p> 1 .\n"


def test_a_local_name_that_turtle_would_not_read_stays_an_iri() -> None:
    names = ["a/b", "a#b", "a.", "ä", "a%20b", "", "-a", "a:b"]
    text = f"@prefix ex: <{EX}> . " + " ".join(f"<{EX}{name}> ex:p 1 ." for name in names)
    assert same(text, canonical(text))
    assert all(f"<{EX}{name}> ex:p" in canonical(text) for name in names)


def test_of_nested_namespaces_the_longest_is_used() -> None:
    text = f"@prefix a: <{EX}> . @prefix b: <{EX}b/> . b:s a:p a:o ."
    assert canonical(text).endswith("b:s a:p a:o .\n")


def test_of_two_prefixes_for_one_namespace_the_first_is_used() -> None:
    one = canonical(f"@prefix b: <{EX}> . @prefix a: <{EX}> . b:s b:p 1 .")
    assert one == f"@prefix a: <{EX}> .\n\na:s a:p 1 .\n"


def test_comments_at_the_top_are_kept_around_the_prefixes() -> None:
    text = f"# One.\n\n@prefix ex: <{EX}> .\n# Two.\n# Three.\n\nex:s ex:p 1 ."
    assert leading_comments(text) == ["# One.", "", "# Two.", "# Three."]
    assert canonical(text).startswith(f"# One.\n\n# Two.\n# Three.\n\n@prefix ex: <{EX}> .\n\nex:s")


def test_other_comments_are_named_before_they_are_lost() -> None:
    text = (
        f"# Kept.\n@prefix ex: <{EX}#> .\n\nex:s ex:p 1 . # One.\n"
        '# Classes\nex:t ex:p "# no" , """\n# no\n""" , <http://a/#b> .\n  # Two.\n'
    )
    assert lost_comments(text) == [(4, "# One."), (9, "# Two.")]


def test_a_node_that_two_statements_share_needs_an_iri() -> None:
    with pytest.raises(InputError, match="give it an IRI"):
        canonical("<http://a/s> <http://a/p> _:x . <http://a/t> <http://a/p> _:x .")
    with pytest.raises(InputError, match="give it an IRI"):
        canonical("_:x <http://a/p> _:y . _:y <http://a/p> _:x .")
    with pytest.raises(InputError, match="give it an IRI"):
        canonical("_:x <http://a/p> _:x .")


def test_a_list_with_something_more_to_say_is_written_out() -> None:
    text = (
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix ex: <http://e/> . "
        "ex:s ex:p [ rdf:first 1 ; rdf:rest () ; ex:note 2 ] , [ rdf:first 1 , 2 ; rdf:rest () ] ."
    )
    assert same(text, canonical(text))
    assert "rdf:first" in canonical(text)


def test_what_is_no_turtle_is_refused() -> None:
    with pytest.raises(InputError, match=r"not Turtle .* correct the file"):
        canonical("<http://a/s> <http://a/p> .")
    with pytest.raises(InputError, match="statement about a statement"):
        canonical("<http://a/s> <http://a/p> <<( <http://a/s> <http://a/p> 1 )>> .")


def test_a_direction_that_would_be_lost_is_refused() -> None:
    with pytest.raises(InputError, match="has a direction"):
        canonical('<http://a/s> <http://a/p> "a"@en--ltr .')


def test_a_comment_ends_where_turtle_ends_it() -> None:
    """Not at the other signs that Python takes for the end of a line."""
    text = "# One\u2028two\x0cthree\x85four.\n\n<http://a/s> <http://a/p> 1 .\n"
    assert canonical(text) == text
    assert leading_comments(text.replace("\n", "\r\n")) == leading_comments(text)
    assert lost_comments(text + "# Lost\u2028too.\n") == [(4, "# Lost\u2028too.")]


def test_deeply_nested_nodes_take_no_time() -> None:
    """Twice the work for each level would never end."""
    depth = 60
    text = "<http://a/s> <http://a/p> " + "[ <http://a/p> " * depth + "1" + " ]" * depth + " ."
    assert same(text, canonical(text))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    (tmp_path / "x.ttl" / "y.ttl").write_text("")
    assert ontology_files(tmp_path) == [tmp_path / "x.ttl" / "y.ttl"]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("\"\\\n\r\t\x00'#")
)
NAMES = st.sampled_from([ox.NamedNode(f"{EX}{name}") for name in "abc"])
LITERALS = st.builds(ox.Literal, TEXTS) | st.builds(
    lambda text, language: ox.Literal(text, language=language), TEXTS, st.sampled_from(["en", "fi"])
)
LEAVES = st.lists(st.tuples(NAMES, NAMES | LITERALS), max_size=4)


@given(st.recursive(LEAVES, lambda inner: st.lists(st.tuples(NAMES, inner | LITERALS), max_size=4)))
@settings(max_examples=80, derandomize=True, deadline=None)
def test_any_tree_of_statements_survives(tree: object) -> None:
    graph: list[ox.Triple] = []

    def add(subject: ox.NamedNode | ox.BlankNode, facts: object) -> None:
        assert isinstance(facts, list)
        for predicate, value in facts:
            node = ox.BlankNode() if isinstance(value, list) else value
            graph.append(ox.Triple(subject, predicate, node))
            if isinstance(value, list):
                add(node, value)

    add(ox.NamedNode(f"{EX}root"), tree)
    written = canonical(turtle(graph, {"ex": EX}))
    assert same(turtle(graph, {}), written)
    assert canonical(turtle(graph[::-1], {"ex": EX})) == written == canonical(written)


def test_text_in_several_lines_keeps_its_signs() -> None:
    for text in ('a\n"', '"\n""', 'a\n"""b', "\\\n\\u0041", "a\r\nb\t", '"""\n'):
        graph = [ox.Triple(ox.NamedNode(f"{EX}s"), ox.NamedNode(f"{EX}p"), ox.Literal(text))]
        written = canonical(turtle(graph, {}))
        assert triples(written) == graph
        assert re.search(r'"""', written)
