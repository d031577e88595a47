"""The year at a glance as a CSV file: every figure of the page in a line, and beneath them the tasks behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ita_flow.documents.csv_file import csv_file, day_for_people, moment_for_machines
from ita_flow.domain.areas import AREAS
from ita_flow.domain.languages import Language
from ita_flow.domain.pace import Forecast, Pace
from ita_flow.domain.states import TaskState
from ita_flow.i18n import NO_BREAK, short_moment, speaking
from ita_flow.queries.dashboard import Overview
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.tallies import Tally
from ita_flow.wording.labels import label_of

FIGURE_HEADINGS = ("กลุ่ม", "ชื่อ", "รายการ", "ค่า")
TASK_HEADINGS = (
    "มาตรการที่",
    "มาตรการ",
    "ประเด็น",
    "ระยะเวลา",
    "สำนัก/กอง",
    "ฝ่าย/กลุ่มงาน",
    "กำหนด (ค.ศ.)",
    "กำหนด (พ.ศ.)",
    "สถานะ",
    "กำหนดเวลา",
    "ความก้าวหน้าที่เห็นชอบแล้ว (%)",
    "ความก้าวหน้าที่รายงานและรอพิจารณา (%)",
    "ปรับปรุงล่าสุด (ค.ศ.)",
)
Line = Sequence[object]


@speaking(Language.THAI)  # as its headings
def csv_of(seen: Overview, at: datetime) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula. An empty line stands before the tasks."""
    return csv_file([FIGURE_HEADINGS, *_figures(seen, at), (), TASK_HEADINGS, *map(_cells, seen.tasks)])


def _figures(seen: Overview, at: datetime) -> Iterator[Line]:
    """In the order of the page."""
    yield from _headline(seen, at)
    yield from _paced(seen.pace) if seen.pace else ()
    for division in seen.divisions:
        yield from _tallied(("สำนัก/กอง", division.name), "งาน", division.tally)
    yield from _tallied(("สำนัก/กอง", "รวม"), "งาน", seen.division_total)
    for area in seen.areas:
        about = ("ประเด็น", f"{area.number} {area.name}")
        yield from _tallied(about, _counted_in(seen), area.tally)
        yield *about, "ความก้าวหน้าที่เห็นชอบแล้ว (%)", area.percent
    for window in seen.windows:
        yield from _tallied(("ระยะเวลา", label_of(window.kind)), _counted_in(seen), window.tally)


def _headline(seen: Overview, at: datetime) -> Iterator[Line]:
    about = ("ภาพรวม", f"ปีงบประมาณ {seen.fiscal_year.buddhist_year} {_span(seen)}")
    yield *about, "ข้อมูล ณ", short_moment(at).replace(NO_BREAK, " ")
    yield from _tallied(about, _counted_in(seen), seen.tally)
    yield from ((*about, label_of(state), number) for state, number in seen.parts if state is not TaskState.DONE)
    yield *about, "ยกเลิก (ไม่นับ)", seen.cancelled
    yield *about, "งานที่ต้องติดตาม", len(seen.follow_up)


def _span(seen: Overview) -> str:
    """What the figures are of: a window, a division, or everything."""
    if seen.division and seen.tasks:
        return seen.tasks[0].division_name
    return label_of(seen.window) if seen.window else "ทั้งหมด"


def _counted_in(seen: Overview) -> str:
    return "งาน" if seen.division else "มาตรการ"


def _tallied(about: tuple[str, str], unit: str, tally: Tally) -> Iterable[Line]:
    figures = {
        f"{unit}ทั้งหมด": tally.total,
        "แล้วเสร็จ": tally.done,
        "ใกล้ครบกำหนด": tally.due_soon,
        "เกินกำหนด": tally.overdue,
    }
    return [(*about, name, number) for name, number in figures.items()]


def _paced(pace: Pace) -> Iterable[Line]:
    about = ("ความก้าวหน้าเทียบกับเวลา", label_of(pace.window.kind))
    figures = {
        "มาตรการที่นับ": len(pace.measures),
        "ความก้าวหน้าเฉลี่ยที่เห็นชอบแล้ว (%)": pace.approved,
        "ความก้าวหน้าเฉลี่ยรวมที่รอพิจารณา (%)": pace.claimed,
        "วันทำการที่ผ่านไป": pace.elapsed.days,
        "วันทำการทั้งหมด": pace.elapsed.of_days,
        "เวลาที่ผ่านไป (%)": pace.elapsed.percent,
        **_foretold("คาดการณ์", pace.forecast),
        **_foretold("คาดการณ์รวมที่รอพิจารณา", pace.claimed_forecast),
    }
    return [(*about, name, number) for name, number in figures.items()]


def _foretold(name: str, forecast: Forecast | None) -> dict[str, int]:
    if forecast is None:
        return {}
    return {f"{name}: มาตรการที่แล้วเสร็จ": forecast.complete, f"{name}: ความก้าวหน้าเฉลี่ย (%)": forecast.average}


def _cells(row: TaskStanding) -> Line:
    return (
        row.number,
        row.title,
        f"{row.area} {AREAS[row.area]}",
        label_of(row.window_kind),
        row.division_name,
        row.section_name or "",
        row.due_on.isoformat(),
        day_for_people(row.due_on),
        label_of(row.state),
        label_of(row.deadline) if row.deadline else "",
        row.percent,
        "" if row.claimed_percent is None else row.claimed_percent,
        moment_for_machines(row.updated_at),
    )
