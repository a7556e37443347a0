"""The pages' own texts, each in English, Finnish and Swedish, from ``texts.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kg.statements import LANGUAGES, Label, Language


@cache
def wordings() -> dict[str, dict[str, Label]]:
    """The texts by group and key.

    >>> wordings()["page"]["codes"].fi
    'Koodistot'
    """
    text = (files("kg.vocabulary") / "texts.toml").read_text(encoding="utf-8")
    return {
        group: {key: _label(f"{group}.{key}", value) for key, value in entries.items()}
        for group, entries in tomllib.loads(text).items()
    }


def _label(key: str, value: dict[str, str]) -> Label:
    if set(value) != set(LANGUAGES):
        raise ValueError(f"texts.toml: {key} must have exactly en, fi and sv")
    return Label(**value)


def wording(language: Language, group: str, key: str, **values: object) -> str:
    """One text with its places filled; raises `KeyError` where there is none."""
    return wordings()[group][key].get(language).format(**values)


def wording_or(language: Language, group: str, key: str, otherwise: str) -> str:
    """One text without places, or `otherwise` where the table has none for what data name."""
    found = wordings()[group].get(key)
    return found.get(language) if found else otherwise
