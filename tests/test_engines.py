"""The engines start, take and give back triples, keep them, and leave no process behind."""

from __future__ import annotations

import csv
import os
import signal
import socket
import sys
import time
from io import StringIO
from pathlib import Path
from subprocess import PIPE, Popen

import httpx
import pytest

import engines
from conftest import ROOT
from engines import (
    EVERY,
    WITH_UNION,
    Engine,
    EngineError,
    Running,
    Start,
    fuseki,
    oxigraph_server,
    virtuoso,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX process groups"),
]

TURTLE = {"content-type": "text/turtle"}
UPDATE = {"content-type": "application/sparql-update"}
TRIPLES = '<urn:a> <urn:p> <urn:b> . <urn:a> <urn:q> "yö"@fi .'
MORE = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:r> 3 } }"
OBJECTS = "SELECT ?o WHERE { GRAPH <urn:g> { ?s ?p ?o } }"
BY_DEFAULT = "SELECT ?o WHERE { <urn:a> ?p ?o }"

each = pytest.mark.parametrize("name", EVERY)


def client(engine: Engine) -> httpx.Client:
    return httpx.Client(auth=engine.auth(), trust_env=False, timeout=60)


def fill(engine: Engine) -> None:
    """Two triples by the Graph Store Protocol, and one by an update."""
    with client(engine) as http:
        to = {"graph": "urn:g"}
        put = http.put(engine.graphs, params=to, content=TRIPLES.encode(), headers=TURTLE)
        put.raise_for_status()
        http.post(engine.update, content=MORE.encode(), headers=UPDATE).raise_for_status()


def ask(engine: Engine, query: str) -> set[str]:
    """The values in the one column of a SELECT."""
    with client(engine) as http:
        form = {"accept": "text/csv"}
        answer = http.get(engine.query, params={"query": query}, headers=form).raise_for_status()
    return {row[0] for row in [*csv.reader(StringIO(answer.text))][1:]}


def is_gone(running: Running) -> bool:
    """Whether nothing is left of an engine: no process of its group, and nobody listens."""
    try:
        os.killpg(running.process.pid, 0)
    except ProcessLookupError:
        return not listens(running.query)
    return False


def listens(query: str) -> bool:
    """Whether somebody takes connections at the port of an address."""
    try:
        socket.create_connection((engines.HOST, httpx.URL(query).port), timeout=5).close()
    except ConnectionError:
        return False
    return True


@each
def test_an_engine_takes_triples_and_gives_them_back(name: str, tmp_path: Path) -> None:
    with EVERY[name](tmp_path / "data") as engine:
        assert ask(engine, "SELECT (1 + 1 AS ?two) WHERE {}") == {"2"}
        fill(engine)
        assert ask(engine, OBJECTS) == {"urn:b", "yö", "3"}
        by_default = {"urn:b", "yö", "3"} if name in WITH_UNION else set()
        assert ask(engine, BY_DEFAULT) == by_default
    assert is_gone(engine)


@each
def test_an_engine_keeps_its_triples_when_it_is_stopped_or_killed(
    name: str, tmp_path: Path
) -> None:
    with EVERY[name](tmp_path) as first:
        fill(first)
        first.kill()
        assert is_gone(first)
        with EVERY[name](tmp_path) as second:
            assert ask(second, OBJECTS) == {"urn:b", "yö", "3"}
            second.stop()
            assert is_gone(second)
    with EVERY[name](tmp_path) as third:
        assert ask(third, OBJECTS) == {"urn:b", "yö", "3"}


def test_without_its_login_an_engine_takes_nothing(tmp_path: Path) -> None:
    with fuseki(tmp_path / "f", password="x") as one, virtuoso(tmp_path / "v") as other:
        for engine in (one, other):
            graph = f"{engine.graphs}?graph=urn:g"
            answer = httpx.put(graph, content=TRIPLES.encode(), headers=TURTLE, trust_env=False)
            assert answer.status_code == 401
            assert ask(engine, OBJECTS) == set()


def test_a_test_that_fails_leaves_no_engine(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), oxigraph_server(tmp_path) as engine:
        raise ZeroDivisionError
    assert is_gone(engine)


def test_an_engine_that_cannot_start_is_reported_with_its_log(tmp_path: Path) -> None:
    said = r"(?s)ended at its start with status [1-9].*LOCK"
    with oxigraph_server(tmp_path), pytest.raises(EngineError, match=said):
        oxigraph_server(tmp_path).__enter__()


def test_an_engine_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "START_SECONDS", 0.5)
    engine = Engine("tortoise", f"http://{engines.HOST}:{engines.free_port()}", "", "", None, None)
    command = ["sh", "-c", "echo $$; echo I come; exec sleep 600"]
    with pytest.raises(EngineError, match=r"tortoise did not answer within .*\n\d+\nI come$"):
        engines.running(engine, command, tmp_path, {}).__enter__()
    group = int((tmp_path / engines.LOG).read_text().split()[0])
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_an_engine_that_does_not_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "STOP_SECONDS", 0.5)
    log = tmp_path / engines.LOG
    log.write_text("I stay\n")
    deaf = ["sh", "-c", "trap '' TERM; echo; while :; do sleep 600; done"]
    with Popen(deaf, stdout=PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        running = Running("mule", "", "", "", None, None, process, log)
        with pytest.raises(EngineError, match=r"mule did not stop within .*\nI stay$"):
            running.stop()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_engine_outlives_a_pytest_that_is_killed(number: signal.Signals, tmp_path: Path) -> None:
    script = (
        "import pathlib, signal, engines\n"
        f"with engines.oxigraph_server(pathlib.Path({str(tmp_path)!r})) as engine:\n"
        "    print(engine.query, flush=True)\n"
        "    signal.pause()\n"
    )
    path = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src")])
    command = [sys.executable, "-c", script]
    with Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=PIPE, text=True) as process:
        assert process.stdout is not None
        query = process.stdout.readline().strip()
        assert listens(query)
        process.send_signal(number)
    end = time.monotonic() + 20
    while listens(query):
        assert time.monotonic() < end, "the engine still answers"


@pytest.mark.parametrize("start", [fuseki, virtuoso, oxigraph_server])
@pytest.mark.parametrize(
    ("required", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_what_is_missing_fails_only_where_engines_are_required(
    start: Start,
    required: str,
    outcome: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("APRO_REQUIRE_ENGINES", required)
    monkeypatch.setenv("APRO_REQUIRE_JAVA", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("engines.sysconfig.get_path", lambda name: str(tmp_path))
    with pytest.raises(outcome, match=r"needs the command \w+.*: .*(install|make setup-dev)"):
        start(tmp_path)


def test_ci_requires_the_engines() -> None:
    assert "export APRO_REQUIRE_ENGINES=1" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
