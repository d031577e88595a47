"""The page on which a coordinator asks after what is late."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.queries.chase import to_chase
from tests.browser import Browser, Form, Page
from tests.factories import TODAY, Cast, a_report, a_task
from tests.factories.many import many_tasks
from tests.statements import counted_statements

LIST = "/chase?year=2567"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: object) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def chosen(page: Page) -> Form:
    return next(form for form in page.forms if form.method == "post" and form.action == "/chase")


def seen(cast: Cast) -> list[str]:
    return [row.seen for row in to_chase(cast.coordinator, 2567, TODAY).ready]


def chased() -> set[int]:
    return set(db.session.scalars(sa.select(Chase.task_id)))


def mails() -> int:
    counted = sa.select(sa.func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == MessageKind.CHASE)
    return db.session.scalars(counted).one()


def test_each_task_stands_under_its_reason_with_who_is_to_act(coordinator: Browser, cast: Cast) -> None:
    a_task(section=cast.section, officers=[cast.officer], due_on=TODAY - timedelta(days=2))

    page = coordinator.get(LIST)

    assert page.heading == "ติดตาม 3 งาน"
    for words in ("เกินกำหนด", "ใกล้ครบกำหนด", "ไม่เคลื่อนไหว 30 วัน", cast.officer.name, "ยังไม่เคยเตือน"):
        assert words in page.words


def test_a_year_without_a_plan_says_that_nothing_is_late(coordinator: Browser) -> None:
    page = coordinator.get("/chase?year=2560")

    assert "ไม่มีรายการล่าช้า" in page.words


def test_what_is_chosen_is_sent_and_the_page_says_to_whom(coordinator: Browser, cast: Cast) -> None:
    form = chosen(coordinator.get(f"{LIST}&chosen=all"))

    page = coordinator.follow(coordinator.submit(form, seen=seen(cast), note="ขอผลก่อนวันศุกร์"))

    assert page.heading == "ส่งอีเมลเตือน 2 ฉบับ"
    assert cast.officer.name in page.words
    assert chased() == {cast.task.id, cast.other_task.id}


def test_home_tells_what_was_asked_today_and_urges_no_more_when_all_was(
    coordinator: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ita_flow.web.home.checklist_shown", lambda: None)  # its next step would be the main button
    coordinator.submit(chosen(coordinator.get(LIST)), seen=seen(cast)[:1])
    some = coordinator.get("/home")
    coordinator.submit(chosen(coordinator.get(LIST)), seen=seen(cast))

    everyone = coordinator.get("/home")

    assert "ต้องเร่งรัด 2 งาน วันนี้ส่งอีเมลเตือนแล้ว 1 งาน" in some.words
    assert "วันนี้ส่งอีเมลเตือนครบทุกงานแล้ว" in everyone.words
    buttons = [["".join(one.itertext()) for one in page.of_class("btn-primary")] for page in (some, everyone)]
    assert buttons == [["เปิดหน้าติดตาม"], ["ดูภาพรวม"]]


def test_the_second_press_sends_nothing_and_gets_the_first_answer(coordinator: Browser, cast: Cast) -> None:
    form, marks = chosen(coordinator.get(LIST)), seen(cast)

    answers = [coordinator.submit(form, seen=marks) for _ in range(2)]

    assert answers[0].goes_to == answers[1].goes_to
    assert mails() == 2


def test_who_was_asked_today_can_not_be_chosen_and_the_row_says_by_whom(coordinator: Browser, cast: Cast) -> None:
    coordinator.submit(chosen(coordinator.get(LIST)), seen=seen(cast))

    page = coordinator.get(LIST)

    assert f"วันนี้ {cast.coordinator.name} สั่งส่งอีเมลเตือนแล้ว" in page.words
    assert "อีเมลติดตาม · รอส่ง" in page.words
    assert "เลือกทั้งหมด" not in page.words


def test_what_changed_meanwhile_is_told_by_its_title(coordinator: Browser, cast: Cast) -> None:
    form, marks = chosen(coordinator.get(LIST)), seen(cast)
    a_report(cast.task, cast.officer)

    page = coordinator.follow(coordinator.submit(form, seen=marks))

    assert page.heading == "ส่งอีเมลเตือน 1 ฉบับ"
    assert cast.task.measure.title in page.words
    assert "มีความคืบหน้าแล้ว" in page.words


def test_nothing_chosen_is_told_and_nothing_typed_is_lost(coordinator: Browser) -> None:
    page = coordinator.submit(chosen(coordinator.get(LIST)), 422, note="ขอผลก่อนวันศุกร์")

    assert "เลือกรายการที่จะส่งอีเมลเตือนอย่างน้อย 1 รายการ" in page.words
    assert "ขอผลก่อนวันศุกร์" in page.text


@pytest.mark.parametrize("how_many", [7, 700])
def test_the_page_costs_a_fixed_number_of_statements(coordinator: Browser, cast: Cast, how_many: int) -> None:
    many_tasks(cast, how_many)
    coordinator.get("/home")
    db.session.expunge_all()

    with counted_statements() as sent:
        coordinator.get(LIST)

    assert len(sent) <= 12, sent


def test_what_no_page_sends_is_refused(coordinator: Browser) -> None:
    coordinator.submit(chosen(coordinator.get(LIST)), 400, seen=["1; DROP TABLE"])

    assert mails() == 0


def test_where_nobody_is_responsible_the_row_leads_to_the_remedy(coordinator: Browser, cast: Cast) -> None:
    for person in (cast.other_officer, cast.other_head, cast.other_director):
        person.is_active = False
    db.session.commit()

    page = coordinator.get(LIST)

    assert "ยังไม่มีผู้รับผิดชอบ" in page.words
    assert "/plans/2567/assign" in page.text


def test_the_text_for_line_names_divisions_and_nobody(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get(LIST)

    text = page.text.split('id="line-text"')[1].split("</textarea>")[0]
    assert "ITA 2567: ต้องเร่งรัด 2 งาน" in text
    assert cast.division.name in text
    assert "openExternalBrowser=1" in text
    assert cast.officer.name not in text


@pytest.mark.parametrize(("narrowed", "count"), [("", 2), ("&reason=silent", 1), ("&reason=due_soon", 1)])
def test_the_text_for_line_leads_to_the_list_that_it_counts(
    coordinator: Browser, cast: Cast, narrowed: str, count: int
) -> None:
    returned = a_task(section=cast.section, due_on=TODAY + timedelta(days=100))
    a_report(returned, cast.officer, ReportState.RETURNED)

    text = coordinator.get(LIST + narrowed).text.split('id="line-text"')[1].split("</textarea>")[0]
    address = unescape(re.findall(r"http://[^/]+(/tasks\S+)", text)[0])

    assert f"ต้องเร่งรัด {count} งาน" in text
    assert len(list(coordinator.get(address).tree.iter("tbody"))[0].findall("tr")) == count


def test_what_another_agency_sent_is_not_shown(browser: Browser, cast: Cast, today: object) -> None:
    browser.sign_in(cast.coordinator)
    sent = browser.submit(chosen(browser.get(LIST)), seen=seen(cast)).goes_to
    browser.sign_in(cast.stranger)

    page = browser.get(f"{sent}&left={cast.task.id}-gone")

    assert page.heading == "ไม่ได้ส่งอีเมลเตือน"
    assert cast.task.measure.title not in page.words
