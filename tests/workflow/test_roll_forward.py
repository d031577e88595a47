"""From one year into the next: what comes along, what is left behind, and what a person has to look at."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, MeasureItem, OitItem, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.carried_over import carried_into
from ita_flow.queries.plan_editing import GapKind, gaps_of, tasks_of
from ita_flow.queries.plan_seen import seen_area, seen_measure
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.web.forms.plan_editing import items_of_area
from ita_flow.workflow.measures import remove_measure
from ita_flow.workflow.plan_editing import AreaText, write_area
from ita_flow.workflow.plan_start import begin_as_copy, begin_empty
from ita_flow.workflow.roll_forward import recode, take_up
from tests.factories import NOW, Cast, a_plan, a_task
from tests.factories.plans import REASON, cancel, set_status
from tests.record import events_about
from tests.statements import counted_statements

OF_THE_YEAR_BEFORE = (
    GapKind.NAMES_YEAR_BEFORE,
    GapKind.METHOD_NAMES_YEAR_BEFORE,
    GapKind.FOCUS_NAMES_YEAR_BEFORE,
    GapKind.ITEM_UNMAPPED,
)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


def next_plan(plan: Plan, cast: Cast) -> Plan:
    with transaction():
        return begin_as_copy(cast.agency, plan.year + 1, plan.year, actor=cast.coordinator, at=NOW)


def taken_up(plan: Plan, measure_id: int, cast: Cast) -> Measure:
    with transaction():
        return take_up(plan, measure_id, actor=cast.coordinator, at=NOW)


def carry_over(*tasks: Task) -> None:
    """As closing the year does with what goes on in the next."""
    for task in tasks:
        set_status(task, WorkStatus.UNFINISHED, NOW)
        task.carries_over, task.ending_reason = True, REASON
    db.session.commit()


def cite(measure: Measure, *items: tuple[int, str, str]) -> None:
    measure.items = [
        MeasureItem(position=place, year=year, code=code, title=title)
        for place, (year, code, title) in enumerate(items, 1)
    ]
    db.session.commit()


def catalogue(cast: Cast, *items: tuple[int, str, str]) -> None:
    rows = [OitItem(agency_id=cast.agency.id, year=year, code=code, title=title) for year, code, title in items]
    db.session.add_all(rows)
    db.session.commit()


def cited(measure: Measure) -> list[tuple[int, str, str]]:
    return [(item.year, item.code, item.title) for item in measure.items]


def test_each_measure_goes_on_with_the_one_before(cast: Cast, plan: Plan) -> None:
    following = next_plan(plan, cast)

    assert (following.year, following.state) == (2568, PlanState.DRAFT)
    assert [measure.continues_id for measure in following.measures] == [measure.id for measure in plan.measures]


def test_a_cancelled_measure_stays_behind_and_is_told(cast: Cast, plan: Plan) -> None:
    cancel(cast.task)
    db.session.commit()

    following = next_plan(plan, cast)

    assert [measure.continues_id for measure in following.measures] == [
        measure.id for measure in plan.measures if measure != cast.task.measure
    ]
    assert [measure.number for measure in following.measures] == [1, 2, 3, 4, 5, 6]
    [event] = events_about(f"plan:{following.id}")
    assert (event["after"]["left_out"], event["after"]["tasks"]) == ([2], 1)
    assert [one.number for one in carried_into(following).cancelled] == [2]


def test_of_a_measure_with_one_cancelled_task_the_others_come_along(cast: Cast, plan: Plan) -> None:
    a_task(cast.task.measure, division=cast.other_division)
    cancel(cast.task)
    db.session.commit()

    following = next_plan(plan, cast)

    assert [task.division for task in tasks_of(following.measures[1])] == [cast.other_division]


def test_a_task_is_due_as_at_first_though_a_later_day_was_granted(cast: Cast, plan: Plan) -> None:
    cast.task.first_due_on, cast.task.due_on = date(2024, 3, 31), date(2024, 7, 31)
    db.session.commit()

    following = next_plan(plan, cast)

    assert [task.due_on for task in tasks_of(following.measures[1])] == [date(2025, 3, 31)]


def test_a_task_that_was_put_off_beyond_its_window_is_due_within_it(cast: Cast, plan: Plan) -> None:
    cast.task.due_on = date(2024, 8, 15)
    db.session.commit()

    following = next_plan(plan, cast)

    assert [task.due_on for task in tasks_of(following.measures[1])] == [date(2025, 3, 31)]


def test_a_measure_may_go_though_the_next_year_was_made_from_it(cast: Cast, plan: Plan) -> None:
    extra = Measure(
        agency_id=plan.agency_id,
        number=8,
        area=1,
        title="อีกมาตรการหนึ่ง",
        method="",
        responsible_text="",
        window_text="",
        window_kind=plan.measures[0].window_kind,
        starts_on=plan.measures[0].starts_on,
        ends_on=plan.measures[0].ends_on,
    )
    plan.measures.append(extra)
    db.session.commit()
    following = next_plan(plan, cast)

    with transaction():
        remove_measure(extra, seen=seen_measure(extra, tasks_of(extra)), actor=cast.coordinator, at=NOW)

    assert [measure.continues_id is None for measure in following.measures] == [False] * 7 + [True]


def test_an_item_is_cited_as_the_next_catalogue_calls_it(cast: Cast, plan: Plan) -> None:
    cite(plan.measures[0], (2566, "O2", "ข้อมูลผู้บริหาร"), (2566, "O18", "E - Service"))
    catalogue(cast, (2567, "O1", "ข้อมูล ผู้บริหาร"), (2567, "O15", "E-Service"))

    following = next_plan(plan, cast)

    assert cited(following.measures[0]) == [(2567, "O1", "ข้อมูลผู้บริหาร"), (2567, "O15", "E - Service")]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param([], id="no catalogue"),
        pytest.param([(2567, "O34", "มาตรการส่งเสริมคุณธรรม")], id="the code means something else"),
        pytest.param([(2567, "O30", "การประเมินความเสี่ยง"), (2567, "O31", "การประเมินความเสี่ยง")], id="two alike"),
    ],
)
def test_an_item_that_cannot_be_found_keeps_its_year(cast: Cast, plan: Plan, known: list[tuple[int, str, str]]) -> None:
    cite(plan.measures[0], (2566, "O34", "การประเมินความเสี่ยง"))
    catalogue(cast, *known)

    following = next_plan(plan, cast)

    assert cited(following.measures[0]) == [(2566, "O34", "การประเมินความเสี่ยง")]


def test_a_bare_code_is_looked_up_in_its_own_year(cast: Cast, plan: Plan) -> None:
    cite(plan.measures[0], (2566, "O2", ""))
    catalogue(cast, (2566, "O2", "ข้อมูลผู้บริหาร"), (2567, "O1", "ข้อมูลผู้บริหาร"))

    following = next_plan(plan, cast)

    assert cited(following.measures[0]) == [(2567, "O1", "ข้อมูลผู้บริหาร")]


def test_an_item_of_an_area_is_mapped_or_keeps_its_year_beside_it(cast: Cast, plan: Plan) -> None:
    plan.areas[0].items = [
        {"code": "O2", "title": "ข้อมูลผู้บริหาร", "line": 7},
        {"code": "O34", "title": "การประเมินความเสี่ยง", "line": 8},
    ]
    db.session.commit()
    catalogue(cast, (2567, "O1", "ข้อมูลผู้บริหาร"))

    following = next_plan(plan, cast)

    assert following.areas[0].items == [
        {"code": "O1", "title": "ข้อมูลผู้บริหาร", "line": 0},
        {"code": "O34", "title": "การประเมินความเสี่ยง", "line": 0, "year": 2566},
    ]


def test_a_catalogue_that_comes_later_is_followed_when_asked(cast: Cast, plan: Plan) -> None:
    cite(plan.measures[0], (2566, "O2", "ข้อมูลผู้บริหาร"), (2566, "O34", "การประเมินความเสี่ยง"))
    following = next_plan(plan, cast)
    catalogue(cast, (2567, "O1", "ข้อมูลผู้บริหาร"))

    with transaction():
        recoded = recode(following, actor=cast.coordinator, at=NOW)

    assert recoded == 1
    assert cited(following.measures[0]) == [
        (2567, "O1", "ข้อมูลผู้บริหาร"),
        (2566, "O34", "การประเมินความเสี่ยง"),
    ]
    [event] = events_about(f"measure:{following.measures[0].id}")
    assert event["after"]["items"][0] == "O1 (2567) ข้อมูลผู้บริหาร"


def test_a_plan_before_the_seats_is_not_recoded(cast: Cast, plan: Plan) -> None:
    following = next_plan(plan, cast)
    following.state = PlanState.PROPOSED
    db.session.commit()

    with pytest.raises(Stale), transaction():
        recode(following, actor=cast.coordinator, at=NOW)


def test_what_was_carried_over_before_the_next_plan_began_comes_along(cast: Cast, plan: Plan) -> None:
    carry_over(cast.task)

    carried = carried_into(next_plan(plan, cast))

    assert [(one.number, [task.id for task in one.tasks]) for one in carried.taken_up.values()] == [(2, [cast.task.id])]
    assert carried.left == []


def test_an_amended_year_is_followed_back_to_the_measure_that_was_copied(cast: Cast, plan: Plan) -> None:
    following = next_plan(plan, cast)
    amended = a_plan(cast.agency, version=2)
    for measure, before in zip(amended.measures, plan.measures, strict=True):
        measure.continues_id = before.id
    cast.task.measure = amended.measures[1]
    carry_over(cast.task)

    carried = carried_into(following)

    assert [following.measures[1].id] == list(carried.taken_up)
    assert carried.left == []


def test_what_no_measure_goes_on_with_is_taken_up_with_its_open_tasks(cast: Cast, plan: Plan) -> None:
    a_task(cast.task.measure, division=cast.other_division, work_status=WorkStatus.DONE)
    carry_over(cast.task)
    with transaction():
        following = begin_empty(cast.agency, 2568, actor=cast.coordinator, at=NOW)
    [left] = carried_into(following).left

    measure = taken_up(following, left.id, cast)

    assert (measure.continues_id, measure.number, measure.area) == (cast.task.measure_id, 1, 2)
    [task] = tasks_of(measure)
    assert (task.division, task.due_on, task.officers) == (cast.division, date(2025, 3, 31), [cast.officer])
    assert carried_into(following).left == []
    [event] = events_about(f"measure:{measure.id}")
    assert (event["action"], event["after"]["continues"]) == ("measure.added", 2)


def test_a_measure_is_taken_up_once(cast: Cast, plan: Plan) -> None:
    carry_over(cast.task)
    following = next_plan(plan, cast)

    with pytest.raises(Stale) as refused:
        taken_up(following, cast.task.measure_id, cast)

    assert refused.value.key == "measure_is_taken_up"
    assert len(following.measures) == 7


def test_in_a_plan_in_force_people_are_named_when_the_task_is_assigned(cast: Cast, plan: Plan) -> None:
    carry_over(cast.task)
    following = a_plan(cast.agency, year=2568)

    measure = taken_up(following, cast.task.measure_id, cast)

    assert measure.number == 8
    assert [task.officers for task in tasks_of(measure)] == [[]]


def test_nothing_is_taken_up_while_the_seats_look(cast: Cast, plan: Plan) -> None:
    carry_over(cast.task)
    following = a_plan(cast.agency, year=2568)
    following.state, following.approved_at = PlanState.PROPOSED, None
    db.session.commit()

    with pytest.raises(Stale) as refused:
        taken_up(following, cast.task.measure_id, cast)

    assert refused.value.key == "plan_is_proposed"


def test_nothing_comes_over_from_another_agency(cast: Cast, plan: Plan) -> None:
    carry_over(cast.strange_task)
    following = next_plan(plan, cast)

    carried = carried_into(following)

    assert (carried.taken_up, carried.left) == ({}, [])


def test_what_was_carried_over_costs_the_same_for_many(cast: Cast, plan: Plan) -> None:
    following = next_plan(plan, cast)
    costs = []
    for tasks in ([cast.task], [cast.other_task, *(a_task(measure, cast.division) for measure in plan.measures[5:])]):
        carry_over(*tasks)
        assert following.measures
        with counted_statements() as statements:
            carried_into(following)
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_a_later_catalogue_moves_the_items_of_areas_too(cast: Cast, plan: Plan) -> None:
    plan.areas[0].items = [{"code": "O2", "title": "ข้อมูลผู้บริหาร", "line": 7}]
    db.session.commit()
    following = next_plan(plan, cast)
    catalogue(cast, (2567, "O1", "ข้อมูลผู้บริหาร"))

    with transaction():
        recoded = recode(following, actor=cast.coordinator, at=NOW)

    assert recoded == 1
    assert following.areas[0].items == [{"code": "O1", "title": "ข้อมูลผู้บริหาร", "line": 0}]


def test_an_item_of_another_year_stays_so_until_somebody_writes_its_code_anew(cast: Cast, plan: Plan) -> None:
    plan.areas[0].items = [{"code": "O2", "title": "ข้อมูลผู้บริหาร", "line": 7}]
    db.session.commit()
    following = next_plan(plan, cast)
    area = following.areas[0]
    as_typed = items_of_area(area)

    for items in (as_typed, as_typed.replace("O2 (2566)", "O1")):
        with transaction():
            text = AreaText(overview="", items=items, analysis="", focus="")
            write_area(following, 1, text, seen=seen_area(area), actor=cast.coordinator, at=NOW)

    assert as_typed == "O2 (2566) ข้อมูลผู้บริหาร"
    assert area.items == [{"code": "O1", "title": "ข้อมูลผู้บริหาร", "line": 0}]
    [event] = events_about(f"plan:{following.id}")[1:]
    assert (event["before"]["items"], event["after"]["items"]) == ([as_typed], ["O1 ข้อมูลผู้บริหาร"])


def test_what_still_speaks_of_the_year_before_is_marked(cast: Cast, plan: Plan) -> None:
    first, second, third = plan.measures[:3]
    first.title, second.method, plan.areas[2].focus = "ติดตามแผนปี 2567", "1. ทำแผนปี ๒๕๖๗", "แผนปี 2567"
    plan.areas[3].analysis = "ผลการประเมินปี 2567"
    cite(third, (2566, "O34", "การประเมินความเสี่ยง"))

    following = next_plan(plan, cast)

    marked = {
        gap.kind: gap.measure.number if gap.measure else gap.area
        for gap in gaps_of(following, tasks_by_measure(following))
        if gap.kind in OF_THE_YEAR_BEFORE
    }
    assert marked == {
        GapKind.NAMES_YEAR_BEFORE: 1,
        GapKind.METHOD_NAMES_YEAR_BEFORE: 2,
        GapKind.FOCUS_NAMES_YEAR_BEFORE: 3,
        GapKind.ITEM_UNMAPPED: 3,
    }


def test_an_imported_plan_may_cite_older_items(cast: Cast, plan: Plan) -> None:
    cite(plan.measures[0], (2565, "O34", "การประเมินความเสี่ยง"))

    assert GapKind.ITEM_UNMAPPED not in {gap.kind for gap in gaps_of(plan, tasks_by_measure(plan))}
