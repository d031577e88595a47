"""Due dates as a file: read back by a program that knows the format."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ita_flow.mail.calendar_files import calendar_file
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task

AT = datetime(2024, 3, 15, 1, 30, tzinfo=UTC)
LONG_TITLE = "การตรวจติดตามและประเมินผลการปฏิบัติงาน; โครงการ, ตามแผนดำเนินงาน\\รอบ 6 เดือนแรก " * 4

pytestmark = pytest.mark.usefixtures("app_alone")


def a_task(title: str = "พัฒนาระบบบริการออนไลน์", number: int = 3, due_version: int = 1) -> Task:
    measure = Measure(title=title, number=number)
    return Task(id=number, measure=measure, due_on=date(2024, 3, 31), due_version=due_version)


def read(file: bytes) -> list[Any]:
    """The events in it."""
    return list(Calendar.from_ical(file).walk("VEVENT"))


def test_the_file_is_published_and_asks_nobody() -> None:
    calendar: Any = Calendar.from_ical(calendar_file([a_task()], AT))

    assert calendar["METHOD"] == "PUBLISH"
    assert not calendar.walk("VEVENT")[0].get("ATTENDEE")


def test_a_due_date_lasts_its_whole_day_in_the_common_era() -> None:
    [event] = read(calendar_file([a_task()], AT))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2024, 3, 31), date(2024, 4, 1))
    assert "พัฒนาระบบบริการออนไลน์" in event["SUMMARY"]
    assert "/tasks/3" in event["DESCRIPTION"]


def test_a_moved_date_replaces_the_one_before() -> None:
    [before], [after] = (read(calendar_file([a_task(due_version=version)], AT)) for version in (1, 2))

    assert before["UID"] == after["UID"] == "task-3@127.0.0.1"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)


def test_it_reminds_a_fortnight_and_a_day_before_when_people_are_at_work() -> None:
    [event] = read(calendar_file([a_task()], AT))

    rings = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    half_past_eight = timedelta(hours=8, minutes=30)
    assert rings == [half_past_eight - timedelta(days=14), half_past_eight - timedelta(days=1)]
    assert {alarm["ACTION"] for alarm in event.walk("VALARM")} == {"DISPLAY"}


def test_thai_lines_are_folded_between_letters_and_read_back_whole() -> None:
    file = calendar_file([a_task(LONG_TITLE)], AT)

    assert max(map(len, file.split(b"\r\n"))) <= 75
    for line in file.split(b"\r\n"):
        line.decode()
    [event] = read(file)
    assert str(event["SUMMARY"]).endswith(LONG_TITLE)


def test_several_tasks_are_several_events_of_one_file() -> None:
    events = read(calendar_file([a_task(number=number) for number in (1, 2, 3)], AT))

    assert len({event["UID"] for event in events}) == 3


def test_a_title_cannot_add_a_line() -> None:
    [event] = read(calendar_file([a_task("ชื่อ\r\nATTENDEE:mailto:thief@example.com\r\n")], AT))

    assert event.get("ATTENDEE") is None
