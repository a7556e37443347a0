"""Positions by a language model on a server with the interface of OpenAI, local by default.

Nothing leaves the machine unless the user allows it: any address but the loopback is refused
without `allow_remote`, redirects are not followed, and proxies of the environment are not used for
a local server. The key, if a server wants one, is read from the environment only and never shown.

Interface: https://platform.openai.com/docs/api-reference/chat (Ollama, llama.cpp, vLLM and others
offer the same).
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from kg.addresses import is_local
from kg.drafting.answers import Checker
from kg.drafting.directory import Directory
from kg.drafting.known import Known
from kg.drafting.lexicon import lexicon
from kg.drafting.matching import matcher
from kg.drafting.model import Draft, Drafts
from kg.drafting.question import Stretch, request, stretches
from kg.drafting.speakers import Speakers
from kg.errors import InputError
from kg.minutes.model import Minutes, Remark

DEFAULT_URL = "http://127.0.0.1:11434/v1"
KEY_VARIABLE = "KG_SERVER_KEY"
_HOST = re.compile(r"[\w.:-]+")
_LARGEST_ANSWER = 2_000_000  # bytes
_GIVE_UP_AFTER = 3  # stretches in a row without an answer
_LONGEST_PAUSE = 30.0  # seconds that a server's Retry-After may ask for
_BUSY = frozenset({408, 409, 429, 500, 502, 503, 504})
_WRONG_KEY = frozenset({401, 403})


class _NoAnswer(Exception):
    """One stretch got no answer; the message says why."""


class _NoSchema(Exception):
    """The server does not know `response_format`."""


@dataclass(frozen=True)
class ServerExtractor:
    """Asks a server about each speech; `url` is the base (``…/v1``), `model` the name of a model.

    `timeout` is the time in seconds for one whole answer, `attempts` how often a busy or failing
    server is asked, `pause` the seconds before the second attempt, doubled each time.

    Raises `InputError` for an address that is not to be used, and in `extract` where the server
    cannot be reached, or refuses the key or the model.
    """

    model: str
    url: str = DEFAULT_URL
    allow_remote: bool = False
    timeout: float = 120.0
    attempts: int = 3
    pause: float = 1.0

    def __post_init__(self) -> None:
        _check_address(self.url, self.allow_remote)
        if not self.model.strip():
            raise InputError("No model is named: give the name that the server has for it")

    def extract(self, minutes: Minutes, known: Known) -> Drafts:
        """The drafts of a memo; what the server got wrong is a remark."""
        language = minutes.header.language
        words = lexicon(language)
        directory = Directory(minutes, known, words)
        speakers = Speakers(minutes, directory, words)
        checker = Checker(language, words, directory, speakers, matcher(known, language))
        listed = list(stretches(minutes))
        found: list[Draft] = []
        remarks: list[Remark] = []
        with self._client() as client:
            for stretch, answer in _Conversation(self, client, minutes).answers(listed):
                results = (
                    checker.drafts(answer, stretch) if isinstance(answer, str) else iter([answer])
                )
                for result in results:
                    if isinstance(result, Draft):
                        found.append(result)
                    else:
                        remarks.append(result)
        return Drafts(tuple(dict.fromkeys(found)), remarks=tuple(remarks))

    def _client(self) -> httpx.Client:
        key = os.environ.get(KEY_VARIABLE, "").strip()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        local = is_local(httpx.URL(self.url).host)
        if key and not local and httpx.URL(self.url).scheme != "https":
            raise InputError(
                f"The key in {KEY_VARIABLE} is not sent over plain http to {self.url}: use https"
            )
        try:
            return httpx.Client(
                headers=headers,
                timeout=self.timeout,
                follow_redirects=False,
                trust_env=not local,
            )
        except UnicodeEncodeError:
            raise InputError(
                f"The key in {KEY_VARIABLE} has characters that no key has: set it again"
            ) from None


@dataclass
class _Conversation:
    """The requests about one memo."""

    extractor: ServerExtractor
    client: httpx.Client
    minutes: Minutes
    with_schema: bool = True

    def answers(self, listed: list[Stretch]) -> Iterator[tuple[Stretch, str | Remark]]:
        """The answer about each stretch, or why there is none."""
        failed = 0
        for place, stretch in enumerate(listed):
            try:
                answer: str | Remark = self._ask(stretch)
                failed = 0
            except _NoAnswer as error:
                failed += 1
                answer = Remark(stretch.passage.span(), f"the server gave no answer: {error}")
            yield stretch, answer
            if failed == _GIVE_UP_AFTER and place + 1 < len(listed):
                rest = listed[place + 1].passage.span()[0], listed[-1].passage.span()[1]
                message = f"the server failed {failed} times in a row: the rest was not asked about"
                yield stretch, Remark(rest, message)
                return

    def _ask(self, stretch: Stretch) -> str:
        """The words of the answer about a stretch, after as many attempts as it takes."""
        left = max(1, self.extractor.attempts)
        pause = self.extractor.pause
        while True:
            try:
                return self._once(stretch)
            except _NoSchema:
                self.with_schema = False
            except _Busy as error:
                left -= 1
                if not left:
                    raise _NoAnswer(str(error)) from None
                time.sleep(min(_LONGEST_PAUSE, max(pause, error.wait)))
                pause *= 2

    def _once(self, stretch: Stretch) -> str:
        extractor = self.extractor
        body = request(stretch, self.minutes, extractor.model, self.with_schema)
        address = extractor.url.rstrip("/") + "/chat/completions"
        try:
            with self.client.stream("POST", address, json=body) as response:
                if response.status_code != httpx.codes.OK:
                    self._refused(response)
                return _content(_read(response, extractor.timeout))
        except httpx.ConnectError as error:
            raise InputError(
                f"The server {extractor.url} cannot be reached: start it, or name another"
            ) from error
        except httpx.TimeoutException:
            raise _Busy(f"none within {extractor.timeout:g} seconds") from None
        except httpx.HTTPError as error:
            raise _Busy(f"the connection broke ({type(error).__name__})") from None

    def _refused(self, response: httpx.Response) -> None:
        """Raise what an answer without success means."""
        status, url = response.status_code, self.extractor.url
        if status in _WRONG_KEY:
            raise InputError(
                f"The server {url} refuses access (status {status}): "
                f"put the key that it wants into the environment variable {KEY_VARIABLE}"
            )
        if status == httpx.codes.NOT_FOUND:
            raise InputError(
                f"The server {url} does not know the model “{self.extractor.model}”, or its "
                "address is another: check both"
            )
        if status in _BUSY:
            raise _Busy(f"status {status}", _wait(response))
        if status == httpx.codes.BAD_REQUEST and self.with_schema:
            raise _NoSchema
        if response.is_redirect:
            raise _NoAnswer(f"it points elsewhere (status {status}), which is not followed")
        raise _NoAnswer(f"status {status}")


class _Busy(Exception):
    """The server may answer later; `wait` is how many seconds it asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _check_address(url: str, allow_remote: bool) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InputError(f"“{url}” is no address of a server: write http://host:port/v1") from error
    if parsed.scheme not in {"http", "https"} or not _HOST.fullmatch(parsed.host):
        raise InputError(f"“{url}” is no address of a server: write http://host:port/v1")
    if parsed.userinfo:
        raise InputError(
            f"The server's address holds a password: put the key into {KEY_VARIABLE} instead"
        )
    if not allow_remote and not is_local(parsed.host):
        raise InputError(
            f"The server {url} is on another machine, and the memo would be sent there: "
            "allow it with --allow-remote if it may be, or name a server of this machine"
        )


def _read(response: httpx.Response, seconds: float) -> bytes:
    """The bytes of an answer, within a time and a size."""
    end = time.monotonic() + seconds
    found = bytearray()
    for piece in response.iter_bytes():
        found += piece
        if len(found) > _LARGEST_ANSWER:
            raise _NoAnswer(f"it is longer than {_LARGEST_ANSWER} bytes")
        if time.monotonic() > end:
            raise _Busy(f"none within {seconds:g} seconds")
    return bytes(found)


def _content(raw: bytes) -> str:
    """The words of the model in the answer of the server."""
    try:
        answer: Any = json.loads(raw)
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise _NoAnswer("it is not of the form of /chat/completions") from None
    if not isinstance(content, str):
        raise _NoAnswer("it has no words")
    return content


def _wait(response: httpx.Response) -> float:
    """The seconds that a busy server asks for; 0 where it asks for none, or for a date."""
    try:
        return max(0.0, float(response.headers.get("Retry-After", "0")))
    except ValueError:
        return 0.0
