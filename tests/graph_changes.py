"""Changes of the ferry's graph that codings cannot follow, each with the finding that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.coding.terms import expand, term_of
from kg.decode import Decoded, decode
from kg.names import DEFAULT_BASE, RDF, XSD, graph_iri, shorten

SOURCE = Path("given.trig")
TYPE = ox.NamedNode(f"{RDF}type")
PUBLISHER = ox.NamedNode("http://purl.org/dc/terms/publisher")
GRAPH = ox.NamedNode(graph_iri("ferry-2"))
P1, S1, S2 = "ferry-2/s01/p1", "ferry-2/s01", "ferry-2/s02"


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + name)


def key(name: str) -> ox.NamedNode:
    return ox.NamedNode(term_of(name).iri)


def named(node: ox.NamedNode) -> str:
    return shorten(node.value)


@dataclass
class Change:
    """Quads in the meeting's graph that can be taken out and put in."""

    quads: list[ox.Quad]

    def add(self, subject: Any, predicate: ox.NamedNode, value: Any) -> None:
        self.quads.append(ox.Quad(subject, predicate, value, GRAPH))

    def drop(self, subject: str, predicate: ox.NamedNode) -> list[ox.Quad]:
        out = [one for one in self.quads if one.subject == iri(subject)]
        out = [one for one in out if one.predicate == predicate]
        assert out, f"{subject} has no {predicate}"
        self.quads = [one for one in self.quads if one not in out]
        return out

    def rename(self, old: str, new: Any) -> None:
        def other(node: Any) -> Any:
            return new if node == iri(old) else node

        self.quads = [
            ox.Quad(other(q.subject), q.predicate, other(q.object), q.graph_name)
            for q in self.quads
        ]

    def decode(self) -> Decoded:
        return decode(self.quads, SOURCE)


def a_foreign_property(change: Change) -> str:
    change.add(iri("ferry-2"), PUBLISHER, ox.Literal("The isles"))
    return (
        "ferry-2, dcterms:publisher: “The isles” is left out: a coding has no key for this "
        "property here"
    )


def a_second_value(change: Change) -> str:
    change.add(iri(P1), key("holder"), iri("ISLES"))
    return (
        f"{P1}, {named(key('holder'))}: ISLES is left out: `holder` takes one value, and "
        "“HARBOUR” is"
    )


def a_second_label(change: Change) -> str:
    change.add(iri("ferry-2"), key("label"), ox.Literal("Zzz", language="en"))
    return "ferry-2, skos:prefLabel: “Zzz” is left out: `label` takes one text a language"


def a_text_without_language(change: Change) -> str:
    change.add(iri("ferry-2"), key("label"), ox.Literal("Meeting"))
    return (
        "ferry-2, skos:prefLabel: “Meeting” is left out: the text has no language: give it one, "
        'as in "…"@en'
    )


def a_language_where_none_belongs(change: Change) -> str:
    change.drop(P1, key("quote"))
    change.add(iri(P1), key("quote"), ox.Literal("wanted", language="en"))
    return (
        f"{P1}, {named(key('quote'))}: “wanted” is left out: the value has the language en, and "
        "xsd:string belongs here: write it so"
    )


def a_position_in_an_agenda_item(change: Change) -> str:
    change.drop(P1, key("positions"))
    change.add(iri(P1), key("positions"), iri("ferry-2/i1"))
    return (
        f"{P1}: its 10 statements are left out, as it hangs nowhere: tie it to Entry, "
        f"SourceDocument or SpeechAct by {named(key('positions'))}"
    )


def a_node_of_another_vocabulary(change: Change) -> str:
    change.add(iri("boat"), TYPE, ox.NamedNode("http://xmlns.com/foaf/0.1/Document"))
    return "boat: its 1 statement is left out, as codings do not hold the class foaf:Document"


def a_node_without_class(change: Change) -> str:
    change.add(iri("boat"), key("label"), ox.Literal("Boat", language="en"))
    change.add(iri("boat"), key("label"), ox.Literal("Båt", language="sv"))
    return "boat: its 2 statements are left out, as codings do not hold a node without class"


def a_second_class(change: Change) -> str:
    change.add(iri("ferry-2"), TYPE, ox.NamedNode("http://www.w3.org/ns/prov#Activity"))
    return "ferry-2, rdf:type: prov:Activity is left out: a coding names one class, and Meeting is"


def a_class_that_follows(change: Change) -> str:
    change.add(iri(S1), TYPE, ox.NamedNode(expand("Entry")))
    return f"{S1}, rdf:type: apro:Entry is left out: a coding names one class, and SpeechAct is"


