"""The kinds of values in a coding, each with the sentence that says what is wrong with another.

A value is taken as it stands in the file or refused, never converted: what the JSON-LD context
makes of the file is then the same as what `kg` makes of it. The one liberty is a single value
where a list is wanted, which is the same in RDF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from kg.codes import code_lists
from kg.findings import suggest
from kg.names import CONTEXT, is_id, is_iri

MAX_QUOTE_WORDS = 12
LONGEST_SHOWN = 60

_NO_VALUE = "there is no value: give one, or remove the key"
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# No text in RDF may hold a lone surrogate, and none in XML a control character.
_UNTEXTUAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d*[1-9]")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def in_words(value: object) -> str:
    r"""A wrong value as a message names it: short, on one line.

    >>> in_words("Monday\nmorning"), in_words(None), in_words(True), in_words([1])
    ('“Monday morning”', 'an empty value', '“true”', 'a list')
    """
    if value is None:
        return "an empty value"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "keys and values"
    text = " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def _check_text(value: object) -> str:
    if value is None:
        raise ValueError(_NO_VALUE)
    if isinstance(value, bool | int | float):
        raise ValueError(f"{in_words(value)} is read as {_kind(value)}: put it in quotes")
    if not isinstance(value, str):
        raise ValueError(f"one text belongs here, not {in_words(value)}: write it after the colon")
    if not value.strip():
        raise ValueError("the text is empty: write it, or remove the key")
    if value != value.strip():
        raise ValueError(
            "the text begins or ends with white space: remove it (a block that begins with `>-` "
            "or `|-` ends without a line break)"
        )
    if sign := _UNTEXTUAL.search(value):
        raise ValueError(f"the sign U+{ord(sign[0]):04X} may not stand in a text: remove it")
    return value


def _kind(value: bool | int | float) -> str:
    return "yes or no" if isinstance(value, bool) else "a number"


def _check_id(value: object) -> str:
    text = _check_text(value)
    if not is_id(text):
        raise ValueError(
            f"{in_words(text)} cannot be an id: use letters a–z, digits, hyphens and slashes, "
            "no spaces"
        )
    return text


def _check_reference(value: object) -> str:
    text = _check_text(value)
    if "://" not in text:
        return _check_id(text)
    if not is_iri(text):
        raise ValueError(
            f"{in_words(text)} is no web address: take out spaces, quotes and brackets"
        )
    return text


def _check_quote(value: object) -> str:
    text = _check_text(value)
    words = len(text.split())
    if words > MAX_QUOTE_WORDS:
        raise ValueError(
            f"the phrase has {words} words: store one of 3–8 words, {MAX_QUOTE_WORDS} at most"
        )
    return text


def _check_language(value: object) -> str:
    if not (isinstance(value, str) and _LANGUAGE.fullmatch(value)):
        raise ValueError(f"{in_words(value)} is no language code: write en, fi or sv")
    return value


def _check_sha256(value: object) -> str:
    if not (isinstance(value, str) and _SHA256.fullmatch(value)):
        raise ValueError("a SHA-256 has 64 digits 0–9 and a–f: let `kg validate --fix` write it")
    return value


def _check_context(value: object) -> object:
    if value != CONTEXT:
        raise ValueError(f"the context of a coding is {CONTEXT}: write that")
    return value


def _check_languages(value: object) -> object:
    if not isinstance(value, Mapping) or not value:
        raise ValueError("the text has no language: write it as {en: …, fi: …}")
    for language in value:
        _check_language(language)
    return value


def _check_day(value: object) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # a day that no calendar has: the sentence below says so too
    raise ValueError(f"{in_words(value)} is no date: write it as 2021-10-25")


def _check_moment(value: object) -> datetime:
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"{in_words(value)} is no time: write it as 2021-10-25T14:02:00")


def _check_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{in_words(value)} is no whole number: write digits only, without quotes")
    return value


def _check_decimal(value: object) -> int | str:
    """A whole number, or a decimal as text: JSON-LD would write a bare 12.5 as 1.25E1."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return value
    if isinstance(value, bool | float | str):
        raise ValueError(
            f"{in_words(value)} is no number that can be kept exactly: write whole numbers as "
            'digits and decimals in quotes without zeros at the end, as "12.5"'
        )
    return _check_number(value)


def _check_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{in_words(value)} is neither true nor false: write one of them")
    return value


def _as_list(value: object) -> list[object]:
    if value is None:
        raise ValueError(_NO_VALUE)
    return value if isinstance(value, list) else [value]


Text = Annotated[str, BeforeValidator(_check_text), Field(min_length=1)]
Id = Annotated[str, BeforeValidator(_check_id)]
Ref = Annotated[str, BeforeValidator(_check_reference)]
Quote = Annotated[str, BeforeValidator(_check_quote)]
Language = Annotated[str, BeforeValidator(_check_language), Field(pattern=f"^{_LANGUAGE.pattern}$")]
Sha256 = Annotated[str, BeforeValidator(_check_sha256), Field(pattern=f"^{_SHA256.pattern}$")]
Day = Annotated[date, BeforeValidator(_check_day)]
Moment = Annotated[datetime, BeforeValidator(_check_moment)]
Number = Annotated[int, BeforeValidator(_check_number)]
Decimal = Annotated[int | str, BeforeValidator(_check_decimal)]
Flag = Annotated[bool, BeforeValidator(_check_flag)]

AS_LIST = BeforeValidator(_as_list)
Refs = Annotated[tuple[Ref, ...], AS_LIST]
Words = Annotated[Mapping[str, Text], BeforeValidator(_check_languages)]
Texts = Annotated[tuple[Text, ...], AS_LIST]
WordLists = Annotated[
    Mapping[str, Annotated[tuple[Text, ...], AS_LIST]], BeforeValidator(_check_languages)
]
Context = Annotated[str | None, BeforeValidator(_check_context), Field(alias="@context")]


@dataclass(frozen=True)
class RefTo:
    """Marks a field that holds ids of nodes of one of these types (none named: of any type)."""

    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class InScheme:
    """Makes a text field hold a notation of a code list."""

    scheme: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(code_lists()[self.scheme])}

    def _check(self, value: object) -> str:
        text = _check_text(value)
        known = code_lists()[self.scheme]
        if text not in known:
            near = suggest(text, known)
            hint = f"did you mean {' or '.join(near)}?" if near else f"use {', '.join(known)}"
            raise ValueError(f"{in_words(text)} is not in the code list {self.scheme}; {hint}")
        return text
