"""The coordinator's desk under hostile and careless hands: what is too much is refused, and no page breaks."""

from __future__ import annotations

import io
from itertools import product
from random import Random

import pytest
from flask import Flask

from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.people import User
from tests.browser import Browser, Form, Page
from tests.factories import Cast, a_membership
from tests.web.office import Office, the_office
from tests.web.test_attacks import SCRIPT

HEADING = "ประเด็น\tมาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\n"
HOSTILE = [SCRIPT, "9" * 400, "-1", "ก\0ข\ud7ff\u202e\u200b", "=1+1\r\nBcc: evil@example.com", "e\u0301" * 200]
DESK = [
    "/admin/agency",
    "/admin/mail",
    "/admin/units/new",
    "/admin/units/{division}",
    "/admin/units/{division}/merging",
    "/admin/people",
    "/admin/people/new",
    "/admin/people/import",
    "/admin/people/{colleague_id}",
    "/admin/people/{colleague_id}/posts/new",
    "/admin/people/{colleague_id}/posts/{colleague_post}",
    "/plans/2567/import",
    "/plans/2567/import/{import_draft}",
    "/plans/2567/assign",
    "/plans/2568/start",
    "/plans/2567/measures/new",
    "/plans/2567/measures/{other_measure}/edit",
    "/plans/2567/areas/1/edit",
    "/plans/2567/limitations",
    "/tasks/{other_task}/edit",
    "/scores/2566/edit",
    "/scores/2566/findings/new",
    "/scores/2566/findings/{finding}/edit",
]


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def office(app: Flask) -> Office:
    office = the_office(app)
    a_membership(db.session.get_one(User, office.value("coordinator_id")), role=Role.ADMINISTRATOR)
    db.session.commit()
    return office


def filled_in(form: Form, word: str) -> dict[str, object]:
    """The form with this word in every field."""
    kept = ("csrf_token", "form_key")
    return {name: value if name in kept else word for name, value in form.fields.items()}


@pytest.mark.parametrize("page", DESK)
def test_no_word_in_any_field_breaks_a_page(office: Office, page: str) -> None:
    browser, address = office.browsers["coordinator"], page.format(**office.known)
    forms = [form for form in browser.get(address).forms if form.action != "/sign-out"]

    for form, word in product(forms, HOSTILE):
        content = filled_in(form, word)
        send = browser.client.get if form.method == "get" else browser.client.post
        answer = send(form.action, **{"query_string" if form.method == "get" else "data": content})
        assert answer.status_code < 500, (form.action, ascii(word))
        assert "<script>alert" not in answer.text

    again = browser.client.get(address)
    assert again.status_code < 400
    assert "<script>alert" not in again.text


@pytest.mark.parametrize("source", [10**30, 2**63, -1, 0, 99])
def test_no_year_is_begun_as_a_copy_of_one_that_cannot_be(desk: Browser, source: int) -> None:
    form = desk.get("/plans/2568/start").forms[-1]

    answer = desk.client.post("/plans/2568/start", data={**form.fields, "source": source})

    assert answer.status_code in (303, 404, 409)


def brought(desk: Browser, rows: list[str], status: int = 303) -> Page:
    """What the page answers to a table with these rows, and one for each area."""
    areas = [f"{number}\tมาตรการประจำประเด็น\tประชุม\tกองคลัง\tตลอดปี\n" for number in range(1, 8)]
    file = io.BytesIO((HEADING + "".join([*areas, *rows])).encode()), "แผน.txt"
    return desk.submit(desk.get("/plans/2568/import").form(), status, file=file)


def test_a_document_of_thousands_of_measures_is_refused_before_anybody_must_read_it(desk: Browser) -> None:
    rows = [f"1\tติดตามเรื่องที่ {number}\tประชุม\tกองคลัง\tตลอดปี\n" for number in range(2_000)]

    page = brought(desk, rows, 422)

    assert "2007 มาตรการ" in page.words


def test_every_division_times_every_measure_is_refused_before_it_is_counted_out(desk: Browser) -> None:
    divisions = [f"1\tติดตามเรื่องที่ {number}\tประชุม\tกองงานที่{number}\tตลอดปี\n" for number in range(200)]
    for_all = [f"2\tประกาศเรื่องที่ {number}\tประชุม\tทุกกอง\tตลอดปี\n" for number in range(200)]

    page = desk.follow(brought(desk, divisions + for_all), 422)

    assert "ทุกกอง" in page.words


def test_however_many_divisions_are_new_the_answer_fits_into_a_cookie(desk: Browser) -> None:
    letters = Random(2567)
    names = ["".join(letters.choices("กขคงจชดตถทนบปผพมยรลวสหอ", k=20)) for _ in range(400)]
    page = desk.follow(brought(desk, [f"1\tติดตาม {name}\tประชุม\tกอง{name}\tตลอดปี\n" for name in names]))

    answer = desk.submit(page.form())

    assert max(len(cookie) for cookie in answer.response.headers.getlist("Set-Cookie")) < 2_000
