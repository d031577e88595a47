"""The measures: one for each row of the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, Window, WindowKind
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.windows import window_from_phrase
from ita_flow.intake.draft import CitedItem, DraftMeasure, Responsible
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.areas import area_number
from ita_flow.intake.recognise.layout import cited_item, listed_items
from ita_flow.intake.recognise.table import Row, rows_of
from ita_flow.intake.recognise.units import responsible_units

SIGNS_OF_NOTHING = ("", "-", "–", "ไม่มี")


def measures_of(lines: Sequence[Line], fiscal_year: FiscalYear, notebook: Notebook) -> tuple[DraftMeasure, ...]:
    """The measures in source order; every area needs at least one."""
    rows = rows_of(lines, notebook)
    if not rows:
        return ()
    measures = [measure for row in _with_area(rows) if (measure := _measure(row, fiscal_year, notebook))]
    _require_every_area(rows, notebook)
    return tuple(measures)


def _with_area(rows: Iterable[Row]) -> list[Row]:
    """Rows of a merged area cell: an empty one means the area above."""
    area = ""
    filled = []
    for row in rows:
        area = row.cells.get("area") or area
        filled.append(Row(row.line, {**row.cells, "area": area}, row.columns))
    return filled


def _measure(row: Row, fiscal_year: FiscalYear, notebook: Notebook) -> DraftMeasure | None:
    area = _area(row, notebook)
    title = _filled(row, "title", notebook)
    items = _items(row, notebook)
    responsible = _responsible(row, notebook)
    window = _window(row, fiscal_year, notebook)
    _doubt_empty(row, ("items", "method"), notebook)
    if not (area and title and responsible and window):
        return None
    return DraftMeasure(
        area=area,
        title=title,
        items=items,
        analysis=row.cells.get("analysis", ""),
        method=row.cells.get("method", ""),
        responsible_text=row.cells["responsible"],
        responsible=responsible,
        window_text=row.cells["window"],
        window=window,
        lines=dict.fromkeys(row.cells, row.line),
    )


def _area(row: Row, notebook: Notebook) -> int | None:
    text = _filled(row, "area", notebook)
    number = area_number(text, row.line, notebook) if text else None
    if text and number is None:
        notebook.problem(row.place_of("area", notebook), text, needed("needed_area"))
    return number


def _filled(row: Row, field: str, notebook: Notebook) -> str:
    """The cell of a field without which there is no measure. A missing column was told already."""
    text = row.cells.get(field, "")
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
    parts = [part for part in listed_items(row.cells.get("items", "")) if part not in SIGNS_OF_NOTHING]
    items = [(part, cited_item(part, row.line)) for part in parts]
    for part, item in items:
        if item is None:
            notebook.problem(row.place_of("items", notebook), part, needed("needed_item"))
    return tuple(item for _, item in items if item)


def _responsible(row: Row, notebook: Notebook) -> tuple[Responsible, ...]:
    text = _filled(row, "responsible", notebook)
    units = responsible_units(text) if text else ()
    if units is None:
        notebook.problem(row.place_of("responsible", notebook), text, needed("needed_division"))
    return units or ()


def _window(row: Row, fiscal_year: FiscalYear, notebook: Notebook) -> Window | None:
    text = _filled(row, "window", notebook)
    try:
        return window_from_phrase(text, fiscal_year) if text else None
    except Refusal as refusal:
        if refusal.key == "window_of_another_year":
            notebook.doubt(refusal.key, row.line, text, must_be_accepted=True, wanted=fiscal_year.buddhist_year)
            return _same_part(window_from_phrase(text, FiscalYear(int(str(refusal.values["year"])))), fiscal_year)
        notebook.refuse(row.place_of("window", notebook), text, refusal)
        return None


def _same_part(window: Window, fiscal_year: FiscalYear) -> Window:
    """The same part of this fiscal year, for a person who accepts that the document names another."""
    return fiscal_year.first_half if window.kind is WindowKind.FIRST_HALF else fiscal_year.full_year


def _require_every_area(rows: Sequence[Row], notebook: Notebook) -> None:
    quiet = Notebook()
    named = {area_number(row.cells.get("area", ""), row.line, quiet) for row in rows}
    for number in AREAS.keys() - named:
        notebook.problem(
            place("place_table_at", line=rows[0].columns.line),
            found("found_no_area", number=number, name=AREAS[number]),
            needed("needed_area_row"),
        )


def _doubt_empty(row: Row, fields: Iterable[str], notebook: Notebook) -> None:
    for field in fields:
        if row.cells.get(field, "") in SIGNS_OF_NOTHING:
            column = row.columns.name_of(field)
            notebook.doubt("empty_cell", row.line, row.place_of(field, notebook), column=column)
