"""``ita-flow remind`` and ``ita-flow mail deliver`` as people run them: real processes, a real mail server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow import cli
from ita_flow.config import Settings
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import Outcome
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.reminders import Reminder
from tests.factories import a_division, a_plan, a_section, a_task, a_user, an_agency, one_commit, reminder_rules
from tests.letterbox import Letterbox, text_of
from tests.snapshot import Snapshot
from tests.source import ROOT

PROGRAM = "from ita_flow.cli import main; main()"
PROGRAM_THAT_WAITS = "from ita_flow.cli import main; print('ready', flush=True); input(); main()"
IDES = ("remind", "--today", "2024-03-15")
FIRST_HALF_OFFICERS = ["malee@example.go.th", "mana@example.go.th", "somchai@example.go.th", "somying@example.go.th"]
OFFICERS = {
    "somying": ("สมหญิง ใจดี", (1, 2)),
    "mana": ("มานะ ตั้งใจ", (3,)),
    "malee": ("มาลี รักงาน", (6,)),
    "somchai": ("สมชาย เรียบร้อย", (7,)),
    "wichai": ("วิชัย ทั้งปี", (4,)),
    "wipa": ("วิภา ทั้งปี", (5,)),
}


pytestmark = pytest.mark.usefixtures("seven_tasks")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


@pytest.fixture
def seven_tasks(app: Flask) -> None:
    """Five tasks of the first half and two of the whole year; one officer holds two of the five."""
    with one_commit():
        _arrange_seven_tasks()


def _arrange_seven_tasks() -> None:
    agency = an_agency()
    section = a_section(a_division(agency))
    a_user(agency, "อรุณี แก้วใส", "coordinator@example.go.th", role=Role.COORDINATOR, post="ผู้ประสานงาน ITA")
    plan = a_plan(agency)
    people = {
        number: a_user(agency, name, f"{key}@example.go.th", role=Role.OFFICER, unit=section)
        for key, (name, numbers) in OFFICERS.items()
        for number in numbers[:1]
    }
    people[2] = people[1]
    for measure in plan.measures:
        a_task(measure, section=section, officers=[people[measure.number]])
    reminder_rules(agency)


@pytest.fixture
def environment(settings: Settings, letterbox: Letterbox) -> dict[str, str]:
    return os.environ | {
        "ITA_FLOW_INSTANCE": str(settings.instance),
        "ITA_FLOW_DATABASE_URL": settings.database_url,
        "ITA_FLOW_SMTP_URL": letterbox.url,
        "ITA_FLOW_SECRET_KEY": "only for tests",
    }


def started(program: str, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], say: str = "") -> tuple[int, str, str]:
    out, err = process.communicate(say, timeout=60)
    return process.returncode, out, err


@on_sqlite
def test_every_officer_of_the_first_half_gets_one_mail_and_no_second(
    environment: dict[str, str], letterbox: Letterbox, snapshot: Snapshot
) -> None:
    first = ended(started(PROGRAM, environment, *IDES))
    second = ended(started(PROGRAM, environment, *IDES))

    assert (first[0], first[2], second[0], second[2]) == (0, "", 0, "")
    assert letterbox.recipients == FIRST_HALF_OFFICERS
    for letter in letterbox.letters:
        name = letter["To"].addresses[0].username
        snapshot(f"remind_{name}.txt", f"{letter['Subject']}\n\n{text_of(letter)}".replace("\r\n", "\n"))


def test_two_processes_at_once_send_no_second_mail(environment: dict[str, str], letterbox: Letterbox) -> None:
    processes = [started(PROGRAM_THAT_WAITS, environment, *IDES) for _ in range(2)]
    for process in processes:
        assert process.stdout
        process.stdout.readline()

    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    endings = [ended(process) for process in processes]

    assert [(code, err) for code, _, err in endings] == [(0, ""), (0, "")]
    assert letterbox.recipients == FIRST_HALF_OFFICERS
    outcomes = list(db.session.scalars(sa.select(Reminder.outcome)))
    assert outcomes == [Outcome.QUEUED] * 5
    assert len(list(db.session.scalars(sa.select(AuditEvent)))) == 1


def count_of(model: type[OutboxMessage | Reminder]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(model)).one()


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture
def command(app: Flask, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process, on the test's own database."""

    def run(*arguments: str) -> Ran:
        db.session.commit()
        capsys.readouterr()
        code = cli.run(list(arguments))
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return run


@pytest.fixture
def with_mail(app: Flask, letterbox: Letterbox) -> Letterbox:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=letterbox.url)
    return letterbox


