"""Random small meetings, as a coding file gives them: hypothesis strategies and their YAML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from kg.codes import code_lists
from kg.coding.yamlfile import yaml_reader

# Words that YAML, JSON-LD or RDF could take for something else, and any other text.
TRAPS = [
    "no",
    "null",
    "14:02",
    "010",
    "2021-10-25",
    "@id",
    "apro:x",
    "_:b0",
    "a\nb",
    "”ä” 𝒳\\",
    "~",
]
ANY = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
WORDS = (st.sampled_from(TRAPS) | ANY).filter(lambda text: text and text == text.strip())
PHRASES = st.sampled_from([*TRAPS, "three short words"])
BY_LANGUAGE = st.dictionaries(st.sampled_from(["en", "fi", "sv", "sme"]), WORDS, min_size=1)
NAMES = st.sampled_from(["SM", "stm", "a.b", "x~1", "deep/er/id", "label", "summary", "deadline"])
DAYS = st.dates(date(1, 1, 1)).map(date.isoformat)
NUMBERS = st.integers(0, 10**12)


def some(values: Any) -> Any:
    return st.lists(values, min_size=1, max_size=2, unique=True)


def codes(scheme: str) -> Any:
    return st.sampled_from(sorted(code_lists()[scheme]))


def several(node: Any, least: int = 0) -> Any:
    return st.lists(node, min_size=least, max_size=2)


def dated(days: tuple[str, str], more: dict[str, Any]) -> dict[str, Any]:
    return {**more, "earliest": min(days), "latest": max(days)}


PASSAGES = st.builds(
    lambda start, length, paragraph: {
        "of": "m/memo",
        "paragraph": paragraph,
        "start": start,
        "end": start + length,
    },
    NUMBERS,
    st.integers(1, 10**6),
    NUMBERS,
)
DATES = st.builds(
    dated,
    st.tuples(DAYS, DAYS),
    st.fixed_dictionaries({"dateKind": codes("date-kind"), "asWritten": PHRASES}),
)
VALUES = st.one_of(st.integers(-(10**15), 10**15), st.sampled_from(["12.5", "-0.05"]))
FIGURES = st.fixed_dictionaries({"label": BY_LANGUAGE, "value": VALUES, "unit": BY_LANGUAGE})
ARGUMENTS = st.fixed_dictionaries({"label": BY_LANGUAGE}, optional={"supports": some(NAMES)})
POSITIONS = st.fixed_dictionaries(
    {"holder": NAMES, "proposition": NAMES, "stance": codes("stance")},
    optional={
        "condition": some(NAMES),
        "quote": PHRASES,
        "confidence": codes("confidence"),
        "status": codes("coding-status"),
        "reasons": several(ARGUMENTS),
        "at": PASSAGES,
        "note": BY_LANGUAGE,
    },
)
CLAIMS = st.fixed_dictionaries(
    {"alignment": codes("alignment"), "about": some(NAMES)},
    optional={"parties": some(NAMES), "partiesImplied": st.booleans(), "summary": BY_LANGUAGE},
)
REPORTS = st.fixed_dictionaries(
    {
        "about": some(NAMES),
        "summary": BY_LANGUAGE,
        "dates": several(DATES),
        "figures": several(FIGURES),
    },
    optional={"progress": codes("progress")},
)
ENTRIES = st.fixed_dictionaries(
    {
        "act": codes("act"),
        "summary": BY_LANGUAGE,
        "positions": several(POSITIONS),
        "claims": several(CLAIMS),
        "reports": several(REPORTS),
    },
    optional={
        "speaker": NAMES,
        "repliesTo": some(NAMES),
        "at": PASSAGES,
    },
)
ITEMS = st.fixed_dictionaries(
    {"number": st.sampled_from(["1", "2", "5a", "B.3"]), "label": BY_LANGUAGE},
    optional={"entries": several(ENTRIES, 1), "at": PASSAGES},
)
PARTICIPANTS = st.fixed_dictionaries(
    {"person": NAMES, "represents": NAMES, "role": codes("role")},
    optional={"title": BY_LANGUAGE, "present": st.booleans(), "asWritten": WORDS},
)
MEETINGS = st.fixed_dictionaries(
    {
        "id": st.just("m"),
        "label": BY_LANGUAGE,
        "heldBy": NAMES,
        "date": DAYS,
        "coding": st.fixed_dictionaries(
            {"coder": WORDS, "codedOn": DAYS, "status": codes("coding-status")}
        ),
        "document": st.fixed_dictionaries(
            {},
            optional={
                "fileName": WORDS,
                "sha256": st.sampled_from(["0" * 64, "a1" * 32, "1" * 64]),
                "characters": st.integers(1, 10**9),
                "dated": DAYS,
                "language": st.sampled_from(["fi", "sme"]),
            },
        ),
        "participants": several(PARTICIPANTS),
        "items": several(ITEMS, 1),
    },
    optional={
        "number": st.sampled_from(["5", "2/2024", "-1"]),
        "place": BY_LANGUAGE,
        "actualStart": st.datetimes(datetime(1, 1, 1)).map(
            lambda moment: (moment - timedelta(microseconds=moment.microsecond)).isoformat()
        ),
    },
)


def tree_of(meeting: Mapping[str, Any]) -> Any:
    """A meeting as its file gives it, by way of YAML text."""
    out = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False  # in flow style it writes `{en: ?0}`, which it cannot read
    writer.dump(meeting, out)
    return yaml_reader().load(out.getvalue())
