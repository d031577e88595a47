"""The year at a glance. Every figure opens the list that it counts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from ita_flow.documents.dashboard_csv import csv_of
from ita_flow.domain.permissions import Permission
from ita_flow.queries.dashboard import Overview, most_urgent, overview
from ita_flow.queries.plans import state_of_plan
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.around import day_of_closing, year_asked_for
from ita_flow.web.downloads import csv_to_take
from ita_flow.web.task_filter import FIELDS
from ita_flow.web.year_charts import scores_drawn, strip_of

bp = Blueprint("dashboard", __name__)


@bp.get("/dashboard")
@requires(Permission.DASHBOARD_READ)
def index() -> str:
    seen = _seen()
    if not seen.measures:
        return _page_of_an_empty_year(seen.fiscal_year.buddhist_year)
    return render_template(
        "dashboard/index.html",
        year=seen.fiscal_year.buddhist_year,
        seen=seen,
        urgent=most_urgent(seen),
        now=now(),
        strip=strip_of(seen),
        closed_on=day_of_closing(seen.fiscal_year.buddhist_year),
        **scores_drawn(),
    )


@bp.get("/dashboard.csv")
@requires(Permission.DASHBOARD_READ)
def export() -> Response:
    seen = _seen(_asked("division"))
    year, day = seen.fiscal_year.buddhist_year, today().isoformat()
    return csv_to_take(
        csv_of(seen, now()), f"dashboard {year} {day}.csv", _("ภาพรวม %(year)s %(day)s.csv", year=year, day=day)
    )


def _seen(division: int | None = None) -> Overview:
    """The year and the window in the address; ``division`` narrows them to a division by its id."""
    return overview(actor(), year_asked_for(), today(), window=_asked("window"), division=division)


def _asked(name: str) -> Any:
    """This part of the address, as the lists of tasks read it; None where it says nothing that is."""
    try:
        return FIELDS[name].read(request.args.get(name, "").strip())
    except ValueError:
        return None


def _page_of_an_empty_year(year: int) -> str:
    return render_template(
        "dashboard/empty.html",
        year=year,
        plan_state=state_of_plan(actor().agency, year),
        other_years=[other for other in known_years(actor().agency_id).planned if other != year],
    )
