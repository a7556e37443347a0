"""The engines that are servers, Fuseki on TDB2 and Virtuoso 7: their loaders, and their answers.

They are started and stopped as in the tests (`tests/engines.py`), but with the memory that large
data ask for, and with Java's compiler at work.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from benchmarks.scale_data import Case
from benchmarks.scale_local import Answered, Loaded
from benchmarks.scale_options import tell
from benchmarks.scale_worker import Failed, TooSlow, peak

from engines import (
    DBA,
    FUSEKI,
    FUSEKI_CONFIG,
    HOST,
    VIRTUOSO_CONFIG,
    Engine,
    EngineError,
    Running,
    command_path,
    free_port,
    running,
)
from java_tools import QUIET, jars, require_java

Serving = AbstractContextManager[Running]
JAVA_MEMORY = "-Xmx4g"
TDB2_LOADER = "tdb2.tdbloader"
# Buffers for 4 GB of memory, as the comments in Virtuoso's own settings recommend; no row is cut.
LARGE = {"buffers": 340000, "dirty": 250000, "rows": 100000000}
VIRTUOSO_LOAD = (
    "ld_dir('{folder}', '{name}', 'urn:no-graph'); rdf_loader_run(); checkpoint; "
    "select ll_error from DB.DBA.load_list where ll_error is not null;"
)
NO_ERROR = "\n0 Rows."


class Missing(Exception):
    """An engine is not on this machine; the message says what to install."""


def needs(look: Callable[[], object]) -> None:
    """Raise `Missing` where what the tests would skip for is not there."""
    try:
        look()
    except (pytest.skip.Exception, pytest.fail.Exception) as told:
        raise Missing(f"{told}") from None


def need_java() -> None:
    """Raise `Missing` where there is no Java, or no jars."""
    needs(require_java)
    needs(jars)


def need_virtuoso() -> None:
    """Raise `Missing` where there is no Virtuoso, or no client of it."""
    remedy = "on Debian: apt install virtuoso-opensource-7-bin"
    needs(lambda: command_path("virtuoso-t", remedy))
    if not _isql():
        raise Missing(f"needs the command isql-vt: {remedy}")


def load_fuseki(file: Path, folder: Path) -> Loaded:
    """TDB2's bulk loader with several threads, a process of Java from its start to its end.

    It runs in a worker, which ends it where it takes too long.
    """
    folder.mkdir(parents=True)
    classpath = os.pathsep.join(jars())
    options = ["--loader=parallel", f"--loc={folder / 'tdb2'}", str(file)]
    command = ["java", JAVA_MEMORY, QUIET, "-cp", classpath, TDB2_LOADER, *options]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise Failed(_last_line(done.stderr))
    return Loaded(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)


def load_virtuoso(file: Path, folder: Path, limit: float) -> Loaded:
    """Virtuoso's bulk loader on a server that runs already, up to its checkpoint."""
    try:
        return _ld_dir(file, folder, limit)
    except EngineError as error:
        raise Failed(_last_line(f"{error}")) from error


def _ld_dir(file: Path, folder: Path, limit: float) -> Loaded:
    port = free_port()
    text = VIRTUOSO_LOAD.format(folder=file.resolve().parent, name=file.resolve().name)
    command = [_isql(), f"{HOST}:{port}", DBA, DBA, f"EXEC={text}"]
    with serve_virtuoso(folder, file, port) as running:
        began = time.perf_counter()
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
        except subprocess.TimeoutExpired:
            running.kill()
            raise TooSlow from None
        seconds = time.perf_counter() - began
        if done.returncode or NO_ERROR not in done.stdout:
            raise Failed(_last_line(done.stderr or done.stdout))
        return Loaded(seconds, peak(running.process.pid))


def serve_fuseki(folder: Path) -> Serving:
    """Fuseki on what its loader has made; its default graph is all graphs together."""
    classpath = os.pathsep.join(jars(logging=True))
    port = free_port()
    options = ["--localhost", f"--port={port}", "--config=config.ttl"]
    command = ["java", JAVA_MEMORY, "-cp", classpath, FUSEKI, *options]
    top = f"http://{HOST}:{port}/ds"
    engine = Engine("fuseki", f"{top}/query", f"{top}/update", f"{top}/data", None, None)
    files = {"config.ttl": FUSEKI_CONFIG.format(users="", union="true")}
    return running(engine, command, folder, files)


def serve_virtuoso(folder: Path, file: Path, sql: int | None = None) -> Serving:
    """Virtuoso on its database, allowed to read what stands beside a file."""
    http = free_port()
    config = VIRTUOSO_CONFIG.format(
        host=HOST,
        sql=sql or free_port(),
        http=http,
        folders=f"., {file.resolve().parent}",
        **LARGE,
    )
    top = f"http://{HOST}:{http}/sparql"
    engine = Engine("virtuoso", top, f"{top}-auth", f"{top}-graph-crud-auth", None, None)
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    return running(engine, command, folder, {"virtuoso.ini": config})


class Served:
    """A server that is asked over HTTP; it is started when it is needed.

    One that does not answer within the limit is killed, since it would go on with that query.
    """

    def __init__(self, start: Callable[[], Serving]) -> None:
        self._start = start
        self._held = ExitStack()
        self._server: Running | None = None

    def ask(self, case: Case, limit: float) -> Answered:
        """Send a query and read the whole answer."""
        server = self._started()
        try:
            return _answer(server.query, case.text, limit)
        except (TooSlow, httpx.TimeoutException):
            server.kill()
            self.close()
            raise TooSlow from None
        except httpx.HTTPError as error:
            self.close()
            raise Failed(f"{error}") from error

    def close(self) -> None:
        """Stop the server; one that does not stop is killed, and that is told."""
        self._server = None
        try:
            self._held.close()
        except EngineError as error:
            tell(f"{error}")

    def _started(self) -> Running:
        if self._server is None:
            try:
                self._server = self._held.enter_context(self._start())
            except EngineError as error:
                raise Failed(_last_line(f"{error}")) from error
        return self._server


def _answer(address: str, text: str, limit: float) -> Answered:
    form = {"Accept": ox.QueryResultsFormat.JSON.media_type}
    parts: list[bytes] = []
    began = time.perf_counter()
    with (
        httpx.Client(trust_env=False, timeout=limit) as client,
        client.stream("POST", address, data={"query": text}, headers=form) as reply,
    ):
        for part in reply.iter_bytes():
            parts.append(part)
            if time.perf_counter() - began > limit:
                raise TooSlow
        if not reply.is_success:
            raise Failed(b"".join(parts).decode(errors="replace"))
    try:
        found = ox.parse_query_results(b"".join(parts), ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        rows = sum(1 for _ in found)
    except (SyntaxError, ValueError) as error:
        raise Failed(f"its answer breaks off: {error}") from error
    return Answered(time.perf_counter() - began, rows)


def _isql() -> str:
    """Virtuoso's client, under one of the names that it goes by."""
    found = (shutil.which(name) for name in ("isql-vt", "isql-v", "isql-virtuoso"))
    return next((path for path in found if path), "")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
