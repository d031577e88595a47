"""The office of the script in the database, and its deeds there, written past the program's own deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import DEFAULT_RULES, Outcome
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow, Holiday
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from tests.factories import (
    a_division,
    a_membership,
    a_plan,
    a_report,
    a_section,
    a_task,
    a_user,
    an_acting_order,
    an_agency,
    one_commit,
    reminder_rules,
)
from tests.factories.plans import set_status
from tests.faults.a_year import OWN_HOLIDAY, OWN_WORKING_DAY, POSTS, Deed, Post, Work, Year
from tests.faults.year_oracle import Line, Said

ROLES = {"officer": Role.OFFICER, "coordinator": Role.COORDINATOR}


@dataclass(frozen=True)
class Office:
    """Where the people, tasks and windows of the script stand in the database, by their ids."""

    agency: int
    people: Mapping[str, int]
    tasks: Mapping[int, int]
    windows: Mapping[str, int]

    def do(self, deed: Deed) -> None:
        """What the script says, in one transaction."""
        with transaction():
            if deed.what == "move_window":
                window = db.session.get_one(AssessmentWindow, list(self.windows.values())[deed.subject])
                window.ends_on, window.version = deed.due_on, window.version + 1
            else:
                self._do_to(db.session.get_one(Task, self.tasks[deed.subject]), deed)
        db.session.rollback()  # on SQLite whoever holds a transaction keeps everybody out

    def _do_to(self, task: Task, deed: Deed) -> None:
        chosen = sa.select(ProgressReport).where(ProgressReport.task_id == task.id)
        report = db.session.scalars(chosen.order_by(ProgressReport.id.desc()).limit(1)).one_or_none()
        if deed.what == "move":
            task.due_on, task.due_version = deed.due_on, task.due_version + 1
        elif deed.what == "submit":
            self._submit(task, report, deed.on)
        elif deed.what == "return":
            assert report
            report.state = ReportState.RETURNED
        else:
            set_status(task, WorkStatus(deed.what), bangkok_moment(deed.on))
            if report:
                report.state = ReportState.APPROVED

    def _submit(self, task: Task, before: ProgressReport | None, on: date) -> None:
        """A report that was returned goes another time as a new one, which comes to the same for whoever waits."""
        if before:
            before.state = ReportState.APPROVED
        a_report(task, db.session.get_one(User, self.people["officer 3"]), at=bangkok_moment(on))

    def ledger(self) -> list[tuple[Line, Said]]:
        """What is on record, in the words of the script."""
        names = {key: name for name, key in self.people.items()}
        subjects = {key: f"task {number}" for number, key in self.tasks.items()}
        windows = {key: kind for kind, key in self.windows.items()}
        return [
            (
                Line(
                    names[row.recipient_id],
                    f"{row.rule.trigger} {row.rule.days}",
                    subjects.get(row.task_id or 0) or windows.get(row.window_id or 0) or "",
                    row.due_version,
                    row.occasion,
                ),
                Said(row.planned_for, _outcome(row)),
            )
            for row in db.session.scalars(sa.select(Reminder)).all()
        ]


def _outcome(row: Reminder) -> str:
    return f"suppressed: {row.why_not}" if row.outcome is Outcome.SUPPRESSED else str(row.outcome)


def an_office(year: Year) -> Office:
    """The script's office, as it stands on the first day."""
    with one_commit():
        agency = an_agency()
        agency.closes_on_labour_day = True
        for day, is_free in ((OWN_HOLIDAY, True), (OWN_WORKING_DAY, False)):
            agency.holidays.append(Holiday(day=day, name="วันของหน่วยงาน", is_free=is_free))
        reminder_rules(agency, *DEFAULT_RULES)
        sections = [a_section(a_division(agency, f"กองที่ {unit}"), f"ฝ่ายที่ {unit}") for unit in range(1, 5)]
        people = {post.person: a_user(agency, post.person) for post in POSTS}
        for post in POSTS:
            _appoint(people[post.person], post, sections)
        measures = a_plan(agency, measures=len(year.works)).measures
        tasks = [_given(work, measures[work.number], sections[work.unit - 1], people) for work in year.works]
        windows = _windows(agency, year)
    office = Office(
        agency.id,
        {name: person.id for name, person in people.items()},
        {work.number: task.id for work, task in zip(year.works, tasks, strict=True)},
        {str(window.kind): window.id for window in windows},
    )
    db.session.rollback()
    return office


def _appoint(person: User, post: Post, sections: list[Unit]) -> None:
    section = sections[post.unit - 1] if post.unit else None
    unit = section.parent if section and post.post == "director" else section
    days = {"starts_on": post.first, "ends_on": post.last}
    if post.is_acting:
        an_acting_order(person, Seat(post.post), unit, **days)  # type: ignore[arg-type]
    elif post.post in ROLES:
        a_membership(person, role=ROLES[post.post], unit=unit, **days)  # type: ignore[arg-type]
    else:
        a_membership(person, seat=Seat(post.post), unit=unit, **days)  # type: ignore[arg-type]


def _given(work: Work, measure: object, section: Unit, people: Mapping[str, User]) -> Task:
    officers = [people[name] for name in work.officers]
    return a_task(measure, section=section, officers=officers, due_on=work.due_on)  # type: ignore[arg-type]


def _windows(agency: Agency, year: Year) -> list[AssessmentWindow]:
    windows = [
        AssessmentWindow(
            agency_id=agency.id,
            year=2567,
            kind=AssessmentWindowKind(period.kind),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
        for period in year.periods
    ]
    db.session.add_all(windows)
    return windows
