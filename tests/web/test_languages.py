"""The language of pages: chosen in the menu or before signing in, kept with the person, told by nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from ita_flow.domain.languages import Language
from ita_flow.extensions import db
from ita_flow.web.languages import COOKIE
from ita_flow.workflow.languages import choose_language
from tests.browser import Browser, Page
from tests.factories import NOW, Cast
from tests.record import events_about

CHOOSE, REMEMBER = "/account/language", "/language"
HOME_IN_THAI, HOME_IN_ENGLISH = "งานของฉัน", "My work"

pytestmark = pytest.mark.usefixtures("today")


def language_told(page: Page) -> str | None:
    return page.tree.get("lang")


def press(browser: Browser, page: Page, action: str, to: Language) -> Page:
    """Press the switch of this page."""
    return browser.follow(browser.submit(page.form(action), language=to.value))


def test_pages_are_thai_until_somebody_chooses(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/home", headers={"Accept-Language": "en"})

    assert (language_told(page), page.heading) == ("th", HOME_IN_THAI)


def test_a_person_chooses_english_and_thai_again(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    english = press(browser, browser.get("/home"), CHOOSE, Language.ENGLISH)
    thai = press(browser, english, CHOOSE, Language.THAI)

    assert (language_told(english), english.heading) == ("en", HOME_IN_ENGLISH)
    assert (language_told(thai), thai.heading) == ("th", HOME_IN_THAI)


def test_the_choice_goes_with_the_person_to_any_browser(app: Flask, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)
    press(browser, browser.get("/home"), CHOOSE, Language.ENGLISH)
    elsewhere = Browser(app)

    elsewhere.sign_in(cast.officer)

    assert elsewhere.get("/home").heading == HOME_IN_ENGLISH


def test_the_page_comes_back_with_its_filter(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)
    page = browser.get("/tasks?q=กอง&state=done")

    answer = browser.submit(page.form(CHOOSE), language="en")

    assert answer.goes_to == page.form(CHOOSE).fields["next"][0]
    assert browser.follow(answer).form("/tasks").fields["q"] == ["กอง"]


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/nowhere", ""])
def test_nobody_is_led_away(browser: Browser, cast: Cast, elsewhere: str) -> None:
    browser.sign_in(cast.officer)
    form = browser.get("/home").form(CHOOSE)

    assert browser.submit(form, language="en", next=elsewhere).goes_to == "/home"


def test_before_signing_in_the_browser_remembers(browser: Browser) -> None:
    page = press(browser, browser.get("/sign-in"), REMEMBER, Language.ENGLISH)

    assert (language_told(page), page.heading) == ("en", "Sign in")
    assert language_told(browser.get("/sign-in")) == "en"


def test_what_the_browser_remembers_gives_way_to_the_person(browser: Browser, cast: Cast) -> None:
    press(browser, browser.get("/sign-in"), REMEMBER, Language.ENGLISH)

    browser.sign_in(cast.officer)

    assert language_told(browser.get("/home")) == "th"


@pytest.mark.parametrize("brought", ["de", "", "EN", "th'--"])
def test_a_language_we_do_not_speak_is_not_taken(browser: Browser, cast: Cast, brought: str) -> None:
    browser.client.set_cookie(COOKIE, brought)
    browser.sign_in(cast.officer)
    form = browser.get("/home").form(CHOOSE)

    browser.submit(form, 422, language=brought)

    assert language_told(browser.get("/sign-in")) == "th"
    db.session.refresh(cast.officer)
    assert cast.officer.language is Language.THAI


def test_errors_speak_the_language_of_the_person(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)
    press(browser, browser.get("/home"), CHOOSE, Language.ENGLISH)

    assert language_told(browser.get("/tasks/999999", 404)) == "en"
    assert language_told(browser.get("/admin/people", 403)) == "en"


def test_the_choice_stands_in_the_record_once(cast: Cast) -> None:
    for _again in range(2):
        choose_language(cast.officer, Language.ENGLISH, at=NOW)

    (event,) = events_about(f"user:{cast.officer.id}")
    assert (event["action"], event["after"]) == ("account.language_chosen", {"language": "en"})
