"""What is known of a language or a country, from data files: adding one is adding files.

``data/languages/CODE/*.toml`` hold words of one language (verbs of saying, roles, headings, months
…), one file a subject; ``data/countries/CODE.toml`` the bodies of a country with their names and
abbreviations. Each reader takes the subject that it needs and says what its file must hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.resources import data_dir


@dataclass(frozen=True)
class Body:
    """A body of a country: `key` is its usual abbreviation, else its name; `names` all others."""

    key: str
    names: tuple[str, ...]


def languages() -> tuple[str, ...]:
    """The codes of the languages that are known, in order."""
    return tuple(sorted(path.name for path in (data_dir() / "languages").iterdir()))


@cache
def subject(language: str, name: str) -> Mapping[str, Any]:
    """One file of a language, as it stands: ``data/languages/LANGUAGE/NAME.toml``.

    Raises `InputError` if there is no such file or it is no TOML.
    """
    return _table(data_dir() / "languages" / language / f"{name}.toml")


@cache
def bodies() -> tuple[Body, ...]:
    """The bodies of all countries: ``data/countries/*.toml``, each a list of tables `bodies`."""
    files = sorted((data_dir() / "countries").glob("*.toml"))
    rows = [row for path in files for row in _table(path)["bodies"]]
    return tuple(Body(row["key"], tuple(row["names"])) for row in rows)


def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): a language needs this file"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML ({error}): correct it") from error
