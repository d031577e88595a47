"""``ita-flow doctor``: what is well, what is not, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.cli import checks
from ita_flow.extensions import db
from tests.cli.command import Command
from tests.letterbox import Letterbox

NAMES = ["database", "folder", "space", "secret", "mail", "record", "evidence"]
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def set_up(app: Flask, **settings: object) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **settings)


def test_everything_is_well(command: Command, app: Flask, letterbox: Letterbox) -> None:
    set_up(app, smtp_url=letterbox.url)

    told = command("doctor", "--json")

    assert (told.code, told.err) == (0, "")
    assert [check["name"] for check in told.json["checks"]] == NAMES
    assert all(check["ok"] for check in told.json["checks"])


@on_sqlite
def test_what_is_wrong_is_told_with_what_to_do(command: Command, app: Flask) -> None:
    set_up(app, secret_key=None)

    told = command("doctor")

    assert told.code == 1
    assert [line[0] for line in told.out.splitlines()] == ["✓", "✓", "✓", "✗", "✗", "✓", "✓"]
    assert "ITA_FLOW_SECRET_KEY" in told.out
    assert "ITA_FLOW_SMTP_URL" in told.out


@on_sqlite
def test_a_mail_server_out_of_reach_is_found(command: Command, app: Flask) -> None:
    set_up(app, smtp_url="smtp://127.0.0.1:1")

    assert "✗ ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ ตรวจ ITA_FLOW_SMTP_URL" in command("doctor").out


@on_sqlite
def test_little_space_is_told(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_BYTES", 10**18)

    assert "ควรมีอย่างน้อย 500 MB" in command("doctor").out


@on_sqlite
def test_an_altered_record_is_told(command: Command) -> None:
    db.session.execute(
        sa.text(
            "INSERT INTO agencies (id, code, name, short_name, is_demo, created_at)"
            " VALUES (1, 'x', 'x', 'x', 0, '2024-01-01')"
        )
    )
    db.session.execute(sa.text("INSERT INTO audit_heads VALUES (1, 5, 'x')"))

    assert "✗ พบร่องรอยการแก้ไขบันทึก ดูด้วย ita-flow audit verify" in command("doctor").out


def test_an_empty_database_is_told(machine: Command) -> None:
    told = machine("doctor", "--json")

    found = {check["name"]: check for check in told.json["checks"]}
    assert told.code == 1
    assert (found["database"]["ok"], found["record"]["ok"]) == (False, False)
    assert "ita-flow init" in found["database"]["message"]


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_a_database_out_of_reach_is_told(machine: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_FLOW_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    told = machine("doctor")

    assert told.code == 1
    assert told.out.startswith("✗ ติดต่อฐานข้อมูลไม่ได้: ")
