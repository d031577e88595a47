"""What a person should look at: general rules about writing, none of which knows a particular document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ita_flow.intake.doubts.spelling import doubt_spelling
from ita_flow.intake.doubts.titles import doubt_analyses, doubt_item_titles
from ita_flow.intake.doubts.variants import doubt_variants
from ita_flow.intake.draft import Doubt, PlanDraft
from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line

__all__ = ["doubt_writing"]


def doubt_writing(lines: Sequence[Line], draft: PlanDraft, notebook: Notebook) -> None:
    """Write down every doubt about how the document is written."""
    doubt_spelling(lines, notebook)
    doubt_item_titles(lines, draft, notebook)
    doubt_analyses(draft.measures, notebook)
    doubt_variants(lines, notebook)
    cells = {line.number: line.cells for line in lines}
    notebook.doubts = [_with_proposal_that_fits(doubt, cells.get(doubt.line, ())) for doubt in notebook.doubts]


def _with_proposal_that_fits(doubt: Doubt, cells: Sequence[str]) -> Doubt:
    """A proposal is of use only where what was found stands on the line letter by letter."""
    fits = doubt.proposal != doubt.found and any(doubt.found in cell for cell in cells)
    return doubt if fits or not doubt.proposal else replace(doubt, proposal="")
