"""Real SPARQL engines for the tests: Apache Jena Fuseki, Virtuoso and Oxigraph's server.

Each is a process of its own on free ports of the loopback, with all its files in the folder that
the test gives: the same folder again is the same data again. None outlives its test: the block's
end stops it, and where pytest itself is killed a guard ends it.

Where an engine is missing a test skips and says what to do, except where
``APRO_REQUIRE_ENGINES=1``, as in CI: there it fails. Fuseki, which is Java, also fails where
``APRO_REQUIRE_JAVA=1``.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen, TimeoutExpired
from typing import NoReturn

import httpx
import pytest

from java_tools import MEMORY, jars, require_java

HOST = "127.0.0.1"
START_SECONDS = 120.0
STOP_SECONDS = 60.0
POLL_SECONDS = 0.05
ANSWER_SECONDS = 2.0
LOG = "engine.log"
LOG_LINES = 30
DBA = "dba"  # Virtuoso's first user, and the password it has in a new database

# Told a process group, it waits until its pipe closes, for whatever reason, and kills the group.
GUARD_SCRIPT = """\
exec >/dev/null 2>&1
read -r group
read -r line
[ -z "$group" ] || kill -s KILL -- "-$group"
"""
GUARD = ("sh", "-c", GUARD_SCRIPT)

FUSEKI = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
FUSEKI_CONFIG = """\
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>

