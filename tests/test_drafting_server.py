"""The extractor that asks a server, against a real one on the loopback that answers as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from drafting_minutes import minutes_of
from kg.drafting.extractor import Extractor, RuleExtractor
from kg.drafting.known import Known
from kg.drafting.model import Drafts
from kg.drafting.question import LONGEST, stretches
from kg.drafting.server import DEFAULT_URL, KEY_VARIABLE, ServerExtractor
from kg.errors import InputError

MARY = "Mary Hale"
TEXT = "Ms Hale opened paper two. The Treasury could accept the\n fee if it is low."
QUOTE = "The Treasury could accept the fee if it is low."
GOOD: dict[str, Any] = {
    "holder": "HM Treasury",
    "holder_type": "body",
    "stance": "supportWithConditions",
    "proposition": "The fee stays",
    "quote": QUOTE,
    "condition": "it is low",
}

Reply = tuple[int, bytes, dict[str, str]]


class FakeServer(ThreadingHTTPServer):
    """Answers with what `reply` gives for the number of the request; keeps what it was asked."""

    daemon_threads = True

    def __init__(self, reply: Callable[[int], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.headers_seen: list[dict[str, str]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.headers_seen.append(dict(self.headers))
        self.server.asked.append(json.loads(body))
        status, answer, headers = self.server.reply(len(self.server.asked))
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            pass  # the client did not wait

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Serve = Callable[[Callable[[int], Reply]], FakeServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[FakeServer] = []

    def start(reply: Callable[[int], Reply]) -> FakeServer:
        server = FakeServer(reply)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def saying(content: object) -> Reply:
    text = content if isinstance(content, str) else json.dumps(content)
    answer = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    return 200, json.dumps(answer).encode(), {}


def asked(server: FakeServer, *texts: str, **options: Any) -> Drafts:
    talk = [(MARY, text) for text in (texts or (TEXT,))]
    extractor: Extractor = ServerExtractor("tiny", server.url, pause=0.0, **options)
    return extractor.extract(minutes_of("en", talk), Known())


def test_a_good_answer_becomes_drafts(serve: Serve) -> None:
    server = serve(lambda _: saying({"positions": [GOOD, {**GOOD, "holder": "Mary Hale"}]}))
    drafts = asked(server)
    assert [
        (one.holder.name, one.stance, one.pole, one.basis.value, one.asserted_by)
        for one in drafts.positions
    ] == [
        ("HM Treasury", "supportWithConditions", "conditional", "own", MARY),
        (MARY, "supportWithConditions", "conditional", "personal", MARY),
    ]
    draft = drafts.positions[0]
    assert draft.passage.span() == (TEXT.index("The"), len(TEXT))
    assert (draft.proposition, draft.condition) == ("The fee stays", "it is low")
    assert drafts.remarks == ()


def test_what_is_asked(serve: Serve) -> None:
    server = serve(lambda _: saying({"positions": []}))
    asked(server)
    (body,) = server.asked
    context = json.loads(body["messages"][1]["content"])
    assert server.paths == ["/v1/chat/completions"]
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    assert body["response_format"]["type"] == "json_schema"
    assert (context["text"], context["speaker"]) == (TEXT, MARY)
    assert "Authorization" not in server.headers_seen[0]


@pytest.mark.parametrize(
    "around",
    ["Here you are:\n```json\n{}\n```\nAnything else?", "<think>{{no}} json</think>{}", "[{}]"],
)
def test_prose_around_the_answer_does_no_harm(serve: Serve, around: str) -> None:
    content = (
        around.replace("{{", "{ ")
        .replace("}}", " }")
        .replace("{}", json.dumps({"positions": [GOOD]}))
    )
    assert len(asked(serve(lambda _: saying(content))).positions) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote": "The Treasury loves the fee."}, "a quote does not stand in the text"),
        ({"quote": ""}, "a quote does not stand in the text"),
        ({"quote": 7}, "a quote does not stand in the text"),
        ({"stance": "maybe"}, "a stance is no code"),
        ({"holder": "Ministry of Ponds"}, "a holder is not named in the text"),
        ({"holder": None}, "a holder is not named in the text"),
    ],
)
def test_what_the_memo_does_not_have_is_left_out(
    serve: Serve, change: dict[str, Any], why: str
) -> None:
    drafts = asked(serve(lambda _: saying({"positions": [{**GOOD, **change}, GOOD]})))
    assert len(drafts.positions) == 1
    (remark,) = drafts.remarks
    assert why in remark.message
    assert remark.span == (0, len(TEXT))


@pytest.mark.parametrize(
    "reply",
    [
        saying("I found nothing, sorry."),
        saying({"positions": "none"}),
        saying({"answer": []}),
        saying("{" * 5000),
        saying('{"positions": ' + "[" * 100_000),
        (200, b"no json", {}),
        (200, b'{"choices": []}', {}),
        (200, b'{"choices": [{"message": {"content": null}}]}', {}),
        (200, b"\xff\xfe", {}),
        (200, b"[" * 100_000, {}),
        (418, b"teapot", {}),
    ],
)
def test_garbage_is_a_remark(serve: Serve, reply: Reply) -> None:
    drafts = asked(serve(lambda _: reply))
    assert drafts.positions == ()
    assert len(drafts.remarks) == 1
    assert "server" in drafts.remarks[0].message


def test_a_position_that_is_no_object_is_a_remark(serve: Serve) -> None:
    drafts = asked(serve(lambda _: saying({"positions": ["support", GOOD]})))
    assert (len(drafts.positions), len(drafts.remarks)) == (1, 1)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(serve: Serve, status: int) -> None:
    good = saying({"positions": [GOOD]})
    server = serve(lambda number: good if number == 3 else (status, b"busy", {}))
    assert len(asked(server).positions) == 1
    assert len(server.asked) == 3


def test_a_failing_server_is_given_up(serve: Serve) -> None:
    server = serve(lambda _: (500, b"", {"Retry-After": "soon"}))
    texts = [f"Ms Hale said that tree {number} is green." for number in range(9)]
    drafts = asked(server, *texts, attempts=2)
    assert len(server.asked) == 6
    assert [one.message for one in drafts.remarks] == [
        *["the server gave no answer: status 500"] * 3,
        "the server failed 3 times in a row: the rest was not asked about",
    ]


def test_one_failure_spoils_nothing_else(serve: Serve) -> None:
    good = saying({"positions": [GOOD]})
    server = serve(lambda number: good if number == 2 else (500, b"", {}))
    drafts = asked(server, "Ms Hale opened the meeting.", TEXT, attempts=1)
    assert (len(drafts.positions), len(drafts.remarks)) == (1, 1)


def test_a_slow_server_is_not_waited_for(serve: Serve) -> None:
    stop = threading.Event()

    def slow(_: int) -> Reply:
        stop.wait(5)
        return saying({"positions": []})

    server = serve(slow)
    began = time.monotonic()
    drafts = asked(server, timeout=0.1, attempts=2)
    stop.set()
    assert time.monotonic() - began < 3
    assert drafts.remarks[0].message == "the server gave no answer: none within 0.1 seconds"


def test_a_server_without_schemas_is_asked_without(serve: Serve) -> None:
    good = saying({"positions": [GOOD]})
    server = serve(lambda number: (400, b"unknown field", {}) if number == 1 else good)
    drafts = asked(server, TEXT, "Ms Hale closed the meeting.", attempts=1)
    assert len(drafts.positions) == 1
    assert ["response_format" in body for body in server.asked] == [True, False, False]


def test_redirects_are_not_followed(serve: Serve) -> None:
    other = serve(lambda _: saying({"positions": [GOOD]}))
    server = serve(lambda _: (307, b"", {"Location": f"{other.url}/chat/completions"}))
    drafts = asked(server)
    assert other.asked == []
    assert "points elsewhere (status 307)" in drafts.remarks[0].message


def test_an_answer_without_end_is_cut(serve: Serve) -> None:
    server = serve(lambda _: (200, b" " * 3_000_000, {}))
    assert "longer than" in asked(server).remarks[0].message


@pytest.mark.parametrize(
    ("status", "word"), [(401, KEY_VARIABLE), (403, KEY_VARIABLE), (404, "tiny")]
)
def test_what_the_user_must_put_right_is_one_sentence(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, status: int, word: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sesame-open")
    with pytest.raises(InputError, match=word) as error:
        asked(serve(lambda _: (status, b"sesame-open", {})))
    assert "sesame" not in str(error.value)


def test_no_server_is_one_sentence() -> None:
    extractor = ServerExtractor("tiny", "http://127.0.0.1:9/v1", pause=0.0)
    with pytest.raises(InputError, match="cannot be reached: start it"):
        extractor.extract(minutes_of("en", [(MARY, TEXT)]), Known())


def test_the_key_comes_from_the_environment_and_is_never_shown(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sesame")
    server = serve(lambda _: (500, b"sesame", {}))
    drafts = asked(server, attempts=1)
    assert server.headers_seen[0]["Authorization"] == "Bearer sesame"
    shown = [one.message for one in drafts.remarks] + [repr(ServerExtractor("tiny", server.url))]
    assert not any("sesame" in text for text in shown)
    monkeypatch.setenv(KEY_VARIABLE, "avain–ä")
    with pytest.raises(InputError, match="set it again"):
        asked(server)


def test_a_proxy_of_the_environment_sees_nothing_of_a_local_server(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(lambda _: saying({"positions": []}))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.server_port}")
    server = serve(lambda _: saying({"positions": [GOOD]}))
    assert len(asked(server).positions) == 1
    assert proxy.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.org/v1",
        "http://192.168.1.5:11434/v1",
        "http://127.0.0.1.example.org/v1",
        "http://localhost.example.org/v1",
        "http://[2001:db8::1]/v1",
        "http://0.0.0.0/v1",
    ],
)
def test_another_machine_needs_leave(url: str) -> None:
    with pytest.raises(InputError, match="--allow-remote"):
        ServerExtractor("tiny", url)
    ServerExtractor("tiny", url, allow_remote=True)


@pytest.mark.parametrize(
    "url", ["", "localhost:11434", "ftp://127.0.0.1/v1", "http://", "http://[", "file:///etc/hosts"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(InputError, match="no address of a server"):
        ServerExtractor("tiny", url, allow_remote=True)


def test_a_password_in_an_address_is_refused() -> None:
    with pytest.raises(InputError, match=KEY_VARIABLE) as error:
        ServerExtractor("tiny", "http://me:sesame@127.0.0.1/v1")
    assert "sesame" not in str(error.value)


def test_a_key_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sesame")
    extractor = ServerExtractor("tiny", "http://model.example.org/v1", allow_remote=True)
    with pytest.raises(InputError, match="use https"):
        extractor.extract(minutes_of("en", [(MARY, TEXT)]), Known())


@pytest.mark.parametrize("url", [DEFAULT_URL, "http://localhost:8080/v1", "http://[::1]:8080/v1"])
def test_this_machine_needs_no_leave(url: str) -> None:
    assert ServerExtractor("tiny", url).url == url


def test_a_model_must_be_named() -> None:
    with pytest.raises(InputError, match="No model"):
        ServerExtractor(" ")


def test_long_talk_is_asked_about_in_parts_between_sentences() -> None:
    text = " ".join(f"Ms Hale said that tree {number} is green." for number in range(400))
    found = list(stretches(minutes_of("en", [(MARY, text), (None, "Short.")])))
    assert len(found) == 3
    assert all(len(one.passage) <= LONGEST for one in found)
    assert all(one.passage.text.endswith("green.") for one in found)
    assert " ".join(one.passage.text for one in found) == text


def test_both_extractors_have_one_interface() -> None:
    rules: Extractor = RuleExtractor()
    drafts = rules.extract(minutes_of("en", [(MARY, TEXT)]), Known())
    assert [one.stance for one in drafts.positions] == ["supportWithConditions"]
