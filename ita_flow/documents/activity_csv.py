"""The record as a CSV file: one line of headings, one line an event, the newest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from ita_flow.documents.plan_csv import BYTE_ORDER_MARK
from ita_flow.documents.plan_table import printable
from ita_flow.domain.calendar import BANGKOK, bangkok_day
from ita_flow.domain.formulas import defused
from ita_flow.i18n import long_date
from ita_flow.queries.activity import ActivityPage
from ita_flow.wording.activity_lines import Line, line_of
from ita_flow.wording.activity_values import Change

HEADINGS = (
    "ลำดับ",
    "วันเวลา (ค.ศ.)",
    "วันที่ (พ.ศ.)",
    "ผู้ดำเนินการ",
    "ตำแหน่งในวันนั้น",
    "การทำหน้าที่แทน",
    "การกระทำ",
    "เรื่อง",
    "ก่อน",
    "หลัง",
    "รหัสการกระทำ",
    "รหัสเรื่อง",
    "รหัสตรวจสอบ",
)


def csv_of(pages: Iterable[ActivityPage]) -> Iterator[bytes]:
    """The file in pieces, one a page: UTF-8 with the mark that Excel needs; no cell begins a formula."""
    yield (BYTE_ORDER_MARK + _written([HEADINGS])).encode()
    for page in pages:
        yield _written(_cells(line_of(entry, page.names)) for entry in page.entries).encode()


def _written(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([defused(printable(cell)) for cell in row] for row in rows)
    return written.getvalue()


def _cells(line: Line) -> Sequence[str]:
    return (
        str(line.seq),
        line.at.astimezone(BANGKOK).isoformat(timespec="seconds") if line.at else "",
        long_date(bangkok_day(line.at)).replace("\u00a0", " ") if line.at else "",
        line.who,
        line.post,
        line.acting,
        line.deed,
        line.about,
        "\n".join(f"{change.part}: {change.before}" for change in line.changes if change.before),
        "\n".join(_after(change) for change in line.changes),
        line.action,
        line.subject,
        line.hash,
    )


def _after(change: Change) -> str:
    return f"{change.part}: {change.after}"
