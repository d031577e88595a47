"""Who the mails come from: their address, their name and their numbers."""

from __future__ import annotations

import secrets
from email.errors import HeaderParseError
from email.headerregistry import Address

from ita_flow.config import PREFIX, BadSetting, settings
from ita_flow.models.people import Agency


class BadAddress(Exception):
    """No mail can be sent to, or from, an address written like this."""


def new_message_id() -> str:
    """A Message-ID of this installation, never used before."""
    return f"<{secrets.token_hex(16)}@{settings().host}>"


def thread_of(task_id: int, agency: Agency) -> str:
    """What all letters about a task answer to."""
    return f"<task-{task_id}.{agency.code}@{settings().host}>"


def sender_of(agency: Agency) -> Address:
    """``ITA อบจ.ตัวอย่าง <ita@host>``. Raises BadSetting: a sender that is no address is no recipient's fault."""
    try:
        return address(f"ITA {agency.short_name}", from_address())
    except BadAddress as error:
        raise BadSetting(f"{PREFIX}MAIL_FROM ต้องเป็นที่อยู่อีเมล เช่น ita@example.go.th แต่พบ {error}") from None


def from_address() -> str:
    """The address that stands in the From of every mail."""
    return settings().mail_from or f"ita@{settings().host}"


def address(name: str, email: str) -> Address:
    """A name and an address as they may stand in a header. Raises BadAddress."""
    try:
        return Address(display_name=one_line(name), addr_spec=email)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise BadAddress(f"{email!r}: {error}") from None


def one_line(text: str) -> str:
    """The text without line breaks or characters that nobody sees: a name is never able to add a header."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
