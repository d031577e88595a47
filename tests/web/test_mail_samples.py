"""ตัวอย่างอีเมล: each mail as it looks, for those who look after reminders and those who audit them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from ita_flow.domain.mail_samples import MailSample
from ita_flow.wording.mail_samples import NAMES
from tests.browser import Browser
from tests.factories import Cast
from tests.letterbox import let_break
from tests.statements import counted_statements

ADDRESS = "/admin/reminders/samples"

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def test_all_mails_are_in_the_list(coordinator: Browser) -> None:
    links = coordinator.get(ADDRESS).links

    assert {links[str(NAMES[sample])] for sample in MailSample} == {
        f"{ADDRESS}/{sample.value}" for sample in MailSample
    }


def test_the_chosen_one_stands_beside_the_list_with_subject_and_text(coordinator: Browser) -> None:
    page = coordinator.get(f"{ADDRESS}/overdue")

    assert "[ITA] เกินกำหนด 1 วัน: 1 มาตรการ" in page.words
    assert "หากส่งรายงานแล้ว ไม่ต้องดำเนินการใด ๆ" in page.words
    current = [link.get("href") for link in page.tree.findall(".//main//a") if link.get("aria-current")]
    assert current == [f"{ADDRESS}/overdue"]


def test_the_mail_itself_stands_in_a_frame_in_which_nothing_runs(coordinator: Browser) -> None:
    (frame,) = coordinator.get(f"{ADDRESS}/overdue").tree.iter("iframe")

    answer = coordinator.get(frame.get("src", "")).response

    assert frame.get("sandbox") == "allow-same-origin"
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; "
        "frame-ancestors 'self'"
    )
    assert "มาตรการที่ท่านรับผิดชอบเกินกำหนดแล้ว" in let_break(answer.text)
    assert "Sarabun-Regular.ttf" in answer.text


def test_an_agency_sees_its_own_name(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.stranger)

    words = browser.get(f"{ADDRESS}/weekly").words

    assert f"{cast.stranger.agency.name} · ITA Flow" in words
    assert cast.agency.name not in words


def test_an_auditor_who_has_no_settings_is_not_led_there(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.auditor)

    assert "/admin" not in browser.get(ADDRESS).links.values()


@pytest.mark.parametrize("name", ["gossip", "INVITE", "invite/text", "%00"])
def test_there_are_no_other_mails(coordinator: Browser, name: str) -> None:
    coordinator.get(f"{ADDRESS}/{name}", 404)


def test_without_a_server_that_can_be_named_the_rest_is_shown(coordinator: Browser, app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url="mail.example.go.th")

    assert f"{ADDRESS}/test" not in coordinator.get(ADDRESS).links.values()
    coordinator.get(f"{ADDRESS}/test", 404)


def test_the_page_asks_the_database_for_little(coordinator: Browser) -> None:
    with counted_statements() as statements:
        coordinator.get(f"{ADDRESS}/weekly")

    assert len(statements) <= 8, "\n".join(statements)
