"""Sentences of the one mail of a day: what each section is called, what it says, what stands in the subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.reminders import Capacity, Section
from ita_flow.i18n import weekday_date
from ita_flow.wording.labels import counted_days
from ita_flow.wording.reminders import days_left_words

HEADINGS: Mapping[Section, LazyString] = {
    Section.OVERDUE: _l("เกินกำหนด"),
    Section.REMINDER: _l("ใกล้ครบกำหนด"),
    Section.ESCALATION: _l("เกินกำหนดหลายวัน"),
    Section.SLOW_DECISION: _l("ค้างพิจารณา"),
    Section.AWAITING: _l("รอท่านพิจารณา"),
    Section.WINDOW: _l("กำหนดเวลาของระบบ ITA"),
    Section.WEEKLY: _l("สรุปประจำสัปดาห์"),
    Section.MONTHLY: _l("สรุปประจำเดือน"),
}

OPEN_FORM = _l("อัปเดตความก้าวหน้า")
OPEN_TASKS = _l("ดูมาตรการที่เกินกำหนด")
OPEN_UNASSIGNED = _l("ดูมาตรการที่ยังไม่แล้วเสร็จ")
ASSIGN = _l("มอบหมายผู้รับผิดชอบ")
HEADINGS_WITHOUT_OFFICER: Mapping[Section, LazyString] = {
    Section.OVERDUE: _l("เกินกำหนด และยังไม่มีผู้รับผิดชอบ"),
    Section.REMINDER: _l("ใกล้ครบกำหนด และยังไม่มีผู้รับผิดชอบ"),
}

LONGEST_NAME = 20
"""Of a division in a subject, in letters."""

BECAUSE_NOBODY: Mapping[Capacity, LazyString] = {
    Capacity.SECTION_HEAD: _l("จึงเรียนท่านในฐานะหัวหน้าฝ่ายที่ได้รับมอบหมาย โปรดแจ้งผู้ประสานงาน ITA ให้มอบหมายผู้รับผิดชอบ"),
    Capacity.DIRECTOR: _l("จึงเรียนท่านในฐานะผู้บังคับบัญชาของสำนัก/กอง โปรดแจ้งผู้ประสานงาน ITA ให้มอบหมายผู้รับผิดชอบ"),
    Capacity.COORDINATOR: _l("จึงเรียนท่านในฐานะผู้ประสานงาน ITA โปรดมอบหมายผู้รับผิดชอบ"),
}
"""Why somebody else hears of a task that nobody is responsible for, and what to do."""

AS_WHAT: Mapping[Capacity, LazyString] = {
    Capacity.OFFICER: _l("เป็นผู้รับผิดชอบมาตรการ"),
    Capacity.SECTION_HEAD: _l("เป็นหัวหน้าฝ่ายของมาตรการที่ยังไม่มีผู้รับผิดชอบ"),
    Capacity.DIRECTOR: _l("เป็นผู้บังคับบัญชาของสำนัก/กองที่รับผิดชอบมาตรการ"),
    Capacity.CHIEF: _l("เป็นผู้กำกับดูแลการดำเนินการตามแผนมาตรการ"),
    Capacity.EXECUTIVE: _l("เป็นผู้บริหารสูงสุดของหน่วยงาน"),
    Capacity.COORDINATOR: _l("เป็นผู้ประสานงาน ITA"),
    Capacity.DECIDER: _l("เป็นผู้พิจารณา"),
}
"""As what the reader got the mail."""


def heading(section: Section, capacity: Capacity) -> str:
    """What a section is called in a mail that has several."""
    without = capacity is not Capacity.OFFICER and section in HEADINGS_WITHOUT_OFFICER
    return str((HEADINGS_WITHOUT_OFFICER if without else HEADINGS)[section])


def as_what_words(capacities: Iterable[Capacity]) -> str:
    """เป็นผู้รับผิดชอบมาตรการ และเป็นผู้พิจารณา; each once."""
    *others, last = dict.fromkeys(str(AS_WHAT[capacity]) for capacity in capacities)
    return str(_("%(others)s และ%(last)s", others=reduce(_and_as, others), last=last)) if others else last


def _and_as(told: str, what: str) -> str:
    return str(_("%(told)s %(what)s", told=told, what=what))


def due_subject(days: int, count: int, others: int) -> str:
    """เกินกำหนด 1 วัน: 1 มาตรการ และอีก 2 มาตรการ; ``days`` are negative past the due date."""
    told = str(_("%(when)s: %(count)s มาตรการ", when=days_left_words(days), count=count))
    return str(_("%(told)s และอีก %(others)s มาตรการ", told=told, others=others)) if others else told


def nobody_subject(days: int, count: int) -> str:
    """ยังไม่มีผู้รับผิดชอบ 1 มาตรการ เหลือ 16 วัน; of several no days are told."""
    told = str(_("ยังไม่มีผู้รับผิดชอบ %(count)s มาตรการ", count=count))
    return told if count > 1 else f"{told} {days_left_words(days)}"


def overdue_sentence(count: int) -> str:
    return str(_("มาตรการที่ท่านรับผิดชอบเกินกำหนดแล้ว %(count)s มาตรการ และยังไม่ได้รับรายงานว่าแล้วเสร็จ", count=count))


def due_sentence(count: int, last_days_left: int) -> str:
    """``last_days_left`` of the task that has most of them."""
    if last_days_left == 0:
        return str(_("มาตรการที่ท่านรับผิดชอบครบกำหนดวันนี้ %(count)s มาตรการ และยังไม่ได้รับรายงานว่าแล้วเสร็จ", count=count))
    return str(_("มาตรการที่ท่านรับผิดชอบใกล้ครบกำหนด %(count)s มาตรการ และยังไม่ได้รับรายงานว่าแล้วเสร็จ", count=count))


def nobody_sentence(count: int, capacity: Capacity, *, is_overdue: bool) -> str:
    """Why somebody hears of a task that nobody is responsible for, and what to do."""
    told = (
        _("มาตรการที่เกินกำหนด %(count)s มาตรการ ยังไม่มีผู้รับผิดชอบ", count=count)
        if is_overdue
        else _("มาตรการที่ใกล้ครบกำหนด %(count)s มาตรการ ยังไม่มีผู้รับผิดชอบ", count=count)
    )
    return f"{told} {BECAUSE_NOBODY[capacity]}"


def escalation_subject(days: int, count: int, division: str | None) -> str:
    """``days`` past the due date, the most of them; ``division`` where all tasks are of one."""
    if division is None or count > 1:
        return str(_("เกินกำหนด %(count)s มาตรการ นานที่สุด %(days)s", count=count, days=counted_days(days)))
    whose = division if len(division) <= LONGEST_NAME else _("สำนัก/กอง")
    return str(_("มาตรการของ%(whose)s เกินกำหนด %(days)s", whose=whose, days=counted_days(days)))


def escalation_sentence(count: int, division: str | None) -> str:
    if division:
        told = _("มาตรการของ%(division)s เกินกำหนดแล้ว %(count)s มาตรการ", division=division, count=count)
    else:
        told = _("มีมาตรการเกินกำหนดแล้ว %(count)s มาตรการ", count=count)
    return str(_("%(told)s และยังไม่ได้รับรายงานว่าแล้วเสร็จ จึงเรียนมาเพื่อโปรดทราบและติดตาม", told=told))


def last_report(reported_on: date | None, state: str) -> str:
    """When something was last reported, and how far the work is."""
    if reported_on is None:
        return str(_("ยังไม่ได้รับรายงาน"))
    return str(_("รายงานล่าสุด %(day)s · %(state)s", day=weekday_date(reported_on), state=state))


def responsible(unit: str, officers: str) -> str:
    if not officers:
        return str(_("%(unit)s · ยังไม่มีผู้รับผิดชอบ", unit=unit))
    return str(_("%(unit)s · ผู้รับผิดชอบ %(officers)s", unit=unit, officers=officers))


def slow_subject(days_allowed: int | None, count: int) -> str:
    """ค้างพิจารณาเกิน 3 วันทำการ: 2 รายการ; None where several seats have different times."""
    if days_allowed is None:
        return str(_("ค้างพิจารณาเกินเวลาที่กำหนด: %(count)s รายการ", count=count))
    return str(_("ค้างพิจารณาเกิน %(days)s วันทำการ: %(count)s รายการ", days=days_allowed, count=count))


def slow_sentence(days_allowed: int | None, count: int) -> str:
    if days_allowed is None:
        return str(_("มีรายงานรอท่านพิจารณาเกินเวลาที่กำหนดแล้ว %(count)s รายการ", count=count))
    return str(_("มีรายงานรอท่านพิจารณาเกิน %(days)s วันทำการแล้ว %(count)s รายการ", days=days_allowed, count=count))


def waits_since(since: date) -> str:
    return str(_("รอท่านพิจารณาตั้งแต่ %(day)s", day=weekday_date(since)))


def waits_too_long(waited: int, allowed: int) -> str:
    """Of a proposal; both in working days."""
    return str(_("รอมาแล้ว %(days)s วันทำการ (กำหนด %(allowed)s วัน)", days=waited, allowed=allowed))


def open_first(cautions: Sequence[str]) -> str:
    """Why a report should be opened before it is decided on."""
    return str(_("ควรเปิดดูก่อน: %(cautions)s", cautions=" · ".join(cautions)))


def awaiting_subject(count: int) -> str:
    return str(_("รอท่านพิจารณา %(count)s รายการ", count=count))


def awaiting_sentence(count: int, *, are_all: bool) -> str:
    """``are_all``: the mail has listed some of them before."""
    if are_all:
        return str(_("รายงานที่รอท่านพิจารณามีทั้งสิ้น %(count)s รายการ", count=count))
    return str(_("มีรายงานรอท่านพิจารณา %(count)s รายการ", count=count))


def proposed_sentence(count: int) -> str:
    return str(_("มีแผนหรือคำขอขยายกำหนดเวลารอท่านพิจารณา %(count)s เรื่อง", count=count))


def ready_words(ready: int, others: int) -> str:
    """How many may be decided on in one go, and how many are better opened first."""
    told = [_("พร้อมพิจารณา %(count)s รายการ", count=ready)] if ready else []
    told += [_("ควรเปิดดูก่อน %(count)s รายการ", count=others)] if others else []
    return " · ".join(map(str, told))


def nearest_due(due_on: date, days: int) -> str:
    """``days`` left, negative past the due date."""
    return str(_("กำหนดที่ใกล้ที่สุด %(day)s %(left)s", day=weekday_date(due_on), left=days_left_words(days)))


def acted_words(kind: str, order_no: str, count: int, *, are_all: bool) -> str:
    told = _("พิจารณาในฐานะผู้%(kind)s ตามคำสั่งที่ %(order)s", kind=kind, order=order_no)
    return str(told if are_all else _("ในจำนวนนี้ %(count)s รายการ %(told)s", count=count, told=told))
