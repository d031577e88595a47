"""Rows of a sheet as lines: which of them are a table, and which are prose that was typed into one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

Row = tuple[int, Sequence[str]]
"""Its number in the sheet, and its cells."""


def lines_of(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with a row of no cells wherever rows without text stand between them.

    A sheet has as many columns everywhere, so a line of prose and a table differ only in what is filled in: a row
    with a single text is prose until, in the same block, a row with several begins a table.
    """
    left = min((filled[0] for _, cells in rows if len(filled := _filled(cells)) > 1), default=0)
    for block in _blocks(rows):
        yield from _block(block, left)
        yield block[-1][0] + 1, ()


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Runs of rows that follow one another without an empty one between."""
    full = [row for row in rows if _filled(row[1])]
    for _, run in groupby(enumerate(full), key=lambda numbered: numbered[1][0] - numbered[0]):
        yield [row for _, row in run]


def _block(block: Sequence[Row], left: int) -> Iterator[Row]:
    width = max(_filled(cells)[-1] for _, cells in block) + 1
    is_table = False
    for number, cells in block:
        filled = _filled(cells)
        is_table = is_table or len(filled) > 1
        if is_table:
            yield number, (*cells, *[""] * (width - len(cells)))[min(left, filled[0]) : width]
        else:
            yield number, (cells[filled[0]],)


def _filled(cells: Sequence[str]) -> list[int]:
    return [index for index, cell in enumerate(cells) if cell]
