"""The numbers of lists as they are seen: 3, c, C, iii, III."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN = 3999
_MOST_LETTERS = 780  # “z” thirty times: Word repeats the letter


def number_as(number: int, form: str) -> str:
    """A number in a form: ``1``, ``a``, ``A``, ``i``, ``I`` as in HTML; else decimal.

    >>> [number_as(4, form) for form in "1aAiI"]
    ['4', 'd', 'D', 'iv', 'IV']
    """
    if form in {"a", "A"} and 0 < number <= _MOST_LETTERS:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "a" else letter.upper()
    if form in {"i", "I"} and 0 < number <= _MOST_ROMAN:
        return _roman(number) if form == "i" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    signs: list[str] = []
    for value, sign in _ROMAN:
        signs.append(sign * (number // value))
        number %= value
    return "".join(signs)
