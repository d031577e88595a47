"""Before a change is saved, the mails that it moves are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import DEFAULT_RULES
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from tests.browser import Browser, Page
from tests.factories import Cast, a_task, one_commit, reminder_rules
from tests.factories.plans import a_measure
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

APRIL = "30 เม.ย. 2567"


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    """The coordinator, in an agency that reminds by the usual rules."""
    reminder_rules(cast.agency, *DEFAULT_RULES)
    browser.sign_in(cast.coordinator)
    return browser


def due_date_of(cast: Cast) -> date:
    db.session.expire_all()
    return db.session.get_one(Task, cast.task.id).due_on


def lines(page: Page, part: str) -> Sequence[str]:
    """The rows of a part of the page, in words."""
    found = next((section for section in page.of_class("sec") if section.get("aria-labelledby") == part), None)
    return [] if found is None else [" ".join("".join(row.itertext()).split()) for row in found.iter("tr")][1:]


def confirmed(browser: Browser, page: Page, status: int = 303) -> Page:
    return browser.submit(page.form(), status, step="confirmed")


def test_a_moved_due_date_is_kept_only_after_its_mails_were_seen(desk: Browser, cast: Cast) -> None:
    before, events = due_date_of(cast), db.session.scalar(sa.select(sa.func.count(AuditEvent.seq)))

    page = desk.submit(desk.get(f"/tasks/{cast.task.id}/edit").form(), 200, due_on=APRIL)

    assert page.heading == "อีเมลที่จะเปลี่ยน"
    assert due_date_of(cast) == before
    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.seq))) == events
    assert db.session.scalar(sa.select(sa.func.count(Reminder.id))) == 0
    desk.follow(confirmed(desk, page))
    assert due_date_of(cast) == date(2024, 4, 30)


def test_each_mail_is_shown_with_the_day_it_leaves_and_the_day_it_gets(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(f"/tasks/{cast.task.id}/edit").form(), 200, due_on=APRIL)

    moved = [line for line in lines(page, "moved") if "ก่อนครบกำหนด 7 วัน" in line]
    assert len(moved) == 1
    assert cast.officer.name in moved[0]
    assert "ศ. 22 มี.ค. 2567" in moved[0]  # the seventh day before the last of March is a Sunday
    assert "อ. 23 เม.ย. 2567" in moved[0]


def test_who_goes_back_finds_all_that_was_typed(desk: Browser, cast: Cast) -> None:
    form = desk.get(f"/tasks/{cast.task.id}/edit").form()
    page = desk.submit(form, 200, due_on=APRIL, steps="หนึ่ง\nสอง")

    again = desk.submit(page.form(), 200, step="edit")

    assert again.form().fields["due_on"] == [APRIL]
    assert again.form().fields["steps"] == ["หนึ่ง\nสอง"]
    assert again.form().fields["seen"] == form.fields["seen"]


def test_who_confirms_too_late_is_told(desk: Browser, cast: Cast) -> None:
    address = f"/tasks/{cast.task.id}/edit"
    page = desk.submit(desk.get(address).form(), 200, due_on=APRIL)
    desk.submit(desk.get(address).form(), steps="ของคนอื่น")

    confirmed(desk, page, 409)

    assert due_date_of(cast) != date(2024, 4, 30)


def test_what_cannot_be_is_refused_before_mails_are_shown(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(f"/tasks/{cast.task.id}/edit").form(), 422, due_on="1 ต.ค. 2567")

    assert len(page.errors) == 1


def test_a_form_without_another_due_date_needs_no_second_press(desk: Browser, cast: Cast) -> None:
    desk.submit(desk.get(f"/tasks/{cast.task.id}/edit").form(), 303, steps="หนึ่ง")


def test_another_officer_is_shown_with_the_mails_of_both(desk: Browser, cast: Cast) -> None:
    form = desk.get("/plans/2567/assign").form()

    page = desk.submit(form, 200, **{f"officers-{cast.task.id}": [str(cast.colleague.id)]})

    assert any(cast.colleague.name in line for line in lines(page, "added"))
    assert any(cast.officer.name in line for line in lines(page, "dropped"))
    assert f"{cast.task.id}" in page.text
    confirmed(desk, page)
    db.session.expire_all()
    assert db.session.get_one(Task, cast.task.id).officers == [cast.colleague]


def test_a_first_officer_is_one_press(desk: Browser, cast: Cast) -> None:
    task = a_task(section=cast.section, officers=[])
    form = desk.get("/plans/2567/assign").form()

    desk.submit(form, 303, **{f"officers-{task.id}": [str(cast.officer.id)]})


def test_assignments_come_back_as_they_were_chosen(desk: Browser, cast: Cast) -> None:
    form = desk.get("/plans/2567/assign").form()
    page = desk.submit(form, 200, **{f"officers-{cast.task.id}": [str(cast.colleague.id)]})

    again = desk.submit(page.form(), 200, step="edit")

    assert again.form().fields[f"officers-{cast.task.id}"] == [str(cast.colleague.id)]


def test_when_an_officer_leaves_their_head_hears_of_the_task(desk: Browser, cast: Cast) -> None:
    post = cast.officer.memberships[0]
    form = desk.get(f"/admin/people/{cast.officer.id}/posts/{post.id}").form()

    page = desk.submit(form, 200, ends_on="19 มี.ค. 2567")

    assert any(cast.head.name in line for line in lines(page, "added"))
    assert any(cast.officer.name in line for line in lines(page, "dropped"))
    confirmed(desk, page)
    db.session.expire_all()
    assert post.ends_on == date(2024, 3, 19)


def test_a_post_that_brings_no_mail_ends_at_once(desk: Browser, cast: Cast) -> None:
    post = next(one for one in cast.auditor.memberships if one.seat is not Seat.DIRECTOR)

    desk.submit(desk.get(f"/admin/people/{cast.auditor.id}/posts/{post.id}").form(), 303, ends_on="19 มี.ค. 2567")


def test_the_second_press_of_a_form_that_moved_no_mail_gets_the_first_answer(desk: Browser, cast: Cast) -> None:
    form = desk.get(f"/admin/people/{cast.colleague.id}/posts/new").form()

    first = desk.submit(form, 303, held="auditor", title="ผู้ตรวจสอบภายใน")
    second = desk.submit(form, 303, held="auditor", title="ผู้ตรวจสอบภายใน")

    assert second.goes_to == first.goes_to
    assert len(cast.colleague.memberships) == 2


def test_the_page_costs_the_same_for_many_tasks(desk: Browser, cast: Cast) -> None:
    costs = []
    for more in (0, 30):
        with one_commit():
            plan = cast.task.measure.plan
            for number in range(more):
                measure = a_measure(plan, 100 + number)
                plan.measures.append(measure)
                a_task(measure, section=cast.section, officers=[cast.officer])
        form = desk.get(f"/tasks/{cast.task.id}/edit").form()
        with counted_statements() as statements:
            desk.submit(form, 200, due_on=APRIL)
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_whose_account_is_closed_is_shown_what_they_miss(desk: Browser, cast: Cast) -> None:
    person = f"/admin/people/{cast.officer.id}"

    page = desk.submit(desk.get(person).form(f"{person}/closing"), 200)

    assert any(cast.officer.name in line for line in lines(page, "dropped"))
    assert any(cast.head.name in line for line in lines(page, "added"))
    confirmed(desk, page)
    db.session.expire_all()
    assert not cast.officer.is_active


def test_a_new_post_shows_the_mails_it_brings_and_goes_back_as_typed(desk: Browser, cast: Cast) -> None:
    form = desk.get(f"/admin/people/{cast.colleague.id}/posts/new").form()
    page = desk.submit(form, 200, held="director", unit=str(cast.division.id), title="ผู้อำนวยการกองคนใหม่")
    assert any(cast.colleague.name in line for line in lines(page, "added"))

    again = desk.submit(page.form(), 200, step="edit")

    assert again.form().fields["title"] == ["ผู้อำนวยการกองคนใหม่"]
    assert len(cast.colleague.memberships) == 1
