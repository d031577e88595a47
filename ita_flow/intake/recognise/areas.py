"""What the prose says about each of the seven areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ita_flow.domain.areas import AREAS
from ita_flow.intake.draft import CitedItem, DraftArea
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.area_names import heading_of_area
from ita_flow.intake.recognise.headings import HEADINGS
from ita_flow.intake.recognise.layout import (
    before_a_table,
    cited_item,
    has_bullet,
    is_heading,
    joined,
    paragraphs,
)

_FOCUS = re.compile(r"มุ่งเน้น(?:ไป)?(?:ที่|ใน|เรื่อง)\s*(.+)", re.DOTALL)


def prose_areas(lines: Sequence[Line], notebook: Notebook) -> dict[int, DraftArea]:
    """What the prose says, by area; empty when the document has no such part, else all seven or a problem."""
    captions = before_a_table(lines)
    areas: dict[int, DraftArea] = {}
    for number, block in _blocks(lines, notebook):
        if any(is_heading(line, *HEADINGS["items"]) for line in block):
            areas.setdefault(number, _area(number, block, captions, notebook))
    for number in AREAS.keys() - areas.keys() if areas else ():
        notebook.problem(
            place("place_prose"),
            found("found_no_area", number=number, name=AREAS[number]),
            needed("needed_area_prose"),
        )
    return areas


def _blocks(lines: Iterable[Line], notebook: Notebook) -> list[tuple[int, list[Line]]]:
    """Each heading that names an area, with the lines up to the next one or to a table."""
    blocks: list[tuple[int, list[Line]]] = []
    is_open = False
    for line in lines:
        number = None if line.is_row else heading_of_area(line.text, line.number, notebook)
        if number:
            blocks.append((number, [line]))
        elif is_open and not line.is_row:
            blocks[-1][1].append(line)
        is_open = number is not None or (is_open and not line.is_row)
    return blocks


def _area(number: int, block: list[Line], captions: set[int], notebook: Notebook) -> DraftArea:
    overview, listed, analysed = _parts(block[1:])
    analysis = _without_caption(analysed, captions)
    text = joined(analysis)
    focus = _FOCUS.search(text)
    lines = {"number": block[0].number} | {
        field: part[0].number
        for field, part in (("overview", overview), ("items", listed), ("analysis", analysis))
        if part
    }
    if focus:
        lines["focus"] = _line_of(focus[0], analysis)
    return DraftArea(
        number=number,
        overview=joined(overview),
        items=_items(listed, notebook),
        analysis=text,
        focus=focus[1] if focus else "",
        lines=lines,
    )


def _parts(block: Iterable[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines before the list of items, the list, and the lines after its analysis begins."""
    parts: tuple[list[Line], list[Line], list[Line]] = ([], [], [])
    current = 0
    for line in block:
        if is_heading(line, *HEADINGS["items"]):
            current = 1
        elif is_heading(line, *HEADINGS["analysis"]):
            current = 2
        elif not line.is_blank or current == 2:
            parts[current].append(line)
    return parts


def _without_caption(lines: Iterable[Line], captions: set[int]) -> list[Line]:
    """The analysis without the caption of the table after it; a lone paragraph is never a caption."""
    found_paragraphs = paragraphs(lines)
    if len(found_paragraphs) > 1 and found_paragraphs[-1][0].number in captions:
        found_paragraphs.pop()
    return [line for paragraph in found_paragraphs for line in paragraph]


def _line_of(words: str, lines: Sequence[Line]) -> int:
    return next((line.number for line in lines if words[:10] in line.text), lines[0].number)


def _items(lines: Iterable[Line], notebook: Notebook) -> tuple[CitedItem, ...]:
    items: list[CitedItem] = []
    for line in lines:
        item = cited_item(line.text, line.number)
        if item:
            items.append(item)
        elif has_bullet(line.text) or not items:
            notebook.problem(notebook.place_of(line), line.text, needed("needed_item"))
        else:
            items[-1] = CitedItem(items[-1].code, f"{items[-1].title} {line.text}", items[-1].line)
    return tuple(items)