@on_sqlite
def test_it_says_what_it_did(command: Command, with_mail: Letterbox) -> None:
    ran = command(*IDES)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["เตือน 5 เรื่อง ในอีเมล 4 ฉบับ", "ส่งอีเมลแล้ว 4 ฉบับ รอส่ง 0 ฉบับ"]


@on_sqlite
@pytest.mark.parametrize("written", ["2567-03-15", "2024-03-15", "15/3/2567"])
def test_the_day_is_written_in_either_era(command: Command, with_mail: Letterbox, written: str) -> None:
    assert command("remind", "--today", written, "--json").json == {
        "from": "2024-03-15",
        "to": "2024-03-15",
        "queued": 4,
        "reminders": 5,
        "sent": 4,
        "dropped": 0,
        "delayed": 0,
        "dead": 0,
        "waiting": 0,
        "trouble": None,
    }


@on_sqlite
def test_without_a_mail_server_mails_wait_and_it_says_so(command: Command) -> None:
    ran = command(*IDES)

    assert ran.code == 0
    assert "รอส่ง 4 ฉบับ" in ran.out
    assert "ITA_FLOW_SMTP_URL" in ran.err
    assert count_of(OutboxMessage) == 4


@on_sqlite
def test_mails_that_waited_are_delivered_later(command: Command, letterbox: Letterbox, app: Flask) -> None:
    command(*IDES)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=letterbox.url)

    ran = command("mail", "deliver", "--json")

    assert (ran.code, ran.json["sent"], ran.json["waiting"]) == (0, 4, 0)
    assert {letter["Subject"] for letter in letterbox.letters} == {
        "[ITA] เหลือ 16 วัน: 1 มาตรการ",
        "[ITA] เหลือ 16 วัน: 2 มาตรการ",
    }


@on_sqlite
def test_delivering_without_a_server_is_refused(command: Command) -> None:
    ran = command("mail", "deliver")

    assert ran.code == 1
    assert "ITA_FLOW_SMTP_URL" in ran.err


@on_sqlite
def test_delivering_to_a_server_out_of_reach_is_refused(command: Command, app: Flask) -> None:
    command(*IDES)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url="smtp://127.0.0.1:1")

    ran = command("mail", "deliver", "--json")

    assert (ran.code, ran.json["sent"], ran.json["waiting"]) == (1, 0, 4)
    assert "ITA_FLOW_SMTP_URL" in ran.err
    assert ran.err.strip() == ran.json["trouble"]


@on_sqlite
def test_a_free_day_sends_nothing(command: Command, with_mail: Letterbox) -> None:
    ran = command("remind", "--today", "17/3/2567")

    assert ran.code == 0
    assert ran.out.startswith("อา. 17 มี.ค. 2567 เป็นวันหยุด")
    assert with_mail.letters == []


def test_a_rehearsal_lists_the_mails_of_a_span_and_writes_nothing(command: Command, with_mail: Letterbox) -> None:
    rows = command("remind", "--from", "2567-03-01", "--to", "2567-04-30", "--dry-run", "--json").json

    days = ["2024-03-15", "2024-03-22", "2024-03-29", "2024-04-01"]
    assert [(row["send_on"], row["recipient"]) for row in rows] == [
        (day, officer) for day in days for officer in _in_the_order_they_came()
    ]
    assert rows[0] == {
        "send_on": "2024-03-15",
        "recipient": "somying@example.go.th",
        "sections": [{"kind": "reminder", "task": 1}, {"kind": "reminder", "task": 2}],
        "state": "planned",
        "reason": "การแจ้งเตือน “ก่อนครบกำหนด 14 วัน” ตรงกับวันอาทิตย์ จึงส่งในวันทำการก่อนหน้า",
    }
    assert {section["kind"] for row in rows[-4:] for section in row["sections"]} == {"overdue"}
    assert with_mail.letters == []
    assert count_of(Reminder) == 0


def _in_the_order_they_came() -> list[str]:
    return [f"{name}@example.go.th" for name in ("somying", "mana", "malee", "somchai")]


@on_sqlite
def test_a_rehearsal_can_be_read(command: Command) -> None:
    lines = command(*IDES, "--dry-run").out.splitlines()

    assert lines[0] == "ศ. 15 มี.ค. 2567 สมหญิง ใจดี <somying@example.go.th>"
    assert lines[1].startswith("  มาตรการตัวอย่างที่ 1 · ครบกำหนด อา. 31 มี.ค. 2567 · การแจ้งเตือน “ก่อนครบกำหนด 14 วัน”")
    assert lines[-1] == "จะส่งอีเมล 4 ฉบับ ยังไม่มีการบันทึกหรือส่งใด ๆ"


