"""Plans as other offices lay them out, brought in by the page."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from ita_flow.domain.permissions import Role
from tests.browser import Browser
from tests.factories import a_user, an_agency
from tests.intake.layouts import LAYOUTS, Layout
from tests.intake.makers import MAKERS
from tests.intake.records import agency_of, said_by_the_layout, said_in_the_records

IN_TURN = [(layout, list(MAKERS)[place % len(MAKERS)]) for place, layout in enumerate(LAYOUTS)]
"""Every layout once, every kind of file at least once: by command each layout is read in each kind."""


@pytest.mark.parametrize(("layout", "file_name"), IN_TURN, ids=lambda one: getattr(one, "name", one))
def test_a_plan_in_another_layout_comes_in_exactly_by_the_page(
    app: Flask, browser: Browser, layout: Layout, file_name: str
) -> None:
    agency = an_agency(agency_of(layout), code="rimthan")
    browser.sign_in(a_user(agency, role=Role.COORDINATOR))
    document = (io.BytesIO(MAKERS[file_name](layout.blocks)), file_name)

    preview = browser.follow(browser.submit(browser.get(f"/plans/{layout.year}/import").form(), file=document))
    answer = browser.submit(preview.form())

    assert answer.goes_to == f"/plans/{layout.year}"
    assert said_in_the_records() == said_by_the_layout(layout)
