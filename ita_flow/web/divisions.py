"""One division as its director sees it. Every figure opens the list that it counts."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.queries.divisions import DivisionView, division_view
from ita_flow.queries.hand_overs import reach_of
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.around import day_of_closing, year_asked_for

bp = Blueprint("divisions", __name__, url_prefix="/dashboard/divisions")


@bp.get("/<int:division_id>")
@requires(Permission.DASHBOARD_READ)
def show(division_id: int) -> str:
    view = division_view(actor(), division_id, year_asked_for(), today())
    if view is None:
        abort(404)
    return render_template(
        "divisions/show.html",
        view=view,
        seen=view.seen,
        year=view.seen.fiscal_year.buddhist_year,
        closed_on=day_of_closing(view.seen.fiscal_year.buddhist_year),
        may_hand_over=_may_hand_over(view),
        now=now(),
    )


def _may_hand_over(view: DivisionView) -> bool:
    """Whether whoever looks may hand over the work of the people of this division."""
    if not actor().may(Permission.TASK_HAND_OVER, today()):
        return False
    return reach_of(actor(), today()).covers(view.division.id)
