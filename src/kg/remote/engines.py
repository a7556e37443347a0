"""Where known engines are written, told from the address at which they are asked.

| engine | asked at | Graph Store Protocol | updates |
|---|---|---|---|
| Fuseki | ``/DATASET/query``, ``/DATASET`` | ``/DATASET/data`` | ``/DATASET/update`` |
| Oxigraph | ``/query`` | ``/store`` | ``/update`` |
| Virtuoso | ``/sparql`` | ``/sparql-graph-crud-auth`` (Digest) | ``/sparql-auth`` |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import httpx

from kg.errors import StoreError
from kg.remote.client import client_of
from kg.remote.endpoint import Endpoint
from kg.remote.retries import why


def writable(endpoint: Endpoint) -> Endpoint:
    """The endpoint with the addresses at which its engine is written, where they are not given.

    Raises `StoreError` for a service that does not say that it is an engine of the table.
    """
    if endpoint.graphs:
        return endpoint
    headers = _headers(endpoint)
    server = headers.get("server", "").casefold()
    if "virtuoso" in server:
        return _named(endpoint, _beside, "sparql-graph-crud-auth", "sparql-auth", digest=True)
    if "oxigraph" in server:
        return _named(endpoint, _beside, "store", "update")
    if "fuseki" in server or "fuseki-request-id" in headers:
        last = urlsplit(endpoint.query).path.rstrip("/").rpartition("/")[2]
        place = _beside if last in {"query", "sparql"} else _below
        return _named(endpoint, place, "data", "update")
    raise StoreError(
        f"Where the store {endpoint.query} takes graphs is not known: give --graphs ADDRESS, or "
        "graphs in kg.toml"
    )


def _named(
    endpoint: Endpoint,
    place: Callable[[Endpoint, str], str],
    graphs: str,
    update: str,
    digest: bool = False,
) -> Endpoint:
    """The endpoint with its addresses of writing; an update address that is given stays."""
    return replace(
        endpoint,
        graphs=place(endpoint, graphs),
        update=endpoint.update or place(endpoint, update),
        digest=digest or endpoint.digest,
    )


def _headers(endpoint: Endpoint) -> Mapping[str, str]:
    """The headers of the service's answer to a request without a query."""
    try:
        with client_of(endpoint, endpoint.query) as client:
            return client.get(endpoint.query).headers
    except httpx.TransportError as error:
        raise StoreError(
            f"The store {endpoint.query} cannot be reached ({why(error)}): start it, or correct "
            "its address"
        ) from error


def _beside(endpoint: Endpoint, last: str) -> str:
    """The address with another last part of its path."""
    parts = urlsplit(endpoint.query)
    before = parts.path.rstrip("/").rpartition("/")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{before}/{last}", "", ""))


def _below(endpoint: Endpoint, last: str) -> str:
    parts = urlsplit(endpoint.query)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{last}", "", ""))
