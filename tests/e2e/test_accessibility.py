"""Every kind of page under axe, wide and on a phone: nobody is kept out by how a page is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from ita_flow.config import Settings
from ita_flow.domain.languages import Language
from tests.e2e.every_page import come_in, every_page, let_everybody_read, more_states, visit
from tests.factories import Cast
from tests.intake.documents import report
from tests.served import served
from tests.web.office import Office, an_office

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
"""The pages are the same on both databases."""

WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
"""Each language at one of them: both say the same things in the same places."""

VIOLATIONS_ALONE = {"resultTypes": ["violations"]}
"""Every rule is asked; of those that hold, no list of elements is put together."""


@pytest.fixture
def office(app: Flask, cast: Cast) -> Office:
    return an_office(app, cast)


def violations_on(page: Page) -> list[str]:
    page.wait_for_load_state()
    found = Axe().run(page, options=VIOLATIONS_ALONE).response["violations"]
    return [f"{page.url} {page.viewport_size}: {one['id']} at {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize(("place", "language", "size"), [(0, Language.THAI, WIDE), (1, Language.ENGLISH, PHONE)])
def test_axe_finds_nothing_on_any_page(
    page: Page,
    settings: Settings,
    office: Office,
    cast: Cast,
    every: int,
    place: int,
    language: Language,
    size: ViewportSize,
) -> None:
    visits, found = every_page(office, more_states(cast))[place % every :: every], list[str]()
    let_everybody_read(language)
    page.set_viewport_size(size)

    with served(settings) as server:
        for seen in visit(page, server, office, visits, language):
            assert page.locator("html").get_attribute("lang") == language, seen
            found += violations_on(page)

    assert found == []


def test_axe_finds_nothing_on_a_form_that_is_wrong_and_on_a_document_that_was_read(
    page: Page, settings: Settings, office: Office, tmp_path: Path
) -> None:
    document, found = tmp_path / "plan.txt", list[str]()
    document.write_text(report(), encoding="utf-8")

    def look() -> None:
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            found.extend(violations_on(page))

    with served(settings) as server:
        come_in(page, server, office, "other_officer")
        page.goto(server.address + f"/tasks/{office.value('other_task')}/update")
        page.get_by_role("button", name="บันทึกและส่งพิจารณา").click()
        expect(page.get_by_role("alert")).to_be_focused()
        look()
        come_in(page, server, office, "coordinator")
        page.goto(server.address + "/plans/2568/import")
        page.get_by_label("ไฟล์แผนของหน่วยงาน").set_input_files(document)
        page.get_by_role("button", name="ตรวจสอบไฟล์").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("อ่านได้ครบ 7 ประเด็น")
        look()

    assert found == []
