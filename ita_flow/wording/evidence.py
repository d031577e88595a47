"""Sentences about evidence."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "file_type_not_accepted": _l("แนบ %(name)s ไม่ได้ ใช้ไฟล์ pdf docx xlsx jpg หรือ png"),
    "file_is_empty": _l("%(name)s เป็นไฟล์ว่าง เลือกไฟล์ที่มีเนื้อหาแล้วแนบใหม่"),
    "file_is_something_else": _l("%(name)s มีเนื้อหาไม่ตรงกับนามสกุลไฟล์ บันทึกใหม่เป็น pdf docx xlsx jpg หรือ png แล้วแนบอีกครั้ง"),
    "file_is_damaged": _l("%(name)s เปิดไม่ได้ ไฟล์อาจเสียหายหรือใส่รหัสผ่านไว้ ตรวจไฟล์แล้วแนบใหม่"),
    "file_unpacks_too_large": _l("%(name)s มีเนื้อหาภายในใหญ่ผิดปกติ บันทึกเป็น pdf แล้วแนบใหม่"),
    "file_too_large": _l("%(name)s ใหญ่เกิน %(limit)s MB ย่อขนาดหรือแบ่งไฟล์แล้วแนบใหม่"),
    "file_not_kept": _l("ขณะนี้ระบบเก็บ %(name)s ไม่ได้ โปรดแจ้งผู้ดูแลระบบ แล้วแนบใหม่ภายหลัง"),
    "evidence_of_others": _l(
        "ท่านเปิดหลักฐานนี้ไม่ได้ สำนัก/กองที่รับผิดชอบเปิดได้เสมอ ผู้ประสานงาน ITA ผู้ตรวจสอบ และผู้บริหารเปิดได้เมื่อส่งพิจารณาแล้ว"
    ),
    "link_is_no_address": _l(
        "วางลิงก์ให้ครบ เช่น https://www.example.go.th/news โดยไม่มีช่องว่าง และยาวไม่เกิน %(limit)s ตัวอักษร"
    ),
    "evidence_replaced_already": _l("หลักฐานนี้มีฉบับใหม่แทนแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการปัจจุบัน"),
    "newer_file_missing": _l("เลือกไฟล์ฉบับใหม่ที่จะใช้แทน %(name)s"),
    "newer_file_is_the_same": _l("ไฟล์ที่เลือกมีเนื้อหาเดียวกับ %(name)s ทุกประการ เลือกไฟล์ฉบับที่แก้ไขแล้ว"),
    "newer_file_is_attached": _l("ไฟล์ที่เลือกแนบไว้แล้วในชื่อ %(name)s เลือกไฟล์อื่น หรือนำรายการนั้นออกก่อน"),
    "newer_reason_missing": _l("ระบุเหตุผลที่แทนที่ %(name)s"),
    "newer_reason_too_long": _l("เหตุผลที่แทนที่ %(name)s ต้องไม่เกิน %(limit)s ตัวอักษร"),
    "too_much_evidence": _l("แนบหลักฐานได้ไม่เกิน %(limit)s รายการ นำรายการที่ไม่ใช้ออกก่อน"),
}
