"""The mails of a day that a person has read and agreed to: to whom, of what, on which day."""

from __future__ import annotations

from datetime import date

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.people import Unit
from ita_flow.queries.awaiting import Acting
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.summaries import Figures
from tests.factories import LATE, T0, T7
from tests.mail.a_day import (
    FRIDAY,
    HALF_YEAR,
    MONDAY,
    STRATEGY,
    TREASURY,
    YEAR_END,
    a_line,
    a_person,
    a_post,
    a_row,
    a_summary,
    a_task,
    a_waiting,
    a_window,
    an_escalation,
)

APRIL = date(2024, 4, 1)
TUESDAY = date(2024, 4, 16)

OFFICER = a_person("สมหญิง ใจดี", a_post("นักประชาสัมพันธ์", role=Role.OFFICER, division=STRATEGY))
HEAD = a_person("วิชัย รอบคอบ", a_post("หัวหน้าฝ่ายประชาสัมพันธ์", Seat.SECTION_HEAD, division=STRATEGY))
DIRECTOR = a_person("ประเสริฐ มั่นคง", a_post("ผู้อำนวยการกองคลัง", Seat.DIRECTOR, division=TREASURY))
ACTING = a_person(
    "วิชัย รอบคอบ",
    a_post("หัวหน้าฝ่ายตรวจติดตามและประเมินผล", Seat.SECTION_HEAD),
    a_post(seat=Seat.DIRECTOR, division=STRATEGY, acting=ActingKind.ACTING),
)
CHIEF = a_person("ปรีชา สุขุม", a_post("ปลัดองค์การบริหารส่วนจังหวัดตัวอย่าง", Seat.CHIEF))
EXECUTIVE = a_person("สมบัติ พัฒนา", a_post("นายกองค์การบริหารส่วนจังหวัดตัวอย่าง", Seat.EXECUTIVE))
COORDINATOR = a_person("อรุณี แก้วใส", a_post("นักวิเคราะห์นโยบายและแผน", role=Role.COORDINATOR))

ONLINE = a_task()
POLICY = a_task(
    "ประกาศนโยบายคุ้มครองผู้ร้องเรียน", date(2024, 3, 14), number=1, division=TREASURY, officers=["มานะ ตั้งใจ", "วารี สุขใจ"]
)
ETHICS = a_task("อบรมจริยธรรม <บุคลากร> & ผู้บริหาร", number=2, done_steps=0)
ASSETS = a_task("ปรับปรุงระบบควบคุมพัสดุ", date(2024, 3, 11), number=4, division=TREASURY)
CONFLICT = a_task("นโยบายการขัดกันแห่งผลประโยชน์", YEAR_END, number=5, division=TREASURY, steps=1)
FINISHED = a_task("ตรวจติดตามและประเมินผลโครงการ", number=6, division=STRATEGY, status=WorkStatus.DONE)

SEVERAL = Sections(due=[a_line(POLICY, LATE, FRIDAY), a_line(ETHICS), a_line(ONLINE)])
NOBODY_FOR_HEAD = Sections(due=[a_line(ONLINE, capacity=Capacity.SECTION_HEAD)])
NOBODY_FOR_DIRECTOR = Sections(
    due=[
        a_line(ASSETS, LATE, date(2024, 3, 12), capacity=Capacity.DIRECTOR),
        a_line(POLICY, LATE, FRIDAY, capacity=Capacity.DIRECTOR),
    ]
)
NOBODY_FOR_COORDINATOR = Sections(due=[a_line(ONLINE, capacity=Capacity.COORDINATOR)])
ESCALATED = Sections(escalated=[an_escalation(ASSETS, 7, MONDAY, Capacity.DIRECTOR)])
ESCALATED_FURTHER = Sections(
    escalated=[
        an_escalation(a_task("ส่งเสริมการมีส่วนร่วม", HALF_YEAR, 7), 15, date(2024, 4, 17), Capacity.CHIEF),
        an_escalation(a_task("ปรับปรุงคู่มือการให้บริการ", HALF_YEAR, 8, division=TREASURY), 15, TUESDAY, Capacity.CHIEF),
    ]
)
ACTED = Acting(ActingKind.ACTING, "104/2567")
QUEUE = [a_waiting(CONFLICT), a_waiting(POLICY, has_evidence=False), a_waiting(ASSETS)]
ACTED_QUEUE = [a_waiting(ETHICS, acting=ACTED), a_waiting(ONLINE, acting=ACTED)]
WINDOW = Sections(windows=[a_window()])
WINDOWS = Sections(
    windows=[a_window(ends_on=TUESDAY), a_window(AssessmentWindowKind.EXPLANATION, date(2024, 4, 22), date(2024, 5, 4))]
)
ROWS = [a_row(task, MONDAY) for task in (POLICY, ETHICS, ONLINE, CONFLICT, FINISHED)]
WEEKLY = Figures(weekly=a_summary(*ROWS, a_row(ASSETS, MONDAY, ReportState.RETURNED)))
WEEKLY_OF_A_DIVISION = Figures(
    weekly=a_summary(a_row(ONLINE, MONDAY), a_row(FINISHED, MONDAY), divisions=[Unit(id=1, name=STRATEGY)])
)
NOTHING_PRESSES = Figures(weekly=a_summary(a_row(CONFLICT, MONDAY), a_row(FINISHED, MONDAY)))
IN_APRIL = [a_row(task, APRIL) for task in (ETHICS, CONFLICT, FINISHED)]
MONTHLY = Figures(monthly=a_summary(*IN_APRIL))


