"""Sentences of the mail with which a coordinator asks after tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.reminders import Capacity
from ita_flow.i18n import short_moment, weekday_date
from ita_flow.wording.daily_mail import BECAUSE_NOBODY
from ita_flow.wording.labels import label_of
from ita_flow.wording.letters import polite_name

OWN: Mapping[ChaseReason, LazyString] = {
    ChaseReason.OVERDUE: _l("มาตรการที่ท่านรับผิดชอบเกินกำหนดแล้ว %(count)s มาตรการ โปรดรายงานความก้าวหน้า"),
    ChaseReason.DUE_SOON: _l("มาตรการที่ท่านรับผิดชอบใกล้ครบกำหนด %(count)s มาตรการ โปรดรายงานความก้าวหน้า"),
    ChaseReason.SILENT: _l("มาตรการที่ท่านรับผิดชอบไม่มีรายงานมาเกิน 30 วัน %(count)s มาตรการ โปรดรายงานความก้าวหน้า"),
}
TO_DECIDE: Mapping[ChaseReason, LazyString] = {
    ChaseReason.OVERDUE: _l("รายงานของมาตรการที่เกินกำหนดรอท่านพิจารณา %(count)s รายการ โปรดพิจารณา"),
    ChaseReason.SLOW_DECISION: _l("รายงานรอท่านพิจารณาเกินเวลาที่กำหนดแล้ว %(count)s รายการ โปรดพิจารณา"),
}
WITHOUT_OFFICER: Mapping[ChaseReason, LazyString] = {
    ChaseReason.OVERDUE: _l("มาตรการที่เกินกำหนด %(count)s มาตรการ ยังไม่มีผู้รับผิดชอบ"),
    ChaseReason.DUE_SOON: _l("มาตรการที่ใกล้ครบกำหนด %(count)s มาตรการ ยังไม่มีผู้รับผิดชอบ"),
    ChaseReason.SILENT: _l("มาตรการที่ไม่มีรายงานมาเกิน 30 วัน %(count)s มาตรการ ยังไม่มีผู้รับผิดชอบ"),
}


def subject(reasons: Sequence[ChaseReason]) -> str:
    """ขอติดตาม 3 มาตรการ: เกินกำหนด 2; the most urgent reason is told."""
    first = next(reason for reason in ChaseReason if reason in reasons)
    words = {"count": len(reasons), "reason": heading(first), "number": reasons.count(first)}
    if words["number"] == words["count"]:
        return str(_("ขอติดตาม %(count)s มาตรการ: %(reason)s", **words))
    return str(_("ขอติดตาม %(count)s มาตรการ: %(reason)s %(number)s", **words))


def heading(reason: ChaseReason) -> str:
    return str(_("ค้างพิจารณา")) if reason is ChaseReason.SLOW_DECISION else label_of(reason)


def opening(name: str, count: int) -> str:
    """Who asks."""
    return str(_("%(name)s ผู้ประสานงาน ITA ขอติดตามการดำเนินการ %(count)s มาตรการ", name=polite_name(name), count=count))


def sentence(reason: ChaseReason, capacity: Capacity, count: int) -> str:
    """What is asked of the reader."""
    if capacity is Capacity.OFFICER:
        return str(OWN[reason]) % {"count": count}
    if capacity is Capacity.DECIDER:
        return str(TO_DECIDE[reason]) % {"count": count}
    return f"{str(WITHOUT_OFFICER[reason]) % {'count': count}} {BECAUSE_NOBODY[capacity]}"


def waits_since(since: datetime) -> str:
    return str(_("รอท่านพิจารณาตั้งแต่ %(day)s", day=weekday_date(bangkok_day(since))))


def why(name: str, at: datetime) -> str:
    """Why the mail came, which no rule brought."""
    return str(_("%(name)s ส่งเมื่อ %(moment)s", name=polite_name(name), moment=short_moment(at)))
