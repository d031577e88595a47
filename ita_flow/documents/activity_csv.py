"""The record as a CSV file: one line of headings, one line an event, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ita_flow.documents.csv_file import csv_file, csv_text, day_for_people, moment_for_machines
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.languages import Language
from ita_flow.i18n import speaking
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
    yield csv_file([HEADINGS])
    for page in pages:
        yield _written(_cells(line_of(entry, page.names)) for entry in page.entries).encode()


@speaking(Language.THAI)  # as its headings
def _written(rows: Iterable[Sequence[str]]) -> str:
    return csv_text(rows)


def _cells(line: Line) -> Sequence[str]:
    return (
        str(line.seq),
        moment_for_machines(line.at),
        day_for_people(bangkok_day(line.at)) if line.at else "",
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
