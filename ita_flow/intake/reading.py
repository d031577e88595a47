"""The whole way from the bytes of a document to a draft of a plan. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Refusal
from ita_flow.intake.corrections import corrected
from ita_flow.intake.doubts import doubt_writing
from ita_flow.intake.draft import Correction, Doubt, DraftArea, Part, PlanDraft, Problem, Repair
from ita_flow.intake.lengths import refuse_too_long
from ita_flow.intake.notebook import Notebook, found, line_of_text, place
from ita_flow.intake.readers import Line, Paper, read_paper
from ita_flow.intake.recognise.areas import prose_areas
from ita_flow.intake.recognise.assessment import assessment_of
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits
from ita_flow.intake.recognise.limitations import limitations_of
from ita_flow.intake.recognise.measures import measures_of
from ita_flow.intake.recognise.years import stated_agency, stated_years
from ita_flow.intake.repairs import PiledMarks, mended


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


def read_plan(
    content: bytes,
    file_name: str,
    fiscal_year: FiscalYear,
    agency_name: str | None,
    corrections: Sequence[Correction] = (),
    known: KnownUnits = NOBODY,
) -> Reading:
    """Read a document as the plan of that agency for that fiscal year. Never raises for what it is given.

    ``corrections`` are what a person decided on the doubts of an earlier reading; one that no longer fits is left out.
    ``known`` are the units on file: these may be called anything.
    """
    try:
        paper = read_paper(content, file_name)
    except Refusal as refusal:
        where = place("place_file", name=file_name)
        return _refused(where, found("found_bytes", count=len(content)), refusal)
    try:
        lines, repairs = mended(paper.lines)
    except PiledMarks as refusal:
        return _refused(paper.place_of(refusal.line), paper.lines[refusal.line - 1].text, refusal)
    notebook = Notebook(place_of_line=paper.place_of)
    _doubt_remarks(paper, notebook)
    lines = corrected(lines, corrections)
    draft = _draft(lines, fiscal_year, agency_name, notebook, known)
    refuse_too_long(draft, notebook)
    doubt_writing(lines, draft, notebook)
    return Reading(
        draft=None if notebook.problems else draft,
        problems=tuple(notebook.problems),
        repairs=tuple(repairs),
        doubts=tuple(sorted(notebook.doubts, key=lambda doubt: (not doubt.must_be_accepted, doubt.line))),
        place_of=paper.place_of,
    )


def _refused(where: str, what: str, refusal: Refusal) -> Reading:
    notebook = Notebook()
    notebook.refuse(where, what, refusal)
    return Reading(None, tuple(notebook.problems), (), ())


def _doubt_remarks(paper: Paper, notebook: Notebook) -> None:
    for remark in paper.remarks:
        notebook.doubt(remark.kind, remark.line, remark.found, sheet=remark.sheet)


def _draft(
    lines: Sequence[Line], fiscal_year: FiscalYear, agency_name: str | None, notebook: Notebook, known: KnownUnits
) -> PlanDraft:
    """Whatever could be read; the notebook tells what could not."""
    years = stated_years(lines, fiscal_year, notebook)
    agency = stated_agency(lines, agency_name, notebook)
    table = measures_of(lines, fiscal_year, notebook, known)
    areas = prose_areas(lines, notebook)
    limitations, limitations_none = limitations_of(lines)
    return PlanDraft(
        fiscal_year=fiscal_year,
        agency_name=agency,
        assessment=assessment_of(lines, years, notebook),
        areas=tuple(areas[number] for number in sorted(areas)),
        measures=table.measures,
        limitations=limitations,
        limitations_none=limitations_none,
        holds=table.holds | _parts_in_prose(areas, is_about_limitations=bool(limitations) or limitations_none),
    )


def _parts_in_prose(areas: Mapping[int, DraftArea], *, is_about_limitations: bool) -> frozenset[Part]:
    spoken_of = {Part.AREAS: bool(areas), Part.LIMITATIONS: is_about_limitations}
    return frozenset(part for part, is_spoken_of in spoken_of.items() if is_spoken_of)
