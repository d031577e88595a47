"""The list of measures and their tasks, and the page of one task."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from ita_flow.domain.permissions import Permission
from ita_flow.queries.progress_reports import may_open_submitted
from ita_flow.queries.seats import has_the_turn
from ita_flow.queries.task_details import task_details
from ita_flow.queries.task_lists import task_page
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.chain import Way, deciding_as, way_of
from ita_flow.web.task_chips import chips, heads
from ita_flow.web.task_dates import dates_of
from ita_flow.web.task_filter import choices, list_asked_for
from ita_flow.wording import history
from ita_flow.workflow.approval_seats import chain_of
from ita_flow.workflow.progress_reports import may_report

bp = Blueprint("tasks", __name__, url_prefix="/tasks")


@bp.get("")
@requires(Permission.TASK_READ)
def index() -> str:
    seen = list_asked_for(actor(), request.args, today())
    return render_template(
        "tasks/index.html",
        asked=seen.asked,
        chosen=seen.asked.chosen,
        page=task_page(actor(), seen.asked.wanted, seen.asked.page, today()),
        chips=chips(seen.asked, seen.names),
        heads=heads(seen.asked),
        choices=choices(seen.divisions),
        years=known_years(actor().agency_id).planned,
    )


@bp.get("/<int:task_id>")
@requires(Permission.TASK_READ)
def show(task_id: int) -> str:
    details = task_details(actor(), task_id, today())
    if details is None:
        abort(404)
    is_open = details.row.is_open and not details.is_replaced
    return render_template(
        "tasks/show.html",
        details=details,
        row=details.row,
        task=details.task,
        may_report=is_open and may_report(details.task, actor(), now()),
        may_edit=is_open and not details.row.is_submitted and actor().may(Permission.PLAN_WRITE, today()),
        may_decide=has_the_turn(actor(), details.row.report, details.holders),
        deciding_as=deciding_as(actor(), details.row.report, details.holders),
        dates=dates_of(details.row),
        may_open_evidence=may_open_submitted(details.task, actor(), today()),
        way=way_of(details.submitted[0], details.holders) if details.submitted else Way(),
        chain=chain_of(details.task).seats,
        told=[history.told(entry) for entry in details.history],
    )
