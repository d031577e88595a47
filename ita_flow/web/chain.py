"""The approval chain of a report in words: its stops, and the sentence that says who has it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.states import ReportState
from ita_flow.i18n import short_moment
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.queries.seats import SeatHolder, SeatHolders
from ita_flow.web.decisions import decided_in, outcome_of
from ita_flow.wording.labels import label_of, seat_name


@dataclass(frozen=True)
class Stop:
    """One place on the way of a report: ``state`` is done, now, back, or empty for what is still to come."""

    name: str
    state: str
    lines: Sequence[str] = field(default=())


def stops_of(report: ProgressReport, holders: SeatHolders) -> list[Stop]:
    """The way of the newest version: submitted, then each seat of its chain."""
    version = report.current
    return list(_stops(report, version, holders)) if version else []


def next_sentence(report: ProgressReport, holders: SeatHolders) -> str:
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
    people = holders.get(seat.key, ())
    if not people:
        return _("ส่งแล้ว แต่ขณะนี้ไม่มีผู้ดำรงตำแหน่ง%(seat)s โปรดแจ้งผู้ดูแลระบบ", seat=seat_name(seat))
    return _("ส่งแล้ว รอ%(seat)s (%(people)s) พิจารณา", seat=seat_name(seat), people=_names(people))


def _stops(report: ProgressReport, version: ReportVersion, holders: SeatHolders) -> Iterator[Stop]:
    yield Stop(_("ส่งพิจารณา"), "done", [version.submitted_by.name, short_moment(version.submitted_at)])
    taken = {decision.seat_number: decision for decision in version.standing}
    for number, seat in enumerate(version.seats, 1):
        place = f"{number}/{len(version.chain)}"
        if number in taken:
            yield _decided(taken[number], place)
        else:
            is_next = report.state is ReportState.SUBMITTED and version.approvals + 1 == number
            name = _("รอพิจารณา %(place)s", place=place)
            yield Stop(name, "now" if is_next else "", [seat_name(seat), _names(holders.get(seat.key, ()))])


def _decided(decision: Decision, place: str) -> Stop:
    is_back = decision.kind is DecisionKind.RETURN
    lines = [decided_in(decision), decision.decided_by.name, short_moment(decision.decided_at)]
    return Stop(f"{outcome_of(decision)} {place}", "back" if is_back else "done", lines)


def _names(people: Sequence[SeatHolder]) -> str:
    return ", ".join(_name(one) for one in people) or _("ไม่มีผู้ดำรงตำแหน่ง")


def _name(one: SeatHolder) -> str:
    return f"{one.user.name} ({label_of(one.acting)})" if one.acting else one.user.name
