"""Edits of YAML text: the text says what it is to say, and every other sign stays."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation_boards import FILES
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import plain, yaml_reader
from kg.curation.exact import Edit, applied, exact_edits, says
from kg.curation.places import file_change, taken_back

TEXT = st.sampled_from(
    [
        "a",
        "Two words",
        "no",
        "it's: so",
        "# none",
        "- dash",
        "12",
        "“q”, ok",
        "é [x]",
        "a\nb",
        "tail ",
    ]
)
KEYS = st.sampled_from(["id", "label", "refines", "note", "list", "k1", "k2"])
DATA = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
ROOT = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


def read(text: str) -> Any:
    return plain(yaml_reader().load(text))


def changed(text: str, new: Any) -> str:
    return applied(text, exact_edits(text, read(text), new))


def mutate(value: Any, random: Random, emptied: bool = False) -> Any:
    """Something near to a value: members and keys taken out, put in and replaced.

    What would be left empty becomes another value altogether if `emptied`, else it stays.
    """
    if isinstance(value, dict):
        new = {k: mutate(v, random, emptied) for k, v in value.items() if random.random() > 0.2}
        if not new:
            return {"left": "over"} if emptied else value
        if random.random() < 0.3:
            new[random.choice(["new", "other"])] = random.choice(["x", ["y", "z z"], {"en": "w"}])
        return new
    if isinstance(value, list):
        members = [mutate(one, random, emptied) for one in value if random.random() > 0.3]
        if not members:
            return ["left"] if emptied else value
        if random.random() < 0.3:
            members.insert(random.randint(0, len(members)), random.choice(["q", {"id": "r"}]))
        return members
    return random.choice([value, value, value, "replaced", "It is: so"])


@settings(max_examples=60)
@given(ROOT, st.integers(0, 10**6), st.sampled_from(["\n", "\r\n"]))
def test_any_change_is_said(old: Any, seed: int, ends: str) -> None:
    text = yaml_text(old).replace("\n", ends)
    assert read(text) == old
    new = mutate(old, Random(seed), True)
    result = changed(text, new)
    assert says(result, new), (text, new, result)
    assert "\n" not in result.replace("\r\n", "") or ends == "\n"


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"


@settings(max_examples=60)
@given(ROOT, st.integers(0, 10**6))
def test_any_change_is_said_on_one_line(old: Any, seed: int) -> None:
    text = flow(old).replace("\n", " ") + "   # at the end\n"
    old = read(text)
    new = mutate(old, Random(seed), True)
    result = changed(text, new)
    assert says(result, new), (text, new, result)
    assert result.endswith("   # at the end\n")


@pytest.mark.parametrize("seed", range(12))
def test_no_comment_is_lost(seed: int) -> None:
    random = Random(seed)
    for text in FILES.values():
        old = read(text)
        result = changed(text, mutate(deepcopy(old), random))
        for line in text.splitlines():
            comment = line[line.index("# ") :] if "# " in line else ""
            assert comment in result


@pytest.mark.parametrize(
    ("text", "new", "result"),
    [
        ("- a  # x\n- b\n", ["b"], "# x\n- b\n"),
        ("k: [a, b, c]\n", {"k": ["b", "c"]}, "k: [b, c]\n"),
        ("k: [a, b, c]\n", {"k": ["a"]}, "k: [a]\n"),
        ("k: ['a', \"b\"]\n", {"k": ["c", "d"]}, "k: ['c', \"d\"]\n"),
        ("k: a\nl: b  # y\n", {"k": "a"}, "k: a\n# y\n"),
        ("k:\n  - id: a\n    x: c\n  - id: b\n", {"k": [{"x": "c"}, {"id": "b"}]}, None),
        ("k: >-  # why\n  one\n  two\nl: m\n", {"k": "three", "l": "m"}, "k: three  # why\nl: m\n"),
        ("k: a", {"k": "a", "l": ["b b"]}, "k: a\nl: [b b]"),
        ("k: {a: b}\n", {"k": {"a": "b", "c": "d, e"}}, "k: {a: b, c: 'd, e'}\n"),
        ("k: a\n", {"k": ["a", "b"]}, "k: [a, b]\n"),
    ],
)
def test_only_what_changes_is_touched(text: str, new: Any, result: str | None) -> None:
    found = changed(text, new)
    assert says(found, new)
    assert result is None or found == result


def test_a_flow_list_over_several_lines_keeps_its_comments() -> None:
    text = "k: [a,  # first\n    b,  # second\n    c]\n"
    found = changed(text, {"k": ["a", "c"]})
    assert says(found, {"k": ["a", "c"]})
    assert "# first" in found
    assert "# second" in found


@settings(max_examples=60)
@given(ROOT, st.integers(0, 10**6), st.sampled_from(["\n", "\r\n"]))
def test_any_edits_are_taken_back(old: Any, seed: int, ends: str) -> None:
    text = yaml_text(old).replace("\n", ends)
    edits = exact_edits(text, old, mutate(old, Random(seed), True))
    after, change = applied(text, edits), file_change("a.yaml", text, edits)
    assert taken_back(after, change) == text
    assert taken_back(text, change) == text
    if edits:
        assert taken_back(f"# one line more{ends}{after}", change) == f"# one line more{ends}{text}"


def test_places_on_one_line_are_taken_back_in_turn() -> None:
    """Lines that go and lines that come at one place are two places without lines between."""
    text = "a\nb\nc\nd\n"
    edits = [Edit(2, 4, ""), Edit(4, 4, "x\n"), Edit(4, 6, "")]
    change = file_change("a.yaml", text, edits)
    assert applied(text, edits) == "a\nx\nd\n"
    assert len(change.places) == 3
    assert taken_back("a\nx\nd\n", change) == text
