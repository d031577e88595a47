"""Every setting with its default, read from the instance folder and then from the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
SETTINGS_FILE = "settings.toml"
DATABASE_FILE = "ita_flow.sqlite3"
PREFIX = "ITA_FLOW_"

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 20 * MEGABYTE
MAX_FILES_A_REPORT = 10
MAX_REQUEST_BYTES = 60 * MEGABYTE
MAX_FORM_TEXT_BYTES = 2 * MEGABYTE


class BadSetting(Exception):
    """A setting cannot be used; the message says which and why, in Thai."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides for itself."""

    instance: Path
    """Folder of the SQLite file, the evidence and ``settings.toml``."""

    database_url: str
    base_url: str = "http://127.0.0.1:5000"
    """The address people use; the only source of links in mails."""

    smtp_url: str | None = None
    """``smtp://user:password@host:587`` or ``smtps://…``; without it mails wait in the outbox."""

    mail_from: str | None = None
    """The address in the From of mails; without it ``ita@`` and the host of ``base_url``."""

    mails_per_minute: int = 60
    """How many mails are handed to the mail server within a minute at most, over all workers."""

    secret_key: str | None = None
    trusted_proxy: str | None = None
    """The address of the proxy in front that ends TLS; its word is taken for who asks and how."""

    today: date | None = None
    """Pretend that it is this day; only the demo may be served so."""

    is_demo: bool = False

    @property
    def evidence_folder(self) -> Path:
        return self.instance / "evidence"

    @property
    def anchors_folder(self) -> Path:
        """Where the ends of the records are kept, a file a day."""
        return self.instance / "anchors"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "127.0.0.1"


def settings() -> Settings:
    """The settings of the running application."""
    return cast(Settings, current_app.config["SETTINGS"])


def read_settings(environment: Mapping[str, str] = os.environ, instance: Path | None = None) -> Settings:
    """The settings of this installation: the environment wins over ``settings.toml``, which wins over defaults."""
    folder = instance or Path(environment.get(f"{PREFIX}INSTANCE") or ROOT / "instance")
    folder = folder.resolve()
    written = _written(folder / SETTINGS_FILE)

    def setting(name: str) -> str | None:
        value = environment.get(PREFIX + name.upper()) or written.get(name)
        return str(value) if value not in (None, "") else None

    return Settings(
        instance=folder,
        database_url=_database_address(setting("database_url") or f"sqlite:///{folder / DATABASE_FILE}"),
        base_url=_web_address(setting("base_url") or Settings.base_url),
        smtp_url=setting("smtp_url"),
        mail_from=setting("mail_from"),
        mails_per_minute=_pace(setting("mails_per_minute")),
        secret_key=setting("secret_key"),
        trusted_proxy=setting("trusted_proxy"),
        today=_day(setting("today")),
        is_demo=bool(written.get("demo")),
    )


def _written(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"อ่านไฟล์ตั้งค่า {path} ไม่ได้: {error}") from None


def _database_address(address: str) -> str:
    try:
        driver = sa.make_url(address).drivername
    except (sa.exc.ArgumentError, ValueError):
        driver = ""
    if driver not in DATABASES:
        raise BadSetting(f"{PREFIX}DATABASE_URL ต้องขึ้นต้นด้วย postgresql+psycopg:// หรือ sqlite:/// ตรวจการสะกดของที่อยู่")
    return address


def _web_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"{PREFIX}BASE_URL ต้องเป็นที่อยู่เว็บเต็ม เช่น https://ita.example.go.th แต่พบ {address}")
    return address.rstrip("/")


def _pace(text: str | None) -> int:
    if text is None:
        return Settings.mails_per_minute
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadSetting(f"{PREFIX}MAILS_PER_MINUTE ต้องเป็นจำนวนเต็มตั้งแต่ 1 เช่น 60 แต่พบ {text}")
    return int(text)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"{PREFIX}TODAY ต้องเป็นวันที่แบบ 2024-03-18 แต่พบ {text}") from None
