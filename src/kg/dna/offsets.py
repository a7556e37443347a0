"""Offsets in a document's text: DNA counts UTF-16 units, as Java does; evidence counts code points.

They differ from the first sign outside the Basic Multilingual Plane on (an emoji, say).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class Content:
    """The text of a document, with its signs counted both ways.

    >>> text = Content("a 😀 b")
    >>> text.points(5, 6), text.units(4, 5)
    ((4, 5), (5, 6))
    """

    text: str

    @property
    def filed(self) -> str:
        """The text as its file has it: an empty one is a line end, since a document has a sign."""
        return self.text or "\n"

    @cached_property
    def raw(self) -> bytes:
        r"""The bytes of its file, from which a reader gets `filed`.

        A text that itself begins with U+FEFF has another before it: readers take one for a byte
        order mark, and offsets would be one off.

        >>> Content("\ufeffa").raw.decode("utf-8-sig"), Content("").raw
        ('\ufeffa', b'\n')
        """
        return self.filed.encode("utf-8-sig" if self.filed.startswith("\ufeff") else "utf-8")

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of `raw`."""
        return sha256(self.raw).hexdigest()

    @cached_property
    def _wide(self) -> tuple[int, ...]:
        """Where the signs of two units stand, in code points."""
        return tuple(place for place, sign in enumerate(self.text) if ord(sign) > 0xFFFF)

    @cached_property
    def _wide_units(self) -> tuple[int, ...]:
        """Where they stand in units."""
        return tuple(place + before for before, place in enumerate(self._wide))

    def points(self, start: int, stop: int) -> tuple[int, int]:
        """A range in units as one in code points; half a sign counts as the whole."""
        return (
            start - bisect_left(self._wide_units, start),
            stop - bisect_left(self._wide_units, stop - 1),
        )

    def units(self, start: int, end: int) -> tuple[int, int]:
        """A range in code points as one in units."""
        return start + bisect_left(self._wide, start), end + bisect_left(self._wide, end)

    def trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """A range in code points without the white space at its ends; None if nothing is left."""
        if not 0 <= start < end <= len(self.text):
            return None
        words = self.text[start:end]
        first = start + len(words) - len(words.lstrip())
        last = end - (len(words) - len(words.rstrip()))
        return (first, last) if first < last else None
