"""Sentences about divisions and sections."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "merging_widens_own_seat": _l("ท่านเป็นผู้พิจารณาของส่วนที่จะรวม จึงรวมเองไม่ได้ โปรดให้ผู้ดูแลระบบหรือผู้ประสานงาน ITA คนอื่นรวม"),
    "sections_named_crosswise": _l(
        "ยังรวมไม่ได้ เพราะ %(name)s มีชื่อตรงกับทั้ง %(first)s และ %(second)s โปรดรวมหรือเปลี่ยนชื่อสองฝ่าย/กลุ่มงานนั้นก่อน"
    ),
    "unit_has_the_name": _l("มีชื่อ %(name)s อยู่แล้ว ไม่ต้องเพิ่มอีก"),
    "unit_in_use": _l("นำ %(name)s ออกไม่ได้ เพราะมีฝ่าย/กลุ่มงาน บุคลากร หรืองานอยู่ ให้รวมกับสำนัก/กองหรือฝ่าย/กลุ่มงานอื่นแทน"),
    "unit_merged_into_itself": _l("เลือกสำนัก/กองหรือฝ่าย/กลุ่มงานอื่นที่จะรวมด้วย"),
    "unit_name_taken": _l("%(name)s ใช้ชื่อนี้อยู่แล้ว ตั้งชื่อไม่ให้ซ้ำ หากเป็นแห่งเดียวกันให้รวมกับ %(name)s"),
    "unit_name_too_long": _l("ชื่อต้องไม่เกิน %(most)s ตัวอักษร"),
    "unit_needs_a_name": _l("กรอกชื่อ เช่น กองคลัง"),
    "units_share_a_measure": _l(
        "ยังรวมไม่ได้ เพราะทั้งสองสำนัก/กองรับผิดชอบมาตรการที่ %(number)s ปี %(year)s โปรดให้เหลือผู้รับผิดชอบเพียงสำนัก/กองเดียวก่อน"
    ),
    "units_unlike": _l("รวมได้เฉพาะสำนัก/กองด้วยกัน หรือฝ่าย/กลุ่มงานในสำนัก/กองเดียวกัน เลือกใหม่"),
}
