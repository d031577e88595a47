"""An agency is established once, with an administrator; the record tells who was made one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminders import DEFAULT_RULES
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import ReminderRule
from ita_flow.workflow.agencies import Established, establish
from ita_flow.workflow.audit import COMMAND_LINE
from tests.factories import NOW, TODAY, a_user, an_agency
from tests.record import events_about

EMAIL = "admin@example.go.th"


def established(
    name: str = "อบจ.สายธาร", email: str = EMAIL, code: str | None = None, type_name: str | None = None
) -> Established:
    with transaction():
        return establish(name, email, code=code, type_name=type_name, via=COMMAND_LINE, at=NOW)


def test_a_new_agency_has_its_name_written_out_an_administrator_and_rules(app: Flask) -> None:
    made = established()

    assert (made.agency.name, made.agency.short_name) == ("องค์การบริหารส่วนจังหวัดสายธาร", "อบจ.สายธาร")
    assert (made.agency.type, made.agency.code) == ("องค์การบริหารส่วนจังหวัด", "agency")
    assert made.is_new
    assert made.administrator.has_role_on(Role.ADMINISTRATOR, TODAY)
    assert len(list(db.session.scalars(sa.select(ReminderRule)))) == len(DEFAULT_RULES)


def test_it_stands_in_the_record(app: Flask) -> None:
    made = established()

    [event] = events_about(f"agency:{made.agency.id}")
    assert (event["action"], event["actor"]) == ("agency.established", "command_line")
    assert event["after"]["administrator"] == made.administrator.id


@pytest.mark.parametrize("name", ["อบจ.สายธาร", "อบจ. สายธาร", "องค์การบริหารส่วนจังหวัด สายธาร"])
def test_the_same_name_is_the_same_agency_however_it_is_written(app: Flask, name: str) -> None:
    first = established()

    again = established(name)

    assert (again.is_new, again.agency.id, again.administrator.id) == (False, first.agency.id, first.administrator.id)
    assert len(events_about(f"agency:{first.agency.id}")) == 1
    assert events_about(f"user:{first.administrator.id}") == []


def test_an_address_is_the_same_in_capitals(app: Flask) -> None:
    first = established()

    assert established(email=" Admin@Example.GO.TH ").administrator.id == first.administrator.id


def test_another_administrator_is_appointed_and_recorded(app: Flask) -> None:
    established()

    second = established(email="second@example.go.th").administrator

    assert second.has_role_on(Role.ADMINISTRATOR, TODAY)
    [event] = events_about(f"user:{second.id}")
    assert (event["action"], event["actor"], event["after"]) == (
        "person.appointed",
        "command_line",
        {"role": "administrator"},
    )


def test_somebody_who_is_there_may_become_administrator(app: Flask) -> None:
    made = established()
    officer = a_user(made.agency, email="officer@example.go.th", role=Role.OFFICER)

    appointed = established(email="officer@example.go.th").administrator

    assert appointed.id == officer.id
    assert set(appointed.posts_on(TODAY)) == {Role.OFFICER, Role.ADMINISTRATOR}


def test_free_codes_are_counted_up(app: Flask) -> None:
    codes = [established(f"อบต.ที่ {number}", f"a{number}@example.go.th").agency.code for number in range(3)]

    assert codes == ["agency", "agency-2", "agency-3"]


@pytest.mark.parametrize(
    ("name", "stated", "known"),
    [
        ("ทน.สายธาร", None, "เทศบาลนคร"),
        ("สำนักงานสายธาร", None, None),
        ("สำนักงานสายธาร", " ", None),
        ("สำนักงานสายธาร", "ทต.", "เทศบาลตำบล"),
        ("สำนักงานสายธาร", "ส่วนราชการ", "ส่วนราชการ"),
        ("อบจ.สายธาร", "องค์การพิเศษ", "องค์การพิเศษ"),
    ],
)
def test_the_type_is_stated_or_read_from_the_name(app: Flask, name: str, stated: str | None, known: str | None) -> None:
    assert established(name, type_name=stated).agency.type == known


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"name": " "}, "agency_needs_a_name"),
        ({"name": "ก" * 101}, "agency_name_too_long"),
        ({"type_name": "ก" * 101}, "agency_type_too_long"),
        ({"email": "nobody"}, "email_unfit"),
        ({"code": "A"}, "agency_code_unfit"),
        ({"code": "a" * 32}, "agency_code_unfit"),
        ({"code": "taken"}, "agency_code_taken"),
        ({"email": "person@elsewhere.go.th"}, "person_of_another_agency"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(app: Flask, changed: dict[str, str], key: str) -> None:
    a_user(an_agency("เทศบาลเมืองแห่งอื่น", code="taken"), email="person@elsewhere.go.th")

    with pytest.raises(Invalid) as refused:
        established(**changed)

    assert refused.value.key == key
    assert [agency.code for agency in db.session.scalars(sa.select(Agency))] == ["taken"]
    assert len(list(db.session.scalars(sa.select(User)))) == 1


def test_the_longest_name_fits_the_database(app: Flask) -> None:
    assert established("ก" * 100, code="a" * 31, type_name="ข" * 100).agency.short_name == "ก" * 100
