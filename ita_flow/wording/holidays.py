"""Sentences about holidays, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.holidays import HolidaySource

SOURCES: Mapping[HolidaySource, LazyString] = {
    HolidaySource.LIST: _l("วันหยุดราชการ"),
    HolidaySource.SWITCHED: _l("ตามที่หน่วยงานเลือก"),
    HolidaySource.OWN: _l("หน่วยงานกำหนด"),
}

SENTENCES: dict[str, LazyString] = {
    "holiday_far_away": _l("วันหยุดต้องอยู่ระหว่าง พ.ศ. %(first)s ถึง %(last)s ตรวจปีอีกครั้ง"),
    "holiday_gone": _l("มีผู้นำวันที่ %(day)s ออกจากรายการแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการล่าสุด"),
    "holiday_in_the_table": _l("หน่วยงานกำหนดวันที่ %(day)s ไว้แล้ว หากต้องการแก้ไข ให้นำรายการเดิมออกก่อน"),
    "holiday_name_too_long": _l("ชื่อวันหยุดต้องไม่เกิน %(most)s ตัวอักษร"),
    "holiday_not_in_the_list": _l("วันที่ %(day)s ไม่เป็นวันหยุดในรายการแล้ว เปิดหน้านี้ใหม่เพื่อดูรายการล่าสุด"),
    "holiday_switches_changed": _l("มีผู้เปลี่ยนการหยุดในวันแรงงานหรือวันเด็กก่อนหน้านี้ ตรวจตัวเลือกด้านล่างแล้วบันทึกอีกครั้ง"),
    "holiday_twice": _l("วันที่ %(day)s เป็นวันหยุดอยู่แล้ว (%(name)s) เลือกวันอื่น"),
    "holiday_without_day": _l("กรอกวันที่"),
    "holiday_without_name": _l("กรอกชื่อวันหยุด"),
}