[] a fuseki:Server{users} ; fuseki:services (<#service>) .

<#service> a fuseki:Service ;
    fuseki:name "ds" ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
        [ fuseki:operation fuseki:update ; fuseki:name "update" ] ,
        [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
    fuseki:dataset <#dataset> .

<#dataset> a tdb2:DatasetTDB2 ;
    tdb2:location "tdb2" ;
    tdb2:unionDefaultGraph {union} .
"""
FUSEKI_USERS = ' ; fuseki:passwd "passwd" ; fuseki:auth "basic" ; fuseki:allowedUsers "*"'

VIRTUOSO_CONFIG = """\
[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = {host}:{sql}
DisableUnixSocket = 1
DirsAllowed = {folders}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}

[HTTPServer]
ServerPort = {host}:{http}
ServerRoot = .
ServerThreads = 10

[SPARQL]
ResultSetMaxRows = {rows}
"""
# Small, so that it starts at once: Virtuoso would take most of the memory for itself. The rows of
# an answer stay cut at Virtuoso's usual 10000.
SMALL = {"folders": ".", "buffers": 10000, "dirty": 6000, "rows": 10000}


class EngineError(Exception):
    """An engine that does not start or stop; the message carries the end of its log."""


@dataclass(frozen=True)
class Engine:
    """Where an engine listens, and as whom it wants to be asked."""

    name: str
    query: str
    update: str
    graphs: str  # of the Graph Store Protocol, without ?graph=
    user: str | None
    password: str | None

    def auth(self) -> httpx.Auth | None:
        """The login in the form that the engine asks for: Virtuoso wants Digest."""
        if self.user is None or self.password is None:
            return None
        form = httpx.DigestAuth if self.name == "virtuoso" else httpx.BasicAuth
        return form(self.user, self.password)


@dataclass(frozen=True)
class Running(Engine):
    """An engine with its process, for tests that stop it or kill it."""

    process: Popen[bytes]
    log: Path

    def stop(self) -> None:
        """Ask the engine to end, as its owner would, and wait; it may have ended already."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the engine at once, without a chance to put things in order (``kill -9``)."""
        self._end(signal.SIGKILL)

    def failure(self, what: str) -> EngineError:
        """The error that says what went wrong, with the end of the log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return EngineError("\n".join([f"{self.name} {what}; its log ends:", *lines[-LOG_LINES:]]))

    def _end(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(STOP_SECONDS)
        except TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise self.failure(
                f"did not stop within {STOP_SECONDS:.0f} s, and was killed"
            ) from None


def fuseki(
    folder: Path, union: bool = True, password: str | None = None
) -> AbstractContextManager[Running]:
    """Apache Jena Fuseki on TDB2; with a `password` it wants Basic from the user “apro”.

    With `union` its default graph is all named graphs together, otherwise the unnamed graph alone.
    """
    classpath = os.pathsep.join(_java_classpath())
    port = free_port()
    user, users, files = None, "", {}
    if password is not None:
        user, users, files = "apro", FUSEKI_USERS, {"passwd": f"apro: {password}\n"}
    files["config.ttl"] = FUSEKI_CONFIG.format(users=users, union=str(union).lower())
    options = ["--localhost", f"--port={port}", "--config=config.ttl"]
    command = ["java", MEMORY, "-XX:TieredStopAtLevel=1", "-cp", classpath, FUSEKI, *options]
    top = f"http://{HOST}:{port}/ds"
    engine = Engine("fuseki", f"{top}/query", f"{top}/update", f"{top}/data", user, password)
    return running(engine, command, folder, files)


def virtuoso(folder: Path) -> AbstractContextManager[Running]:
    """Virtuoso 7: anyone asks, its user dba changes; its default graph is always the union."""
    command = command_path("virtuoso-t", "on Debian: apt install virtuoso-opensource-7-bin")
    http, sql = free_port(), free_port()
    files = {"virtuoso.ini": VIRTUOSO_CONFIG.format(host=HOST, http=http, sql=sql, **SMALL)}
    options = ["+foreground", "+configfile", "virtuoso.ini"]
    top = f"http://{HOST}:{http}/sparql"
    engine = Engine("virtuoso", top, f"{top}-auth", f"{top}-graph-crud-auth", DBA, DBA)
    return running(engine, [command, *options], folder, files)


def oxigraph_server(folder: Path, union: bool = True) -> AbstractContextManager[Running]:
    """Oxigraph's own server, on disk.

    With `union` its default graph is all graphs together, otherwise the unnamed graph alone.
    """
    scripts = sysconfig.get_path("scripts")
    command = command_path("oxigraph", "make setup-dev brings it", scripts)
    port = free_port()
    options = ["serve", "--location", "store", "--bind", f"{HOST}:{port}"]
    options += ["--union-default-graph"] if union else []
    top = f"http://{HOST}:{port}"
    engine = Engine("oxigraph", f"{top}/query", f"{top}/update", f"{top}/store", None, None)
    return running(engine, [command, *options], folder, {})


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where engines are required; `what` is missing, and the remedy."""
    if os.environ.get("APRO_REQUIRE_ENGINES") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def _java_classpath() -> list[str]:
    try:
        require_java()
        return jars(logging=True)
    except pytest.skip.Exception as skipped:
        missing(str(skipped))


def command_path(name: str, remedy: str, folder: str | None = None) -> str:
    """Where a program is; without it a test skips or fails, with the remedy."""
    found = shutil.which(name, path=folder)
    if found is None:
        missing(f"needs the command {name}: {remedy}")
    return found


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(
    engine: Engine, command: Sequence[str], folder: Path, files: Mapping[str, str]
) -> Iterator[Running]:
    """Start a command in a folder with these files, wait for an answer, and stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Popen(GUARD, bufsize=0, stdin=PIPE, start_new_session=True) as guard:
        process = _launch(command, folder)
        started = Running(**vars(engine), process=process, log=folder / LOG)
        try:
            _tell(guard, process.pid)
            _await_answer(started)
            yield started
        finally:
            started.stop()
            guard.kill()  # before it hears that its pipe closes


def _launch(command: Sequence[str], folder: Path) -> Popen[bytes]:
    """Start a command as a group of its own, so that Ctrl-C reaches pytest alone."""
    with (folder / LOG).open("ab") as log:
        return Popen(
            command, cwd=folder, stdin=DEVNULL, stdout=log, stderr=STDOUT, start_new_session=True
        )


def _tell(guard: Popen[bytes], group: int) -> None:
    assert guard.stdin is not None
    guard.stdin.write(f"{group}\n".encode())


def _await_answer(running: Running) -> None:
    """Wait until the engine answers a query; raises where it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    with httpx.Client(auth=running.auth(), trust_env=False, timeout=ANSWER_SECONDS) as client:
        while not _answers(client, running.query):
            if time.monotonic() > end:
                raise running.failure(f"did not answer within {START_SECONDS:.0f} s")
            try:
                code = running.process.wait(POLL_SECONDS)
            except TimeoutExpired:
                continue
            raise running.failure(f"ended at its start with status {code}")


def _answers(client: httpx.Client, query: str) -> bool:
    try:
        return client.get(query, params={"query": "ASK {}"}).is_success
    except httpx.TransportError:
        return False


Start = Callable[[Path], AbstractContextManager[Running]]

WITH_UNION: dict[str, Start] = {
    "fuseki": fuseki,
    "fuseki with login": partial(fuseki, password="two words"),
    "virtuoso": virtuoso,
    "oxigraph": oxigraph_server,
}
WITHOUT_UNION: dict[str, Start] = {
    "fuseki without union": partial(fuseki, union=False),
    "oxigraph without union": partial(oxigraph_server, union=False),
}
EVERY = {**WITH_UNION, **WITHOUT_UNION}
