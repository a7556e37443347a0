"""The report's words in one language: from ``texts.toml``, and from the interface of the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter

from kg.codes import code_label
from kg.report.blocks import Line, Piece, Text
from kg.statements import Label, Language
from kg.views.texts import interface, read_texts

Value = str | int | Line


@cache
def texts() -> dict[str, Label]:
    """The texts by dotted key.

    >>> texts()["title"].sv
    'Vem är oense med vem, och om vad'
    """
    return read_texts("kg.report", "texts.toml")


@dataclass(frozen=True)
class Wording:
    """What is said, in a language; raises `KeyError` for a key that there is not."""

    language: Language

    def say(self, key: str, **values: str | int) -> str:
        """A text with its places filled.

        >>> Wording("fi").say("kind.opposed")
        'Vastakkain'
        """
        return self._text(key).format(**values)

    def line(self, key: str, **values: Value) -> Line:
        """A text whose places may be filled with links and signs.

        >>> from kg.report.blocks import Link
        >>> Wording("en").line("pair.name", a=(Link("SM", "s1"),), b="STM")
        (Link(text='SM', anchor='s1', label=''), Text(text=' – STM', look='', reported=False))
        """
        pieces: list[Piece] = []
        for before, place, _, _ in Formatter().parse(self._text(key)):
            _add(pieces, (Text(before),) if before else ())
            if place is not None:
                value = values[place]
                _add(pieces, value if isinstance(value, tuple) else (Text(str(value)),))
        return tuple(pieces)

    def counted(self, key: str, number: int, **values: str | int) -> str:
        """`say` in the singular (``key.one``) or the plural (``key.other``), with {n} filled."""
        return self.say(_form(key, number), n=number, **values)

    def counted_line(self, key: str, number: int, **values: Value) -> Line:
        """`line` in the singular or the plural, with {n} filled."""
        return self.line(_form(key, number), n=number, **values)

    def code(self, scheme: str, notation: str) -> str:
        """What a code is called; a code of no list as it stands."""
        return code_label(scheme, notation, self.language) if notation else ""

    def number(self, value: float, digits: int = 2) -> str:
        """A number with the decimal sign of the language.

        >>> Wording("sv").number(0.5)
        '0,50'
        """
        text = f"{value:.{digits}f}"
        return text if self.language == "en" else text.replace(".", ",")

    def percent(self, share: float) -> str:
        """A share in whole per cent.

        >>> Wording("en").percent(0.25)
        '25%'
        """
        return f"{share:.0%}" if self.language == "en" else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"

    def listed(self, words: Iterable[str]) -> str:
        """Words with commas, and “and” before the last."""
        given = list(words)
        if len(given) < 2:
            return "".join(given)
        return self.say("and", a=", ".join(given[:-1]), b=given[-1])

    def _text(self, key: str) -> str:
        found = texts().get(key) or interface()[key]
        return found.get(self.language)


def _form(key: str, number: int) -> str:
    return f"{key}.one" if number == 1 else f"{key}.other"


def _add(pieces: list[Piece], more: Line) -> None:
    """Add pieces; a plain text joins the plain text before it."""
    for piece in more:
        last = pieces[-1] if pieces else None
        if isinstance(piece, Text) and isinstance(last, Text) and not (piece.look or last.look):
            pieces[-1] = Text(last.text + piece.text)
        else:
            pieces.append(piece)
