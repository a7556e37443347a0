"""The markup within a paragraph of Markdown: which ranges of it are not seen, or read otherwise."""

from __future__ import annotations

import re
from html import unescape

# A range, and what is seen in its place.
Hidden = tuple[int, int, str]

# Each alternative is bounded or looks at each character once.
_PIECE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`{1,8})"
    r"|(?P<comment><!--)"
    r"|(?P<struck>~~)"
    r"|(?P<note>\[\^[^\]\s]{1,40}\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<auto><(?:https?://|mailto:)[^\s<>]{1,500}>)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,400})?/?>)"
    r"|(?P<entity>&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<stars>\*{1,3}|_{1,3})"
)
_TARGET = re.compile(r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)|\[[^\[\]\n]{0,200}\]")


def hidden(text: str, start: int, end: int) -> list[Hidden]:
    """The ranges of a paragraph, from `start` to `end` of a text, that are markup, in order.

    >>> hidden("see **the** [plan](p.md)", 0, 24)
    [(4, 6, ''), (9, 11, ''), (12, 13, ''), (17, 24, '')]
    """
    found = _Inline(text, start, end)
    return sorted(found.ranges)


class _Inline:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.ranges: list[Hidden] = []
        self._text, self._end = text, end
        self._stars: list[tuple[int, int]] = []
        self._brackets: list[tuple[int, int, int]] = []  # with the count of ranges before
        self._no_more: set[str] = set()
        position = start
        while found := _PIECE.search(text, position, end):
            position = self._take(found)

    def _take(self, found: re.Match[str]) -> int:
        """Take one piece; where to go on."""
        start, end = found.span()
        match found.lastgroup:
            case "escape":
                self.ranges.append((start, start + 1, ""))
            case "code":
                return self._between(found, drop=False)
            case "comment":
                return self._between(found, "-->", drop=True)
            case "struck":
                return self._between(found, drop=True)
            case "note":
                self.ranges.append((start, end, ""))
            case "open":
                self._brackets.append((start, end, len(self.ranges)))
            case "close":
                return self._close(end)
            case "auto":
                self.ranges += [(start, start + 1, ""), (end - 1, end, "")]
            case "tag":
                self.ranges.append((start, end, " " if found[0][1:3].lower() == "br" else ""))
            case "entity":
                if (seen := unescape(found[0])) != found[0]:
                    self.ranges.append((start, end, seen))
            case _:
                self._emphasis(start, end)
        return end

    def _between(self, found: re.Match[str], closer: str = "", *, drop: bool) -> int:
        """Take what stands up to the closing sign; without one the sign is text."""
        closer = closer or found[0]
        start, end = found.span()
        close = -1 if closer in self._no_more else self._text.find(closer, end, self._end)
        if close < 0:
            self._no_more.add(closer)  # not looked for again
            return end
        after = close + len(closer)
        self.ranges += [(start, after, "")] if drop else [(start, end, ""), (close, after, "")]
        return after

    def _close(self, end: int) -> int:
        """End a link or picture: its text is seen, its target is not."""
        if not self._brackets:
            return end
        start, after, count = self._brackets.pop()
        target = _TARGET.match(self._text, end, self._end)
        if target is None:
            return end
        if self._text[start] == "!":
            self.ranges[count:] = [one for one in self.ranges[count:] if one[0] < start]
            self.ranges.append((start, target.end(), ""))
        else:
            self.ranges += [(start, after, ""), (end - 1, target.end(), "")]
        return target.end()

    def _emphasis(self, start: int, end: int) -> None:
        """Pair a run of stars or underlines with an open one; alone it is text."""
        before = self._text[start - 1 : start] or " "
        after = self._text[end : end + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
        if self._text[start] == "_" and before.isalnum() and after.isalnum():
            return
        if closes and self._stars:
            sign, wide = self._text[start], end - start
            opener = self._stars[-1]
            if self._text[opener[0]] == sign and opener[1] - opener[0] == wide:
                self._stars.pop()
                self.ranges += [(*opener, ""), (start, end, "")]
                return
        if opens:
            self._stars.append((start, end))
