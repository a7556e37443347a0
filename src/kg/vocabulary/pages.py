"""The documentation site: the same pages in three languages, as files that need no network.

Each page carries its style and scripts, and a Content-Security-Policy that allows these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kg.folders import Kind, staged, write_files
from kg.names import shorten
from kg.statements import LANGUAGES, Language
from kg.views.shell import asset, environment, policy
from kg.vocabulary.changelog import changelog_html
from kg.vocabulary.content import Content, read_content
from kg.vocabulary.diagram import draw
from kg.vocabulary.links import Linker
from kg.vocabulary.questions import THEMES
from kg.vocabulary.terms import Term
from kg.vocabulary.uses import Use
from kg.vocabulary.vocabulary import Vocabulary
from kg.vocabulary.wording import wording, wording_or, wordings

KIND = Kind("site", "en/terms.html")
MOST_ROWS = 50
Context = dict[str, Any]


def site_files(folder: Path | None = None) -> dict[str, bytes]:
    """The site of an ontology's folder, or of the shipped one: bytes by relative path.

    Equal files give equal bytes. Raises `InputError` for a file of the folder that is missing or
    malformed.
    """
    content = read_content(folder)
    made = {f"files/{name}": raw for name, raw in content.downloads.items()}
    made["index.html"] = _landing(content)
    for language in LANGUAGES:
        linker = Linker(content.vocabulary, language)
        for page, context in PAGES.items():
            html = _page(page, content, linker, context(content, linker))
            made[f"{language}/{page}.html"] = html
    return made


def write_site(target: Path, folder: Path | None = None) -> None:
    """Write the site as the folder `target`, all or nothing.

    Raises what `site_files` raises, and `OutputError` where the target holds something else or
    cannot be written; an earlier site then stays as it was.
    """
    made = site_files(folder)
    with staged(target, KIND) as staging:
        write_files(staging, made)


def _page(page: str, content: Content, linker: Linker, context: Context) -> bytes:
    language = linker.language
    return _rendered(
        f"{page}.html.j2",
        content.vocabulary,
        language,
        page=page,
        pages=tuple(PAGES),
        linker=linker,
        short=linker.vocabulary.shorten,
        **context,
    )


def _landing(content: Content) -> bytes:
    return _rendered("landing.html.j2", content.vocabulary, "en", page="", pages=())


def _rendered(template: str, vocabulary: Vocabulary, language: Language, **context: Any) -> bytes:
    style = asset("page.css") + _own("documentation.css")
    head = _own("restore.js")
    script = f'(() => {{\n"use strict";\n{asset("theme.js")}{_own("documentation.js")}}})();\n'
    html = (
        environment("kg.vocabulary")
        .get_template(template)
        .render(
            vocabulary=vocabulary,
            header=vocabulary.header,
            language=language,
            languages=LANGUAGES,
            t=lambda group, key, **values: wording(language, group, key, **values),
            word=lambda group, key, otherwise: wording_or(language, group, key, otherwise),
            tr=wording,
            policy=policy([head, script], [style]),
            style=Markup(style),
            head_script=Markup(head),
            script=Markup(script),
            **context,
        )
    )
    return f"{html}\n".encode()


def _own(name: str) -> str:
    return (files("kg.vocabulary") / "static" / name).read_text(encoding="utf-8")


def _overview(content: Content, linker: Linker) -> Context:
    vocabulary, language = content.vocabulary, linker.language
    return {
        "diagram": draw(content.plan, vocabulary, language, wording(language, "overview", "isa")),
        "left_out": [vocabulary.expand(curie) for curie in content.plan.left_out],
        "classes": [term for term in vocabulary.own if term.is_class],
        "downloads": sorted(content.downloads, key=lambda name: (name.count("/"), name)),
        "metadata": sorted(
            content.vocabulary.header.metadata, key=lambda one: _metadata_rank(linker, one[0])
        ),
    }


def _metadata_rank(linker: Linker, name: str) -> tuple[int, str]:
    """The order of the table of texts; what has no text there comes last."""
    known = list(wordings()["metadata"])
    curie = linker.vocabulary.shorten(name)
    return (known.index(curie) if curie in known else len(known)), curie


def _terms(content: Content, linker: Linker) -> Context:
    vocabulary, language = content.vocabulary, linker.language
    properties = [term for term in vocabulary.own if not term.is_class]
    return {
        "groups": _grouped(content, language),
        "properties": sorted(properties, key=lambda term: term.name.lower()),
        "facts": {term.iri: _facts(term, content) for term in vocabulary.own},
    }


def _grouped(content: Content, language: Language) -> list[tuple[str, list[Term]]]:
    """The own classes by the diagram's themes, those that are not drawn last."""
    vocabulary, plan = content.vocabulary, content.plan
    theme = {vocabulary.expand(box.class_): box.theme for box in plan.boxes}
    own = [term for term in vocabulary.own if term.is_class]
    groups = [
        (getattr(theme_plan.title, language), [term for term in own if theme.get(term.iri) == name])
        for name, theme_plan in plan.themes.items()
    ]
    rest = [term for term in own if term.iri not in theme]
    return [group for group in (*groups, (wording(language, "terms", "other"), rest)) if group[1]]


