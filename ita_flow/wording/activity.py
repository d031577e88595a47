"""What every deed of the record is called, for those who read the record."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.deeds import DeedKind

DEEDS: Mapping[str, LazyString] = {
    "account.password_set": _l("ตั้งรหัสผ่าน"),
    "agency.described": _l("แก้ไขข้อมูลหน่วยงาน"),
    "agency.established": _l("เปิดใช้หน่วยงานในระบบ"),
    "approval_chain.dropped": _l("ยกเลิกสายการพิจารณา"),
    "approval_chain.saved": _l("บันทึกสายการพิจารณา"),
    "assessment.finding_removed": _l("ลบข้อเสนอแนะของผู้ประเมิน"),
    "assessment.finding_saved": _l("บันทึกข้อเสนอแนะของผู้ประเมิน"),
    "assessment.imported": _l("นำเข้าผลการประเมิน"),
    "assessment.saved": _l("บันทึกผลการประเมิน"),
    "assessment.window_removed": _l("ยกเลิกกำหนดเวลาของระบบ ITA"),
    "assessment.window_set": _l("กำหนดเวลาของระบบ ITA"),
    "evidence.damaged": _l("พบไฟล์หลักฐานเสียหาย"),
    "evidence.superseded": _l("แทนที่หลักฐานด้วยฉบับใหม่"),
    "evidence.whole_again": _l("ไฟล์หลักฐานกลับมาครบถ้วน"),
    "holiday.added": _l("เพิ่มวันหยุดของหน่วยงาน"),
    "holiday.opened": _l("กำหนดให้วันหยุดเป็นวันทำการ"),
    "holiday.removed": _l("นำวันที่หน่วยงานกำหนดออก"),
    "holiday.switched": _l("เลือกวันหยุดที่หน่วยงานถือปฏิบัติ"),
    "import_draft.brought": _l("นำเอกสารเข้าตรวจ"),
    "import_draft.decided": _l("ตรวจแก้เอกสารที่นำเข้า"),
    "mail.chosen": _l("เลือกรับอีเมลแจ้งเตือน"),
    "mail.resent": _l("สั่งส่งอีเมลอีกครั้ง"),
    "mail.tested": _l("ส่งอีเมลทดสอบ"),
    "measure.added": _l("เพิ่มมาตรการ"),
    "measure.edited": _l("แก้ไขมาตรการ"),
    "measure.moved": _l("ย้ายลำดับมาตรการ"),
    "measure.removed": _l("ลบมาตรการ"),
    "named_seat.added": _l("เพิ่มตำแหน่งผู้พิจารณา"),
    "named_seat.removed": _l("นำตำแหน่งผู้พิจารณาออก"),
    "named_seat.renamed": _l("เปลี่ยนชื่อตำแหน่งผู้พิจารณา"),
    "people.taken_in": _l("นำเข้ารายชื่อบุคลากร"),
    "person.acting_ended": _l("กำหนดวันสิ้นสุดคำสั่งให้ทำหน้าที่แทน"),
    "person.acting_entered": _l("บันทึกคำสั่งให้ทำหน้าที่แทน"),
    "person.acting_withdrawn": _l("นำคำสั่งให้ทำหน้าที่แทนออก"),
    "person.appointed": _l("เพิ่มตำแหน่งหรือบทบาท"),
    "person.closed": _l("ปิดใช้งานบัญชี"),
    "person.corrected": _l("แก้ไขชื่อหรืออีเมล"),
    "person.hired": _l("เพิ่มบุคลากร"),
    "person.invited": _l("ส่งคำเชิญเข้าใช้ระบบ"),
    "person.link_given": _l("ออกลิงก์ตั้งรหัสผ่าน"),
    "person.post_changed": _l("แก้ไขตำแหน่งหรือบทบาท"),
    "person.post_withdrawn": _l("นำตำแหน่งหรือบทบาทออก"),
    "person.reopened": _l("เปิดใช้งานบัญชีอีกครั้ง"),
    "plan.approved": _l("บันทึกว่าแผนได้รับอนุมัติ"),
    "plan.area_written": _l("แก้ไขบทวิเคราะห์รายประเด็น"),
    "plan.begun": _l("เริ่มจัดทำแผน"),
    "plan.imported": _l("นำเข้าแผน"),
    "plan.limitations_written": _l("แก้ไขข้อจำกัดของหน่วยงาน"),
    "progress_report.approved": _l("เห็นชอบรายงาน"),
    "progress_report.returned": _l("ส่งกลับแก้ไขรายงาน"),
    "progress_report.saved": _l("บันทึกร่างรายงาน"),
    "progress_report.submitted": _l("ส่งรายงานเพื่อพิจารณา"),
    "progress_report.undone": _l("ย้อนผลการพิจารณา"),
    "progress_report.withdrawn": _l("ดึงรายงานกลับ"),
    "record.checked": _l("ตรวจสอบบันทึกทั้งหมด"),
    "reminders.queued": _l("จัดส่งการแจ้งเตือน"),
    "reminders.rules_changed": _l("แก้ไขหลักเกณฑ์การแจ้งเตือน"),
    "task.assigned": _l("มอบหมายผู้รับผิดชอบ"),
    "task.counted": _l("ปรับความก้าวหน้าของงาน"),
    "task.edited": _l("แก้ไขขั้นตอนของงาน"),
    "task.given": _l("มอบงานให้สำนัก/กองที่รับผิดชอบ"),
    "task.moved": _l("เปลี่ยนสำนัก/กองที่รับผิดชอบ"),
    "task.postponed": _l("เปลี่ยนกำหนดแล้วเสร็จ"),
    "task.taken_back": _l("ยกเลิกการมอบงาน"),
    "unit.added": _l("เพิ่มสำนัก/กอง หรือฝ่าย/กลุ่มงาน"),
    "unit.alias_added": _l("เพิ่มชื่ออื่นของหน่วยงานภายใน"),
    "unit.alias_removed": _l("ลบชื่ออื่นของหน่วยงานภายใน"),
    "unit.merged": _l("รวมหน่วยงานภายใน"),
    "unit.removed": _l("ลบหน่วยงานภายใน"),
    "unit.renamed": _l("เปลี่ยนชื่อหน่วยงานภายใน"),
}

APPROVED_AT_LAST = _l("อนุมัติรายงาน")
"""What a seat does whose verb is อนุมัติ."""

KINDS: Mapping[DeedKind, LazyString] = {
    DeedKind.DECISIONS: _l("ผลการพิจารณาเท่านั้น"),
    DeedKind.REPORTS: _l("รายงานและหลักฐาน"),
    DeedKind.TASKS: _l("งานและการมอบหมาย"),
    DeedKind.PLANS: _l("แผนและมาตรการ"),
    DeedKind.SCORES: _l("คะแนนและข้อเสนอแนะ"),
    DeedKind.PEOPLE: _l("บุคลากรและบัญชี"),
    DeedKind.ACTING: _l("คำสั่งให้ทำหน้าที่แทน"),
    DeedKind.CHAINS: _l("สายการพิจารณา"),
    DeedKind.AGENCY: _l("หน่วยงานและบันทึก"),
    DeedKind.MAIL: _l("อีเมลและการแจ้งเตือน"),
}


def deed_words(action: str, after: Mapping[str, object]) -> str:
    """What the deed is called; one that this program does not know is shown as it stands in the record."""
    if not action:
        return str(_("อ่านรายการนี้ไม่ได้"))
    if action == "progress_report.approved" and after.get("verb") == "approve":
        return str(APPROVED_AT_LAST)
    return str(DEEDS.get(action, action))
