"""Commands used wrongly end with 2 and a Thai sentence; what the machine refuses ends with 1, never in a traceback."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.served import COMMAND
from tests.source import THAI

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("nonsense", "ไม่มีคำสั่ง nonsense"),
        ("plan nonsense", "ไม่มีคำสั่ง nonsense"),
        ("--nonsense", "ไม่มีตัวเลือก --nonsense"),
        ("plan show 2567 --nonsense", "ไม่มีตัวเลือก --nonsense"),
        ("plan import", "ต้องระบุ FILE"),
        ("plan import report.txt", "ต้องระบุ --year"),
        ("plan import report.txt --year", "ตัวเลือก --year ไม่ถูกต้อง"),
        ("plan import report.txt --year 2024", "แต่พบ 2024"),
        ("plan show 2567 2568", "มีข้อความเกินหรือผิดรูปแบบ"),
        ("assessment show", "ต้องระบุ YEAR"),
        ("task list", "ต้องระบุ --year"),
        ("init --agency x", "ต้องระบุ --admin"),
        ("serve --port 99999", "ค่าของ --port ใช้ไม่ได้"),
        ("demo --today พรุ่งนี้", "ค่าของ --today ใช้ไม่ได้"),
    ],
)
def test_wrong_usage_is_told_with_where_help_stands(machine: Command, arguments: str, sentence: str) -> None:
    wrong = machine(*arguments.split())

    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("ใช้คำสั่งไม่ถูกต้อง: ")
    assert sentence in wrong.err
    assert wrong.err.rstrip().endswith("--help")


@pytest.mark.parametrize("arguments", ["", "plan", "task", "assessment", "audit", "mail"])
def test_a_command_without_its_deed_shows_its_help(machine: Command, arguments: str) -> None:
    shown = machine(*arguments.split())

    assert (shown.code, shown.out) == (2, "")
    assert "Commands:" in shown.err


COMMANDS = (
    "init demo serve worker remind doctor plan:import plan:show assessment:show task:list mail:deliver audit:verify"
)


@pytest.mark.parametrize("name", COMMANDS.split())
def test_every_command_explains_itself_in_thai(machine: Command, name: str) -> None:
    shown = machine(*name.split(":"), "--help")

    assert (shown.code, shown.err) == (0, "")
    assert THAI.search(shown.out)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://localhost/ita"),
        ("BASE_URL", "ita.example.go.th"),
        ("TODAY", "พรุ่งนี้"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    machine: Command, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(f"ITA_FLOW_{setting}", value)

    refused = machine("doctor")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"ITA_FLOW_{setting} ต้อง")


def test_a_database_out_of_reach_is_told(machine: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_FLOW_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    refused = machine("plan", "show", "2567")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("ฐานข้อมูลใช้งานไม่ได้ในขณะนี้")


def test_a_folder_that_cannot_be_made_is_told(
    machine: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ITA_FLOW_INSTANCE", str(tmp_path / "file" / "folder"))

    refused = machine("doctor")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("ทำไม่สำเร็จ: ")


def as_a_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, in the environment of the test."""
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=60)


def test_a_port_that_is_taken_is_told(machine: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    machine("init", "--agency", "อบจ.ตัวอย่าง", "--admin", "admin@example.go.th")
    monkeypatch.setenv("ITA_FLOW_SECRET_KEY", "only for tests")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        refused = as_a_process("serve", "--port", str(taken.getsockname()[1]))

    assert refused.returncode == 1
    assert refused.stderr.startswith("ทำไม่สำเร็จ: ")


def test_the_installed_command_keeps_its_two_outputs_apart(machine: Command) -> None:
    machine("init", "--agency", "อบจ.ตัวอย่าง", "--admin", "admin@example.go.th")

    refused = as_a_process("plan", "import", "nowhere.txt", "--year", "2567", "--json")

    assert refused.returncode == 1
    assert json.loads(refused.stdout)["problems"][0]["place"] == "ไฟล์ nowhere.txt"
    assert refused.stderr.startswith("นำเข้าไม่ได้")
