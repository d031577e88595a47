"""The one mail of a day in words, compared with texts that were read and agreed to."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from flask import Flask

from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.domain.reminders import Capacity, Rule, Trigger
from ita_flow.domain.states import ReportState, TaskState
from ita_flow.mail.daily_message import daily
from ita_flow.mail.rendering import Message
from ita_flow.models.people import User
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.summaries import Figures
from tests.factories import LATE
from tests.letterbox import let_break
from tests.mail.a_day import (
    FRIDAY,
    HALF_YEAR,
    MONDAY,
    TREASURY,
    a_line,
    a_person,
    a_post,
    a_row,
    a_summary,
    a_task,
    a_waiting,
    an_escalation,
)
from tests.mail.agreed_mails import (
    COORDINATOR,
    DIRECTOR,
    ESCALATED,
    ETHICS,
    EVERYTHING,
    MAILS,
    MONTHLY,
    OFFICER,
    ONLINE,
    SEVERAL,
    TUESDAY,
    WEEKLY,
    WINDOW,
)
from tests.snapshot import Snapshot

MOST_BYTES = 30 * 1024
MOST_LETTERS = 45


@pytest.mark.usefixtures("app_alone")
@pytest.mark.parametrize(("name", "recipient", "sections", "figures", "today"), MAILS)
def test_the_mail_reads_as_agreed(
    snapshot: Snapshot, name: str, recipient: User, sections: Sections, figures: Figures, today: date
) -> None:
    message = daily(recipient, sections, figures, today, COORDINATOR)

    snapshot(f"{name}.txt", f"{message.subject}\n\n{message.text}")


@pytest.mark.usefixtures("app_alone")
def test_every_subject_fits_into_a_list_of_mails() -> None:
    subjects = [daily(who, what, figures, today, None).subject for _name, who, what, figures, today in MAILS]

    assert not [subject for subject in subjects if wide_letters(subject) > MOST_LETTERS]


def wide_letters(text: str) -> int:
    """Vowels and tone marks above and below take no room."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text.removeprefix("[ITA] "))


@pytest.fixture
def everything(app_alone: Flask) -> Message:
    """To somebody who is all at once."""
    person = a_person("อรุณี แก้วใส", a_post("ผู้อำนวยการกองคลัง", Seat.DIRECTOR, division=TREASURY))
    figures = Figures(weekly=WEEKLY.weekly, monthly=MONTHLY.monthly)
    return daily(person, EVERYTHING, figures, MONDAY, COORDINATOR, has_calendar=True)


def test_all_sections_together_read_as_agreed(snapshot: Snapshot, everything: Message) -> None:
    snapshot("everything.txt", f"{everything.subject}\n\n{everything.text}")
    snapshot("everything.html.txt", everything.html)


def test_the_sections_stand_by_urgency(everything: Message) -> None:
    headings = [line.removeprefix("■ ") for line in everything.text.splitlines() if line.startswith("■")]

    assert headings == [
        "เกินกำหนด",
        "ใกล้ครบกำหนด และยังไม่มีผู้รับผิดชอบ",
        "เกินกำหนดหลายวัน",
        "ค้างพิจารณา",
        "รอท่านพิจารณา",
        "กำหนดเวลาของระบบ ITA",
        "สรุปประจำสัปดาห์",
        "สรุปประจำเดือน",
    ]


def test_no_page_is_named_twice(everything: Message) -> None:
    addresses = [line.split(" ")[-1] for line in everything.text.splitlines() if "http" in line]

    assert len(addresses) == len(set(addresses))
    assert everything.html.count("display:inline-block") == 1


@pytest.mark.usefixtures("app_alone")
def test_the_page_of_the_mail_reads_as_agreed(snapshot: Snapshot) -> None:
    snapshot("reminder_several.html.txt", daily(OFFICER, SEVERAL, Figures(), FRIDAY, COORDINATOR).html)


@pytest.fixture
def several(app_alone: Flask) -> Message:
    return daily(OFFICER, SEVERAL, Figures(), FRIDAY, COORDINATOR)


def test_titles_are_escaped_on_the_page_only(several: Message) -> None:
    assert "อบรมจริยธรรม <บุคลากร> & ผู้บริหาร" in several.text
    assert "อบรมจริยธรรม &lt;บุคลากร&gt; &amp; ผู้บริหาร" in let_break(several.html)


def test_a_mail_that_cannot_be_declined_has_one_link(several: Message) -> None:
    assert several.html.count("href=") == 1
    assert several.text.count("http") == 1
    assert "http://127.0.0.1:5000/home" in several.text


@pytest.mark.usefixtures("app_alone")
def test_what_may_be_declined_says_where() -> None:
    message = daily(COORDINATOR, WINDOW, Figures(), TUESDAY, None)

    assert "/account/notifications" in message.text
    assert "/account/notifications" in message.html


