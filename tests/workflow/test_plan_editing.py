"""The plan by hand: areas, limitations, and that it was signed on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Limitation, Plan
from ita_flow.queries.plan_editing import GapKind, desk_of, gaps_of
from ita_flow.queries.plan_seen import seen_area, seen_limitations, seen_plan
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.workflow.plan_approval import approve_on_paper
from ita_flow.workflow.plan_editing import (
    AreaText,
    ChangedMeanwhile,
    LimitationText,
    write_area,
    write_limitations,
)
from tests.factories import NOW, Cast, a_task
from tests.factories.plans import cancel
from tests.record import events_about

SIGNED = date(2024, 3, 1)
NOTHING = LimitationText("", "", "")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


@pytest.fixture
def draft(cast: Cast, plan: Plan) -> Plan:
    """A draft whose measures all have somebody responsible."""
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, division=cast.division)
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()
    return plan


def an_area(**texts: str) -> AreaText:
    return AreaText(**{"overview": "", "items": "", "analysis": "", "focus": "", **texts})


def write(plan: Plan, cast: Cast, text: AreaText, number: int = 1, seen: str | None = None) -> None:
    area = next((one for one in plan.areas if one.number == number), None)
    seen = seen_area(area) if seen is None else seen
    with transaction():
        write_area(plan, number, text, seen=seen, actor=cast.coordinator, at=NOW)


def test_an_area_says_what_was_typed(cast: Cast, plan: Plan) -> None:
    before = plan.content_hash

    write(plan, cast, an_area(overview=" ภาพรวม ", items="o11 แผน", analysis="ผล\nดี", focus="เน้น"))

    area = plan.areas[0]
    assert (area.overview, area.analysis, area.focus) == ("ภาพรวม", "ผล\nดี", "เน้น")
    assert area.items == [{"code": "O11", "title": "แผน", "line": 0}]
    assert plan.content_hash != before


def test_only_what_changed_of_an_area_is_recorded_and_loses_its_line(cast: Cast, plan: Plan) -> None:
    plan.areas[0].overview, plan.areas[0].source = "เดิม", {"number": 3, "overview": 4, "focus": 5}
    db.session.commit()

    write(plan, cast, an_area(overview="ใหม่"))

    [event] = events_about(f"plan:{plan.id}")
    assert event["action"] == "plan.area_written"
    assert (event["before"], event["after"]) == ({"overview": "เดิม"}, {"area": 1, "overview": "ใหม่"})
    assert plan.areas[0].source == {"number": 3, "focus": 5}


def test_writing_the_same_again_changes_and_records_nothing(cast: Cast, plan: Plan) -> None:
    before = plan.content_hash

    write(plan, cast, an_area())

    assert plan.content_hash == before
    assert events_about(f"plan:{plan.id}") == []


def test_an_area_that_the_plan_did_not_have_begins(cast: Cast, plan: Plan) -> None:
    plan.areas = [area for area in plan.areas if area.number != 3]
    db.session.commit()

    write(plan, cast, an_area(focus="ใหม่"), number=3)
    db.session.expire(plan)

    assert [area.number for area in plan.areas] == [1, 2, 3, 4, 5, 6, 7]
    assert plan.areas[2].focus == "ใหม่"


def test_an_empty_form_begins_no_area(cast: Cast, plan: Plan) -> None:
    plan.areas = [area for area in plan.areas if area.number != 3]
    db.session.commit()
    before = plan.content_hash

    write(plan, cast, an_area(), number=3)
    db.session.expire(plan)

    assert [area.number for area in plan.areas] == [1, 2, 4, 5, 6, 7]
    assert plan.content_hash == before
    assert events_about(f"plan:{plan.id}") == []


def test_nobody_writes_over_an_area_that_they_did_not_see(cast: Cast, plan: Plan) -> None:
    seen = seen_area(plan.areas[0])
    write(plan, cast, an_area(overview="ของคนแรก"))

    with pytest.raises(ChangedMeanwhile):
        write(plan, cast, an_area(overview="ของคนที่สอง"), seen=seen)

    assert plan.areas[0].overview == "ของคนแรก"


def test_everything_wrong_in_an_area_is_told_at_once(cast: Cast, plan: Plan) -> None:
    with pytest.raises(Incomplete) as refused:
        write(plan, cast, an_area(items="แผน", focus="ก" * 10_001))

    assert {problem.field for problem in refused.value.problems} == {"items", "focus"}


def limit(plan: Plan, cast: Cast, *rows: LimitationText, has_none: bool = False, seen: str | None = None) -> None:
    seen = seen_limitations(plan) if seen is None else seen
    with transaction():
        write_limitations(plan, rows, has_none, seen=seen, actor=cast.coordinator, at=NOW)


def test_limitations_are_named_and_empty_rows_left_out(cast: Cast, plan: Plan) -> None:
    limit(plan, cast, NOTHING, LimitationText("คนน้อย", "มีสองคน", "ขอเพิ่ม"), NOTHING)

    assert [(row.position, row.limitation) for row in plan.limitations] == [(1, "คนน้อย")]
    assert not plan.has_no_limitations
    [event] = events_about(f"plan:{plan.id}")
    assert event["after"] == {"has_none": False, "limitations": ["คนน้อย · มีสองคน · ขอเพิ่ม"]}


def test_the_agency_declares_that_it_has_none(cast: Cast, plan: Plan) -> None:
    plan.has_no_limitations = False
    plan.limitations = [Limitation(position=1, limitation="คนน้อย")]
    db.session.commit()

    limit(plan, cast, NOTHING, has_none=True)

    assert (plan.limitations, plan.has_no_limitations) == ([], True)


@pytest.mark.parametrize(
    ("rows", "has_none", "key"),
    [
        ([LimitationText("คนน้อย", "", "")], True, "limitations_and_none"),
        ([LimitationText("", "มีสองคน", "")], False, "limitation_without_name"),
        ([LimitationText("คนน้อย", "", "")] * 31, False, "limitations_too_many"),
    ],
)
def test_limitations_that_say_two_things_are_refused(
    cast: Cast, plan: Plan, rows: list[LimitationText], has_none: bool, key: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        limit(plan, cast, *rows, has_none=has_none)

    assert [problem.key for problem in refused.value.problems] == [key]
    assert plan.has_no_limitations


def test_nobody_writes_over_limitations_that_they_did_not_see(cast: Cast, plan: Plan) -> None:
    seen = seen_limitations(plan)
    limit(plan, cast, LimitationText("คนน้อย", "", ""))

    with pytest.raises(ChangedMeanwhile):
        limit(plan, cast, LimitationText("เงินน้อย", "", ""), seen=seen)


def approve(plan: Plan, cast: Cast, signed_on: date = SIGNED, seen: str | None = None) -> None:
    with transaction():
        approve_on_paper(
            plan,
            signed_on,
            "112/2567",
            seen=seen_plan(plan) if seen is None else seen,
            actor=cast.coordinator,
            at=NOW,
        )


def test_a_signed_plan_is_in_force(cast: Cast, draft: Plan) -> None:
    approve(draft, cast)

    assert draft.state is PlanState.APPROVED
    assert draft.approved_at
    assert bangkok_day(draft.approved_at) == SIGNED
    [event] = events_about(f"plan:{draft.id}")
    assert (event["action"], event["before"]) == ("plan.approved", {"state": "draft"})
    assert event["after"]["signed_on"] == "2024-03-01"
    assert (event["after"]["order_no"], event["after"]["content"]) == ("112/2567", draft.content_hash)


@pytest.mark.parametrize("day", [date(2024, 3, 19), date(2022, 9, 30)])
def test_a_plan_is_not_signed_tomorrow_nor_years_ago(cast: Cast, draft: Plan, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        approve(draft, cast, day)

    assert (refused.value.key, refused.value.field) == ("signed_on_strange", "signed_on")
    assert draft.state is PlanState.DRAFT


def _an_area_less(plan: Plan, cast: Cast) -> None:
    plan.measures[0].area = 2


def _nobody_responsible(plan: Plan, cast: Cast) -> None:
    db.session.delete(cast.task)


@pytest.mark.parametrize("lack", [_an_area_less, _nobody_responsible])
def test_a_plan_that_lacks_something_is_not_approved(cast: Cast, draft: Plan, lack: Any) -> None:
    lack(draft, cast)
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        approve(draft, cast)

    assert refused.value.key == "plan_is_incomplete"
    assert draft.state is PlanState.DRAFT


def test_only_what_was_seen_is_approved(cast: Cast, draft: Plan) -> None:
    seen = seen_plan(draft)
    write(draft, cast, an_area(overview="แก้ทีหลัง"))

    with pytest.raises(ChangedMeanwhile):
        approve(draft, cast, seen=seen)


def test_a_plan_is_approved_once(cast: Cast, draft: Plan) -> None:
    approve(draft, cast)

    with pytest.raises(Stale) as refused:
        approve(draft, cast)

    assert refused.value.key == "plan_sign_too_late"


def test_everything_that_a_plan_lacks_is_told_what_blocks_first(cast: Cast, plan: Plan) -> None:
    cast.task.measure.method = " "
    cast.other_task.measure.title = "แผนดำเนินงาน ๒๕๖๖"
    plan.measures[0].area = 2
    plan.has_no_limitations = False
    db.session.commit()

    gaps = gaps_of(plan, tasks_by_measure(plan))

    kinds = [gap.kind for gap in gaps]
    assert kinds == sorted(kinds, key=list(GapKind).index)
    assert [gap.area for gap in gaps if gap.kind is GapKind.AREA_WITHOUT_MEASURE] == [1]
    assert kinds.count(GapKind.NOBODY_RESPONSIBLE) == 5
    assert [gap.measure for gap in gaps if gap.kind is GapKind.WITHOUT_METHOD] == [cast.task.measure]
    assert [gap.measure for gap in gaps if gap.kind is GapKind.NAMES_YEAR_BEFORE] == [cast.other_task.measure]
    assert kinds[-1] is GapKind.LIMITATIONS_UNSAID


def test_an_area_of_which_everything_is_cancelled_is_to_be_looked_at(cast: Cast, plan: Plan) -> None:
    for measure in plan.measures[2:]:
        a_task(measure, division=cast.division)
    cancel(cast.task)
    db.session.commit()

    gaps = [gap for gap in gaps_of(plan, tasks_by_measure(plan)) if gap.kind is GapKind.AREA_CANCELLED]

    assert [(gap.area, gap.is_blocking) for gap in gaps] == [(cast.task.measure.area, False)]


def test_only_open_tasks_are_still_to_be_given_to_somebody(cast: Cast, plan: Plan) -> None:
    a_task(plan.measures[0], division=cast.division, work_status=WorkStatus.DONE)
    a_task(plan.measures[2], division=cast.division, work_status=WorkStatus.CANCELLED)
    assert desk_of(plan, tasks_by_measure(plan)).tasks_without_officer == 0

    a_task(plan.measures[3], division=cast.division)

    assert desk_of(plan, tasks_by_measure(plan)).tasks_without_officer == 1


def test_the_desk_leads_from_writing_to_assigning_to_approving(cast: Cast, draft: Plan) -> None:
    def step() -> str | None:
        found = desk_of(draft, tasks_by_measure(draft)).next_step
        return found.value if found else None

    draft.measures[0].area = 2
    db.session.commit()
    steps = [step()]
    draft.measures[0].area = 1
    db.session.commit()
    steps.append(step())
    for tasks in tasks_by_measure(draft).values():
        for task in tasks:
            task.officers = [cast.officer]
    db.session.commit()
    steps.append(step())
    approve(draft, cast)
    steps.append(step())

    assert steps == ["write", "assign", "approve", None]
