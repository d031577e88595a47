"""The real document's year as a calendar that people can read: who got which mail on which day, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FiscalYear, bangkok_moment
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import ABOUT_DUE_DATES, DEFAULT_RULES, Outcome, Trigger
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.i18n import short_date, weekday_date
from ita_flow.intake import read_plan
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.outbox import MessageState
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminder_ledger import WHY_NOT
from ita_flow.wording.reminders import days_left_words, reason, rule_name
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.plan_import import Document, import_plan
from ita_flow.workflow.progress_reports import newest_report
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import NOW, a_report, a_user, an_agency, one_commit, reminder_rules
from tests.factories.plans import set_status
from tests.seed import seed
from tests.snapshot import Snapshot
from tests.workflow.importing import tasks

pytestmark = pytest.mark.seed

REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
FIRST, LAST = date(2023, 10, 1), date(2024, 11, 15)
SUPERSEDED = "ไม่ได้ส่ง เพราะแจ้งเรื่องที่ด่วนกว่าของมาตรการเดียวกันแล้ว"
HEADING = """ปีงบประมาณ พ.ศ. 2567: อีเมลของแต่ละวันทำการ ถึงใคร เรื่องใด ด้วยเหตุใด

สิ่งที่เกิดขึ้นระหว่างปี (บุคคลและเหตุการณ์สมมติ)
  มาตรการ 1 ส่งรายงาน 20 มี.ค. เห็นชอบ 27 มี.ค.
  มาตรการ 2 ส่งรายงาน 25 มี.ค. ส่งกลับแก้ไข 29 มี.ค. ส่งใหม่ 5 เม.ย. เห็นชอบ 9 เม.ย.
  มาตรการ 3 ไม่ส่งรายงานภายในกำหนด ส่ง 20 พ.ค. เห็นชอบ 24 พ.ค.
  มาตรการ 4 แล้วเสร็จ 12 ก.ค. ก่อนกำหนด
  มาตรการ 5 กำหนดเดิม 30 ก.ย. ไม่ส่งรายงาน
  มาตรการ 6 เจ้าหน้าที่ย้าย 29 ก.พ. ไม่มีผู้รับช่วง เลื่อนกำหนดเป็น 30 เม.ย. เมื่อ 25 มี.ค. แล้วเสร็จ 22 เม.ย.
  มาตรการ 7 ยกเลิก 22 ม.ค.
"""


@pytest.fixture
def agency(app: Flask) -> Agency:
    """The plan as it was written, invented people for it, and two windows of the assessment."""
    agency = an_agency(REAL_AGENCY, code="seed")
    reading = read_plan(seed(), "seed.txt", FiscalYear(2567), agency.name)
    with transaction():
        document = Document("seed.txt", "ab" * 32)
        import_plan(agency, reading, document, is_approved=True, actor=None, via=COMMAND_LINE, at=NOW)
    with one_commit():
        reminder_rules(agency, *DEFAULT_RULES)
        people_the(agency)
        for kind, first, last in (
            (AssessmentWindowKind.OIT_UPLOAD, date(2024, 4, 1), date(2024, 4, 30)),
            (AssessmentWindowKind.EXPLANATION, date(2024, 6, 10), date(2024, 6, 21)),
        ):
            db.session.add(AssessmentWindow(agency_id=agency.id, year=2567, kind=kind, starts_on=first, ends_on=last))
    return agency


def people_the(agency: Agency) -> None:
    """An officer and a head for each section, a director for each division, and those above."""
    for task in tasks():
        section, division = task.unit, task.division
        leaves_on = date(2024, 2, 29) if task.measure.number == 6 else None
        task.officers = [_the_one(agency, f"เจ้าหน้าที่ {section.name}", Role.OFFICER, section, leaves_on)]
        _the_one(agency, f"หัวหน้า{section.name}", Seat.SECTION_HEAD, section)
        _the_one(agency, f"ผอ.{division.name}", Seat.DIRECTOR, division)
    _the_one(agency, "ปลัด", Seat.CHIEF)
    _the_one(agency, "นายก", Seat.EXECUTIVE)
    _the_one(agency, "ผู้ประสานงาน ITA", Role.COORDINATOR)


def _the_one(
    agency: Agency, name: str, post: Role | Seat, unit: Unit | None = None, ends_on: date | None = None
) -> User:
    chosen = sa.select(User).where(User.agency_id == agency.id, User.name == name)
    found = db.session.scalars(chosen).one_or_none()
    role, seat = (post, None) if isinstance(post, Role) else (None, post)
    return found or a_user(agency, name, role=role, seat=seat, unit=unit, ends_on=ends_on)


def task_of(number: int) -> Task:
    return next(task for task in tasks() if task.measure.number == number)


def submit(number: int, on: date) -> None:
    """What came back goes another time as a new report: that comes to the same for whoever waits."""
    task = task_of(number)
    before = newest_report(task)
    if before:
        before.state = ReportState.APPROVED
    a_report(task, task.officers[0], at=bangkok_moment(on, 15))


def settle(number: int, state: ReportState, on: date) -> None:
    """What the seats decide about the report that waits."""
    task = task_of(number)
    report = newest_report(task)
    assert report
    report.state = state
    if state is ReportState.APPROVED:
        set_status(task, WorkStatus.DONE, bangkok_moment(on))


def close(number: int, status: WorkStatus, on: date) -> None:
    set_status(task_of(number), status, bangkok_moment(on))


def move(number: int, due_on: date) -> None:
    task = task_of(number)
    task.due_on, task.due_version = due_on, task.due_version + 1


Deed = Callable[[date], None]
DEEDS: tuple[tuple[date, Deed], ...] = (
    (date(2024, 1, 22), lambda on: close(7, WorkStatus.CANCELLED, on)),
    (date(2024, 3, 20), lambda on: submit(1, on)),
    (date(2024, 3, 25), lambda on: submit(2, on)),
    (date(2024, 3, 25), lambda _on: move(6, date(2024, 4, 30))),
    (date(2024, 3, 27), lambda on: settle(1, ReportState.APPROVED, on)),
    (date(2024, 3, 29), lambda on: settle(2, ReportState.RETURNED, on)),
    (date(2024, 4, 5), lambda on: submit(2, on)),
    (date(2024, 4, 9), lambda on: settle(2, ReportState.APPROVED, on)),
    (date(2024, 4, 22), lambda on: close(6, WorkStatus.DONE, on)),
    (date(2024, 5, 20), lambda on: submit(3, on)),
    (date(2024, 5, 24), lambda on: settle(3, ReportState.APPROVED, on)),
    (date(2024, 7, 12), lambda on: close(4, WorkStatus.DONE, on)),
)
"""They happen in the afternoon, after the mails of the day."""


def test_the_calendar_of_the_year(agency: Agency, snapshot: Snapshot) -> None:
    day = FIRST
    while day <= LAST:
        live(agency, day)
        day += timedelta(days=1)

    snapshot("year_of_the_seed.txt", HEADING + "".join(pages()))


def live(agency: Agency, day: date) -> None:
    """The morning's mails leave at once; then what happens that day."""
    morning = bangkok_moment(day, 8, 30)
    with transaction():
        plan_reminders(agency, day, at=morning, now=morning)
    for reminder in db.session.scalars(sa.select(Reminder).where(Reminder.planned_for == day)):
        if reminder.message:
            reminder.message.state, reminder.message.sent_at, reminder.message.text = MessageState.SENT, morning, "…"
    for _on, deed in (one for one in DEEDS if one[0] == day):
        deed(day)
    db.session.commit()


