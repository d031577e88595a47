"""The ledger of reminders as a CSV file: one line of headings, one line a scheduled mail."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ita_flow.documents.plan_csv import BYTE_ORDER_MARK
from ita_flow.documents.plan_table import printable
from ita_flow.domain.calendar import BANGKOK
from ita_flow.domain.formulas import defused
from ita_flow.i18n import NO_BREAK, long_date
from ita_flow.queries.reminder_rows import LedgerRow
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminder_ledger import reason_of

HEADINGS = (
    "วันที่ส่ง (ค.ศ.)",
    "วันที่ส่ง (พ.ศ.)",
    "ผู้รับ",
    "อีเมล",
    "เรื่อง",
    "มาตรการ",
    "สถานะ",
    "เหตุผล",
    "ส่งเมื่อ (ค.ศ.)",
    "รหัสสถานะ",
)


def csv_of(rows: Iterable[LedgerRow]) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula."""
    written = io.StringIO(newline="")
    lines = [HEADINGS, *map(_cells, rows)]
    csv.writer(written).writerows([defused(printable(cell)) for cell in line] for line in lines)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _cells(row: LedgerRow) -> Sequence[str]:
    return (
        row.send_on.isoformat(),
        long_date(row.send_on).replace(NO_BREAK, " "),
        row.recipient.name,
        row.address,
        "\n".join(dict.fromkeys(label_of(line.section) for line in row.lines)),
        "\n".join(dict.fromkeys(line.about for line in row.lines if line.about)),
        label_of(row.state),
        reason_of(row).replace(NO_BREAK, " "),
        row.sent_at.astimezone(BANGKOK).isoformat(timespec="seconds") if row.sent_at else "",
        row.state.value,
    )
