"""Every kind of page under axe, wide and on a phone: nobody is kept out by how a page is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import Seat
from ita_flow.domain.scoring import TOP
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.mail.unsubscribing import token_of
from ita_flow.models.assessments import Assessment
from tests.e2e.test_walk import sign_in, sign_out
from tests.factories import Cast, a_report, a_task, an_acting_order
from tests.intake.documents import report
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
"""The pages are the same on both databases."""

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


OF_THE_COORDINATOR = (
    "/account/notifications",
    "/home",
    "/admin",
    "/admin/acting",
    "/admin/acting/new",
    "/admin/acting/{acting_order}",
    "/admin/agency",
    "/admin/holidays",
    "/admin/mail",
    "/admin/units",
    "/admin/units/{division}",
    "/admin/units/{division}/merging",
    "/admin/units/new",
    "/admin/people",
    "/admin/people/{officer}",
    "/admin/people/{officer}/posts/new",
    "/admin/people/{officer}/posts/{post}",
    "/admin/people/import",
    "/admin/people/new",
    "/admin/reminders",
    "/admin/reminders/rules",
    "/admin/reminders/samples/weekly",
    "/admin/reminders/windows/2567",
    "/plans/2567",
    "/plans/2567/approval",
    "/plans/2567/areas/1/edit",
    "/plans/2567/assign",
    "/plans/2567/import",
    "/plans/2567/limitations",
    "/plans/2567/measures/{measure}/edit",
    "/plans/2567/measures/{measure}/removal",
    "/plans/2567/measures/new",
    "/plans/2568/start",
    "/scores/2566/edit",
    "/scores/2566/findings/new",
    "/scores/new",
    "/tasks/{task}/edit",
)


@pytest.fixture
def places(cast: Cast) -> dict[str, int | str]:
    """Tasks in the states that change what a page shows."""
    returned, submitted = (a_task(section=cast.section, officers=[cast.officer]) for _ in range(2))
    a_report(returned, cast.officer, state=ReportState.RETURNED)
    a_report(submitted, cast.officer)
    db.session.add(Assessment(agency_id=cast.agency.id, year=2566, level=TOP))
    db.session.commit()
    return {
        "task": cast.task.id,
        "returned": returned.id,
        "submitted": submitted.id,
        "division": cast.division.id,
        "officer": cast.officer.id,
        "post": cast.officer.memberships[0].id,
        "measure": cast.task.measure_id,
        "acting_order": an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director).id,
        "unsubscription": token_of(cast.director.id, [MailOption.AWAITING, MailOption.WEEKLY]),
    }


def violations_on(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {page.viewport_size}: {one['id']} at {one['nodes'][0]['target']}" for one in found]


def test_axe_finds_nothing(page: Page, settings: Settings, cast: Cast, places: dict[str, int | str]) -> None:
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
        look(("/sign-in", "/unsubscribe/{unsubscription}"))
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        sign_in(page, server, officer)
        look(OF_THE_OFFICER)
        sign_out(page)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        sign_in(page, server, head)
        look(("/approvals", "/approvals?chosen=ready", "/approvals/confirm"))

    assert found == []


def test_axe_finds_nothing_on_the_desk(
    page: Page, settings: Settings, cast: Cast, places: dict[str, int | str], tmp_path: Path
) -> None:
    coordinator, found = cast.coordinator.email, list[str]()
    document = tmp_path / "plan.txt"
    document.write_text(report(), encoding="utf-8")
    db.session.rollback()

    def look() -> None:
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found.extend(violations_on(page))

    with served(settings) as server:
        sign_in(page, server, coordinator)
        for address in OF_THE_COORDINATOR:
            answer = page.goto(server.address + address.format(**places))
            assert answer
            assert answer.status == 200, address
            look()
        page.goto(server.address + "/plans/2568/import")
        page.get_by_label("ไฟล์แผนของหน่วยงาน").set_input_files(document)
        page.get_by_role("button", name="ตรวจสอบไฟล์").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("อ่านได้ครบ 7 ประเด็น")
        look()

    assert found == []