def _facts(term: Term, content: Content) -> Context:
    """What other terms, shapes and alignments say of a term."""
    vocabulary = content.vocabulary
    return {
        "uses": [use for use in content.uses if term.iri in (use.holder, use.predicate)],
        "value_of": _value_of(term, content.uses),
        "children": sorted(one.iri for one in vocabulary.own if term.iri in one.parents),
        "shapes": [
            shape
            for shape in vocabulary.shapes
            if term.iri in shape.targets
            or (not term.is_class and term.iri in {*shape.mentions, *shape.subjects_of})
        ],
        "links": [
            link
            for alignment in vocabulary.alignments
            for link in alignment.links
            if term.iri in (link.subject, link.value)
        ],
    }


def _value_of(term: Term, uses: tuple[Use, ...]) -> list[str]:
    """The properties whose values may be of a class."""
    return sorted({use.predicate for use in uses if term.iri in use.values})


def _codes(content: Content, linker: Linker) -> Context:
    lists = content.vocabulary.code_lists
    used = {
        one.iri: sorted({u.predicate for u in content.uses if one.iri in u.values}) for one in lists
    }
    return {"lists": lists, "used": used}


def _reused(content: Content, linker: Linker) -> Context:
    reused = content.vocabulary.reused
    return {
        "noted": [term for term in reused if any(_usage_notes(term))],
        "silent": [term for term in reused if not any(_usage_notes(term))],
        "uses": content.uses,
    }


def _usage_notes(term: Term) -> tuple[str, ...]:
    """The usage notes of a reused term in each language."""
    return tuple(term.usage_note.get(language) for language in LANGUAGES)


def _shapes(content: Content, linker: Linker) -> Context:
    shapes = content.vocabulary.shapes
    severities = list(dict.fromkeys(shape.severity for shape in shapes))
    return {"groups": [(s, [one for one in shapes if one.severity == s]) for s in severities]}


def _questions(content: Content, linker: Linker) -> Context:
    asked = content.questions
    groups = [(theme, [one for one in asked if one.question.theme == theme]) for theme in THEMES]
    return {
        "groups": [group for group in groups if group[1]],
        "most_rows": MOST_ROWS,
        "shorten": shorten,
    }


def _alignments(content: Content, linker: Linker) -> Context:
    return {"alignments": content.vocabulary.alignments}


def _examples(content: Content, linker: Linker) -> Context:
    return {"example": content.example}


def _context(content: Content, linker: Linker) -> Context:
    lists = {f"{scheme.iri}/": scheme for scheme in content.vocabulary.code_lists}
    keys = sorted(content.vocabulary.context, key=lambda key: (key.name.lower(), key.within))
    return {"keys": keys, "lists": lists}


def _changes(content: Content, linker: Linker) -> Context:
    return {
        "changelog": changelog_html(content.changelog),
        "deprecated": content.vocabulary.deprecated,
        "migrations": content.migrations,
    }


PAGES: Mapping[str, Callable[[Content, Linker], Context]] = {
    "index": _overview,
    "terms": _terms,
    "codes": _codes,
    "reused": _reused,
    "shapes": _shapes,
    "questions": _questions,
    "alignments": _alignments,
    "examples": _examples,
    "context": _context,
    "changes": _changes,
}
"""Which pages there are, in the order of the navigation."""
