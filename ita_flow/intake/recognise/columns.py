"""Which column of a table holds what; where two headings mean the same, what stands below them decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ita_flow.domain.thai import arabic_digits
from ita_flow.domain.windows import is_window_phrase
from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.area_names import area_number
from ita_flow.intake.recognise.headings import (
    HEADINGS,
    WORDS_FOR_ITEMS,
    heading_key,
    is_table_heading,
    meanings_of,
    rank_of,
    says_nothing_new,
)
from ita_flow.intake.recognise.items import holds_items
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits
from ita_flow.intake.recognise.units import named_units

ROWS_LOOKED_AT = 60


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds which field, and what the document itself calls it."""

    places: Mapping[str, int]
    names: tuple[str, ...]
    line: int

    def name_of(self, field: str) -> str:
        """The heading in the document, or the usual one where the table has no such column."""
        return " ".join(self.names[self.places[field]].split()) if field in self.places else HEADINGS[field][0]

    @property
    def are_numbers_codes(self) -> bool:
        """Whether the column of items is called so that a number alone is a code."""
        name = heading_key(self.name_of("items"))
        return "items" in self.places and any(word in name for word in WORDS_FOR_ITEMS)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the columns of which nothing was taken."""
        used = set(self.places.values())
        unused = [name for index, name in enumerate(self.names) if index not in used and name]
        return tuple(" ".join(name.split()) for name in unused if not says_nothing_new(name))


@dataclass(frozen=True)
class _Below:
    """The first rows below a heading, and the units that may be named in them."""

    rows: Sequence[Line]
    known: KnownUnits


def headings_of(lines: Sequence[Line], known: KnownUnits = NOBODY) -> dict[int, Columns | None]:
    """The headings by the numbers of their lines; the second line of a heading stands with None."""
    headings: dict[int, Line | None] = {}
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if line.number in headings:
            continue
        both = _in_two_lines(line, following) if following else None
        if both and following:
            headings |= {line.number: both, following.number: None}
        elif is_table_heading(line):
            headings[line.number] = line
    columns: dict[int, Columns | None] = dict.fromkeys(headings)
    for number, heading in headings.items():
        if heading:
            columns[number] = _columns(heading, _Below(_below(number, headings, lines), known))
    return columns


def _in_two_lines(line: Line, following: Line) -> Line | None:
    """The heading whose second line names parts of the columns of the first."""
    lower = [cell for cell in following.cells if cell]
    if not line.is_row or not following.is_row or not lower or is_table_heading(following):
        return None
    if not all(map(meanings_of, lower)) or len(following.cells) > len(line.cells):
        return None
    cells = (*following.cells, *line.cells[len(following.cells) :])
    both = Line(line.number, tuple(below or above for above, below in zip(line.cells, cells, strict=True)))
    return both if is_table_heading(both) else None


def _below(number: int, headings: Mapping[int, object], lines: Sequence[Line]) -> list[Line]:
    """The first rows below a heading, up to the next one."""
    rows: list[Line] = []
    # Lines are numbered from 1 without gaps, so the line after this one stands at the place of its number.
    for line in lines[number : number + ROWS_LOOKED_AT]:
        if headings.get(line.number):
            break
        if line.is_row and line.number not in headings:
            rows.append(line)
    return rows


def _columns(line: Line, below: _Below) -> Columns:
    meanings = [_by_what_they_hold(meanings_of(cell), index, below) for index, cell in enumerate(line.cells)]
    return Columns(_places(meanings, line, below), line.cells, line.number)


def _by_what_they_hold(fields: tuple[str, ...], index: int, below: _Below) -> tuple[str, ...]:
    """The fields with those first that the cells of the column really hold."""
    if len(fields) < 2:
        return fields
    return tuple(sorted(fields, key=lambda field: -_fit(field, index, below)))


def _places(meanings: Sequence[tuple[str, ...]], line: Line, below: _Below) -> dict[str, int]:
    """One column for each field. A column that another one pushes out may take what else it means."""
    places: dict[str, int] = {}
    for field in HEADINGS:
        columns = [index for index, fields in enumerate(meanings) if fields[:1] == (field,)]
        if columns:
            places[field] = _best(field, columns, line, below)
    for index, fields in enumerate(meanings):
        if index not in places.values():
            places.update({field: index for field in fields[1:2] if field not in places})
    places.pop("numbering", None)
    return places


def _best(field: str, columns: Sequence[int], line: Line, below: _Below) -> int:
    """Of several columns the one that holds the most of the field, else the one with the more usual heading."""
    if len(columns) == 1:
        return columns[0]
    return min(columns, key=lambda index: (-_fit(field, index, below), rank_of(field, line.cells[index]), index))


def _fit(field: str, index: int, below: _Below) -> int:
    """How many cells of the column read as this field; no more is asked of fields that hold any words."""
    cells = [cell for cell in _cells(index, below) if cell]
    if field == "numbering":
        return sum(arabic_digits(cell).rstrip(".") == str(number) for number, cell in enumerate(cells, start=1))
    return sum(reads_as(field, cell, below.known) for cell in cells)


def _cells(index: int, below: _Below) -> Iterator[str]:
    return (line.cells[index] for line in below.rows if index < len(line.cells))


def reads_as(field: str, cell: str, known: KnownUnits = NOBODY) -> bool:
    """Whether a cell can be read as this field; never for the fields that hold any words."""
    if field == "area":
        return area_number(cell, 0, Notebook()) is not None
    if field == "items":
        return holds_items(cell)
    if field == "responsible":
        return named_units(cell, known) is not None
    return field == "window" and is_window_phrase(cell)
