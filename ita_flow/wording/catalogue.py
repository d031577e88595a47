"""Sentences about the catalogue of items of public disclosure."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "catalogue_code_twice": _l("รหัส %(code)s ของปี %(year)s ซ้ำกับแถว %(other)s นำออกหนึ่งแถว"),
    "catalogue_code_unreadable": _l("อ่านรหัสข้อ “%(text)s” ไม่ได้ เขียนช่องละ 1 รหัส เช่น O11"),
    "catalogue_columns_missing": _l("ไม่พบคอลัมน์ %(missing)s แถวแรกที่อ่านได้คือ %(found)s โปรดตั้งชื่อคอลัมน์ตามแบบฟอร์ม"),
    "catalogue_empty": _l("ยังไม่มีรายการข้อ เลือกไฟล์ หรือวางตารางที่แถวแรกเป็นชื่อคอลัมน์"),
    "catalogue_not_text": _l("อ่านไฟล์นี้ไม่ได้ บันทึกจาก Excel เป็นชนิด CSV UTF-8 แล้วเลือกไฟล์ใหม่ หรือคัดลอกตารางมาวางแทน"),
    "catalogue_refused": _l("ยังไม่ได้บันทึกข้อใด เพราะมี %(count)s แถวที่ต้องแก้ไข"),
    "catalogue_title_missing": _l("กรอกชื่อข้อ"),
    "catalogue_too_large": _l("ไฟล์ต้องไม่เกิน 512 KB แบ่งนำเข้าปีละไฟล์"),
    "catalogue_too_long": _l("ไฟล์มี %(count)s แถว แต่นำเข้าได้ครั้งละไม่เกิน %(most)s แถว แบ่งนำเข้าปีละไฟล์"),
    "catalogue_year_of_other_era": _l("ปี %(year)s เป็นปี ค.ศ. หากหมายถึง พ.ศ. %(meant)s ให้กรอก %(meant)s"),
    "catalogue_year_unreadable": _l("อ่านปี “%(text)s” ไม่ได้ กรอกปี พ.ศ. 4 หลัก เช่น 2567"),
}
