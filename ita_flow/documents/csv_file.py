"""Tables as CSV files that spreadsheets read as they were meant, and how their cells say days and moments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ita_flow.documents.plan_table import printable
from ita_flow.domain.calendar import BANGKOK
from ita_flow.domain.formulas import defused
from ita_flow.i18n import NO_BREAK, long_date

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for the code page of the machine, and Thai for something else."""


def csv_file(lines: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula."""
    return (BYTE_ORDER_MARK + csv_text(lines)).encode()


def csv_text(lines: Iterable[Sequence[object]]) -> str:
    """The same lines as text, for a file that is made in pieces."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([defused(printable(str(cell))) for cell in line] for line in lines)
    return written.getvalue()


def day_for_people(day: date) -> str:
    """The day in words, with plain spaces."""
    return long_date(day).replace(NO_BREAK, " ")


def moment_for_machines(at: datetime | None) -> str:
    """The moment in Bangkok as machines sort it; nothing where there is none."""
    return at.astimezone(BANGKOK).isoformat(timespec="seconds") if at else ""
