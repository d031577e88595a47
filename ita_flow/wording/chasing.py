"""Sentences about asking after what is late: refusals, why a task is left out, and the text for LINE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.chasing import ChaseReason, WhyLeftOut
from ita_flow.i18n import short_date
from ita_flow.wording.labels import counted_days, label_of

SENTENCES: dict[str, LazyString] = {
    "chase_nothing_chosen": _l("เลือกรายการที่จะส่งอีเมลเตือนอย่างน้อย 1 รายการ"),
    "chase_too_many": _l("เลือกครั้งละไม่เกิน %(most)s รายการ"),
    "chase_note_too_long": _l("ข้อความเพิ่มเติมยาว %(length)s ตัวอักษร โปรดย่อให้ไม่เกิน %(most)s ตัวอักษร"),
}

LEFT_OUT: Mapping[WhyLeftOut, LazyString] = {
    WhyLeftOut.GONE: _l("มีความคืบหน้าแล้ว จึงไม่อยู่ในรายการที่ต้องติดตาม"),
    WhyLeftOut.CHANGED: _l("ข้อมูลเปลี่ยนไปหลังจากท่านเปิดหน้านี้ โปรดตรวจสอบแล้วเลือกใหม่"),
    WhyLeftOut.ASKED: _l("ส่งอีเมลเตือนไปแล้ววันนี้"),
    WhyLeftOut.NOBODY: _l("ยังไม่มีผู้ที่จะส่งถึง"),
}


def asked_by_words(name: str) -> str:
    """Why a mail went out that no rule brought."""
    return str(_("%(name)s ผู้ประสานงาน ITA ขอให้ติดตาม", name=name))


def since_words(reason: ChaseReason, since: date, today: date) -> str:
    """Since when it is so: รอพิจารณาตั้งแต่ 14 มี.ค. 2567"""
    day = short_date(since)
    if reason is ChaseReason.SLOW_DECISION:
        return str(_("รอพิจารณาตั้งแต่ %(day)s", day=day))
    if reason is ChaseReason.SILENT:
        return str(_("ไม่เคลื่อนไหวตั้งแต่ %(day)s (%(days)s)", day=day, days=counted_days((today - since).days)))
    return str(_("ครบกำหนด %(day)s", day=day))


def line_text(year: int, counts: Mapping[ChaseReason, int], divisions: Sequence[tuple[str, int]], address: str) -> str:
    """What is pasted into a group of LINE: numbers and divisions, nobody by name."""
    told = " ".join(f"{label_of(reason)} {count}" for reason, count in counts.items())
    lines = [str(_("ITA %(year)s: ต้องเร่งรัด %(count)s งาน", year=year, count=sum(counts.values()))), told]
    lines += [str(_("• %(division)s %(count)s งาน", division=name, count=count)) for name, count in divisions]
    return "\n".join([*lines, str(_("ดูรายการ: %(address)s", address=address))])
