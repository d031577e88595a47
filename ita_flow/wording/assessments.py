"""Sentences about the result of an assessed year."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "assessment_saved_meanwhile": _l("มีผู้บันทึกผลการประเมินนี้หลังจากท่านเปิดหน้านี้ สิ่งที่ท่านกรอกยังอยู่ครบ ตรวจทานแล้วกดบันทึกอีกครั้ง"),
    "assessment_year_unfit": _l("กรอกปี พ.ศ. ที่ประเมิน ไม่เกินปีงบประมาณ %(last)s เช่น 2566"),
    "finding_channel_missing": _l("เลือกที่มาของข้อเสนอแนะ"),
    "finding_code_unfit": _l("กรอกรหัสข้อ เช่น e4 สำหรับ EIT หรือ O2 สำหรับ OIT"),
    "finding_issue_missing": _l("กรอกประเด็นที่ผู้ประเมินพบ"),
    "finding_items_unread": _l("อ่านรหัสข้อ “%(text)s” ไม่ได้ เขียนคั่นด้วยจุลภาค เช่น O34, O35"),
    "finding_twice": _l("มีข้อเสนอแนะจากที่มานี้ในข้อ %(code)s แล้ว แก้ไขรายการเดิม หรือเปลี่ยนรหัสข้อ"),
    "number_unfit": _l("%(name)s ต้องเป็นจำนวนเต็ม เช่น %(example)s หรือเว้นว่าง"),
    "score_unfit": _l("คะแนนต้องอยู่ระหว่าง 0 ถึง 100 เช่น 95.47 หรือเว้นว่าง"),
    "score_of_indicator_unfit": _l("ตัวชี้วัดที่ %(number)s ต้องอยู่ระหว่าง 0 ถึง 100 เช่น 95.47"),
}
