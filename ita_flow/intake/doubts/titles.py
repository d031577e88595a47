"""Doubts about what stands in several places: the title of an item, the analysis of a measure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ita_flow.domain.thai import ITEM_CODE, comparison_key, item_code
from ita_flow.intake.draft import CitedItem, DraftMeasure, PlanDraft
from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line

FEWEST_COPIES = 3

_ITEM_HEADING = re.compile(rf"ข้อ\s?({ITEM_CODE})(?![0-9๐-๙])\s?(\S.*)")


def doubt_item_titles(lines: Sequence[Line], draft: PlanDraft, notebook: Notebook) -> None:
    """A code with two titles is either mistyped or of two years: a person has to say which."""
    cells = {line.number: line.cells for line in lines}
    headings = list(_in_headings(lines))
    first: dict[str, CitedItem] = {}
    for item in sorted([*_listed(draft), *headings], key=lambda item: item.line):
        known = first.setdefault(item.code, item)
        if item.title and not _is_same(known.title, item.title):
            written, code = _as_written(item, cells.get(item.line, ()))
            # A heading goes on after the title, so its words are no title to take over.
            is_title = code and known.title and not {known, item}.intersection(headings)
            notebook.doubt(
                "item_title",
                item.line,
                written,
                elsewhere=known.line,
                proposal=f"{code}{known.title}" if is_title else "",
                code=item.code,
                other=known.title,
            )
            first[item.code] = item


def _listed(draft: PlanDraft) -> Iterator[CitedItem]:
    for area in draft.areas:
        yield from area.items
    for measure in draft.measures:
        yield from measure.items


def _in_headings(lines: Iterable[Line]) -> Iterator[CitedItem]:
    for line in lines:
        match = _ITEM_HEADING.match(line.text)
        code = item_code(match[1]) if match else None
        if match and code and not line.is_row:
            yield CitedItem(code, match[2], line.number)


def _as_written(item: CitedItem, cells: Iterable[str]) -> tuple[str, str]:
    """The item as it stands in its cell, and the code before its title; without a code where it is broken up."""
    wanted = re.compile(rf"((?:{ITEM_CODE})[ :.]{{0,3}}){re.escape(item.title)}")
    found = next((match for cell in cells if (match := wanted.search(cell))), None)
    return (found[0], found[1]) if found else (f"{item.code} {item.title}", "")


def _is_same(one: str, other: str) -> bool:
    """Headings go on after the title, so one may begin with the other."""
    shorter, longer = sorted((comparison_key(one), comparison_key(other)), key=len)
    return longer.startswith(shorter)


def doubt_analyses(measures: Sequence[DraftMeasure], notebook: Notebook) -> None:
    """One sentence copied to many measures analyses none of them."""
    copies = Counter(comparison_key(measure.analysis) for measure in measures if measure.analysis)
    for key, count in copies.items():
        if count >= FEWEST_COPIES:
            first = next(measure for measure in measures if comparison_key(measure.analysis) == key)
            notebook.doubt("same_analysis", first.lines["analysis"], first.analysis, count=count)
