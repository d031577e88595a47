"""The list of measures and their tasks, and the page of one task."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import IN_FORCE, PLAN_TRANSITIONS, PlanDeed, TaskState
from ita_flow.queries.endings import ended_on
from ita_flow.queries.progress_reports import may_open_submitted
from ita_flow.queries.seats import has_the_turn
from ita_flow.queries.task_details import TaskDetails, task_details
from ita_flow.queries.task_lists import task_page
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.around import day_of_closing
from ita_flow.web.chain import Way, deciding_as, way_of
from ita_flow.web.extension_parts import may_ask, wish_shown
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
    page = task_page(actor(), seen.asked.wanted, seen.asked.page, today())
    return render_template(
        "tasks/index.html",
        asked=seen.asked,
        chosen=seen.asked.chosen,
        page=page,
        ended=ended_on(actor().agency_id, page.ended_tasks),
        chips=chips(seen.asked, seen.names),
        heads=heads(seen.asked),
        choices=choices(seen.divisions),
        years=known_years(actor().agency_id).planned,
        closed_on=day_of_closing(seen.asked.chosen.year),
    )


@bp.get("/<int:task_id>")
@requires(Permission.TASK_READ)
def show(task_id: int) -> str:
    details = task_details(actor(), task_id, today())
    if details is None:
        abort(404)
    is_open = details.row.is_open and not details.is_replaced
    wish = wish_shown(details)
    may_edit = is_open and not details.row.is_submitted and actor().may(Permission.PLAN_WRITE, today())
    return render_template(
        "tasks/show.html",
        details=details,
        row=details.row,
        task=details.task,
        may_report=is_open and may_report(details.task, actor(), now()),
        may_reopen=_may_reopen(details),
        ended_on=details.ended_on,
        may_edit=may_edit,
        may_rewrite=may_edit and (details.row.measure.plan.state, PlanDeed.WRITE) in PLAN_TRANSITIONS,
        may_decide=has_the_turn(actor(), details.row.report, details.holders),
        deciding_as=deciding_as(actor(), details.row.report, details.holders),
        wish=wish,
        person=actor(),
        may_ask=may_ask(details, wish, actor(), now()),
        may_withdraw=may_report(details.task, actor(), now()),
        dates=dates_of(details.row),
        may_open_evidence=may_open_submitted(details.task, actor(), today()),
        way=way_of(details.submitted[0], details.holders) if details.submitted else Way(),
        chain=chain_of(details.task).seats,
        told=[history.told(entry) for entry in details.history],
    )


def _may_reopen(details: TaskDetails) -> bool:
    """Whether this person may open the task again, which is done or cancelled in a plan that is worked on."""
    is_ended = details.row.state in (TaskState.DONE, TaskState.CANCELLED)
    is_worked_on = details.row.measure.plan.state in IN_FORCE and not details.is_replaced
    return is_ended and is_worked_on and actor().may(Permission.PLAN_WRITE, today())
