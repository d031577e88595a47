"""Sentences about new versions of a plan beside the one in force."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "amended_task_is_being_decided": _l(
        "งานของมาตรการที่ %(number)s (%(unit)s) มีเรื่องรอพิจารณาอยู่ รอผลการพิจารณา หรือให้ผู้เสนอดึงกลับก่อน แล้วจึงอนุมัติแผนฉบับแก้ไข"
    ),
    "amended_task_is_closed": _l(
        "งานของมาตรการที่ %(number)s (%(unit)s) เสร็จสิ้นแล้ว จึงยกเลิกหรือย้ายหน่วยงานไม่ได้ "
        "โปรดปรับแผนฉบับแก้ไขให้คงงานนี้ไว้กับหน่วยงานเดิม"
    ),
    "plan_discard_too_late": _l("แผนฉบับนี้ไม่ใช่ร่างแผนฉบับแก้ไขแล้ว จึงยกเลิกการแก้ไขไม่ได้ เปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "amendment_needs_a_reason": _l("กรอกเหตุผลที่แก้ไขแผน"),
    "cancelled_task_of_the_division": _l(
        "งานของ%(unit)s ในมาตรการนี้ยกเลิกแล้ว หากต้องดำเนินการต่อ ให้เปิดดำเนินการอีกครั้งที่หน้างานก่อน"
    ),
    "copied_task_is_done": _l("%(unit)s ดำเนินงานของมาตรการนี้เสร็จสิ้นแล้ว จึงต้องคงไว้เป็นผู้รับผิดชอบ"),
    "measure_continues": _l("มาตรการนี้อยู่ในแผนฉบับที่ใช้อยู่ จึงนำออกไม่ได้ หากไม่ดำเนินการต่อ ให้ยกเลิกมาตรการพร้อมเหตุผล"),
    "plan_amend_too_late": _l("จัดทำแผนฉบับแก้ไขได้เฉพาะแผนที่อนุมัติแล้วและยังไม่ปิดปีงบประมาณ เปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_has_newer_version": _l("แผนปี %(year)s มีฉบับที่ %(version)s แล้ว ให้แก้ไขในฉบับนั้น"),
    "plan_is_being_amended": _l("แผนปี %(year)s มีฉบับแก้ไขที่กำลังจัดทำอยู่แล้ว เปิดฉบับนั้นเพื่อแก้ไขต่อ"),
}

PARTS: dict[str, LazyString] = {
    "overview": _l("ภาพรวม"),
    "focus": _l("จุดเน้นของประเด็น"),
    "area": _l("ประเด็น"),
    "title": _l("มาตรการ/กิจกรรม"),
    "items": _l("หัวข้อที่ใช้ในการวิเคราะห์"),
    "analysis": _l("ผลการวิเคราะห์"),
    "method": _l("ขั้นตอนและวิธีการปฏิบัติ"),
    "window_text": _l("ระยะเวลา"),
    "ends_on": _l("สิ้นสุดระยะเวลา"),
    "responsible": _l("ผู้รับผิดชอบ"),
    "due_on": _l("กำหนดแล้วเสร็จ"),
    "steps": _l("ขั้นตอน"),
    "cancelled": _l("การยกเลิกงาน"),
    "limitations": _l("ข้อจำกัด"),
    "limitations_none": _l("การแจ้งข้อจำกัด"),
}
"""What a version of a plan may say otherwise than the one before."""
