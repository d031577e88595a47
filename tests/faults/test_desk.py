"""Several coordinators at once: a name is given once, somebody is brought in once, an administrator remains."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Stale
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Unit, User
from ita_flow.workflow import units
from ita_flow.workflow.appointments import Post, bring_in
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.people import close
from ita_flow.workflow.unit_merging import merge
from tests.factories import NOW, TODAY, Cast, a_division, a_section, a_user
from tests.faults.racing import Deed, raced

pytestmark = [pytest.mark.faults]

AT_ONCE = 6


def adding(name: str, coordinator_id: int) -> Deed:
    def deed(agency_id: int) -> None:
        agency, actor = db.session.get_one(Agency, agency_id), db.session.get_one(User, coordinator_id)
        units.add_division(agency, name, actor=actor, at=NOW)

    return deed


def bringing_in(coordinator_id: int) -> Deed:
    def deed(agency_id: int) -> None:
        agency, actor = db.session.get_one(Agency, agency_id), db.session.get_one(User, coordinator_id)
        post = Post(Role.AUDITOR, None, "", TODAY)
        bring_in(agency, email="new@example.go.th", name="คน ใหม่", post=post, actor=actor, at=NOW, now=real_now())

    return deed


def closing(closed_id: int, actor_id: int) -> Deed:
    def deed(_subject: int) -> None:
        closed, actor = db.session.get_one(User, closed_id), db.session.get_one(User, actor_id)
        close(closed, actor=actor, at=NOW, now=real_now())

    return deed


def merging(into_id: int, coordinator_id: int) -> Deed:
    def deed(unit_id: int) -> None:
        unit, into = db.session.get(Unit, unit_id), db.session.get_one(Unit, into_id)
        if unit is None:
            raise Stale("someone_was_quicker")  # as the page says of what it no longer finds
        merge(unit, into, actor=db.session.get_one(User, coordinator_id), at=NOW)

    return deed


def test_a_name_is_given_once(app: Flask, cast: Cast) -> None:
    spellings = ["กองช่าง", "กอง ช่าง"] * (AT_ONCE // 2)

    ends = raced(app, [adding(name, cast.coordinator.id) for name in spellings], cast.agency.id)

    assert ends == {"won": 1, "unit_name_taken": AT_ONCE - 1}


def test_somebody_is_brought_in_once(app: Flask, cast: Cast) -> None:
    ends = raced(app, [bringing_in(cast.coordinator.id)] * AT_ONCE, cast.agency.id)

    assert ends == {"won": 1, "email_taken": AT_ONCE - 1}
    assert list(broken_chains()) == []


def test_an_administrator_remains(app: Flask, cast: Cast) -> None:
    first, second = cast.administrator.id, a_user(cast.agency, role=Role.ADMINISTRATOR).id

    ends = raced(app, [closing(first, second), closing(second, first)], 0)

    assert ends == {"won": 1, "last_administrator": 1}


def test_a_unit_is_merged_once_and_loses_nothing(app: Flask, cast: Cast) -> None:
    twin = a_division(cast.agency, "กองแผน")
    section_id = a_section(twin, "ฝ่ายสถิติ").id
    targets = [cast.division.id, cast.other_division.id]

    ends = raced(app, [merging(into, cast.coordinator.id) for into in targets], twin.id)

    assert ends == {"won": 1, "someone_was_quicker": 1}
    parent = db.session.scalar(sa.select(Unit.parent_id).where(Unit.id == section_id))
    assert parent in targets
