"""The approval chain of a report in words: its stops, and the sentence that says who has it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState
from ita_flow.i18n import short_moment
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.wording.labels import label_of

Holders = Mapping[Seat, Sequence[User]]


@dataclass(frozen=True)
class Stop:
    """One place on the way of a report: ``state`` is done, now, back, or empty for what is still to come."""

    name: str
    state: str
    lines: Sequence[str] = field(default=())


def stops_of(report: ProgressReport, holders: Holders) -> list[Stop]:
    """The way of the newest version: submitted, then each seat of its chain."""
    version = report.current
    return list(_stops(report, version, holders)) if version else []


def next_sentence(report: ProgressReport, holders: Holders) -> str:
    """Who has the report now and what comes next."""
    if report.state is ReportState.RETURNED:
        return _("ส่งกลับแก้ไข ข้อความและไฟล์เดิมยังอยู่ครบ แก้ไขแล้วส่งใหม่ได้ทันที")
    if report.state is ReportState.WITHDRAWN:
        return _("ดึงกลับแล้ว ยังไม่มีผู้ใดพิจารณา ข้อความและไฟล์เดิมยังอยู่ครบ แก้ไขแล้วส่งใหม่ได้ทันที")
    if report.state is ReportState.APPROVED:
        return _("เห็นชอบครบทุกลำดับแล้ว ผลในรายงานนี้นับเป็นความก้าวหน้าของมาตรการ")
    seat = report.seat_to_decide
    if seat is None:
        return _("ร่างนี้ยังไม่ได้ส่งพิจารณา")
    people = holders.get(seat, ())
    if not people:
        return _("ส่งแล้ว แต่ขณะนี้ไม่มีผู้ดำรงตำแหน่ง%(seat)s โปรดแจ้งผู้ดูแลระบบ", seat=label_of(seat))
    return _("ส่งแล้ว รอ%(seat)s (%(people)s) พิจารณา", seat=label_of(seat), people=_names(people))


def _stops(report: ProgressReport, version: ReportVersion, holders: Holders) -> Iterator[Stop]:
    yield Stop(_("ส่งพิจารณา"), "done", [version.submitted_by.name, short_moment(version.submitted_at)])
    taken = {decision.seat_number: decision for decision in version.standing}
    for number, seat in enumerate(version.seats, 1):
        place = f"{number}/{len(version.chain)}"
        if number in taken:
            yield _decided(taken[number], place)
        else:
            is_next = report.state is ReportState.SUBMITTED and version.approvals + 1 == number
            name = _("รอพิจารณา %(place)s", place=place)
            yield Stop(name, "now" if is_next else "", [label_of(seat), _names(holders.get(seat, ()))])


def _decided(decision: Decision, place: str) -> Stop:
    is_back = decision.kind is DecisionKind.RETURN
    lines = [label_of(decision.seat), decision.decided_by.name, short_moment(decision.decided_at)]
    return Stop(f"{label_of(decision.kind)} {place}", "back" if is_back else "done", lines)


def _names(people: Sequence[User]) -> str:
    return ", ".join(person.name for person in people) or _("ไม่มีผู้ดำรงตำแหน่ง")
