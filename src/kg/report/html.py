"""A report as one HTML page that needs no network and no script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from kg.report.blocks import Block, Break, Line, Link, Picture, Piece, Report, Sign, Text
from kg.views.shell import asset, environment, policy

_TAGS = {"strong": "strong", "code": "code", "quote": "q"}


def to_html(report: Report) -> str:
    """The page; equal reports give equal bytes. Every text is escaped."""
    own = (files("kg.report") / "report.css").read_text(encoding="utf-8")
    style = asset("page.css") + own
    page = environment("kg.report").get_template("report.html.j2")
    body = page.render(
        report=report,
        kind=_kind,
        line=_line,
        policy=policy([], [style]),
        style=Markup(style),
    )
    return body + "\n"


def _kind(block: Block) -> str:
    return type(block).__name__


def _line(line: Line) -> Markup:
    return Markup("").join(_piece(piece) for piece in line)


def _piece(piece: Piece) -> Markup:
    match piece:
        case Text():
            return _text(piece)
        case Link():
            label = Markup(' aria-label="{}"').format(piece.label) if piece.label else ""
            return Markup('<a href="#{}"{}><bdi>{}</bdi></a>').format(
                piece.anchor, label, piece.text
            )
        case Sign():
            return _sign(piece)
        case Picture():
            return Markup('{}<span class="visually-hidden">{}</span>').format(
                piece.drawing, piece.alternative
            )
        case Break():
            return Markup("<br>")


def _text(text: Text) -> Markup:
    """A text, kept apart from its surroundings in direction."""
    if text.look in _TAGS:
        return Markup("<{0}><bdi>{1}</bdi></{0}>").format(Markup(_TAGS[text.look]), text.text)
    if text.look:
        look = "basis reported" if text.reported else text.look.replace("badge", "basis")
        return Markup('<span class="{}"><bdi>{}</bdi></span>').format(look, text.text)
    if text.text.isascii() and not any(sign.isalpha() for sign in text.text):
        return escape(text.text)
    lead = len(text.text) - len(text.text.lstrip(" "))
    core = text.text.strip(" ")
    tail = text.text[lead + len(core) :]
    return Markup("{}<bdi>{}</bdi>{}").format(text.text[:lead], core, tail)


def _sign(sign: Sign) -> Markup:
    drawn = _drawn(sign.pole, sign.qualified, sign.reported)
    if not sign.label:
        return drawn
    return Markup('{}<span class="visually-hidden"> ({})</span>').format(drawn, sign.label)


@cache
def _drawn(pole: str, qualified: bool, reported: bool) -> Markup:
    """A sign as the pages draw it."""
    call = '{% from "marks.html.j2" import sign %}{{ sign(pole, qualified, reported) }}'
    template = environment("kg.views").from_string(call)
    return Markup(template.render(pole=pole, qualified=qualified, reported=reported))
