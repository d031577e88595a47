"""Sentences about handing over the work of somebody who moves."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "hand_over_changed": _l("งานที่จะส่งมอบเปลี่ยนไปหลังจากท่านเปิดหน้านี้ โปรดเปิดหน้าส่งมอบงานใหม่แล้วตรวจทานอีกครั้ง"),
    "hand_over_day_far": _l("วันที่ย้ายต้องอยู่ภายในหนึ่งปีนับจากวันนี้ ตรวจปี พ.ศ. อีกครั้ง"),
    "hand_over_nobody_chosen": _l("เลือกผู้รับงาน มาตรการที่ %(number)s หรือเลือกผู้ที่รับงานทั้งหมดในช่องแรก"),
    "hand_over_nobody_chosen_at_all": _l("เลือกว่าจะมอบงานทั้งหมดให้ใคร หรือเลือกผู้รับงานของแต่ละงานในตาราง"),
    "hand_over_of_others": _l("ผู้อำนวยการส่งมอบงานได้เฉพาะของบุคลากรในสำนัก/กองของตน โปรดแจ้งผู้ประสานงาน ITA"),
    "hand_over_posts_of_others": _l("ผู้ประสานงาน ITA หรือผู้ดูแลระบบเท่านั้นที่กำหนดวันสิ้นสุดตำแหน่งได้ โปรดแจ้งผู้ประสานงาน ITA"),
    "hand_over_successor_unfit": _l("มาตรการที่ %(number)s: ผู้ที่เลือกรับงานนี้ไม่ได้ เลือกเจ้าหน้าที่จากรายการ"),
    "hand_over_task_came": _l("มาตรการที่ %(number)s เพิ่งมอบหมายให้ผู้นี้หลังจากท่านเปิดหน้านี้ เลือกผู้รับงานแล้วส่งมอบอีกครั้ง"),
    "hand_over_task_changed": _l("มาตรการที่ %(number)s เปลี่ยนไปหลังจากท่านเปิดหน้านี้ ตรวจสถานะและผู้รับงานแล้วส่งมอบอีกครั้ง"),
    "hand_over_task_gone": _l("งานหนึ่งไม่อยู่กับผู้นี้แล้ว จึงนำออกจากรายการ ตรวจทานแล้วส่งมอบอีกครั้ง"),
}
