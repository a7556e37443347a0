"""From an IRI to a link on a page: which page and fragment it has, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup, escape

from kg.statements import Language
from kg.vocabulary.vocabulary import Vocabulary
from kg.vocabulary.wording import wording_or

_PIECE = re.compile(r"`(?P<code>[^`]+)`|(?P<curie>\b[A-Za-z][\w-]*:[A-Za-z]\w*\b)")


@dataclass(frozen=True)
class Linker:
    """The links of all pages in one language. Fragments are local names, as the IRIs have them."""

    vocabulary: Vocabulary
    language: Language

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """Page with fragment, and name, of everything that has a place on some page."""
        found: dict[str, tuple[str, str]] = {}
        for old in self.vocabulary.deprecated:
            found[old.iri] = self._place("changes", old.name), old.curie
        for scheme in self.vocabulary.code_lists:
            name = scheme.label.get(self.language) or scheme.name
            found[scheme.iri] = self._place("codes", scheme.name), name
            for code in scheme.codes:
                place = self._place("codes", f"{scheme.name}/{code.notation}")
                found[code.iri] = place, code.label.get(self.language) or code.notation
        for shape in self.vocabulary.shapes:
            found[shape.iri] = self._place("shapes", shape.name), shape.name
        for term in self.vocabulary.reused:
            found[term.iri] = self._place("reused", term.curie), term.shown(self.language)
        for term in self.vocabulary.own:
            found[term.iri] = self._place("terms", term.name), term.shown(self.language)
        return found

    def _place(self, page: str, fragment: str) -> str:
        return f"{page}.html#{quote(fragment, safe=':/')}"

    def href(self, iri: str) -> str:
        """Where a link to the IRI leads: into these pages, or to the web; nothing if nowhere."""
        if iri in self._places:
            return self._places[iri][0]
        return iri if iri.startswith(("https://", "http://")) else ""

    def name(self, iri: str) -> str:
        """The label in the page's language; for a datatype a plain word; else the short IRI."""
        if iri in self._places:
            return self._places[iri][1]
        curie = self.vocabulary.shorten(iri)
        return wording_or(self.language, "datatype", curie, curie)

    def link(self, iri: str, text: str = "") -> Markup:
        """A link with the name of the IRI; plain text for datatypes and what leads nowhere."""
        shown = escape(text or self.name(iri))
        curie = self.vocabulary.shorten(iri)
        href = "" if curie.startswith("xsd:") else self.href(iri)
        if not href:
            return Markup("<span>{}</span>").format(shown)
        away = Markup(' rel="external noreferrer"') if iri == href else ""
        return Markup('<a href="{}"{}>{}</a>').format(href, away, shown)

    def code(self, iri: str) -> Markup:
        """A link with the prefixed name as code."""
        curie = Markup("<code>{}</code>").format(self.vocabulary.shorten(iri))
        href = self.href(iri)
        away = Markup(' rel="external noreferrer"') if iri == href else ""
        return Markup('<a href="{}"{}>{}</a>').format(href, away, curie) if href else curie

    def links(self, iris: Iterable[str]) -> Markup:
        """Links after each other."""
        return Markup(", ").join(self.link(iri) for iri in iris)

    def prose(self, text: str) -> Markup:
        """A text whose prefixed names are links and whose words in backticks are code."""
        made, at = Markup(), 0
        for found in _PIECE.finditer(text):
            made += escape(text[at : found.start()]) + self._piece(found)
            at = found.end()
        return made + escape(text[at:])

    def _piece(self, found: re.Match[str]) -> Markup:
        if found["code"]:
            return Markup("<code>{}</code>").format(found["code"])
        iri = self.vocabulary.expand(found["curie"])
        return self.code(iri) if iri in self._places else escape(found["curie"])
