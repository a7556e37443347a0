"""JSON Schemas of the coding files, so that editors without Python help and check.

The keys come from the models, their help from the ontology by way of the context, codes and their
labels from the code lists. A schema takes what a person may write before `kg validate --fix`, and
sees one value at a time: what ids refer to, the order of two dates and quotes in their document
are for `kg validate` alone.

Source: JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pyoxigraph as ox
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kg.codes import code_lists
from kg.coding import fields
from kg.coding.fields import AS_LIST, InScheme
from kg.coding.model import RESERVED_IDS, Entry, Meeting, Passage
from kg.coding.register import Proposition, Register
from kg.coding.terms import Slot, expand, models_in, slots, types_of
from kg.coding.validation import models
from kg.folders import write_atomically
from kg.names import CONTEXT, ID_PATTERN, RDFS, SCHEMAS, SKOS, VANN, code
from kg.resources import CODES_FILE, MODEL_FILE, ontology_dir

FILES: Final[Mapping[str, type[BaseModel]]] = {
    "meeting.schema.json": Meeting,
    "register.schema.json": Register,
}
"""The schemas by the names of their files."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Keys that `kg` adds to a node wherever it can, and nodes whose ids are the writer's to choose.
ADDED_KEYS = frozenset({"id", "type", "sequence"})
NAMED_BY_WRITER = frozenset({Proposition})

_END = r"(?![\s\S])"  # unlike $, not before a last line break
_LANGUAGE = f"^[a-z]{{2,3}}{_END}"
_IRI = r'[a-z][a-z0-9+.-]*://[^\s/<>"{}|\\^`\[\]][^\s<>"{}|\\^`\[\]]*'
_PLACE = rf"{ID_PATTERN}(#char=\d+,\d+)?"


