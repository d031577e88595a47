"""What a person was told, a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.permissions import ActingKind
from ita_flow.i18n import short_date
from ita_flow.wording.labels import label_of
from ita_flow.wording.letters import polite_name
from ita_flow.wording.notices import order_days

NAME = _lp("inbox", "การแจ้งเตือน")
"""What the list is called; English tells it from reminders by email."""

CHASED: Mapping[ChaseReason, LazyString] = {
    ChaseReason.OVERDUE: _l("%(who)s ขอให้เร่งรัด เพราะเกินกำหนดแล้ว"),
    ChaseReason.SLOW_DECISION: _l("%(who)s ขอให้พิจารณา เพราะเกินกำหนดเวลาพิจารณาแล้ว"),
    ChaseReason.DUE_SOON: _l("%(who)s ขอให้รายงานความก้าวหน้า เพราะใกล้ครบกำหนด"),
    ChaseReason.SILENT: _l("%(who)s ขอให้รายงานความก้าวหน้า เพราะไม่มีความเคลื่อนไหวมา 30 วัน"),
}

ALL_READ = _lp("state", "ทำเครื่องหมายว่าอ่านทั้งหมดแล้ว")

TAKEN_BACK = _l("ผู้พิจารณาย้อนผลการพิจารณานี้แล้ว")


def returned_words(number: int, decider: str) -> str:
    if decider:
        return str(_("%(who)sส่งรายงานครั้งที่ %(number)s กลับให้แก้ไข", who=decider, number=number))
    return str(_("รายงานครั้งที่ %(number)s ส่งกลับให้แก้ไข", number=number))


def approved_words(number: int) -> str:
    return str(_("รายงานครั้งที่ %(number)s ได้รับความเห็นชอบครบทุกลำดับแล้ว", number=number))


def awaiting_words(number: int, due_on: date) -> str:
    return str(_("รายงานครั้งที่ %(number)s รอท่านพิจารณา งานครบกำหนด %(day)s", number=number, day=short_date(due_on)))


def assigned_words(due_on: date, *, is_own: bool) -> str:
    told = {"day": short_date(due_on)}
    if is_own:
        return str(_("ท่านได้รับมอบหมายให้รับผิดชอบมาตรการนี้ ครบกำหนด %(day)s", **told))
    return str(_("เจ้าหน้าที่ในสังกัดของท่านได้รับมอบหมายมาตรการนี้ ครบกำหนด %(day)s", **told))


def acting_starts_words(kind: ActingKind, name: str, starts_on: date, ends_on: date | None, *, is_own: bool) -> str:
    told = {"acting": label_of(kind), "name": polite_name(name), "days": order_days(starts_on, ends_on)}
    return str(_("ท่าน%(acting)s %(days)s", **told) if is_own else _("%(name)s %(acting)sท่าน %(days)s", **told))


def acting_ends_words(kind: ActingKind, name: str, ends_on: date | None, *, is_own: bool) -> str:
    told = {"acting": label_of(kind), "name": polite_name(name), "day": short_date(ends_on) if ends_on else ""}
    if is_own:
        return str(_("การ%(acting)sของท่านสิ้นสุด %(day)s", **told))
    return str(_("การ%(acting)sของ%(name)sสิ้นสุด %(day)s", **told))


def chased_words(reason: ChaseReason, name: str) -> str:
    return str(CHASED[reason]) % {"who": polite_name(name)}
