"""Sentences about plans, and the names of their fields."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "plan_has_begun": _l(
        "เอกสารนี้ต่างจากแผนที่เริ่มดำเนินการแล้ว %(count)s จุด ในส่วนที่มีรายงาน การเตือน หรือเผยแพร่แล้ว จึงนำเข้าทับไม่ได้ "
        "ข้อมูลเดิมยังอยู่ครบ ตรวจรายการที่ต่างกันด้านล่าง หากเป็นการแก้ไขแผน ให้นำเข้าเป็นแผนฉบับแก้ไขที่หน้านำเข้าแผนของระบบ"
    ),
    "document_unreadable": _l("นำเข้าไม่ได้ ยังไม่ได้บันทึกข้อมูลใด แก้เอกสารตามรายการนี้แล้วนำเข้าอีกครั้ง"),
    "doubts_not_accepted": _l(
        "เอกสารอาจไม่ใช่ของหน่วยงานหรือปีนี้ ยังไม่ได้บันทึกข้อมูลใด ถ้าถูกต้องแล้วให้นำเข้าอีกครั้งพร้อม --accept-doubts"
    ),
    "plan_missing": _l("ยังไม่มีแผนปีงบประมาณ %(year)s นำเข้าเอกสารก่อนด้วย ita-flow plan import ไฟล์ --year %(year)s"),
    "assessment_missing": _l("ยังไม่มีผลการประเมินปี %(year)s นำเข้าเอกสารที่มีผลการประเมินปีนั้นก่อน"),
    "text_too_long_for_xlsx": _l(
        "ข้อความของมาตรการลำดับที่ %(number)s ยาวเกิน %(limit)s ตัวอักษรที่ช่องของ Excel เก็บได้ ส่งออกเป็น CSV แทน"
    ),
    "officer_of_another_agency": _l("มอบหมายได้เฉพาะเจ้าหน้าที่ของหน่วยงานเดียวกัน"),
}

FIELDS: dict[str, LazyString] = {
    "fiscal_year": _l("ปีงบประมาณ"),
    "buddhist_year": _l("ปี"),
    "assessment": _l("ผลการประเมิน"),
    "year": _l("ปี"),
    "criteria_year": _l("ปีของหลักเกณฑ์"),
    "total": _l("คะแนนรวม"),
    "level": _l("ระดับ"),
    "rank_province": _l("อันดับในจังหวัด"),
    "rank_national": _l("อันดับในประเทศ"),
    "rank_group": _l("กลุ่มที่จัดอันดับ"),
    "indicators": _l("ตัวชี้วัด ลำดับที่"),
    "findings": _l("ข้อเสนอแนะของผู้ประเมิน ลำดับที่"),
    "areas": _l("ประเด็น ลำดับที่"),
    "measures": _l("มาตรการ ลำดับที่"),
    "limitations": _l("ข้อจำกัด ลำดับที่"),
    "limitations_none": _l("แจ้งว่าไม่มีข้อจำกัด"),
    "number": _l("เลขที่"),
    "score": _l("คะแนน"),
    "analysis": _l("ผลการวิเคราะห์"),
    "channel": _l("ช่องทาง"),
    "sequence": _l("ข้อที่"),
    "code": _l("รหัสข้อ"),
    "title": _l("ชื่อ"),
    "issue": _l("ประเด็นปัญหา"),
    "advice": _l("ข้อเสนอแนะ"),
    "items": _l("หัวข้อที่ใช้ในการวิเคราะห์ ลำดับที่"),
    "response": _l("คำตอบของผู้ประเมิน"),
    "overview": _l("ภาพรวม"),
    "focus": _l("จุดเน้น"),
    "area": _l("ประเด็น"),
    "method": _l("ขั้นตอนและวิธีการปฏิบัติ"),
    "responsible_text": _l("ผู้รับผิดชอบตามเอกสาร"),
    "responsible": _l("ผู้รับผิดชอบ ลำดับที่"),
    "section": _l("ฝ่าย/กลุ่มงาน"),
    "division": _l("สำนัก/กอง"),
    "window_text": _l("ระยะเวลาตามเอกสาร"),
    "window": _l("ระยะเวลา"),
    "kind": _l("ชนิด"),
    "starts_on": _l("เริ่ม"),
    "ends_on": _l("กำหนดแล้วเสร็จ"),
    "limitation": _l("ข้อจำกัด"),
    "suggestion": _l("ข้อเสนอแนะ"),
    "state": _l("สถานะแผน"),
}


def place_of(path: tuple[str | int, ...]) -> str:
    """Where in a plan a difference stands, such as ``มาตรการ ลำดับที่ 2 · ชื่อ``."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts[-1] = f"{parts[-1]} {step}"
        else:
            parts.append(str(FIELDS[step]))
    return " · ".join(parts)
