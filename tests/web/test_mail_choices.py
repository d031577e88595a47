"""อีเมลแจ้งเตือนของฉัน: what may be had less often, what always comes, and when the next mail does."""

from __future__ import annotations

import pytest

from ita_flow.domain.notices import MailOption
from ita_flow.queries.mail_choices import declined_by
from tests.browser import Browser, Page
from tests.factories import Cast, a_report, a_task, reminder_rules
from tests.statements import counted_statements

ADDRESS = "/account/notifications"
EMPTY = "ยังไม่มีการแจ้งเตือนใน 30 วันข้างหน้า"

pytestmark = pytest.mark.usefixtures("today")


def page_of(browser: Browser, cast: Cast, name: str) -> Page:
    browser.sign_in(getattr(cast, name))
    return browser.get(ADDRESS)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("officer", {"approved"}),
        ("head", {"awaiting"}),
        ("director", {"awaiting", "weekly"}),
        ("executive", {"awaiting", "monthly"}),
        ("coordinator", {"window", "weekly"}),
    ],
)
def test_people_choose_about_what_comes_to_their_posts(
    browser: Browser, cast: Cast, name: str, offered: set[str]
) -> None:
    fields = page_of(browser, cast, name).form().fields

    assert set(fields) - {"csrf_token", "form_key"} == offered
    assert {value for option in offered for value in fields[option]} == {"usual"}


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_who_has_nothing_to_choose_is_told_why(browser: Browser, cast: Cast, name: str) -> None:
    page = page_of(browser, cast, name)

    assert "ตำแหน่งของท่านได้รับเฉพาะอีเมลที่ปิดไม่ได้" in page.words
    assert "บันทึกการรับอีเมล" not in page.words


def test_what_was_chosen_stands_there_afterwards(browser: Browser, cast: Cast) -> None:
    form = page_of(browser, cast, "director").form()

    page = browser.follow(browser.submit(form, awaiting="weekly"))

    assert "บันทึกการรับอีเมลแล้ว" in page.words
    assert page.form().fields["awaiting"] == ["weekly"]
    assert page.form().fields["weekly"] == ["usual"]
    assert declined_by(cast.director) == {MailOption.AWAITING}


@pytest.mark.parametrize("sent", ["off", "never", ""])
def test_what_is_not_offered_is_refused(browser: Browser, cast: Cast, sent: str) -> None:
    form = page_of(browser, cast, "head").form()

    page = browser.submit(form, 422, awaiting=sent)

    assert page.errors == ["เลือกว่าจะรับอีเมลนี้อย่างไร"]
    assert not declined_by(cast.head)


def test_mails_that_others_get_cannot_be_chosen_by_sending_more(browser: Browser, cast: Cast) -> None:
    form = page_of(browser, cast, "officer").form()

    browser.submit(form, approved="off", monthly="off")

    assert declined_by(cast.officer) == {MailOption.APPROVED}


def test_the_next_mail_is_told_with_its_weekday_and_hour(browser: Browser, cast: Cast) -> None:
    reminder_rules(cast.agency)

    assert "ฉบับถัดไปจ. 18 มี.ค. 2567 08:30 น." in page_of(browser, cast, "officer").words


def test_without_a_mail_in_sight_it_says_so(browser: Browser, cast: Cast) -> None:
    reminder_rules(cast.agency)

    assert EMPTY in page_of(browser, cast, "auditor").words


@pytest.mark.parametrize(("name", "is_shown"), [("director", True), ("officer", False)])
def test_who_holds_a_seat_is_led_to_naming_somebody(browser: Browser, cast: Cast, name: str, is_shown: bool) -> None:
    main = page_of(browser, cast, name).tree.find(".//main")

    assert main is not None
    assert any(link.get("href") == "/admin/acting" for link in main.iter("a")) is is_shown


def test_the_page_is_in_the_menu_of_the_person(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    assert browser.get("/home").links["อีเมลแจ้งเตือนของฉัน"] == ADDRESS


def test_the_choice_is_told_in_words_in_the_record(browser: Browser, cast: Cast) -> None:
    browser.submit(page_of(browser, cast, "coordinator").form(), weekly="off")

    words = browser.get("/activity").words

    assert "เลือกรับอีเมลแจ้งเตือน" in words
    assert "สรุปประจำสัปดาห์" in words


@pytest.mark.parametrize("tasks", [1, 20])
def test_the_page_costs_the_same_for_any_number_of_tasks(browser: Browser, cast: Cast, tasks: int) -> None:
    reminder_rules(cast.agency)
    for _number in range(tasks):
        a_report(a_task(section=cast.section, officers=[cast.officer]), cast.officer)
    browser.sign_in(cast.officer)

    with counted_statements() as statements:
        browser.get(ADDRESS)

    assert len(statements) <= 17, "\n".join(statements)
