"""The year at a glance. Every figure opens the list that it counts."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.queries.dashboard import overview
from ita_flow.queries.plans import state_of_plan, year_to_show
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, now, requires, today

bp = Blueprint("dashboard", __name__, url_prefix="/dashboard")


@bp.get("")
@requires(Permission.DASHBOARD_READ)
def index() -> str:
    year = _asked_year() or year_to_show(actor().agency, today())
    seen = overview(actor(), year, today())
    if not seen.measures:
        return _page_of_an_empty_year(year)
    return render_template("dashboard/index.html", year=year, seen=seen, now=now())


def _asked_year() -> int | None:
    """The year (BE) in the address, if it is one."""
    try:
        return FiscalYear(int(request.args.get("year", ""))).buddhist_year
    except ValueError:
        return None


def _page_of_an_empty_year(year: int) -> str:
    return render_template(
        "dashboard/empty.html",
        year=year,
        plan_state=state_of_plan(actor().agency, year),
        other_years=[other for other in known_years(actor().agency_id).planned if other != year],
    )
