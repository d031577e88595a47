"""Sentences of mails about what has happened: what they are called, what they say, why they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import ActingKind
from ita_flow.domain.states import WorkStatus
from ita_flow.i18n import day_and_month, short_moment, weekday_date
from ita_flow.wording.labels import DECIDED, acted_seat, label_of
from ita_flow.wording.letters import polite_name
from ita_flow.wording.reminders import days_left_words, deadline_sentence

LONGEST_TITLE = 31
"""Of a measure in a subject, in letters."""

CUT = "…"
MARKS = "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
LEADING_VOWELS = "เแโใไ"

HEADINGS: Mapping[NoticeKind, LazyString] = {
    NoticeKind.RETURNED: _lp("state", "ส่งกลับแก้ไข"),
    NoticeKind.AWAITING_SOON: _l("รอท่านพิจารณา"),
    NoticeKind.PROPOSED: _l("แผนและการขยายกำหนดเวลาที่รอท่านพิจารณา"),
    NoticeKind.NOT_ACCEPTED: _l("แผนและการขยายกำหนดเวลาที่ส่งกลับ"),
    NoticeKind.IN_FORCE: _l("แผนที่อนุมัติแล้ว"),
    NoticeKind.ASSIGNED: _l("การมอบหมาย"),
    NoticeKind.CANCELLED: _l("มาตรการที่ยกเลิก"),
    NoticeKind.REOPENED: _l("มาตรการที่เปิดดำเนินการอีกครั้ง"),
    NoticeKind.EXTENDED: _l("กำหนดเวลาที่ขยายแล้ว"),
    NoticeKind.ACTING_STARTS: _l("การทำหน้าที่แทน"),
    NoticeKind.ACTING_ENDS: _l("สิ้นสุดการทำหน้าที่แทน"),
    NoticeKind.APPROVED: _l("เห็นชอบแล้ว"),
}

TOLD_TO_HEADS = (NoticeKind.ASSIGNED, NoticeKind.CANCELLED, NoticeKind.REOPENED)
"""What they are told who head the section of a task, and do not do it themselves."""

MEND = _l("แก้ไขและส่งใหม่")
OPEN_WORKLIST = _l("เปิดงานของฉัน")
OPEN_MEASURES = _l("ดูรายการมาตรการ")
OPEN_ORDER = _l("ดูคำสั่ง")


def as_what(kind: NoticeKind, *, is_own: bool) -> str:
    """As what the reader got the mail."""
    if kind is NoticeKind.AWAITING_SOON:
        return str(_("เป็นผู้พิจารณารายงาน"))
    if kind is NoticeKind.PROPOSED:
        return str(_("เป็นผู้พิจารณาแผนหรือคำขอขยายกำหนดเวลา"))
    if kind is NoticeKind.NOT_ACCEPTED:
        return str(_("เป็นผู้เสนอหรือผู้รับผิดชอบเรื่องที่ส่งกลับ"))
    if kind is NoticeKind.IN_FORCE:
        return str(_("เป็นผู้เสนอแผนหรือผู้ประสานงาน ITA"))
    if kind in (NoticeKind.ACTING_STARTS, NoticeKind.ACTING_ENDS):
        return str(_("เป็นผู้ทำหน้าที่แทน") if is_own else _("เป็นผู้ดำรงตำแหน่งที่มีผู้ทำหน้าที่แทน"))
    if is_own:
        return str(_("เป็นผู้รับผิดชอบมาตรการ"))
    if kind is NoticeKind.EXTENDED:
        return str(_("เป็นผู้ขอขยายกำหนดเวลา"))
    return str(_("เป็นหัวหน้าฝ่าย/กลุ่มงานที่รับผิดชอบมาตรการ") if kind in TOLD_TO_HEADS else _("มีส่วนจัดทำรายงาน"))


def with_others(subject: str, others: int) -> str:
    """The subject of a mail that tells of other things as well."""
    return str(_("%(subject)s และอีก %(others)s เรื่อง", subject=subject, others=others)) if others else subject


def returned_subject(titles: Sequence[str]) -> str:
    """ส่งกลับแก้ไข: พัฒนาระบบ E-Service"""
    return str(_("ส่งกลับแก้ไข: %(what)s", what=titles_in_short(titles)))


def returned_sentence(count: int) -> str:
    return str(
        _(
            "ผู้พิจารณาส่งรายงานความก้าวหน้ากลับให้แก้ไข %(count)s มาตรการ ข้อความและไฟล์เดิมยังอยู่ครบ แก้ไขแล้วส่งใหม่ได้ทันที",
            count=count,
        )
    )


def returned_by(who: str, at: datetime) -> str:
    return str(_("ส่งกลับโดย%(who)s เมื่อ %(moment)s", who=who, moment=short_moment(at)))


def awaiting_subject(count: int, due_on: date) -> str:
    """``due_on`` of the most urgent."""
    return str(_("รอท่านพิจารณา %(count)s รายการ กำหนด %(day)s", count=count, day=day_and_month(due_on)))


def awaiting_sentence(count: int) -> str:
    return str(_("มีรายงานส่งถึงลำดับพิจารณาของท่าน %(count)s รายการ ซึ่งใกล้ครบกำหนดหรือเกินกำหนดแล้ว", count=count))


def submitted_words(name: str, at: datetime, status: WorkStatus) -> str:
    """Who sent the report when, and what it claims."""
    told = {"name": polite_name(name), "moment": short_moment(at), "status": label_of(status)}
    return str(_("%(name)s ส่งเมื่อ %(moment)s แจ้งผลว่า %(status)s", **told))


def assigned_subject(days: Sequence[date], *, is_own: bool) -> str:
    """ได้รับมอบหมาย 1 มาตรการ กำหนด 31 มี.ค.; ``days`` are the due dates."""
    told = {"count": len(days), "day": day_and_month(min(days))}
    if not is_own:
        return str(_("เจ้าหน้าที่ในสังกัดได้รับมอบหมาย %(count)s มาตรการ", **told))
    if len(set(days)) > 1:
        return str(_("ได้รับมอบหมาย %(count)s มาตรการ กำหนดแรก %(day)s", **told))
    return str(_("ได้รับมอบหมาย %(count)s มาตรการ กำหนด %(day)s", **told))


def assigned_sentence(count: int, *, is_own: bool) -> str:
    if is_own:
        return str(_("ท่านได้รับมอบหมายให้รับผิดชอบ %(count)s มาตรการ โปรดรายงานความก้าวหน้าภายในกำหนด", count=count))
    return str(_("เจ้าหน้าที่ในสังกัดของท่านได้รับมอบหมาย %(count)s มาตรการ จึงเรียนมาเพื่อโปรดทราบ", count=count))


def responsible_words(names: Sequence[str]) -> str:
    return str(_("ผู้รับผิดชอบ: %(names)s", names=", ".join(map(polite_name, names))))


def due_words(due_on: date, today: date) -> str:
    """ครบกำหนด อา. 31 มี.ค. 2567 เหลือ 16 วัน"""
    deadline = deadline_sentence(due_on, today)
    return deadline if due_on == today else f"{deadline} {days_left_words((due_on - today).days)}"


def last_working_day_words(day: date) -> str:
    return str(_("วันทำการสุดท้าย %(day)s", day=weekday_date(day)))


def acting_starts_subject(kind: ActingKind, starts_on: date, *, is_own: bool) -> str:
    told = {"acting": label_of(kind), "day": day_and_month(starts_on)}
    return str(_("ท่าน%(acting)sตั้งแต่ %(day)s", **told) if is_own else _("มีผู้%(acting)sท่านตั้งแต่ %(day)s", **told))


def acting_starts_sentence(*, is_own: bool) -> str:
    if is_own:
        return str(_("ท่านได้รับคำสั่งให้ทำหน้าที่แทนดังนี้ รายงานที่รอตำแหน่งนี้พิจารณาจะอยู่ในหน้าพิจารณาของท่าน"))
    return str(_("มีคำสั่งให้ผู้อื่นทำหน้าที่แทนในตำแหน่งของท่านดังนี้ จึงเรียนมาเพื่อโปรดทราบ"))


def acting_ends_subject(kind: ActingKind, ends_on: date) -> str:
    return str(_("สิ้นสุดการ%(acting)s %(day)s", acting=label_of(kind), day=day_and_month(ends_on)))


def acting_ends_sentence(*, is_own: bool) -> str:
    if is_own:
        return str(_("การทำหน้าที่แทนของท่านสิ้นสุดดังนี้ หลังวันดังกล่าวท่านไม่ต้องพิจารณารายงานในตำแหน่งนี้"))
    return str(_("การทำหน้าที่แทนในตำแหน่งของท่านสิ้นสุดดังนี้ จึงเรียนมาเพื่อโปรดทราบ"))


def order_days(starts_on: date, ends_on: date | None) -> str:
    first = weekday_date(starts_on)
    if ends_on is None:
        return str(_("ตั้งแต่ %(first)s จนกว่าจะมีคำสั่งเปลี่ยนแปลง", first=first))
    if ends_on == starts_on:
        return str(_("เฉพาะ %(first)s", first=first))
    return str(_("ตั้งแต่ %(first)s ถึง %(last)s", first=first, last=weekday_date(ends_on)))


def last_day(ends_on: date) -> str:
    return str(_("วันสุดท้าย %(day)s", day=weekday_date(ends_on)))


def order_number(order_no: str) -> str:
    return str(_("คำสั่งที่ %(number)s", number=order_no))


def who_acts(name: str) -> str:
    return str(_("ผู้ทำหน้าที่แทน: %(name)s", name=polite_name(name)))


def only_for(division: str) -> str:
    return str(_("เฉพาะรายงานของ%(division)s", division=division))


def approved_subject(titles: Sequence[str]) -> str:
    """เห็นชอบแล้ว: 3 รายการ"""
    return str(_("เห็นชอบแล้ว: %(what)s", what=titles_in_short(titles)))


def approved_sentence(count: int) -> str:
    return str(_("รายงานความก้าวหน้าที่ท่านจัดทำได้รับความเห็นชอบครบทุกลำดับแล้ว %(count)s รายการ", count=count))


def approved_by(verb: Verb, who: str, at: datetime) -> str:
    return str(_("%(verb)sโดย%(who)s เมื่อ %(moment)s", verb=DECIDED[verb], who=who, moment=short_moment(at)))


def counted_as(status: WorkStatus, percent: int) -> str:
    told = label_of(status) if status is not WorkStatus.IN_PROGRESS else f"{label_of(status)} {percent}%"
    return str(_("ผลที่บันทึก: %(status)s", status=told))


def decider_words(seat: str, acting: ActingKind | None, own_post: str, order_no: str) -> str:
    """The seat; where somebody acted, their own post, the kind of acting, the seat and the order."""
    if acting is None:
        return seat
    by_order = _("ตามคำสั่งที่ %(number)s", number=order_no)
    return " ".join(part for part in (own_post, acted_seat(acting, seat), str(by_order)) if part)


def titles_in_short(titles: Sequence[str]) -> str:
    """The one measure, as long as a subject may be, or how many there are."""
    if len(titles) > 1:
        return str(_("%(count)s มาตรการ", count=len(titles)))
    return cut_short(titles[0], LONGEST_TITLE)


def cut_short(text: str, most: int) -> str:
    """Not more letters than that; no letter loses the marks above or below it, no vowel the letter that follows."""
    if len(text) <= most:
        return text
    end = most - len(CUT)
    while end and (text[end] in MARKS or text[end - 1] in LEADING_VOWELS):
        end -= 1
    return text[:end].rstrip() + CUT
