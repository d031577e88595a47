"""An office at work: the cast, each with a browser, and rows for the routes of ``tests/access.yaml`` to point at."""

from __future__ import annotations

import atexit
import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import sqlalchemy as sa
from flask import Flask

from ita_flow.config import MEGABYTE, settings
from ita_flow.database import transaction
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.clock import real_now
from ita_flow.domain.findings import Channel
from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.scoring import TOP
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import clock, db
from ita_flow.mail.unsubscribing import token_of
from ita_flow.models.accounts import SignIn
from ita_flow.models.assessments import Assessment, Finding
from ita_flow.models.outbox import Failure, MessageKind, MessageState
from ita_flow.models.plans import ImportDraft
from ita_flow.models.progress_reports import Decision
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.queries.plan_seen import seen_area, seen_limitations, seen_measure, seen_task
from ita_flow.workflow import accounts, extensions
from ita_flow.workflow.assessments import version_of
from ita_flow.workflow.evidence import store
from ita_flow.workflow.import_drafts import bring, mark_of
from ita_flow.workflow.plan_import import newest_plan
from tests.browser import Browser
from tests.factories import (
    YEAR,
    Cast,
    a_decision,
    a_mail,
    a_membership,
    a_named_seat,
    a_plan,
    a_report,
    a_task,
    an_acting_order,
    one_commit,
    the_cast,
)
from tests.factories.plans import a_measure
from tests.intake import documents
from tests.kept_rows import KeptRows, is_sqlite, rows_kept

ANONYMOUS = "anonymous"
PEOPLE = (
    "officer",
    "colleague",
    "head",
    "director",
    "other_officer",
    "other_head",
    "other_director",
    "coordinator",
    "auditor",
    "administrator",
    "chief",
    "executive",
    "stranger",
)
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Office:
    app: Flask
    browsers: Mapping[str, Browser]
    known: Mapping[str, str | int]
    """Rows by the names that the table uses."""

    def value(self, name: str | int) -> str | int:
        """What a name of the table stands for; anything else stands for itself."""
        return self.known.get(str(name), name)

    def address(self, rule: str, where: Mapping[str, str | int]) -> str:
        return VARIABLE.sub(lambda variable: str(self.value(where[variable[1]])), rule)


@dataclass(frozen=True)
class _Built:
    """An office that was built once, for other tests to find as it was: building it takes a quarter of a second."""

    rows: KeptRows
    files: Path
    known: Mapping[str, str | int]
    tokens: Mapping[str, str]

    @classmethod
    def of(cls, office: Office) -> _Built:
        files = Path(mkdtemp(prefix="ita-flow-office-"))
        atexit.register(shutil.rmtree, files)
        _copy_files(settings().instance, files)
        tokens = {person: browser.token for person, browser in office.browsers.items()}
        return cls(rows_kept(), files, office.known, tokens)

    def put_into(self, app: Flask) -> Office:
        self.rows.put()
        db.session.execute(sa.update(SignIn).values(created_at=real_now(), seen_at=real_now()))
        db.session.commit()
        _copy_files(self.files, settings().instance)
        return Office(app, {person: _come_back(app, token) for person, token in self.tokens.items()}, self.known)


_built: dict[tuple[bool, date], _Built] = {}


def the_office(app: Flask) -> Office:
    """``an_office`` in an empty database; copied, where one of the same day was built before."""
    key = is_sqlite(), clock.today()
    built = _built.get(key)
    if built:
        return built.put_into(app)
    office = an_office(app, the_cast())
    _built[key] = _Built.of(office)
    return office


