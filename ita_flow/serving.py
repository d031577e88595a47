"""Serving the application with waitress, after making sure that it may be served."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import waitress
from flask import Flask

from ita_flow import schema
from ita_flow.config import MAX_REQUEST_BYTES, Settings
from ita_flow.domain.refusals import Invalid
from ita_flow.jobs import start

THREADS = 8


def refuse_unfit(settings: Settings) -> None:
    """Raises Invalid when this installation must not be served as it is set up."""
    if not settings.secret_key:
        raise Invalid("secret_missing")
    if settings.today and not settings.is_demo:
        raise Invalid("today_outside_demo")
    if not schema.is_current():
        raise Invalid("database_not_ready")


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests until told to stop. On SQLite the jobs run inside, for one process serves everything."""
    settings: Settings = app.config["SETTINGS"]
    scheduler = start(app) if settings.is_sqlite else None
    signal.signal(signal.SIGTERM, _stop)
    try:
        waitress.serve(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident="ITA Flow",
            max_request_body_size=MAX_REQUEST_BYTES,
            clear_untrusted_proxy_headers=True,
            **behind_proxy(settings),
        )
    finally:
        if scheduler:
            scheduler.shutdown()


def behind_proxy(settings: Settings) -> dict[str, object]:
    """What waitress has to know to believe the proxy, and nobody else, about who asks and how."""
    if settings.trusted_proxy is None:
        return {}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
