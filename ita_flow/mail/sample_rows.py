"""Invented people and work for the samples of mails: rows that belong to no session and are never kept.

They hold the agency's own name and nothing else of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.approval_chains import ActingScope, ChainSeat, Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.calendar import FiscalYear, WindowKind, bangkok_moment, next_working_day
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.reminders import Capacity, Occasion, Rule, Trigger
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.free_days import FreeDays
from ita_flow.i18n import language
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.awaiting import Waiting
from ita_flow.queries.mail_of_the_day import Line
from ita_flow.queries.task_row import TaskRow

ONLINE = _l("พัฒนาระบบบริการออนไลน์")
MANUAL = _l("ปรับปรุงคู่มือการให้บริการประชาชน")
GIFTS = _l("นโยบายไม่รับของขวัญ")
ETHICS = _l("อบรมจริยธรรมบุคลากร")

ACTING_DAYS = timedelta(days=11)


@dataclass(frozen=True)
class SampleOffice:
    """An invented division of this agency on a working day."""

    agency: Agency
    today: date

    @classmethod
    def on(cls, agency: Agency, day: date, free_days: FreeDays) -> SampleOffice:
        """The office on that day, or on the next on which people work."""
        return cls(agency, next_working_day(day, free_days))

    @cached_property
    def division(self) -> Unit:
        return Unit(id=1, name=_("กองตัวอย่าง"))

    @cached_property
    def section(self) -> Unit:
        return Unit(id=2, name=_("ฝ่ายตัวอย่าง"), parent=self.division)

    @cached_property
    def officer(self) -> User:
        return self._person(_("สมหญิง ใจดี"), self._post(_("เจ้าหน้าที่ฝ่ายตัวอย่าง"), role=Role.OFFICER, unit=self.section))

    @cached_property
    def head(self) -> User:
        return self._person(_("วิภา รักงาน"), self._post(_("หัวหน้าฝ่ายตัวอย่าง"), seat=Seat.SECTION_HEAD, unit=self.section))

    @cached_property
    def director(self) -> User:
        return self._person(
            _("ประเสริฐ มั่นคง"), self._post(_("ผู้อำนวยการกองตัวอย่าง"), seat=Seat.DIRECTOR, unit=self.division)
        )

    @cached_property
    def executive(self) -> User:
        return self._person(_("สมชาย นำชัย"), self._post(_("ผู้บริหารสูงสุด"), seat=Seat.EXECUTIVE))

    @cached_property
    def coordinator(self) -> User:
        return self._person(_("อรุณี แก้วใส"), self._post(_("ผู้ประสานงาน ITA"), role=Role.COORDINATOR))

    @cached_property
    def auditor(self) -> User:
        return self._person(_("สุดา ตรวจการ"), self._post(_("ผู้ตรวจสอบภายใน"), role=Role.AUDITOR))

    @cached_property
    def plan(self) -> Plan:
        return Plan(year=FiscalYear.containing(self.today).buddhist_year)

    def task(
        self, number: int, title: LazyString, days_left: int, *, is_done: bool = False, has_officer: bool = True
    ) -> Task:
        """One that is due so many days from today; negative days are past it."""
        due_on = self.today + timedelta(days=days_left)
        return Task(
            id=number,
            measure_id=number,
            measure=self._measure(number, str(title), due_on),
            division=self.division,
            division_id=self.division.id,
            section=self.section,
            section_id=self.section.id,
            due_on=due_on,
            work_status=WorkStatus.DONE if is_done else WorkStatus.IN_PROGRESS,
            percent=100 if is_done else 50,
            claimed_done_on=due_on if is_done else None,
            officers=[self.officer] if has_officer else [],
            steps=[Step(position=place, text="…", is_done=is_done or place < 3) for place in range(1, 5)],
        )

    def _measure(self, number: int, title: str, ends_on: date) -> Measure:
        kind = WindowKind.CUSTOM
        return Measure(title=title, number=number, area=number, plan=self.plan, window_kind=kind, ends_on=ends_on)

    def line(self, task: Task, trigger: Trigger, capacity: Capacity = Capacity.OFFICER) -> Line:
        """What a rule says of the task today."""
        rule = Rule(trigger, abs((task.due_on - self.today).days))
        return Line(task, Occasion(rule, self.today), self.today, None, capacity)

    def waiting(self, task: Task, days: int) -> Waiting:
        """Its report has waited for the director for so many days."""
        version = self.version(task, ReportState.SUBMITTED, self.today - timedelta(days=days))
        return Waiting(self.row(task, version), version.report, version, [Evidence(name="evidence.pdf")])

    def row(self, task: Task, version: ReportVersion | None = None) -> TaskRow:
        return TaskRow(task, version.report if version else None, version, None, self.today, task.due_on)

    def version(self, task: Task, state: ReportState, submitted_on: date) -> ReportVersion:
        """What the officer submitted of the task, not yet decided on."""
        report = ProgressReport(task=task, state=state, version=1, authors=[self.officer])
        return ReportVersion(
            report=report,
            version=1,
            chain=[ChainSeat(Seat.DIRECTOR).kept()],
            distinct_deciders=False,
            claimed_status=WorkStatus.DONE,
            percent=100,
            obstacles="",
            submitted_by=self.officer,
            submitted_at=bangkok_moment(submitted_on, 10),
            decisions=[],
        )

    def decided(self, task: Task, kind: DecisionKind, comment: str = "") -> ReportVersion:
        """What the officer submitted the day before, with the director's word on it."""
        state = ReportState.RETURNED if kind is DecisionKind.RETURN else ReportState.APPROVED
        version = self.version(task, state, self.today - timedelta(days=1))
        decision = Decision(
            kind=kind,
            seat=Seat.DIRECTOR,
            seat_title=self.director.post_on(self.today),
            verb=Verb.ENDORSE,
            seat_number=1,
            round=1,
            comment=comment,
            decided_by=self.director,
            decided_at=self.now,
        )
        version.decisions = [decision]
        return version

    @property
    def now(self) -> datetime:
        return bangkok_moment(self.today, 9, 15)

    @cached_property
    def order(self) -> ActingOrder:
        """The section head acts for the director from today."""
        acting = self._post("", seat=Seat.DIRECTOR, unit=self.division)
        acting.acting, acting.starts_on, acting.ends_on = ActingKind.ACTING, self.today, self.today + ACTING_DAYS
        self.head.memberships.append(acting)
        return ActingOrder(
            id=1,
            membership=acting,
            holder=self.director,
            order_no=f"104/{self.plan.year}",
            ordered_on=self.today,
            scope=ActingScope.ALL,
        )

    def _person(self, name: str, post: Membership) -> User:
        return User(
            name=name,
            email="somying@example.go.th",
            agency=self.agency,
            is_active=True,
            language=language(),  # of whoever looks at the sample
            memberships=[post],
        )

    def _post(
        self, post: str, *, role: Role | None = None, seat: Seat | None = None, unit: Unit | None = None
    ) -> Membership:
        begins_on = FiscalYear.containing(self.today).starts_on
        unit_id = unit.id if unit else None
        return Membership(post=post, role=role, seat=seat, unit=unit, unit_id=unit_id, starts_on=begins_on)
