"""What mails and the inbox say of tasks that were cancelled, or opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from ita_flow.i18n import day_and_month, short_date
from ita_flow.wording.notices import titles_in_short


def cancelled_subject(titles: Sequence[str]) -> str:
    """ยกเลิกแล้ว: พัฒนาระบบ E-Service"""
    return str(_("ยกเลิกแล้ว: %(what)s", what=titles_in_short(titles)))


def cancelled_sentence(count: int, *, is_own: bool) -> str:
    if is_own:
        return str(_("ผู้ประสานงาน ITA ยกเลิกมาตรการที่ท่านรับผิดชอบ %(count)s มาตรการ จึงไม่ต้องรายงานความก้าวหน้าอีก", count=count))
    return str(_("ผู้ประสานงาน ITA ยกเลิกมาตรการในสังกัดของท่าน %(count)s มาตรการ จึงเรียนมาเพื่อโปรดทราบ", count=count))


def reopened_subject(titles: Sequence[str], due_on: date) -> str:
    """``due_on`` of the most urgent."""
    told = {"what": titles_in_short(titles), "day": day_and_month(due_on)}
    return str(_("เปิดดำเนินการอีกครั้ง: %(what)s กำหนด %(day)s", **told))


def reopened_sentence(count: int, *, is_own: bool) -> str:
    if is_own:
        return str(
            _(
                "ผู้ประสานงาน ITA เปิดมาตรการที่ท่านรับผิดชอบให้ดำเนินการต่อ %(count)s มาตรการ โปรดรายงานความก้าวหน้าภายในกำหนด",
                count=count,
            )
        )
    return str(
        _("ผู้ประสานงาน ITA เปิดมาตรการในสังกัดของท่านให้ดำเนินการต่อ %(count)s มาตรการ จึงเรียนมาเพื่อโปรดทราบ", count=count)
    )


def cancelled_words() -> str:
    return str(_("ยกเลิกแล้ว จึงไม่ต้องรายงานความก้าวหน้าอีก"))


def reopened_words(due_on: date) -> str:
    return str(_("เปิดดำเนินการอีกครั้ง ครบกำหนด %(day)s", day=short_date(due_on)))
