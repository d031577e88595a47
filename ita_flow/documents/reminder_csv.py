"""The ledger of reminders as a CSV file: one line of headings, one line a scheduled mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ita_flow.documents.csv_file import csv_file, day_for_people, moment_for_machines
from ita_flow.domain.languages import Language
from ita_flow.i18n import NO_BREAK, speaking
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


@speaking(Language.THAI)  # as its headings
def csv_of(rows: Iterable[LedgerRow]) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula."""
    return csv_file([HEADINGS, *map(_cells, rows)])


def _cells(row: LedgerRow) -> Sequence[str]:
    return (
        row.send_on.isoformat(),
        day_for_people(row.send_on),
        row.recipient.name,
        row.address,
        "\n".join(dict.fromkeys(label_of(line.section) for line in row.lines)),
        "\n".join(dict.fromkeys(line.about for line in row.lines if line.about)),
        label_of(row.state),
        reason_of(row).replace(NO_BREAK, " "),
        moment_for_machines(row.sent_at),
        row.state.value,
    )
