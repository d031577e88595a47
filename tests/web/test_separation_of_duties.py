"""Nobody decides on their own work by a form that a browser sends, be it a page's, a list's, or one of long ago."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from ita_flow.models.progress_reports import ProgressReport
from ita_flow.workflow.audit import broken_chains
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast, a_report, a_task
from tests.ways_round import CONFLICT, FORBIDDEN, LATE, NOT_FOUND, WAYS, Attempt, Way, all_decided

# Forms are the same on both databases; the deeds and the SQL are tried on each in ``tests/workflow/``.
pytestmark = [pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

ALL_WAYS = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
_keys = (f"a-form-of-its-own-{number}" for number in count())


@pytest.fixture(autouse=True)
def _it_is_that_day(today: date) -> None:
    """Posts and orders begin and end around it."""
    del today


def sent(browser: Browser, attempt: Attempt, deed: str, status: int, key: str | None = None) -> Page:
    """The form of this deed, as the page of somebody whose turn it is would send it."""
    fields = {"version": attempt.version, "seat_number": attempt.place, "form_key": key or next(_keys)}
    words = {"comment": "ขอภาพถ่าย"} if deed == "return" else {}
    return browser.post(f"/approvals/{attempt.report.id}/{deed}", {**fields, **words}, status)


def bulk(browser: Browser, *chosen: str, status: int) -> Page:
    return browser.post("/approvals/bulk", {"seen": list(chosen), "form_key": next(_keys)}, status)


def as_chosen(attempt: Attempt) -> str:
    return f"{attempt.report.id}-{attempt.version}-{attempt.place}"


@ALL_WAYS
def test_who_must_not_decide_is_refused_and_the_twin_may(browser: Browser, cast: Cast, way: Way) -> None:
    attempt = way(cast)
    before = all_decided()
    browser.sign_in(attempt.by)

    for deed in ("approval", "return"):
        sent(browser, attempt, deed, attempt.status)

    assert (all_decided(), list(broken_chains())) == (before, [])
    browser.sign_in(attempt.lawful)
    sent(browser, attempt, "approval", 303)
    assert all_decided() != before


@ALL_WAYS
def test_nothing_is_smuggled_in_among_many(browser: Browser, cast: Cast, way: Way) -> None:
    attempt = way(cast)
    before = all_decided()
    browser.sign_in(attempt.by)
    may_decide_at_all = any(membership.seat for membership in attempt.by.memberships if membership.is_held_on(TODAY))

    bulk(browser, as_chosen(attempt), status=CONFLICT if may_decide_at_all else FORBIDDEN)

    assert all_decided() == before
    browser.sign_in(attempt.lawful)
    bulk(browser, as_chosen(attempt), status=303)


def test_of_many_only_what_is_theirs_goes_through(browser: Browser, cast: Cast) -> None:
    own = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])
    decided = a_report(a_task(section=cast.section), cast.officer, approvals=1)
    ready = a_report(a_task(section=cast.section), cast.officer)
    elsewhere = a_report(cast.strange_task, cast.stranger)
    browser.sign_in(cast.head)

    bulk(browser, *(f"{one.id}-1-1" for one in (own, decided, ready, elsewhere)), status=CONFLICT)

    assert [standing(one) for one in (own, decided, ready, elsewhere)] == [0, 1, 1, 0]


def standing(report: ProgressReport) -> int:
    return len(report.versions[-1].standing)


@pytest.mark.parametrize("way", LATE)
def test_a_form_of_an_earlier_version_or_seat_decides_nothing(browser: Browser, cast: Cast, way: Way) -> None:
    attempt = way(cast)
    before = all_decided()
    browser.sign_in(attempt.by)

    for deed in ("approval", "return"):
        sent(browser, attempt, deed, attempt.status)

    assert all_decided() == before


@pytest.fixture
def waiting(cast: Cast) -> Attempt:
    """A report that waits for the head."""
    return Attempt(a_report(cast.task, cast.officer), cast.officer, cast.head, "")


def test_a_form_that_is_sent_twice_decides_once(browser: Browser, waiting: Attempt) -> None:
    browser.sign_in(waiting.lawful)

    for _ in range(2):
        sent(browser, waiting, "approval", 303, key="the-same-form")

    assert standing(waiting.report) == 1
    decided = all_decided()
    sent(browser, waiting, "approval", CONFLICT, key="another-form")
    assert all_decided() == decided


@pytest.mark.parametrize("key", ["the-same-form", "another-form"])
def test_the_form_of_another_person_decides_nothing(browser: Browser, cast: Cast, waiting: Attempt, key: str) -> None:
    browser.sign_in(cast.head)
    sent(browser, waiting, "approval", 303, key="the-same-form")
    decided = all_decided()

    for person, status in ((cast.director, CONFLICT), (cast.officer, FORBIDDEN), (cast.other_head, CONFLICT)):
        browser.sign_in(person)
        sent(browser, waiting, "approval", status, key=key)

    assert all_decided() == decided


def test_a_link_alone_decides_nothing(browser: Browser, waiting: Attempt) -> None:
    before = all_decided()
    browser.sign_in(waiting.lawful)

    for deed in ("approval", "return"):
        browser.get(f"/approvals/{waiting.report.id}/{deed}?version=1&seat_number=1&form_key=once-and-only", 405)

    assert all_decided() == before


def test_the_decision_of_another_is_not_theirs_to_take_back(browser: Browser, cast: Cast, waiting: Attempt) -> None:
    browser.sign_in(cast.head)
    sent(browser, waiting, "approval", 303)
    (decision,) = waiting.report.versions[0].decisions
    address, decided = f"/approvals/decisions/{decision.id}/undo", all_decided()

    for person, status in ((cast.director, NOT_FOUND), (cast.other_head, NOT_FOUND), (cast.officer, FORBIDDEN)):
        browser.sign_in(person)
        browser.post(address, {"form_key": next(_keys)}, status)

    assert all_decided() == decided
    browser.sign_in(cast.head)
    browser.post(address, {"form_key": next(_keys)})
    assert standing(waiting.report) == 0
