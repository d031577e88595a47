"""Writing a progress report and submitting it for decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import InvalidRequestError

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role
from ita_flow.domain.progress import Claim, claimed_percent, missing_before_submit, too_long
from ita_flow.domain.refusals import Incomplete, Invalid, NotPermitted, Stale
from ita_flow.domain.states import (
    IN_FORCE,
    ReportDeed,
    ReportState,
    TaskDeed,
    WorkStatus,
    next_report_state,
    next_work_status,
)
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.evidence import load_predecessors
from ita_flow.workflow import audit, notices
from ita_flow.workflow.approval_seats import settled_chain
from ita_flow.workflow.audit import Values
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.desk import come_in
from ita_flow.workflow.evidence import (
    Newer,
    Received,
    attach_file,
    attach_link,
    mark_of,
    read_link,
    record_superseding,
    supersede,
    take_out,
)
from ita_flow.workflow.seals import content_hash, seals_of


class SavedMeanwhile(Stale):
    """The draft was saved by somebody, or in another window, after this page was opened."""


def may_report(task: Task, person: User, at: datetime) -> bool:
    """The officers of the task report on it, and so may every officer of the unit that does the work."""
    if task.agency_id != person.agency_id:
        return False
    officer_units = {m.unit_id for m in person.memberships_on(bangkok_day(at)) if m.role is Role.OFFICER}
    return bool(officer_units) and (person in task.officers or task.unit.id in officer_units)


def open_report(task: Task, actor: User, at: datetime) -> ProgressReport:
    """The report that is being written on this task, or a new draft; locked until the transaction ends."""
    _refuse_others(task, actor, at)
    refuse_when_not_in_force(task)
    hold(task)
    _refuse_others(task, actor, at)  # an amendment may have given it to another unit while this deed waited
    report = newest_report(task)
    next_work_status(task.work_status, TaskDeed.REPORT)
    if report is None or report.state is ReportState.APPROVED:
        report = _begin(task, number=report.number + 1 if report else 1, at=at)
    if not report.is_editable:
        raise Stale("report_is_under_way")
    return report


def _refuse_others(task: Task, actor: User, at: datetime) -> None:
    if not may_report(task, actor, at):
        raise NotPermitted("not_your_task")


def hold(task: Task) -> None:
    """Let nobody else change the task until the transaction ends.

    Raises Stale when it was taken back meanwhile, and Invalid when its year was closed.
    """
    come_in(task.agency_id)
    try:
        db.session.refresh(task, with_for_update={"of": Task})
    except InvalidRequestError:
        raise Stale("someone_was_quicker") from None
    db.session.refresh(task.measure.plan, ["closed_at"])  # whoever closes it holds the agency until all is written
    refuse_when_closed_year(task.measure.plan)


def refuse_when_not_in_force(task: Task) -> None:
    """Nobody works on a plan that is only a draft, for its tasks may still change, nor on one whose year is closed."""
    refuse_when_closed_year(task.measure.plan)
    if task.measure.plan.state not in IN_FORCE:
        raise Invalid("plan_not_approved")
    if task.continues_id is not None:
        raise Stale("task_of_an_older_version")


def newest_report(task: Task) -> ProgressReport | None:
    chosen = sa.select(ProgressReport).where(ProgressReport.task_id == task.id).order_by(ProgressReport.number.desc())
    return db.session.scalars(chosen.limit(1).execution_options(populate_existing=True)).first()


def save(
    report: ProgressReport,
    claim: Claim,
    *,
    actor: User,
    at: datetime,
    files: Sequence[Received] = (),
    link: str = "",
    removed: Collection[int] = (),
    newer: Sequence[Newer] = (),
) -> None:
    """Keep what was written as a draft, with evidence added and ``removed`` (ids) taken out of the working copy.

    ``newer`` files take the place of evidence that was submitted. Raises Incomplete when something cannot be kept as
    it is, Invalid when evidence cannot be taken in.
    """
    refuse_when_closed_year(report.task.measure.plan)
    if not report.is_editable:
        raise Stale("report_is_under_way")
    next_work_status(report.task.work_status, TaskDeed.REPORT)
    problems = too_long(claim)
    if problems:
        raise Incomplete(problems)
    _write(report, claim, at)
    take_out(report, removed)
    replacing = [supersede(report, one, actor, at) for one in newer]
    for file in files:
        attach_file(report, file, actor, at)
    if link.strip():
        attach_link(report, read_link(link), actor, at)
    _sign(report, actor)
    db.session.flush()
    record_superseding(replacing, actor, at)
    marks = [mark_of(evidence) for evidence in report.evidence]
    _record("saved", report, actor, at, after={"evidence": marks, "seals": seals_of(report.evidence)})


def submit(report: ProgressReport, *, actor: User, at: datetime) -> ReportVersion:
    """Send the working copy for decision as a new version. Raises Incomplete when something is missing."""
    refuse_when_closed_year(report.task.measure.plan)
    before, state = report.state, next_report_state(report.state, ReportDeed.SUBMIT)
    next_work_status(report.task.work_status, TaskDeed.REPORT)
    claim, problems = claim_of(report), missing(report)
    if problems or claim.status is None:
        raise Incomplete(problems)
    _sign(report, actor)
    version = _new_version(report, claim, actor, at)
    report.version, report.state = version.version, state
    db.session.add(version)
    db.session.flush()
    _record(
        "submitted",
        report,
        actor,
        at,
        before={"state": before.value},
        after={
            "state": state.value,
            "version": version.version,
            "claim": version.claimed_status.value,
            "percent": version.percent,
            "chain": [seat.title for seat in version.seats],
            "passed": [line.told for line in version.passed_over],
            "content": version.content_hash,
            "seals": seals_of(version.evidence),
        },
    )
    notices.tell_whose_turn_it_is(version, actor=actor, at=at)
    return version


def withdraw(report: ProgressReport, version: int, *, actor: User, at: datetime) -> None:
    """Take the submitted version back before anybody decided on it; it can be mended and sent again."""
    lock(report)
    _refuse_others(report.task, actor, at)
    state = next_report_state(report.state, ReportDeed.WITHDRAW)
    submitted = report.current
    if submitted is None or submitted.version != version or submitted.standing:
        raise Stale("report_withdraw_too_late")
    before, report.state = report.state, state
    _record("withdrawn", report, actor, at, before={"state": before.value}, after={"version": version})


def lock(report: ProgressReport) -> None:
    """Hold the report until the transaction ends; its task first, in the order that every deed keeps."""
    hold(report.task)
    db.session.refresh(report, with_for_update={"of": ProgressReport})
    if report.current:
        db.session.refresh(report.current)


def missing(report: ProgressReport) -> list[Invalid]:
    """Everything that keeps the working copy from being submitted."""
    return missing_before_submit(claim_of(report), has_evidence=bool(report.evidence))


def refuse_when_saved_meanwhile(report: ProgressReport, revision: int | None) -> None:
    """Raise SavedMeanwhile when the person wrote on another draft than the one that stands now."""
    if report.authors and report.revision != revision:
        raise SavedMeanwhile("somebody_saved_meanwhile")


def claim_of(report: ProgressReport) -> Claim:
    """What the working copy claims."""
    return Claim(
        status=report.claimed_status,
        text=report.text,
        done_steps=report.done_steps,
        percent=report.percent,
        obstacles=report.obstacles,
        advice=report.advice,
    )


def _sign(report: ProgressReport, actor: User) -> None:
    """Who had a hand in it is one of its authors from then on."""
    if actor not in report.authors:
        report.authors.append(actor)


def _begin(task: Task, number: int, at: datetime) -> ProgressReport:
    """A new draft that begins where the task stands."""
    report = ProgressReport(
        agency_id=task.agency_id,
        task=task,
        number=number,
        state=ReportState.DRAFT,
        version=0,
        done_steps=[step.position for step in task.steps if step.is_done],
        percent=min(task.percent, 95),
        text="",
        obstacles="",
        advice="",
        saved_at=at,
    )
    db.session.add(report)
    db.session.flush()
    return report


def _write(report: ProgressReport, claim: Claim, at: datetime) -> None:
    report.claimed_status = claim.status
    report.done_steps = sorted(set(claim.done_steps) & {step.position for step in report.task.steps})
    report.percent = claim.percent
    report.text, report.obstacles, report.advice = claim.text, claim.obstacles, claim.advice
    report.saved_at = at


def _new_version(report: ProgressReport, claim: Claim, actor: User, at: datetime) -> ReportVersion:
    assert claim.status is not None
    positions = [step.position for step in report.task.steps]
    authors = [author.id for author in report.authors]
    load_predecessors(report.evidence)
    chain, settled = settled_chain(report.task, claim.status, authors, bangkok_day(at))
    version = ReportVersion(
        agency_id=report.agency_id,
        report=report,
        version=report.version + 1,
        claimed_status=claim.status,
        percent=claimed_percent(claim, positions),
        done_steps=positions if claim.status is WorkStatus.DONE else list(report.done_steps),
        text=claim.text,
        obstacles=claim.obstacles,
        advice=claim.advice,
        chain=[seat.kept() for seat in settled.seats],
        passed=[line.kept() for line in settled.passed],
        distinct_deciders=chain.distinct_deciders,
        submitted_by=actor,
        submitted_at=at,
        evidence=sorted(report.evidence, key=lambda one: one.id),  # as it is read again
    )
    version.content_hash = content_hash(version)
    return version


def _record(
    deed: str, report: ProgressReport, actor: User, at: datetime, *, after: Values, before: Values | None = None
) -> None:
    audit.record(
        f"progress_report.{deed}",
        report.agency_id,
        f"progress_report:{report.id}",
        at=at,
        actor=actor,
        before=before,
        after={"task": report.task_id, "number": report.number, **after},
    )
