"""What an invitation tells a new person: their part in the system."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.permissions import Role, Seat

DUTIES: Mapping[StrEnum, LazyString] = {
    Role.OFFICER: _l("รายงานความก้าวหน้าและแนบหลักฐานของมาตรการที่ได้รับมอบหมาย"),
    Role.COORDINATOR: _l("จัดทำแผน มอบหมายงาน และติดตามทุกมาตรการ"),
    Role.AUDITOR: _l("ตรวจดูแผน ความก้าวหน้า และหลักฐานของทุกมาตรการ"),
    Role.ADMINISTRATOR: _l("ดูแลบุคลากร สิทธิ และการตั้งค่าระบบ"),
    Seat.SECTION_HEAD: _l("เห็นชอบหรือส่งกลับแก้ไขรายงานความก้าวหน้าของฝ่าย/กลุ่มงาน"),
    Seat.DIRECTOR: _l("เห็นชอบหรือส่งกลับแก้ไขรายงานความก้าวหน้าของสำนัก/กอง"),
    Seat.CHIEF: _l("ดูภาพรวมและผลการดำเนินการของหน่วยงาน"),
    Seat.EXECUTIVE: _l("ดูภาพรวมและผลการดำเนินการของหน่วยงาน"),
    Seat.NAMED: _l("พิจารณารายงานความก้าวหน้าตามสายการพิจารณาของหน่วยงาน"),
}


def duty_of(role: Role | None, seat: Seat | None) -> str:
    """What the holder of this role or seat does here."""
    post = role or seat
    return str(DUTIES[post]) if post else ""