def pages() -> Iterator[str]:
    """A day after the other: each person, what they are told, as what and why; then what was not sent and why not."""
    days: dict[date, dict[str, list[Reminder]]] = defaultdict(lambda: defaultdict(list))
    for reminder in db.session.scalars(sa.select(Reminder).order_by(Reminder.at, Reminder.id)):
        days[_day_of(reminder)][reminder.recipient.name].append(reminder)
    for day, people in sorted(days.items()):
        yield f"\n{weekday_date(day)}\n"
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, reminders in sorted(people.items()):
            alike[tuple(_lines(reminders, day))].append(name)
        for lines, names in alike.items():
            yield "".join([f"  {' · '.join(names)}\n", *(f"    {line}\n" for line in lines)])


def _day_of(reminder: Reminder) -> date:
    return reminder.message.speaks_on if reminder.message else reminder.planned_for


def _lines(reminders: Sequence[Reminder], day: date) -> Iterator[str]:
    """What is said of several measures in the same words stands in one line."""
    told: dict[str, list[str]] = defaultdict(list)
    for reminder in reminders:
        told[_why(reminder, day)].append(_subject(reminder))
    for why, subjects in told.items():
        yield why.format(subjects=", ".join(subjects))


def _subject(reminder: Reminder) -> str:
    if reminder.window:
        return f"{label_of(reminder.window.kind)} ปิด {short_date(reminder.window.ends_on)}"
    return str(reminder.task.measure.number) if reminder.task else ""


def _why(reminder: Reminder, day: date) -> str:
    """As what the person hears of it, what it says, and why on this day, or not at all."""
    subject = _about(reminder, day) if reminder.task or reminder.window else ""
    if reminder.outcome is Outcome.QUEUED:
        return f"{subject}{reason(reminder.spoken, reminder.planned_for, day)}{_as_what(reminder)}"
    why = WHY_NOT[reminder.why_not] if reminder.why_not else SUPERSEDED
    return f"({subject}{rule_name(reminder.rule.rule)} {why})"


def _about(reminder: Reminder, day: date) -> str:
    """มาตรการ 1, 2 กำหนด 31 มี.ค. 2567 เหลือ 14 วัน: the measures themselves are filled in later."""
    due_on = _due_on(reminder)
    if due_on is None:
        return "{subjects} " if reminder.window else "มาตรการ {subjects} "
    return f"มาตรการ {{subjects}} กำหนด {short_date(due_on)} {days_left_words((due_on - day).days)} · "


def _due_on(reminder: Reminder) -> date | None:
    """The due date of which it spoke, which may have moved since."""
    rule, on = reminder.rule.rule, reminder.occasion
    if rule.trigger is Trigger.BEFORE_DUE:
        return on + timedelta(days=rule.days)
    if rule.trigger is Trigger.OVERDUE_MONDAYS:
        return reminder.task.due_on if reminder.task else None
    return on - timedelta(days=rule.days) if rule.trigger in ABOUT_DUE_DATES else None


def _as_what(reminder: Reminder) -> str:
    return f" (ในฐานะ{label_of(reminder.capacity)})" if reminder.task else ""