def _copy_files(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.sqlite3*"), dirs_exist_ok=True)


def an_office(app: Flask, cast: Cast) -> Office:
    """The cast with a report on ``task`` that waits for the head of its section; ``other_task`` has no report yet."""
    with one_commit():
        report = a_report(cast.task, cast.officer)
        _give_every_right(cast)
        decision = _just_taken(cast)
        order = an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director)
        assessment = Assessment(agency_id=cast.agency.id, year=2566, level=TOP)
        finding = Finding(channel=Channel.OIT, position=1, sequence=1, code="o2", issue="ตำแหน่งว่าง", advice="แสดงว่าว่าง")
        assessment.findings = [finding]
        db.session.add(assessment)
        draft = _a_document(cast)
        named_seat = a_named_seat(cast.agency)
        reminder_mail = a_mail(cast.officer, state=MessageState.SENT)
        reminder_mail.kind = MessageKind.REMINDER
        dead_mail = a_mail(cast.officer, state=MessageState.DEAD, failure=Failure.REFUSED)
        a_membership(cast.chief, seat=Seat.NAMED, named_seat_id=named_seat.id, ends_on=YEAR.starts_on)
        open_task, wish = _next_year(cast)
        closed_task = a_task(open_task.measure, section=cast.section, work_status=WorkStatus.DONE)
        left = _carried_over(cast)
        plan = cast.other_task.measure.plan
        plan.measures.append(a_measure(plan, cast.other_task.measure.number + len(AREAS)))  # its area keeps one
    known: dict[str, str | int] = {
        "task": cast.task.id,
        "division": cast.division.id,
        "dead_mail": dead_mail.id,
        "reminder_mail": reminder_mail.id,
        "colleague_id": cast.colleague.id,
        "coordinator_id": cast.coordinator.id,
        "colleague_post": cast.colleague.memberships[0].id,
        "acting_order": order.id,
        "head_seat": ActedSeat.of(cast.head.memberships[0]).key,
        "named_seat": named_seat.id,
        "other_task": cast.other_task.id,
        "closed_task": closed_task.id,
        "open_task": open_task.id,
        "left_measure": left.measure_id,
        "a_later_day": open_task.measure.plan.fiscal_year.ends_on.isoformat(),
        "task_with_wish": wish.task_id or 0,
        "wish": wish.id,
        **_in_hand(cast),
        "report": report.id,
        "report_seen": f"{report.id}-1-1",
        "decision": decision.id,
        "evidence": report.evidence[0].id,
        "import_draft": draft.id,
        "import_seen": mark_of(draft, newest_plan(cast.agency, draft.year)),
        "link": _a_link(cast),
        "unsubscription": token_of(cast.colleague.id, [MailOption.APPROVED]),
        "finding": finding.id,
        "assessment_seen": version_of(assessment),
        "finding_seen": version_of(finding),
        "nothing_seen": version_of(None),
    }
    return Office(app, {person: _browser_of(app, cast, person) for person in (*PEOPLE, ANONYMOUS)}, known)


def _just_taken(cast: Cast) -> Decision:
    """A decision of the other head, so fresh that it may still be taken back."""
    task = a_task(section=cast.other_section, officers=[cast.other_officer])
    report = a_report(task, cast.other_officer)
    return a_decision(report.versions[0], by=cast.other_head, at=clock.now() - timedelta(hours=1))


def _next_year(cast: Cast) -> tuple[Task, Proposal]:
    """Two tasks of the other officer in a year that has time left; for the second a later due date was asked for."""
    plan = a_plan(cast.agency, year=FiscalYear.containing(clock.today()).buddhist_year + 1, measures=2)
    first, second = (a_task(one, section=cast.other_section, officers=[cast.other_officer]) for one in plan.measures)
    later = plan.fiscal_year.ends_on
    return first, extensions.ask(second, later, "รอผลการตรวจรับ", actor=cast.other_officer, at=clock.now())


def _carried_over(cast: Cast) -> Task:
    """A task of the year before that this year's plan has not taken up yet."""
    before = a_plan(cast.agency, year=YEAR.buddhist_year - 1, measures=1)
    task = a_task(before.measures[0], division=cast.division, work_status=WorkStatus.UNFINISHED)
    task.carries_over = True
    return task


def _give_every_right(cast: Cast) -> None:
    """The stranger may do everything, but in another agency: only the scope of rows keeps them out."""
    a_membership(cast.stranger, role=Role.OFFICER)
    a_membership(cast.stranger, seat=Seat.DIRECTOR, unit=cast.strange_task.division)


def _in_hand(cast: Cast) -> dict[str, str | int]:
    """What the forms of the plan carry as they stand."""
    task = cast.other_task
    return {
        "area_seen": seen_area(task.measure.plan.areas[0]),
        "limitations_seen": seen_limitations(task.measure.plan),
        "other_measure": task.measure_id,
        "other_responsible": f"{task.division_id}/{task.section_id}",
        "measure_seen": seen_measure(task.measure, [task]),
        "task_seen": seen_task(task),
    }


def _a_document(cast: Cast) -> ImportDraft:
    """A document in hand of the coordinator's."""
    stored = store().put(io.BytesIO(documents.report().encode()), MEGABYTE)
    return bring(2567, "report.txt", stored.sha256, actor=cast.coordinator, at=clock.now())


def _a_link(cast: Cast) -> str:
    with transaction():
        return accounts.create_link(cast.colleague, real_now())


def _come_back(app: Flask, token: str) -> Browser:
    browser = Browser(app)
    if token:
        browser.come_back(token)
    return browser


def _browser_of(app: Flask, cast: Cast, person: str) -> Browser:
    browser = Browser(app)
    if person != ANONYMOUS:
        browser.sign_in(getattr(cast, person))
    return browser
