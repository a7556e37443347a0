"""The formats by name, each with its writer and the ending of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from kg.formats.dl import to_dl
from kg.formats.gexf import to_gexf
from kg.formats.graphml import to_graphml, to_visone
from kg.formats.pajek import to_pajek
from kg.formats.tables import to_csv, to_json, to_table
from kg.networks.network import Network

Writer: TypeAlias = Callable[[Network], str]


def to_html(network: Network) -> str:
    """A page with a drawing of the network, in English; see `kg.views.network_view`."""
    # Here, since what draws takes longer to import than other formats to write.
    from kg.views.network_view import network_view
    from kg.views.page import view_page

    return view_page(network_view(network))


WRITERS: Mapping[str, Writer] = {
    "table": to_table,
    "csv": to_csv,
    "json": to_json,
    "graphml": to_graphml,
    "visone": to_visone,
    "gexf": to_gexf,
    "pajek": to_pajek,
    "dl": to_dl,
    "html": to_html,
}

SUFFIXES: Mapping[str, str] = {
    "table": ".txt",
    "csv": ".csv",
    "json": ".json",
    "graphml": ".graphml",
    "visone": ".graphml",
    "gexf": ".gexf",
    "pajek": ".net",
    "dl": ".dl",
    "html": ".html",
}
