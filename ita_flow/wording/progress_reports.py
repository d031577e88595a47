"""Sentences about progress reports."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "incomplete": _l("มีข้อผิดพลาด %(count)s รายการ"),
    "claim_missing": _l("เลือกผลการดำเนินการถึงวันนี้"),
    "not_started_with_steps": _l("เมื่อเลือก ยังไม่เริ่ม ให้นำเครื่องหมายออกจากขั้นตอน หรือเลือก กำลังดำเนินการตามแผน"),
    "text_missing": _l("กรอกสิ่งที่ได้ทำ"),
    "text_too_long": _l("ข้อความยาว %(length)s ตัวอักษร ต้องไม่เกิน %(limit)s ตัวอักษร"),
    "evidence_missing": _l("แนบหลักฐานอย่างน้อย 1 รายการ เมื่อเลือก แล้วเสร็จ"),
    "not_your_task": _l("งานนี้เป็นของหน่วยงานอื่น ผู้ที่รายงานได้คือเจ้าหน้าที่ผู้รับผิดชอบและเจ้าหน้าที่ในฝ่ายหรือกองเดียวกัน"),
    "task_is_closed": _l("มาตรการนี้แล้วเสร็จหรือยกเลิกแล้ว จึงรายงานเพิ่มไม่ได้"),
    "report_is_under_way": _l("รายงานนี้ส่งพิจารณาไปแล้ว เปิดดูผลการพิจารณาได้ที่หน้ามาตรการ"),
    "report_submit_too_late": _l("รายงานนี้ส่งพิจารณาไปแล้ว เปิดดูผลการพิจารณาได้ที่หน้ามาตรการ"),
    "form_without_key": _l("แบบฟอร์มนี้ไม่สมบูรณ์ เปิดหน้านี้ใหม่แล้วส่งอีกครั้ง"),
    "somebody_saved_meanwhile": _l("มีผู้บันทึกรายงานนี้หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังอยู่ในแบบฟอร์ม ตรวจทานแล้วกดบันทึกอีกครั้ง"),
}
