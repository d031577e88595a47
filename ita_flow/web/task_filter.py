"""The filter of the task list, as it stands in the query string. What cannot be read is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.listing import ListOrder, SortBy
from ita_flow.domain.searching import Search
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.models.people import Unit, User
from ita_flow.queries.chosen_names import names_of_chosen
from ita_flow.queries.task_lists import EVERYTHING, TaskList
from ita_flow.queries.tasks import TaskFilter, divisions_with_tasks
from ita_flow.web.around import year_to_show
from ita_flow.web.forms import typed
from ita_flow.wording.labels import label_of
from ita_flow.wording.official_names import AREA_NAMES

BY_MEASURE = "measure"
FALLING = "desc"
IN_THE_BAR = ("year", "q", "area", "division", "window", "state", "deadline", "sort")


@dataclass(frozen=True)
class AskedFilter:
    """What the address asks for, which page of it, and the names of what could not be read."""

    chosen: TaskFilter
    by_measure: bool = False
    search: Search = EVERYTHING
    order: ListOrder = ListOrder()
    page: int = 1
    ignored: Sequence[str] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the year is asked for."""
        return bool(self.search) or any(value for name, value in asdict(self.chosen).items() if name != "year")

    @property
    def wanted(self) -> TaskList:
        return TaskList(self.chosen, self.search, self.order, self.by_measure)

    def query(self, **otherwise: object) -> Mapping[str, Any]:
        """What stands in the address of this list from its first page on, with these parts otherwise; None: without."""
        stands: dict[str, object] = {
            **asdict(self.chosen),
            "by": BY_MEASURE if self.by_measure else None,
            "q": self.search.text,
            "sort": None if self.order.by is SortBy.NUMBER else self.order.by,
            "order": FALLING if self.order.is_falling else None,
        }
        return {name: _plain(value) for name, value in {**stands, **otherwise}.items() if value}

    @property
    def beside_the_bar(self) -> Mapping[str, Any]:
        """What the bar does not offer, and what it shall keep."""
        return self.query(**dict.fromkeys(IN_THE_BAR))

    def at(self, page: int) -> Mapping[str, Any]:
        """What stands in the address of another page of this list."""
        return self.query(page=page if page > 1 else None)


def _plain(value: object) -> object:
    if value is True:
        return 1
    return value.value if isinstance(value, StrEnum) else value


def _year(text: str) -> int:
    return FiscalYear(int(text)).buddhist_year


def _area(text: str) -> int:
    if int(text) not in AREAS:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> int:
    if not 1 <= int(text) <= LARGEST_NUMBER:
        raise ValueError(text)
    return int(text)


def _yes(text: str) -> bool:
    if text != "1":
        raise ValueError(text)
    return True


def _only(word: str) -> Callable[[str], bool]:
    """A part that is there or not, and is written in just one way."""

    def read(text: str) -> bool:
        if text != word:
            raise ValueError(text)
        return True

    return read


@dataclass(frozen=True)
class Field:
    """One part of the filter: what people call it, and how its text is read."""

    name: LazyString
    read: Callable[[str], Any]


FIELDS: Mapping[str, Field] = {
    "year": Field(_l("ปีงบประมาณ"), _year),
    "area": Field(_l("ประเด็น"), _area),
    "measure": Field(_l("มาตรการที่"), _number),
    "division": Field(_l("สำนัก/กอง"), _number),
    "section": Field(_l("ฝ่าย/กลุ่มงาน"), _number),
    "officer": Field(_l("เจ้าหน้าที่"), _number),
    "window": Field(_l("ระยะเวลา"), WindowKind),
    "due_on": Field(_l("กำหนดแล้วเสร็จ"), date.fromisoformat),
    "state": Field(_l("สถานะ"), TaskState),
    "deadline": Field(_l("กำหนด"), DeadlineState),
    "mine": Field(_l("งานของฉัน"), _yes),
    "now": Field(_l("ต้องทำตอนนี้"), _yes),
    "later": Field(_l("ยังมีเวลา"), _yes),
    "follow_up": Field(_l("ต้องติดตาม"), _yes),
    "unfinished": Field(_l("ยังไม่แล้วเสร็จ"), _yes),
    "chase": Field(_l("ต้องเร่งรัด"), _yes),
    "reason": Field(_l("เหตุที่ติดตาม"), ChaseReason),
}
BY_ID = ("division", "section", "officer")
"""The parts that name something by number, which may not be there."""

