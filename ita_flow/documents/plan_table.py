"""The plan as a table, for people to print and for programs to read; the import reads it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ita_flow.domain.areas import AREAS
from ita_flow.i18n import long_date

HEADINGS = (
    "ประเด็น",
    "หัวข้อที่ใช้ในการวิเคราะห์",
    "ผลการวิเคราะห์",
    "มาตรการ/กิจกรรม",
    "ขั้นตอนและวิธีการปฏิบัติ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
)
"""What the import reads, called as the import knows it."""

DUE_HEADINGS = ("วันครบกำหนด (พ.ศ.)", "วันครบกำหนด (ค.ศ.)")
"""For people and for programs; the import leaves these alone."""

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class PlanRow:
    """A measure of the plan with its texts as they are to stand in their cells."""

    area: int
    items: Sequence[str]
    analysis: str
    title: str
    method: str
    responsible: str
    window: str
    due_on: Sequence[date]
    """The days on which its tasks are due, each once; none where all were cancelled."""

    cancelled_because: Sequence[str] = ()
    """Why tasks of it were cancelled, each reason once."""


@dataclass(frozen=True)
class PlanTable:
    """The plan of an agency for a fiscal year (BE)."""

    agency_name: str
    year: int
    rows: Sequence[PlanRow]


SAMPLE = PlanRow(
    area=1,
    items=("O11 แผนดำเนินงานประจำปี",),
    analysis="โครงการบางส่วนล่าช้า",
    title="ติดตามโครงการทุกเดือน",
    method="1. ตั้งคณะทำงาน\n2. ประชุมทุกเดือน\n3. สรุปผลเสนอผู้บริหาร",
    responsible="กองแผนงาน",
    window="ตลอดปีงบประมาณ",
    due_on=(),
)
"""A row that the import understands in every cell."""


def cells_of(row: PlanRow) -> tuple[str, ...]:
    """The cells under ``HEADINGS``, in words that can be printed."""
    texts = (
        f"{row.area}. {AREAS[row.area]}",
        "\n".join(" ".join(printable(item).split()) for item in row.items),
        row.analysis,
        row.title,
        row.method,
        row.responsible,
        row.window,
    )
    return tuple(map(printable, texts))


def due_cells_of(row: PlanRow) -> tuple[str, str]:
    """The cells under ``DUE_HEADINGS``: for people, and in ISO for programs. People read too what was cancelled."""
    read = [long_date(day).replace("\u00a0", " ") for day in row.due_on]
    read += [printable(f"ยกเลิก: {reason}") for reason in row.cancelled_because]
    return "\n".join(read), "\n".join(day.isoformat() for day in row.due_on)


def printable(text: str) -> str:
    """The text with plain line breaks, and without the control characters that no file of a table can hold."""
    return _UNPRINTABLE.sub("", _LINE_BREAK.sub("\n", text.replace("\t", " ")))