LONG_TITLE = "ส่งเสริมการเปิดเผยข้อมูลและการมีส่วนร่วมของประชาชนผ่านช่องทางที่เข้าถึงได้ง่าย "
FIFTY = [a_task(LONG_TITLE, date(2024, 3, 14), number, officers=["มานะ ตั้งใจ"]) for number in range(1, 51)]


@pytest.mark.usefixtures("app_alone")
@pytest.mark.parametrize(
    ("sections", "figures"),
    [
        (Sections(due=[a_line(task, LATE) for task in FIFTY]), Figures()),
        (Sections(escalated=[an_escalation(task, 1, FRIDAY, Capacity.CHIEF) for task in FIFTY]), Figures()),
        (Sections(waiting=[a_waiting(task) for task in FIFTY], slow=frozenset(range(51))), Figures()),
        (
            Sections(weekly=Capacity.COORDINATOR),
            Figures(weekly=a_summary(*(a_row(task, FRIDAY) for task in FIFTY))),
        ),
    ],
)
def test_fifty_tasks_stay_a_small_mail(sections: Sections, figures: Figures) -> None:
    assert len(daily(COORDINATOR, sections, figures, FRIDAY, COORDINATOR).html.encode()) < MOST_BYTES


@pytest.mark.usefixtures("app_alone")
def test_what_a_long_list_leaves_out_is_counted() -> None:
    summary = a_summary(*(a_row(task, FRIDAY) for task in FIFTY))

    message = daily(COORDINATOR, Sections(weekly=Capacity.COORDINATOR), Figures(weekly=summary), FRIDAY, None)

    assert message.text.count(LONG_TITLE) == 20
    assert "และอีก 30 รายการ" in message.text
    assert "และอีก 30\u00a0รายการ" in message.html


@pytest.mark.usefixtures("app_alone")
@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("สมหญิง ใจดี", "เรียน คุณสมหญิง ใจดี"),
        ("นางสาวสมหญิง ใจดี", "เรียน นางสาวสมหญิง ใจดี"),
        ("ดร.มานะ ตั้งใจ", "เรียน ดร.มานะ ตั้งใจ"),
    ],
)
def test_people_are_addressed_as_an_office_does(name: str, greeted: str) -> None:
    message = daily(a_person(name), SEVERAL, Figures(), FRIDAY, None)

    assert message.text.splitlines()[0] == greeted


@pytest.mark.usefixtures("app_alone")
def test_who_acts_without_a_post_of_their_own_is_addressed_by_name() -> None:
    person = a_person("วารี สุขใจ", a_post(seat=Seat.DIRECTOR, division=TREASURY, acting=ActingKind.IN_POSITION))

    message = daily(person, ESCALATED, Figures(), MONDAY, None)

    assert message.text.splitlines()[0] == "เรียน คุณวารี สุขใจ (ผู้รักษาการในตำแหน่งผู้อำนวยการกองคลัง)"


@pytest.mark.usefixtures("app_alone")
def test_a_director_who_is_an_officer_too_is_addressed_by_name_as_an_officer() -> None:
    message = daily(DIRECTOR, SEVERAL, Figures(), FRIDAY, None)

    assert message.text.splitlines()[0] == "เรียน คุณประเสริฐ มั่นคง"


@pytest.mark.usefixtures("app_alone")
def test_a_mail_that_waited_counts_its_days_when_it_is_read() -> None:
    message = daily(OFFICER, Sections(due=[a_line(ONLINE)]), Figures(), HALF_YEAR + timedelta(days=2), None)

    assert message.subject == "[ITA] เกินกำหนด 2 วัน: 1 มาตรการ"
    assert "เกินกำหนดแล้ว 1 มาตรการ" in message.text


@pytest.mark.usefixtures("app_alone")
def test_each_rule_is_named_once() -> None:
    lines = [a_line(task, Rule(Trigger.BEFORE_DUE, 14)) for task in (ONLINE, ETHICS)]

    message = daily(OFFICER, Sections(due=lines), Figures(), FRIDAY, None)

    assert message.text.count("“ก่อนครบกำหนด 14 วัน”") == 1


@pytest.mark.usefixtures("app_alone")
def test_the_coordinator_is_not_told_to_ask_herself() -> None:
    message = daily(COORDINATOR, WINDOW, Figures(), TUESDAY, COORDINATOR)

    assert "หากมีข้อสงสัย" not in message.text


@pytest.mark.usefixtures("app_alone")
def test_without_a_coordinator_no_answer_is_promised() -> None:
    message = daily(OFFICER, SEVERAL, Figures(), FRIDAY, None)

    assert "ผู้ประสานงาน" not in message.text + message.html


def test_the_state_of_a_returned_report_is_what_people_see() -> None:
    assert a_line(ONLINE, report_state=ReportState.RETURNED).state is TaskState.RETURNED