ABOUT_THE_LIST: Mapping[str, Field] = {
    "by": Field(_l("วิธีนับ"), _only(BY_MEASURE)),
    "sort": Field(_l("เรียงตาม"), SortBy),
    "order": Field(_l("ลำดับ"), _only(FALLING)),
    "page": Field(_l("หน้า"), _number),
}


def read_filter(asked: MultiDict[str, str], this_year: int) -> AskedFilter:
    """The filter that this query string asks for; without a year, of ``this_year`` (BE)."""
    chosen, unread = _read(FIELDS, asked)
    listed, unread_too = _read(ABOUT_THE_LIST, asked)
    return AskedFilter(
        TaskFilter(**{"year": this_year, **chosen}),
        by_measure=listed.get("by", False),
        search=Search(typed(asked.get("q", ""))),
        order=ListOrder(listed.get("sort", SortBy.NUMBER), listed.get("order", False)),
        page=listed.get("page", 1),
        ignored=[*unread, *unread_too],
    )


def _read(parts: Mapping[str, Field], asked: MultiDict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """What could be read, and the names of what could not."""
    read: dict[str, Any] = {}
    ignored = []
    for name, part in parts.items():
        text = asked.get(name, "").strip()
        try:
            read |= {name: part.read(text)} if text else {}
        except ValueError:
            ignored.append(str(part.name))
    return read, ignored


@dataclass(frozen=True)
class AskedList:
    """A list as it is asked for, with what its page says of the filter."""

    asked: AskedFilter
    divisions: Sequence[Unit]
    """Those that have tasks that year."""

    names: Mapping[str, str]
    """How people call what the filter names by number."""


def list_asked_for(user: User, asked: MultiDict[str, str], today: date) -> AskedList:
    """The list that this query string asks for; what names nothing of the person's agency is left out and told."""
    read = read_filter(asked, this_year=year_to_show())
    divisions = divisions_with_tasks(user, read.chosen.year)
    names = {**names_of_chosen(user, read.chosen), **_name_of_division(divisions, read.chosen.division)}
    known = [name for name in BY_ID if name in names]
    return AskedList(without_unknown(read, known), divisions, names)


def _name_of_division(divisions: Iterable[Unit], chosen: int | None) -> dict[str, str]:
    return next(({"division": division.name} for division in divisions if division.id == chosen), {})


def without_unknown(asked: AskedFilter, known: Collection[str]) -> AskedFilter:
    """The same filter without what names nothing there is. ``known``: the parts that do name something."""
    unknown = [name for name in BY_ID if getattr(asked.chosen, name) and name not in known]
    names = [str(FIELDS[name].name) for name in unknown]
    kept = {name: value for name, value in asdict(asked.chosen).items() if name not in unknown}
    return replace(asked, chosen=TaskFilter(**kept), ignored=[*asked.ignored, *names])


def choices(divisions: Iterable[Unit]) -> Mapping[str, Sequence[tuple[object, str]]]:
    """What the filter bar offers: for each part its values with their words."""
    return {
        "area": [(number, f"{number} {name}") for number, name in AREA_NAMES.items()],
        "division": [(division.id, division.name) for division in divisions],
        "window": _named(WindowKind),
        "state": _named(TaskState),
        "deadline": _named(DeadlineState),
        "sort": _named(SortBy),
    }


def _named(kind: type[StrEnum]) -> list[tuple[object, str]]:
    return [(member.value, label_of(member)) for member in kind]
