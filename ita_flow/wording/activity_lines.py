"""One event of the record in words, for the page and for the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.permissions import ActingKind
from ita_flow.wording.activity import deed_words
from ita_flow.wording.activity_values import UNSAID, UNSAID_OF_REPORTS, Change, Names, Subject, changes_between
from ita_flow.wording.history import DOORS
from ita_flow.wording.labels import label_of

NAMELESS: Mapping[str, LazyString] = {
    "agency": _l("หน่วยงาน"),
    "approval_chain": _l("สายการพิจารณา"),
    "assessment": _l("ผลการประเมิน"),
    "evidence": _l("หลักฐาน"),
    "import_draft": _l("เอกสารที่นำเข้า"),
    "measure": _l("มาตรการ"),
    "named_seat": _l("ตำแหน่งผู้พิจารณา"),
    "plan": _l("แผน"),
    "progress_report": _l("รายงาน"),
    "record": _l("บันทึกการเปลี่ยนแปลง"),
    "task": _l("งาน"),
    "unit": _l("หน่วยงานภายใน"),
    "user": _l("บุคลากร"),
}
"""What a subject is called whose row is gone, or that has no name."""


class Entry(Protocol):
    """An event as it was read."""

    @property
    def seq(self) -> int: ...

    @property
    def hash(self) -> str: ...

    @property
    def at(self) -> datetime | None: ...

    @property
    def action(self) -> str: ...

    @property
    def actor(self) -> str: ...

    @property
    def post(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def before(self) -> Mapping[str, Any]: ...

    @property
    def after(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Line:
    """An event in words."""

    seq: int
    at: datetime | None
    who: str
    post: str
    acting: str
    """For whom, by what right and by which order, where somebody acted in the seat of another."""

    deed: str
    subject: str
    """What it is about, such as ``task:12``, to link to it."""

    about: str
    changes: Sequence[Change]
    action: str
    hash: str


def line_of(entry: Entry, names: Names) -> Line:
    """The event as people read it."""
    acting = _acting(entry.after, names)
    unsaid = UNSAID_OF_REPORTS if entry.subject.startswith("progress_report:") else UNSAID
    return Line(
        seq=entry.seq,
        at=entry.at,
        who=who_did(entry.actor, names),
        post=entry.post if acting else str(entry.after.get("seat_title") or entry.post),
        acting=acting,
        deed=deed_words(entry.action, entry.after),
        subject=entry.subject,
        about=_about(entry.subject, names),
        changes=changes_between(_parts(entry, entry.before), _parts(entry, entry.after), names, unsaid),
        action=entry.action,
        hash=entry.hash,
    )


def _parts(entry: Entry, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Plans and reports both have a state, and call it otherwise."""
    is_plan = entry.subject.startswith("plan:")
    return {"plan_state" if is_plan and part == "state" else part: value for part, value in told.items()}


def who_did(actor: str, names: Names) -> str:
    """The person by name, or the door through which it came."""
    kind, _colon, number = actor.partition(":")
    if kind == "user":
        known = names.people.get(int(number)) if number.isdecimal() and len(number) < 11 else None
        return known or str(_("บุคลากรเลขที่ %(number)s", number=number))
    return str(DOORS.get(actor, actor))


def _acting(after: Mapping[str, Any], names: Names) -> str:
    """รักษาราชการแทนผู้อำนวยการกองคลัง (สมชาย ใจดี) ตามคำสั่งที่ 12/2567"""
    order_no, title = after.get("order_no"), after.get("seat_title")
    if not order_no or not title:
        return ""
    kind = after.get("acting")
    right = label_of(ActingKind(kind)) if kind in list(ActingKind) else str(_("ทำหน้าที่แทน"))
    on_behalf_of = after.get("on_behalf_of")
    holder = names.people.get(on_behalf_of) if isinstance(on_behalf_of, int) else None
    where = str(_("%(acting)s%(seat)s", acting=right, seat=title)) + (f" ({holder})" if holder else "")
    return str(_("%(where)s ตามคำสั่งที่ %(order_no)s", where=where, order_no=order_no))


def _about(subject: str, names: Names) -> str:
    kind, _colon, number = subject.partition(":")
    if kind == "user":
        return who_did(subject, names)
    found = names.subjects.get(subject)
    called = str(NAMELESS.get(kind, kind))
    if found is None:
        return called
    parts = [
        str(_("มาตรการที่ %(number)s", number=found.measure)) if found.measure else "",
        str(_("รายงานครั้งที่ %(number)s", number=found.report)) if found.report else "",
        found.name or "",
    ]
    told = [part for part in parts if part] or [called]
    return " · ".join(told) + _year(kind, found)


def _year(kind: str, found: Subject) -> str:
    return str(_(" ปี %(year)s", year=found.year)) if found.year and kind in ("plan", "assessment") else ""
