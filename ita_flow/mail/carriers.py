"""Who carries a letter out of the house, and the ways in which that fails."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol

from ita_flow.config import Settings
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier


class Carrier(Protocol):
    """Hands letters over, or raises one of the failures of ``mail.failures``."""

    def carry(self, letter: EmailMessage) -> None: ...

    def close(self) -> None: ...


class DemoCarrier:
    """Keeps every letter in the house: the demo shows its outbox on a page and never opens a connection."""

    def carry(self, letter: EmailMessage) -> None:
        pass

    def close(self) -> None:
        pass


def server_name(settings: Settings) -> str | None:
    """The host and port of the mail server, never its password; None while none is set. Raises BadSetting."""
    if not settings.smtp_url:
        return None
    where = SmtpAddress.read(settings.smtp_url)
    return f"{where.host}:{where.port}"


def carrier_of(settings: Settings) -> Carrier | None:
    """How this installation sends mail; None while no server is set, and mails wait."""
    if settings.is_demo:
        return DemoCarrier()
    if settings.smtp_url:
        return SmtpCarrier(SmtpAddress.read(settings.smtp_url))
    return None
