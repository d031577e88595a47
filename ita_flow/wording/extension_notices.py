"""What mails and the inbox say of later due dates that were granted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from ita_flow.i18n import day_and_month, short_date
from ita_flow.wording.notices import titles_in_short


def extended_subject(titles: Sequence[str], days: Sequence[date]) -> str:
    """ขยายกำหนดถึง 30 เม.ย.: พัฒนาระบบ E-Service; ``days`` are the new due dates."""
    if len(titles) > 1:
        return str(_("ขยายกำหนดเวลาแล้ว: %(what)s", what=titles_in_short(titles)))
    return str(_("ขยายกำหนดถึง %(day)s: %(what)s", day=day_and_month(days[0]), what=titles_in_short(titles)))


def extended_sentence(count: int) -> str:
    return str(_("คำขอขยายกำหนดเวลาผ่านการพิจารณาครบทุกลำดับแล้ว %(count)s มาตรการ จากนี้ระบบจะเตือนตามกำหนดใหม่", count=count))


def due_before_words(day: date) -> str:
    return str(_("กำหนดก่อนขยาย %(day)s", day=short_date(day)))


def extended_words(due_on: date, due_before: date) -> str:
    """The same in the inbox."""
    return str(_("ขยายกำหนดจาก %(before)s เป็น %(day)s", day=short_date(due_on), before=short_date(due_before)))
