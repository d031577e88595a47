"""After a refused deed the request only reads, whatever kind of refusal it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ita_flow.database import READ_ONLY
from ita_flow.domain.refusals import Incomplete, Invalid, Refusal, Stale
from ita_flow.extensions import db
from ita_flow.web.once import once
from tests.browser import Browser
from tests.factories import Cast


@pytest.mark.parametrize(
    "refusal",
    [Invalid("agency_needs_a_name"), Incomplete([Invalid("agency_needs_a_name")]), Stale("someone_was_quicker")],
)
def test_a_page_after_a_refused_deed_is_made_by_reading(
    browser: Browser, cast: Cast, today: date, monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    del today
    browser.sign_in(cast.administrator)
    form = browser.get("/admin/agency").form()
    are_reading = []

    def refused(*_: Any, **__: Any) -> None:
        raise refusal

    def watched(deed: Any) -> str:
        try:
            return once(deed)
        except Refusal:
            are_reading.append(bool(db.session.connection().get_execution_options().get(READ_ONLY)))
            raise

    monkeypatch.setattr("ita_flow.web.agency.describe", refused)
    monkeypatch.setattr("ita_flow.web.agency.once", watched)
    browser.submit(form, 409 if isinstance(refusal, Stale) else 422)

    assert are_reading == [True]
