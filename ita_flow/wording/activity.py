"""What every deed of the record is called, for those who read the record."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ita_flow.domain.deeds import DeedKind

DEEDS: Mapping[str, LazyString] = {
    "account.language_chosen": _lp("deed", "เลือกภาษา"),
    "account.password_set": _lp("deed", "ตั้งรหัสผ่าน"),
    "agency.described": _lp("deed", "แก้ไขข้อมูลหน่วยงาน"),
    "agency.established": _lp("deed", "เปิดใช้หน่วยงานในระบบ"),
    "approval_chain.dropped": _lp("deed", "ยกเลิกสายการพิจารณา"),
    "approval_chain.saved": _lp("deed", "บันทึกสายการพิจารณา"),
    "assessment.finding_removed": _lp("deed", "ลบข้อเสนอแนะของผู้ประเมิน"),
    "assessment.finding_saved": _lp("deed", "บันทึกข้อเสนอแนะของผู้ประเมิน"),
    "assessment.imported": _lp("deed", "นำเข้าผลการประเมิน"),
    "assessment.saved": _lp("deed", "บันทึกผลการประเมิน"),
    "assessment.window_removed": _lp("deed", "ยกเลิกกำหนดเวลาของระบบ ITA"),
    "assessment.window_set": _lp("deed", "กำหนดเวลาของระบบ ITA"),
    "catalogue.taken_in": _lp("deed", "นำเข้าบัญชีข้อ OIT"),
    "evidence.damaged": _lp("deed", "พบไฟล์หลักฐานเสียหาย"),
    "evidence.superseded": _lp("deed", "แทนที่หลักฐานด้วยฉบับใหม่"),
    "evidence.whole_again": _lp("deed", "ไฟล์หลักฐานกลับมาครบถ้วน"),
    "extension.asked": _lp("deed", "ขอขยายกำหนดเวลา"),
    "extension.endorsed": _lp("deed", "เห็นชอบคำขอขยายกำหนดเวลา"),
    "extension.granted": _lp("deed", "ให้ขยายกำหนดเวลาตามคำขอ"),
    "extension.returned": _lp("deed", "ส่งกลับคำขอขยายกำหนดเวลา"),
    "extension.withdrawn": _lp("deed", "ดึงคำขอขยายกำหนดเวลากลับ"),
    "holiday.added": _lp("deed", "เพิ่มวันหยุดของหน่วยงาน"),
    "holiday.opened": _lp("deed", "กำหนดให้วันหยุดเป็นวันทำการ"),
    "holiday.removed": _lp("deed", "นำวันที่หน่วยงานกำหนดออก"),
    "holiday.switched": _lp("deed", "เลือกวันหยุดที่หน่วยงานถือปฏิบัติ"),
    "import_draft.brought": _lp("deed", "นำเอกสารเข้าตรวจ"),
    "import_draft.decided": _lp("deed", "ตรวจแก้เอกสารที่นำเข้า"),
    "mail.chosen": _lp("deed", "เลือกรับอีเมลแจ้งเตือน"),
    "mail.resent": _lp("deed", "สั่งส่งอีเมลอีกครั้ง"),
    "mail.tested": _lp("deed", "ส่งอีเมลทดสอบ"),
    "measure.added": _lp("deed", "เพิ่มมาตรการ"),
    "measure.cancelled": _lp("deed", "ยกเลิกมาตรการ"),
    "measure.edited": _lp("deed", "แก้ไขมาตรการ"),
    "measure.moved": _lp("deed", "ย้ายลำดับมาตรการ"),
    "measure.removed": _lp("deed", "ลบมาตรการ"),
    "named_seat.added": _lp("deed", "เพิ่มตำแหน่งผู้พิจารณา"),
    "named_seat.removed": _lp("deed", "นำตำแหน่งผู้พิจารณาออก"),
    "named_seat.renamed": _lp("deed", "เปลี่ยนชื่อตำแหน่งผู้พิจารณา"),
    "people.taken_in": _lp("deed", "นำเข้ารายชื่อบุคลากร"),
    "person.acting_ended": _lp("deed", "กำหนดวันสิ้นสุดคำสั่งให้ทำหน้าที่แทน"),
    "person.acting_entered": _lp("deed", "บันทึกคำสั่งให้ทำหน้าที่แทน"),
    "person.acting_withdrawn": _lp("deed", "นำคำสั่งให้ทำหน้าที่แทนออก"),
    "person.appointed": _lp("deed", "เพิ่มตำแหน่งหรือบทบาท"),
    "person.closed": _lp("deed", "ปิดใช้งานบัญชี"),
    "person.corrected": _lp("deed", "แก้ไขชื่อหรืออีเมล"),
    "person.handed_over": _lp("deed", "ส่งมอบงานของบุคลากร"),
    "person.hired": _lp("deed", "เพิ่มบุคลากร"),
    "person.invited": _lp("deed", "ส่งคำเชิญเข้าใช้ระบบ"),
    "person.link_given": _lp("deed", "ออกลิงก์ตั้งรหัสผ่าน"),
    "person.post_changed": _lp("deed", "แก้ไขตำแหน่งหรือบทบาท"),
    "person.post_withdrawn": _lp("deed", "นำตำแหน่งหรือบทบาทออก"),
    "person.reopened": _lp("deed", "เปิดใช้งานบัญชีอีกครั้ง"),
    "plan.amended": _lp("deed", "เริ่มจัดทำแผนฉบับแก้ไข"),
    "plan.amendment_discarded": _lp("deed", "ยกเลิกการจัดทำแผนฉบับแก้ไข"),
    "plan.approved": _lp("deed", "บันทึกว่าแผนได้รับอนุมัติ"),
    "plan.area_written": _lp("deed", "แก้ไขบทวิเคราะห์รายประเด็น"),
    "plan.begun": _lp("deed", "เริ่มจัดทำแผน"),
    "plan.closed": _lp("deed", "ปิดปีงบประมาณ"),
    "plan.endorsed": _lp("deed", "เห็นชอบแผน"),
    "plan.imported": _lp("deed", "นำเข้าแผน"),
    "plan.limitations_written": _lp("deed", "แก้ไขข้อจำกัดของหน่วยงาน"),
    "plan.proposed": _lp("deed", "เสนอแผนเพื่อพิจารณา"),
    "plan.published": _lp("deed", "เผยแพร่แผน"),
    "plan.returned": _lp("deed", "ส่งกลับแก้ไขแผน"),
    "plan.withdrawn": _lp("deed", "ดึงแผนกลับ"),
    "progress_report.approved": _lp("deed", "เห็นชอบรายงาน"),
    "progress_report.returned": _lp("deed", "ส่งกลับแก้ไขรายงาน"),
    "progress_report.saved": _lp("deed", "บันทึกร่างรายงาน"),
    "progress_report.submitted": _lp("deed", "ส่งรายงานเพื่อพิจารณา"),
    "progress_report.undone": _lp("deed", "ย้อนผลการพิจารณา"),
    "progress_report.withdrawn": _lp("deed", "ดึงรายงานกลับ"),
    "record.checked": _lp("deed", "ตรวจสอบบันทึกทั้งหมด"),
    "reminders.queued": _lp("deed", "จัดส่งการแจ้งเตือน"),
    "reminders.rules_changed": _lp("deed", "แก้ไขหลักเกณฑ์การแจ้งเตือน"),
    "task.assigned": _lp("deed", "มอบหมายผู้รับผิดชอบ"),
    "task.cancelled": _lp("deed", "ยกเลิกงาน"),
    "task.chased": _lp("deed", "ส่งอีเมลติดตาม"),
    "task.counted": _lp("deed", "ปรับความก้าวหน้าของงาน"),
    "task.edited": _lp("deed", "แก้ไขขั้นตอนของงาน"),
    "task.extended": _lp("deed", "เปลี่ยนกำหนดแล้วเสร็จตามคำขอ"),
    "task.given": _lp("deed", "มอบงานให้สำนัก/กองที่รับผิดชอบ"),
    "task.left_unfinished": _lp("deed", "บันทึกว่างานไม่แล้วเสร็จเมื่อปิดปี"),
    "task.moved": _lp("deed", "เปลี่ยนสำนัก/กองที่รับผิดชอบ"),
    "task.postponed": _lp("deed", "เปลี่ยนกำหนดแล้วเสร็จ"),
    "task.reopened": _lp("deed", "เปิดดำเนินการอีกครั้ง"),
    "task.taken_back": _lp("deed", "นำงานออกจากสำนัก/กอง"),
    "unit.added": _lp("deed", "เพิ่มสำนัก/กอง หรือฝ่าย/กลุ่มงาน"),
    "unit.alias_added": _lp("deed", "เพิ่มชื่ออื่นของหน่วยงานภายใน"),
    "unit.alias_removed": _lp("deed", "ลบชื่ออื่นของหน่วยงานภายใน"),
    "unit.merged": _lp("deed", "รวมหน่วยงานภายใน"),
    "unit.removed": _lp("deed", "ลบหน่วยงานภายใน"),
    "unit.renamed": _lp("deed", "เปลี่ยนชื่อหน่วยงานภายใน"),
}

APPROVED_AT_LAST = _lp("deed", "อนุมัติรายงาน")
"""What a seat does whose verb is อนุมัติ."""

PLAN_APPROVED_AT_LAST = _lp("deed", "อนุมัติแผน")
"""What the last seat does, where it was not noted that the plan was signed on paper."""

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
    if action == "plan.approved" and "seat" in after:
        return str(PLAN_APPROVED_AT_LAST)
    if action == "progress_report.approved" and after.get("verb") == "approve":
        return str(APPROVED_AT_LAST)
    return str(DEEDS.get(action, action))
