"""The real server as a process of its own, and visitors who speak to it over the network."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from ita_flow.config import Settings
from tests.factories import PASSWORD

COMMAND = Path(sys.executable).with_name("ita-flow")
SECONDS_TO_START = 30


class Server:
    """``ita-flow serve`` on a free port of this machine."""

    def __init__(self, settings: Settings, **environment: str) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "ITA_FLOW_INSTANCE": str(settings.instance),
            "ITA_FLOW_DATABASE_URL": settings.database_url,
            "ITA_FLOW_BASE_URL": self.address,
            "ITA_FLOW_SECRET_KEY": settings.secret_key or "",
            **environment,
        }
        self._log = settings.instance / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing of it can say goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait(timeout=SECONDS_TO_START)
        self._process = None

    def _wait_until_it_answers(self) -> None:
        give_up_at = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < give_up_at:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self._process and self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self._log.read_text()}")


@contextmanager
def served(settings: Settings, **environment: str) -> Iterator[Server]:
    server = Server(settings, **environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _StayHere(HTTPRedirectHandler):
    """Answers that send elsewhere are answers: the test looks at them."""

    def redirect_request(self, *_args: object, **_keywords: object) -> None:
        return None


@dataclass
class Form:
    """A form of a page: where it goes, and what it carries without anybody writing."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms of a page with their hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.found.append(Form(said.get("action") or ""))
        elif tag == "input" and said.get("type") == "hidden" and self.found:
            self.found[-1].fields[said.get("name") or ""] = said.get("value") or ""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    """Where the answer sends the visitor, or nothing."""

    text: str

    @cached_property
    def forms(self) -> list[Form]:
        return _Forms(self.text).found


class Visitor:
    """Somebody with a browser's cookies, who can be cut off in the middle of anything.

    Asking raises one of ``GONE`` or an HTTPException when the server goes away meanwhile.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), _StayHere())

    def sign_in(self, email: str) -> None:
        (form,) = (form for form in self.get("/sign-in").forms if form.action.startswith("/sign-in"))
        answer = self.send(form, email=email, password=PASSWORD)
        assert answer.status == 303, answer

    def get(self, path: str) -> Answer:
        return self._answer(Request(self._server.address + path))

    def send(self, form: Form, **written: str) -> Answer:
        """Send this form as it was found, with what was written into it."""
        body = urlencode({**form.fields, **written}).encode()
        return self._answer(Request(self._server.address + form.action, body))

    def _answer(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=20) as response:
                return _read(response)
        except HTTPError as answer:
            with answer:
                return _read(answer)


GONE = (URLError, ConnectionError, TimeoutError)
"""What a visitor meets when the server dies under their request."""


def _read(response: HTTPResponse | HTTPError) -> Answer:
    return Answer(response.status or 0, response.headers.get("Location", ""), response.read().decode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
