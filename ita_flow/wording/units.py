"""Sentences about divisions and sections."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "sections_named_crosswise": _l(
        "รวมไม่ได้ เพราะ %(name)s มีชื่อตรงกับทั้ง %(first)s และ %(second)s โปรดรวมหรือเปลี่ยนชื่อสองฝ่าย/กลุ่มงานนั้นก่อน"
    ),
    "unit_has_the_name": _l("หน่วยนี้ใช้ชื่อ %(name)s อยู่แล้ว"),
    "unit_in_use": _l("ลบ %(name)s ไม่ได้ เพราะยังมีฝ่าย/กลุ่มงาน บุคลากร หรืองานอ้างถึง ใช้การรวมเข้ากับหน่วยอื่นแทน"),
    "unit_merged_into_itself": _l("เลือกหน่วยอื่นที่จะรวมเข้าด้วยกัน"),
    "unit_name_taken": _l("ชื่อนี้เป็นชื่อหรือชื่ออื่นของ %(name)s แล้ว ใช้ชื่ออื่น หรือรวมสองหน่วยเข้าด้วยกัน"),
    "unit_name_too_long": _l("ชื่อยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "unit_needs_a_name": _l("กรอกชื่อ เช่น กองคลัง"),
    "units_share_a_measure": _l(
        "รวมไม่ได้ เพราะทั้งสองสำนัก/กองรับผิดชอบมาตรการที่ %(number)s ปี %(year)s อยู่ทั้งคู่ โปรดให้เหลืองานของสำนัก/กองเดียวก่อน"
    ),
    "units_unlike": _l("รวมได้เฉพาะสำนัก/กองกับสำนัก/กอง หรือฝ่าย/กลุ่มงานที่อยู่ในสำนัก/กองเดียวกัน เลือกหน่วยอื่น"),
}
