"""Which pages there are, and the answers that go on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from kg.codes import code_lists
from kg.errors import InputError
from kg.names import shorten, slug
from kg.site import Site, meeting_summary, query
from kg.statements import LANGUAGES, Label, Language, Statement
from kg.things import Link, Thing, read_links, read_things
from kg.views.actors import actors_view
from kg.views.congruence import congruence_view
from kg.views.disagreement import FaceToFace, disagreement_page
from kg.views.index import index_page
from kg.views.issue_map import issue_map_view
from kg.views.meeting import meeting_view
from kg.views.models import DISAGREEMENT, MEETING, VIEWS, Codes, PageLink, Source
from kg.views.page import view_page
from kg.views.people import people_view
from kg.views.reforms import reforms_view
from kg.views.texts import interface, phrase
from kg.views.thumbnail import thumbnail
from kg.views.time import time_view
from kg.views.view import View
from kg.views.whole import whole_view

INDEX = "index.html"
MOST_PAIRS, MOST_MEETINGS = 6, 12
"""Pages that a build makes of pairs of bodies and of meetings; `kg view` makes any other."""


@dataclass(frozen=True)
class Wanted:
    """What a page is asked for with: two bodies, or a meeting, in the user's words."""

    a: str = ""
    b: str = ""
    meeting: str = ""


NOTHING = Wanted()
_SHOWN_CODES = {"stance": "stance", "basis": "basis", "status": "coding-status"}
_STATEMENTS = "queries/internal/statements.rq"


Terms: TypeAlias = Mapping[str, ox.NamedNode]
NO_TERMS: Terms = {}
Maker: TypeAlias = Callable[["Pages", Wanted], View]


@dataclass(frozen=True)
class Pages:
    """The pages of a site."""

    site: Site

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Everything that the graph names."""
        return read_things(self.site.store, self.site.base, self.site.include_proposed)

    def links(self, name: str, terms: Terms = NO_TERMS) -> tuple[Link, ...]:
        """The ties that a query of links finds."""
        found, proposed = query(f"internal/links-{name}"), self.site.include_proposed
        return read_links(self.site.store, found, terms, include_proposed=proposed)

    @cached_property
    def codes(self) -> Codes:
        """The labels of the codes that pages show."""
        return {name: _labels(scheme) for name, scheme in _SHOWN_CODES.items()}

    def view(self, name: str, wanted: Wanted = NOTHING) -> View:
        """One view; raises `InputError` for a name that is none, and for what is not known."""
        if name not in VIEWS:
            raise InputError(f"“{name}” is no view: take one of {', '.join(VIEWS)}")
        return replace(_VIEWS[name](self, wanted), proposed=self.site.include_proposed)

    def page(
        self, name: str, wanted: Wanted = NOTHING, language: Language = "en", index_file: str = ""
    ) -> str:
        """One page; raises `InputError` for what it cannot be made of."""
        if name == DISAGREEMENT:
            return self.disagreement(*self.pair(wanted), language, index_file)
        return view_page(self.view(name, wanted), language, index_file)

    def pair(self, wanted: Wanted) -> tuple[str, str]:
        """The two bodies that are wanted, by IRI; of none, the two that differ most."""
        if bool(wanted.a) != bool(wanted.b):
            raise InputError(
                "The view disagreement takes two bodies: give both --a and --b, or none"
            )
        if wanted.a:
            first, second = (self.site.names.resolve(x, "body") for x in (wanted.a, wanted.b))
            if first == second:
                raise InputError("The two bodies are the same: give two different ones")
            return first, second
        if not self.site.pairs:
            raise InputError("No two bodies differ in this build: name two with --a and --b")
        return self.site.pairs[0]

    def disagreement(self, a: str, b: str, language: Language, index_file: str = "") -> str:
        """The page of two bodies, given by IRI."""
        proposed = self.site.include_proposed
        return disagreement_page(self.facing(a, b), language, index_file, proposed)

    def facing(self, a: str, b: str) -> FaceToFace:
        """Two bodies, given by IRI; each pair is asked for once."""
        if (a, b) not in self._facing:
            self._facing[a, b] = self._face(a, b)
        return self._facing[a, b]

    @cached_property
    def _facing(self) -> dict[tuple[str, str], FaceToFace]:
        return {}

    def _face(self, a: str, b: str) -> FaceToFace:
        site, pair = self.site, {"a": ox.NamedNode(a), "b": ox.NamedNode(b)}
        call = f"--a {shorten(a, site.base)} --b {shorten(b, site.base)}"
        queries = {
            f"kg query disagreements {call}": site.text("disagreements", pair),
            f"kg query agreements {call}": site.text("agreements", pair),
            _STATEMENTS: site.text("internal/statements"),
        }
        return FaceToFace(
            site.party(a),
            site.party(b),
            site.statements,
            site.comparisons("disagreements", pair),
            site.comparisons("agreements", pair),
            self.codes,
            site.source(queries),
        )

    def all(self, language: Language = "en") -> Iterator[tuple[str, str]]:
        """Each page's file name and HTML, the index last."""
        pairs, views, meetings = [], [], []
        for a, b in self.site.pairs[:MOST_PAIRS]:
            pairs.append(self._pair_link(a, b))
            yield pairs[-1].file, self.disagreement(a, b, language, INDEX)
        for name in (name for name in VIEWS if name not in (DISAGREEMENT, MEETING)):
            view = self.view(name)
            views.append(_link(f"{name}.html", view))
            yield f"{name}.html", view_page(view, language, INDEX)
        for meeting in self.meetings()[:MOST_MEETINGS]:
            view = self.meeting(meeting)
            file = f"meeting-{slug(shorten(meeting, self.site.base))}.html"
            meetings.append(_link(file, view))
            yield file, view_page(view, language, INDEX)
        yield INDEX, self.index((*pairs[:1], *views, *meetings, *pairs[1:]), language)

    def index(self, links: Sequence[PageLink], language: Language = "en") -> str:
        """The first page, with links to the others."""
        queries = {"kg query disagreements-all": self.site.text("disagreements-all")}
        meetings = [meeting_summary(rows) for rows in self.site.headers]
        return index_page(
            interface()["site.title"],
            links,
            meetings,
            self.site.source(queries),
            rest=self._rest(),
            language=language,
        )

    def _rest(self) -> Label | None:
        """What has no page here, so that nothing is left out without a word."""
        pairs = max(0, len(self.site.pairs) - MOST_PAIRS)
        meetings = max(0, len(self.site.headers) - MOST_MEETINGS)
        return phrase("site.rest", n=pairs, m=meetings) if pairs or meetings else None

    def _pair_link(self, a: str, b: str) -> PageLink:
        view = self.facing(a, b).view
        first, second, base = self.site.party(a), self.site.party(b), self.site.base
        names = phrase("site.pair", a=first.name, b=second.name)
        return PageLink(
            f"disagreement-{slug(shorten(a, base))}-{slug(shorten(b, base))}.html",
            view.title,
            Label(*(f"{names.get(lang)} {view.lead.get(lang)}" for lang in LANGUAGES)),
            thumbnail(view),
        )

    def meetings(self) -> list[str]:
        """The meetings by IRI, the latest first."""
        heads = [rows["en"][0] for rows in self.site.headers]
        heads.sort(key=lambda head: (str(head["date"] or ""), str(head["meeting"])), reverse=True)
        return [str(head["meeting"]) for head in heads]

    def meeting(self, meeting: str) -> View:
        """The view of one meeting, given by IRI."""
        site, terms = self.site, {"meeting": ox.NamedNode(meeting)}
        links, source = self.links(MEETING, terms), site.source(self.queries(MEETING, terms))
        return meeting_view(self.things, links, site.statements, self.codes, source, meeting)

    def queries(self, name: str, terms: Terms = NO_TERMS) -> dict[str, str]:
        """The queries behind a view of things, by the path of each."""
        links = f"internal/links-{name}"
        return {
            f"queries/{links}.rq": self.site.text(links, terms),
            "queries/internal/things.rq": self.site.text("internal/things"),
            _STATEMENTS: self.site.text("internal/statements"),
        }


