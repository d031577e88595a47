"""Fixtures of languages."""

from __future__ import annotations

from tests.web.conftest import plain_app

__all__ = ["plain_app"]
