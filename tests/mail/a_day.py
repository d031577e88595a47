"""What mails of a day speak of, made up and never kept: tasks, reports that wait, windows, a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FiscalYear, WindowKind, bangkok_moment
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.reminders import Capacity, Occasion, Rule, Trigger, occasions_of
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.awaiting import Acting, Waiting
from ita_flow.queries.mail_of_the_day import Line
from ita_flow.queries.summaries import Summary
from ita_flow.queries.task_row import TaskRow
from tests.factories import T14

FRIDAY = date(2024, 3, 15)
MONDAY = date(2024, 3, 18)
HALF_YEAR = date(2024, 3, 31)
YEAR_END = date(2024, 9, 30)
TUESDAY_BEFORE = bangkok_moment(date(2024, 3, 12), 10)

AGENCY = "องค์การบริหารส่วนจังหวัดตัวอย่าง"
TREASURY = "กองคลัง"
STRATEGY = "กองยุทธศาสตร์และงบประมาณ"
DIVISIONS = {TREASURY: 2, STRATEGY: 1}


def a_person(name: str, *posts: Membership) -> User:
    return User(name=name, agency=Agency(name=AGENCY, short_name="อบจ.ตัวอย่าง"), memberships=list(posts))


def a_post(
    post: str = "",
    seat: Seat | None = None,
    role: Role | None = None,
    division: str | None = None,
    acting: ActingKind | None = None,
) -> Membership:
    unit = Unit(id=DIVISIONS[division], name=division) if division else None
    unit_id = DIVISIONS[division] if division else None
    return Membership(
        post=post, seat=seat, role=role, unit=unit, unit_id=unit_id, acting=acting, starts_on=FiscalYear(2567).starts_on
    )


def a_task(
    title: str = "พัฒนาระบบบริการออนไลน์",
    due_on: date = HALF_YEAR,
    number: int = 3,
    done_steps: int = 2,
    steps: int = 4,
    division: str = STRATEGY,
    officers: Sequence[str] = (),
    status: WorkStatus = WorkStatus.IN_PROGRESS,
) -> Task:
    plan = Plan(year=2567)
    return Task(
        id=number,
        measure_id=number,
        measure=Measure(title=title, number=number, area=1, plan=plan, window_kind=WindowKind.FIRST_HALF),
        division=Unit(id=DIVISIONS[division], name=division),
        division_id=DIVISIONS[division],
        due_on=due_on,
        work_status=status,
        claimed_done_on=due_on if status is WorkStatus.DONE else None,
        officers=[User(name=name) for name in officers],
        steps=[Step(position=place, text="…", is_done=place <= done_steps) for place in range(1, steps + 1)],
    )


def a_line(
    task: Task,
    rule: Rule = T14,
    planned_for: date = FRIDAY,
    report_state: ReportState | None = None,
    capacity: Capacity = Capacity.OFFICER,
) -> Line:
    return Line(task, next(occasions_of(rule, task.due_on)), planned_for, report_state, capacity)


def an_escalation(task: Task, days: int, planned_for: date, capacity: Capacity) -> Line:
    """So many days after the due date."""
    is_first = capacity is Capacity.DIRECTOR
    rule = Rule(Trigger.ESCALATE_TO_DIRECTOR if is_first else Trigger.ESCALATE_TO_CHIEF, days)
    return Line(task, Occasion(rule, task.due_on + timedelta(days=days)), planned_for, None, capacity)


def a_waiting(
    task: Task,
    since: datetime = TUESDAY_BEFORE,
    seat: Seat = Seat.DIRECTOR,
    days_allowed: int = 3,
    has_evidence: bool = True,
    acting: Acting | None = None,
) -> Waiting:
    turn = ChainSeat(seat, days_allowed=days_allowed)
    version = ReportVersion(
        chain=[turn.kept()], submitted_at=since, claimed_status=WorkStatus.DONE, percent=100, obstacles="", decisions=[]
    )
    report = ProgressReport(state=ReportState.SUBMITTED, versions=[version])
    row = TaskRow(task, report, version, since, MONDAY, task.due_on)
    return Waiting(row, report, version, [Evidence(name="คำสั่ง.pdf")] if has_evidence else [], acting)


def a_window(
    kind: AssessmentWindowKind = AssessmentWindowKind.OIT_UPLOAD,
    starts_on: date = date(2024, 4, 1),
    ends_on: date = date(2024, 4, 30),
) -> AssessmentWindow:
    return AssessmentWindow(year=2567, kind=kind, starts_on=starts_on, ends_on=ends_on)


def a_row(task: Task, today: date, report_state: ReportState | None = None) -> TaskRow:
    task.percent = 100 if task.work_status is WorkStatus.DONE else 50
    report = ProgressReport(state=report_state) if report_state else None
    return TaskRow(task, report, None, None, today, task.due_on)


def a_summary(*rows: TaskRow, divisions: Sequence[Unit] = ()) -> Summary:
    return Summary(2567, rows, divisions)
