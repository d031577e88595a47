"""What a list of tasks is narrowed to, and the heads by which it is sorted: each with the address it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.listing import SortBy
from ita_flow.i18n import short_date
from ita_flow.web.task_filter import FALLING, FIELDS, AskedFilter
from ita_flow.wording.labels import label_of


@dataclass(frozen=True)
class Chip:
    """One part of a filter: its words, and where it is taken away."""

    words: str
    without: str


def chips(asked: AskedFilter, names: Mapping[str, str]) -> list[Chip]:
    """One for each part but the year. ``names``: how people call what a part names by number."""
    return [Chip(words, url_for("tasks.index", **asked.query(**{name: None}))) for name, words in _told(asked, names)]


@dataclass(frozen=True)
class Head:
    """The head of a column: pressed, it sorts by it; pressed again, the other way round."""

    name: str
    address: str
    direction: str
    """For screen readers: ascending, descending, or nothing where the list is sorted by something else."""


def heads(asked: AskedFilter) -> list[Head]:
    """Those of the list of tasks, from left to right."""
    return [_head(asked, name, by) for name, by in COLUMNS]


def _head(asked: AskedFilter, name: LazyString, by: SortBy) -> Head:
    is_sorted = asked.order.by is by
    direction = ("descending" if asked.order.is_falling else "ascending") if is_sorted else ""
    order = FALLING if direction == "ascending" else None
    sort = None if by is SortBy.NUMBER else by
    return Head(str(name), url_for("tasks.index", **asked.query(sort=sort, order=order)), direction)


def _told(asked: AskedFilter, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if asked.search:
        yield "q", _("คำค้น “%(text)s”", text=asked.search.text)
    if asked.by_measure:
        yield "by", _("นับรายมาตรการ")
    for name, part in FIELDS.items():
        value = getattr(asked.chosen, name)
        if value and name != "year":
            yield name, names.get(name) or WORDS.get(name, label_of)(value) if value is not True else str(part.name)


WORDS: Mapping[str, Callable[[Any], str]] = {
    "area": lambda number: _("ประเด็นที่ %(number)s", number=number),
    "measure": lambda number: _("มาตรการที่ %(number)s", number=number),
    "window": lambda kind: f"{FIELDS['window'].name} {label_of(kind)}",
    "due_on": lambda day: _("ครบกำหนด %(day)s", day=short_date(day)),
    "state": lambda state: f"{FIELDS['state'].name} {label_of(state)}",
    "deadline": lambda state: f"{FIELDS['deadline'].name} {label_of(state)}",
}

COLUMNS = (
    (_l("มาตรการ"), SortBy.NUMBER),
    (_l("ผู้รับผิดชอบ"), SortBy.DIVISION),
    (_l("กำหนด"), SortBy.DUE),
    (_l("ความก้าวหน้า"), SortBy.PROGRESS),
    (_l("สถานะ"), SortBy.URGENCY),
    (_l("ปรับปรุงล่าสุด"), SortBy.UPDATED),
)
