"""From a build to a DNA database: the rows of its layer, brought up to date, or a new database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.coding.model import Meeting
from kg.coding.register import Register
from kg.decode import decode
from kg.dna.builder import Builder
from kg.dna.codings import Import, Options
from kg.dna.inserting import Inserter
from kg.dna.layer import chosen, split_layers, to_database
from kg.dna.passwords import default_hash
from kg.dna.rows import Database
from kg.dna.stated import ITEMS, PARTICIPATIONS, UNUSED, Codings, Stated
from kg.dna.template import NEW, template
from kg.dna.updating import Update
from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.names import DEFAULT_BASE
from kg.source import Source

MADE_BY_IMPORT = frozenset({PARTICIPATIONS, ITEMS, UNUSED})
"""What codings from DNA have beside positions: nothing of it is lost on the way back."""

_ANY_DAY = date(1970, 1, 1)


@dataclass(frozen=True)
class Wish:
    """How an export is to be: of which layer, with which texts, in which language of labels."""

    layer: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    language: str = "en"
    include_proposed: bool = False
    keep_passwords: bool = False


@dataclass(frozen=True)
class Export:
    """A database, the layer that it is from (or none), and what it does not hold."""

    database: Database
    layer: str
    findings: tuple[Finding, ...]


def export_database(
    quads: Iterable[ox.Quad], wish: Wish, source: Path, base: str = DEFAULT_BASE
) -> Export:
    """The database of a build's quads; findings name `source`.

    Raises `InputError` where there are several layers and the wish names none, or one that there
    is not, and `DataError` for a layer that lacks values.
    """
    others, layers = split_layers(quads, base)
    name = _layer(wish.layer, layers)
    codings = _codings(others, source, base)
    positions, told = _in_force(codings, wish)
    if name:
        made = _import(layers[name], name, base, wish)
        builder = Builder(made.database)
        inserters = {
            form.type: Inserter(builder, form, codings, wish.sources, wish.language, base)
            for form in made.forms
        }
        own = [one for one in positions if not _of_another(one, name, layers)]
        more = Update(made, builder, codings, inserters).run(own)
    else:
        builder = Builder(template())
        inserter = Inserter(builder, NEW, codings, wish.sources, wish.language, base)
        more = inserter.insert(positions)
    unheld = (
        f"{what} ({number}): DNA has no place for them"
        for number, what in codings.unheld()
        if not (name and what in MADE_BY_IMPORT)
    )
    messages = [*told, *more, *unheld]
    findings = tuple(Finding(source, 0, Severity.WARNING, one) for one in messages)
    return Export(builder.database(), name, findings)


def _layer(wanted: str, layers: Mapping[str, object]) -> str:
    names = ", ".join(sorted(layers))
    if wanted and wanted not in layers:
        there = f"there is {names}" if layers else "there is none: leave --layer out"
        raise InputError(f"The build has no DNA layer “{wanted}”; {there}")
    if not wanted and len(layers) > 1:
        raise InputError(f"The build holds several DNA databases ({names}): name one with --layer")
    return wanted or next(iter(layers), "")


def _of_another(one: Stated, name: str, layers: Iterable[str]) -> bool:
    """Tell whether a position is from another DNA database of the build than the one named."""
    meeting = one.occasion.id
    return any(re.fullmatch(rf"{re.escape(o)}-d\d+", meeting) for o in layers if o != name)


def _codings(quads: Sequence[ox.Quad], source: Path, base: str) -> Codings:
    models = [file.model for file in decode(quads, source, base).files]
    return Codings(
        tuple(one for one in models if isinstance(one, Register)),
        tuple(one for one in models if isinstance(one, Meeting)),
    )


def _in_force(codings: Codings, wish: Wish) -> tuple[list[Stated], list[str]]:
    """The positions that count, and what is told of the others."""
    statuses = {"accepted", "proposed"} if wish.include_proposed else {"accepted"}
    kept: list[Stated] = []
    left: Counter[str] = Counter()
    for one in codings.stated:
        if one.position.status not in statuses:
            left[f"{one.position.status} positions ({{}}): DNA knows no status"] += 1
        elif one.id in codings.superseded:
            left["positions that a later one revises ({}): DNA would count both"] += 1
        else:
            kept.append(one)
    return kept, [what.format(number) for what, number in left.items()]


def _import(found: Sequence[ox.Triple], name: str, base: str, wish: Wish) -> Import:
    database = to_database(found, name, base)
    if not wish.keep_passwords:
        coders = tuple(one._replace(password=default_hash()) for one in database.coders)
        database = Database(**{**vars(database), "coders": coders})
    return Import(database, name, Options(_ANY_DAY, wish.language, chosen(found, name, base)))
