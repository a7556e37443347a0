"""A file against its model: each error of pydantic becomes a sentence with line and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kg.coding.fields import in_words
from kg.coding.model import Meeting, Node, Passage
from kg.coding.register import Register
from kg.coding.yamlfile import YamlFile, is_sequence, plain
from kg.findings import Finding, suggest

Steps = tuple[str | int, ...]


def validate(
    file: YamlFile, kind: type[Meeting] | type[Register], located: bool = False
) -> tuple[Meeting | Register | None, list[Finding]]:
    """Check a tree against its model; every error becomes a finding with its line.

    `located` tells that places were looked for in the source: those not found are reported already.
    """
    data = plain(file.tree)
    if wrong := _wrong_folder(file, kind):
        return None, [wrong]
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = (_finding(file, kind, data, detail, located) for detail in details)
        return None, [finding for finding in found if finding]


def _wrong_folder(file: YamlFile, kind: type[BaseModel]) -> Finding | None:
    if kind is Meeting and "entities" in file.tree:
        return file.finding(
            ["entities"], "this is a register: move it to `authorities`, `issues` or `reforms`"
        )
    if kind is Register and "items" in file.tree:
        return file.finding(["items"], "this is a meeting: move it to the folder `meetings`")
    return None


def _finding(
    file: YamlFile, kind: type[BaseModel], data: Any, detail: ErrorDetails, located: bool
) -> Finding | None:
    location, nodes = _in_file(detail, data)
    if location[-2:-1] == ("at",) and detail["type"] in {"missing", "extra_forbidden"}:
        # An unfinished place lacks several keys at once: one finding says it.
        if located and "find" in nodes[-1]:
            return None
        location = location[:-1]
        message = "the place is not complete: let `kg validate --fix --sources DIR` write it"
    else:
        owner = _model(nodes[-1], location, kind)
        message = _MESSAGES.get(detail["type"], _unusable)(detail, owner)
    return file.finding(location, f"{name_place(data, location)}: {message}")


def _in_file(detail: ErrorDetails, data: Any) -> tuple[Steps, list[Any]]:
    """The steps of pydantic's location that the file has, and the mappings on the way.

    Its location also has the tags of unions, and an index where a single value stands for a list.
    """
    path: list[str | int] = []
    node, mappings = data, [data]
    for step in detail["loc"]:
        if isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif isinstance(node, dict) and step in node:
            node = node[str(step)]
        else:
            continue
        path.append(step)
        if isinstance(node, dict):
            mappings.append(node)
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    elif detail["type"].startswith("union_tag"):
        path.append("type")
    elif detail["type"] == "extra_forbidden" and isinstance(node, dict):
        mappings.pop()  # the value of the unknown key is no node
    return tuple(path), mappings


def name_place(data: Any, location: Steps) -> str:
    """A place in words: the innermost node that has a type or id, and the keys from there.

    >>> name_place({"type": "Meeting", "id": "m", "place": {"en": ""}}, ("place", "en"))
    'Meeting m, place.en'
    """
    named, rest, node = "", location, data
    for index, step in enumerate((None, *location)):
        if step is not None:
            node = _step(node, step)
        if isinstance(node, Mapping) and (node.get("type") or node.get("id")):
            parts = (node.get("type"), node.get("id"))
            named = " ".join(" ".join(part.split()) for part in parts if isinstance(part, str))
            rest = location[index:]
    keys = ".".join(str(step) for step in rest)
    return ", ".join(filter(None, (named, keys))) or "the file"


def _step(node: Any, step: str | int) -> Any:
    if isinstance(node, Mapping):
        return node.get(step)
    return node[step] if is_sequence(node) and isinstance(step, int) and step < len(node) else None


def _missing(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    return f"the key `{detail['loc'][-1]}` is missing: add it"


def _unknown_key(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    key = str(detail["loc"][-1])
    fields = owner.model_fields.items() if owner else ()
    near = suggest(key, [field.alias or name for name, field in fields], most=1)
    hint = f" (did you mean `{near[0]}`?)" if near else ""
    return f"the key `{key}` is not known here{hint}: correct or remove it"


def _own(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    return str(detail["ctx"]["error"])


def _wrong_word(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    wanted = detail["ctx"]["expected"].replace("'", "")
    return f"{in_words(detail['input'])} is not what belongs here: write {wanted}"


def _too_small(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    return f"{detail['input']} is too small: write {detail['ctx']['ge']} or more"


def _no_keys(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    kind = detail.get("ctx", {}).get("class_name", "entity")
    return f"the keys of a node ({kind}) belong here, not {in_words(detail['input'])}: write them"


def _wrong_type(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    known = re.findall(r"'(\w+)'", detail["ctx"]["expected_tags"])
    stated = detail["input"]["type"]
    near = suggest(str(stated), known)
    hint = f"did you mean {' or '.join(near)}?" if near else f"write {', '.join(known)}"
    return f"{in_words(stated)} is no type that a register holds; {hint}"


def _no_type(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    return "the key `type` is missing: add it, as in `type: Body`"


def _unusable(detail: ErrorDetails, owner: type[BaseModel] | None) -> str:
    return f"{in_words(detail['input'])} is not what belongs here: correct it"


# By pydantic's error types (https://docs.pydantic.dev/latest/errors/validation_errors/). The kinds
# of values in kg.coding.fields bring their own sentences, as `value_error`.
_MESSAGES: Mapping[str, Callable[[ErrorDetails, type[BaseModel] | None], str]] = {
    "value_error": _own,
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _wrong_word,
    "greater_than_equal": _too_small,
    "model_type": _no_keys,
    "model_attributes_type": _no_keys,
    "union_tag_invalid": _wrong_type,
    "union_tag_not_found": _no_type,
}


def _model(node: Any, location: Steps, root: type[BaseModel]) -> type[BaseModel] | None:
    """The model that a mapping of the file is read with."""
    if isinstance(node, Mapping) and isinstance(node.get("type"), str):
        return models().get(node["type"])
    if location[-1:] == ("at",) or location[-2:-1] == ("at",):
        return Passage
    return root if len(location) < 2 else None


@cache
def models() -> Mapping[str, type[Node]]:
    """The model of each type that a coding may name."""
    return {
        name: kind
        for kind in _all_models()
        if issubclass(kind, Node) and "type" in kind.model_fields
        for name in get_args(kind.model_fields["type"].annotation)
    }


def _all_models() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = {Meeting, Register}
    queue = list(found)
    while queue:
        for field in queue.pop().model_fields.values():
            new = set(_models_in(field.annotation)) - found
            found |= new
            queue += new
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
