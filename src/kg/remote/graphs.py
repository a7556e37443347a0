"""The Graph Store Protocol: whole graphs read, replaced and dropped, one request each.

SPARQL 1.1 Graph Store HTTP Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/. All three
requests may be sent twice, so that one that fails for a passing reason is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpx
import pyoxigraph as ox

from kg.errors import StoreError
from kg.remote.client import client_of
from kg.remote.endpoint import Endpoint
from kg.remote.retries import BUSY, Passing, asked_pause, brief, refused, retried, why

_NTRIPLES = "application/n-triples"
# Virtuoso gives N-Triples by its old name only.
_ACCEPT = f"{_NTRIPLES}, text/turtle;q=0.8"
_FORMS = {
    _NTRIPLES: ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}


class GraphClient:
    """The graphs of one endpoint; close it, or use it as a context manager.

    Raises `StoreError` where the service cannot be reached, or refuses what is asked.
    """

    def __init__(self, endpoint: Endpoint, pause: Callable[[float], None] = time.sleep) -> None:
        self._address = endpoint.graphs
        self._name = f"The store {endpoint.graphs}"
        self._timeout = endpoint.timeout
        self._pause = pause
        self._client = client_of(endpoint, endpoint.graphs)

    def __enter__(self) -> GraphClient:
        """The client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def read(self, graph: str) -> list[ox.Triple]:
        """The triples of a graph; none where there is no such graph."""
        response = self._send("GET", graph, headers={"Accept": _ACCEPT})
        if response.status_code == 404:
            return []
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind not in _FORMS:
            raise StoreError(f"{self._name} gives a graph as {kind or 'nothing'}: no N-Triples")
        try:
            return [quad.triple for quad in ox.parse(response.content, format=_FORMS[kind])]
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self._name} gives a broken graph: {brief(str(error))}") from error

    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Put triples in the place of what a graph holds, whole or not at all."""
        raw = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        assert raw is not None
        self._send("PUT", graph, content=raw, headers={"Content-Type": _NTRIPLES})

    def drop(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        self._send("DELETE", graph)

    def _send(
        self,
        method: str,
        graph: str,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        def once() -> httpx.Response:
            with self._errors():
                response = self._client.request(
                    method, self._address, params={"graph": graph}, content=content, headers=headers
                )
            return self._checked(response)

        return retried(once, self._pause)

    def _checked(self, response: httpx.Response) -> httpx.Response:
        code = response.status_code
        if response.is_success or (code == 404 and response.request.method != "PUT"):
            return response
        if code in BUSY:
            wait = asked_pause(response.headers.get("Retry-After"))
            raise Passing(f"{self._name} is busy ({code} {response.reason_phrase})", wait)
        if code in {401, 403}:
            raise refused(self._name)
        if response.is_redirect:
            raise StoreError(
                f"{self._name} sends on to {response.headers.get('Location')}: give that address"
            )
        raise StoreError(
            f"{self._name} answers {code} {response.reason_phrase} ({brief(response.text)}): "
            "is this its Graph Store Protocol?"
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
            raise StoreError(
                f"{self._name} gave no answer within {self._timeout} seconds: give it more time "
                "(timeout in the settings)"
            ) from error
        except httpx.TransportError as error:
            raise Passing(
                f"{self._name} cannot be reached ({why(error)}): start it, or correct its address"
            ) from error
