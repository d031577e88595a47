"""Sentences about running the system."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "database_not_ready": _l("ฐานข้อมูลยังไม่พร้อมหรือเป็นรุ่นเก่า เตรียมด้วย ita-flow init --agency ชื่อหน่วยงาน --admin อีเมล"),
    "database_newer": _l("ฐานข้อมูลเป็นของโปรแกรมรุ่นใหม่กว่านี้ ใช้โปรแกรมรุ่นล่าสุด"),
    "secret_missing": _l(
        'ยังไม่ได้ตั้งกุญแจลับ จึงไม่เปิดระบบ สร้างด้วย python3 -c "import secrets; print(secrets.token_hex(32))" '
        "แล้วตั้งเป็น ITA_FLOW_SECRET_KEY หรือ secret_key ใน instance/settings.toml"
    ),
    "today_outside_demo": _l("ITA_FLOW_TODAY ใช้ได้เฉพาะระบบสาธิต นำออกก่อนเปิดระบบจริง"),
    "not_a_demo": _l("ฐานข้อมูลนี้มีหน่วยงานจริงอยู่แล้ว จึงไม่สร้างข้อมูลสาธิตทับ ตั้ง ITA_FLOW_INSTANCE เป็นโฟลเดอร์อื่นสำหรับการสาธิต"),
    "anchor_unreadable": _l("บรรทัด %(line)s ของไฟล์รหัสตรวจสอบอ่านไม่ได้ ใช้ไฟล์ที่ได้จาก ita-flow audit anchors"),
    "anchors_missing": _l("ไม่พบรหัสตรวจสอบใน %(name)s ใช้ไฟล์ที่ได้จาก ita-flow audit anchors หรือโฟลเดอร์ที่มีไฟล์นั้น"),
    "file_unwritable": _l("เขียนไฟล์ %(name)s ไม่ได้ ตรวจโฟลเดอร์และสิทธิ์การเขียน"),
    "file_unopened": _l("เปิดไฟล์ %(name)s ไม่ได้ ตรวจชื่อไฟล์และสิทธิ์การอ่าน"),
    "demo_unfinished": _l("ข้อมูลสาธิตสร้างไม่เสร็จในครั้งก่อน ลบฐานข้อมูลสาธิตและโฟลเดอร์ %(folder)s แล้วสั่งอีกครั้ง"),
}
