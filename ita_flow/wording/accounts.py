"""Sentences about accounts and access."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "link_spent": _l("ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ ขอลิงก์ใหม่จากผู้ดูแลระบบของหน่วยงาน"),
    "page_for_others": _l("หน้านี้สำหรับ %(who)s หากท่านควรใช้ได้ โปรดแจ้งผู้ดูแลระบบของหน่วยงานให้กำหนดสิทธิ"),
    "password_too_close": _l("เลือกรหัสผ่านที่ไม่ใช่อีเมล ชื่อ หรือชื่อหน่วยงานของท่าน"),
    "password_too_common": _l("รหัสผ่านนี้เดาได้ง่าย เลือกคำหลายคำที่ไม่เกี่ยวกันมาต่อกัน"),
    "password_too_long": _l("รหัสผ่านต้องไม่เกิน %(longest)d ตัวอักษร"),
    "password_too_short": _l("รหัสผ่านต้องมีอย่างน้อย %(shortest)d ตัวอักษร"),
    "sign_in_wait": _l("ลองเข้าสู่ระบบผิดหลายครั้ง โปรดรอ %(minutes)d นาที แล้วลองใหม่ หรือขอลิงก์ตั้งรหัสผ่านจากผู้ดูแลระบบ"),
    "sign_in_wrong": _l("อีเมลหรือรหัสผ่านไม่ถูกต้อง ตรวจสอบแล้วลองอีกครั้ง"),
}
