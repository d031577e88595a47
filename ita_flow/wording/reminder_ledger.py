"""Sentences of the ledger of reminders: what became of a mail, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.reminder_ledger import Hindrance, LedgerState
from ita_flow.domain.reminders import Occasion, WhyNot
from ita_flow.i18n import short_date
from ita_flow.wording.chasing import asked_by_words
from ita_flow.wording.reminders import reason, rule_name

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.SUBMITTED: _l("ไม่ต้องส่ง เพราะส่งรายงานแล้ว"),
    WhyNot.DONE: _l("ไม่ต้องส่ง เพราะมาตรการแล้วเสร็จ"),
    WhyNot.CANCELLED: _l("ไม่ต้องส่ง เพราะมาตรการยกเลิกแล้ว"),
    WhyNot.DECLINED: _l("ไม่ได้ส่ง เพราะผู้รับเลือกรับน้อยลง"),
}

HINDRANCES: Mapping[Hindrance, LazyString] = {
    Hindrance.REFUSED: _l("เซิร์ฟเวอร์ปลายทางไม่รับอีเมลที่ส่งถึงที่อยู่นี้ โปรดตรวจอีเมลของผู้รับ"),
    Hindrance.GIVEN_UP: _l("พยายามส่งครบ 14 วันแล้วไม่สำเร็จ"),
    Hindrance.TRY_LATER: _l("เซิร์ฟเวอร์ปลายทางยังไม่รับ ระบบจะลองส่งใหม่เอง"),
    Hindrance.UNREACHABLE: _l("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ ระบบจะส่งเองเมื่อติดต่อได้"),
    Hindrance.NOTHING_TRUE: _l("เมื่อถึงเวลาส่ง ไม่มีเรื่องที่ยังต้องแจ้ง"),
}


class Line(Protocol):
    """One thing that a mail says."""

    @property
    def occasion(self) -> Occasion: ...

    @property
    def planned_for(self) -> date: ...

    @property
    def why_not(self) -> WhyNot | None: ...

    @property
    def asked_by(self) -> str: ...


class Row(Protocol):
    """A scheduled mail."""

    @property
    def send_on(self) -> date: ...

    @property
    def state(self) -> LedgerState: ...

    @property
    def lines(self) -> Sequence[Line]: ...

    @property
    def hindrance(self) -> Hindrance | None: ...

    @property
    def gathered_on(self) -> date | None: ...


def reason_of(row: Row) -> str:
    """All of them in one line."""
    return " · ".join(reasons_of(row))


def reasons_of(row: Row) -> list[str]:
    """Why the mail goes, went or did not go: each reason once, and last what came in between."""
    reasons = _each_once(reason_of_line(line, row) for line in row.lines)
    return [one for one in (*reasons, hindrance_of(row)) if one]


def reason_of_line(line: Line, row: Row) -> str:
    """Which rule speaks and why on this day, or why it keeps silent; or who asked by hand."""
    if line.asked_by:
        return asked_by_words(line.asked_by)
    if line.why_not is None and row.state is not LedgerState.SUPERSEDED:
        return reason(line.occasion, line.planned_for, row.send_on)
    spoken = _("การแจ้งเตือน “%(rule)s”", rule=rule_name(line.occasion.rule))
    why = WHY_NOT[line.why_not] if line.why_not else _("ไม่ได้ส่ง เพราะแจ้งเรื่องที่ด่วนกว่าของมาตรการเดียวกันแล้ว")
    return f"{spoken} {why}"


def hindrance_of(row: Row) -> str:
    """What came between the mail and its recipient; empty where nothing did."""
    if row.hindrance is None:
        return ""
    if row.gathered_on:
        return str(_("ยังไม่ได้ส่งในวันนั้น จึงรวมไปในอีเมลฉบับวันที่ %(day)s", day=short_date(row.gathered_on)))
    return str(HINDRANCES[row.hindrance])


def _each_once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))
