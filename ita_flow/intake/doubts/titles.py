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
    first: dict[str, CitedItem] = {}
    for item in sorted(_cited(lines, draft), key=lambda item: item.line):
        known = first.setdefault(item.code, item)
        if item.title and not _is_same(known.title, item.title):
            notebook.doubt(
                "item_title", item.line, f"{item.code} {item.title}", elsewhere=known.line, other=known.title
            )
            first[item.code] = item


def _cited(lines: Iterable[Line], draft: PlanDraft) -> Iterator[CitedItem]:
    for area in draft.areas:
        yield from area.items
    for measure in draft.measures:
        yield from measure.items
    for line in lines:
        match = _ITEM_HEADING.match(line.text)
        code = item_code(match[1]) if match else None
        if match and code and not line.is_row:
            yield CitedItem(code, match[2], line.number)


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
