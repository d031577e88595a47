"""Sentences about reminders: the words of a mail that depend on days and rules, and refusals."""

from __future__ import annotations

from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.calendar import SATURDAY
from ita_flow.domain.reminders import Occasion, Rule, Section, Trigger
from ita_flow.domain.states import DeadlineState
from ita_flow.i18n import weekday_date
from ita_flow.wording.labels import counted_days, deadline_words

WEEKDAYS = [_l("วันจันทร์"), _l("วันอังคาร"), _l("วันพุธ"), _l("วันพฤหัสบดี"), _l("วันศุกร์"), _l("วันเสาร์"), _l("วันอาทิตย์")]

RULES: dict[Trigger, LazyString] = {
    Trigger.BEFORE_DUE: _l("ก่อนครบกำหนด %(days)s"),
    Trigger.OVERDUE: _l("หลังครบกำหนด %(days)s"),
    Trigger.OVERDUE_MONDAYS: _l("ทุกวันจันทร์หลังครบกำหนด"),
    Trigger.ESCALATE_TO_DIRECTOR: _l("แจ้งผู้อำนวยการเมื่อเกินกำหนด %(days)s"),
    Trigger.ESCALATE_TO_CHIEF: _l("แจ้งปลัดและผู้ประสานงานเมื่อเกินกำหนด %(days)s"),
    Trigger.AWAITING: _l("เรื่องรอพิจารณา"),
    Trigger.SLOW_DECISION: _l("ค้างพิจารณา"),
    Trigger.WEEKLY: _l("สรุปประจำสัปดาห์"),
    Trigger.MONTHLY: _l("สรุปประจำเดือน"),
    Trigger.WINDOW: _l("ก่อนปิดระบบ ITA %(days)s"),
}

USUAL_REASONS: dict[Section, LazyString] = {
    Section.SLOW_DECISION: _l("การแจ้งเตือน “ค้างพิจารณา” แจ้งรายงานละหนึ่งครั้ง"),
    Section.AWAITING: _l("การแจ้งเตือน “เรื่องรอพิจารณา” ส่งทุกวันทำการที่มีเรื่องรอท่าน"),
    Section.WINDOW: _l("การแจ้งเตือน “ก่อนปิดระบบ ITA” ส่งก่อนวันสุดท้ายของแต่ละกำหนด"),
    Section.WEEKLY: _l("การแจ้งเตือน “สรุปประจำสัปดาห์” ส่งทุกวันจันทร์ หากเป็นวันหยุด ส่งในวันทำการถัดไป"),
    Section.MONTHLY: _l("การแจ้งเตือน “สรุปประจำเดือน” ส่งในวันทำการแรกของเดือน"),
}
"""Why a section comes that no due date brings."""

SENTENCES: dict[str, LazyString] = {
    "smtp_not_set": _l("ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล กำหนด ITA_FLOW_SMTP_URL แล้วสั่งอีกครั้ง อีเมลที่รอส่ง %(waiting)s ฉบับยังอยู่ครบ"),
    "smtp_unreachable": _l(
        "ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ (%(error)s) ตรวจ ITA_FLOW_SMTP_URL และเครือข่าย ระบบจะส่งให้เองเมื่อติดต่อได้ "
        "อีเมลที่รอส่ง %(waiting)s ฉบับยังอยู่ครบ"
    ),
    "date_unreadable": _l("อ่านวันที่ “%(text)s” ไม่ได้ เขียนเป็น 15 มี.ค. 2567 หรือ 15/3/2567"),
    "date_impossible": _l("ไม่มีวันที่ %(text)s ในปฏิทิน ตรวจวันและเดือนอีกครั้ง"),
    "date_year_unclear": _l("อ่านปีใน “%(text)s” ไม่ได้ เขียนปี พ.ศ. สี่หลัก เช่น 2567"),
    "span_too_long": _l("ช่วงวันที่ยาว %(days)s วัน ระบุไม่เกิน %(most)s วัน"),
}


def deadline_sentence(due_on: date, today: date) -> str:
    day = weekday_date(due_on)
    return str(_("ครบกำหนดวันนี้ %(day)s", day=day) if due_on == today else _("ครบกำหนด %(day)s", day=day))


def steps_words(state: str, done: int, steps: int) -> str:
    """ล่าสุด: กำลังดำเนินการ · ทำแล้ว 2 จาก 4 ขั้นตอน; a single step is not counted."""
    told = str(_("ล่าสุด: %(state)s", state=state))
    return str(_("%(told)s · ทำแล้ว %(done)s จาก %(all)s ขั้นตอน", told=told, done=done, all=steps)) if steps > 1 else told


def days_left_words(days: int) -> str:
    """เหลือ 16 วัน · ครบกำหนดวันนี้ · เกินกำหนด 1 วัน; negative days are past the due date."""
    state = DeadlineState.OVERDUE if days < 0 else DeadlineState.DUE_SOON
    return deadline_words(state, abs(days))


def rule_name(rule: Rule) -> str:
    """ก่อนครบกำหนด 14 วัน · วันครบกำหนด · หลังครบกำหนด 1 วัน · ทุกวันจันทร์หลังครบกำหนด"""
    if rule == Rule(Trigger.BEFORE_DUE):
        return str(_("วันครบกำหนด"))
    return str(RULES[rule.trigger]) % {"days": counted_days(rule.days)}


def reason(occasion: Occasion, planned_for: date, today: date) -> str:
    """Which rule speaks, and why on this day: การแจ้งเตือน “วันครบกำหนด” ตรงกับวันอาทิตย์ จึงส่งในวันทำการก่อนหน้า"""
    spoken = _("การแจ้งเตือน “%(rule)s”", rule=rule_name(occasion.rule))
    why = _why_today(occasion.on, planned_for, today)
    return f"{spoken} {why}" if why else str(_("ส่งตาม%(spoken)s", spoken=spoken))


def _why_today(nominal: date, planned_for: date, today: date) -> str:
    """Empty when the rule speaks on the very day that it names."""
    if today > planned_for:
        return str(_("ถึงวันส่งตั้งแต่ %(day)s จึงส่งในวันทำการแรกที่ส่งได้", day=weekday_date(planned_for)))
    if planned_for < nominal:
        return str(_("ตรงกับ%(day)s จึงส่งในวันทำการก่อนหน้า", day=_free_day(nominal)))
    if planned_for > nominal:
        return str(_("ตรงกับ%(day)s จึงส่งในวันทำการถัดไป", day=_free_day(nominal)))
    return ""


def _free_day(day: date) -> str:
    return str(WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else _("วันหยุดราชการ"))
