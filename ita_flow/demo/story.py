"""What happened in the demo's year until 18 มี.ค. 2567: who reported what, who decided how, and who acted for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import BANGKOK
from ita_flow.domain.states import WorkStatus

DONE, UNDER_WAY = WorkStatus.DONE, WorkStatus.IN_PROGRESS
WINDOWS = {
    AssessmentWindowKind.OIT_UPLOAD: (date(2024, 4, 1), date(2024, 4, 30)),
    AssessmentWindowKind.EXPLANATION: (date(2024, 6, 10), date(2024, 6, 21)),
}
"""When the assessment of the year was announced to take what."""


@dataclass(frozen=True)
class Written:
    """An officer wrote a report; with ``is_sent`` it was submitted."""

    at: datetime
    measure: int
    by: str
    claim: WorkStatus
    text: str
    steps: Sequence[int] = ()
    files: Sequence[str] = ()
    link: str = ""
    is_sent: bool = True


@dataclass(frozen=True)
class Decided:
    """A seat decided on the report that was under way: with a reason it was returned, else approved."""

    at: datetime
    measure: int
    by: str
    reason: str = field(default="")


@dataclass(frozen=True)
class Ordered:
    """An order by which ``by`` acts in the seat of ``holder`` from a day until another."""

    at: datetime
    by: str
    holder: str
    number: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Morning:
    """A morning on which people were told of orders that begin or end."""

    at: datetime


def _on(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


ESTABLISHED_AT = _on(2023, 12, 20, 9)
ASSIGNED_AT = _on(2023, 12, 21, 10)
REMINDED_AT = _on(2024, 3, 15, 8, 30)

EVENTS: tuple[Written | Decided | Ordered | Morning, ...] = (
    Written(
        _on(2023, 12, 22, 9, 12),
        2,
        "officer",
        UNDER_WAY,
        "สำรวจบริการที่ประชาชนใช้บ่อย 12 งาน และเลือกเปิดออนไลน์ก่อน 3 งาน",
        steps=(1,),
        files=("คำสั่งแต่งตั้งคณะทำงาน E-Service.pdf",),
    ),
    Decided(_on(2023, 12, 25, 11), 2, "head"),
    Written(
        _on(2024, 1, 18, 10, 30),
        3,
        "officer",
        UNDER_WAY,
        "ทบทวนคำสั่งผู้ดูแลเพจของหน่วยงาน และจัดเวรตอบคำถามประจำวัน",
        steps=(1,),
    ),
    Decided(_on(2024, 1, 19, 9, 20), 3, "head"),
    Written(
        _on(2024, 2, 12, 13, 40),
        2,
        "officer",
        UNDER_WAY,
        "ปรับปรุงเว็บไซต์และแบบคำขอออนไลน์แล้ว 3 บริการ",
        steps=(1, 2),
        files=("หน้าจอแบบคำขอออนไลน์.png",),
    ),
    Decided(_on(2024, 2, 12, 15, 30), 2, "head", reason="ภาพหน้าจอไม่ชัด ขอภาพใหม่"),
    Written(
        _on(2024, 2, 15, 9, 12),
        2,
        "officer",
        UNDER_WAY,
        "ปรับปรุงเว็บไซต์และแบบคำขอออนไลน์แล้ว 3 บริการ ทดสอบบนโทรศัพท์แล้ว เหลือการเปิดใช้จริงและประชาสัมพันธ์",
        steps=(1, 2),
        files=("หน้าจอแบบคำขอ ภาพใหม่.png",),
        link="https://pao.example/e-service",
    ),
    Decided(_on(2024, 2, 15, 14, 20), 2, "head"),
    Written(
        _on(2024, 2, 19, 10),
        6,
        "ethics",
        DONE,
        "จัดอบรมจริยธรรมในการทำงานให้บุคลากร 86 คน เมื่อ 14–15 ก.พ. 2567 ผู้เข้าอบรมผ่านแบบทดสอบทุกคน",
        files=("สรุปผลการอบรม.pdf", "รายชื่อผู้เข้าอบรม.pdf"),
    ),
    Decided(_on(2024, 2, 20, 9, 45), 6, "head-ethics"),
    Written(
        _on(2024, 2, 20, 15),
        4,
        "office",
        UNDER_WAY,
        "ตรวจทะเบียนทรัพย์สินครบทุกกองแล้ว และเริ่มใช้แบบขออนุญาตยืมใช้ฉบับใหม่",
        steps=(1,),
    ),
    Decided(_on(2024, 2, 21, 10, 10), 4, "head-office"),
    Decided(_on(2024, 2, 21, 11, 30), 6, "director-personnel"),
    Decided(_on(2024, 2, 22, 14), 6, "chief"),
    Written(
        _on(2024, 3, 8, 9, 30),
        1,
        "monitoring",
        DONE,
        "ตั้งคณะทำงาน ประชุม 3 ครั้ง และสรุปผลโครงการรอบ 6 เดือนแรกครบ 42 โครงการ",
        files=("รายงานผลโครงการ 6 เดือนแรก.pdf", "บันทึกการประชุม.pdf"),
    ),
    Decided(_on(2024, 3, 8, 15), 1, "head-monitoring"),
    Ordered(_on(2024, 3, 8, 16, 10), "head", "director", "104/2567", date(2024, 3, 11), date(2024, 3, 12)),
    Morning(_on(2024, 3, 11, 8, 30)),
    Decided(_on(2024, 3, 11, 10, 5), 1, "head"),
    Morning(_on(2024, 3, 12, 8, 30)),
    Written(
        _on(2024, 3, 13, 11, 15),
        5,
        "officer2",
        UNDER_WAY,
        "ยกร่างนโยบายและแจ้งเวียนให้เจ้าหน้าที่ถือปฏิบัติแล้ว",
        steps=(1,),
        files=("ร่างนโยบาย.pdf",),
    ),
    Written(
        _on(2024, 3, 14, 9, 50),
        3,
        "officer",
        DONE,
        "ปรับคำสั่งมอบหมายผู้ดูแลเพจ เลขที่ 112/2567 และตอบคำถามครบทุกเรื่องในเดือน ก.พ.",
        files=("คำสั่งมอบหมายผู้ดูแลเพจ.pdf", "ภาพเพจ.png"),
    ),
    Decided(_on(2024, 3, 15, 10, 20), 5, "head-supplies", reason="ขอแนบประกาศฉบับลงนาม และระบุวันที่ประกาศ"),
    Decided(_on(2024, 3, 15, 13, 30), 3, "head"),
    Ordered(_on(2024, 3, 15, 15), "head-monitoring", "director", "118/2567", date(2024, 3, 18), date(2024, 3, 22)),
    Written(
        _on(2024, 3, 15, 16, 42),
        2,
        "officer",
        UNDER_WAY,
        "เปิดใช้แบบคำขอออนไลน์ 3 บริการเมื่อ 11 มี.ค. 2567 มีผู้ทดสอบ 24 คน",
        steps=(1, 2, 3),
        is_sent=False,
    ),
)
