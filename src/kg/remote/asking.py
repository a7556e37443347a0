"""One request to a SPARQL service, and its reply as it arrives.

A query is sent again, after a pause that doubles, where the service is busy or the connection
breaks before the reply begins; an update is never sent twice, since nobody knows whether the first
one was done.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from SPARQLWrapper import BASIC, DIGEST, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

from kg import __version__
from kg.errors import KgError, QueryError, StoreError
from kg.remote.client import bearer
from kg.remote.endpoint import Endpoint
from kg.remote.retries import BUSY, Passing, asked_pause, brief, refused, retried, why
from kg.sparql import query_form

Parameters = Sequence[tuple[str, str]]


_FAILURES = (
    urllib.error.URLError,
    http.client.HTTPException,
    ConnectionError,
    TimeoutError,
    OSError,
)


class Reply:
    """A reply that has begun: its media type, its headers, its bytes."""

    def __init__(self, name: str, response: Any, timeout: float) -> None:
        self.name = name
        self.stream: BinaryIO = response
        self._headers = response.headers
        self._timeout = timeout
        self.type: str = response.headers.get_content_type() or ""

    def header(self, name: str) -> str:
        """A header's value; empty where there is none."""
        return str(self._headers.get(name) or "")

    def __enter__(self) -> Reply:
        """The reply itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.stream.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what breaks while the reply is read into `StoreError`."""
        try:
            yield
        except TimeoutError as error:
            raise StoreError(
                f"{self.name} gave no whole answer within {self._timeout:g} seconds: ask for less, "
                "or give it more time (timeout in the settings)"
            ) from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"The answer of {self.name} is broken or cut off: {brief(str(error))}"
            ) from error
        except _FAILURES as error:
            raise StoreError(
                f"The connection to {self.name} broke amid its answer ({why(error)}): ask again"
            ) from error


class Service:
    """Asks one endpoint; `pause` waits some seconds."""

    def __init__(self, endpoint: Endpoint, pause: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.name = f"the store {endpoint.query}"
        self.engine = ""  # what the last reply said that made it
        self._pause = pause

    @property
    def is_virtuoso(self) -> bool:
        """Whether the last reply came from Virtuoso."""
        return "virtuoso" in self.engine.casefold()

    def query(self, text: str, parameters: Parameters = ()) -> Reply:
        """Ask a query, by POST; `parameters` are those of the protocol beside it.

        Raises `QueryError` where the service refuses the text, `StoreError` for all else.
        """
        return retried(lambda: self._send(self._wrapper(text, parameters)), self._pause)

    def update(self, text: str) -> None:
        """Send an update, once. Raises as `query` does."""
        if not self.endpoint.update:
            raise StoreError(f"{_capital(self.name)} has no address for updates: name it (update)")
        wrapper = self._wrapper(text, ())
        wrapper.updateEndpoint = self.endpoint.update
        wrapper.queryType = "INSERT"
        try:
            self._send(wrapper).stream.close()
        except Passing as error:
            raise StoreError(str(error)) from error.__cause__

    def _wrapper(self, text: str, parameters: Parameters) -> SPARQLWrapper:
        endpoint = self.endpoint
        wrapper = SPARQLWrapper(endpoint.query, agent=f"apro-kg/{__version__}")
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(endpoint.timeout)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it guesses the form of a query; this is told below
            wrapper.setQuery(text)
        form = query_form(text) or "SELECT"
        wrapper.queryType = form
        wrapper.setReturnFormat(TURTLE if form in {"CONSTRUCT", "DESCRIBE"} else JSON)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        for name, value in bearer(endpoint).items():
            wrapper.addCustomHttpHeader(name, value)
        if endpoint.user and not endpoint.token:
            wrapper.setCredentials(endpoint.user, endpoint.password)
            wrapper.setHTTPAuth(DIGEST if endpoint.digest else BASIC)
        return wrapper

    def _send(self, wrapper: SPARQLWrapper) -> Reply:
        name = _capital(self.name)
        try:
            reply = Reply(self.name, wrapper.query().response, self.endpoint.timeout)
            self.engine = reply.header("Server")
            return reply
        except SPARQLWrapperException as error:
            if isinstance(error.__context__, urllib.error.HTTPError):
                error.__context__.close()
            raise _of_service(name, error) from error
        except urllib.error.HTTPError as error:
            error.close()
            raise _of_status(name, error) from error
        except TimeoutError as error:
            raise StoreError(
                f"{name} gave no answer within {self.endpoint.timeout} seconds: ask for less, or "
                "give it more time (timeout in the settings)"
            ) from error
        except _FAILURES as error:
            raise Passing(
                f"{name} cannot be reached ({why(error)}): start it, or correct its address"
            ) from error


def _of_service(name: str, error: SPARQLWrapperException) -> KgError:
    """The error of what SPARQLWrapper tells from the status."""
    if isinstance(error, Unauthorized):
        return refused(name)
    if isinstance(error, EndPointNotFound):
        return StoreError(f"{name} is not there (404): correct its address")
    if isinstance(error, EndPointInternalError):
        return StoreError(f"{name} failed on the query: {_reason(error)}")
    if isinstance(error, QueryBadFormed):
        return QueryError(f"{name} refuses the query: {_reason(error)}")
    return StoreError(f"{name} cannot take the query: {_reason(error)}")


def _of_status(name: str, error: urllib.error.HTTPError) -> KgError:
    if error.code in BUSY:
        wait = error.headers.get("Retry-After", "") if error.headers else ""
        return Passing(f"{name} is busy ({error.code} {error.reason})", asked_pause(wait))
    if error.code == 403:
        return refused(name)
    return StoreError(f"{name} answers {error.code} {error.reason}: correct its address")


def _reason(error: SPARQLWrapperException) -> str:
    """What the service said of an error, in one line."""
    text = str(error)
    _, found, said = text.partition("Response:\n")
    if found and said.startswith(("b'", 'b"')):
        said = said[2:-1].encode("latin-1", "replace").decode("unicode_escape")
    return brief(said or text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
