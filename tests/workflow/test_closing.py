"""Closing a year: what is open is decided on one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.domain.year_ends import EndingKind
from ita_flow.extensions import db
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal, ProposalKind
from ita_flow.queries.closing import seen_open, tasks_of_year
from ita_flow.workflow import audit
from ita_flow.workflow.closing import ClosingChanged, Ending, close
from tests.factories import NOW, YEAR, Cast, a_link, a_report, a_task
from tests.factories.plans import a_measure, a_plan, set_status, sha256
from tests.record import events_about

AUTUMN = bangkok_moment(date(2024, 10, 7), 10)
"""A week into the year that follows."""

CARRIED = Ending(EndingKind.CARRY_OVER)
LEFT = Ending(EndingKind.LEAVE, "ผู้รับจ้างทิ้งงาน อยู่ระหว่างจัดหาใหม่")
CANCELLED = Ending(EndingKind.CANCEL, "โอนภารกิจให้กรมส่งเสริมการปกครองท้องถิ่น")


def plan_of_the(cast: Cast) -> Plan:
    return cast.task.measure.plan


def close_it(
    cast: Cast, endings: Mapping[int, Ending] | None = None, seen: str | None = None, at: object = AUTUMN
) -> Plan:
    """Close the year of the cast; unless said otherwise both tasks are carried over."""
    plan = plan_of_the(cast)
    endings = {cast.task.id: CARRIED, cast.other_task.id: CARRIED} if endings is None else endings
    seen = seen_open(tasks_of_year(plan)) if seen is None else seen
    with transaction():
        close(plan, endings, seen=seen, actor=cast.coordinator, at=at)  # type: ignore[arg-type]
    return plan


def keys_of(refused: pytest.ExceptionInfo[Incomplete]) -> list[tuple[str, str | None]]:
    return [(problem.key, problem.field) for problem in refused.value.problems]


def test_each_open_task_ends_as_it_was_decided(cast: Cast) -> None:
    third = a_task(plan_of_the(cast).measures[0], cast.division)

    plan = close_it(cast, {cast.task.id: CARRIED, cast.other_task.id: LEFT, third.id: CANCELLED})

    assert (plan.state, plan.closed_at) == (PlanState.CLOSED, AUTUMN)
    assert [(one.work_status, one.carries_over, one.ending_reason) for one in (cast.task, cast.other_task, third)] == [
        (WorkStatus.UNFINISHED, True, "ยกไปดำเนินการในปีงบประมาณ 2568"),
        (WorkStatus.UNFINISHED, False, LEFT.reason),
        (WorkStatus.CANCELLED, False, CANCELLED.reason),
    ]


def test_what_was_done_of_a_task_stays_with_it(cast: Cast) -> None:
    cast.task.percent, cast.task.work_status = 60, WorkStatus.IN_PROGRESS
    cast.task.steps[0].is_done = True
    db.session.commit()

    close_it(cast)

    assert (cast.task.percent, [step.is_done for step in cast.task.steps]) == (60, [True, False])


def test_a_task_that_was_done_or_cancelled_before_stays_as_it_is(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.DONE, NOW)
    set_status(cast.other_task, WorkStatus.CANCELLED, NOW)
    reason = cast.other_task.ending_reason
    db.session.commit()

    plan = close_it(cast, {})

    assert plan.state is PlanState.CLOSED
    assert (cast.task.work_status, cast.task.ending_reason) == (WorkStatus.DONE, None)
    assert (cast.other_task.work_status, cast.other_task.ending_reason) == (WorkStatus.CANCELLED, reason)


def test_the_record_tells_of_the_year_and_of_each_task(cast: Cast) -> None:
    plan = close_it(cast, {cast.task.id: CARRIED, cast.other_task.id: CANCELLED})

    [of_plan] = events_about(f"plan:{plan.id}")
    assert of_plan["action"] == "plan.closed"
    assert of_plan["before"] == {"state": "approved"}
    told = {name: of_plan["after"][name] for name in ("state", "done", "carry_over", "leave", "cancel")}
    assert told == {"state": "closed", "done": 0, "carry_over": 1, "leave": 0, "cancel": 1}
    assert [event["action"] for event in events_about(f"task:{cast.task.id}")] == ["task.left_unfinished"]
    [cancelled] = events_about(f"task:{cast.other_task.id}")
    assert cancelled["action"] == "task.cancelled"
    assert cancelled["after"]["reason"] == CANCELLED.reason
    assert not list(audit.broken_chains())


def test_every_open_task_needs_a_decision_and_a_reason_where_people_give_it(cast: Cast) -> None:
    third = a_task(plan_of_the(cast).measures[0], cast.division)

    with pytest.raises(Incomplete) as refused:
        close_it(
            cast, {cast.task.id: Ending(EndingKind.LEAVE, " \n "), third.id: Ending(EndingKind.CANCEL, "ก" * 2001)}
        )

    assert keys_of(refused) == [
        ("text_too_long", f"reason-{third.id}"),
        ("closing_reason_missing", f"reason-{cast.task.id}"),
        ("closing_ending_missing", f"ending-{cast.other_task.id}"),
    ]
    assert plan_of_the(cast).state is PlanState.APPROVED
    assert cast.task.work_status is WorkStatus.NOT_STARTED


@pytest.mark.parametrize(
    ("day", "is_early"), [(date(2024, 8, 31), True), (date(2024, 9, 1), False), (date(2025, 2, 1), False)]
)
def test_a_year_may_be_closed_from_its_last_month_on(cast: Cast, day: date, is_early: bool) -> None:
    if is_early:
        with pytest.raises(Invalid, match="closing_too_early"):
            close_it(cast, at=bangkok_moment(day, 9))
    else:
        assert close_it(cast, at=bangkok_moment(day, 9)).state is PlanState.CLOSED


def test_reports_and_extensions_that_wait_and_an_amendment_in_hand_come_first(cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    an_extension(cast)
    amendment = an_amendment(plan_of_the(cast))

    with pytest.raises(Incomplete) as refused:
        close_it(cast)

    assert [(problem.key, problem.values) for problem in refused.value.problems] == [
        ("closing_report_waits", {"number": cast.task.measure.number}),
        ("closing_extension_waits", {"number": cast.other_task.measure.number}),
        ("closing_amendment_in_hand", {"version": amendment.version}),
    ]


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED, ReportState.WITHDRAWN])
def test_a_report_that_is_only_written_does_not_hold_up_the_year_and_stays(cast: Cast, state: ReportState) -> None:
    report = a_report(cast.task, cast.officer, state=state)

    close_it(cast)

    assert db.session.get_one(ProgressReport, report.id).state is state


def test_a_task_that_changed_since_it_was_looked_at_is_looked_at_again(cast: Cast) -> None:
    seen = seen_open(tasks_of_year(plan_of_the(cast)))
    set_status(cast.task, WorkStatus.DONE, AUTUMN)
    db.session.commit()

    with pytest.raises(ClosingChanged):
        close_it(cast, seen=seen)

    assert plan_of_the(cast).state is PlanState.APPROVED


@pytest.mark.parametrize(("ending", "key"), [(LEFT, "task_leave_too_late"), (CANCELLED, "task_cancel_too_late")])
def test_what_is_done_cannot_be_ended_once_more(cast: Cast, ending: Ending, key: str) -> None:
    set_status(cast.task, WorkStatus.DONE, NOW)
    db.session.commit()

    with pytest.raises(Stale, match=key):
        close_it(cast, {cast.task.id: ending, cast.other_task.id: LEFT})


def test_a_task_of_elsewhere_is_not_decided_on(cast: Cast) -> None:
    with pytest.raises(ClosingChanged):
        close_it(cast, {cast.task.id: LEFT, cast.other_task.id: LEFT, cast.strange_task.id: LEFT})


def test_a_year_is_closed_once(cast: Cast) -> None:
    close_it(cast)

    with pytest.raises(Stale, match="plan_close_too_late"):
        close_it(cast, {})


def test_only_the_version_in_force_is_closed(cast: Cast) -> None:
    a_plan(cast.agency, version=2)

    with pytest.raises(Stale, match="plan_close_too_late"):
        close_it(cast)


def test_another_years_and_another_agencys_open_tasks_are_left_alone(cast: Cast) -> None:
    following = a_plan(cast.agency, year=YEAR.buddhist_year + 1)
    theirs = a_task(following.measures[0], cast.division)

    close_it(cast)

    assert [one.work_status for one in (theirs, cast.strange_task)] == [WorkStatus.NOT_STARTED] * 2


def test_evidence_of_a_task_stays_when_its_year_is_closed(cast: Cast) -> None:
    piece = a_link(cast.task, cast.officer)

    close_it(cast)

    assert piece.task_id == cast.task.id


def an_extension(cast: Cast) -> Proposal:
    task = cast.other_task
    wish = Proposal(
        agency_id=cast.agency.id,
        kind=ProposalKind.EXTENSION,
        task_id=task.id,
        due_before=task.due_on,
        due_on=date(2024, 12, 31),
        reason="รอผลการจัดซื้อจัดจ้าง",
        chain=[],
        passed=[],
        distinct_deciders=False,
        content_hash=sha256("extension"),
        submitted_by_id=cast.other_officer.id,
        submitted_at=NOW,
    )
    db.session.add(wish)
    db.session.commit()
    return wish


def an_amendment(plan: Plan) -> Plan:
    amendment = Plan(
        agency_id=plan.agency_id,
        year=plan.year,
        version=plan.version + 1,
        state=PlanState.DRAFT,
        supersedes_id=plan.id,
        amendment_reason="เปลี่ยนผู้รับผิดชอบ",
        content_hash=sha256("amendment"),
    )
    amendment.measures = [a_measure(amendment, 1)]
    db.session.add(amendment)
    db.session.commit()
    return amendment
