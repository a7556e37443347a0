"""The export without people: no name, title or quote is left, and the answers stay the same."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import check
from kg.errors import InputError
from kg.export import EXPORTS, export
from kg.names import DEFAULT_BASE, FOAF_NAME, slug, term
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


def test_a_text_that_names_a_person_goes_and_a_word_that_looks_so_stays() -> None:
    def quad(node: str, predicate: str, target: ox.NamedNode | ox.Literal) -> ox.Quad:
        subject = ox.NamedNode(DEFAULT_BASE + node)
        return ox.Quad(subject, ox.NamedNode(predicate), target)

    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    data = [
        quad("katja-repo", rdf_type, ox.NamedNode(term("Person"))),
        quad("katja-repo", FOAF_NAME, ox.Literal("Katja Repo")),
        quad("memo-by-repo", rdf_type, ox.NamedNode(term("Study"))),
        quad("memo-by-repo", label, ox.Literal("Revon ja Repon selvitys", language="fi")),
        quad("memo-by-repo", label, ox.Literal("Report on reports", language="en")),
    ]
    shared = SECRET.apply(data)
    assert literals(shared, label) == {"Report on reports"}
    assert not any("repo" in str(quad.subject) for quad in shared)


def test_the_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonym.key"
    first = read_key(path)
    assert read_key(path) == first
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("short")
    with pytest.raises(InputError, match="no secret"):
        read_key(path)
