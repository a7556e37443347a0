"""A real HTTP server on the loopback that answers as it is told: what no engine does on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROWS = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'


@dataclass(frozen=True)
class Said:
    """A reply: its status, body, headers; `length` other than the body's cuts the body off."""

    status: int = 200
    body: bytes = YES
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": ROWS})
    length: int | None = None


@dataclass
class Asked:
    """What was asked: the address, and the method, headers and body of each request."""

    address: str
    requests: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)


@contextmanager
def replying(replies: Sequence[Said]) -> Iterator[Asked]:
    """Serve the replies one after another; behind the last one, that one again and again."""
    waiting = list(replies)

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.requests.append((self.command, dict(self.headers), body))
            said = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(said.length or len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _reply

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    asked = Asked(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
