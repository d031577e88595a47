"""What the mails say, compared with texts that were read and agreed to."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from ita_flow.domain.reminders import Rule, occasions_of
from ita_flow.domain.states import ReportState, TaskState, WorkStatus
from ita_flow.mail.messages import reminder
from ita_flow.mail.rendering import Message
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.mail_of_the_day import Line
from tests.factories import LATE, T0, T7, T14
from tests.snapshot import Snapshot

FRIDAY = date(2024, 3, 15)
HALF_YEAR = date(2024, 3, 31)
MOST_BYTES = 30 * 1024


@pytest.fixture
def officer() -> User:
    return User(name="สมหญิง ใจดี", agency=Agency(name="องค์การบริหารส่วนจังหวัดตัวอย่าง", short_name="อบจ.ตัวอย่าง"))


@pytest.fixture
def coordinator() -> User:
    return User(name="อรุณี แก้วใส")


def a_line(
    title: str = "พัฒนาระบบบริการออนไลน์",
    rule: Rule = T14,
    due_on: date = HALF_YEAR,
    planned_for: date = FRIDAY,
    number: int = 3,
    done_steps: int = 2,
    steps: int = 4,
    report_state: ReportState | None = None,
) -> Line:
    task = Task(
        id=number,
        measure=Measure(title=title, number=number),
        due_on=due_on,
        work_status=WorkStatus.IN_PROGRESS,
        steps=[Step(position=place, text="…", is_done=place <= done_steps) for place in range(1, steps + 1)],
    )
    (occasion,) = occasions_of(rule, due_on)
    return Line(task, occasion, planned_for, report_state)


ONE = [a_line()]
RETURNED = [a_line(report_state=ReportState.RETURNED, rule=T7, planned_for=date(2024, 3, 22))]
DUE_TODAY = [a_line(rule=T0, due_on=date(2024, 9, 30), planned_for=date(2024, 9, 30), steps=1)]
OVERDUE = [a_line(rule=LATE, planned_for=date(2024, 4, 1))]
SEVERAL = [
    a_line("ประกาศนโยบายคุ้มครองผู้ร้องเรียน", LATE, date(2024, 3, 14), FRIDAY, number=1),
    a_line("อบรมจริยธรรม <บุคลากร> & ผู้บริหาร", T14, HALF_YEAR, FRIDAY, number=2, done_steps=0),
    a_line("พัฒนาระบบบริการออนไลน์", T14, HALF_YEAR, FRIDAY, number=3),
]
LATE_RUN = [a_line(planned_for=FRIDAY)]


@pytest.mark.usefixtures("app_alone")
@pytest.mark.parametrize(
    ("name", "lines", "today"),
    [
        ("reminder_one", ONE, FRIDAY),
        ("reminder_returned", RETURNED, date(2024, 3, 22)),
        ("reminder_due_today", DUE_TODAY, date(2024, 9, 30)),
        ("reminder_overdue", OVERDUE, date(2024, 4, 1)),
        ("reminder_several", SEVERAL, FRIDAY),
        ("reminder_sent_late", LATE_RUN, date(2024, 3, 18)),
    ],
)
def test_the_mail_reads_as_agreed(
    snapshot: Snapshot, officer: User, coordinator: User, name: str, lines: list[Line], today: date
) -> None:
    message = reminder(officer, lines, today, coordinator)

    snapshot(f"{name}.txt", f"{message.subject}\n\n{message.text}")


@pytest.mark.usefixtures("app_alone")
def test_the_page_of_the_mail_reads_as_agreed(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    snapshot("reminder_several.html.txt", reminder(officer, SEVERAL, FRIDAY, coordinator).html)


@pytest.fixture
def several(app_alone: Flask, officer: User, coordinator: User) -> Message:
    return reminder(officer, SEVERAL, FRIDAY, coordinator)


def test_titles_are_escaped_on_the_page_only(several: Message) -> None:
    assert "อบรมจริยธรรม <บุคลากร> & ผู้บริหาร" in several.text
    assert "อบรมจริยธรรม &lt;บุคลากร&gt; &amp; ผู้บริหาร" in several.html


def test_there_is_one_link(several: Message) -> None:
    assert several.html.count("href=") == 1
    assert several.text.count("http") == 1
    assert "http://127.0.0.1:5000/home" in several.text


@pytest.mark.usefixtures("app_alone")
def test_fifty_tasks_stay_a_small_mail(officer: User, coordinator: User) -> None:
    lines = [a_line("มาตรการที่มีชื่อยาวพอสมควร " * 3, number=number) for number in range(1, 21)]

    assert len(reminder(officer, lines, FRIDAY, coordinator).html.encode()) < MOST_BYTES


@pytest.mark.usefixtures("app_alone")
@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("สมหญิง ใจดี", "เรียน คุณสมหญิง ใจดี"),
        ("นางสาวสมหญิง ใจดี", "เรียน นางสาวสมหญิง ใจดี"),
        ("ดร.มานะ ตั้งใจ", "เรียน ดร.มานะ ตั้งใจ"),
    ],
)
def test_people_are_addressed_as_an_office_does(officer: User, name: str, greeted: str) -> None:
    officer.name = name

    assert reminder(officer, ONE, FRIDAY, None).text.splitlines()[0] == greeted


@pytest.mark.usefixtures("app_alone")
def test_without_a_coordinator_no_answer_is_promised(officer: User) -> None:
    message = reminder(officer, ONE, FRIDAY, None)

    assert "ผู้ประสานงาน" not in message.text + message.html


def test_the_state_of_a_returned_report_is_what_people_see() -> None:
    assert RETURNED[0].state is TaskState.RETURNED
