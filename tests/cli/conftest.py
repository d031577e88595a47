"""Two ways of running commands: on the test's own application, or as on a machine where nothing runs yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ita_flow import cli, create_app
from ita_flow.cli import demo
from ita_flow.config import Settings
from ita_flow.extensions import db
from tests.cli.command import Command, Ran, ran
from tests.databases import close


@pytest.fixture
def command(app: Flask, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on the test's own database, which is migrated."""

    def run(*arguments: str) -> Ran:
        db.session.commit()
        return ran(capsys, *arguments)

    return run


@pytest.fixture
def machine(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs a command as a shell does: from settings in the environment, on a database that no migration has seen."""
    made: list[Flask] = []

    def remembered(settings: Settings | None = None) -> Flask:
        made.append(create_app(settings))
        return made[-1]

    for name, value in (("INSTANCE", str(tmp_path)), ("DATABASE_URL", empty_database)):
        monkeypatch.setenv(f"ITA_FLOW_{name}", value)
    for name in ("SECRET_KEY", "TODAY", "SMTP_URL", "BASE_URL"):
        monkeypatch.delenv(f"ITA_FLOW_{name}", raising=False)
    monkeypatch.setattr(cli, "create_app", remembered)
    monkeypatch.setattr(demo, "create_app", remembered)
    yield lambda *arguments: ran(capsys, *arguments)
    for app in made:
        close(app)
