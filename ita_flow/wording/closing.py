"""Sentences about closing a year, and about a year that is closed."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "closing_amendment_in_hand": _l(
        "มีแผนฉบับแก้ไข ฉบับที่ %(version)s ที่ยังไม่ได้รับอนุมัติ ให้พิจารณาให้แล้วเสร็จหรือยกเลิกร่างนั้นก่อน แล้วจึงปิดปีงบประมาณ"
    ),
    "closing_changed_meanwhile": _l(
        "มีงานที่เปลี่ยนแปลงหลังจากท่านเปิดหน้านี้ สิ่งที่ท่านเลือกและพิมพ์ไว้ยังอยู่ ตรวจทานแล้วกดปิดปีงบประมาณอีกครั้ง"
    ),
    "closing_ending_missing": _l("เลือกว่าจะดำเนินการอย่างไรกับงานของมาตรการที่ %(number)s"),
    "closing_extension_waits": _l(
        "คำขอขยายกำหนดเวลาของมาตรการที่ %(number)s รอพิจารณาอยู่ ให้พิจารณาหรือดึงกลับก่อน แล้วจึงปิดปีงบประมาณ"
    ),
    "closing_reason_missing": _l("กรอกเหตุผลสำหรับงานของมาตรการที่ %(number)s"),
    "closing_report_waits": _l("รายงานของมาตรการที่ %(number)s รอพิจารณาอยู่ ให้พิจารณาหรือดึงกลับก่อน แล้วจึงปิดปีงบประมาณ"),
    "closing_too_early": _l("ปิดปีงบประมาณ %(year)s ได้ตั้งแต่วันที่ %(first)s เป็นต้นไป"),
    "plan_close_too_late": _l("ปิดปีงบประมาณได้เฉพาะเมื่อแผนฉบับที่ใช้อยู่ได้รับอนุมัติแล้ว และยังไม่ได้ปิดปี เปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_closed": _l("แผนปี %(year)s ปิดแล้วเมื่อ %(day)s จึงดูได้อย่างเดียว หากต้องดำเนินการต่อ ให้เพิ่มมาตรการในแผนของปีถัดไป"),
    "task_leave_too_late": _l("งานนี้สิ้นสุดไปแล้ว เปิดหน้างานเพื่อดูสถานะล่าสุด"),
}
