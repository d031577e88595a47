"""The small office that every test knows."""

from __future__ import annotations

from dataclasses import dataclass

from ita_flow.domain.permissions import Role, Seat
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.tasks import Task
from tests.factories.people import PASSWORD, a_division, a_section, a_user, an_agency
from tests.factories.plans import a_plan, a_task


@dataclass(frozen=True)
class Cast:
    """A small office: a division with its section and people, another one, those above them, and a stranger."""

    agency: Agency
    division: Unit
    section: Unit
    officer: User
    colleague: User
    """A second officer of the same section."""

    head: User
    director: User
    other_division: Unit
    other_section: Unit
    other_officer: User
    other_head: User
    other_director: User
    coordinator: User
    auditor: User
    administrator: User
    chief: User
    executive: User
    task: Task
    """The officer's, of the section, due on 31 March 2567."""

    other_task: Task
    stranger: User
    """The coordinator of another agency."""

    strange_task: Task
    """Of the stranger's agency."""


@dataclass(frozen=True)
class _Office:
    """The people of one section and its division."""

    division: Unit
    section: Unit
    officer: User
    head: User
    director: User


def a_cast() -> Cast:
    """The office that every test knows; everybody's password is PASSWORD."""
    agency = an_agency()
    ours = _an_office(agency, "กองยุทธศาสตร์และงบประมาณ", "ฝ่ายประชาสัมพันธ์")
    theirs = _an_office(agency, "กองคลัง", "ฝ่ายพัสดุและทรัพย์สิน", prefix="other_")
    plan = a_plan(agency)
    elsewhere = an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere")
    strange_division = a_division(elsewhere, "กองช่าง")
    return Cast(
        agency=agency,
        division=ours.division,
        section=ours.section,
        officer=ours.officer,
        colleague=_a_member(agency, "colleague", "สมหญิง เพื่อนร่วมงาน", role=Role.OFFICER, unit=ours.section),
        head=ours.head,
        director=ours.director,
        other_division=theirs.division,
        other_section=theirs.section,
        other_officer=theirs.officer,
        other_head=theirs.head,
        other_director=theirs.director,
        coordinator=_a_member(agency, "coordinator", "ผู้ประสานงาน ITA", role=Role.COORDINATOR),
        auditor=_a_member(agency, "auditor", "ผู้ตรวจสอบภายใน", role=Role.AUDITOR),
        administrator=_a_member(agency, "administrator", "ผู้ดูแลระบบ", role=Role.ADMINISTRATOR),
        chief=_a_member(agency, "chief", "ปลัดของหน่วยงาน", seat=Seat.CHIEF),
        executive=_a_member(agency, "executive", "นายกของหน่วยงาน", seat=Seat.EXECUTIVE),
        task=a_task(plan.measures[1], section=ours.section, officers=[ours.officer]),
        other_task=a_task(plan.measures[4], section=theirs.section, officers=[theirs.officer]),
        stranger=_a_member(elsewhere, "stranger", "ผู้ประสานงานแห่งอื่น", role=Role.COORDINATOR),
        strange_task=a_task(division=strange_division),
    )


def _an_office(agency: Agency, division_name: str, section_name: str, prefix: str = "") -> _Office:
    division = a_division(agency, division_name)
    section = a_section(division, section_name)
    return _Office(
        division=division,
        section=section,
        officer=_a_member(agency, f"{prefix}officer", f"เจ้าหน้าที่ {section_name}", role=Role.OFFICER, unit=section),
        head=_a_member(agency, f"{prefix}head", f"หัวหน้า {section_name}", seat=Seat.SECTION_HEAD, unit=section),
        director=_a_member(
            agency, f"{prefix}director", f"ผู้อำนวยการ {division_name}", seat=Seat.DIRECTOR, unit=division
        ),
    )


def _a_member(
    agency: Agency, key: str, name: str, role: Role | None = None, seat: Seat | None = None, unit: Unit | None = None
) -> User:
    email = f"{key}@example.go.th"
    return a_user(agency, name, email, role=role, seat=seat, unit=unit, password=PASSWORD, post=name.split()[0])
