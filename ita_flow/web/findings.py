"""The assessor's advice, written down by hand: one piece a page."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.models.assessments import Finding
from ita_flow.queries.assessments import assessment_of, finding_of
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms import tell
from ita_flow.web.forms.findings import FindingForm
from ita_flow.web.once import once
from ita_flow.workflow import assessments
from ita_flow.workflow.assessments import AssessmentSavedMeanwhile

bp = Blueprint("findings", __name__, url_prefix="/scores/<int:year>/findings")


@bp.get("/new")
@requires(Permission.ASSESSMENT_WRITE)
def new(year: int) -> str:
    _assessed_or_404(year)
    return _page(FindingForm.of(None), year, None)


@bp.post("/new")
@requires(Permission.ASSESSMENT_WRITE)
def add(year: int) -> tuple[str, int] | Response:
    _assessed_or_404(year)
    return _answer(FindingForm.of(None), year, None)


@bp.get("/<int:finding_id>/edit")
@requires(Permission.ASSESSMENT_WRITE)
def edit(year: int, finding_id: int) -> str:
    finding = _finding_or_404(year, finding_id)
    return _page(FindingForm.of(finding), year, finding)


@bp.post("/<int:finding_id>/edit")
@requires(Permission.ASSESSMENT_WRITE)
def update(year: int, finding_id: int) -> tuple[str, int] | Response:
    finding = _finding_or_404(year, finding_id)
    return _answer(FindingForm.of(finding), year, finding)


@bp.post("/<int:finding_id>/removal")
@requires(Permission.ASSESSMENT_WRITE)
def remove(year: int, finding_id: int) -> tuple[str, int] | Response:
    finding = _finding_or_404(year, finding_id)
    form = FindingForm.of(finding)
    try:
        location = once(lambda: _removed(year, finding_id, form))
    except AssessmentSavedMeanwhile as stale:
        return _stale_page(FindingForm.of(finding), year, finding_id, stale)
    flash(_("นำข้อเสนอแนะออกแล้ว"), "success")
    return redirect(location, code=303)


def _answer(form: FindingForm, year: int, finding: Finding | None) -> tuple[str, int] | Response:
    finding_id = finding.id if finding else None
    is_fit = form.validate()
    try:
        stated = form.stated
        if not is_fit:
            return _page(form, year, finding), 422
        location = once(lambda: _saved(year, finding_id, form, stated))
    except Incomplete as incomplete:
        for problem in incomplete.problems:
            tell(form, problem)
        return _page(form, year, finding), 422
    except Invalid as problem:
        tell(form, problem)
        return _page(form, year, finding), 422
    except AssessmentSavedMeanwhile as stale:
        return _stale_page(form, year, finding_id, stale)
    flash(_("บันทึกข้อเสนอแนะแล้ว"), "success")
    return redirect(location, code=303)


def _saved(year: int, finding_id: int | None, form: FindingForm, stated: assessments.Advice) -> str:
    seen = form.seen.data
    assessments.save_finding(actor().agency, year, finding_id, stated, seen, actor=actor(), at=now())
    return _list(year)


def _removed(year: int, finding_id: int, form: FindingForm) -> str:
    assessments.remove_finding(actor().agency, year, finding_id, form.seen.data, actor=actor(), at=now())
    return _list(year)


def _list(year: int) -> str:
    return url_for("assessments.show", year=year, _anchor="advice")


def _stale_page(
    form: FindingForm, year: int, finding_id: int | None, stale: AssessmentSavedMeanwhile
) -> tuple[str, int]:
    """What was typed, and, beneath the next press, the finding as it stands now."""
    newer = finding_of(actor().agency, year, finding_id) if finding_id else None
    if finding_id and newer is None:
        abort(404)
    tell(form, Invalid(stale.key))
    form.show_newer(newer)
    return _page(form, year, newer), 409


def _page(form: FindingForm, year: int, finding: Finding | None) -> str:
    return render_template("findings/edit.html", form=form, year=year, finding=finding)


def _assessed_or_404(year: int) -> None:
    if assessment_of(actor().agency, year) is None:
        abort(404)


def _finding_or_404(year: int, finding_id: int) -> Finding:
    finding = finding_of(actor().agency, year, finding_id)
    if finding is None:
        abort(404)
    return finding
