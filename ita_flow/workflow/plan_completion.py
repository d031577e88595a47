"""What a document leaves out, or says no otherwise than before, stays as it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ita_flow.documents.plan_table import SAMPLE, PlanRow
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.next_year import phrase_of
from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import CitedItem, DraftMeasure, Part, PlanDraft
from ita_flow.workflow.plan_reading import as_read, read_row
from ita_flow.workflow.plan_tables import items_in_words, responsible_in_words

TEXTS = {"title": None, "items": Part.ITEMS, "analysis": Part.ANALYSIS, "method": Part.METHOD}
"""What a measure says, and which parts a document may leave out."""


def completed(read: PlanDraft, kept: PlanDraft | None) -> PlanDraft:
    """The draft with what is kept wherever its document is silent or means the same."""
    if kept is None:
        return read
    places = continued(kept.measures, read.measures)
    measures = tuple(
        measure if place is None else _completed(measure, kept.measures[place], read)
        for measure, place in zip(read.measures, places, strict=True)
    )
    areas = read.areas if Part.AREAS in read.holds else kept.areas
    complete = replace(read, areas=areas, measures=measures, holds=frozenset(Part))
    if Part.LIMITATIONS in read.holds:
        return complete
    return replace(complete, limitations=kept.limitations, limitations_none=kept.limitations_none)


def in_order_of(kept: Sequence[DraftMeasure], read: Sequence[DraftMeasure]) -> tuple[DraftMeasure, ...]:
    """What was read in the order of what is kept, with new measures behind all others."""
    places = [len(kept) if place is None else place for place in continued(kept, read)]
    return tuple(measure for _, measure in sorted(zip(places, read, strict=True), key=lambda pair: pair[0]))


def continued(kept: Sequence[DraftMeasure], read: Sequence[DraftMeasure]) -> list[int | None]:
    """For each measure read the place of the kept one that it goes on: of that area and title, else the next there."""
    left = {place: _called(measure) for place, measure in enumerate(kept)}
    found = [_taken(left, _called(measure)) for measure in read]
    areas = {place: called[:1] for place, called in left.items()}
    return [
        _taken(areas, (measure.area,)) if place is None else place for place, measure in zip(found, read, strict=True)
    ]


def _called(measure: DraftMeasure) -> tuple[int | str, ...]:
    return measure.area, comparison_key(as_read(measure.title))


def _taken(left: dict[int, tuple[int | str, ...]], wanted: tuple[int | str, ...]) -> int | None:
    """The first place that is left for what is wanted, which is taken by that."""
    place = next((place for place, called in left.items() if called == wanted), None)
    if place is not None:
        del left[place]
    return place


def _completed(measure: DraftMeasure, was: DraftMeasure, read: PlanDraft) -> DraftMeasure:
    is_as_it_was = all(_says(measure, field, was) for field in TEXTS)
    again = None if is_as_it_was else read_row(_row_saying(was), read.fiscal_year)
    kept: dict[str, Any] = {
        field: getattr(was, field)
        for field, part in TEXTS.items()
        if (part and part not in read.holds) or _says(measure, field, was, again)
    }
    return _with_window(_with_responsible(replace(measure, **kept), was), was, read.fiscal_year)


def _row_saying(kept: DraftMeasure) -> PlanRow:
    items = items_in_words(kept.items)
    return replace(SAMPLE, items=items, analysis=kept.analysis, title=kept.title, method=kept.method)


def _says(measure: DraftMeasure, field: str, *before: DraftMeasure | None) -> bool:
    """Whether the document says what was said before, as it was said or as it would be read again."""
    now = _as_compared(getattr(measure, field))
    return any(now == _as_compared(getattr(was, field)) for was in before if was)


def _as_compared(said: str | Sequence[CitedItem]) -> object:
    if isinstance(said, str):
        return as_read(said)
    return [(item.code, as_read(item.title)) for item in said]


def _with_responsible(measure: DraftMeasure, was: DraftMeasure) -> DraftMeasure:
    """Units stay those to whom people gave the tasks, as long as the document names nobody anew."""
    in_words = responsible_in_words(was.responsible)
    is_said = _says(measure, "responsible_text", was)
    is_said = is_said or measure.responsible_text.split() == as_read(in_words).split()
    if not (is_said and was.responsible):
        return measure
    return replace(measure, responsible=was.responsible, responsible_text=was.responsible_text)


def _with_window(measure: DraftMeasure, was: DraftMeasure, fiscal_year: FiscalYear) -> DraftMeasure:
    said_before = (as_read(text).split() for text in (was.window_text, phrase_of(was.window, fiscal_year)))
    if measure.window_text.split() not in said_before:
        return measure
    return replace(measure, window=was.window, window_text=was.window_text)
