"""Sentences about agencies and the people in them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "agency_needs_a_name": _l("กรอกชื่อหน่วยงาน เช่น องค์การบริหารส่วนจังหวัดตัวอย่าง"),
    "agency_name_too_long": _l("ชื่อหน่วยงานยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "agency_type_too_long": _l("ประเภทหน่วยงานยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "agency_code_unfit": _l("รหัสหน่วยงาน %(code)s ใช้ไม่ได้ ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข หรือขีด ยาว 2–31 ตัว เช่น example-pao"),
    "agency_code_taken": _l("รหัสหน่วยงาน %(code)s มีผู้ใช้แล้ว เลือกรหัสอื่น"),
    "agency_missing": _l("ยังไม่มีหน่วยงานในระบบ เริ่มด้วย ita-flow init --agency ชื่อหน่วยงาน --admin อีเมล"),
    "agency_unknown": _l("ไม่พบหน่วยงานรหัส %(code)s รหัสที่มีคือ %(known)s"),
    "agency_not_chosen": _l("มีหลายหน่วยงานในระบบ ระบุด้วย --agency รหัส รหัสที่มีคือ %(known)s"),
    "email_unfit": _l("อีเมล %(email)s ใช้ไม่ได้ ตรวจการสะกด เช่น name@example.go.th"),
    "person_of_another_agency": _l("อีเมล %(email)s เป็นของหน่วยงานอื่นในระบบนี้ ใช้อีเมลอื่น"),
}
