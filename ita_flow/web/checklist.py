"""The checklist of the home page: what the agency still needs before its year can run, each line a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.permissions import Permission
from ita_flow.queries.checklist import Checklist, Need, checklist_of
from ita_flow.web.access import access_of, actor, today


@dataclass(frozen=True)
class Words:
    """How a need is called, when it is met, and what its button says."""

    name: LazyString
    met_when: LazyString
    deed: LazyString


WORDS: Mapping[Need, Words] = {
    Need.AGENCY: Words(_l("ข้อมูลหน่วยงาน"), _l("กรอกประเภทหน่วยงานและจังหวัด"), _l("กรอกข้อมูลหน่วยงาน")),
    Need.UNITS: Words(_l("สำนัก/กอง"), _l("มีสำนัก/กองอย่างน้อยหนึ่งแห่ง"), _l("เพิ่มสำนัก/กอง")),
    Need.PEOPLE: Words(_l("บุคลากร"), _l("มีผู้ประสานงาน ITA และเจ้าหน้าที่แล้ว"), _l("เพิ่มบุคลากร")),
    Need.MAIL: Words(_l("อีเมล"), _l("ส่งอีเมลทดสอบถึงตนเองสำเร็จ"), _l("ทดสอบอีเมล")),
    Need.YEAR: Words(_l("ปีงบประมาณ"), _l("เริ่มจัดทำแผนของปีนั้น"), _l("เริ่มปีงบประมาณ")),
    Need.PLAN: Words(_l("แผนมาตรการ ปี"), _l("มีมาตรการครบเจ็ดประเด็นและได้รับอนุมัติ"), _l("จัดทำแผน ปี")),
    Need.ASSIGNED: Words(_l("มอบหมายงาน ปี"), _l("ทุกงานมีเจ้าหน้าที่รับผิดชอบ"), _l("มอบหมายงาน ปี")),
}
OF_A_YEAR = (Need.YEAR, Need.PLAN, Need.ASSIGNED)


@dataclass(frozen=True)
class Item:
    """A line of the checklist."""

    words: Words
    is_met: bool
    address: str | None
    """Where it is met; None for people who may not do it."""

    year: int | None = None
    """The fiscal year (BE) it speaks of."""


@dataclass(frozen=True)
class Shown:
    """The checklist as the person sees it."""

    items: Sequence[Item]

    @property
    def met(self) -> int:
        return sum(item.is_met for item in self.items)

    @property
    def next(self) -> Item | None:
        """The first thing that is missing and that this person may do."""
        return next((item for item in self.items if not item.is_met and item.address), None)


def checklist_shown() -> Shown | None:
    """The checklist for those who set the agency up, until all is there."""
    if not actor().may(Permission.AGENCY_WRITE, today()):
        return None
    checklist = checklist_of(actor().agency, today())
    return Shown([_item(need, checklist) for need in Need]) if checklist.missing else None


def _item(need: Need, checklist: Checklist) -> Item:
    year = checklist.year if need in OF_A_YEAR else None
    return Item(WORDS[need], need in checklist.met, _address(_endpoint(need, checklist), year), year)


def _endpoint(need: Need, checklist: Checklist) -> str:
    """Without a plan, everything about the year begins at its start."""
    if need in OF_A_YEAR and checklist.plan_state is None:
        return "plan_start.index"
    return {
        Need.AGENCY: "agency.edit",
        Need.UNITS: "units.index",
        Need.PEOPLE: "people.index",
        Need.MAIL: "mail.index",
        Need.YEAR: "plans.show",
        Need.PLAN: "plans.show",
        Need.ASSIGNED: "assignments.index",
    }[need]


def _address(endpoint: str, year: int | None) -> str | None:
    permission = access_of(endpoint).permission
    if permission and not actor().may(permission, today()):
        return None
    return url_for(endpoint, year=year) if year else url_for(endpoint)
