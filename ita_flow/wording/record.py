"""Sentences about the record itself: what was found in it that does not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

BREAKS: Mapping[str, LazyString] = {
    "event_missing": _l("มีการลบรายการออก"),
    "link_broken": _l("รายการไม่ต่อเนื่องกับรายการก่อนหน้า"),
    "body_altered": _l("มีการแก้ไขเนื้อหาของรายการ"),
    "subject_altered": _l("มีการแก้ไขเรื่องของรายการ"),
    "head_altered": _l("มีการแก้ไขหรือตัดท้ายบันทึก"),
    "head_missing": _l("ไม่พบรหัสตรวจสอบท้ายบันทึก"),
    "anchor_differs": _l("ไม่ตรงกับรหัสตรวจสอบที่เก็บไว้ภายนอก บันทึกอาจถูกสร้างขึ้นใหม่ทั้งชุด"),
    "row_altered": _l("ข้อมูลไม่ตรงกับที่บันทึกไว้"),
    "row_unrecorded": _l("มีข้อมูลที่ไม่มีในบันทึก"),
    "version_missing": _l("รายงานที่ส่งแล้วหายไป"),
    "decision_missing": _l("ผลการพิจารณาหายไป"),
    "proposal_missing": _l("เรื่องที่เสนอพิจารณาหายไป"),
    "evidence_missing": _l("หลักฐานหายไป"),
    "file_broken": _l("ไฟล์หลักฐานหายไปหรือถูกแก้ไข"),
}

ROWS: Mapping[str, LazyString] = {
    "decision": _l("ผลการพิจารณาเลขที่ %(number)s"),
    "evidence": _l("หลักฐานเลขที่ %(number)s"),
    "progress_report": _l("รายงานเลขที่ %(number)s"),
    "proposal": _l("เรื่องที่เสนอพิจารณาเลขที่ %(number)s"),
    "proposal_decision": _l("ผลการพิจารณาเรื่องที่เสนอเลขที่ %(number)s"),
    "report_version": _l("ฉบับที่ส่งเลขที่ %(number)s"),
}

PARTS: Mapping[str, LazyString] = {
    "acting_order": _l("คำสั่ง"),
    "at": _l("วันเวลา"),
    "authors": _l("ผู้จัดทำ"),
    "chain": _l("สายการพิจารณา"),
    "comment": _l("ความเห็น"),
    "content": _l("เนื้อหาหรือหลักฐาน"),
    "decided_by": _l("ผู้พิจารณา"),
    "due_on": _l("กำหนดเวลา"),
    "evidence": _l("รายการหลักฐาน"),
    "kind": _l("ผล"),
    "named_seat": _l("ตำแหน่ง"),
    "number": _l("ครั้งที่"),
    "on_behalf_of": _l("ผู้ดำรงตำแหน่งที่ทำหน้าที่แทน"),
    "order_no": _l("เลขที่คำสั่ง"),
    "own_post": _l("ตำแหน่งของผู้พิจารณา"),
    "reason": _l("เหตุผล"),
    "seat": _l("ตำแหน่ง"),
    "seat_title": _l("ชื่อตำแหน่ง"),
    "state": _l("สถานะ"),
    "submitted_by": _l("ผู้ส่ง"),
    "verb": _l("อำนาจพิจารณา"),
    "version": _l("ฉบับ"),
}


class Break(Protocol):
    """The first place at which something does not hold."""

    @property
    def seq(self) -> int: ...

    @property
    def reason(self) -> str: ...

    @property
    def row(self) -> str: ...

    @property
    def differs(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class KeptBreak:
    """A break as it was put on record when somebody let the record be looked at."""

    seq: int
    reason: str
    row: str
    differs: Sequence[str]

    @classmethod
    def of(cls, after: Mapping[str, Any]) -> KeptBreak:
        return cls(after["seq"], after["reason"], after["row"], after["differs"])


def told_of_break(found: Break) -> str:
    """Where it is and what is wrong there: ลำดับที่ 12 ผลการพิจารณาเลขที่ 3: ข้อมูลไม่ตรงกับที่บันทึกไว้ (ผู้พิจารณา)"""
    where = [str(_("ลำดับที่ %(seq)s", seq=found.seq))] if found.seq or not found.row else []
    kind, _colon, number = found.row.partition(":")
    if kind:
        where.append(str(ROWS.get(kind, kind)) % {"number": number})
    parts = ", ".join(dict.fromkeys(str(PARTS.get(str(name), name)) for name in found.differs))
    return f"{' '.join(where)}: {BREAKS.get(found.reason, found.reason)}" + (f" ({parts})" if parts else "")
