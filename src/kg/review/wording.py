"""What a review says, in one language: from ``texts.toml`` and the code lists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.codes import code_label, code_lists


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((files("kg.review") / "texts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """The words of a language; raises `KeyError` for a key that there is not."""

    language: str

    def say(self, key: str, **values: object) -> str:
        """A text with its places filled.

        >>> Wording("sv").say("ask.speaker")
        'Talare'
        """
        group, _, name = key.partition(".")
        text = str(_texts()[group][name][self.language])
        return text.format(**values) if values else text

    def code(self, scheme: str, notation: object) -> str:
        """What a code is called."""
        return code_label(scheme, str(notation), self.language)

    def notation(self, scheme: str, given: str) -> str | None:
        """The code that is meant by a notation, its beginning, or its label in this language."""
        codes = code_lists()[scheme]
        wanted = given.strip().casefold()
        for notation, code in codes.items():
            labels = {code.labels.get(self.language, ""), code.labels.get("en", "")}
            if wanted in {notation.casefold(), *map(str.casefold, labels)}:
                return notation
        starts = [notation for notation in codes if notation.casefold().startswith(wanted)]
        shortest = min(starts, key=len, default="")
        alone = all(one.startswith(shortest) for one in starts)
        return shortest if wanted and starts and alone else None

    def best(self, labels: object) -> str:
        """A label in this language, in English, else in any.

        >>> Wording("fi").best({"en": "quay", "sv": "kaj"})
        'quay'
        """
        if not isinstance(labels, Mapping) or not labels:
            return ""
        found = labels.get(self.language) or labels.get("en") or next(iter(labels.values()))
        return str(found)