def a_position_said_twice(change: Change) -> str:
    change.add(iri(P1), key("positions"), iri(S2))
    return (
        f"{P1}, {named(key('positions'))}: {S2} is left out: a node stands in one place of a "
        "coding, and this one has another: copy it"
    )


def a_blank_reference(change: Change) -> str:
    change.add(iri(S2), key("repliesTo"), ox.BlankNode("c14n0"))
    return (
        f"{S2}, {named(key('repliesTo'))}: _:c14n0 is left out: a node without IRI cannot be "
        "referred to: give it one"
    )


def a_text_for_a_reference(change: Change) -> str:
    change.add(iri(S2), key("repliesTo"), ox.Literal("all"))
    return (
        f"{S2}, {named(key('repliesTo'))}: “all” is left out: the IRI of a node belongs here, no "
        "text: write it in <>"
    )


def an_address_without_host(change: Change) -> str:
    change.add(iri(S2), key("repliesTo"), ox.NamedNode("urn:isbn:1"))
    return (
        f"{S2}, {named(key('repliesTo'))}: urn:isbn:1 is left out: a coding refers to ids and "
        "web addresses only: give an http(s) IRI"
    )


def a_node_for_a_text(change: Change) -> str:
    change.add(iri("ferry-2/s01/p1/a1"), key("quote"), iri("SM"))
    return (
        f"ferry-2/s01/p1/a1, {named(key('quote'))}: SM is left out: a text or number belongs "
        "here, no node: write it as a literal"
    )


def a_code_of_another_list(change: Change) -> str:
    (old,) = change.drop("ferry-2/s02/f1", key("progress"))
    change.add(old.subject, old.predicate, ox.NamedNode("https://example.org/codes/inForce"))
    return (
        f"ferry-2/s02/f1, {named(old.predicate)}: https://example.org/codes/inForce is left out: "
        f"a code that begins with {term_of('progress').vocabulary} belongs here: give it"
    )


def a_node_that_is_not_described(change: Change) -> str:
    change.add(iri("ferry-2/s03"), key("at"), iri("ferry-2/memo#char=1,2"))
    return (
        f"ferry-2/s03, {named(key('at'))}: ferry-2/memo#char=1,2 is left out: a node of class "
        "Passage belongs here: describe it so"
    )


def a_triple_as_a_value(change: Change) -> str:
    inner = ox.Triple(iri("a"), PUBLISHER, iri("b"))
    change.add(iri(S2), key("repliesTo"), inner)
    return "the IRI of a node belongs here, no text: write it in <>"


LOSSES: list[Callable[[Change], str]] = [
    a_foreign_property,
    a_second_value,
    a_second_label,
    a_text_without_language,
    a_language_where_none_belongs,
    a_node_of_another_vocabulary,
    a_node_without_class,
    a_second_class,
    a_class_that_follows,
    a_position_said_twice,
    a_blank_reference,
    a_text_for_a_reference,
    an_address_without_host,
    a_node_for_a_text,
    a_code_of_another_list,
    a_node_that_is_not_described,
    a_triple_as_a_value,
]


# What no coding may say


def without_a_stance(change: Change) -> str:
    change.drop(P1, key("stance"))
    return f"Position {P1}, stance: the key `stance` is missing: add it"


def ids_of_another_base(change: Change) -> str:
    change.rename(P1, ox.NamedNode("https://example.org/other/p1"))
    return "https://example.org/other/p1: cannot be an id here"


def a_time_with_a_zone(change: Change) -> str:
    (old,) = change.drop("ferry-2", key("date"))
    kind = ox.NamedNode(f"{XSD}date")
    change.add(old.subject, old.predicate, ox.Literal("2030-04-08Z", datatype=kind))
    return "Meeting ferry-2, date: “2030-04-08Z” is no date: write it as 2021-10-25"


def a_language_of_a_region(change: Change) -> str:
    change.add(iri("ferry-2"), key("label"), ox.Literal("Meeting", language="en-gb"))
    return "“en-gb” is no language code"


def a_number_beyond_all_bounds(change: Change) -> str:
    (old,) = change.drop("ferry-2/s03", key("sequence"))
    kind = ox.NamedNode(f"{XSD}integer")
    change.add(old.subject, old.predicate, ox.Literal("9" * 5000, datatype=kind))
    return "is no whole number"


ERRORS: list[Callable[[Change], str]] = [
    without_a_stance,
    ids_of_another_base,
    a_time_with_a_zone,
    a_language_of_a_region,
    a_number_beyond_all_bounds,
]
