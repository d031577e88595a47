"""The pages of reminders in the hands of somebody who means no good, or has no luck."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeSerializer

from ita_flow.database import transaction
from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import DEFAULT_RULES
from ita_flow.extensions import Base, db
from ita_flow.mail.unsubscribing import token_of
from ita_flow.models.calendar import Holiday
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.models.people import Agency
from ita_flow.queries.mail_choices import declined_by
from ita_flow.workflow.holidays import switch_holidays
from ita_flow.workflow.reminders import plan_reminders
from tests.browser import Browser, Form
from tests.factories import NOW, TODAY, Cast, a_mail, a_user, an_agency, one_commit, reminder_rules

pytestmark = pytest.mark.usefixtures("today")

HOLIDAYS, RULES, WINDOWS = "/admin/holidays", "/admin/reminders/rules", "/admin/reminders/windows/2567"
LEDGER = "/admin/reminders/ledger"
BY_ITSELF = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    reminder_rules(cast.agency, *DEFAULT_RULES)
    browser.sign_in(cast.coordinator)
    return browser


def all_rows() -> Mapping[str, list[str]]:
    """Everything that is stored."""
    db.session.rollback()
    return {
        table.name: sorted(str(tuple(row)) for row in db.session.execute(sa.select(table)))
        for table in Base.metadata.sorted_tables
    }


def switches_of(browser: Browser) -> Form:
    return browser.get(HOLIDAYS).form(f"{HOLIDAYS}/switches")


def closed_on_labour_day(cast: Cast) -> bool:
    db.session.rollback()
    return db.session.get_one(Agency, cast.agency.id, populate_existing=True).closes_on_labour_day


@pytest.mark.parametrize(
    ("address", "action", "fields"),
    [
        (HOLIDAYS, HOLIDAYS, {"day": "27 มี.ค. 2567", "name": "วันหยุดพิเศษ"}),
        (HOLIDAYS, f"{HOLIDAYS}/opening", {"day": "2024-04-08"}),
        (HOLIDAYS, f"{HOLIDAYS}/switches", {"labour_day": "y"}),
        (RULES, RULES, {"before_due": "20, 5"}),
        (WINDOWS, WINDOWS, {"oit_upload_starts": "1 เม.ย. 2567", "oit_upload_ends": "30 เม.ย. 2567"}),
    ],
)
def test_showing_what_would_move_leaves_every_row_as_it_was(
    desk: Browser, address: str, action: str, fields: dict[str, str]
) -> None:
    form = desk.get(address).form(action)
    before = all_rows()

    desk.submit(form, 200, **fields)

    assert all_rows() == before


@pytest.mark.parametrize("first", ["1900-01-01", "2158-01-01", "2200-12-31", "9999-12-31"])
@pytest.mark.parametrize("last", ["", "1957-10-01", "2157-09-30", "2200-12-31"])
def test_the_ledger_of_days_beyond_all_years_is_a_page_like_any_other(desk: Browser, first: str, last: str) -> None:
    assert desk.get(LEDGER, query_string={"from": first, "to": last}).heading


def test_pages_answer_where_every_day_is_a_holiday(desk: Browser, cast: Cast) -> None:
    with one_commit():
        for number in range(-500, 1500):
            day = TODAY + timedelta(days=number)
            db.session.add(Holiday(agency_id=cast.agency.id, day=day, name="ปิดทำการ", is_free=True))

    with transaction():
        assert plan_reminders(cast.agency, TODAY, at=NOW, now=NOW).messages == 0
    for address in ("/home", LEDGER, "/admin/reminders", "/admin/reminders/samples", "/account/notifications"):
        desk.get(address)


def test_whoever_switches_over_what_they_did_not_see_is_told(desk: Browser, cast: Cast) -> None:
    form = switches_of(desk)
    with transaction():
        agency = db.session.get_one(Agency, cast.agency.id)
        switch_holidays(
            agency, labour_day=True, childrens_day=False, seen="False False", actor=cast.coordinator, at=NOW
        )

    page = desk.submit(form, 422, childrens_day="y")

    assert page.errors
    assert closed_on_labour_day(cast)
    assert "labour_day" in page.form(f"{HOLIDAYS}/switches").fields


def test_a_switch_stands_as_it_is_on_a_page_that_refuses_another_form(desk: Browser, cast: Cast) -> None:
    desk.submit(desk.submit(switches_of(desk), 200, labour_day="y").form(), step="confirmed")

    page = desk.submit(desk.get(HOLIDAYS).form(HOLIDAYS), 422, day="", name="")
    desk.submit(desk.submit(page.form(f"{HOLIDAYS}/switches"), 200, childrens_day="y").form(), step="confirmed")

    assert closed_on_labour_day(cast)


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_link_that_we_did_not_sign_for_this_opens_nothing(app: Flask, cast: Cast, ask: str) -> None:
    asked, known = [cast.director.id, ["weekly"]], token_of(cast.director.id, [MailOption.WEEKLY])
    forged = [
        known[:-1],
        known.rpartition(".")[0],
        str(URLSafeSerializer("another key", salt="fewer mails").dumps(asked)),
        str(URLSafeSerializer(str(app.secret_key), salt="another purpose").dumps(asked)),
        token_of(cast.officer.id, [MailOption.WEEKLY]).partition(".")[0] + "." + known.partition(".")[2],
        "x",
        "%00",
    ]

    answers = [getattr(app.test_client(), ask)(f"/unsubscribe/{token}", data=BY_ITSELF) for token in forged]

    assert [answer.status_code for answer in answers] == [404] * len(forged)
    assert not declined_by(cast.director)


def test_the_door_for_mail_programs_is_no_door_for_other_forms(app: Flask, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.director)

    answer = browser.client.post("/account/notifications", data={"weekly": "off"})

    assert answer.status_code == 400
    assert not declined_by(cast.director)


def test_a_coordinator_elsewhere_finds_no_mail_of_ours(app: Flask, cast: Cast) -> None:
    reminder_rules(cast.agency, *DEFAULT_RULES)
    with transaction():
        plan_reminders(cast.agency, TODAY, at=NOW, now=NOW)
    promised = db.session.scalars(sa.select(OutboxMessage.id).limit(1)).one()
    dead = a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED).id
    spy = Browser(app)
    spy.sign_in(a_user(an_agency("เทศบาลตำบลของคนนอก", "spies"), role=Role.COORDINATOR))

    spy.get(f"{LEDGER}/mails/{promised}", 404)
    spy.get(f"{LEDGER}/mails/{promised}/frame", 404)
    spy.post(f"/admin/mail/{dead}/again", {"form_key": "once-and-only"}, 404)
    page = spy.get(LEDGER, query_string={"person": cast.officer.id, "task": cast.task.id})

    assert cast.officer.name not in page.text
    assert cast.task.measure.title not in page.text


def test_a_name_that_is_markup_or_a_formula_stays_a_name(desk: Browser, cast: Cast) -> None:
    cast.officer.name, cast.task.measure.title = '=HYPERLINK("http://x")', "<script>alert(1)</script></head>"
    db.session.commit()
    with transaction():
        plan_reminders(cast.agency, date(2024, 3, 25), at=NOW, now=NOW)
    mails = db.session.scalars(sa.select(OutboxMessage.id).where(OutboxMessage.recipient_id == cast.officer.id)).all()

    frame = desk.get(f"{LEDGER}/mails/{mails[0]}/frame")
    table = desk.get(f"{LEDGER}/export.csv", query_string={"person": cast.officer.id})

    assert "<script" not in frame.text
    assert "'=HYPERLINK" in table.text
    assert ",=" not in table.text
    assert ',"=' not in table.text
