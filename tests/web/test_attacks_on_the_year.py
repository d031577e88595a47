"""The year at a glance, chasing and handing over, in the hands of somebody who means no good, or has no luck."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.queries.chase import to_chase
from tests.browser import Browser, Form
from tests.factories import TODAY, Cast, a_membership, a_task, a_user
from tests.factories.many import many_tasks
from tests.factories.plans import REASON
from tests.web.test_access import fingerprint
from tests.web.test_attacks import SCRIPT

pytestmark = pytest.mark.usefixtures("today")

CHASE = "/chase?year=2567"
ROOMS = [
    "/home",
    "/tasks",
    "/tasks.csv",
    "/search",
    "/dashboard",
    "/dashboard.csv",
    "/dashboard/divisions/{division}",
    "/calendar",
    "/calendar.ics",
    "/chase",
    "/chase/sent",
    "/handover/{officer}",
    "/notifications",
    "/fresh",
]
ASKED = ["year", "q", "page", "sort", "order", "officer", "section", "division", "window", "state", "deadline", "mine"]
ASKED += [
    "follow_up",
    "unfinished",
    "chase",
    "by",
    "due_on",
    "area",
    "measure",
    "chosen",
    "reason",
    "mail",
    "left",
]
ASKED += ["others", "task", "recorded", "chases", "in"]
ODD = ["-1", "0", "1.5", "9" * 5000, str(2**31), str(2**63), "๙๙๙", "²", "9999", "9999-12-31", "%", "\\_'\"", SCRIPT]
ODD += ["\0\r\nSet-Cookie: evil=1", "%(count)s {a|b} {{7*7}}", "\u0e35" * 3000, "(a+)+$[", "\u200b"]


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def rooms(cast: Cast) -> list[str]:
    return [room.format(division=cast.division.id, officer=cast.officer.id) for room in ROOMS]


def chosen(desk: Browser) -> Form:
    return next(form for form in desk.get(CHASE).forms if (form.method, form.action) == ("post", "/chase"))


def marks(cast: Cast) -> list[str]:
    return [row.seen for row in to_chase(cast.coordinator, 2567, TODAY).ready]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_whatever_is_asked_is_answered_and_writes_nothing(desk: Browser, cast: Cast, odd: str) -> None:
    desk.get("/home")
    before = fingerprint()

    for room in rooms(cast):
        answer = desk.client.get(room, query_string=dict.fromkeys(ASKED, odd))
        assert answer.status_code in (200, 204), room
        assert "evil" not in str(answer.headers)
        assert "<script>alert" not in answer.text or answer.mimetype != "text/html", room

    assert fingerprint() == before


def test_of_two_who_ask_after_a_whole_list_the_second_is_answered_too(app: Flask, desk: Browser, cast: Cast) -> None:
    many_tasks(cast, 60)
    a_membership(cast.chief, role=Role.COORDINATOR)
    other = Browser(app)
    other.sign_in(cast.chief)
    forms, seen = (chosen(desk), chosen(other)), marks(cast)
    desk.submit(forms[0], seen=seen)

    page = other.follow(other.submit(forms[1], seen=seen))

    assert len(seen) > 30
    assert page.heading == "ไม่ได้ส่งอีเมลเตือน"
    assert f"รายการที่ไม่ได้ส่ง {len(seen)}" in page.words


def test_what_is_added_to_a_mail_stays_words(desk: Browser, cast: Cast) -> None:
    note = "<b>ด่วน</b>\r\nBcc: evil@example.com\r\n%(count)s {a|b} {{7*7}}\0\u202e"

    desk.follow(desk.submit(chosen(desk), seen=marks(cast), note=note))

    kept = set(db.session.scalars(sa.select(Chase.note)))
    assert kept == {"<b>ด่วน</b> Bcc: evil@example.com %(count)s {a|b} {{7*7}}"}


def test_the_coordinator_of_another_agency_learns_nothing_of_a_mail(app: Flask, desk: Browser, cast: Cast) -> None:
    location = desk.submit(chosen(desk), seen=marks(cast)).goes_to
    a_membership(cast.stranger, role=Role.COORDINATOR)
    stranger = Browser(app)
    stranger.sign_in(cast.stranger)

    page = stranger.get(f"{location}&left={cast.task.id}-gone")

    assert page.heading == "ไม่ได้ส่งอีเมลเตือน"
    assert cast.task.measure.title not in page.words


def test_a_way_back_of_any_length_comes_back(desk: Browser) -> None:
    page = desk.get("/search?q=" + quote("พัสดุ" * 40))

    answer = desk.submit(page.form("/account/language"), language="en")

    assert answer.goes_to == page.form("/account/language").fields["next"][0]


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_on_the_edge_of_all_time_is_refused(desk: Browser, until: str) -> None:
    desk.post("/notifications/reading", {"form_key": "a key of the test", "until": until}, 400)


def test_nobody_unfit_takes_over(browser: Browser, cast: Cast) -> None:
    closed = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, is_active=False)
    past = a_user(cast.agency, role=Role.OFFICER, unit=cast.section)
    past.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()
    browser.sign_in(cast.director)
    form = browser.get(f"/handover/{cast.officer.id}").form()

    for person in (closed, past, cast.officer, cast.director, cast.other_officer, cast.stranger):
        browser.submit(form, 422, successor=str(person.id))

    assert cast.task.officers == [cast.officer]


def test_nothing_is_smuggled_into_a_hand_over(browser: Browser, cast: Cast) -> None:
    elsewhere = a_task(section=cast.other_section, officers=[cast.officer])
    browser.sign_in(cast.director)
    form = browser.get(f"/handover/{cast.officer.id}").form()
    before = fingerprint()

    for task, status in ((elsewhere, 403), (cast.other_task, 409), (cast.strange_task, 409)):
        smuggled = {f"seen-{task.id}": "", f"to-{task.id}": str(cast.colleague.id)}
        browser.submit(form, status, successor=str(cast.colleague.id), **smuggled)

    assert fingerprint() == before


def test_a_coordinator_ends_no_post_of_an_administrator_by_a_hand_over(desk: Browser, cast: Cast) -> None:
    post = cast.administrator.memberships[0]
    sent = {"form_key": "a key of the test", "on": "18 มี.ค. 2567", "posts": post.id, "step": "confirmed"}

    desk.post(f"/handover/{cast.administrator.id}", sent, 403)

    db.session.refresh(post)
    assert post.ends_on is None


def test_a_year_of_nothing_but_cancelled_tasks_is_not_done(desk: Browser, cast: Cast) -> None:
    db.session.execute(sa.update(Task).values(work_status=WorkStatus.CANCELLED, ending_reason=REASON))
    db.session.commit()

    pages = [desk.get(room) for room in ("/home", "/dashboard", f"/dashboard/divisions/{cast.division.id}")]

    for page in pages:
        assert "แล้วเสร็จครบ" not in page.words


def test_a_year_without_a_first_half_is_not_done_before_it_ends(desk: Browser) -> None:
    """Nothing is missing from a half in which nothing is to be done."""
    db.session.execute(sa.update(Measure).values(window_kind=WindowKind.FULL_YEAR))
    db.session.commit()

    page = desk.get("/dashboard")

    assert "แล้วเสร็จครบ" not in page.words
    assert "สิ้นปีงบประมาณ ยังขาด 2 มาตรการ" in page.words


def test_no_cell_of_a_file_begins_a_formula(desk: Browser, cast: Cast) -> None:
    for bad in ("+1", "-1", "@x", "\t=1", "\r=1", "＝1"):
        a_task(section=cast.section, officers=[cast.officer]).measure.title = bad
    cast.task.measure.title, cast.division.name, cast.section.name, cast.officer.name = "=1+1", "=a", "@b", "-c"
    db.session.commit()

    for address in ("/tasks.csv", "/dashboard.csv"):
        content = desk.get(address).response.data.decode("utf-8-sig")
        cells = {cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line}
        assert {"'=1+1", "'=a"} <= cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_no_title_becomes_an_event(desk: Browser, cast: Cast) -> None:
    events = desk.get("/calendar.ics").text.count("BEGIN:VEVENT")
    cast.task.measure.title = "ก\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:https://evil.example\\"
    db.session.commit()

    lines = desk.get("/calendar.ics").text.split("\r\n")

    assert lines.count("BEGIN:VEVENT") == events
    assert not [line for line in lines if line.startswith("ATTACH")]
