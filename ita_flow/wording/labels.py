"""What states, seats, roles and windows are called. One word for one thing, everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ita_flow.domain.accounts import AccountState
from ita_flow.domain.approval_chains import ActingScope, ChainSeat, Subject, Verb, WhyPassed
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.files import StoreOutcome
from ita_flow.domain.findings import Channel
from ita_flow.domain.languages import Language
from ita_flow.domain.listing import SortBy
from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.readiness import Caution
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.domain.reminders import Capacity, Section
from ita_flow.domain.searching import Findable
from ita_flow.domain.states import DeadlineState, PlanState, ProposalState, ReportState, TaskState, WorkStatus
from ita_flow.domain.units import head_of_such
from ita_flow.i18n import NO_BREAK, speaking

LABELS: Mapping[type[StrEnum], Mapping[str, LazyString]] = {
    AccountState: {
        AccountState.IN_USE: _l("ตั้งรหัสผ่านแล้ว"),
        AccountState.INVITED: _l("ยังไม่ตั้งรหัสผ่าน"),
        AccountState.CLOSED: _l("ปิดใช้งาน"),
    },
    TaskState: {
        TaskState.NOT_STARTED: _l("ยังไม่เริ่ม"),
        TaskState.IN_PROGRESS: _l("กำลังดำเนินการ"),
        TaskState.SUBMITTED: _l("รอพิจารณา"),
        TaskState.RETURNED: _lp("state", "ส่งกลับแก้ไข"),
        TaskState.DONE: _l("แล้วเสร็จ"),
        TaskState.CANCELLED: _lp("state", "ยกเลิก"),
        TaskState.UNFINISHED: _l("ไม่แล้วเสร็จ"),
    },
    WorkStatus: {
        WorkStatus.NOT_STARTED: _l("ยังไม่เริ่ม"),
        WorkStatus.IN_PROGRESS: _l("กำลังดำเนินการ"),
        WorkStatus.DONE: _l("แล้วเสร็จ"),
        WorkStatus.CANCELLED: _lp("state", "ยกเลิก"),
        WorkStatus.UNFINISHED: _l("ไม่แล้วเสร็จ"),
    },
    ReportState: {
        ReportState.DRAFT: _l("ร่าง"),
        ReportState.SUBMITTED: _l("รอพิจารณา"),
        ReportState.RETURNED: _lp("state", "ส่งกลับแก้ไข"),
        ReportState.APPROVED: _l("เห็นชอบแล้ว"),
        ReportState.WITHDRAWN: _l("ดึงกลับแล้ว"),
    },
    PlanState: {
        PlanState.DRAFT: _l("ร่าง"),
        PlanState.PROPOSED: _l("รอพิจารณา"),
        PlanState.APPROVED: _l("อนุมัติแล้ว"),
        PlanState.PUBLISHED: _l("เผยแพร่แล้ว"),
        PlanState.CLOSED: _l("ปิดปีแล้ว"),
        PlanState.DISCARDED: _l("ยกเลิกการจัดทำแล้ว"),
    },
    ProposalState: {
        ProposalState.WAITING: _l("รอพิจารณา"),
        ProposalState.APPROVED: _l("เห็นชอบแล้ว"),
        ProposalState.RETURNED: _lp("state", "ส่งกลับแก้ไข"),
        ProposalState.WITHDRAWN: _l("ดึงกลับแล้ว"),
    },
    DeadlineState: {
        DeadlineState.ON_TRACK: _l("ทันกำหนด"),
        DeadlineState.DUE_SOON: _l("ใกล้ครบกำหนด"),
        DeadlineState.OVERDUE: _l("เกินกำหนด"),
        DeadlineState.MET_PENDING: _l("ส่งทันกำหนด"),
        DeadlineState.LATE_PENDING: _l("ส่งหลังกำหนด"),
        DeadlineState.MET: _l("เสร็จทันกำหนด"),
        DeadlineState.LATE: _l("เสร็จหลังกำหนด"),
    },
    ChaseReason: {
        ChaseReason.OVERDUE: _l("เกินกำหนด"),
        ChaseReason.SLOW_DECISION: _l("ค้างพิจารณาเกินกำหนดเวลา"),
        ChaseReason.DUE_SOON: _l("ใกล้ครบกำหนด"),
        ChaseReason.SILENT: _l("ไม่เคลื่อนไหว 30 วัน"),
    },
    Caution: {
        Caution.NO_EVIDENCE: _l("ไม่มีหลักฐานแนบ"),
        Caution.OBSTACLES: _l("แจ้งปัญหา/อุปสรรค"),
        Caution.FALLS_BACK: _l("ความก้าวหน้าน้อยกว่าที่เห็นชอบไว้"),
    },
    MailOption: {
        MailOption.APPROVED: _l("รายงานได้รับความเห็นชอบ"),
        MailOption.AWAITING: _l("เรื่องรอพิจารณา"),
        MailOption.WINDOW: _l("กำหนดเวลาของระบบ ITA"),
        MailOption.WEEKLY: _l("สรุปประจำสัปดาห์"),
        MailOption.MONTHLY: _l("สรุปประจำเดือน"),
    },
    DecisionKind: {
        DecisionKind.APPROVE: _lp("state", "เห็นชอบ"),
        DecisionKind.RETURN: _lp("state", "ส่งกลับแก้ไข"),
        DecisionKind.UNDO: _lp("state", "ย้อนผลการพิจารณา"),
    },
    StoreOutcome: {
        StoreOutcome.WHOLE: _l("ครบถ้วน"),
        StoreOutcome.ALTERED: _l("ไฟล์นี้ไม่ตรงกับที่บันทึกไว้เมื่อแนบ จึงเปิดไม่ได้ โปรดแจ้งผู้ดูแลระบบ"),
        StoreOutcome.MISSING: _l("ไม่พบไฟล์นี้ในที่เก็บหลักฐาน จึงเปิดไม่ได้ โปรดแจ้งผู้ดูแลระบบ"),
    },
    Role: {
        Role.OFFICER: _l("เจ้าหน้าที่"),
        Role.COORDINATOR: _l("ผู้ประสานงาน ITA"),
        Role.AUDITOR: _l("ผู้ตรวจสอบ"),
        Role.ADMINISTRATOR: _l("ผู้ดูแลระบบ"),
    },
    Seat: {
        Seat.SECTION_HEAD: _l("หัวหน้าฝ่าย"),
        Seat.DIRECTOR: _l("ผู้อำนวยการกอง"),
        Seat.CHIEF: _l("ปลัด"),
        Seat.EXECUTIVE: _l("ผู้บริหารสูงสุด"),
        Seat.NAMED: _l("ตำแหน่งที่หน่วยงานกำหนด"),
    },
    AssessmentWindowKind: {
        AssessmentWindowKind.OIT_UPLOAD: _l("การกรอกข้อมูลในระบบ OIT"),
        AssessmentWindowKind.EXPLANATION: _l("การชี้แจงเพิ่มเติม"),
    },
    ActingKind: {
        ActingKind.ACTING: _l("รักษาราชการแทน"),
        ActingKind.DELEGATED: _l("ปฏิบัติราชการแทน"),
        ActingKind.IN_POSITION: _l("รักษาการในตำแหน่ง"),
    },
    ActingScope: {
        ActingScope.ALL: _l("ทุกรายงานที่ตำแหน่งนี้พิจารณา"),
        ActingScope.PROGRESS: _l("เฉพาะรายงานที่ยังไม่แจ้งว่าแล้วเสร็จ"),
    },
    Subject: {
        Subject.REPORTS: _l("รายงานความก้าวหน้า"),
        Subject.PLANS: _l("แผนมาตรการ"),
    },
    Verb: {
        Verb.ENDORSE: _l("เห็นชอบ"),
        Verb.APPROVE: _l("อนุมัติ"),
    },
    WhyPassed: {
        WhyPassed.VACANT: _l("ไม่มีผู้ดำรงตำแหน่ง"),
        WhyPassed.WROTE_IT: _l("ผู้ดำรงตำแหน่งมีส่วนจัดทำเรื่องนี้"),
        WhyPassed.DECIDES_LATER: _l("ผู้ดำรงตำแหน่งพิจารณาในลำดับที่สูงกว่า"),
    },
    Findable: {
        Findable.MEASURES: _l("มาตรการ"),
        Findable.REPORTS: _l("รายงานความก้าวหน้า"),
        Findable.EVIDENCE: _l("หลักฐาน"),
        Findable.PEOPLE: _l("บุคลากร"),
    },
    SortBy: {
        SortBy.NUMBER: _l("ลำดับในแผน"),
        SortBy.TITLE: _l("ชื่อมาตรการ"),
        SortBy.DIVISION: _l("สำนัก/กอง"),
        SortBy.DUE: _l("กำหนดแล้วเสร็จ"),
        SortBy.PROGRESS: _l("ความก้าวหน้า"),
        SortBy.URGENCY: _l("ความเร่งด่วน"),
        SortBy.UPDATED: _l("วันที่ปรับปรุงล่าสุด"),
    },
    WindowKind: {
        WindowKind.FIRST_HALF: _l("6 เดือนแรก"),
        WindowKind.FULL_YEAR: _l("ตลอดปีงบประมาณ"),
        WindowKind.CUSTOM: _l("กำหนดวันเฉพาะ"),
    },
    LedgerState: {
        LedgerState.PLANNED: _l("รอส่ง"),
        LedgerState.SENT: _l("ส่งแล้ว"),
        LedgerState.SUPPRESSED: _l("ไม่ต้องส่ง"),
        LedgerState.SUPERSEDED: _l("มีเรื่องด่วนกว่า"),
        LedgerState.FAILED: _l("ส่งไม่ได้"),
    },
    Section: {
        Section.OVERDUE: _l("เกินกำหนด"),
        Section.REMINDER: _l("ใกล้ครบกำหนด"),
        Section.ESCALATION: _l("เกินกำหนดหลายวัน"),
        Section.SLOW_DECISION: _l("ค้างพิจารณา"),
        Section.AWAITING: _l("เรื่องรอพิจารณา"),
        Section.WINDOW: _l("กำหนดเวลาของระบบ ITA"),
        Section.WEEKLY: _l("สรุปประจำสัปดาห์"),
        Section.MONTHLY: _l("สรุปประจำเดือน"),
        Section.CHASE: _l("ติดตามความก้าวหน้า"),
    },
    Capacity: {
        Capacity.OFFICER: _l("เจ้าหน้าที่ผู้รับผิดชอบ"),
        Capacity.SECTION_HEAD: _l("หัวหน้าฝ่าย"),
        Capacity.DIRECTOR: _l("ผู้อำนวยการกอง"),
        Capacity.CHIEF: _l("ปลัด"),
        Capacity.EXECUTIVE: _l("ผู้บริหารสูงสุด"),
        Capacity.COORDINATOR: _l("ผู้ประสานงาน ITA"),
        Capacity.DECIDER: _l("ผู้พิจารณา"),
    },
    Language: {
        Language.THAI: _l("ภาษาไทย"),
        Language.ENGLISH: _l("ภาษาอังกฤษ"),
    },
    Channel: {
        Channel.EIT_PUBLIC: _l("EIT Public"),
        Channel.EIT_SURVEY: _l("EIT Survey"),
        Channel.OIT: _l("OIT"),
    },
}

DECIDED: Mapping[Verb, LazyString] = {
    Verb.ENDORSE: _lp("state", "เห็นชอบ"),
    Verb.APPROVE: _lp("state", "อนุมัติ"),
}
"""What was done, which English tells from what may be done: Endorsed, not Endorse."""

AWAITED: Mapping[Verb, LazyString] = {
    Verb.ENDORSE: _lp("noun", "เห็นชอบ"),
    Verb.APPROVE: _lp("noun", "อนุมัติ"),
}
"""What is waited for: endorsement."""


def label_of(member: StrEnum) -> str:
    """The word for a state, seat, role, window or other named choice, in the language that is being spoken."""
    return str(LABELS[type(member)][member])


def thai_label_of(member: StrEnum) -> str:
    """The Thai word, for what is kept or read in Thai, whoever enters it."""
    with speaking(Language.THAI):
        return label_of(member)


def acted_seat(kind: ActingKind, seat: str) -> str:
    """รักษาราชการแทนผู้อำนวยการกอง · Division director (Acting)"""
    return str(_("%(acting)s%(seat)s", acting=label_of(kind), seat=seat))


class Named(Protocol):
    """A unit, by its name."""

    @property
    def name(self) -> str: ...


def seat_name(seat: ChainSeat, unit: Named | None = None) -> str:
    """What a seat of a chain is called: as it was when the chain was settled, else as such units call it, else by kind.

    ``unit`` is the one that the seat is over: หัวหน้าสำนักปลัด, ผู้อำนวยการกอง.
    """
    name = seat.title or (unit and head_of_such(unit.name))
    return name if name and name != thai_label_of(seat.seat) else label_of(seat.seat)


def passed_words(told: str) -> tuple[str, str]:
    """Which seat was passed over, and why, of a line in the record: ``director:vacant:ผู้อำนวยการกอง``.

    Lines of old tell no more than the kind of the seat.
    """
    seat, why, title = [*told.split(":", 2), ""][:3]
    return title or label_of(Seat(seat)), label_of(WhyPassed(why))


def deadline_words(state: DeadlineState, days: int) -> str:
    """The words of a deadline chip, such as เหลือ 13 วัน.

    ``days`` is never negative: days left before the due date, or days past it for the late states.
    """
    if state in (DeadlineState.ON_TRACK, DeadlineState.DUE_SOON):
        return str(_("เหลือ %(days)s", days=counted_days(days)) if days else _("ครบกำหนดวันนี้"))
    if state in (DeadlineState.OVERDUE, DeadlineState.LATE_PENDING, DeadlineState.LATE):
        return str(_("%(state)s %(days)s", state=label_of(state), days=counted_days(days)))
    return label_of(state)


def counted_days(days: int) -> str:
    """13 วัน, which no line breaks apart."""
    return str(_("%(days)d%(space)sวัน", days=days, space=NO_BREAK))
