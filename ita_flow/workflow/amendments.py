"""Amending a plan that is worked on: a new version beside it, and what its approval does to the tasks.

The tasks of the version in force go on living with all that was reported on them: they move to the measures of the
new version. What each was stays behind as a row of the version before, which can be read for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanDeed, PlanState, next_plan_state
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportIssue, ImportJob, Limitation, Measure, MeasureItem, Plan, PlanArea
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import amendment_in_hand, last_number
from ita_flow.queries.closing import is_newest_in_force
from ita_flow.workflow import audit
from ita_flow.workflow.amending_tasks import take_effect
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.copies import copied, follow
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_editing import refuse_when_changed, settle
from ita_flow.workflow.reasons import read_reason

__all__ = ["begin", "discard", "follow", "take_effect"]


def begin(plan: Plan, reason: str, *, actor: User, at: datetime) -> Plan:
    """Begin the next version of a plan in force, as a draft that says the same. Nothing changes for its tasks yet.

    Raises Invalid without a reason, Stale when the plan is not worked on or when a new version is written already.
    """
    said = read_reason(reason, "amendment_needs_a_reason")
    hold_plans(db.session.get_one(Agency, plan.agency_id))
    db.session.refresh(plan)
    refuse_when_closed_year(plan)
    next_plan_state(plan.state, PlanDeed.AMEND)
    if amendment_in_hand(plan.agency_id, plan.year):
        raise Stale("plan_is_being_amended", year=plan.year)
    if not is_newest_in_force(plan):
        raise Stale("plan_amend_too_late")
    amendment = _next_version(plan, said)
    _copy_tasks(plan, amendment)
    settle(amendment)
    after: audit.Values = {"year": plan.year, "version": amendment.version, "reason": said}
    audit.record("plan.amended", plan.agency_id, f"plan:{amendment.id}", at=at, actor=actor, after=after)
    return amendment


def discard(amendment: Plan, *, seen: str | None = None, actor: User, at: datetime) -> None:
    """Give up an amendment that is being written; the version in force stays as it is.

    What the seats looked at is kept, without tasks and in no list of versions; what they never saw goes altogether.
    ``seen`` is the hash of what somebody looked at. Raises Stale when it is no draft any more, no amendment, or says
    something else by now.
    """
    hold_plans(db.session.get_one(Agency, amendment.agency_id))
    db.session.refresh(amendment)
    state = next_plan_state(amendment.state, PlanDeed.DISCARD)
    if amendment.supersedes_id is None:
        raise Stale("plan_discard_too_late")
    refuse_when_changed(amendment.content_hash if seen is None else seen, amendment.content_hash)
    before: audit.Values = {"year": amendment.year, "version": amendment.version, "reason": amendment.amendment_reason}
    agency_id, subject = amendment.agency_id, f"plan:{amendment.id}"
    _remove_tasks(amendment)
    if db.session.scalar(sa.select(sa.exists().where(Proposal.plan_id == amendment.id))):
        amendment.state = state
    else:
        _remove(amendment)
    audit.record("plan.amendment_discarded", agency_id, subject, at=at, actor=actor, before=before)


def _next_version(plan: Plan, reason: str) -> Plan:
    amendment = Plan(
        agency_id=plan.agency_id,
        year=plan.year,
        version=last_number(plan) + 1,
        state=PlanState.DRAFT,
        supersedes_id=plan.id,
        amendment_reason=reason,
        has_no_limitations=plan.has_no_limitations,
        content_hash="",
        areas=[_area(area) for area in plan.areas],
        limitations=[_limitation(row) for row in plan.limitations],
        measures=[_measure(measure) for measure in plan.measures],
    )
    db.session.add(amendment)
    db.session.flush()
    return amendment


def _area(area: PlanArea) -> PlanArea:
    return PlanArea(
        number=area.number,
        overview=area.overview,
        analysis=area.analysis,
        focus=area.focus,
        items=[dict(item) for item in area.items],
        source=dict(area.source),
    )


def _limitation(row: Limitation) -> Limitation:
    return Limitation(
        position=row.position,
        limitation=row.limitation,
        analysis=row.analysis,
        suggestion=row.suggestion,
        source=dict(row.source),
    )


def _measure(measure: Measure) -> Measure:
    return Measure(
        agency_id=measure.agency_id,
        number=measure.number,
        area=measure.area,
        title=measure.title,
        method=measure.method,
        analysis=measure.analysis,
        responsible_text=measure.responsible_text,
        window_text=measure.window_text,
        window_kind=measure.window_kind,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        continues_id=measure.id,
        source=dict(measure.source),
        items=[_item(item) for item in measure.items],
    )


def _item(item: MeasureItem) -> MeasureItem:
    return MeasureItem(
        position=item.position, year=item.year, code=item.code, title=item.title, source=dict(item.source)
    )


def _copy_tasks(plan: Plan, amendment: Plan) -> None:
    measures = {measure.continues_id: measure for measure in amendment.measures}
    db.session.add_all([copied(task, measures[task.measure_id], continues=task) for task in _tasks_of(plan)])
    db.session.flush()


def _remove_tasks(amendment: Plan) -> None:
    """Nobody ever worked on one of them."""
    for task in _tasks_of(amendment):
        db.session.delete(task)
    db.session.flush()


def _remove(amendment: Plan) -> None:
    jobs = sa.select(ImportJob.id).where(ImportJob.plan_id == amendment.id)
    db.session.execute(sa.delete(ImportIssue).where(ImportIssue.import_job_id.in_(jobs)))
    db.session.execute(sa.delete(ImportJob).where(ImportJob.plan_id == amendment.id))
    db.session.delete(amendment)
    db.session.flush()


def _tasks_of(plan: Plan) -> Sequence[Task]:
    chosen = (
        sa.select(Task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id)
        .options(
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.steps),
            selectinload(Task.officers),
        )
        .order_by(Task.id)
    )
    return db.session.scalars(chosen).all()
