"""What was done to a task, told in sentences from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.domain.states import WorkStatus
from ita_flow.i18n import short_date, short_moment
from ita_flow.wording.labels import label_of, passed_words

DEEDS: Mapping[str, LazyString] = {
    "extension.asked": _l("%(who)s ขอขยายกำหนดเวลา"),
    "extension.endorsed": _l("%(who)s เห็นชอบคำขอขยายกำหนดเวลา"),
    "extension.granted": _l("%(who)s ให้ขยายกำหนดเวลาตามคำขอ"),
    "extension.returned": _l("%(who)s ส่งกลับคำขอขยายกำหนดเวลา"),
    "extension.withdrawn": _l("%(who)s ดึงกลับคำขอขยายกำหนดเวลา"),
    "progress_report.saved": _l("%(who)s บันทึกร่างรายงานครั้งที่ %(number)s"),
    "progress_report.submitted": _l("%(who)s ส่งพิจารณารายงานครั้งที่ %(number)s"),
    "progress_report.resubmitted": _l("%(who)s แก้ไขรายงานครั้งที่ %(number)s แล้วส่งพิจารณาอีกครั้ง"),
    "progress_report.approved": _l("%(who)s เห็นชอบรายงานครั้งที่ %(number)s"),
    "progress_report.approved_at_last": _l("%(who)s อนุมัติรายงานครั้งที่ %(number)s"),
    "progress_report.returned": _l("%(who)s ส่งกลับแก้ไขรายงานครั้งที่ %(number)s"),
    "progress_report.undone": _l("%(who)s ย้อนผลการพิจารณารายงานครั้งที่ %(number)s"),
    "progress_report.withdrawn": _l("%(who)s ดึงกลับรายงานครั้งที่ %(number)s"),
    "task.given": _l("%(who)s มอบงานให้หน่วยงานที่รับผิดชอบ"),
    "task.edited": _l("%(who)s แก้ไขขั้นตอนหรือกำหนดแล้วเสร็จ"),
    "task.assigned": _l("%(who)s มอบหมายผู้รับผิดชอบ"),
    "task.extended": _l("กำหนดแล้วเสร็จเปลี่ยนตามคำขอขยายกำหนดเวลา"),
    "task.cancelled": _l("%(who)s ยกเลิกงานนี้"),
    "task.reopened": _l("%(who)s เปิดดำเนินการอีกครั้ง"),
    "task.left_unfinished": _l("%(who)s บันทึกว่าไม่แล้วเสร็จเมื่อปิดปีงบประมาณ"),
    "task.moved": _l("%(who)s เปลี่ยนสำนัก/กองหรือฝ่าย/กลุ่มงานที่รับผิดชอบ"),
    "task.postponed": _l("%(who)s เปลี่ยนกำหนดแล้วเสร็จ"),
    "task.chased": _l("%(who)s ส่งอีเมลติดตามงานนี้"),
    "task.counted": _l("ปรับความก้าวหน้าตามรายงานที่เห็นชอบ"),
}
OTHERWISE = _l("%(who)s แก้ไขข้อมูลของงานนี้")

DOORS: Mapping[str, LazyString] = {
    "command_line": _l("ผู้ดูแลเซิร์ฟเวอร์"),
    "system": _l("ระบบ"),
}

KINDS: Mapping[str, str] = {
    "extension.asked": "me",
    "extension.endorsed": "ok",
    "extension.granted": "ok",
    "extension.returned": "back",
    "extension.withdrawn": "back",
    "progress_report.approved": "ok",
    "progress_report.returned": "back",
    "progress_report.submitted": "me",
    "progress_report.undone": "back",
    "progress_report.withdrawn": "back",
    "task.cancelled": "back",
    "task.counted": "ok",
    "task.left_unfinished": "back",
    "task.reopened": "me",
}
"""How a deed is marked on the line of time; what is not named is marked plainly."""


_WITH_A_REASON = ("task.cancelled", "task.left_unfinished", "task.reopened")
_MOVED = ("task.extended", "task.postponed")


class Person(Protocol):
    @property
    def name(self) -> str: ...


class Deed(Protocol):
    """An event of the record as history reads it."""

    @property
    def at(self) -> datetime: ...

    @property
    def action(self) -> str: ...

    @property
    def actor(self) -> Person | None: ...

    @property
    def via(self) -> str: ...

    @property
    def report_number(self) -> int | None: ...

    @property
    def before(self) -> Mapping[str, Any]: ...

    @property
    def after(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Told:
    """An event in words, as the line of time shows it."""

    at: str
    datetime: str
    text: str
    note: str
    kind: str


def told(deed: Deed) -> Told:
    """What happened, when, by whom, and what changed."""
    sentence = DEEDS.get(_spoken(deed), OTHERWISE)
    return Told(
        at=short_moment(deed.at),
        datetime=deed.at.isoformat(timespec="minutes"),
        text=str(sentence) % {"who": _who(deed), "number": deed.report_number},
        note=_note(deed),
        kind=KINDS.get(deed.action, ""),
    )


def _spoken(deed: Deed) -> str:
    if deed.action == "progress_report.submitted" and deed.after.get("version", 1) > 1:
        return "progress_report.resubmitted"
    if deed.action == "progress_report.approved" and deed.after.get("verb") == Verb.APPROVE:
        return "progress_report.approved_at_last"
    return deed.action


def _who(deed: Deed) -> str:
    """The person, with the seat in which they decided; where they acted in it, with both posts and the order."""
    name = deed.actor.name if deed.actor else str(DOORS.get(deed.via, DOORS["system"]))
    if "seat" not in deed.after:
        return name
    seat = deed.after.get("seat_title") or label_of(Seat(deed.after["seat"]))
    if not deed.after.get("acting"):
        return f"{seat} {name}"
    acting = {"acting": label_of(ActingKind(deed.after["acting"])), "seat": seat, "order": deed.after["order_no"]}
    by_order = _("%(acting)s%(seat)s (คำสั่งที่ %(order)s)", **acting)
    return " ".join(part for part in (name, deed.after["own_post"], str(by_order)) if part)


def _note(deed: Deed) -> str:
    if deed.action == "progress_report.submitted":
        claim = {"status": _status(deed.after["claim"]), "percent": deed.after["percent"]}
        passed = [_passed(line) for line in deed.after.get("passed", ())]
        return " · ".join([str(_("รายงานว่า %(status)s %(percent)s%%", **claim)), *passed])
    if deed.action == "task.counted":
        before, after = _status(deed.before["work_status"]), _status(deed.after["work_status"])
        change = after if before == after else f"{before} → {after}"
        return f"{change} {deed.after['percent']}%"
    if deed.action in _MOVED:
        days = {"was": _day(deed.before["due_on"]), "is_now": _day(deed.after["due_on"])}
        return str(_("%(was)s → %(is_now)s", **days))
    if deed.action == "extension.asked":
        return str(_("ถึง %(day)s “%(reason)s”", day=_day(deed.after["due_on"]), reason=deed.after["reason"]))
    if deed.action in _WITH_A_REASON:
        return f"“{deed.after['reason']}”" if deed.after.get("reason") else ""
    comment = deed.after.get("comment")
    return f"“{comment}”" if comment else ""


def _day(value: str) -> str:
    return short_date(date.fromisoformat(value))


def _passed(line: str) -> str:
    seat, why = passed_words(line)
    return str(_("ข้าม%(seat)s: %(why)s", seat=seat, why=why))


def _status(value: str) -> str:
    return label_of(WorkStatus(value))
