"""A mail server for tests: a real one on a free port, which keeps what it gets or answers as it is told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event
from typing import TypeVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"
HANG_UP = "hang up"
TAKE_AND_HANG_UP = "take it, then hang up"


@dataclass
class Letterbox:
    """What arrived, and the answers still to be given; without one every letter is welcome."""

    letters: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    answers_to_sender: list[str] = field(default_factory=list)
    answers_to_recipient: list[str] = field(default_factory=list)
    answers_to_letter: list[str] = field(default_factory=list)
    port: int = 0
    arrived: Event = field(default_factory=Event)
    """Set when the first letter is in the box."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return sorted(str(letter["To"].addresses[0].addr_spec) for letter in self.letters)

    async def handle_EHLO(  # noqa: N802 - the server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = _next(self.answers_to_sender)
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = _next(self.answers_to_recipient)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = _next(self.answers_to_letter)
        if answer in (OK, TAKE_AND_HANG_UP):
            content = envelope.original_content or b""
            self.letters.append(message_from_bytes(content, policy=default))
            self.arrived.set()
        if answer in (HANG_UP, TAKE_AND_HANG_UP):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return OK
        return answer


def _next(answers: list[str]) -> str:
    return answers.pop(0) if answers else OK


Box = TypeVar("Box", bound=Letterbox)


class _OnAFreePort(Controller):
    """The server's check of itself asks the port that the system gave, not port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with listening(Letterbox()) as box:
        yield box


@contextmanager
def listening(box: Box) -> Iterator[Box]:
    """This box on a port of its own."""
    controller = _OnAFreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.port, box.connections = controller.port, 0
    try:
        yield box
    finally:
        controller.stop()


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter, decoded."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def let_break(html: str) -> str:
    """The page of a mail without what holds words of a line together."""
    return re.sub(r'<span style="white-space:nowrap">([^<]+)</span>', r"\1", html)
