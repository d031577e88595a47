"""The life of a plan in the hands of somebody who means no good, or has no luck."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import OitItem
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.plans import plan_of
from ita_flow.workflow import amendments, endings, extensions, plan_approval, proposals
from tests.browser import Browser, Page
from tests.factories import NOW, TODAY, Cast, a_task, one_commit
from tests.web.test_access import fingerprint
from tests.web.test_attacks import LARGE_NUMBERS, SCRIPT, _look_for_foreign_parts

pytestmark = pytest.mark.usefixtures("today")

LATER = date(2024, 8, 30)
NO_LINKS = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https:/\\evil.example",
    "//evil.example",
    "https://example.go.th@evil.example/",
    "https://example.go.th:99999/",
    "https://example.go.th/ evil",
    f"https://{'a' * 10_000}.example/",
    "\u200b\u2060",
]


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.mark.parametrize("number", LARGE_NUMBERS, ids=lambda number: f"{str(number)[:6]}…")
def test_a_version_beyond_all_rows_is_not_there(coordinator: Browser, number: object) -> None:
    coordinator.get(f"/plans/2567?version={number}", 404)
    coordinator.get(f"/plans/2567/assign?version={number}")


@pytest.mark.parametrize("number", [-1, 2**31, 2**63, 10**30])
def test_a_wish_beyond_all_rows_is_not_there(browser: Browser, cast: Cast, number: int) -> None:
    browser.sign_in(cast.officer)

    fields = {"wish": number, "form_key": "once-and-only"}
    browser.post(f"/tasks/{cast.task.id}/extension/withdrawal", fields, status=404)


def test_nobody_gets_the_form_of_others_by_sending_it_empty(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.other_officer)

    browser.post(f"/tasks/{cast.task.id}/extension", {"form_key": "once-and-only"}, status=403)


@pytest.mark.parametrize("link", NO_LINKS, ids=lambda link: repr(link[:30]))
def test_a_plan_is_published_at_no_such_address(coordinator: Browser, cast: Cast, link: str) -> None:
    form = coordinator.get("/plans/2567/publication").form()

    page = coordinator.submit(form, 422, link=link)

    assert page.errors
    assert cast.task.measure.plan.state is PlanState.APPROVED


@pytest.mark.parametrize(
    "text",
    [
        "2567,O1,x\n" * 1_500,
        f"2567,O{'9' * 5000},x\n",
        '2567,O1,"' + "ก" * 140_000 + '"\n',
        "2567,O1-O43,x\n",
        "\n" * 500,
    ],
    ids=["rows", "code", "cell", "range", "nothing"],
)
def test_a_catalogue_that_cannot_be_one_is_refused_in_words(coordinator: Browser, text: str) -> None:
    fields = {"text": f"ปี,รหัส,ชื่อข้อ\n{text}", "form_key": "once-and-only"}

    for door in ("/items/import", "/items/import/confirmation"):
        coordinator.post(door, fields, status=422)

    assert not db.session.scalars(sa.select(OitItem)).all()


def test_no_text_of_the_life_of_a_plan_becomes_a_part_of_a_page(app: Flask, cast: Cast) -> None:
    """With a version replaced, one proposed, a wish that waits and a task that was cancelled; and no page writes."""
    _live(cast)
    coordinator, officer = Browser(app), Browser(app)
    coordinator.sign_in(cast.coordinator)
    officer.sign_in(cast.officer)
    before, seen = fingerprint(), 0

    for browser, addresses in ((coordinator, _addresses()), (officer, _addresses_of_tasks())):
        for address in addresses:
            answer = browser.client.get(address)
            assert answer.status_code < 500, address
            if answer.status_code == 200:
                page = Page(answer, address)
                _look_for_foreign_parts(page)
                seen += SCRIPT[:9] in "".join(page.tree.itertext())

    assert seen > 10
    assert fingerprint() == before


def _live(cast: Cast) -> None:
    with one_commit():
        for measure in cast.task.measure.plan.measures:
            if measure not in (cast.task.measure, cast.other_task.measure):
                a_task(measure, section=cast.section, officers=[cast.officer])
    wished, cancelled = cast.task.id, cast.other_task.id
    _amend(cast, is_approved=True)
    with transaction():
        extensions.ask(db.session.get_one(Task, wished), LATER, SCRIPT, actor=cast.officer, at=NOW)
        endings.cancel_task(db.session.get_one(Task, cancelled), SCRIPT, actor=cast.coordinator, at=NOW)
    with transaction():
        db.session.get_one(Task, cancelled).measure.plan.measures[0].title = SCRIPT
    _amend(cast, is_approved=False)


def _amend(cast: Cast, *, is_approved: bool) -> None:
    with transaction():
        plan = plan_of(cast.agency, 2567)
        assert plan is not None
        amendment = amendments.begin(plan, SCRIPT, actor=cast.coordinator, at=NOW)
        if is_approved:
            seen = seen_plan(amendment)
            plan_approval.approve_on_paper(amendment, TODAY, SCRIPT, seen=seen, actor=cast.coordinator, at=NOW)
        else:
            proposals.propose_plan(amendment, seen=seen_plan(amendment), actor=cast.coordinator, at=NOW)


def _addresses() -> Iterator[str]:
    plan, tasks = "/plans/2567", db.session.scalars(sa.select(Task.id).order_by(Task.id)).all()
    yield from (plan, f"{plan}?version=1", f"{plan}?version=3", f"{plan}/assign?version=3")
    yield from (
        f"{plan}/{room}" for room in ("amendment", "amendment/2", "amendment/3", "amendment/removal", "closing")
    )
    yield from (f"{plan}/{room}" for room in ("proposal", "publication", "roll-forward", "items", "assign", "approval"))
    yield from (f"/proposals/{number}" for number in db.session.scalars(sa.select(Proposal.id)))
    yield from ("/approvals", "/home", "/activity", "/tasks?state=cancelled", "/notifications", "/items/2566")
    yield from (f"/tasks/{task}/{room}" for task in tasks[:2] for room in ("cancellation", "reopening", "edit"))


def _addresses_of_tasks() -> Iterator[str]:
    """Of one in force, of one that a version before has kept, and of a copy in the amendment."""
    tasks = db.session.scalars(sa.select(Task.id).order_by(Task.id)).all()
    for task in (tasks[0], tasks[1], tasks[len(tasks) // 2], tasks[-1]):
        yield from (f"/tasks/{task}", f"/tasks/{task}/extension", f"/tasks/{task}/update")
