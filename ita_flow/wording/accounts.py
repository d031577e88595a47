"""Sentences about accounts and access."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "language_unknown": _l("เลือกภาษาไทยหรือภาษาอังกฤษ"),
    "link_spent": _l("ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ โปรดขอลิงก์ใหม่จากผู้ประสานงาน ITA หรือผู้ดูแลระบบของหน่วยงาน"),
    "page_for_others": _l("หน้านี้ใช้ได้เฉพาะ%(who)s หากเป็นหน้าที่ของท่าน โปรดแจ้งผู้ดูแลระบบของหน่วยงานให้กำหนดสิทธิ"),
    "password_too_close": _l("รหัสผ่านคล้ายอีเมล ชื่อของท่าน หรือชื่อหน่วยงานเกินไป ตั้งใหม่ให้ต่างออกไป"),
    "password_too_common": _l("รหัสผ่านนี้เดาได้ง่าย ตั้งใหม่โดยนำหลายคำที่ไม่เกี่ยวข้องกันมาต่อกัน"),
    "password_too_long": _l("รหัสผ่านต้องไม่เกิน %(longest)d ตัวอักษร"),
    "password_too_short": _l("รหัสผ่านต้องมีอย่างน้อย %(shortest)d ตัวอักษร"),
    "sign_in_wait": _l("เข้าสู่ระบบไม่สำเร็จหลายครั้ง โปรดรอ %(minutes)d นาทีแล้วลองอีกครั้ง หรือขอลิงก์ตั้งรหัสผ่านจากผู้ดูแลระบบ"),
    "sign_in_wrong": _l("อีเมลหรือรหัสผ่านไม่ถูกต้อง ตรวจสอบแล้วลองอีกครั้ง"),
}
