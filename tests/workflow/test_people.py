"""People come in with an address that mail can reach, and take up posts from a day on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.workflow.people import email_of, hire, take_up
from tests.factories import NOW, TODAY, a_division, an_agency


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("name@example.go.th", "name@example.go.th"),
        (" Name@Example.GO.TH\n", "name@example.go.th"),
        ("officer@demo.test", "officer@demo.test"),
    ],
)
def test_an_address_is_kept_in_one_form(written: str, kept: str) -> None:
    assert email_of(written) == kept


@pytest.mark.parametrize("written", ["", "name", "name@", "@example.go.th", "a b@example.go.th", "a@b@c.th", "ชื่อ"])
def test_an_address_that_no_mail_reaches_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refused:
        email_of(written)

    assert (refused.value.key, refused.value.field) == ("email_unfit", "email")


def test_somebody_hired_holds_the_post_from_that_day_on(app: Flask) -> None:
    agency = an_agency()
    division = a_division(agency)

    with transaction():
        person = hire(
            agency,
            email="head@example.go.th",
            name="วิภา รักงาน",
            post="ผู้อำนวยการกอง",
            seat=Seat.DIRECTOR,
            unit=division,
            on=TODAY,
            at=NOW,
        )

    assert person.posts_on(TODAY) == [Seat.DIRECTOR]
    assert person.post_on(TODAY) == "ผู้อำนวยการกอง"
    assert person.memberships[0].unit_id == division.id
    assert person.posts_on(TODAY - timedelta(days=1)) == []
    assert (person.is_active, person.password_hash) == (True, None)


def test_a_second_post_joins_the_first(app: Flask) -> None:
    agency = an_agency()
    with transaction():
        person = hire(agency, email="a@example.go.th", name="ก ข", post="เจ้าหน้าที่", role=Role.OFFICER, on=TODAY, at=NOW)

    with transaction():
        take_up(person, post="ผู้ตรวจสอบ", role=Role.AUDITOR, on=TODAY + timedelta(days=1))

    assert person.posts_on(TODAY) == [Role.OFFICER]
    assert set(person.posts_on(TODAY + timedelta(days=1))) == {Role.OFFICER, Role.AUDITOR}
