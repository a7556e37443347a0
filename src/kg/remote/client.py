"""The HTTP client of an endpoint, where SPARQLWrapper does not go: keys, time, proxies."""

from __future__ import annotations

import httpx

from kg import __version__
from kg.addresses import is_local
from kg.remote.endpoint import Endpoint


def client_of(endpoint: Endpoint, address: str) -> httpx.Client:
    """A client for one of the endpoint's addresses; no redirect is followed, so that no key is."""
    return httpx.Client(
        headers={"User-Agent": f"apro-kg/{__version__}", **bearer(endpoint)},
        auth=_auth(endpoint),
        timeout=endpoint.timeout,
        trust_env=not is_local(httpx.URL(address).host),
        follow_redirects=False,
    )


def bearer(endpoint: Endpoint) -> dict[str, str]:
    """The header that carries the token; none without."""
    return {"Authorization": f"Bearer {endpoint.token}"} if endpoint.token else {}


def _auth(endpoint: Endpoint) -> httpx.Auth | None:
    if endpoint.token or not endpoint.user:
        return None
    kind = httpx.DigestAuth if endpoint.digest else httpx.BasicAuth
    return kind(endpoint.user, endpoint.password)
