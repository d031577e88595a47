"""Taking documents in, in tests: the invented report, small changes to it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import Capacity, Outcome
from ita_flow.extensions import Base, db
from ita_flow.intake.draft import PlanDraft
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Plan
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.plan_drafts import draft_of
from ita_flow.workflow.plan_import import Document, Imported, import_plan
from ita_flow.workflow.tasks import assign
from tests.factories import NOW, a_user, reminder_rules
from tests.intake import documents
from tests.intake.documents import report

SHA256 = "ab" * 32
TITLE, METHOD, RESPONSIBLE, WINDOW = 3, 4, 5, 6
FIRST = "1. กระบวนการปฏิบัติงาน"
FIRST_ROW = "1. กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ\t"

read = cache(documents.read)


def take_in(
    agency: Agency,
    document: str | PlanDraft | None = None,
    *,
    is_approved: bool = True,
    unit_names: Mapping[str, str] | None = None,
    actor: User | None = None,
) -> Imported:
    """The report, another text, or what was read from one."""
    is_draft = isinstance(document, PlanDraft)
    reading = Reading(document, (), (), ()) if is_draft else read(document or report())  # type: ignore[arg-type]
    with transaction():
        return import_plan(
            agency,
            reading,
            Document("report.txt", SHA256),
            is_approved=is_approved,
            actor=actor,
            via=None if actor else COMMAND_LINE,
            at=NOW,
            unit_names=unit_names,
        )


def the_plan() -> Plan:
    return db.session.scalars(sa.select(Plan)).one()


def tasks() -> list[Task]:
    return list(db.session.scalars(sa.select(Task).join(Task.measure).order_by(sa.text("measures.number"), Task.id)))


def rows() -> Mapping[str, int]:
    """How many rows each table holds."""
    count = sa.func.count()
    return {
        table.name: db.session.scalars(sa.select(count).select_from(table)).one()
        for table in Base.metadata.sorted_tables
    }


def everything() -> Mapping[str, list[Any]]:
    """Every row of every table."""
    return {
        table.name: list(db.session.execute(sa.select(table).order_by(*table.primary_key.columns)))
        for table in Base.metadata.sorted_tables
    }


def kept_draft() -> PlanDraft:
    return draft_of(the_plan(), db.session.scalars(sa.select(Assessment)).one(), tasks())


def read_draft(text: str | None = None) -> PlanDraft:
    draft = read(text or report()).draft
    assert draft
    return draft


def an_officer_of(task: Task, agency: Agency) -> User:
    officer = a_user(agency, role=Role.OFFICER, unit=task.unit)
    with transaction():
        assign(task, [officer], actor=None, at=NOW)
    return officer


def a_reminder_of(task: Task) -> Reminder:
    """A line of the ledger about this task."""
    agency = db.session.get_one(Agency, task.agency_id)
    officer, rule = a_user(agency), reminder_rules(agency)[0]
    with transaction():
        reminder = Reminder(
            agency_id=task.agency_id,
            task_id=task.id,
            recipient_id=officer.id,
            rule_id=rule.id,
            capacity=Capacity.OFFICER,
            due_version=1,
            occasion=date(2024, 3, 15),
            planned_for=date(2024, 3, 15),
            outcome=Outcome.SUPERSEDED,
            at=NOW,
        )
        db.session.add(reminder)
    return reminder
