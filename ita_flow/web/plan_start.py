"""Beginning the plan of a year: from a document, as a copy of another year, or empty."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.years import may_begin
from ita_flow.queries.plans import state_of_plan
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.plan_editing import StartForm
from ita_flow.web.once import once
from ita_flow.web.plan_desk import ways_to_begin
from ita_flow.workflow import plan_start

bp = Blueprint("plan_start", __name__, url_prefix="/plans/<int:year>/start")


@bp.get("")
@requires(Permission.PLAN_WRITE)
def index(year: int) -> str | Response:
    if state_of_plan(actor().agency, year):
        return redirect(url_for("plans.show", year=year))
    ways = ways_to_begin(year)
    if ways is None:
        abort(404)
    return render_template("plan_start/index.html", year=year, ways=ways)


@bp.post("")
@requires(Permission.PLAN_WRITE)
def begin(year: int) -> Response:
    form = StartForm()
    if not may_begin(year, today()) or not form.validate():
        abort(404)
    location = once(lambda: _begin(year, form.source.data))
    if form.source.data:
        flash(_("จัดทำแผนปี %(year)s จากแผนปี %(source)s แล้ว", year=year, source=form.source.data), "success")
    else:
        flash(_("เริ่มแผนปี %(year)s แล้ว เพิ่มมาตรการให้ครบทั้ง 7 ประเด็น", year=year), "success")
    return redirect(location, code=303)


def _begin(year: int, source: int | None) -> str:
    if source:
        plan_start.begin_as_copy(actor().agency, year, source, actor=actor(), at=now())
        return url_for("roll_forward.index", year=year)
    plan_start.begin_empty(actor().agency, year, actor=actor(), at=now())
    return url_for("plans.show", year=year)
