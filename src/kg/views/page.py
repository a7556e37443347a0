"""The page of a view: a drawing to explore, and the same as plain tables."""

from __future__ import annotations

from typing import Any

from kg.statements import Language
from kg.views.crowd import parted
from kg.views.data import places_used, view_data
from kg.views.filters import choices
from kg.views.legend import legend
from kg.views.listing import node_rows, statement_rows, tie_rows
from kg.views.shell import program, render, vis_network
from kg.views.texts import Texts
from kg.views.view import View

SCRIPTS = (
    "text.js",
    "theme.js",
    "model.js",
    "state.js",
    "shown.js",
    "labels.js",
    "marks.js",
    "draw.js",
    "paint.js",
    "camera.js",
    "panel.js",
    "search.js",
    "keyboard.js",
    "tables.js",
    "svg.js",
    "downloads.js",
    "view_page.js",
)


def view_page(
    view: View,
    language: Language = "en",
    index_file: str = "",
    template: str = "view.html.j2",
    **more: Any,
) -> str:
    """A view as a self-contained page that asks the network for nothing.

    More nodes than a drawing bears stand in communities. The page opens in `language` and switches
    to the others without a reload; with `index_file` it links back to the index. A `template` of
    its own may add sections, from what `more` gives it. Equal input gives equal bytes.
    """
    texts, view = Texts(language), parted(view)
    return render(
        template,
        texts,
        [vis_network(), program(*SCRIPTS)],
        view_data(view, texts),
        view=view,
        title=view.title,
        choices=choices(view),
        legend=legend(view),
        statements=statement_rows(view, places_used(view)),
        ties=tie_rows(view),
        nodes=node_rows(view),
        has_stances=any(edge.kind == "stance" for edge in view.edges),
        source=view.source,
        index_file=index_file,
        **more,
    )
