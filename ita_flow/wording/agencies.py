"""Sentences about describing an agency."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "agency_name_taken": _l("มีหน่วยงานชื่อ %(name)s ในระบบแล้ว ใช้ชื่ออื่น"),
    "agency_text_too_long": _l("ข้อความต้องไม่เกิน %(most)s ตัวอักษร"),
}
