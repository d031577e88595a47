"""The invented people of the demo, their posts and units."""

from __future__ import annotations

from dataclasses import dataclass

from ita_flow.domain.approval_chains import Chain, ChainSeat, Verb
from ita_flow.domain.permissions import Role, Seat

STRATEGY, CLERK, TREASURY, PERSONNEL = (
    "กองยุทธศาสตร์และงบประมาณ",
    "สำนักปลัด อบจ.",
    "กองคลัง",
    "กองการเจ้าหน้าที่",
)
MONITORING, PUBLICITY = "ฝ่ายตรวจติดตามและประเมินผล", "ฝ่ายประชาสัมพันธ์"
OFFICE, LEGAL = "ฝ่ายอำนวยการ", "กลุ่มงานนิติการ"
SUPPLIES, ETHICS = "ฝ่ายพัสดุและทรัพย์สิน", "ฝ่ายวินัยและส่งเสริมคุณธรรม"

DOMAIN = "demo.test"
PASSWORD = "ita-flow-demo-2567"
"""Known to everybody, and good for nothing but the demo, which answers on this machine only."""


@dataclass(frozen=True)
class Person:
    """Somebody of the demo. ``is_shown``: the account stands in the list that the command prints."""

    account: str
    name: str
    post: str
    division: str | None = None
    section: str | None = None
    role: Role | None = None
    seat: Seat | None = None
    is_shown: bool = False

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


def _officer(account: str, name: str, section: str, division: str, *, is_shown: bool = False) -> Person:
    return Person(account, name, f"เจ้าหน้าที่ {section}", division, section, role=Role.OFFICER, is_shown=is_shown)


def _head(account: str, name: str, section: str, division: str, *, is_shown: bool = False) -> Person:
    return Person(account, name, f"หัวหน้า{section}", division, section, seat=Seat.SECTION_HEAD, is_shown=is_shown)


def _director(account: str, name: str, post: str, division: str, *, is_shown: bool = False) -> Person:
    return Person(account, name, post, division, seat=Seat.DIRECTOR, is_shown=is_shown)


PEOPLE = (
    _officer("officer", "สมหญิง ใจดี", PUBLICITY, STRATEGY, is_shown=True),
    _officer("officer2", "มานะ ตั้งใจ", SUPPLIES, TREASURY, is_shown=True),
    _head("head", "วิภา รักงาน", PUBLICITY, STRATEGY, is_shown=True),
    _director("director", "ประเสริฐ มั่นคง", "ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", STRATEGY, is_shown=True),
    Person("coordinator", "อรุณี แก้วใส", "ผู้ประสานงาน ITA", role=Role.COORDINATOR, is_shown=True),
    Person("auditor", "สุดา ตรวจการ", "ผู้ตรวจสอบภายใน", role=Role.AUDITOR, is_shown=True),
    Person("chief", "วิชัย การดี", "ปลัดองค์การบริหารส่วนจังหวัด", seat=Seat.CHIEF, is_shown=True),
    Person("executive", "สมชาย นำชัย", "นายกองค์การบริหารส่วนจังหวัด", seat=Seat.EXECUTIVE, is_shown=True),
    _officer("monitoring", "นพดล ขยันยิ่ง", MONITORING, STRATEGY),
    _officer("office", "ชาลี พูดดี", OFFICE, CLERK),
    _officer("legal", "กมล เที่ยงธรรม", LEGAL, CLERK),
    _officer("ethics", "วารี ใจเย็น", ETHICS, PERSONNEL),
    _head("head-monitoring", "ธนา ซื่อตรง", MONITORING, STRATEGY),
    _head("head-office", "พิมพ์ใจ เรียบร้อย", OFFICE, CLERK),
    _head("head-legal", "ณรงค์ ชอบธรรม", LEGAL, CLERK),
    _head("head-supplies", "ปราณี รอบคอบ", SUPPLIES, TREASURY),
    _head("head-ethics", "อำนาจ มีคุณ", ETHICS, PERSONNEL),
    _director("director-office", "มาลี สง่างาม", "หัวหน้าสำนักปลัด อบจ.", CLERK),
    _director("director-treasury", "สุรชัย ถี่ถ้วน", "ผู้อำนวยการกองคลัง", TREASURY),
    _director("director-personnel", "จินดา เมตตา", "ผู้อำนวยการกองการเจ้าหน้าที่", PERSONNEL),
)
ADMINISTRATOR = Person("admin", "ปิยะ ดูแล", "ผู้ดูแลระบบ", role=Role.ADMINISTRATOR, is_shown=True)

DIVISION_WITH_ITS_OWN_CHAIN = PERSONNEL
CHAIN = Chain((ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.DIRECTOR), ChainSeat(Seat.CHIEF, Verb.APPROVE, 5)))
"""Where the last word is the chief's; the other divisions go by the usual chain."""

OFFICERS_OF_MEASURES = {
    1: "monitoring",
    2: "officer",
    3: "officer",
    4: "office",
    5: "officer2",
    6: "ethics",
    7: "legal",
}
