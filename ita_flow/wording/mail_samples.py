"""What each sample of a mail is called, who gets such a mail, and when."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ita_flow.domain.mail_samples import MailSample

NAMES: Mapping[MailSample, LazyString] = {
    MailSample.INVITE: _l("คำเชิญใช้งานระบบ"),
    MailSample.ASSIGNED: _l("ได้รับมอบหมาย"),
    MailSample.REMINDER: _l("ใกล้ครบกำหนด"),
    MailSample.UNASSIGNED: _l("ยังไม่มีผู้รับผิดชอบ"),
    MailSample.OVERDUE: _l("เกินกำหนด"),
    MailSample.ESCALATION: _l("เกินกำหนดหลายวัน"),
    MailSample.AWAITING: _l("เรื่องรอพิจารณา"),
    MailSample.SLOW_DECISION: _l("ค้างพิจารณา"),
    MailSample.CHASE: _l("ติดตามความก้าวหน้า"),
    MailSample.RETURNED: _lp("state", "ส่งกลับแก้ไข"),
    MailSample.APPROVED: _l("เห็นชอบแล้ว"),
    MailSample.ASKED_FOR_LATER: _l("คำขอขยายกำหนดเวลา"),
    MailSample.EXTENDED: _l("ขยายกำหนดเวลาแล้ว"),
    MailSample.CANCELLED: _l("ยกเลิกมาตรการ"),
    MailSample.REOPENED: _l("เปิดดำเนินการอีกครั้ง"),
    MailSample.PROPOSED: _l("แผนรอพิจารณา"),
    MailSample.NOT_ACCEPTED: _l("ส่งแผนกลับแก้ไข"),
    MailSample.IN_FORCE: _l("แผนที่อนุมัติแล้ว"),
    MailSample.WEEKLY: _l("สรุปประจำสัปดาห์"),
    MailSample.MONTHLY: _l("สรุปประจำเดือน"),
    MailSample.ACTING: _l("ทำหน้าที่แทน"),
    MailSample.WINDOW: _l("กำหนดเวลาของระบบ ITA"),
    MailSample.TEST: _l("อีเมลทดสอบ"),
    MailSample.ANCHOR: _l("รหัสตรวจสอบบันทึก"),
}

READERS: Mapping[MailSample, LazyString] = {
    MailSample.INVITE: _l("ผู้ใช้ใหม่ เมื่อผู้ดูแลระบบหรือผู้ประสานงานส่งคำเชิญ"),
    MailSample.ASSIGNED: _l("เจ้าหน้าที่และหัวหน้าฝ่าย ภายใน 15 นาทีหลังมอบหมาย"),
    MailSample.REMINDER: _l("เจ้าหน้าที่ผู้รับผิดชอบ ก่อนครบกำหนดตามจำนวนวันที่ตั้งไว้ จนกว่าจะส่งรายงาน"),
    MailSample.UNASSIGNED: _l("หัวหน้าฝ่าย หากไม่มี ส่งถึงผู้อำนวยการกอง หรือผู้ประสานงาน ITA ตามลำดับ"),
    MailSample.OVERDUE: _l("เจ้าหน้าที่ผู้รับผิดชอบ ในวันถัดจากวันครบกำหนด จากนั้นทุกวันจันทร์"),
    MailSample.ESCALATION: _l("ผู้อำนวยการกอง และเมื่อเกินกำหนดนานขึ้น ส่งถึงปลัดและผู้ประสานงาน ITA ด้วย"),
    MailSample.AWAITING: _l("ผู้พิจารณาหรือผู้ทำหน้าที่แทน ทุกวันทำการที่มีเรื่องรอพิจารณา"),
    MailSample.SLOW_DECISION: _l("ผู้พิจารณาหรือผู้ทำหน้าที่แทน เมื่อรายงานรอเกินจำนวนวันทำการที่กำหนด"),
    MailSample.CHASE: _l("ผู้รับผิดชอบหรือผู้พิจารณา ภายในหนึ่งนาทีหลังผู้ประสานงาน ITA กดส่งอีเมลเตือน"),
    MailSample.RETURNED: _l("เจ้าหน้าที่ผู้รับผิดชอบและผู้จัดทำรายงาน ภายใน 15 นาทีหลังส่งกลับ"),
    MailSample.APPROVED: _l("เจ้าหน้าที่ผู้รับผิดชอบ ภายใน 15 นาทีหลังเห็นชอบลำดับสุดท้าย"),
    MailSample.ASKED_FOR_LATER: _l("ผู้พิจารณาที่ถึงลำดับ ภายใน 15 นาทีหลังมีผู้ขอขยายกำหนดเวลา"),
    MailSample.EXTENDED: _l("เจ้าหน้าที่ผู้รับผิดชอบและผู้ขอ ภายใน 15 นาทีหลังเห็นชอบลำดับสุดท้าย"),
    MailSample.CANCELLED: _l("เจ้าหน้าที่ผู้รับผิดชอบและหัวหน้าฝ่าย ภายใน 15 นาทีหลังยกเลิกมาตรการ"),
    MailSample.REOPENED: _l("เจ้าหน้าที่ผู้รับผิดชอบและหัวหน้าฝ่าย ภายใน 15 นาทีหลังเปิดดำเนินการอีกครั้ง"),
    MailSample.PROPOSED: _l("ผู้พิจารณาที่ถึงลำดับ ภายใน 15 นาทีหลังเสนอแผนหรือแผนฉบับแก้ไข"),
    MailSample.NOT_ACCEPTED: _l("ผู้เสนอและผู้ประสานงาน ITA ภายใน 15 นาทีหลังส่งกลับ"),
    MailSample.IN_FORCE: _l("ผู้เสนอและผู้ประสานงาน ITA ภายใน 15 นาทีหลังอนุมัติลำดับสุดท้าย"),
    MailSample.WEEKLY: _l("ผู้ประสานงาน ITA และผู้อำนวยการกอง ทุกวันจันทร์"),
    MailSample.MONTHLY: _l("ผู้บริหารสูงสุด วันทำการแรกของเดือน"),
    MailSample.ACTING: _l("ผู้ทำหน้าที่แทนและผู้ดำรงตำแหน่ง เมื่อเริ่มและสิ้นสุดคำสั่ง"),
    MailSample.WINDOW: _l("ผู้ประสานงาน ITA ก่อนวันสุดท้ายของระบบ ITA"),
    MailSample.TEST: _l("ผู้ที่กดส่งอีเมลทดสอบ"),
    MailSample.ANCHOR: _l("ผู้ตรวจสอบ วันละหนึ่งฉบับ"),
}
