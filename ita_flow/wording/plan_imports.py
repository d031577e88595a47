"""Sentences about bringing a document in: choosing it, deciding on its doubts, confirming it."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "import_nothing_chosen": _l("เลือกไฟล์แผน หรือวางตารางของแผน"),
    "import_document_too_large": _l("%(name)s ใหญ่เกิน %(limit)s MB ตัดรูปภาพออกแล้วบันทึกใหม่ หรือวางเฉพาะตารางของแผน"),
    "import_document_not_kept": _l("เก็บไฟล์ %(name)s ไม่ได้ ยังไม่ได้บันทึกสิ่งใด โปรดลองอีกครั้ง หรือแจ้งผู้ดูแลระบบ"),
    "import_document_lost": _l("ไม่พบไฟล์ %(name)s ในที่เก็บแล้ว เปิดหน้านำเข้าแผนและเลือกไฟล์เดิมอีกครั้ง"),
    "import_document_unreadable": _l("ยังนำเข้าไม่ได้ แก้เอกสารตามรายการ “สิ่งที่ต้องแก้ในเอกสาร” แล้วตรวจสอบอีกครั้ง"),
    "import_doubt_unaccepted": _l("ทำเครื่องหมายยืนยันให้ครบทุกข้อ หรือเลือกไฟล์อื่น"),
    "import_text_too_long": _l("ข้อความที่แก้ต้องไม่เกิน %(limit)s ตัวอักษร"),
    "import_draft_changed": _l(
        "เอกสารหรือแผนของปีนี้เปลี่ยนไปหลังจากท่านเปิดหน้านี้ ยังไม่ได้บันทึกสิ่งใด ตรวจรายการล่าสุดด้านล่างแล้วยืนยันอีกครั้ง"
    ),
    "import_year_out_of_reach": _l("นำเข้าแผนได้เฉพาะปีงบประมาณ %(first)s ถึง %(last)s ตรวจปีในที่อยู่เว็บ"),
    "import_draft_gone": _l("เอกสารนี้นำเข้าหรือนำออกไปแล้ว เปิดหน้าแผนเพื่อดูผล"),
}

REPAIRS: dict[str, LazyString] = {
    "unseen": _l("อักขระที่มองไม่เห็น"),
    "foreign": _l("อักษรต่างภาษาที่ปนอยู่"),
    "sara_am": _l("สระอำที่พิมพ์แยกสองส่วน"),
    "order": _l("การเรียงสระและวรรณยุกต์"),
}
"""What kinds of repaired characters are called."""

DOUBTS: dict[str, LazyString] = {
    "doubled_word": _l("คำซ้ำ"),
    "impossible_marks": _l("สระหรือวรรณยุกต์เรียงผิด"),
    "foreign_script": _l("อักษรต่างภาษา"),
    "written_differently": _l("เขียนไม่ตรงกัน"),
    "item_title": _l("รหัสเดียวกันแต่ชื่อต่างกัน"),
    "area_name": _l("ชื่อประเด็นไม่ตรง"),
    "indicator_name": _l("ชื่อตัวชี้วัดไม่ตรง"),
}
"""What the doubts on which a person decides are called, above the place where they stand."""

OTHER_DOUBT = _l("ควรตรวจ")

PARTS: dict[str, LazyString] = {
    "items": _l("หัวข้อที่ใช้ในการวิเคราะห์"),
    "analysis": _l("ผลการวิเคราะห์"),
    "method": _l("ขั้นตอนและวิธีการปฏิบัติ"),
    "areas": _l("บทวิเคราะห์รายประเด็น"),
    "limitations": _l("ข้อจำกัดของหน่วยงาน"),
}
"""The parts that a document may leave out."""
