"""The result of an assessed year: the score, the level, and why it is not higher."""

from __future__ import annotations

from flask import Blueprint, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.domain.scoring import INDICATORS, INSTRUMENTS, TOP_FROM, shortfall
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, requires

bp = Blueprint("assessments", __name__, url_prefix="/scores")

INSTRUMENT_OF = {number: name for name, rule in INSTRUMENTS.items() for number in rule.indicators}


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    years = known_years(actor().agency_id).assessed
    assessment = assessment_of(actor().agency, year)
    if assessment is None:
        return render_template("assessments/empty.html", year=year, other_years=[one for one in years if one != year])
    scores = assessment.scores
    return render_template(
        "assessments/show.html",
        year=year,
        years=years,
        assessment=assessment,
        scores=scores,
        ranked=sorted(INDICATORS, key=lambda number: (scores.get(number, -1), number)),
        instrument_of=INSTRUMENT_OF,
        why=shortfall(year, scores),
        bound=TOP_FROM,
    )
