"""The filter of the task list, as it stands in the query string. What cannot be read is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.models.people import Unit
from ita_flow.queries.tasks import TaskFilter
from ita_flow.wording.labels import label_of

LARGEST_ID = 2**31 - 1
BY_MEASURE = "measure"


@dataclass
class AskedFilter:
    """What the address asks for, whether rows are measures or tasks, and the names of what could not be read."""

    chosen: TaskFilter
    by_measure: bool = False
    ignored: list[str] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the year is asked for."""
        return any(value for name, value in asdict(self.chosen).items() if name != "year")


def _year(text: str) -> int:
    return FiscalYear(int(text)).buddhist_year


def _area(text: str) -> int:
    if int(text) not in AREAS:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> int:
    if not 1 <= int(text) <= LARGEST_ID:
        raise ValueError(text)
    return int(text)


def _yes(text: str) -> bool:
    if text != "1":
        raise ValueError(text)
    return True


def _by(text: str) -> str:
    if text != BY_MEASURE:
        raise ValueError(text)
    return text


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
    "window": Field(_l("ระยะเวลา"), WindowKind),
    "state": Field(_l("สถานะ"), TaskState),
    "deadline": Field(_l("กำหนด"), DeadlineState),
    "mine": Field(_l("งานของฉัน"), _yes),
    "follow_up": Field(_l("ต้องติดตาม"), _yes),
    "unfinished": Field(_l("ยังไม่แล้วเสร็จ"), _yes),
    "by": Field(_l("วิธีนับ"), _by),
}


def read_filter(asked: MultiDict[str, str], this_year: int) -> AskedFilter:
    """The filter that this query string asks for; without a year, of ``this_year`` (BE)."""
    read: dict[str, Any] = {"year": this_year}
    ignored = []
    for name, part in FIELDS.items():
        text = asked.get(name, "").strip()
        if not text:
            continue
        try:
            read[name] = part.read(text)
        except ValueError:
            ignored.append(str(part.name))
    by_measure = read.pop("by", None) == BY_MEASURE
    return AskedFilter(TaskFilter(**read), by_measure, ignored)


def without_unknown_division(asked: AskedFilter, known: Collection[int]) -> AskedFilter:
    """The same filter, unless it names a division that has no task that year."""
    if asked.chosen.division is None or asked.chosen.division in known:
        return asked
    kept = asdict(asked.chosen) | {"division": None}
    return AskedFilter(TaskFilter(**kept), asked.by_measure, [*asked.ignored, str(FIELDS["division"].name)])


def choices(divisions: Iterable[Unit]) -> Mapping[str, Sequence[tuple[object, str]]]:
    """What the filter bar offers: for each part its values with their words."""
    return {
        "area": [(number, f"{number} {name}") for number, name in AREAS.items()],
        "division": [(division.id, division.name) for division in divisions],
        "window": _named(WindowKind),
        "state": _named(TaskState),
        "deadline": _named(DeadlineState),
    }


def _named(kind: type[StrEnum]) -> list[tuple[object, str]]:
    return [(member.value, label_of(member)) for member in kind]
