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
from kg.views.network_page import network_page

Writer: TypeAlias = Callable[[Network], str]

WRITERS: Mapping[str, Writer] = {
    "table": to_table,
    "csv": to_csv,
    "json": to_json,
    "graphml": to_graphml,
    "visone": to_visone,
    "gexf": to_gexf,
    "pajek": to_pajek,
    "dl": to_dl,
    "html": network_page,
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
