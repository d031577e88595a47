"""Sentences about beginning a year and writing its plan by hand."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "area_missing": _l("เลือกประเด็น 1 ใน 7 ประเด็น"),
    "area_would_be_empty": _l(
        "แผนที่อนุมัติแล้วต้องมีมาตรการครบทุกประเด็น ประเด็นที่ %(area)s มีมาตรการนี้เพียงมาตรการเดียว ให้เพิ่มมาตรการอื่นในประเด็นนี้ก่อน"
    ),
    "due_outside_year": _l("กำหนดแล้วเสร็จของมาตรการที่ %(number)s ต้องอยู่ระหว่าง %(first)s ถึง %(last)s"),
    "item_unreadable": _l("อ่าน “%(text)s” ไม่ได้ เขียนบรรทัดละข้อ รหัสข้อนำหน้าชื่อข้อ เช่น O11 แผนดำเนินงาน"),
    "items_too_many": _l("หัวข้อที่ใช้ในการวิเคราะห์มีได้ไม่เกิน %(most)s ข้อ"),
    "limitation_without_name": _l("กรอกข้อจำกัดในทุกแถวที่มีผลการวิเคราะห์หรือข้อเสนอแนะ"),
    "limitations_and_none": _l("เลือกอย่างใดอย่างหนึ่ง คือ ระบุข้อจำกัด หรือแจ้งว่าไม่มีข้อจำกัด"),
    "limitations_too_many": _l("ระบุข้อจำกัดได้ไม่เกิน %(most)s รายการ"),
    "measure_has_begun": _l(
        "มีผู้รายงานความก้าวหน้าของมาตรการนี้แล้ว จึงแก้ได้เฉพาะหัวข้อที่ใช้ในการวิเคราะห์และผลการวิเคราะห์ หากต้องแก้ส่วนอื่น ให้จัดทำแผนฉบับแก้ไข"
    ),
    "measure_has_reports": _l("มีผู้รายงานความก้าวหน้าของมาตรการนี้แล้ว จึงนำออกไม่ได้ หากต้องนำออก ให้จัดทำแผนฉบับแก้ไข"),
    "measure_is_taken_up": _l("แผนปี %(year)s มีมาตรการนี้แล้ว เปิดหน้าแผนเพื่อแก้ไขต่อ"),
    "measure_number_is_known": _l("มีผู้รายงานความก้าวหน้าของมาตรการในประเด็นนี้แล้ว จึงสลับลำดับไม่ได้"),
    "measure_number_stays": _l("แผนนี้ไม่เป็นร่างแล้ว มาตรการจึงคงลำดับเดิม"),
    "measure_was_reminded": _l("ระบบเตือนผู้รับผิดชอบของมาตรการนี้ไปแล้ว จึงนำงานออกไม่ได้ หากต้องนำออก ให้จัดทำแผนฉบับแก้ไข"),
    "plan_changed_meanwhile": _l("มีผู้แก้ไขส่วนนี้หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังอยู่ ตรวจทานแล้วกดบันทึกอีกครั้ง"),
    "plan_is_incomplete": _l("แผนยังขาด %(count)s รายการ เติมให้ครบก่อน แล้วจึงเสนอพิจารณาหรือบันทึกการอนุมัติ"),
    "responsible_missing": _l("เลือกผู้รับผิดชอบอย่างน้อย 1 สำนัก/กอง"),
    "signed_on_strange": _l("วันที่ลงนามต้องไม่เกินวันนี้ และไม่ก่อนปีงบประมาณ %(year)s"),
    "source_plan_missing": _l("ไม่พบแผนปี %(year)s แล้ว เลือกวิธีเริ่มแผนอีกครั้ง"),
    "steps_missing": _l("กรอกอย่างน้อย 1 ขั้นตอน"),
    "steps_too_many": _l("มีได้ไม่เกิน %(most)s ขั้นตอน รวมขั้นตอนที่ต่อเนื่องกันให้เป็นขั้นตอนเดียว"),
    "task_cannot_change": _l("งานนี้แล้วเสร็จหรือยกเลิกแล้ว จึงแก้ขั้นตอนและกำหนดแล้วเสร็จไม่ได้"),
    "task_is_being_decided": _l("มาตรการที่ %(number)s มีรายงานรอพิจารณา รอผลการพิจารณาก่อน แล้วจึงแก้ขั้นตอนหรือกำหนดแล้วเสร็จ"),
    "title_missing": _l("กรอกชื่อมาตรการ/กิจกรรม"),
    "window_missing": _l("เลือกระยะเวลา ถ้าเลือก ช่วงเวลาอื่น ให้ระบุช่วงเวลาด้วย"),
    "year_has_a_plan": _l("ปี %(year)s มีแผนแล้ว เปิดแผนของปีนั้นเพื่อแก้ไขต่อ"),
}

GAPS: dict[str, LazyString] = {
    "area_without_measure": _l("ประเด็นที่ %(area)s ยังไม่มีมาตรการ"),
    "area_cancelled": _l("ประเด็นที่ %(area)s ยกเลิกมาตรการทั้งหมดแล้ว เพิ่มมาตรการใหม่หากยังต้องดำเนินการ"),
    "nobody_responsible": _l("มาตรการที่ %(number)s ยังไม่มีผู้รับผิดชอบ"),
    "without_analysis": _l("ประเด็นที่ %(area)s ยังไม่มีผลการวิเคราะห์"),
    "window_outside_year": _l("ระยะเวลาของมาตรการที่ %(number)s ไม่อยู่ในปีงบประมาณของแผน"),
    "without_method": _l("มาตรการที่ %(number)s ยังไม่มีขั้นตอนและวิธีการปฏิบัติ"),
    "without_items": _l("มาตรการที่ %(number)s ยังไม่ระบุหัวข้อที่ใช้ในการวิเคราะห์"),
    "names_year_before": _l("ชื่อมาตรการที่ %(number)s ยังเขียนว่าปี %(year)s"),
    "method_names_year_before": _l("ขั้นตอนของมาตรการที่ %(number)s ยังเขียนว่าปี %(year)s"),
    "focus_names_year_before": _l("จุดเน้นของประเด็นที่ %(area)s ยังเขียนว่าปี %(year)s"),
    "item_unmapped": _l("หัวข้อที่ใช้ในการวิเคราะห์ของมาตรการที่ %(number)s ยังเป็นรหัสของปีก่อน"),
    "limitations_unsaid": _l("ยังไม่ระบุข้อจำกัดของหน่วยงาน หรือแจ้งว่าไม่มี"),
}


class Part(StrEnum):
    """What a plan has to say before it is proposed."""

    AREAS = "areas"
    ANALYSIS = "analysis"
    METHOD = "method"
    RESPONSIBLE = "responsible"
    WINDOW = "window"
    LIMITATIONS = "limitations"


READY: dict[Part, LazyString] = {
    Part.AREAS: _l("มีมาตรการครบ 7 ประเด็น"),
    Part.ANALYSIS: _l("ผลการวิเคราะห์และหัวข้อที่ใช้"),
    Part.METHOD: _l("ขั้นตอนและวิธีการปฏิบัติ"),
    Part.RESPONSIBLE: _l("ผู้รับผิดชอบ"),
    Part.WINDOW: _l("ระยะเวลา"),
    Part.LIMITATIONS: _l("ข้อจำกัดของหน่วยงาน"),
}
"""What each part is called on the list of what is ready."""
