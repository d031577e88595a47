"""What the pages of a year draw: the strip of its measures, and the scores of the last years."""

from __future__ import annotations

from ita_flow.domain.scoring import INSTRUMENT_OF, TOP_FROM, lowest_first, shortfall
from ita_flow.queries.assessment_windows import windows_of_year
from ita_flow.queries.assessments import score_history
from ita_flow.queries.dashboard import Overview
from ita_flow.queries.year_strip import YearStrip
from ita_flow.web.access import actor


def strip_of(seen: Overview) -> YearStrip:
    """The measures of an overview on the strip of their year. One statement."""
    windows = windows_of_year(actor().agency, seen.fiscal_year.buddhist_year)
    return YearStrip(seen.fiscal_year, seen.tasks, windows.values(), seen.today)


def scores_drawn() -> dict[str, object]:
    """What ``dashboard/_scores.html`` wants; without ``scores`` where the agency has no result. One statement."""
    scores = score_history(actor().agency_id)
    if scores is None:
        return {}
    known = scores.newest.scores
    return {
        "scores": scores,
        "why": shortfall(scores.newest.year, known),
        "ranked": lowest_first(known),
        "instrument_of": INSTRUMENT_OF,
        "bound": TOP_FROM,
    }
