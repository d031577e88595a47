"""The measures: one for each row of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, Window
from ita_flow.domain.next_year import moved_window
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.windows import window_from_phrase
from ita_flow.intake.draft import CitedItem, DraftMeasure, Part
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.area_names import area_number
from ita_flow.intake.recognise.items import read_items
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits
from ita_flow.intake.recognise.layout import SIGNS_OF_NOTHING
from ita_flow.intake.recognise.table import Row, rows_of
from ita_flow.intake.recognise.units import NamedUnits, named_units

PARTS_IN_COLUMNS = {"items": Part.ITEMS, "analysis": Part.ANALYSIS, "method": Part.METHOD}
DOUBTED_WHEN_EMPTY = ("items", "method")
MOST_MEASURES = 500
"""Far more than an agency has in a year; beyond that nobody could look the document over before it comes in."""


@dataclass(frozen=True)
class Measures:
    """The measures in source order, and the parts of a measure for which the tables have a column."""

    measures: tuple[DraftMeasure, ...]
    holds: frozenset[Part]


def measures_of(
    lines: Sequence[Line], fiscal_year: FiscalYear, notebook: Notebook, known: KnownUnits = NOBODY
) -> Measures:
    """What the tables of measures say; every area needs at least one. ``known``: the units on file."""
    rows = rows_of(lines, notebook, known)
    if len(rows) > MOST_MEASURES:
        where = rows[MOST_MEASURES].place_of("title", notebook)
        notebook.problem(where, found("found_rows", count=len(rows)), needed("needed_fewer", most=MOST_MEASURES))
    if not 0 < len(rows) <= MOST_MEASURES:
        return Measures((), frozenset())
    fields = {field for row in rows for field in row.columns.places}
    areas = [_area(row, notebook) for row in rows]
    measures = [_measure(row, area, fiscal_year, notebook, known) for row, area in zip(rows, areas, strict=True)]
    for row in rows:
        _doubt_empty(row, fields.intersection(DOUBTED_WHEN_EMPTY), notebook)
    _doubt_unused(rows, notebook)
    _require_every_area(areas, rows[0].columns.line, notebook)
    holds = frozenset(part for field, part in PARTS_IN_COLUMNS.items() if field in fields)
    return Measures(tuple(measure for measure in measures if measure), holds)


def _measure(
    row: Row, area: int | None, fiscal_year: FiscalYear, notebook: Notebook, known: KnownUnits
) -> DraftMeasure | None:
    title = _filled(row, "title", notebook)
    items = _items(row, notebook)
    responsible = _responsible(row, notebook, known)
    window = _window(row, fiscal_year, notebook)
    if not (area and title and responsible and window):
        return None
    return DraftMeasure(
        area=area,
        title=title,
        items=items,
        analysis=row.cells.get("analysis", ""),
        method=row.cells.get("method", ""),
        responsible_text=row.cells["responsible"],
        responsible=responsible.responsible,
        window_text=_filled(row, "window", notebook),
        window=window,
        lines=row.lines,
        is_for_every_division=responsible.is_every_division,
    )


def _area(row: Row, notebook: Notebook) -> int | None:
    text = _filled(row, "area", notebook)
    number = area_number(text, row.lines["area"], notebook) if text else None
    if text and number is None:
        notebook.problem(row.place_of("area", notebook), text, needed("needed_area"))
    return number


def _filled(row: Row, field: str, notebook: Notebook) -> str:
    """The cell, on one line, of a field without which there is no measure. A missing column was told already."""
    text = " ".join(row.cells.get(field, "").split())
    if text in SIGNS_OF_NOTHING:
        if field in row.columns.places:
            notebook.problem(
                row.place_of(field, notebook),
                text or found("found_empty"),
                needed("needed_cell", column=row.columns.name_of(field)),
            )
        return ""
    return text


def _items(row: Row, notebook: Notebook) -> tuple[CitedItem, ...]:
    read = read_items(row.cells.get("items", ""), row.line, row.columns.are_numbers_codes)
    where = row.place_of("items", notebook)
    for text in read.unreadable:
        notebook.problem(where, text, needed("needed_item"))
    for text in read.bad_ranges:
        notebook.problem(where, text, needed("needed_item_range"))
    for text, count in read.doubtful_ranges.items():
        notebook.doubt("item_range", row.line, text, count=count)
    for text in read.doubtful_lists:
        notebook.doubt("item_list", row.line, text)
    return tuple(read.items)


def _responsible(row: Row, notebook: Notebook, known: KnownUnits) -> NamedUnits | None:
    text = row.cells.get("responsible", "")
    units = named_units(text, known) if _filled(row, "responsible", notebook) else None
    if units is None and text not in SIGNS_OF_NOTHING:
        notebook.problem(row.place_of("responsible", notebook), text, needed("needed_division"))
    if units and units.is_by_post:
        units_named = ", ".join(" ".join(filter(None, (one.section, one.division))) for one in units.responsible)
        notebook.doubt("named_by_post", row.line, text, units=units_named)
    return units


def _window(row: Row, fiscal_year: FiscalYear, notebook: Notebook) -> Window | None:
    text = _filled(row, "window", notebook)
    try:
        return window_from_phrase(text, fiscal_year) if text else None
    except Refusal as refusal:
        if refusal.key == "window_of_another_year":
            notebook.doubt(refusal.key, row.line, text, must_be_accepted=True, wanted=fiscal_year.buddhist_year)
            meant = window_from_phrase(text, FiscalYear(int(str(refusal.values["year"]))))
            return moved_window(meant, fiscal_year)
        notebook.refuse(row.place_of("window", notebook), text, refusal)
        return None


def _require_every_area(named: Iterable[int | None], heading: int, notebook: Notebook) -> None:
    for number in AREAS.keys() - set(named):
        notebook.problem(
            place("place_table_at", row=notebook.place_of(heading)),
            found("found_no_area", number=number, name=AREAS[number]),
            needed("needed_area_row"),
        )


def _doubt_empty(row: Row, fields: Iterable[str], notebook: Notebook) -> None:
    for field in sorted(fields):
        if row.cells.get(field, "") in SIGNS_OF_NOTHING:
            column = row.columns.name_of(field)
            notebook.doubt("empty_cell", row.line, row.place_of(field, notebook), column=column)


def _doubt_unused(rows: Sequence[Row], notebook: Notebook) -> None:
    """One doubt for the columns of which nothing was taken, whichever table they stand in."""
    unused = dict.fromkeys(name for row in rows for name in row.columns.unused)
    if unused:
        names = ", ".join(unused)
        notebook.doubt("columns_unused", rows[0].columns.line, names, columns=names)
