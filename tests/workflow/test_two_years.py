"""The real document's plan from its proposal into the year after: the tasks, reminders and figures it ends in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.demo.people import PERSONNEL, STRATEGY, TREASURY
from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.reminders import Outcome, Rule, Trigger
from ita_flow.domain.states import TaskState
from ita_flow.domain.year_ends import EndingKind
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.dashboard import Overview, overview
from ita_flow.queries.plans import is_in_force
from ita_flow.workflow.closing import Ending
from ita_flow.workflow.measure_texts import MeasureText
from ita_flow.workflow.record_check import first_breaks
from tests.factories import an_agency, one_commit, reminder_rules
from tests.queries.test_dashboard import add_up
from tests.queries.test_figures import (
    FIRST_HALF,
    FULL_YEAR,
    OFFICE_OF_THE_CLERK,
    areas_of,
    divisions_of,
    tally_of,
    windows_of,
)
from tests.seed import seed
from tests.workflow.story import Story

pytestmark = pytest.mark.seed

REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
LAST = date(2025, 4, 1)
CUSTOM = WindowKind.CUSTOM
WORDS = {
    Trigger.BEFORE_DUE: "",
    Trigger.OVERDUE: "late",
    Trigger.ESCALATE_TO_DIRECTOR: "director",
    Trigger.ESCALATE_TO_CHIEF: "chief",
}
NEXT_REPORTS = {(2568, 1): 1, (2568, 4): 1}
RULES = (
    *(Rule(Trigger.BEFORE_DUE, days) for days in (30, 14, 7, 1, 0)),
    Rule(Trigger.OVERDUE, 1),
    Rule(Trigger.ESCALATE_TO_DIRECTOR, 7),
    Rule(Trigger.ESCALATE_TO_CHIEF, 15),
    Rule(Trigger.AWAITING),
)
COMPLAINTS = MeasureText(
    area=7,
    title="จัดทำระบบรับเรื่องร้องเรียนที่ปกปิดชื่อผู้แจ้ง",
    items="",
    analysis="ผู้แจ้งเบาะแสยังไม่มั่นใจในความปลอดภัย",
    method="จ้างพัฒนาระบบและทดลองใช้",
    window_kind=WindowKind.CUSTOM,
    window_text="ภายในวันที่ 30 สิงหาคม 2567",
    responsible={},
)
ETHICS = MeasureText(
    area=6,
    title="ประกาศประมวลจริยธรรมของพนักงานฉบับปรับปรุง",
    items="",
    analysis="ประมวลจริยธรรมเดิมใช้มานาน",
    method="ทบทวนและประกาศใช้",
    window_kind=WindowKind.FIRST_HALF,
    window_text="",
    responsible={},
)
CATALOGUE = """ปี,รหัสข้อ,ชื่อข้อ
2567,O10,แผนดำเนินงานและการใช้จ่ายงบประมาณประจำปี
2567,O13,E-Service
2567,O4,ข้อมูลการติดต่อ
2567,O6,ข่าวประชาสัมพันธ์
2567,O7,Q&A
"""
"""Small: of measure 3 the social networks are not in it, and of the measures behind it nothing is."""

EVALUATION, PROCUREMENT, ETHICS_UNIT = "ฝ่ายตรวจติดตามและประเมินผล", "ฝ่ายพัสดุและทรัพย์สิน", "ฝ่ายวินัยและส่งเสริมคุณธรรม"
ENDS = {4: Ending(EndingKind.CARRY_OVER), 8: Ending(EndingKind.LEAVE, "ผู้รับจ้างทิ้งงาน")}
Script = Sequence[tuple[date, Callable[[Story], object]]]

THE_YEAR: Script = (
    # Proposed, endorsed, approved, published, given out.
    (date(2023, 10, 3), lambda office: office.propose(2567)),
    (date(2023, 10, 4), lambda office: office.agree()),
    (date(2023, 10, 5), lambda office: office.agree()),
    (date(2023, 10, 6), lambda office: office.publish(2567)),
    (date(2023, 10, 9), lambda office: office.assign_everybody(2567)),
    # Amended: 3 is due three months later, and 8 is new.
    (date(2023, 11, 15), lambda office: office.amend(2567, "งบประมาณอนุมัติล่าช้า")),
    (date(2023, 11, 15), lambda office: office.rewrite(2567, 3, window_kind=WindowKind.CUSTOM, window_text=UNTIL_JUNE)),
    (date(2023, 11, 15), lambda office: office.add_measure(2567, COMPLAINTS, PROCUREMENT)),
    (date(2023, 11, 15), lambda office: office.assign_everybody(2567)),
    (date(2023, 11, 20), lambda office: office.propose(2567)),
    (date(2023, 11, 21), lambda office: office.agree()),
    (date(2023, 11, 22), lambda office: office.agree()),
    # 6 is cancelled; 5 and 2 are under way; 1 is done.
    (date(2024, 1, 10), lambda office: office.report(2567, 5, 30)),
    (date(2024, 1, 11), lambda office: office.approve(2567, 5)),
    (date(2024, 1, 22), lambda office: office.cancel(2567, 6, "รวมกับโครงการของจังหวัด")),
    (date(2024, 1, 25), lambda office: office.report(2567, 2, 40)),
    (date(2024, 1, 26), lambda office: office.approve(2567, 2)),
    (date(2024, 2, 20), lambda office: office.report(2567, 1)),
    (date(2024, 2, 21), lambda office: office.approve(2567, 1)),
    (date(2024, 2, 22), lambda office: office.approve(2567, 1)),
    # Amended again: 5 goes from กองคลัง to กองยุทธศาสตร์ฯ, and 7 is cancelled.
    (date(2024, 3, 4), lambda office: office.amend(2567, "ปรับผู้รับผิดชอบตามโครงสร้างใหม่")),
    (date(2024, 3, 4), lambda office: office.give_measure_to(2567, 5, EVALUATION)),
    (date(2024, 3, 4), lambda office: office.cancel_in_amendment(2567, 7, "ดำเนินการในมาตรการที่ 8 แล้ว")),
    (date(2024, 3, 4), lambda office: office.assign_everybody(2567)),
    (date(2024, 3, 5), lambda office: office.propose(2567)),
    (date(2024, 3, 6), lambda office: office.agree()),
    (date(2024, 3, 7), lambda office: office.agree()),
    # 2 asks for a month more, which is not granted, and is done in time.
    (date(2024, 3, 12), lambda office: office.ask_for(2567, 2, date(2024, 4, 30))),
    (date(2024, 3, 13), lambda office: office.give_back("ยังมีเวลาเพียงพอ")),
    (date(2024, 3, 25), lambda office: office.report(2567, 2)),
    (date(2024, 3, 26), lambda office: office.approve(2567, 2)),
    (date(2024, 3, 27), lambda office: office.approve(2567, 2)),
    # 1 is opened again, and done again.
    (date(2024, 6, 4), lambda office: office.reopen(2567, 1, "ผู้ตรวจสอบพบว่าข้อมูลไม่ครบ", date(2024, 8, 15))),
    (date(2024, 8, 5), lambda office: office.report(2567, 1)),
    (date(2024, 8, 6), lambda office: office.approve(2567, 1)),
    (date(2024, 8, 7), lambda office: office.approve(2567, 1)),
    # 3 asks for a month more, which is granted, and is done in that month.
    (date(2024, 6, 10), lambda office: office.ask_for(2567, 3, date(2024, 7, 31))),
    (date(2024, 6, 11), lambda office: office.agree()),
    (date(2024, 6, 12), lambda office: office.agree()),
    (date(2024, 7, 23), lambda office: office.report(2567, 3)),
    (date(2024, 7, 24), lambda office: office.approve(2567, 3)),
    (date(2024, 7, 25), lambda office: office.approve(2567, 3)),
    # 5 is done by its new division; 4 gets no further than a quarter.
    (date(2024, 8, 20), lambda office: office.report(2567, 4, 25)),
    (date(2024, 8, 21), lambda office: office.approve(2567, 4)),
    (date(2024, 9, 16), lambda office: office.report(2567, 5)),
    (date(2024, 9, 17), lambda office: office.approve(2567, 5)),
    (date(2024, 9, 18), lambda office: office.approve(2567, 5)),
    # Closed: 4 is carried over, 8 is left unfinished.
    (date(2024, 10, 2), lambda office: office.close(2567, ENDS)),
)
THE_NEXT_YEAR: Script = (
    (date(2024, 10, 3), lambda office: office.take_in_catalogue(CATALOGUE)),
    (date(2024, 10, 3), lambda office: office.roll_forward(2567)),
    (date(2024, 10, 7), lambda office: office.add_measure(2568, ETHICS, ETHICS_UNIT)),
    (date(2024, 10, 7), lambda office: office.assign_everybody(2568)),
    (date(2024, 10, 8), lambda office: office.propose(2568)),
    (date(2024, 10, 9), lambda office: office.agree()),
    (date(2024, 10, 10), lambda office: office.agree()),
    (date(2025, 2, 10), lambda office: office.report(2568, 4)),
    (date(2025, 2, 11), lambda office: office.approve(2568, 4)),
    (date(2025, 2, 13), lambda office: office.approve(2568, 4)),
    (date(2025, 3, 17), lambda office: office.report(2568, 1)),
    (date(2025, 3, 18), lambda office: office.approve(2568, 1)),
    (date(2025, 3, 19), lambda office: office.approve(2568, 1)),
)
UNTIL_JUNE = "ภายในวันที่ 30 มิถุนายน 2567"


@pytest.fixture
def office(app: Flask) -> Story:
    """The plan as the document has it, a draft, with invented people."""
    office = Story(an_agency(REAL_AGENCY, code="seed"))
    office.take_in(seed())
    with one_commit():
        office.people_come()
        reminder_rules(office.agency, *RULES)
    return office


def live(office: Story, script: Script, until: date) -> None:
    """Day after day: the mails of the morning, then what happens in the afternoon."""
    while office.on <= until:
        office.morning()
        for _day, deed in (one for one in script if one[0] == office.on):
            deed(office)
        office.on += timedelta(days=1)


STOOD_AT_FIRST = [
    "1 กองยุทธศาสตร์และงบประมาณ 2024-03-31 not_started 0",
    "2 กองยุทธศาสตร์และงบประมาณ 2024-03-31 not_started 0",
    "3 กองยุทธศาสตร์และงบประมาณ 2024-03-31 not_started 0",
    "4 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-09-30 not_started 0",
    "5 กองคลัง 2024-09-30 not_started 0",
    "6 กองการเจ้าหน้าที่ 2024-03-31 not_started 0",
    "7 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-03-31 not_started 0",
]
"""The first version, as it was left on 22 พ.ย. 2566."""

STOOD_IN_MARCH = [
    "1 กองยุทธศาสตร์และงบประมาณ 2024-03-31 done 100",
    "2 กองยุทธศาสตร์และงบประมาณ 2024-03-31 in_progress 40",
    "3 กองยุทธศาสตร์และงบประมาณ 2024-06-30 not_started 0",
    "4 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-09-30 not_started 0",
    "5 กองคลัง 2024-09-30 in_progress 30",
    "6 กองการเจ้าหน้าที่ 2024-03-31 cancelled 0",
    "7 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-03-31 not_started 0",
    "8 กองคลัง 2024-08-30 not_started 0",
]
"""The second, as it was left on 7 มี.ค. 2567."""

STAND_CLOSED = [
    "1 กองยุทธศาสตร์และงบประมาณ 2024-08-15 done 100",  # opened again with a day of its own
    "2 กองยุทธศาสตร์และงบประมาณ 2024-03-31 done 100",
    "3 กองยุทธศาสตร์และงบประมาณ 2024-07-31 (2024-06-30) done 100",  # granted
    "4 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-09-30 unfinished 25 carried over",
    "5 กองยุทธศาสตร์และงบประมาณ 2024-09-30 done 100",  # moved here
    "6 กองการเจ้าหน้าที่ 2024-03-31 cancelled 0",
    "7 สำนักปลัดองค์การบริหารส่วนจังหวัด 2024-03-31 cancelled 0",
    "8 กองคลัง 2024-08-30 unfinished 0",
]
"""The third, as the year was closed on 2 ต.ค. 2567."""

STAND_IN_THE_NEXT_YEAR = [
    "1 กองยุทธศาสตร์และงบประมาณ 2025-03-31 done 100",  # by the window, not by the day on which it was due again
    "2 กองยุทธศาสตร์และงบประมาณ 2025-03-31 not_started 0",
    "3 กองยุทธศาสตร์และงบประมาณ 2025-06-30 not_started 0",  # as at first
    "4 สำนักปลัดองค์การบริหารส่วนจังหวัด 2025-09-30 done 100",
    "5 กองยุทธศาสตร์และงบประมาณ 2025-09-30 not_started 0",
    "6 กองการเจ้าหน้าที่ 2025-03-31 not_started 0",  # new: area 6 would have been left empty
    "7 กองคลัง 2025-08-30 not_started 0",  # was 8
]
CITED_IN_THE_NEXT_YEAR = [
    "1 O10/2567",
    "2 O13/2567",
    "3 O4/2567 O6/2567 O7/2567 O9/2566",  # a person has to say what became of O9
    "4 O34/2566 O35/2566",
    "5 O19/2566 O20/2566 O21/2566 O22/2566",
    "6",
    "7",
]

REMINDED = {
    2567: {
        1: ["2024-07-16 30", "2024-08-01 14"],  # done 22 ก.พ.; opened again until 15 ส.ค., done 5 ส.ค.
        2: ["2024-03-01 30", "2024-03-15 14", "2024-03-22 7"],  # claimed 25 มี.ค.
        3: ["2024-05-31 30", "2024-07-01 30", "2024-07-17 14"],  # due 30 มิ.ย., then 31 ก.ค.; claimed 23 ก.ค.
        # 14 and 29 ก.ย. are a Saturday and a Sunday; closed before the second notice
        4: ["2024-08-30 30", "2024-09-16 14", "2024-09-23 7", "2024-09-27 1", "2024-09-30 0", "2024-10-01 late"],
        5: ["2024-08-30 30", "2024-09-16 14"],  # claimed 16 ก.ย.
        7: ["2024-03-01 30"],  # cancelled 7 มี.ค.; 6 was cancelled in January
        8: [
            *("2024-07-31 30", "2024-08-16 14", "2024-08-23 7", "2024-08-29 1", "2024-08-30 0"),
            *("2024-09-02 late", "2024-09-06 director", "2024-09-16 chief", "2024-09-16 chief"),  # and the coordinator
        ],
    },
    2568: {
        1: ["2025-02-28 30", "2025-03-17 14"],  # claimed 17 มี.ค.
        **dict.fromkeys(
            (2, 6),
            ["2025-02-28 30", "2025-03-17 14", "2025-03-24 7", "2025-03-28 1", "2025-03-31 0", "2025-04-01 late"],
        ),
    },
}
"""By year and measure, each with the days before; what nobody needed any more is not in it."""

KINDS = {
    # four plans wait a morning for each of two seats; the wishes wait one and two; of the reports three tell of
    # progress, to one seat, and seven claim completion, to two
    Trigger.AWAITING: 4 * 2 + (1 + 2) + 3 * 1 + 7 * 2,
    Trigger.BEFORE_DUE: (2 + 3 + 3 + 5 + 2 + 1 + 5) + (2 + 5 + 5),  # as listed above
    Trigger.OVERDUE: 4,  # 4 and 8 in the one year, 2 and 6 in the other
    Trigger.ESCALATE_TO_DIRECTOR: 1,
    Trigger.ESCALATE_TO_CHIEF: 2,
}
"""How many reminders of each kind went out."""


def test_two_years_of_the_real_plan(office: Story) -> None:
    live(office, THE_YEAR, until=date(2024, 4, 1))
    at_half = overview(office.clerk, 2567, office.on)
    live(office, THE_YEAR, until=date(2024, 10, 2))
    at_close = overview(office.clerk, 2567, office.on)
    live(office, THE_NEXT_YEAR, until=LAST)
    at_end = overview(office.clerk, 2568, LAST)

    check_the_figures(at_half, at_close, at_end)
    assert overview(office.clerk, 2567, LAST).states == at_close.states
    assert [tasks_of_version(2567, version) for version in (1, 2, 3)] == [STOOD_AT_FIRST, STOOD_IN_MARCH, STAND_CLOSED]
    assert tasks_of_version(2568, 1) == STAND_IN_THE_NEXT_YEAR
    assert cited_in(2568) == CITED_IN_THE_NEXT_YEAR
    assert {year: spoken_of(year) for year in REMINDED} == REMINDED
    assert Counter(reminder.rule.trigger for reminder in spoken()) == KINDS
    assert reports_by_task() == {(2567, 1): 2, (2567, 2): 2, (2567, 3): 1, (2567, 4): 1, (2567, 5): 2, **NEXT_REPORTS}
    assert first_breaks() == []


def check_the_figures(at_half: Overview, at_close: Overview, at_end: Overview) -> None:
    for seen in (at_half, at_close, at_end):
        add_up(seen)

    # 6 and 7 are cancelled, 8 is new · done 1 2; nothing else was due
    assert (tally_of(at_half.tally), at_half.cancelled) == ((6, 2, 0, 0), 2)
    assert divisions_of(at_half) == [
        (STRATEGY, (4, 2, 0, 0)),
        (TREASURY, (1, 0, 0, 0)),
        (OFFICE_OF_THE_CLERK, (1, 0, 0, 0)),
    ]
    assert areas_of(at_half) == [(1, 1, 100), (1, 1, 100), (1, 0, 0), (1, 0, 0), (1, 0, 30), (0, 0, 0), (1, 0, 0)]
    assert windows_of(at_half) == [(FIRST_HALF, (2, 2, 0, 0)), (FULL_YEAR, (2, 0, 0, 0)), (CUSTOM, (2, 0, 0, 0))]

    # done 1 2 3 5; 4 and 8 are left, and late no more
    assert (tally_of(at_close.tally), at_close.cancelled) == ((6, 4, 0, 0), 2)
    assert at_close.states[TaskState.UNFINISHED] == 2
    assert divisions_of(at_close) == [
        (TREASURY, (1, 0, 0, 0)),
        (OFFICE_OF_THE_CLERK, (1, 0, 0, 0)),
        (STRATEGY, (4, 4, 0, 0)),
    ]
    assert areas_of(at_close) == [(1, 1, 100), (1, 1, 100), (1, 1, 100), (1, 0, 25), (1, 1, 100), (0, 0, 0), (1, 0, 0)]
    assert windows_of(at_close) == [(FIRST_HALF, (2, 2, 0, 0)), (FULL_YEAR, (2, 1, 0, 0)), (CUSTOM, (2, 1, 0, 0))]

    # done 1 4; overdue since the day before 2 6
    assert (tally_of(at_end.tally), at_end.cancelled) == ((7, 2, 0, 2), 0)
    assert divisions_of(at_end) == [
        (STRATEGY, (4, 1, 0, 1)),
        (PERSONNEL, (1, 0, 0, 1)),
        (TREASURY, (1, 0, 0, 0)),
        (OFFICE_OF_THE_CLERK, (1, 1, 0, 0)),
    ]
    assert areas_of(at_end) == [(1, 1, 100), (1, 0, 0), (1, 0, 0), (1, 1, 100), (1, 0, 0), (1, 0, 0), (1, 0, 0)]
    assert windows_of(at_end) == [(FIRST_HALF, (3, 1, 0, 2)), (FULL_YEAR, (2, 1, 0, 0)), (CUSTOM, (2, 0, 0, 0))]


def tasks_of_version(year: int, version: int) -> list[str]:
    """Measure, division, due date with the one before in brackets, status and per cent."""
    chosen = sa.select(Task).join(Task.measure).join(Measure.plan).where(Plan.year == year, Plan.version == version)
    return [_told(task) for task in db.session.scalars(chosen.order_by(Measure.number, Task.id))]


def _told(task: Task) -> str:
    first = f"({task.first_due_on})" if task.first_due_on else ""
    over = "carried over" if task.carries_over else ""
    told = (task.measure.number, task.division.name, task.due_on, first, task.work_status.value, task.percent, over)
    return " ".join(str(part) for part in told if part != "")


def cited_in(year: int) -> list[str]:
    chosen = sa.select(Measure).join(Measure.plan).where(Plan.year == year).order_by(Measure.number)
    cited = ([f"{item.code}/{item.year}" for item in measure.items] for measure in db.session.scalars(chosen))
    return [" ".join([str(number), *items]) for number, items in enumerate(cited, 1)]


def spoken() -> Sequence[Reminder]:
    """The reminders that somebody was sent, in the order of their days."""
    chosen = sa.select(Reminder).where(Reminder.outcome == Outcome.QUEUED)
    return db.session.scalars(chosen.order_by(Reminder.planned_for, Reminder.id)).all()


def spoken_of(year: int) -> Mapping[int, list[str]]:
    """By measure: the days, and what was said of the due date."""
    days: dict[int, list[str]] = {}
    for reminder in spoken():
        if reminder.task and reminder.rule.trigger in WORDS and reminder.task.measure.plan.year == year:
            said = WORDS[reminder.rule.trigger] or str(reminder.rule.days)
            days.setdefault(reminder.task.measure.number, []).append(f"{reminder.planned_for} {said}")
    return days


def reports_by_task() -> Mapping[tuple[int, int], int]:
    """How many reports each measure in force has, each with its evidence."""
    chosen = sa.select(ProgressReport).join(ProgressReport.task).join(Task.measure).join(Measure.plan)
    reports = db.session.scalars(chosen.where(is_in_force())).all()
    assert all(report.versions[-1].evidence for report in reports)
    return Counter((report.task.measure.plan.year, report.task.measure.number) for report in reports)
