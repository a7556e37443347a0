"""The export without people: no name, title or quote is left, and the answers stay the same."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import check
from kg.errors import InputError
from kg.export import EXPORTS, export
from kg.names import DEFAULT_BASE, FOAF_NAME, RDF, SKOS, slug, term
from kg.pseudonyms import Pseudonyms, read_key
from kg.resources import data_dir
from kg.site import Site
from kg.store import EmbeddedStore

SECRET = Pseudonyms(b"0123456789abcdef0123456789abcdef")


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """The shipped data."""
    return list(check(data_dir()).quads)


def literals(quads: list[ox.Quad], *properties: str) -> set[str]:
    """The texts of some properties."""
    return {
        quad.object.value
        for quad in quads
        if quad.predicate.value in properties and isinstance(quad.object, ox.Literal)
    }


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_nothing_personal_is_left(quads: list[ox.Quad], form: str) -> None:
    names = literals(quads, FOAF_NAME)
    assert len(names) == 15
    shared = export(quads, form, SECRET).decode()
    for name in names:
        surname = name.split()[-1]
        assert not re.search(rf"\b{surname}(n|in|iin|lle)?\b", shared), name
        assert slug(name) not in shared
    for quote in literals(quads, term("quote")):
        assert f'"{quote}"' not in shared
    for title in literals(quads, term("schema:jobTitle")):
        assert f'"{title}"' not in shared
    assert "/memo#char=" not in shared


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_without_the_option_the_people_are_there(quads: list[ox.Quad], form: str) -> None:
    assert "Kirsi Pimi" in export(quads, form, None).decode()


@pytest.mark.slow
def test_keys_are_stable_and_secret(quads: list[ox.Quad]) -> None:
    iri = f"{DEFAULT_BASE}kirsi-pimia"
    other = Pseudonyms(b"another secret of enough length")
    assert SECRET.key(iri) == SECRET.key(iri) != other.key(iri)
    assert SECRET.apply(quads) == SECRET.apply(quads)
    shared = SECRET.apply(quads)
    persons = {quad.subject for quad in shared if quad.object == ox.NamedNode(term("Person"))}
    persons = {person for person in persons if str(person).startswith(f"<{DEFAULT_BASE}")}
    assert len(persons) == 15
    assert all("/key-" in str(person) for person in persons)


@pytest.mark.slow
def test_disagreements_are_the_same_without_names(quads: list[ox.Quad]) -> None:
    def rows(some: list[ox.Quad]) -> list[tuple[object, ...]]:
        given = {"a": "STM", "b": "SM"}
        records = Site(EmbeddedStore.of(some)).ask("disagreements", given).records()
        kept = (
            "proposition",
            "b_proposition",
            "kind",
            "a_stance",
            "a_basis",
            "b_stance",
            "b_basis",
        )
        return sorted(tuple(record[name] for name in kept) for record in records)

    assert rows(SECRET.apply(quads)) == rows(quads)
    assert len(rows(quads)) == 8


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + name)


def quad(name: str, predicate: str, target: ox.NamedNode | ox.Literal | str) -> ox.Quad:
    value = ox.Literal(target) if isinstance(target, str) else target
    return ox.Quad(node(name), ox.NamedNode(predicate), value)


def typed(name: str, kind: str) -> ox.Quad:
    return quad(name, f"{RDF}type", ox.NamedNode(term(kind)))


LABEL, ALSO = f"{SKOS}prefLabel", f"{SKOS}altLabel"


def test_a_text_that_names_a_person_goes_and_a_word_that_looks_so_stays() -> None:
    data = [
        typed("katja-repo", "Person"),
        quad("katja-repo", FOAF_NAME, "Katja Repo"),
        typed("memo-by-repo", "Study"),
        quad("memo-by-repo", LABEL, ox.Literal("Revon ja Repon selvitys", language="fi")),
        quad("memo-by-repo", LABEL, ox.Literal("Report on reports", language="en")),
    ]
    shared = SECRET.apply(data)
    assert literals(shared, LABEL) == {"Report on reports"}
    assert not any("repo" in str(quad.subject) for quad in shared)


def test_other_names_of_people_go_like_their_names() -> None:
    data = [
        typed("katja-repo", "Person"),
        quad("katja-repo", FOAF_NAME, "Katja Repo"),
        quad("katja-repo", ALSO, "Katja Salmela"),
        quad("katja-repo", ALSO, "Репо"),  # no Latin letter: no IRI may be taken to hold it
        typed("salmela-office", "Body"),
        quad("salmela-office", LABEL, "Salmelan toimisto"),
        quad("salmela-office", ALSO, "The office"),
        typed("friends", "Group"),
        quad("friends", LABEL, "Friends of Katja Salmela"),
        typed("harbour.", "Body"),
        quad("harbour.", LABEL, "Harbour"),
    ]
    shared = SECRET.apply(data)
    assert literals(shared, LABEL, ALSO) == {"The office", "Harbour"}
    assert "almela" not in "".join(map(str, shared))
    assert {
        one.subject for one in shared if one.subject in {node("friends"), node("harbour.")}
    } == {
        node("friends"),
        node("harbour."),
    }


def test_a_document_named_by_its_file_gets_a_key() -> None:
    name, of = "Comments by Repo.txt", term("apro:fileName")
    data = [
        typed("comments-by-repo.txt", "SourceDocument"),
        quad("comments-by-repo.txt", of, name),
        quad("comments-by-repo.txt", term("apro:coder"), "Ann Coder"),
        quad("p1", term("oa:hasSource"), node("comments-by-repo.txt")),
        typed("m1/memo", "SourceDocument"),
        quad("m1/memo", of, "2030-03-12-memo.txt"),
    ]
    shared = SECRET.apply(data)
    hidden = ox.NamedNode(SECRET.key(node("comments-by-repo.txt").value))
    assert {one.subject for one in shared} == {hidden, node("p1"), node("m1/memo")}
    assert hidden in {one.object for one in shared}
    assert "epo" not in "".join(map(str, shared))
    assert not literals(shared, of, term("apro:coder"))


def test_who_wrote_a_study_stays_as_a_node() -> None:
    by = term("dcterms:creator")
    data = [
        typed("katja-repo", "Person"),
        typed("study", "Study"),
        quad("study", by, node("katja-repo")),
        quad("study", by, node("institute")),
    ]
    written = {one.object for one in SECRET.apply(data) if one.predicate.value == by}
    key = ox.NamedNode(SECRET.key(node("katja-repo").value))
    assert written == {key, node("institute")}


def test_the_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonym.key"
    first = read_key(path)
    assert read_key(path) == first
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("short")
    with pytest.raises(InputError, match="no secret"):
        read_key(path)
