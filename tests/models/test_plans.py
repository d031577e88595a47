"""A plan has one row for each version; a measure has an area, a title and days that follow each other."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.states import PlanState
from ita_flow.models.plans import Plan
from tests.factories import YEAR, Cast, a_plan
from tests.models.refusing import SOMEBODY_ELSES, TWICE, refused


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return a_plan(cast.agency, year=2568)


def test_a_year_has_one_plan_of_each_version(cast: Cast, plan: Plan) -> None:
    with refused(TWICE):
        a_plan(cast.agency, year=plan.year, version=plan.version)


def test_a_year_may_have_a_second_version(cast: Cast, plan: Plan) -> None:
    assert a_plan(cast.agency, year=plan.year, version=2).version == 2


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.PROPOSED])
def test_a_plan_is_approved_when_it_has_a_day_of_approval(plan: Plan, state: PlanState) -> None:
    with refused("approved_at_iff_approved"):
        plan.state = state


def test_an_approved_plan_says_since_when(plan: Plan) -> None:
    with refused("approved_at_iff_approved"):
        plan.approved_at = None


def test_years_are_buddhist(cast: Cast) -> None:
    with refused("buddhist_year"):
        a_plan(cast.agency, year=2569).year = 2024


@pytest.mark.parametrize("area", [0, 8])
def test_a_measure_stands_in_one_of_the_seven_areas(plan: Plan, area: int) -> None:
    with refused("one_of_seven"):
        plan.measures[0].area = area


def test_a_measure_does_not_end_before_it_starts(plan: Plan) -> None:
    with refused("ends_after_start"):
        plan.measures[0].ends_on = date(2024, 9, 30)


def test_a_measure_has_a_title(plan: Plan) -> None:
    with refused("has_a_title"):
        plan.measures[0].title = ""


def test_two_measures_of_a_plan_do_not_bear_one_number(plan: Plan) -> None:
    with refused(TWICE):
        plan.measures[0].number = 2


def test_a_measure_belongs_to_the_agency_of_its_plan(cast: Cast, plan: Plan) -> None:
    with refused(SOMEBODY_ELSES):
        plan.measures[0].agency_id = cast.stranger.agency_id


def test_a_plan_knows_its_days(plan: Plan) -> None:
    assert plan.fiscal_year == FiscalYear(2568)
    assert [measure.window.kind for measure in plan.measures].count(WindowKind.FIRST_HALF) == 5
    assert plan.measures[3].window == plan.fiscal_year.full_year
    assert plan.fiscal_year.starts_on == YEAR.ends_on.replace(month=10, day=1)