def _ref(name: str) -> JsonSchemaValue:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_more(item: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _text(pattern: str, **more: Any) -> JsonSchemaValue:
    return {"type": "string", "pattern": f"^(?:{pattern}){_END}", **more}


def _by_language(value: JsonSchemaValue) -> JsonSchemaValue:
    return {
        "type": "object",
        "description": "Texts by language code: {en: …, fi: …, sv: …}.",
        "properties": dict.fromkeys(("en", "fi", "sv"), value),
        "additionalProperties": value,
        "propertyNames": {"pattern": _LANGUAGE},
        "minProperties": 1,
    }


# Each kind of value in `kg.coding.fields`, as far as a schema can say it.
_VALUES: Mapping[str, JsonSchemaValue] = {
    "Text": _text(r"\S(?:[\s\S]*\S)?"),
    "Id": _text(_PLACE),
    "Ref": _text(f"{_PLACE}|{_IRI}"),
    "Quote": _text(rf"\S+(?:\s+\S+){{0,{fields.MAX_QUOTE_WORDS - 1}}}"),
    "Language": {"type": "string", "pattern": _LANGUAGE},
    "Sha256": _text("[0-9a-f]{64}"),
    "Day": _text(r"\d{4}-\d{2}-\d{2}", format="date"),
    "Moment": _text(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d"),
    "Number": {"type": "integer"},
    "Decimal": {"anyOf": [{"type": "integer"}, _text(r"-?(0|[1-9]\d*)\.\d*[1-9]")]},
    "Flag": {"type": "boolean"},
    "Words": _by_language(_ref("Text")),
    "WordLists": _by_language(_one_or_more(_ref("Text"))),
    "Context": {"const": CONTEXT, "description": "The JSON-LD context of codings."},
}
_FIND: JsonSchemaValue = {"type": "string", "pattern": r"\S"}
_KIND_OF = {get_args(getattr(fields, name))[1].func: name for name in _VALUES}
_KINDS_OF_WORDS = get_args(fields.Words)[1].func  # the same check, with one or several texts


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with our kinds of values by name and single values for lists."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        function = schema["function"]["function"]
        made = super().function_before_schema(schema)
        if function == _KINDS_OF_WORDS:
            return {"kind": "WordLists" if "anyOf" in made["additionalProperties"] else "Words"}
        if function in _KIND_OF:
            return {"kind": _KIND_OF[function]}
        return _one_or_more(made["items"]) if function is AS_LIST.func else made


def schema(name: str) -> JsonSchemaValue:
    """The schema of one of `FILES`, with its address, help texts and codes."""
    root = FILES[name]
    made = root.model_json_schema(schema_generator=_Generator)
    definitions = made.pop("$defs")
    kinds = {**{kind.__name__: kind for kind in models().values()}, root.__name__: root}
    definitions[root.__name__] = made
    definitions = {
        title: _with_refs(_completed(definition, kinds[title], root))
        for title, definition in definitions.items()
    }
    top = definitions.pop(root.__name__)
    definitions |= _VALUES
    used = _named_in(top, definitions)
    kept = {kind: value for kind, value in definitions.items() if kind in used}
    return {"$schema": DIALECT, "$id": SCHEMAS + name, **top, "$defs": kept}


def _named_in(value: Any, definitions: Mapping[str, Any]) -> set[str]:
    """The definitions that a schema refers to, also by way of others."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        names = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(waiting.pop()))) - found
        found |= names
        waiting += [definitions[name] for name in names]
    return found


# Pydantic leaves the bound of a number as it is in the model; lengths and patterns the kinds say.
_BOUNDS = {"ge": "minimum"}
_KEPT = {"title", "description", "default", *_BOUNDS}


def _with_refs(value: Any) -> Any:
    """A schema with references in the place of the names of kinds."""
    if isinstance(value, list):
        return [_with_refs(item) for item in value]
    if not isinstance(value, dict):
        return value
    if not isinstance(value.get("kind"), str):
        return {key: _with_refs(item) for key, item in value.items()}
    made = {_BOUNDS.get(key, key): item for key, item in value.items() if key in _KEPT}
    return {**_ref(value["kind"]), **made}


def schema_text(name: str) -> str:
    """The text of a schema's file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a folder; raises `OutputError` if it cannot be written."""
    for name in FILES:
        write_atomically(folder / name, schema_text(name))
    return [folder / name for name in FILES]


def _completed(
    made: JsonSchemaValue, kind: type[BaseModel], root: type[BaseModel]
) -> JsonSchemaValue:
    """A model's schema with the help of the ontology, and with what its validators say."""
    properties = {
        **made["properties"],
        "@context": {"kind": "Context"},
        "id": {"kind": "Id", "description": "What others call this node by."},
        "find": {**_FIND, "description": "The words, or: first words … last words."},
    }
    if "entities" in properties:
        properties["entities"]["description"] = "The entities that meetings refer to."
    if "type" in properties:
        properties["type"] = _one_of_types(kind)
    for slot in slots(kind):
        properties[slot.term.key] = _property(properties[slot.term.key], slot, kind)
    keys = [field.alias or name for name, field in kind.model_fields.items()]
    own = [slot.term.key for slot in slots(kind)]
    order = [*(key for key in keys if key not in own), *own]
    order += ["find"] if kind is Passage else []
    title, description = _about_model(kind)
    required: JsonSchemaValue = {"required": _required(made, kind, root, order)}
    if kind is Passage:
        required = {"anyOf": [{"required": ["find"]}, required]}
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": {key: properties[key] for key in order},
        **required,
        "additionalProperties": False,
        **_RULES.get(kind, {}),
    }


def _property(made: JsonSchemaValue, slot: Slot, kind: type[BaseModel]) -> JsonSchemaValue:
    name = next(
        key for key, one in kind.model_fields.items() if (one.alias or key) == slot.term.key
    )
    field = kind.model_fields[name]
    if scheme := _scheme((field.annotation, *field.metadata)):
        made = _with_codes(made, scheme)
    label, definition = _about(_subject(slot), slot.term.key)
    kept = {key: value for key, value in made.items() if key != "title"}
    if kept.get("default", "") in (None, []):
        del kept["default"]
    return {"title": label, "description": definition, **kept}


def _subject(slot: Slot) -> str:
    """What a key is explained by: its property, or for nodes that name their owner their class."""
    if slot.term.reverse:
        return expand(slot.types[0])
    return slot.term.iri


def _scheme(annotation: Any) -> str | None:
    """The code list of a field, wherever in its annotation it stands."""
    if isinstance(annotation, InScheme):
        return annotation.scheme
    inner = annotation if isinstance(annotation, tuple) else get_args(annotation)
    return next(filter(None, map(_scheme, inner)), None)


def _with_codes(made: JsonSchemaValue, scheme: str) -> JsonSchemaValue:
    if "anyOf" in made:
        return {**made, "anyOf": [_with_codes(one, scheme) for one in made["anyOf"]]}
    if "enum" not in made:
        return made
    codes = [_choice(one, code(scheme, one)) for one in code_lists()[scheme]]
    return {**{key: value for key, value in made.items() if key != "enum"}, "oneOf": codes}


def _one_of_types(kind: type[BaseModel]) -> JsonSchemaValue:
    return {
        "description": "The class of the node.",
        "oneOf": [_choice(name, expand(name)) for name in types_of(kind)],
    }


def _about_model(kind: type[BaseModel]) -> tuple[str, str]:
    """Title and description of a model: those of its class, or its own words for several."""
    names = types_of(kind) if "type" in kind.model_fields else ()
    if len(names) == 1:
        return _about(expand(names[0]), names[0])
    return kind.__name__, " ".join((kind.__doc__ or "").split())


def _required(
    made: JsonSchemaValue, kind: type[BaseModel], root: type[BaseModel], order: list[str]
) -> list[str]:
    """The keys that a person must write; `kg` adds the others."""
    stated = set(made.get("required", ()))
    entities = set(models_in(Register.model_fields["entities"].annotation))
    if root is Register and kind in entities:
        wanted = stated | {"id", "type"}
    elif kind in {Meeting, *NAMED_BY_WRITER}:
        wanted = (stated - ADDED_KEYS) | {"id"}
    else:
        wanted = stated - ADDED_KEYS
    return [key for key in order if key in wanted]


def _entry(speaker: str, name: str, *required: str) -> JsonSchemaValue:
    properties = {"speaker": {"type": speaker}, "type": {"const": name}}
    return {"properties": properties, "required": list(required)}


# What validators of models say and a schema can repeat.
_RULES: Mapping[type[BaseModel], JsonSchemaValue] = {
    # An empty `speaker` names nobody, but is there: only a stated `Entry` may have it.
    Entry: {
        "if": {"required": ["speaker"]},
        "then": {"anyOf": [_entry("string", "SpeechAct"), _entry("null", "Entry", "type")]},
        "else": {"properties": {"type": {"const": "Entry"}}},
    },
    Meeting: {"not": {"properties": {"id": {"enum": list(RESERVED_IDS)}}, "required": ["id"]}},
}


@cache
def _texts() -> Mapping[tuple[str, str], str]:
    """The English labels, definitions and usage notes of the ontology, by term and property."""
    return {
        (triple.subject.value, triple.predicate.value): triple.object.value
        for file in (MODEL_FILE, CODES_FILE)
        for triple in ox.parse(path=ontology_dir() / file, format=ox.RdfFormat.TURTLE)
        if isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == "en"
    }


def _about(iri: str, word: str) -> tuple[str, str]:
    """A term's label and definition in English; of a term of others, our word and its use in APRO.

    Raises `KeyError` for a term that the ontology does not explain.
    """
    texts = _texts()
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).lower()
    label = texts.get((iri, f"{RDFS}label")) or texts.get((iri, f"{SKOS}prefLabel")) or spaced
    definition = texts.get((iri, f"{SKOS}definition")) or texts[iri, f"{VANN}usageNote"]
    return label, definition


def _choice(word: str, iri: str) -> JsonSchemaValue:
    label, definition = _about(iri, word)
    return {"const": word, "title": label, "description": definition}