def test_after_a_real_run_the_day_shows_what_was_sent_and_later_days_what_is_planned(
    command: Command, with_mail: Letterbox
) -> None:
    command(*IDES)

    rows = command("remind", "--from", "2024-03-01", "--to", "2024-03-22", "--dry-run", "--json").json

    assert [(row["send_on"], row["state"]) for row in rows] == [("2024-03-15", "sent")] * 4 + [
        ("2024-03-22", "planned")
    ] * 4
    assert rows[0]["sections"] == [{"kind": "reminder", "task": 1}, {"kind": "reminder", "task": 2}]


@on_sqlite
def test_a_mail_that_was_refused_is_told_with_the_words_of_the_server(command: Command, with_mail: Letterbox) -> None:
    with_mail.answers_to_recipient += ["550 5.1.1 no such user"]
    command(*IDES)

    failed, *sent = command(*IDES, "--dry-run", "--json").json
    text = command(*IDES, "--dry-run").out

    assert failed["state"] == "failed"
    assert "เซิร์ฟเวอร์ปลายทางไม่รับอีเมลที่ส่งถึงที่อยู่นี้" in failed["reason"]
    assert {row["state"] for row in sent} == {"sent"}
    assert f"<{failed['recipient']}> [ส่งไม่ได้]" in text


@on_sqlite
def test_after_an_outage_only_the_most_urgent_was_sent(command: Command, with_mail: Letterbox) -> None:
    command("remind", "--today", "2024-03-29")

    rows = command("remind", "--from", "2024-03-15", "--to", "2024-03-29", "--dry-run", "--json").json

    told = {(row["send_on"], row["state"]) for row in rows}
    assert told == {("2024-03-15", "superseded"), ("2024-03-22", "superseded"), ("2024-03-29", "superseded")} | {
        ("2024-03-29", "sent")
    }
    sent = [
        (row["recipient"], section["task"]) for row in rows if row["state"] == "sent" for section in row["sections"]
    ]
    assert len(sent) == len(set(sent)) == 5


def test_a_span_runs_day_by_day(command: Command, with_mail: Letterbox) -> None:
    ran = command("remind", "--from", "2024-03-15", "--to", "2024-04-01", "--json").json

    assert (ran["queued"], ran["sent"]) == (16, 16)
    assert [letter["Subject"] for letter in with_mail.letters[::4]] == [
        "[ITA] เหลือ 16 วัน: 2 มาตรการ",
        "[ITA] เหลือ 9 วัน: 2 มาตรการ",
        "[ITA] เหลือ 2 วัน: 2 มาตรการ",
        "[ITA] เกินกำหนด 1 วัน: 2 มาตรการ",
    ]


@on_sqlite
def test_the_record_says_that_it_was_done_on_the_command_line(command: Command) -> None:
    command(*IDES)

    [body] = db.session.scalars(sa.select(AuditEvent.body))
    assert json.loads(body)["actor"] == "command_line"


@on_sqlite
@pytest.mark.parametrize(
    "arguments",
    [
        ("remind", "--today", "พรุ่งนี้"),
        ("remind", "--today", "31/2/2567"),
        ("remind", "--today", "2190-01-01", "--dry-run"),
        ("remind", "--from", "1900-01-01", "--to", "1900-02-01", "--dry-run"),
        ("remind", "--from", "2024-03-15"),
        ("remind", "--to", "2024-03-15"),
        ("remind", "--today", "2024-03-15", "--from", "2024-03-15", "--to", "2024-03-16"),
        ("remind", "--from", "2024-03-16", "--to", "2024-03-15"),
        (
            "remind",
            "--soon",
        ),
    ],
)
def test_wrong_usage_ends_with_two(command: Command, arguments: tuple[str, ...]) -> None:
    ran = command(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@on_sqlite
@pytest.mark.parametrize(
    "arguments",
    [(*IDES, "--agency", "nobody"), ("remind", "--from", "2560-01-01", "--to", "2567-01-01", "--dry-run")],
)
def test_a_refusal_ends_with_one(command: Command, arguments: tuple[str, ...]) -> None:
    assert command(*arguments).code == 1


@on_sqlite
def test_of_several_agencies_one_is_chosen(command: Command, with_mail: Letterbox) -> None:
    an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere")

    assert command(*IDES).code == 1
    assert command(*IDES, "--agency", "elsewhere", "--json").json["queued"] == 0
    assert command(*IDES, "--agency", "example", "--json").json["queued"] == 4


@on_sqlite
def test_the_clock_of_the_office_is_not_moved_by_it(command: Command, with_mail: Letterbox, tmp_path: Path) -> None:
    command(*IDES)

    sent_on = {message.sent_at.year for message in db.session.scalars(sa.select(OutboxMessage)) if message.sent_at}
    assert sent_on == {date.today().year}  # noqa: DTZ011 - a year is enough
