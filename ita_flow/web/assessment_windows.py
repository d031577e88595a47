"""กำหนดเวลาของระบบ ITA: from when until when the windows of a year are open, as its organisers announced it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.queries.assessment_windows import seen_windows, windows_of_year
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.reminder_rules import WindowsForm
from ita_flow.web.plan_desk import answer
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.workflow.assessment_windows import set_windows

bp = Blueprint("assessment_windows", __name__, url_prefix="/admin/reminders/windows/<int:year>")


@bp.get("")
@requires(Permission.CALENDAR_WRITE)
def edit(year: int) -> str:
    _refuse_far_away(year)
    return _page(year, WindowsForm.of(windows_of_year(actor().agency, year)))


@bp.post("")
@requires(Permission.CALENDAR_WRITE)
def save(year: int) -> tuple[str, int] | Response:
    _refuse_far_away(year)
    form = WindowsForm.of(windows_of_year(actor().agency, year))
    if goes_back() or not form.validate():
        return _page(year, form), 422 if form.errors else 200
    about = _("กำหนดเวลาของระบบ ITA ปีงบประมาณ %(year)s", year=year)
    location, status = answer(form, lambda: once_seen(lambda: _save(year, form), about))
    if location:
        flash(_("บันทึกกำหนดเวลาของระบบ ITA แล้ว"), "success")
        return redirect(location, code=303)
    form.show_newer(seen_windows(windows_of_year(actor().agency, year)))
    return _page(year, form, has_changed=status == 409), status


def _save(year: int, form: WindowsForm) -> str:
    set_windows(actor().agency, year, form.days, seen=form.seen.data or "", actor=actor(), at=now())
    return url_for("reminder_rules.index")


def _refuse_far_away(year: int) -> None:
    if not FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
        abort(404)


def _page(year: int, form: WindowsForm, has_changed: bool = False) -> str:
    present = FiscalYear.containing(today()).buddhist_year
    return render_template(
        "reminder_rules/windows.html",
        form=form,
        year=year,
        years=sorted({present - 1, present, present + 1, year}),
        kinds=list(AssessmentWindowKind),
        standing=windows_of_year(actor().agency, year),
        has_changed=has_changed,
    )
