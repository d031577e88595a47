"""How a letter begins and ends: whom it greets, in which post, and whom its reader may ask."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.wording.posts import Held, post_with_unit

DECIDE = _l("พิจารณารายงาน")
OPEN_AWAITING = _l("ดูเรื่องที่รอพิจารณา")
OPEN_TASK = _l("ดูมาตรการ")
OPEN_CHOICES = _l("เลือกอีเมลที่ต้องการรับ")
WITH_CALENDAR = _l("พร้อมนี้ได้แนบไฟล์ปฏิทิน (.ics) ของกำหนดแล้วเสร็จ เปิดไฟล์เพื่อบันทึกลงปฏิทินของท่านได้")

NAMES_WITH_A_TITLE = ("คุณ", "นาย", "นาง", "น.ส.", "ดร.", "ว่าที่")


def polite_name(name: str) -> str:
    """คุณสมหญิง ใจดี; a name that comes with its title keeps it."""
    return name if name.startswith(NAMES_WITH_A_TITLE) else str(_("คุณ%(name)s", name=name))


def greeting(name: str) -> str:
    """เรียน คุณสมหญิง ใจดี"""
    return str(_("เรียน %(whom)s", whom=polite_name(name)))


def salutation(name: str, seats: Sequence[Held], own: Held | None) -> str:
    """เรียน ผู้อำนวยการกองคลัง; to whoever is written to in no seat, by name.

    ``seats`` are those in which the letter speaks to the person, ``own`` their first own post: who acts is greeted by
    it, with the seat of the order in brackets.
    """
    held = next((post_with_unit(seat) for seat in seats if seat.acting is None), "")
    acted = [str(_("ผู้%(post)s", post=post_with_unit(seat))) for seat in seats if seat.acting]
    if not (held or acted):
        return greeting(name)
    whom = held or (post_with_unit(own) if own else "") or polite_name(name)
    return str(_("เรียน %(whom)s", whom=f"{whom} ({' · '.join(acted)})" if acted else whom))


def questions_to(name: str) -> str:
    """Whom an answer to the letter reaches."""
    return str(_("หากมีข้อสงสัย ตอบกลับอีเมลนี้ได้ %(name)s ผู้ประสานงาน ITA ยินดีให้ข้อมูล", name=polite_name(name)))
