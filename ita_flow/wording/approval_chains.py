"""Sentences about approval chains and the seats that an agency names itself."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "chain_changed_meanwhile": _l("มีผู้แก้ไขสายการพิจารณานี้ก่อนท่านเพียงครู่เดียว โปรดตรวจอีกครั้ง หากกดบันทึก ระบบจะใช้ตามที่ท่านกรอก"),
    "chain_days_not_a_number": _l("กรอกจำนวนวันทำการเป็นตัวเลข 1 ถึง %(most)s"),
    "chain_days_out_of_range": _l("จำนวนวันทำการต้องอยู่ระหว่าง 1 ถึง %(most)s"),
    "chain_names_a_seat_twice": _l("ตำแหน่งนี้อยู่ในลำดับอื่นแล้ว แต่ละตำแหน่งพิจารณาได้ลำดับเดียว โปรดเลือกตำแหน่งอื่น"),
    "chain_of_plans_has_unit_seats": _l(
        "สายพิจารณาแผนใช้ได้เฉพาะตำแหน่งที่ดูแลทั้งหน่วยงาน โปรดเลือกปลัด ผู้บริหารสูงสุด หรือตำแหน่งที่หน่วยงานกำหนด"
    ),
    "chain_seat_unknown": _l("ไม่พบตำแหน่งที่เลือก โปรดเลือกใหม่"),
    "chain_too_long": _l("สายการพิจารณามีได้ไม่เกิน %(most)s ลำดับ โปรดลดจำนวนลำดับ"),
    "chain_without_seats": _l("เลือกตำแหน่งที่พิจารณาอย่างน้อยหนึ่งลำดับ"),
    "named_seat_in_use": _l(
        "นำ %(name)s ออกไม่ได้ เพราะอยู่ในสายการพิจารณา มีผู้ดำรงตำแหน่ง หรือเคยพิจารณารายงานแล้ว หากไม่ใช้แล้ว ให้นำออกจากสายการพิจารณา"
    ),
    "named_seat_is_a_known_one": _l("ระบบมีตำแหน่ง%(name)sอยู่แล้ว เลือกในสายการพิจารณาได้โดยไม่ต้องเพิ่ม"),
    "named_seat_is_gone": _l("มีผู้นำตำแหน่งที่เลือกออกแล้ว โปรดเลือกตำแหน่งอื่น"),
    "named_seat_name_taken": _l("มีตำแหน่ง %(name)s อยู่แล้ว โปรดใช้ชื่ออื่น"),
    "named_seat_name_too_long": _l("ชื่อตำแหน่งต้องไม่เกิน %(most)s ตัวอักษร"),
    "named_seat_needed": _l("เลือกว่าเป็นตำแหน่งใดในตำแหน่งที่หน่วยงานกำหนด"),
    "named_seat_needs_a_name": _l("กรอกชื่อตำแหน่ง เช่น ประธานคณะทำงาน ITA"),
}
