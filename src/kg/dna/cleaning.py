"""Texts of a DNA database as codings can hold them."""

from __future__ import annotations

import re

# What no text of a coding may hold, see kg.coding.fields.
_UNTEXTUAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""A text as a coding can hold it: on one line, without control signs and outer white space.

    >>> clean(" one\n two\x00 ")
    'one two'
    """
    return " ".join(_UNTEXTUAL.sub(" ", text).split())
