"""Why somebody got a mail or none, in sentences: what was so, since when, and what one can do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.reminder_answers import Fact, Told, Verdict
from ita_flow.domain.reminders import Capacity, Rule
from ita_flow.i18n import short_moment, weekday_date
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminders import rule_name

VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.GOT: _l("%(name)s ได้รับอีเมลแจ้งเตือน%(what)s"),
    Verdict.WILL_GET: _l("%(name)s จะได้รับอีเมลแจ้งเตือน%(what)s"),
    Verdict.WAITS: _l("อีเมลแจ้งเตือน%(what)sถึง %(name)s ยังรอส่ง"),
    Verdict.FAILED: _l("ระบบส่งอีเมลแจ้งเตือน%(what)sถึง %(name)s ไม่ได้"),
    Verdict.NONE: _l("%(name)s ไม่ได้รับอีเมลแจ้งเตือน%(what)s"),
    Verdict.WILL_NOT_GET: _l("%(name)s จะไม่ได้รับอีเมลแจ้งเตือน%(what)s"),
}

FACTS: Mapping[Fact, LazyString] = {
    Fact.SENT: _l("ส่งถึง %(address)s เมื่อ %(moment)s"),
    Fact.AS: _l("แจ้งในฐานะ%(capacity)s"),
    Fact.NOBODY_ASSIGNED: _l("มาตรการยังไม่มีเจ้าหน้าที่รับผิดชอบ จึงแจ้งผู้บังคับบัญชาหรือผู้ประสานงานแทน โปรดมอบหมายเจ้าหน้าที่"),
    Fact.SERVER_AWAY: _l("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ ระบบจะส่งให้เองเมื่อติดต่อได้"),
    Fact.SERVER_SAID: _l("เซิร์ฟเวอร์แจ้งว่า “%(words)s”"),
    Fact.LATE_TODAY: _l("ถึงเวลาส่งแล้ว ระบบจะจัดทำอีเมลภายในไม่กี่นาที"),
    Fact.NOT_RUNNING: _l("ขณะนี้ส่วนที่ส่งการแจ้งเตือนไม่ทำงาน ระบบจะส่งอีเมลเมื่อกลับมาทำงาน โปรดแจ้งผู้ดูแลเซิร์ฟเวอร์"),
    Fact.OTHER_MAIL: _l("ในวันนั้นได้รับอีเมลแจ้งเตือน 1 ฉบับ แต่ไม่มีเรื่องของมาตรการนี้"),
    Fact.WEEKEND: _l("ระบบส่งเฉพาะวันทำการ วันทำการถัดไปคือ %(following)s"),
    Fact.HOLIDAY: _l("ตรงกับวันหยุด %(name)s วันทำการถัดไปคือ %(following)s หากหน่วยงานเปิดทำการ แก้ไขได้ที่หน้า “วันหยุด”"),
    Fact.CLOSED: _l("บัญชีของ %(name)s ปิดใช้งานอยู่ จึงไม่ส่งอีเมล เปิดใช้งานอีกครั้งได้ที่หน้า “บุคลากร”"),
    Fact.NO_POST: _l("%(name)s ไม่มีตำแหน่งในระบบเมื่อ %(day)s จึงไม่มีเรื่องที่ต้องแจ้ง เพิ่มตำแหน่งได้ที่หน้า “บุคลากร”"),
    Fact.NOT_IN_FORCE: _l("แผนของมาตรการนี้ยังไม่ได้รับอนุมัติ หรือมีฉบับใหม่กว่าแล้ว จึงไม่มีการแจ้งเตือน"),
    Fact.YEAR_CLOSED: _l("ปิดปีงบประมาณของมาตรการนี้แล้วเมื่อ %(day)s จึงไม่แจ้งเตือนอีก"),
    Fact.DONE: _l("มาตรการแล้วเสร็จเมื่อ %(day)s จึงไม่ต้องแจ้งเตือน"),
    Fact.CANCELLED: _l("มาตรการยกเลิกแล้ว จึงไม่ต้องแจ้งเตือน"),
    Fact.SUBMITTED: _l("ส่งรายงานเพื่อพิจารณาแล้วเมื่อ %(day)s จึงไม่แจ้งเตือนระหว่างรอผล"),
    Fact.NOT_THEIRS: _l("%(name)s ไม่ได้รับผิดชอบมาตรการนี้ ผู้ที่ระบบแจ้งคือ %(names)s หากไม่ถูกต้อง แก้ไขได้ที่หน้า “มอบหมาย”"),
    Fact.HEARS_WHEN_LATE: _l("ผู้บังคับบัญชาและผู้ประสานงานได้รับแจ้งเรื่องนี้เมื่อเกินกำหนดแล้วเท่านั้น"),
    Fact.RULE_OFF: _l("การแจ้งเตือน “%(rule)s” ปิดอยู่ เปิดได้ที่หน้า “การแจ้งเตือน”"),
    Fact.DECLINED: _l("ผู้รับเลือกรับอีเมลประเภทนี้น้อยลง ผู้รับปรับเองได้ที่หน้า “อีเมลแจ้งเตือนของฉัน”"),
    Fact.DID_NOT_RUN: _l("ระบบไม่ได้ทำงานเมื่อ %(day)s เรื่องที่ถึงวันแจ้งจึงอยู่ในอีเมลของ %(later)s"),
    Fact.AFTER_THE_MAIL: _l("เรื่องนี้ถึงวันแจ้งหลังจากส่งอีเมลของวันนั้นไปแล้ว จึงอยู่ในอีเมลของ %(later)s"),
    Fact.TOLD_IN: _l("เรื่องที่ด่วนกว่าของมาตรการเดียวกันอยู่ในอีเมลของ %(day)s"),
    Fact.ALREADY_TOLD: _l("แจ้งมาตรการนี้ครั้งก่อนเมื่อ %(day)s"),
    Fact.NOTHING_DUE: _l("ไม่มีเรื่องที่ถึงวันแจ้งในวันดังกล่าว"),
    Fact.NEXT: _l("ฉบับถัดไปคือ %(day)s (%(rule)s)"),
    Fact.NO_NEXT: _l("ตามกำหนดปัจจุบัน จะไม่แจ้งเตือนเรื่องนี้ถึงผู้นี้อีก"),
}

SENTENCES: dict[str, LazyString] = {
    "person_not_chosen": _l("เลือกบุคลากรที่ต้องการทราบ"),
    "day_not_chosen": _l("กรอกวันที่ต้องการทราบ เช่น 15 มี.ค. 2567"),
    "day_too_far": _l("ตอบได้ไม่เกิน %(most)s วันก่อนหรือหลังวันนี้ กรอกวันที่ใกล้กว่านี้"),
}


def verdict_sentence(verdict: Verdict, name: str, title: str) -> str:
    """สมหญิง ใจดี ได้รับอีเมลแจ้งเตือนเรื่อง “พัฒนาระบบ E-Service”"""
    what = f"{_('เรื่อง “%(title)s”', title=title)} " if title else ""
    return (str(VERDICTS[verdict]) % {"name": name, "what": what}).strip()


def told_sentence(told: Told) -> str:
    """A fact as people say it."""
    return str(FACTS[told.fact]) % {name: _spoken(value) for name, value in told.values.items()}


def _spoken(value: date | datetime | Rule | Capacity | str) -> str:
    if isinstance(value, datetime):
        return short_moment(value)
    if isinstance(value, date):
        return weekday_date(value)
    if isinstance(value, Rule):
        return rule_name(value)
    return label_of(value) if isinstance(value, Capacity) else value
