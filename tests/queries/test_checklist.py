"""What an agency still needs before its year can run."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.people import Agency
from ita_flow.models.plans import Plan
from ita_flow.queries.checklist import Checklist, Need, checklist_of
from ita_flow.workflow.mail import send_test
from tests.factories import NOW, TODAY, YEAR, Cast, a_division, a_plan, a_section, a_task, a_user, an_agency
from tests.statements import counted_statements, with_nothing_loaded


@pytest.fixture
def agency(cast: Cast) -> Agency:
    """A new agency, beside one that has everything."""
    return an_agency("เทศบาลตำบลใหม่", code="new")


def of(agency: Agency, today: date = TODAY) -> Checklist:
    db.session.expire_all()
    return checklist_of(agency, today)


def a_draft(agency: Agency) -> Plan:
    plan = a_plan(agency)
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()
    return plan


def test_at_the_beginning_everything_is_missing(agency: Agency) -> None:
    agency.type = None

    checklist = of(agency)

    assert checklist.missing == list(Need)
    assert (checklist.year, checklist.plan_state) == (2567, None)


def test_the_agency_is_known_by_its_type_and_province(agency: Agency) -> None:
    agency.type, agency.province = "เทศบาลตำบล", "ตัวอย่าง"
    db.session.commit()

    assert Need.AGENCY in of(agency).met


def test_one_division_is_a_beginning(agency: Agency) -> None:
    a_section(a_division(agency))

    checklist = of(agency)

    assert Need.UNITS in checklist.met
    assert (checklist.divisions, checklist.sections) == (1, 1)


def test_people_are_a_coordinator_and_an_officer_of_today(agency: Agency) -> None:
    a_user(agency, role=Role.COORDINATOR)
    a_user(agency, role=Role.OFFICER, ends_on=date(2024, 3, 17))
    a_user(agency, role=Role.OFFICER, is_active=False)
    assert Need.PEOPLE not in of(agency).met

    a_user(agency, role=Role.OFFICER)

    checklist = of(agency)
    assert Need.PEOPLE in checklist.met
    assert (checklist.people, checklist.without_password) == (3, 3)


def test_mail_works_once_one_was_sent(agency: Agency) -> None:
    person = a_user(agency, role=Role.ADMINISTRATOR)
    with transaction():
        send_test(person, at=NOW, now=NOW)
    assert Need.MAIL not in of(agency).met

    deliver(DemoCarrier(), now=lambda: NOW, at=lambda: NOW)

    assert Need.MAIL in of(agency).met


def test_a_demo_sends_no_mail_and_needs_none(agency: Agency) -> None:
    agency.is_demo = True
    db.session.commit()

    assert Need.MAIL in of(agency).met


@pytest.mark.parametrize(("year", "met"), [(2566, False), (2567, True), (2568, True), (2569, False)])
def test_a_plan_of_this_year_or_the_next_begins_the_year(agency: Agency, year: int, met: bool) -> None:
    a_plan(agency, year=year)

    checklist = of(agency)

    assert (Need.YEAR in checklist.met) is met
    assert checklist.year == (year if met else 2567)


def test_a_plan_is_there_when_it_covers_all_areas_and_is_approved(agency: Agency) -> None:
    draft = a_draft(agency)
    assert Need.PLAN not in of(agency).met
    draft.state, draft.approved_at = PlanState.APPROVED, NOW
    db.session.commit()
    assert Need.PLAN in of(agency).met

    draft.measures[6].area = 1
    db.session.commit()

    assert Need.PLAN not in of(agency).met


def test_everything_is_given_out_when_each_open_task_has_an_officer(agency: Agency) -> None:
    division, officer = a_division(agency), a_user(agency, role=Role.OFFICER)
    plan = a_plan(agency)
    assert Need.ASSIGNED not in of(agency).met
    a_task(plan.measures[0], division=division, officers=[officer])
    a_task(plan.measures[1], division=division, work_status=WorkStatus.CANCELLED)
    assert Need.ASSIGNED in of(agency).met

    a_task(plan.measures[3], division=division, work_status=WorkStatus.DONE)
    assert Need.ASSIGNED in of(agency).met

    a_task(plan.measures[2], division=division)

    assert Need.ASSIGNED not in of(agency).met


def test_the_next_year_does_not_hide_what_this_one_lacks(agency: Agency) -> None:
    a_plan(agency, year=2568)
    a_draft(agency)

    checklist = of(agency)

    assert (checklist.year, checklist.plan_state) == (2567, PlanState.DRAFT)


def test_it_costs_one_statement(cast: Cast) -> None:
    person = with_nothing_loaded(cast.coordinator)
    agency = person.agency

    with counted_statements() as statements:
        checklist_of(agency, YEAR.starts_on)

    assert len(statements) == 1
