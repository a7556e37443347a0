"""Pictures from Python: any networkx graph, or any view, as a page, a file or a cell of a notebook.

    from kg.views import picture

    picture(graph, title="Who knows whom").save("graph.html")
    picture(graph)                       # the last line of a cell in Jupyter

The page is that of all views: it asks the network for nothing, and what is in the graph is data.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from markupsafe import escape

from kg.errors import InputError
from kg.folders import write_atomically
from kg.statements import LANGUAGES, Language
from kg.views.graph_view import graph_view
from kg.views.page import view_page
from kg.views.view import View

HEIGHT = 640
"""Of a picture in a notebook, in pixels."""
SANDBOX = "allow-scripts allow-downloads"
"""What a picture in a notebook may do: nothing that reaches the notebook."""


@dataclass(frozen=True)
class Picture:
    """A page that shows itself in Jupyter; `html` is the whole of it, `title` its name."""

    html: str
    title: str
    height: int = HEIGHT

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Raises `OutputError` if the folder cannot be written.
        """
        write_atomically(Path(path), self.html)
        return Path(path)

    def _repr_html_(self) -> str:
        """A frame that holds the page: it runs its own scripts and cannot reach the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="{SANDBOX}" '
            f'title="{escape(self.title)}" width="100%" height="{int(self.height)}" '
            'style="border:1px solid #888" loading="lazy"></iframe>'
        )


def picture(
    graph: nx.Graph[Any],
    *,
    title: str = "",
    kind: str = "kind",
    label: str = "label",
    weight: str = "weight",
    language: Language = "en",
    height: int = HEIGHT,
) -> Picture:
    """A networkx graph of any sort as a picture; see `kg.views.graph_view` for what is shown.

    >>> import networkx as nx
    >>> picture(nx.path_graph(3), title="A path").title
    'A path'
    """
    return picture_of(graph_view(graph, title, kind, label, weight), language, height)


def picture_of(view: View, language: Language = "en", height: int = HEIGHT) -> Picture:
    """A view as a picture that opens in `language`; raises `InputError` for one we do not speak."""
    if language not in LANGUAGES:
        raise InputError(f"“{language}” is no language of the pages: use {', '.join(LANGUAGES)}")
    return Picture(view_page(view, language), view.title.get(language), height)
