"""What stands around every page, and the words and pictures that templates may use."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ita_flow.config import MEGABYTE
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import DeadlineState, PlanState, ReportState, TaskState, WorkStatus
from ita_flow.extensions import clock, db
from ita_flow.i18n import NO_BREAK
from ita_flow.i18n.thai_lines import unbroken
from ita_flow.web.icons import icon_svg
from ita_flow.web.template_words import file_size
from ita_flow.wording.labels import LABELS, deadline_words, label_of
from tests.browser import Browser
from tests.factories import Cast, a_plan, a_report, a_user
from tests.statements import counted_statements

FOR_ALL = ["งานของฉัน", "มาตรการ", "ภาพรวม", "แผน", "คะแนน"]
MENU = "nav-wide"


def menu_of(browser: Browser) -> list[str]:
    (menu,) = browser.get("/nowhere", 404).of_class(MENU)
    return [" ".join("".join(link.itertext()).split()) for link in menu.iter("a")]


def test_the_menu_shows_what_a_person_may_do(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    assert menu_of(browser) == FOR_ALL


def test_those_who_decide_see_how_much_waits_for_them(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    browser.sign_in(cast.head)

    assert any(entry.startswith("พิจารณา") and entry.endswith("1 รายการ") for entry in menu_of(browser))


@pytest.mark.parametrize("person", ["director", "other_head"])
def test_what_waits_for_others_is_not_counted(browser: Browser, cast: Cast, person: str) -> None:
    a_report(cast.task, cast.officer)
    browser.sign_in(getattr(cast, person))

    assert "พิจารณา" in menu_of(browser)


def test_the_menu_says_where_one_is(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/home")

    current = [link for menu in page.of_class(MENU) for link in menu.iter("a") if link.get("aria-current") == "page"]
    assert [link.get("href") for link in current] == ["/home"]


def test_a_person_without_a_post_finds_no_place(app: Flask, browser: Browser, cast: Cast) -> None:
    nobody = a_user(cast.agency)
    browser.sign_in(nobody)

    page = browser.get("/home", 403)

    assert not list(page.of_class(MENU))
    assert "ออกจากระบบ" in page.words


def test_years_can_be_switched_when_there_are_several(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)
    assert "ปีงบประมาณ 2566" not in browser.get("/dashboard").words
    a_plan(cast.agency, year=2566)

    page = browser.get("/dashboard?year=2566")

    assert page.links["ปีงบประมาณ 2567"] == "/dashboard?year=2567"
    assert page.links["ปีงบประมาณ 2566"] == "/dashboard?year=2566"
    assert browser.get("/plans/2567").links["ปีงบประมาณ 2566"] == "/plans/2566"


@pytest.mark.parametrize("page", ["calendar", "chase", "tasks", "dashboard/divisions/{}"])
def test_a_page_of_a_year_is_kept_when_years_are_switched(browser: Browser, cast: Cast, page: str) -> None:
    a_plan(cast.agency, year=2566)
    browser.sign_in(cast.coordinator)
    address = f"/{page.format(cast.division.id)}"

    assert browser.get(address).links["ปีงบประมาณ 2566"] == f"{address}?year=2566"


def test_a_demo_says_that_its_day_is_pretended(browser: Browser, cast: Cast) -> None:
    clock.pretend(date(2024, 3, 18))
    browser.sign_in(cast.officer)

    page = browser.get("/nowhere", 404)

    assert "วันนี้จำลองเป็น จ. 18 มี.ค. 2567" in page.words
    assert "ดูกล่องจดหมายสาธิต" not in page.words


def test_the_agency_of_a_demo_leads_to_its_outbox(browser: Browser, cast: Cast) -> None:
    cast.agency.is_demo = True
    db.session.commit()
    browser.sign_in(cast.officer)

    assert browser.get("/nowhere", 404).links["ดูกล่องจดหมายสาธิต"] == "/demo/outbox"


def test_the_true_day_needs_no_word(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    assert "สาธิต" not in browser.get("/nowhere", 404).words


def test_the_frame_costs_few_statements(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.head)
    browser.get("/nowhere", 404)

    with counted_statements() as statements:
        browser.get("/nowhere", 404)

    assert len(statements) <= 4, statements


def test_every_named_choice_has_a_word() -> None:
    for kind in (TaskState, WorkStatus, ReportState, PlanState, DeadlineState, Role, Seat):
        assert set(LABELS[kind]) == set(kind)


@pytest.mark.usefixtures("plain_app")
def test_states_of_different_kinds_keep_their_own_words() -> None:
    assert label_of(ReportState.APPROVED) == "เห็นชอบแล้ว"
    assert label_of(PlanState.APPROVED) == "อนุมัติแล้ว"


@pytest.mark.usefixtures("plain_app")
@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        (DeadlineState.ON_TRACK, 196, "เหลือ 196 วัน"),
        (DeadlineState.DUE_SOON, 13, "เหลือ 13 วัน"),
        (DeadlineState.DUE_SOON, 0, "ครบกำหนดวันนี้"),
        (DeadlineState.OVERDUE, 3, "เกินกำหนด 3 วัน"),
        (DeadlineState.MET_PENDING, 2, "ส่งทันกำหนด"),
        (DeadlineState.LATE_PENDING, 2, "ส่งหลังกำหนด 2 วัน"),
        (DeadlineState.MET, 2, "เสร็จทันกำหนด"),
        (DeadlineState.LATE, 4, "เสร็จหลังกำหนด 4 วัน"),
    ],
)
def test_a_deadline_is_put_into_words(state: DeadlineState, days: int, words: str) -> None:
    assert deadline_words(state, days).replace(NO_BREAK, " ") == words


def test_words_are_kept_whole_and_nothing_slips_through() -> None:
    assert unbroken("ปีงบประมาณ <b>") == 'ปี<span class="w">งบประมาณ</span> &lt;b&gt;'
    assert unbroken("ผู้อำนวยการกองคลัง") == '<span class="w">ผู้อำนวยการกอง</span>คลัง'


def test_an_icon_is_drawn_into_the_page_and_says_nothing() -> None:
    icon = icon_svg("clock-history")

    assert icon.startswith("<svg ")
    assert 'aria-hidden="true"' in icon
    assert "style=" not in icon


def test_an_icon_that_is_not_in_the_set_is_noticed() -> None:
    with pytest.raises(KeyError):
        icon_svg("unicorn")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (12_000, "12 KB"), (419_430, "0.4 MB"), (MEGABYTE, "1.0 MB"), (20 * MEGABYTE, "20.0 MB")],
)
def test_a_size_is_told_in_round_numbers(size: int, words: str) -> None:
    assert file_size(size).replace(NO_BREAK, " ") == words


class EveryField(FlaskForm):  # type: ignore[misc]
    name = StringField("ชื่อ", validators=[InputRequired("กรอกชื่อ")])
    text = TextAreaField("ข้อความ")
    kind = SelectField("ชนิด", choices=["หนึ่ง", "สอง"], default="หนึ่ง")
    status = RadioField("ผล", choices=["ก", "ข"], validators=[InputRequired("เลือกผล")])
    agreed = BooleanField("ยืนยัน", validators=[InputRequired("ทำเครื่องหมายยืนยัน")])


FORM_PAGE = """
{% extends "layouts/base.html" %}
{% from "components/error_summary.html" import error_summary %}
{% from "components/field.html" import field %}
{% from "components/form_key.html" import form_key %}
{% block title %}แบบฟอร์ม{% endblock %}
{% block content %}
<h1>แบบฟอร์ม</h1>
{{ error_summary(form, kept="ข้อความที่พิมพ์ไว้ยังอยู่ครบ") }}
<form method="post" action="/sign-in" novalidate>{{ form_key() }}
{% for one in form if one.name != 'csrf_token' %}{{ field(one, hint="คำแนะนำ") }}{% endfor %}
<button type="submit">ส่ง</button></form>
{% endblock %}
"""


def test_an_error_stands_in_the_summary_and_at_its_field(plain_app: Flask) -> None:
    form = EveryField(meta={"csrf": False})
    assert not form.validate()

    page = html5lib.parse(render_template_string(FORM_PAGE, form=form), namespaceHTMLElements=False)

    assert page.find(".//title").text.startswith("ข้อผิดพลาด: แบบฟอร์ม")
    targets = {link.get("href"): link.text for item in page.iter("li") for link in item.iter("a")}
    assert targets == {"#name": "กรอกชื่อ", "#status-0": "เลือกผล", "#agreed": "ทำเครื่องหมายยืนยัน"}
    ids = {element.get("id") for element in page.iter()}
    for control in (page.find(".//*[@id='name']"), page.find(".//*[@id='agreed']")):
        assert control.get("aria-invalid") == "true"
        assert set(control.get("aria-describedby").split()) <= ids


ALL_COMPONENTS = """
{% from "components/status_pill.html" import status_pill %}
{% from "components/deadline_chip.html" import deadline_chip %}
{% from "components/progress_bar.html" import progress_bar, hatch %}
{% from "components/segment_bar.html" import segment_bar %}
{% from "components/bullet_bar.html" import bullet_bar %}
{% from "components/empty_state.html" import empty_state %}
{% from "components/timeline.html" import timeline %}
{% from "components/track.html" import track %}
{% from "components/breadcrumb.html" import breadcrumb %}
{% from "components/page_head.html" import page_head %}
{% from "components/banner.html" import banner %}
{% from "components/table.html" import table, cell %}
{% for state in task_states %}{{ status_pill(state, 1, 2) }}{% endfor %}
{% for state in deadline_states %}{{ deadline_chip(state, 3) }}{% endfor %}
{{ hatch() }}{{ progress_bar(40, claimed=60, steps=4, label="ทำแล้ว") }}
{{ segment_bar([("done", 2), ("wait", 1), ("none", 4)], "แล้วเสร็จ 2") }}{{ segment_bar([], "ไม่มี") }}
{{ bullet_bar(88.8) }}{{ bullet_bar(None) }}
{% call empty_state("ไม่มีรายการ", hint="รอ") %}<a href="/home">ไป</a>{% endcall %}
{{ timeline([entry]) }}{{ track([stop], "สายการพิจารณา") }}
{{ breadcrumb([("แผน", "/plans/2567")], "มาตรการ") }}{{ page_head("หัวข้อ", under="รอง") }}{{ banner("แล้ว", "success") }}
{% call table("ตาราง", ["ก", ("ข", "num")]) %}
<tr><th scope="row">1</th>{% call cell("ข") %}2{% endcall %}</tr>{% endcall %}
"""


def test_components_draw_every_state(plain_app: Flask) -> None:
    entry = {"at": "15 มี.ค.", "text": "ส่งรายงาน", "kind": "me", "note": "ครั้งที่ 2"}
    stop = SimpleNamespace(name="ส่งพิจารณา", state="done", lines=["เจ้าหน้าที่", "15 มี.ค."])

    drawn = render_template_string(
        ALL_COMPONENTS, task_states=TaskState, deadline_states=DeadlineState, entry=entry, stop=stop
    )

    for words in (*map(label_of, TaskState), *(deadline_words(state, 3) for state in DeadlineState)):
        assert words in drawn
    assert "None" not in drawn
