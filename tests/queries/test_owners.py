"""Who does the tasks of a plan that was begun from another: what a person should look at."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.people import UnitAlias
from ita_flow.models.plans import Plan
from ita_flow.queries.owners import OwnerToCheck, owners_to_check
from ita_flow.queries.plans import tasks_by_measure
from tests.factories import TODAY, Cast, a_plan, a_task, a_user
from tests.statements import counted_statements


@pytest.fixture
def following(cast: Cast) -> Plan:
    """The next year's plan, in which the officer of the section does the same again."""
    plan = a_plan(cast.agency, year=2568)
    measure = plan.measures[1]
    measure.continues_id = cast.task.measure_id
    a_task(measure, section=cast.section, officers=[cast.officer])
    return plan


def to_check(plan: Plan) -> list[OwnerToCheck]:
    return owners_to_check(plan, tasks_by_measure(plan), TODAY)


def retire(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 3, 17)
    db.session.commit()


def name_officers(plan: Plan, cast: Cast, *people: str) -> None:
    [task] = tasks_by_measure(plan)[plan.measures[1].id]
    task.officers = [getattr(cast, name) for name in people]
    db.session.commit()


def test_who_holds_the_post_still_needs_no_look(cast: Cast, following: Plan) -> None:
    assert to_check(following) == []


def test_who_is_named_and_holds_the_post_no_more_is_told(cast: Cast, following: Plan) -> None:
    retire(cast)

    [owner] = to_check(following)

    assert (owner.measure.number, owner.gone, owner.has_nobody) == (2, [cast.officer.name], False)


def test_who_did_it_before_and_left_is_told_where_nobody_follows(cast: Cast, following: Plan) -> None:
    retire(cast)
    name_officers(following, cast)

    [owner] = to_check(following)

    assert (owner.gone, owner.has_nobody) == ([cast.officer.name], True)


def test_a_locked_account_counts_as_gone(cast: Cast, following: Plan) -> None:
    cast.officer.is_active = False
    db.session.commit()

    [owner] = to_check(following)

    assert owner.gone == [cast.officer.name]


def test_of_two_the_one_who_left_is_told_until_another_is_named(cast: Cast, following: Plan) -> None:
    cast.task.officers = [cast.officer, cast.colleague]
    name_officers(following, cast, "colleague")
    retire(cast)

    assert [owner.gone for owner in to_check(following)] == [[cast.officer.name]]

    name_officers(following, cast, "colleague", "other_officer")

    assert to_check(following) == []


def test_a_post_that_is_yet_to_be_taken_up_is_one(cast: Cast, following: Plan) -> None:
    retire(cast)
    later = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, starts_on=date(2024, 10, 1))
    [task] = tasks_by_measure(following)[following.measures[1].id]
    task.officers = [later]
    db.session.commit()

    assert to_check(following) == []


def test_a_task_without_anybody_is_told(cast: Cast, following: Plan) -> None:
    a_task(following.measures[0], division=cast.other_division)

    [owner] = to_check(following)

    assert (owner.measure.number, owner.gone, owner.has_nobody) == (1, [], True)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ฝ่ายข่าวสาร กองแผน และงบประมาณ", "กองแผนและงบประมาณ"),
        ("ฝ่ายประชาสัมพันธ์ กองยุทธศาสตร์และงบประมาณ", ""),
        ("ทุกสำนัก/กอง", ""),
    ],
)
def test_a_unit_that_the_text_calls_by_its_old_name_is_told(
    cast: Cast, following: Plan, written: str, told: str
) -> None:
    cast.division.aliases = [UnitAlias(name="กองแผนและงบประมาณ")]
    following.measures[1].responsible_text = written
    db.session.commit()

    assert [owner.former_name for owner in to_check(following)] == ([told] if told else [])


def test_many_tasks_cost_the_same(cast: Cast, following: Plan) -> None:
    costs = []
    for measures in (following.measures[:1], following.measures[2:]):
        for measure in measures:
            a_task(measure, division=cast.other_division)
        assert following.measures
        tasks = tasks_by_measure(following)
        with counted_statements() as statements:
            owners_to_check(following, tasks, TODAY)
        costs.append(len(statements))

    assert costs == [2, 2]
