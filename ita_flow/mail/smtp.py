"""SMTP with the standard library: one connection for a batch, and its answers in our words."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from ita_flow.config import PREFIX, BadSetting
from ita_flow.mail.failures import LineBroke, Refused, TryLater, Unreachable

SECONDS_TO_ANSWER = 10
SUBMISSION_PORT = 587
PORTS = {"smtp": 25, "smtps": 465}
FIRST_PERMANENT_CODE = 500
NO_ANSWER = -1
WHO_WE_ARE = (530, 534, 535, 538)
"""Answers about our signing in, whichever letter they come with."""


@dataclass(frozen=True)
class SmtpAddress:
    """Where the mail server stands and how it is spoken to."""

    host: str
    port: int
    is_tls: bool
    """TLS from the first byte."""

    starts_tls: bool
    """TLS after the greeting; a server that does not offer it gets no letter."""

    user: str | None = None
    password: str | None = None

    @classmethod
    def read(cls, url: str) -> SmtpAddress:
        """``smtp://user:password@host:587``, ``smtps://host`` or ``smtp://host:25?starttls=1``. Raises BadSetting."""
        parts = urlsplit(url)
        port = _port(parts)
        if parts.scheme not in PORTS or not parts.hostname or port is None:
            raise BadSetting(f"{PREFIX}SMTP_URL ต้องเป็นแบบ smtp://ผู้ใช้:รหัสผ่าน@เซิร์ฟเวอร์อีเมล:587 หรือ smtps://…")
        wishes = parse_qs(parts.query)
        return cls(
            host=parts.hostname,
            port=port,
            is_tls=parts.scheme == "smtps",
            starts_tls=parts.scheme == "smtp" and (port == SUBMISSION_PORT or wishes.get("starttls") == ["1"]),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def can_connect(url: str) -> bool:
    """Whether the server greets us and takes our password. Raises BadSetting."""
    carrier = SmtpCarrier(SmtpAddress.read(url))
    try:
        carrier.connect()
    except Unreachable:
        return False
    carrier.close()
    return True


class SmtpCarrier:
    """Connects with the first letter and keeps the connection for those that follow."""

    def __init__(self, address: SmtpAddress) -> None:
        self._address = address
        self._connection: smtplib.SMTP | None = None

    def carry(self, letter: EmailMessage) -> None:
        """Hand the letter to the server; raises Refused, TryLater or Unreachable."""
        connection = self.connect()
        with self._answers_in_our_words():
            connection.send_message(letter)

    def connect(self) -> smtplib.SMTP:
        """The connection, opened and introduced if there was none. Raises Unreachable."""
        if self._connection is None:
            self._connection = self._connected()
        return self._connection

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        if self._connection:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        try:
            connection = self._opened()
            try:
                self._introduce(connection)
            except BaseException:
                connection.close()
                raise
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_words_of(error)) from error
        return connection

    def _opened(self) -> smtplib.SMTP:
        where = self._address
        if where.is_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(where.host, where.port, timeout=SECONDS_TO_ANSWER, context=context)
        return smtplib.SMTP(where.host, where.port, timeout=SECONDS_TO_ANSWER)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        # Greeted here and not with the letter: a server that does not greet us says nothing about the letter.
        connection.ehlo_or_helo_if_needed()
        if self._address.starts_tls:
            connection.starttls(context=ssl.create_default_context())
        if self._address.user:
            connection.login(self._address.user, self._address.password or "")

    @contextmanager
    def _answers_in_our_words(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            self._start_anew_after(code)
            raise _failure(code, text) from error
        except smtplib.SMTPSenderRefused as error:
            # Said about us before the recipient was named: it holds for every letter.
            self.close()
            raise Unreachable(_words_of(error)) from error
        except smtplib.SMTPResponseException as error:
            self._start_anew_after(error.smtp_code)
            raise _failure(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(_words_of(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            # The line broke with this letter in hand: it counts as tried, or one letter could hold up all others.
            self.close()
            raise LineBroke(_words_of(error)) from error

    def _start_anew_after(self, code: int) -> None:
        """421 closes the connection, and so do some servers after no answer."""
        if code in (421, NO_ANSWER, *WHO_WE_ARE):
            self.close()


def _failure(code: int, text: bytes | str) -> Refused | TryLater | Unreachable:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _kind_of(code)(f"{code} {words}")


def _kind_of(code: int) -> type[Refused | TryLater | Unreachable]:
    if code in WHO_WE_ARE:
        return Unreachable
    if code == NO_ANSWER:
        return LineBroke
    return Refused if code >= FIRST_PERMANENT_CODE else TryLater


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_failure(error.smtp_code, error.smtp_error))
    return f"{type(error).__name__}: {error}"
