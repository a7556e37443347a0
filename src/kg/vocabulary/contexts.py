"""The JSON-LD context as a table: which key of a coding file is which property."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.vocabulary.reading import read_text


@dataclass(frozen=True)
class ContextKey:
    """One key: the term it stands for (a keyword such as ``@id`` stays), and how values are read.

    `inverse` is set where the value is the subject, `vocabulary` where values are short forms of
    IRIs that begin so; `within` names the key in whose object alone this one means that.
    """

    name: str
    iri: str
    type: str = ""
    containers: tuple[str, ...] = ()
    inverse: bool = False
    vocabulary: str = ""
    within: str = ""


def read_context(path: Path) -> tuple[ContextKey, ...]:
    """The keys of a context file, in its order; prefixes are left out.

    Raises `InputError` for a file that is missing or no JSON-LD context.
    """
    try:
        context = json.loads(read_text(path))["@context"]
        return tuple(_keys(context, _prefixes(context), ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no JSON-LD context ({error}): correct it") from error


def _prefixes(context: Mapping[str, Any]) -> dict[str, str]:
    texts = {key: value for key, value in context.items() if isinstance(value, str)}
    return {key: value for key, value in texts.items() if "://" in value and key[0] != "@"}


def _keys(
    context: Mapping[str, Any], prefixes: Mapping[str, str], within: str
) -> Iterator[ContextKey]:
    for name, value in context.items():
        if name in prefixes or name.startswith("@"):
            continue
        entry: dict[str, Any] = {"@id": value} if isinstance(value, str) else dict(value or {})
        inner = entry.get("@context") or {}
        iri = entry.get("@reverse") or entry.get("@id") or name
        containers = entry.get("@container", [])
        yield ContextKey(
            name=name,
            iri=_expanded(str(iri), prefixes),
            type=str(entry.get("@type", "")),
            containers=(containers,) if isinstance(containers, str) else tuple(containers),
            inverse="@reverse" in entry,
            vocabulary=str(inner.get("@vocab") or ""),
            within=within,
        )
        if "@vocab" not in inner:
            yield from _keys(inner, prefixes, name)


def _expanded(text: str, prefixes: Mapping[str, str]) -> str:
    """A compact IRI in full.

    >>> _expanded("ex:Ship", {"ex": "https://example.org/"}), _expanded("@id", {})
    ('https://example.org/Ship', '@id')
    """
    prefix, colon, name = text.partition(":")
    return prefixes[prefix] + name if colon and prefix in prefixes else text
