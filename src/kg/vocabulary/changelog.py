"""The changelog, a Markdown file, as HTML; no HTML in the file reaches the page."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from kg.errors import InputError

FILE = "CHANGELOG.md"


def read_changelog(folder: Path) -> str:
    """The text of the changelog; nothing where there is none. Raises `InputError` if unreadable."""
    path = folder / FILE
    if not path.exists():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def changelog_html(text: str) -> Markup:
    r"""Markdown (CommonMark with tables) as HTML below a page's second heading.

    The title is left out, other headings go one level down, and each table gets the heading above
    it as caption.

    >>> changelog_html("# Changes\n\n## 1.0.0\n\n*new*")
    Markup('<h3>1.0.0</h3>\n<p><em>new</em></p>\n')
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = _without_title(reader.parse(text))
    return Markup(reader.renderer.render(_with_captions(tokens), reader.options, {}))


def _without_title(tokens: list[Token]) -> list[Token]:
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[3:]
    return tokens


def _with_captions(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    heading = ""
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.type == "heading_open":
            heading = tokens[index + 1].content
        if token.type == "th_open":
            token.attrSet("scope", "col")
        made.append(token)
        if token.type == "table_open":
            caption = f"<caption>{escape(heading)}</caption>\n"
            made.append(Token("html_block", "", 0, content=caption))
    return made
