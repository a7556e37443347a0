"""From a template to one self-contained page with a strict Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import OutputError
from kg.views.texts import Texts, interface

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"


def render(template: str, texts: Texts, scripts: list[str], data: Any, **context: Any) -> str:
    """Render a page: styles, scripts and data inlined, and only those scripts allowed to run.

    The page's data and texts go into one JSON block; `scripts` are JavaScript texts. Everything
    that a template shows is escaped, and nothing that comes from data ever reaches a script.
    """
    style = asset("page.css")
    page = environment("kg.views").get_template(template)
    body = page.render(
        texts=texts,
        t=texts.show,
        ui=texts.ui,
        attr=texts.attribute,
        policy=policy(scripts, [style]),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        page_data=_Late(texts, data),
        **context,
    )
    return body + "\n"


class _Late:
    """The JSON block, written when the template reaches it: by then all texts are entered."""

    def __init__(self, texts: Texts, data: Any) -> None:
        self._texts, self._data = texts, data

    def __html__(self) -> str:
        ui = {k: self._texts.add(v) for k, v in interface().items() if k.startswith("panel.")}
        whole = {
            "language": self._texts.language,
            "ui": ui,
            "texts": self._texts.rows(),
            "view": self._data,
        }
        return json_block(whole)


def json_block(value: Any) -> str:
    r"""JSON that cannot end its script element: every ``<`` is written as an escape.

    >>> json_block("</script>")
    '"\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def policy(scripts: list[str], styles: list[str]) -> str:
    """The Content-Security-Policy: nothing is loaded, and only these very texts run."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {' '.join(map(_digest, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def asset(name: str) -> str:
    """The text of one of the package's own styles or scripts."""
    return (files("kg.views") / "static" / name).read_text(encoding="utf-8")


def program(*names: str) -> str:
    """One script of several files, which share a scope of their own."""
    return '(() => {\n"use strict";\n' + "\n".join(asset(name) for name in names) + "})();\n"


@cache
def vis_network() -> str:
    """The drawing library, read from the installed pyvis (which is found, never imported).

    Raises `OutputError` when it is not there. The reference to a source map is taken out: a
    browser's tools would look for the file.
    """
    found = find_spec("pyvis")
    folders = list(found.submodule_search_locations or ()) if found else []
    path = Path(folders[0]) / VIS_NETWORK if folders else None
    if path is None or not path.is_file():
        raise OutputError("vis-network is not installed: install pyvis 0.3.2 (pip install pyvis)")
    text = path.read_text(encoding="utf-8")
    if "</script" in text.lower() or "<!--" in text:
        raise OutputError("vis-network cannot be inlined safely: install pyvis 0.3.2 unchanged")
    return text.partition("//# sourceMappingURL=")[0]


@cache
def environment(package: str) -> Environment:
    """The templates of a package, with every value escaped and every missing one an error."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
