"""Closing a year: what waits, what is still open and what becomes of it, and what the year's figures then are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.states import IN_FORCE
from ita_flow.domain.year_ends import closable_from
from ita_flow.models.plans import Plan
from ita_flow.queries.closing import (
    Unsettled,
    being_written,
    plan_to_close,
    seen_open,
    still_open,
    tasks_of_year,
    unsettled,
    years_end_of,
)
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.closing import ClosingForm, Row, endings_of, sent_rows
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.workflow import closing
from ita_flow.workflow.closing import ClosingChanged

bp = Blueprint("closing", __name__, url_prefix="/plans/<int:year>/closing")

UNTYPED = Row()


@bp.get("")
@requires(Permission.PLAN_WRITE)
def show(year: int) -> str | Response:
    plan = _plan_or_404(year)
    if plan.state not in IN_FORCE:
        return redirect(url_for("plans.show", year=year))
    return _page(plan, ClosingForm(data={"seen": seen_open(tasks_of_year(plan))}), {})


@bp.post("")
@requires(Permission.PLAN_WRITE)
def close(year: int) -> Response | tuple[str, int]:
    _plan_or_404(year)
    form, rows = ClosingForm(), sent_rows()
    if not form.validate():
        abort(400)
    try:
        location = once(lambda: _close(year, form, rows))
    except (Incomplete, Invalid, ClosingChanged) as refusal:
        return _page_again(year, form, rows, refusal)
    flash(_("บันทึกการปิดปีงบประมาณ %(year)s แล้ว", year=year), "success")
    return redirect(location, code=303)


def _close(year: int, form: ClosingForm, rows: Mapping[int, Row]) -> str:
    closing.close(_plan_or_404(year), endings_of(rows), seen=form.seen.data or "", actor=actor(), at=now())
    return url_for("plans.show", year=year)


def _page_again(
    year: int, form: ClosingForm, rows: Mapping[int, Row], refusal: Incomplete | Invalid | ClosingChanged
) -> tuple[str, int]:
    """The same page with all that was chosen and typed; the next press is weighed against what is shown now."""
    begin_reading()
    plan = _plan_or_404(year)
    if isinstance(refusal, ClosingChanged):
        form.show_newer(seen_open(tasks_of_year(plan)))
        return _page(plan, form, rows, [Invalid(refusal.key)]), 409
    return _page(plan, form, rows, refusal.problems if isinstance(refusal, Incomplete) else [refusal]), 422


def _page(plan: Plan, form: ClosingForm, rows: Mapping[int, Row], problems: Sequence[Invalid] = ()) -> str:
    tasks, waits, first = tasks_of_year(plan), unsettled(plan), closable_from(plan.fiscal_year)
    left = still_open(tasks)
    for problem in problems:
        tell(form, problem)
    return render_template(
        "closing/show.html",
        year=plan.year,
        plan=plan,
        form=form,
        rows={task.id: rows.get(task.id, UNTYPED) for task in left},
        left=left,
        written=being_written(left),
        waits=waits,
        end=years_end_of(tasks),
        first=first if today() < first else None,
        can_close=bool(problems) or _is_ready(waits, is_time=today() >= first),
        problems=[(problem.field, sentence_of(problem)) for problem in problems],
    )


def _is_ready(waits: Unsettled, *, is_time: bool) -> bool:
    return is_time and waits.is_empty


def _plan_or_404(year: int) -> Plan:
    plan = plan_to_close(actor().agency_id, year)
    if plan is None:
        abort(404)
    return plan
