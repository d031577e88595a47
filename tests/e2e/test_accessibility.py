"""Every kind of page under axe, wide and on a phone: nobody is kept out by how a page is made."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ita_flow.config import Settings
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from tests.e2e.test_walk import sign_in, sign_out
from tests.factories import Cast, a_report, a_task
from tests.served import served

pytestmark = [pytest.mark.browser]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
OF_THE_OFFICER = (
    "/home",
    "/tasks?year=2567",
    "/tasks/{task}",
    "/tasks/{task}/update",
    "/tasks/{returned}/update",
    "/tasks/{submitted}/reports/1",
    "/dashboard?year=2567",
    "/plans/2567",
)


@pytest.fixture
def places(cast: Cast) -> dict[str, int]:
    """Tasks in the states that change what a page shows."""
    returned, submitted = (a_task(section=cast.section, officers=[cast.officer]) for _ in range(2))
    a_report(returned, cast.officer, state=ReportState.RETURNED)
    a_report(submitted, cast.officer)
    return {"task": cast.task.id, "returned": returned.id, "submitted": submitted.id}


def violations_on(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {page.viewport_size}: {one['id']} at {one['nodes'][0]['target']}" for one in found]


def test_axe_finds_nothing(page: Page, settings: Settings, cast: Cast, places: dict[str, int]) -> None:
    officer, head = cast.officer.email, cast.head.email
    found: list[str] = []
    db.session.rollback()

    def look(addresses: tuple[str, ...]) -> None:
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for address in addresses:
                page.goto(server.address + address.format(**places))
                found.extend(violations_on(page))

    with served(settings) as server:
        look(("/sign-in",))
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        sign_in(page, server, officer)
        look(OF_THE_OFFICER)
        sign_out(page)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        sign_in(page, server, head)
        look(("/approvals",))

    assert found == []
