"""What each kind of mail is called, when it comes, and why some come in any case."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.mail_choices import SureMail
from ita_flow.domain.notices import LESS_OFTEN, Frequency, MailOption

WHEN: Mapping[MailOption, LazyString] = {
    MailOption.APPROVED: _l("แจ้งเมื่อรายงานของท่านได้รับความเห็นชอบครบทุกลำดับ"),
    MailOption.AWAITING: _l("แจ้งทุกวันทำการที่มีเรื่องรอท่านพิจารณา"),
    MailOption.WINDOW: _l("แจ้งก่อนวันสุดท้ายที่กรอกข้อมูลหรือชี้แจงในระบบ ITA ได้"),
    MailOption.WEEKLY: _l("ส่งทุกวันจันทร์ มีจำนวนมาตรการที่แล้วเสร็จ ที่ค้าง และที่ใกล้ครบกำหนด"),
    MailOption.MONTHLY: _l("ส่งวันทำการแรกของเดือน มีภาพรวมของทุกมาตรการในปีงบประมาณ"),
}

USUAL = _l("รับตามปกติ")
LESS: Mapping[Frequency, LazyString] = {
    Frequency.WEEKLY: _l("รับเฉพาะวันทำการแรกของสัปดาห์"),
    Frequency.OFF: _l("ไม่รับ"),
}

SURE_MAILS: Mapping[SureMail, tuple[LazyString, LazyString]] = {
    SureMail.ASSIGNED: (
        _l("การมอบหมายมาตรการ"),
        _l("เพื่อให้ท่านทราบหน้าที่และกำหนดแล้วเสร็จ"),
    ),
    SureMail.REMINDER: (
        _l("มาตรการใกล้ครบกำหนดหรือเกินกำหนด"),
        _l("เพื่อให้รายงานได้ทันกำหนด เมื่อส่งรายงานแล้ว ระบบจะหยุดเตือนเอง"),
    ),
    SureMail.RETURNED: (
        _l("รายงานที่ส่งกลับแก้ไข"),
        _l("เพื่อให้ท่านแก้ไขและส่งพิจารณาใหม่ได้ทันที"),
    ),
    SureMail.URGENT_DECISION: (
        _l("รายงานเร่งด่วนที่รอท่านพิจารณา"),
        _l("เพราะมาตรการใกล้ครบกำหนด หรือรายงานค้างพิจารณาเกินเวลาที่กำหนด"),
    ),
    SureMail.ESCALATION: (
        _l("มาตรการที่เกินกำหนดหลายวัน"),
        _l("เพื่อให้ท่านช่วยติดตามหรือแก้ไขอุปสรรค"),
    ),
    SureMail.ACTING: (
        _l("คำสั่งให้ทำหน้าที่แทน"),
        _l("เพื่อให้ทราบว่าผู้ใดมีอำนาจพิจารณา และในช่วงวันใด"),
    ),
    SureMail.ANCHOR: (
        _l("รหัสตรวจสอบบันทึกการเปลี่ยนแปลง"),
        _l("เพราะใช้พิสูจน์ได้ต่อเมื่อท่านเก็บไว้นอกระบบทุกวัน"),
    ),
    SureMail.ACCOUNT: (
        _l("คำเชิญและอีเมลทดสอบ"),
        _l("เพราะส่งเมื่อท่านหรือผู้ดูแลระบบสั่งเท่านั้น"),
    ),
}
"""What each is called, and why it comes."""

LESS_WORDS: Mapping[MailOption, LazyString] = {option: LESS[less] for option, less in LESS_OFTEN.items()}
"""How each is had that is had less often."""
