"""The real server as a process of its own, and visitors who speak to it over the network."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from ita_flow.config import Settings
from tests.factories import PASSWORD

COMMAND = Path(sys.executable).with_name("ita-flow")
SECONDS_TO_START = 30
CSRF_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


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


class Visitor:
    """Somebody with a browser's cookies, who can be cut off in the middle of anything."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), _StayHere())
        self._csrf_token = ""

    def sign_in(self, email: str) -> None:
        self._csrf_token = _token_in(self.get("/sign-in")[1])
        status, _ = self.post("/sign-in", {"email": email, "password": PASSWORD})
        assert status == 303, status
        self._csrf_token = _token_in(self.get("/approvals")[1])

    def get(self, path: str) -> tuple[int, str]:
        return self._answer(Request(self._server.address + path))

    def post(self, path: str, fields: Mapping[str, object]) -> tuple[int, str]:
        """Status and text. Raises URLError or another OSError when the server goes away meanwhile."""
        body = urlencode({"csrf_token": self._csrf_token, **fields}).encode()
        return self._answer(Request(self._server.address + path, body))

    def _answer(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=20) as response:
                return response.status, response.read().decode()
        except HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()


GONE = (URLError, ConnectionError, TimeoutError)
"""What a visitor meets when the server dies under their request."""


def _token_in(page: str) -> str:
    found = CSRF_TOKEN.search(page)
    assert found, page[:500]
    return found[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
