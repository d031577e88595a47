"""The result of an assessed year: the score, the level, why it is not higher; and writing it down by hand."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.scoring import INSTRUMENT_OF, TOP_FROM, Contradiction, lowest_first, shortfall
from ita_flow.domain.years import can_be_assessed
from ita_flow.models.assessments import Assessment
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.assessments import AssessmentForm
from ita_flow.web.once import once
from ita_flow.workflow import assessments
from ita_flow.workflow.assessments import AssessmentSavedMeanwhile

bp = Blueprint("assessments", __name__, url_prefix="/scores")

YEARS_OFFERED = 8


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    years = known_years(actor().agency_id).assessed
    assessment = assessment_of(actor().agency, year)
    if assessment is None:
        others = [one for one in years if one != year]
        return render_template(
            "assessments/empty.html", year=year, other_years=others, can_be_added=can_be_assessed(year, today())
        )
    scores = assessment.scores
    return render_template(
        "assessments/show.html",
        year=year,
        years=years,
        assessment=assessment,
        scores=scores,
        ranked=lowest_first(scores),
        instrument_of=INSTRUMENT_OF,
        why=shortfall(year, scores),
        bound=TOP_FROM,
    )


@bp.get("/new")
@requires(Permission.ASSESSMENT_WRITE)
def new() -> str:
    """The years to choose from, the newest first."""
    this_year = FiscalYear.containing(today()).buddhist_year
    years = range(this_year, this_year - YEARS_OFFERED, -1)
    return render_template("assessments/new.html", years=years, assessed=known_years(actor().agency_id).assessed)


@bp.get("/<int:year>/edit")
@requires(Permission.ASSESSMENT_WRITE)
def edit(year: int) -> str:
    _refuse_unlikely(year)
    assessment = assessment_of(actor().agency, year)
    return _form_page(AssessmentForm.of(assessment, year), year, assessment)


@bp.post("/<int:year>/edit")
@requires(Permission.ASSESSMENT_WRITE)
def update(year: int) -> tuple[str, int] | Response:
    _refuse_unlikely(year)
    assessment = assessment_of(actor().agency, year)
    form = AssessmentForm.of(assessment, year)
    if not form.validate():
        return _form_page(form, year, assessment), 422
    if unconfirmed := form.unconfirmed(year):
        return _form_page(form, year, assessment, unconfirmed), 422
    try:
        location = once(lambda: _saved(year, form))
    except AssessmentSavedMeanwhile as stale:
        tell(form, Invalid(stale.key))
        newer = assessment_of(actor().agency, year)
        form.show_newer(newer)
        return _form_page(form, year, newer), 409
    flash(_("บันทึกผลการประเมิน ปี %(year)s แล้ว", year=year), "success")
    return redirect(location, code=303)


def _saved(year: int, form: AssessmentForm) -> str:
    assessments.save(actor().agency, year, form.result, form.seen.data, actor=actor(), at=now())
    return url_for(".show", year=year)


def _refuse_unlikely(year: int) -> None:
    if not can_be_assessed(year, today()):
        abort(404)


def _form_page(
    form: AssessmentForm, year: int, assessment: Assessment | None, unconfirmed: Sequence[Contradiction] = ()
) -> str:
    return render_template(
        "assessments/edit.html", form=form, year=year, assessment=assessment, unconfirmed=unconfirmed
    )
