"""Endpoints: where a store on a server is asked and written, and with which keys.

A store is named by its address, or by a name of a settings file::

    store = "ldf"            # what --store is where nobody says

    [stores.ldf]
    query = "https://sparql.example.org/apro/query"
    update = "https://sparql.example.org/apro/update"
    graphs = "https://sparql.example.org/apro/data"     # Graph Store Protocol
    token = "LDF_TOKEN"      # the environment variable that holds the bearer token
    timeout = 120            # seconds for one answer

The file is ``kg.toml`` in the current folder, or what ``KG_SETTINGS`` names. Secrets stand in
environment variables, never in the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.addresses import is_local
from kg.errors import InputError
from kg.findings import suggest

SETTINGS = "kg.toml"
SETTINGS_VARIABLE = "KG_SETTINGS"
STORE_VARIABLE = "KG_STORE"
TOKEN_VARIABLE = "KG_STORE_TOKEN"
USER_VARIABLE = "KG_STORE_USER"
PASSWORD_VARIABLE = "KG_STORE_PASSWORD"
_SECRETS = {"token", "password"}


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL service: `query`, and where it can be written `update` and `graphs`.

    `graphs` is the address of its Graph Store Protocol
    (https://www.w3.org/TR/sparql11-http-rdf-update/). `digest` tells that user and password go by
    Digest authentication. `timeout` is in seconds for one answer; `page` the number of rows that
    the service gives at most, where it cuts answers off silently. `base` is what the ids of the
    data begin with; empty: it is asked. `trusted` sends queries also to an engine that is known to
    answer some of kg's wrongly.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    digest: bool = False
    token: str = field(default="", repr=False)
    timeout: int = 60
    page: int = 0
    base: str = ""
    trusted: bool = False

    @property
    def secret(self) -> bool:
        """Whether something is sent that only the service may see."""
        return bool(self.token or self.password)


def is_address(store: str) -> bool:
    """Tell whether a store is named by a web address.

    >>> is_address("http://127.0.0.1:3030/apro"), is_address("build")
    (True, False)
    """
    return store.casefold().startswith(("http://", "https://"))


def find_endpoint(store: str) -> Endpoint | None:
    """The endpoint that an address or a name of the settings file means; None for a folder.

    Raises `InputError` for settings that cannot be read or used, and for a secret that would go
    over plain http to another machine.
    """
    if is_address(store):
        return check_addresses(
            Endpoint(
                store,
                user=os.environ.get(USER_VARIABLE, ""),
                password=os.environ.get(PASSWORD_VARIABLE, ""),
                token=os.environ.get(TOKEN_VARIABLE, ""),
            )
        )
    if "://" in store:
        raise InputError(f"{store} is no address of a store: it begins with http:// or https://")
    described = settings().get("stores", {})
    if store in described:
        return check_addresses(_described(store, described[store]))
    if described and not Path(store).exists() and (near := suggest(store, described, most=1)):
        raise InputError(f"No store is called “{store}”; did you mean {near[0]}?")
    return None


def default_store() -> str | None:
    """The store of the environment variable ``KG_STORE`` or of the settings file."""
    named = os.environ.get(STORE_VARIABLE) or settings().get("store")
    if named is not None and not isinstance(named, str):
        raise InputError(f"{_settings_file()}: “store” is no text: write the name of a store")
    return named or None


def settings() -> Mapping[str, Any]:
    """What the settings file says; nothing where there is none.

    Raises `InputError` for one that does not parse, or that the environment names and is not there.
    """
    path = _settings_file()
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if SETTINGS_VARIABLE in os.environ:
            raise InputError(
                f"{SETTINGS_VARIABLE} names {path}, which is not there: correct it"
            ) from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The settings {path} cannot be read ({error}): correct them") from error
    unknown = read.keys() - {"store", "stores"}
    if unknown or not isinstance(read.get("stores", {}), dict):
        wrong = min(unknown, default="stores")
        raise InputError(f"{path}: “{wrong}” is not understood: write store or [stores.NAME]")
    return read


def _settings_file() -> Path:
    return Path(os.environ.get(SETTINGS_VARIABLE, SETTINGS))


def _described(name: str, given: Any) -> Endpoint:
    """A store of the settings file."""
    where = f"{_settings_file()}: the store “{name}”"
    if not isinstance(given, dict) or not isinstance(given.get("query"), str):
        raise InputError(f'{where} has no address: write query = "https://…"')
    types = {one.name: type(one.default) for one in fields(Endpoint) if one.name != "query"}
    values: dict[str, Any] = {"query": given["query"]}
    for key, value in given.items():
        if key == "query":
            continue
        if key not in types:
            near = suggest(key, types, most=1)
            hint = f"did you mean {near[0]}?" if near else f"use {', '.join(types)}"
            raise InputError(f"{where}: “{key}” is not known; {hint}")
        if not _fits(value, types[key]):
            raise InputError(f"{where}: “{key}” has the wrong form: {value!r}")
        values[key] = _secret(where, key, str(value)) if key in _SECRETS else value
    return Endpoint(**values)


def _fits(value: object, kind: type) -> bool:
    """Tell whether a value of the settings is of a type; a whole number is also a number."""
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, int | float if kind is float else kind)


def _secret(where: str, key: str, variable: str) -> str:
    """What an environment variable holds that the settings name."""
    if not (value := os.environ.get(variable, "").strip()):
        raise InputError(f"{where}: its {key} is in {variable}, which is not set: set it")
    return value


def check_addresses(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint whose addresses can be used; raises `InputError` like `find_endpoint`."""
    for address in filter(None, (endpoint.query, endpoint.update, endpoint.graphs)):
        _check_address(address, endpoint.secret)
    if endpoint.timeout <= 0 or endpoint.page < 0:
        raise InputError(f"The store {endpoint.query}: timeout and page are more than nothing")
    return endpoint


def _check_address(address: str, secret: bool) -> None:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{address} is no address of a store ({error}): correct it") from error
    if not host or parts.scheme not in {"http", "https"} or port == 0:
        raise InputError(f"{address} is no address of a store: it begins with http:// or https://")
    if parts.username or parts.password:
        raise InputError(
            f"The address of {host} holds a user: give it in {USER_VARIABLE} and "
            f"{PASSWORD_VARIABLE}"
        )
    if secret and parts.scheme == "http" and not is_local(host):
        raise InputError(f"The keys of {host} are not sent over plain http: use https")
