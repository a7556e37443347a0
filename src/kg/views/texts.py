"""Texts of a page: every text stands once in a table, and the page switches by index.

The interface's own texts are in ``ui/*.toml``, each in English, Finnish and Swedish.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from kg.statements import LANGUAGES, Label, Language


@cache
def interface() -> dict[str, Label]:
    """The interface texts by dotted key.

    >>> interface()["controls.close"].fi
    'Sulje'
    """
    found: dict[str, Label] = {}
    folder = files("kg.views") / "ui"
    for file in sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml")):
        texts = read_texts("kg.views", f"ui/{file}")
        if twice := found.keys() & texts.keys():
            raise ValueError(f"ui/{file}: {min(twice)} stands in another file, too")
        found |= texts
    return found


def read_texts(package: str, file: str) -> dict[str, Label]:
    """The texts of a TOML file in a package, by dotted key.

    Raises `ValueError` for a text that is not in each language.
    """
    document = tomllib.loads((files(package) / file).read_text(encoding="utf-8"))
    return dict(_labels(document, "", file))


def _labels(table: dict[str, object], prefix: str, file: str) -> Iterator[tuple[str, Label]]:
    for key, value in table.items():
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            yield f"{prefix}{key}", Label(**value)
        elif isinstance(value, dict):
            yield from _labels(value, f"{prefix}{key}.", file)
        else:
            raise ValueError(f"{file}: {prefix}{key} must have exactly en, fi and sv")


def phrase(key: str, **values: Label | str | int) -> Label:
    """An interface text with its places filled, in each language.

    >>> phrase("heading.disagreement", a=Label.same("STM"), b=Label("SM", "SM", "IM")).sv
    'Vad STM och IM är oense om'
    """
    return Label(*(_filled(key, language, values) for language in LANGUAGES))


def counted(key: str, number: int, **values: Label | str | int) -> Label:
    """`phrase` in the singular (``key.one``) or plural (``key.other``), with {n} filled."""
    return phrase(f"{key}.one" if number == 1 else f"{key}.other", n=number, **values)


def _filled(key: str, language: Language, values: dict[str, Label | str | int]) -> str:
    chosen = {k: v.get(language) if isinstance(v, Label) else v for k, v in values.items()}
    return interface()[key].get(language).format(**chosen)


class Texts:
    """The text table of one page, in the order in which texts are first used."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._index: dict[Label, int] = {}

    def add(self, label: Label) -> int:
        """The index of `label`, which is entered when it is new."""
        return self._index.setdefault(label, len(self._index))

    def rows(self) -> list[list[str] | str]:
        """The table for the page: one row per text, in the order of `LANGUAGES`.

        A text that is the same in each language stands alone.
        """
        return [_row(label) for label in self._index]

    def show(self, label: Label) -> Markup:
        """An element whose text follows the language."""
        index, text = self.add(label), escape(label.get(self.language))
        return Markup('<bdi data-i="{}">{}</bdi>').format(index, text)

    def ui(self, key: str) -> Markup:
        """`show` for an interface text."""
        return self.show(interface()[key])

    def attribute(self, name: str, key: str) -> Markup:
        """An attribute whose value follows the language."""
        label = interface()[key]
        text, index = label.get(self.language), self.add(label)
        return Markup('{0}="{1}" data-i-{0}="{2}"').format(name, text, index)


def _row(label: Label) -> list[str] | str:
    if label.en == label.fi == label.sv:
        return label.en
    return [label.get(language) for language in LANGUAGES]
