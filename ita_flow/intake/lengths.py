"""What a document says at greater length than the plan can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ita_flow.domain.plan_limits import (
    LONGEST_LIMITATION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ITEMS,
    MOST_LIMITATIONS,
    MOST_STEPS,
)
from ita_flow.domain.steps import steps_of
from ita_flow.intake.draft import DraftArea, DraftLimitation, DraftMeasure, Lines, PlanDraft
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.recognise.headings import HEADINGS

LONGEST_OF_MEASURE = {
    "title": LONGEST_TITLE,
    "window": LONGEST_TITLE,
    "responsible": LONGEST_TEXT,
    "analysis": LONGEST_TEXT,
    "method": LONGEST_TEXT,
}
LETTERS, ITEMS, STEPS = "letters", "items", "steps"


@dataclass(frozen=True)
class _TooMuch:
    """``count`` is what the field of the document has, ``most`` what it may have."""

    lines: Lines
    field: str
    what: str
    count: int
    most: int


def refuse_too_long(draft: PlanDraft, notebook: Notebook) -> None:
    """A problem for each text that is too long, and where there are too many items, steps or limitations."""
    for one in _measured(draft):
        if one.count > one.most:
            values = {"count": one.count, "most": one.most}
            notebook.problem(
                _place_of(one, notebook), found(f"found_{one.what}", **values), needed(f"needed_{one.what}", **values)
            )
    if len(draft.limitations) > MOST_LIMITATIONS:
        values = {"count": len(draft.limitations), "most": MOST_LIMITATIONS}
        notebook.problem(
            place("place_document"), found("found_limitations", **values), needed("needed_limitations", **values)
        )


def _measured(draft: PlanDraft) -> Iterator[_TooMuch]:
    for measure in draft.measures:
        yield from _of_measure(measure)
    for area in draft.areas:
        yield from _of_area(area)
    for limitation in draft.limitations:
        yield from _of_limitation(limitation)


def _of_measure(measure: DraftMeasure) -> Iterator[_TooMuch]:
    texts = {
        "title": measure.title,
        "window": measure.window_text,
        "responsible": measure.responsible_text,
        "analysis": measure.analysis,
        "method": measure.method,
    }
    for field, text in texts.items():
        yield _TooMuch(measure.lines, field, LETTERS, len(text), LONGEST_OF_MEASURE[field])
    yield _TooMuch(measure.lines, "items", ITEMS, len(measure.items), MOST_ITEMS)
    yield _TooMuch(measure.lines, "method", STEPS, len(steps_of(measure.method)), MOST_STEPS)


def _of_area(area: DraftArea) -> Iterator[_TooMuch]:
    for field in ("overview", "analysis", "focus"):
        yield _TooMuch(area.lines, field, LETTERS, len(getattr(area, field)), LONGEST_TEXT)
    yield _TooMuch(area.lines, "items", ITEMS, len(area.items), MOST_ITEMS)


def _of_limitation(limitation: DraftLimitation) -> Iterator[_TooMuch]:
    for field in ("limitation", "analysis", "suggestion"):
        yield _TooMuch(limitation.lines, field, LETTERS, len(getattr(limitation, field)), LONGEST_LIMITATION)


def _place_of(one: _TooMuch, notebook: Notebook) -> str:
    line = one.lines.get(one.field) or min(one.lines.values(), default=0)
    column = HEADINGS[one.field][0] if one.field in HEADINGS else None
    return notebook.place_of(line, column) if line else place("place_document")
