"""The whole way from the bytes of a document to a draft of a plan. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Refusal
from ita_flow.intake.doubts import doubt_writing
from ita_flow.intake.draft import Doubt, DraftArea, DraftMeasure, PlanDraft, Problem, Repair
from ita_flow.intake.notebook import Notebook, found, line_of_text, place
from ita_flow.intake.readers import Line, text_lines
from ita_flow.intake.recognise.areas import area_of_measures, prose_areas
from ita_flow.intake.recognise.assessment import assessment_of
from ita_flow.intake.recognise.limitations import limitations_of
from ita_flow.intake.recognise.measures import measures_of
from ita_flow.intake.recognise.years import stated_agency, stated_years
from ita_flow.intake.repairs import repaired


@dataclass(frozen=True)
class Reading:
    """What came of a document. There is a draft exactly when there are no problems."""

    draft: PlanDraft | None
    problems: tuple[Problem, ...]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
    place_of: Callable[[int], str] = line_of_text
    """How the place that a line number stands for is called in this kind of document."""

    @property
    def must_be_accepted(self) -> tuple[Doubt, ...]:
        """The doubts without whose acceptance the document may not come in."""
        return tuple(doubt for doubt in self.doubts if doubt.must_be_accepted)


def read_plan(content: bytes, file_name: str, fiscal_year: FiscalYear, agency_name: str | None) -> Reading:
    """Read a document as the plan of that agency for that fiscal year. Never raises for what it is given."""
    notebook = Notebook()
    try:
        texts, repairs = repaired(text_lines(content))
    except Refusal as refusal:
        notebook.refuse(place("place_file", name=file_name), found("found_bytes", count=len(content)), refusal)
        return Reading(None, tuple(notebook.problems), (), ())
    lines = [Line.of(number, text) for number, text in enumerate(texts, start=1)]
    draft = _draft(lines, fiscal_year, agency_name, notebook)
    doubt_writing(lines, draft, notebook)
    return Reading(
        draft=None if notebook.problems else draft,
        problems=tuple(notebook.problems),
        repairs=tuple(repairs),
        doubts=tuple(sorted(notebook.doubts, key=lambda doubt: (not doubt.must_be_accepted, doubt.line))),
    )


def _draft(lines: Sequence[Line], fiscal_year: FiscalYear, agency_name: str | None, notebook: Notebook) -> PlanDraft:
    """Whatever could be read; the notebook tells what could not."""
    years = stated_years(lines, fiscal_year, notebook)
    agency = stated_agency(lines, agency_name, notebook)
    measures = measures_of(lines, fiscal_year, notebook)
    limitations, limitations_none = limitations_of(lines)
    return PlanDraft(
        fiscal_year=fiscal_year,
        agency_name=agency,
        assessment=assessment_of(lines, years, notebook),
        areas=_areas(lines, measures, notebook),
        measures=measures,
        limitations=limitations,
        limitations_none=limitations_none,
    )


def _areas(lines: Sequence[Line], measures: Sequence[DraftMeasure], notebook: Notebook) -> tuple[DraftArea, ...]:
    prose = prose_areas(lines, notebook)
    covered = {measure.area for measure in measures}
    return tuple(
        prose.get(number) or area_of_measures(number, measures)
        for number in AREAS
        if number in prose or number in covered
    )
