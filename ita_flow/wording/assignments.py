"""Sentences about giving the tasks of a plan to units and people."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "assignment_without_officer": _l("เลือกเจ้าหน้าที่ มาตรการที่ %(number)s (%(unit)s)"),
    "assignment_unit_unknown": _l("เลือกผู้รับผิดชอบ มาตรการที่ %(number)s จากรายการ"),
    "assignment_has_begun": _l("มาตรการที่ %(number)s มีรายงานแล้ว จึงย้ายไปฝ่ายหรือกองอื่นไม่ได้ เลือก %(unit)s ตามเดิม"),
    "assignment_unit_taken": _l("%(division)s มีงานของมาตรการที่ %(number)s อยู่แล้ว เลือกสำนัก/กองอื่น"),
    "assignment_not_an_officer": _l("มาตรการที่ %(number)s: %(name)s ไม่มีบทบาทเจ้าหน้าที่ เลือกผู้อื่น หรือเพิ่มบทบาทเจ้าหน้าที่ก่อน"),
    "assignment_date_unreadable": _l("มาตรการที่ %(number)s: อ่านวันที่ “%(text)s” ไม่ได้ พิมพ์เช่น 31 มี.ค. %(year)s"),
    "assignment_is_closed": _l("มาตรการที่ %(number)s แล้วเสร็จหรือยกเลิกไปแล้ว จึงมอบหมายใหม่ไม่ได้"),
    "assignment_changed_meanwhile": _l("มีผู้เปลี่ยนการมอบหมายมาตรการที่ %(number)s หลังจากท่านเปิดหน้านี้ ตรวจทานแล้วกดบันทึกอีกครั้ง"),
}
