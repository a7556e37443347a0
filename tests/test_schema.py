"""The JSON Schemas of the codings: current, well formed, and of one mind with `kg validate`."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from conftest import ROOT
from ferry import FERRY, Ferry, copy_ferry
from kg.codes import code_lists
from kg.coding.identify import identify
from kg.coding.model import Meeting
from kg.coding.register import Register
from kg.coding.schema import FILES, schema, schema_text, write_schemas
from kg.coding.terms import slots
from kg.coding.validation import models
from kg.coding.yamlfile import YamlFile, load_yaml, plain
from kg.scaffold import create
from mistakes import MISTAKES, Mistake

FOLDER = ROOT / "ontology" / "schema"
KINDS: dict[str, type[BaseModel]] = {"meeting": Meeting, "register": Register}
SHIPPED = sorted((ROOT / "data").rglob("*.yaml"))
EXAMPLES = sorted(FERRY.rglob("*.yaml"))


@cache
def validator(kind: str) -> Draft202012Validator:
    loaded = json.loads((FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(loaded, format_checker=FormatChecker(["date"]))


def kind_of(tree: Any) -> str:
    return "register" if "entities" in tree else "meeting"


def read(path: Path) -> Any:
    file = load_yaml(path)
    assert isinstance(file, YamlFile), file
    return plain(file.tree)


# The files


@pytest.mark.parametrize("name", FILES)
def test_the_checked_in_schema_is_current(name: str) -> None:
    path = FOLDER / name
    assert path.read_text(encoding="utf-8") == schema_text(name), (
        f"{path} is not what the models and the ontology say: run `kg ontology schema`"
    )


def test_the_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    assert [path.name for path in write_schemas(tmp_path)] == list(FILES)
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one_and_says_where_it_lives(name: str) -> None:
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["$id"] == f"https://w3id.org/apro/schema/{name}"
    referred = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(made)))
    assert referred == set(made["$defs"])


def objects(made: Any) -> Iterator[dict[str, Any]]:
    """The schemas of nodes, which are those that refuse other keys."""
    if isinstance(made, dict):
        if made.get("additionalProperties") is False:
            yield made
        for inner in made.values():
            yield from objects(inner)


def test_every_key_of_every_model_is_there_with_its_help() -> None:
    """Also the ones that the ontology explains elsewhere: an editor shows them at the key."""
    seen: set[str] = set()
    for name in FILES:
        for node in objects(schema(name)):
            assert node["title"]
            assert node["description"]
            for key, value in node["properties"].items():
                seen.add(key)
                described = value.get("description") or schema(name)["$defs"]["Context"]
                assert described, key
    keys = {slot.term.key for kind in models().values() for slot in slots(kind)}
    assert seen == keys | {"id", "type", "@context", "entities", "find"}


def test_codes_stand_with_their_labels_and_definitions() -> None:
    found = {
        tuple(one["const"] for one in value["oneOf"]): value["oneOf"]
        for node in objects(schema("meeting.schema.json"))
        for key, value in node["properties"].items()
        if "oneOf" in value and key != "type"
    }
    lists = {name: tuple(codes) for name, codes in code_lists().items()}
    assert {lists[name] for name in ("stance", "role", "act", "alignment", "date-kind")} <= set(
        found
    )
    for choices in found.values():
        assert all(one["title"] and one["description"] for one in choices)
    support = next(one for one in found[lists["stance"]] if one["const"] == "support")
    assert support["title"] == "supports"


def test_every_pattern_is_one_in_javascript_too(tmp_path: Path) -> None:
    """Editors read them so, with the flag u, which allows no idle backslash."""
    patterns = sorted(
        set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', "".join(map(schema_text, FILES))))
    )
    assert len(patterns) > 8
    for pattern in map(json.loads, patterns):
        assert not re.search(r"\\[^\w$^\\.*+?()\[\]{}|/-]|\(\?P|\\[AZz]", pattern), pattern
    script = tmp_path / "patterns.js"
    script.write_text(f"[{','.join(patterns)}].forEach(p => new RegExp(p, 'u'))")
    try:
        subprocess.run(["node", str(script)], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs node for the last word on patterns")


# What people write


@pytest.mark.parametrize("path", SHIPPED + EXAMPLES, ids=lambda path: f"{path.parts[-2:]}")
def test_our_own_files_are_valid(path: Path) -> None:
    """The draft without ids and places too, as an editor sees it before `--fix`."""
    tree = read(path)
    assert [error.message for error in validator(kind_of(tree)).iter_errors(tree)] == []


def test_the_folder_that_kg_new_makes_is_valid() -> None:
    with as_file(files("kg.scaffold") / "files") as folder:
        paths = sorted(folder.rglob("*.yaml"))
        assert len(paths) == 3
        for path in paths:
            tree = read(path)
            assert [one.message for one in validator(kind_of(tree)).iter_errors(tree)] == []


def test_the_files_of_kg_new_name_a_schema_that_lies_beside_them(tmp_path: Path) -> None:
    """Editors read the first line; the schema is a copy, so that no network is needed."""
    made = create(tmp_path / "mine")
    paths = [path for path in made if path.suffix == ".yaml"]
    assert len(paths) == 3
    for path in paths:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        target = first.removeprefix("# yaml-language-server: $schema=")
        named = (path.parent / target).resolve()
        assert named in {one.resolve() for one in made}
        assert named.name == f"{kind_of(read(path))}.schema.json"
        assert named.read_bytes() == (FOLDER / named.name).read_bytes()


@pytest.fixture
def ferry(tmp_path: Path) -> Ferry:
    return copy_ferry(tmp_path)


# What no schema can see: other nodes, the document, two values at once, signs that do not show.
UNSEEN = {
    "is not defined": 4,
    "is of type": 1,
    "is defined at": 1,
    "does not stand in": 2,
    "stand nowhere": 1,
    "stand elsewhere": 1,
    "words are missing": 1,
    "take a longer phrase": 1,
    "do not follow": 1,
    "ends before it starts": 1,
    "is outside the document": 1,
    "begins or ends with white space: begin": 1,
    "is in paragraph": 1,
    "stands before the heading": 1,
    "does not say the range": 1,
    "is not the file that was coded": 1,
    "the document has": 1,
    "is over": 1,
    "may not stand in a text": 2,
}


def unseen(mistake: Mistake) -> str | None:
    return next((words for words in UNSEEN if words in mistake.message), None)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_refused_where_a_schema_can_see_it(ferry: Ferry, mistake: Mistake) -> None:
    ferry.replace(mistake.file, mistake.old, mistake.new)
    tree = read(ferry.folder / mistake.file)
    assert validator(kind_of(tree)).is_valid(tree) == (unseen(mistake) is not None)


def test_the_mistakes_that_no_schema_sees_are_these() -> None:
    assert Counter(filter(None, map(unseen, MISTAKES))) == UNSEEN


# Of one mind with the models

WRONG: list[Any] = [
    None,
    "",
    " x ",
    "x",
    "x y",
    "ä",
    "https://example.org/x",
    "https://example.org/x y",
    "graph/x#char=1,2",
    "2021-10-25",
    "2021-13-40",
    "2021-10-25T14:02:00",
    "2021-10-25T25:02:00",
    "a b c d e f g h i j k l m",
    "12.5",
    "12.50",
    0,
    -1,
    5,
    1.5,
    True,
    [],
    ["x"],
    ["x", None],
    {},
    {"en": "x"},
    {"en": ["x", "y"]},
    {"en": ""},
    {"English": "x"},
    {"find": "x"},
    {"find": ""},
]


def accepted(tree: Any, kind: str) -> bool:
    """The word of `kg validate` on one file, with every place found that waits for its document."""
    given = as_file_gives(tree)
    identify(given)
    try:
        KINDS[kind].model_validate(plain(given))
    except ValidationError:
        return False
    return True


def as_file_gives(value: Any) -> Any:
    """Plain data as the reader of files gives it."""
    if isinstance(value, dict):
        find = value.get("find")
        if isinstance(find, str) and find.strip():
            value = {"of": "x", "paragraph": 0, "start": 0, "end": 1}
        return CommentedMap((key, as_file_gives(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return CommentedSeq(as_file_gives(inner) for inner in value)
    return value


def pruned(value: Any, path: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """A tree without the nodes of lists that the path does not lead to, and the path in it."""
    if not path:
        return value, ()
    step = path[0]
    inner, rest = pruned(value[step], path[1:])
    if isinstance(value, list):
        return [inner], (0, *rest)
    small = {key: [] if holds_nodes(one) else one for key, one in value.items()}
    return {**small, step: inner}, (step, *rest)


def holds_nodes(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all keys of a tree."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict):
            yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def changed(tree: Any, path: tuple[Any, ...], *value: Any) -> Any:
    """A copy without the key at a place, or with another value there."""
    copy = deepcopy(tree)
    node = copy
    for step in path[:-1]:
        node = node[step]
    if value:
        node[path[-1]] = deepcopy(value[0])
    else:
        del node[path[-1]]
    return copy


def kinds_of_places(tree: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    """One place for each key of each kind of node, named by type or key and by key."""
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for path in places(tree):
        node = tree
        for step in path[:-1]:
            node = node[step]
        owner = next((str(step) for step in reversed(path[:-1]) if isinstance(step, str)), "")
        found.setdefault((str(node.get("type", owner)), path[-1]), path)
    return found


# A schema sees neither that a range ends before it starts nor that its id says another one; nor
# that a meeting named as a place is would give ids that are none.
LAXER = {("Passage", "id"), ("Passage", "of"), ("Passage", "start"), ("Passage", "end")}
LAXER |= {("Meeting", "id")}
LAXER |= {(n, k) for n in ("ImpreciseDate", "dates", "deadline") for k in ("earliest", "latest")}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("meetings/ferry", marks=pytest.mark.slow),
        "draft/ferry",
        "authorities/who",
        "issues/what",
    ],
)
def test_schema_and_models_agree_on_every_key(name: str) -> None:
    tree = read(FERRY / f"{name}.yaml")
    kind = kind_of(tree)
    check = validator(kind)
    tried = 0
    for (owner, key), whole in kinds_of_places(tree).items():
        small, path = pruned(tree, whole)
        assert check.is_valid(small)
        for value in [(), *((one,) for one in WRONG)]:
            new = changed(small, path, *value)
            by_schema, by_models = check.is_valid(new), accepted(new, kind)
            tried += 1
            if by_schema and not by_models and (owner, key) in LAXER:
                continue
            assert by_schema == by_models, (owner, key, value)
    assert tried > 400
