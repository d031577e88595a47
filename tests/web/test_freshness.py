"""What an open page is told of the tasks on it, and what asking does not do."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from ita_flow.domain.approvals import Seen
from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.models.accounts import SignIn
from ita_flow.workflow import approvals, progress_reports
from tests.browser import Browser
from tests.factories import NOW, Cast, a_report
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")


def watched(browser: Browser, path: str) -> str:
    """The address that the page asks."""
    page = browser.get(path)
    (element,) = (element for element in page.tree.iter() if element.get("data-fresh"))
    return element.get("data-fresh") or ""


def changes(browser: Browser, address: str) -> list[dict[str, object]]:
    answer = browser.get(address, 200)
    told: list[dict[str, object]] = json.loads(answer.text)
    return told


def signed_in(browser: Browser, cast: Cast, name: str) -> Browser:
    browser.sign_in(getattr(cast, name))
    return browser


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("head", "/approvals"),
        ("head", "/approvals/confirm?report={report}"),
        ("officer", "/tasks/{task}/reports/1"),
        ("officer", "/tasks/{other}/update"),
        ("coordinator", "/tasks/{other}/edit"),
        ("coordinator", "/plans/2567/assign"),
    ],
)
def test_nothing_is_told_while_nothing_changes(browser: Browser, cast: Cast, name: str, path: str) -> None:
    report = a_report(cast.task, cast.officer)
    person = cast.other_officer if path.startswith("/tasks/{other}/update") else getattr(cast, name)
    browser.sign_in(person)
    address = watched(browser, path.format(report=report.id, task=cast.task.id, other=cast.other_task.id))

    assert browser.get(address, 204).text == ""


def test_a_withdrawal_is_told_with_who_and_when(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    address = watched(signed_in(browser, cast, "head"), "/approvals")

    progress_reports.withdraw(report, 1, actor=cast.officer, at=NOW)
    db.session.commit()

    (told,) = changes(browser, address)
    assert told["task"] == cast.task.id
    assert str(told["sentence"]).startswith(f"{cast.officer.name} ดึงกลับรายงานครั้งที่ 1 เมื่อ")


def test_a_decision_of_somebody_else_is_told(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    address = watched(signed_in(browser, cast, "officer"), f"/tasks/{cast.task.id}/reports/1")

    approvals.approve(report, Seen(1, 1), actor=cast.head, at=NOW)
    db.session.commit()

    (told,) = changes(browser, address)
    assert "เห็นชอบรายงานครั้งที่ 1" in str(told["sentence"])


def test_a_draft_is_told_only_to_those_who_may_see_it(browser: Browser, cast: Cast) -> None:
    address = watched(signed_in(browser, cast, "colleague"), f"/tasks/{cast.task.id}/update")
    report = progress_reports.open_report(cast.task, cast.officer, NOW)
    progress_reports.save(report, progress_reports.claim_of(report), actor=cast.officer, at=NOW)
    db.session.commit()

    assert "บันทึกร่าง" in str(changes(browser, address)[0]["sentence"])
    browser.sign_in(cast.other_officer)
    assert browser.get(address, 204).text == ""


def test_strangers_are_told_nothing(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    progress_reports.withdraw(report, 1, actor=cast.officer, at=NOW)
    db.session.commit()
    browser.sign_in(cast.stranger)

    assert browser.get(f"/fresh?recorded=0&task={cast.task.id}", 204).text == ""


@pytest.mark.parametrize(
    "query", ["", "?recorded=0", "?task=1", "?recorded=x&task=1", f"?recorded={10**30}&task={10**30}"]
)
def test_odd_questions_get_no_answer(browser: Browser, cast: Cast, query: str) -> None:
    browser.sign_in(cast.officer)

    assert browser.get(f"/fresh{query}", 204).text == ""


def test_asking_keeps_no_session_alive(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    address = watched(signed_in(browser, cast, "head"), "/approvals")
    sign_in = db.session.query(SignIn).filter_by(user_id=cast.head.id).order_by(SignIn.id.desc()).first()
    assert sign_in is not None
    sign_in.seen_at = long_ago = real_now() - timedelta(minutes=20)
    db.session.commit()

    browser.get(address, 204)

    db.session.refresh(sign_in)
    assert sign_in.seen_at == long_ago
    browser.get("/approvals")
    db.session.refresh(sign_in)
    assert sign_in.seen_at > long_ago


def test_asking_is_cheap(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    address = watched(signed_in(browser, cast, "head"), "/approvals")

    with counted_statements() as statements:
        browser.get(address, 204)

    assert len(statements) == 3, "\n".join(statements)  # the session, its posts, the record
    assert urlsplit(address).path == "/fresh"
