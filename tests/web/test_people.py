"""The pages on which people are brought in, given posts and looked after."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.people import A_PAGE
from ita_flow.workflow.accounts import person_called
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast, a_membership, a_user, one_commit
from tests.statements import counted_statements
from tests.web.test_access import fingerprint

NEW: dict[str, Any] = {"name": "คนใหม่ ใจดี", "email": "new@example.go.th", "held": "officer", "starts_on": "1 ต.ค. 2566"}
HEADING = "อีเมล,ชื่อ,ตำแหน่ง,ฝ่าย/กลุ่มงาน,สำนัก/กอง,บทบาท,ที่นั่ง,เริ่ม,สิ้นสุด\n"
ROW = "new@example.go.th,คนใหม่ ใจดี,นักวิชาการ,ฝ่ายใหม่,กองคลัง,เจ้าหน้าที่,,1 ต.ค. 2566,\n"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def administrator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.administrator)
    return browser


def names(page: Page) -> list[str]:
    heads = [head for body in page.tree.iter("tbody") for head in body.iter("th")]
    return ["".join(head.find("a").itertext()) for head in heads]  # type: ignore[union-attr]


def the_new_one() -> User:
    user = person_called("new@example.go.th")
    assert user is not None
    return user


def previewed(browser: Browser, text: str, status: int = 200) -> Page:
    return browser.submit(browser.get("/admin/people/import").form(), status, text=text)


def test_the_list_tells_posts_and_accounts(coordinator: Browser, cast: Cast) -> None:
    a_user(cast.agency, "กนก ยังไม่มา", role=Role.AUDITOR, starts_on=date(2024, 4, 1), post="ผู้ตรวจสอบ")

    page = coordinator.get("/admin/people")

    assert names(page)[0] == "กนก ยังไม่มา"
    first = " ".join("".join(next(page.tree.iter("tbody")).find("tr").itertext()).split())  # type: ignore[union-attr]
    assert "ตั้งแต่ 1 เม.ย. 2567" in first.replace("\u00a0", " ")
    assert "ยังไม่ตั้งรหัสผ่าน" in first


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=FINANCE", ["สมชาย การเงิน"]),
        ("q=การเงิน+สมชาย", ["สมชาย การเงิน"]),
        ("q=100%25", []),
        ("state=closed", ["สมชาย การเงิน"]),
        ("q=%E0%B8%99%E0%B8%B4%E0%B8%95%E0%B8%B4%E0%B8%81%E0%B8%A3", ["สมชาย การเงิน"]),
    ],
)
def test_the_address_narrows_the_list(coordinator: Browser, cast: Cast, query: str, found: list[str]) -> None:
    a_user(cast.agency, "สมชาย การเงิน", "finance@example.go.th", role=Role.AUDITOR, post="นิติกร", is_active=False)

    assert names(coordinator.get(f"/admin/people?{query}")) == found


def test_a_division_holds_the_people_of_its_sections(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/people").form("/admin/people")

    page = coordinator.submit(form, 200, unit=str(cast.other_division.id))

    assert sorted(names(page)) == sorted(
        user.name for user in (cast.other_officer, cast.other_head, cast.other_director)
    )


@pytest.mark.parametrize("query", ["unit=x", "unit=999999", "state=gone", "page=x", "page=-3", "page=99"])
def test_what_cannot_be_read_in_the_address_is_left_out(coordinator: Browser, query: str) -> None:
    assert len(names(coordinator.get(f"/admin/people?{query}"))) == 12


def test_a_long_list_has_pages_and_costs_no_more(coordinator: Browser, cast: Cast) -> None:
    with counted_statements() as few:
        coordinator.get("/admin/people")
    with one_commit():
        for number in range(A_PAGE):
            a_user(cast.agency, f"บุคคล {number:03}", role=Role.OFFICER, unit=cast.section)

    with counted_statements() as many:
        page = coordinator.get("/admin/people?q=example")

    assert len(many) == len(few) <= 12
    assert len(names(page)) == A_PAGE
    assert len(names(coordinator.get(page.links["หน้าถัดไป"]))) == 12


def test_no_page_costs_more_than_a_dozen_statements(coordinator: Browser, cast: Cast) -> None:
    text = HEADING + "".join(f"n{number}@example.go.th,คน ที่ {number},,,กองคลัง,เจ้าหน้าที่,,,\n" for number in range(60))
    form = coordinator.get("/admin/people/import").form()
    with counted_statements() as previewing:
        coordinator.submit(form, 200, text=text)
    costs = {"preview": len(previewing)}
    person, post = f"/admin/people/{cast.officer.id}", cast.officer.memberships[0].id
    unit = f"/admin/units/{cast.division.id}"
    into = f"{unit}/merging?into={cast.other_division.id}"
    for address in (person, f"{person}/posts/{post}", f"{person}/posts/new", "/admin/people/new", unit, into):
        with counted_statements() as sent:
            coordinator.get(address)
        costs[address] = len(sent)

    assert {name: cost for name, cost in costs.items() if cost > 12} == {}


def test_somebody_new_is_invited(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/people/new").form()

    page = coordinator.follow(coordinator.submit(form, **NEW, unit=str(cast.section.id)))

    assert page.heading == "คนใหม่ ใจดี"
    assert "รอส่ง" in page.words
    assert the_new_one().memberships[0].starts_on == date(2023, 10, 1)
    assert [message.recipient_id for message in db.session.scalars(sa.select(OutboxMessage))] == [the_new_one().id]


def test_wrong_input_is_told_and_nothing_typed_is_lost(coordinator: Browser) -> None:
    form = coordinator.get("/admin/people/new").form()

    page = coordinator.submit(form, 422, **NEW | {"name": "", "starts_on": "31 ก.พ. 67"})

    assert page.errors == ["กรอกชื่อและนามสกุล", "ไม่มีวันที่ 31 ก.พ. 67 ในปฏิทิน ตรวจวันและเดือนอีกครั้ง"]
    kept = page.form().fields
    assert (kept["email"], kept["starts_on"], kept["held"]) == (["new@example.go.th"], ["31 ก.พ. 67"], ["officer"])


def test_an_address_that_is_known_names_its_person(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/people/new").form()

    page = coordinator.submit(form, 422, **NEW | {"email": cast.officer.email}, unit=str(cast.section.id))

    assert cast.officer.name in page.errors[0]


def test_a_second_press_brings_nobody_in_twice(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/people/new").form()

    first = coordinator.submit(form, **NEW, unit=str(cast.section.id))
    second = coordinator.submit(form, **NEW, unit=str(cast.section.id))

    assert first.goes_to == second.goes_to


def test_a_coordinator_is_not_offered_administrators(coordinator: Browser) -> None:
    page = coordinator.get("/admin/people/new")

    assert "administrator" not in [option.get("value") for option in page.tree.iter("option")]
    assert coordinator.submit(page.form(), 403, **NEW | {"held": "administrator"}).heading == "ท่านไม่มีสิทธิใช้หน้านี้"


def test_nobody_is_offered_a_seat_of_their_own(administrator: Browser, cast: Cast) -> None:
    page = administrator.get(f"/admin/people/{cast.administrator.id}/posts/new")

    offered = {option.get("value") for option in page.tree.iter("option")}
    assert offered.isdisjoint(seat.value for seat in Seat)
    administrator.submit(page.form(), 403, held="chief")
    assert cast.administrator.posts_on(TODAY) == [Role.ADMINISTRATOR]


def test_a_unit_of_another_agency_is_not_found_by_its_number(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/people/new").form()

    page = coordinator.submit(form, 422, **NEW, unit=str(cast.strange_task.division_id))

    assert len(page.errors) == 1
    assert person_called("new@example.go.th") is None


def test_a_post_is_added_and_ended(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(f"/admin/people/{cast.officer.id}/posts/new").form()
    page = coordinator.follow(coordinator.submit(form, held="auditor", title="ผู้ตรวจสอบภายใน"))

    form = coordinator.get(page.links["ผู้ตรวจสอบภายใน"]).form()
    page = coordinator.follow(coordinator.submit(form, ends_on="30 เม.ย. 67"))

    assert "ถึง 30 เม.ย. 2567" in page.words
    assert cast.officer.memberships[1].ends_on == date(2024, 4, 30)


def test_a_post_that_has_not_begun_is_taken_back(coordinator: Browser, cast: Cast) -> None:
    post = a_membership(cast.officer, role=Role.AUDITOR, starts_on=date(2024, 4, 1))
    address = f"/admin/people/{cast.officer.id}/posts/{post.id}"

    coordinator.submit(coordinator.get(address).form(f"{address}/removal"))

    assert [one.role for one in cast.officer.memberships] == [Role.OFFICER]


def test_a_coordinator_sees_an_administrators_account_only(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get(f"/admin/people/{cast.administrator.id}")

    assert [form.action for form in page.forms if form.action.startswith("/admin")] == []
    coordinator.post(f"/admin/people/{cast.administrator.id}/closing", {"form_key": "once-and-only"}, 403)


def test_closing_says_what_is_left_to_do(coordinator: Browser, cast: Cast) -> None:
    address = f"/admin/people/{cast.officer.id}"
    form = coordinator.get(address).form(f"{address}/closing")

    page = coordinator.follow(coordinator.submit(form))

    assert not cast.officer.is_active
    assert cast.task.measure.title in page.words
    assert "โปรดมอบหมายงานเหล่านี้ให้ผู้อื่น" in page.words


def test_a_closed_account_opens_again(coordinator: Browser, cast: Cast) -> None:
    cast.officer.is_active = False
    db.session.commit()
    address = f"/admin/people/{cast.officer.id}"

    coordinator.submit(coordinator.get(address).form(f"{address}/reopening"))

    assert cast.officer.is_active


def test_the_address_of_an_account_in_use_stays_with_coordinators(coordinator: Browser, cast: Cast) -> None:
    address = f"/admin/people/{cast.director.id}"
    form = coordinator.get(address).form(address)

    page = coordinator.submit(form, 422, email="mine@example.go.th")

    assert page.errors == ["ผู้นี้ตั้งรหัสผ่านแล้ว ผู้ดูแลระบบเท่านั้นที่เปลี่ยนอีเมลได้ โปรดแจ้งผู้ดูแลระบบ"]
    assert cast.director.email == "director@example.go.th"


def test_an_administrator_moves_an_account(administrator: Browser, cast: Cast) -> None:
    address = f"/admin/people/{cast.director.id}"

    page = administrator.follow(
        administrator.submit(administrator.get(address).form(address), email="director2@example.go.th")
    )

    assert f"บันทึกข้อมูลของ {cast.director.name} แล้ว" in page.words
    assert cast.director.email == "director2@example.go.th"


def test_a_list_is_looked_at_and_then_taken_in(coordinator: Browser) -> None:
    before = fingerprint()
    preview = previewed(coordinator, HEADING + ROW)
    assert "บุคลากรใหม่ 1 คน" in preview.words
    assert "ฝ่ายใหม่ กองคลัง" in preview.words
    assert fingerprint() == before

    page = coordinator.follow(coordinator.submit(preview.form("/admin/people/import/confirmation")))

    assert "บันทึกรายชื่อแล้ว" in page.words
    assert the_new_one().memberships[0].unit.name == "ฝ่ายใหม่"  # type: ignore[union-attr]
    assert "ไม่มีอะไรเปลี่ยน" in previewed(coordinator, HEADING + ROW).words


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
def test_a_file_travels_through_the_preview(coordinator: Browser, encoding: str) -> None:
    file = (io.BytesIO((HEADING + ROW).encode(encoding)), "people.csv")
    preview = coordinator.submit(coordinator.get("/admin/people/import").form(), 200, file=file)

    coordinator.submit(preview.form("/admin/people/import/confirmation"))

    assert the_new_one().name == "คนใหม่ ใจดี"


def test_what_is_wrong_is_told_by_row_and_mended_in_place(coordinator: Browser) -> None:
    page = previewed(coordinator, HEADING + ROW + "bad,ใคร,,,กองคลัง,เจ้าหน้าที่,,,\n", 422)
    assert page.errors[0].startswith("แถว 3: อีเมล bad ไม่ถูกต้อง")

    page = coordinator.submit(page.form("/admin/people/import"), 200, text=HEADING + ROW)

    assert "บุคลากรใหม่ 1 คน" in page.words


def test_what_went_wrong_since_the_preview_is_told(coordinator: Browser, cast: Cast) -> None:
    preview = previewed(coordinator, HEADING + ROW)
    a_user(cast.agency, "คนอื่น ไกล", "new@example.go.th")

    page = coordinator.submit(preview.form("/admin/people/import/confirmation"), 422)

    assert "คนอื่น ไกล" in page.errors[0]


def test_what_is_no_list_is_told_on_the_same_page(coordinator: Browser) -> None:
    page = previewed(coordinator, "ข้อความ\nที่ไม่ใช่ตาราง", 422)

    assert page.errors[0].startswith("ไม่พบคอลัมน์ อีเมล, ชื่อ")
    assert page.form().fields["text"] == ["ข้อความ\nที่ไม่ใช่ตาราง"]


def test_the_template_comes_in_as_it_is(coordinator: Browser, cast: Cast) -> None:
    response = coordinator.get("/admin/people/import/template.csv").response

    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert "บุคลากรใหม่ 1 คน" in previewed(coordinator, response.text).words