class _OfStatements(Protocol):
    def __call__(
        self, statements: Sequence[Statement], codes: Codes, source: Source, *, proposed: bool
    ) -> View: ...


def _of_statements(make: _OfStatements) -> Maker:
    """A view that is made of statements alone."""

    def made(pages: Pages, _: Wanted) -> View:
        site = pages.site
        source = site.source({_STATEMENTS: site.text("internal/statements")})
        return make(site.statements, pages.codes, source, proposed=site.include_proposed)

    return made


def _of_things(
    name: str,
    make: Callable[[Mapping[str, Thing], Sequence[Link], Sequence[Statement], Codes, Source], View],
) -> Maker:
    """A view of things and their ties, which `queries/internal/links-NAME.rq` finds."""

    def made(pages: Pages, _: Wanted) -> View:
        source = pages.site.source(pages.queries(name))
        return make(pages.things, pages.links(name), pages.site.statements, pages.codes, source)

    return made


def _of_issues(pages: Pages, wanted: Wanted) -> View:
    proposed = pages.site.include_proposed
    return _of_things("issues", partial(issue_map_view, proposed=proposed))(pages, wanted)


def _of_meeting(pages: Pages, wanted: Wanted) -> View:
    """The meeting that is asked for, or else the latest."""
    if wanted.meeting:
        return pages.meeting(pages.site.names.resolve(wanted.meeting, "meeting"))
    meetings = pages.meetings()
    if not meetings:
        raise InputError("There is no meeting in this build: nothing to make the view of")
    return pages.meeting(meetings[0])


def _of_pair(pages: Pages, wanted: Wanted) -> View:
    return pages.facing(*pages.pair(wanted)).view


_VIEWS: Mapping[str, Maker] = {
    DISAGREEMENT: _of_pair,
    "actors": _of_statements(actors_view),
    "congruence": _of_statements(congruence_view),
    "issues": _of_issues,
    "time": _of_statements(time_view),
    MEETING: _of_meeting,
    "reforms": _of_things("reforms", reforms_view),
    "people": _of_things("people", people_view),
    "graph": _of_things("all", whole_view),
}


def write_pages(site: Site, folder: Path) -> None:
    """Write the pages of a build into its folder."""
    for file, html in Pages(site).all():
        (folder / file).write_text(html, encoding="utf-8", newline="\n")


def _link(file: str, view: View) -> PageLink:
    return PageLink(file, view.title, view.lead, thumbnail(view))


def _labels(scheme: str) -> dict[str, Label]:
    """The labels of a code list by notation."""
    return {
        notation: Label(*(code.labels.get(language, notation) for language in LANGUAGES))
        for notation, code in code_lists()[scheme].items()
    }