MAILS = [
    ("reminder_one", OFFICER, Sections(due=[a_line(ONLINE)]), Figures(), FRIDAY),
    (
        "reminder_returned",
        OFFICER,
        Sections(due=[a_line(ONLINE, T7, date(2024, 3, 22), ReportState.RETURNED)]),
        Figures(),
        date(2024, 3, 22),
    ),
    ("reminder_due_today", OFFICER, Sections(due=[a_line(CONFLICT, T0, YEAR_END)]), Figures(), YEAR_END),
    ("reminder_overdue", OFFICER, Sections(due=[a_line(ONLINE, LATE, APRIL)]), Figures(), APRIL),
    ("reminder_several", OFFICER, SEVERAL, Figures(), FRIDAY),
    ("reminder_sent_late", OFFICER, Sections(due=[a_line(ONLINE)]), Figures(), MONDAY),
    ("unassigned_head", HEAD, NOBODY_FOR_HEAD, Figures(), FRIDAY),
    ("unassigned_director", DIRECTOR, NOBODY_FOR_DIRECTOR, Figures(), FRIDAY),
    ("unassigned_coordinator", COORDINATOR, NOBODY_FOR_COORDINATOR, Figures(), FRIDAY),
    ("escalation_director", DIRECTOR, ESCALATED, Figures(), MONDAY),
    (
        "escalation_chief",
        CHIEF,
        ESCALATED_FURTHER,
        Figures(reported_at={7: bangkok_moment(date(2024, 2, 15), 9)}),
        date(2024, 4, 17),
    ),
    ("awaiting", DIRECTOR, Sections(waiting=QUEUE), Figures(), MONDAY),
    ("awaiting_acting", ACTING, Sections(waiting=ACTED_QUEUE), Figures(), MONDAY),
    ("slow_decision", DIRECTOR, Sections(waiting=QUEUE, slow=frozenset({1, 4})), Figures(), MONDAY),
    ("window", COORDINATOR, WINDOW, Figures(), TUESDAY),
    ("windows", COORDINATOR, WINDOWS, Figures(), TUESDAY),
    ("weekly", COORDINATOR, Sections(weekly=Capacity.COORDINATOR), WEEKLY, MONDAY),
    ("weekly_director", ACTING, Sections(weekly=Capacity.DIRECTOR), WEEKLY_OF_A_DIVISION, MONDAY),
    ("weekly_calm", COORDINATOR, Sections(weekly=Capacity.COORDINATOR), NOTHING_PRESSES, MONDAY),
    ("monthly", EXECUTIVE, Sections(is_monthly=True), MONTHLY, APRIL),
]

EVERYTHING = Sections(
    due=[a_line(ASSETS, LATE, date(2024, 3, 12)), *NOBODY_FOR_COORDINATOR.due],
    escalated=[an_escalation(POLICY, 1, FRIDAY, Capacity.CHIEF)],
    waiting=QUEUE,
    slow=frozenset({4}),
    windows=[a_window()],
    weekly=Capacity.COORDINATOR,
    is_monthly=True,
)
