"""The approval chain of a report or a proposal in words: its stops, who was passed over, and who has it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.states import PlanState, ProposalState, ReportState
from ita_flow.i18n import short_moment
from ita_flow.models.deciding import SeatDecision
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.proposals import Proposal
from ita_flow.queries.seats import SeatHolder, SeatHolders, deciders
from ita_flow.web.decisions import outcome_of, posts_in
from ita_flow.wording.labels import AWAITED, label_of, seat_name
from ita_flow.wording.posts import spoken_post
from ita_flow.wording.proposals import BECAME

Laid = ReportVersion | Proposal
"""What was laid before seats."""


@dataclass(frozen=True)
class Stop:
    """One place on such a way: ``state`` is done, now, back, or empty for what is still to come."""

    name: str
    state: str
    lines: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Way:
    """The way of a report's newest version, or of a proposal, as a page shows it."""

    stops: Sequence[Stop] = ()
    """Submitted, then each seat of its chain."""

    passed: Sequence[str] = ()
    """Which seats were passed over, and why."""

    is_stuck: bool = False
    """Whether nobody who holds the seat whose turn it is may decide: somebody has to be appointed."""


def way_of(report: ProgressReport, holders: SeatHolders) -> Way:
    """Where the report stands on its chain."""
    if report.current is None:
        return Way()
    return _way_of(report.current, holders, _("ส่งพิจารณา"), is_open=report.state is ReportState.SUBMITTED)


def way_of_proposal(proposal: Proposal, holders: SeatHolders) -> Way:
    """Where a plan stands on its chain, or the wish for a later due date."""
    return _way_of(proposal, holders, _("เสนอพิจารณา"), is_open=proposal.state is ProposalState.WAITING)


def _way_of(thing: Laid, holders: SeatHolders, sent: str, *, is_open: bool) -> Way:
    passed = [
        _("ข้าม%(seat)s: %(why)s", seat=seat_name(line.seat), why=label_of(line.why)) for line in thing.passed_over
    ]
    is_stuck = is_open and not any(deciders(thing, holders))
    return Way(list(_stops(thing, holders, sent, is_open=is_open)), passed, is_stuck)


def next_sentence(report: ProgressReport, holders: SeatHolders) -> str:
    """Who has the report now and what comes next."""
    if report.state is ReportState.RETURNED:
        return _("ผู้พิจารณาส่งกลับแก้ไข ข้อความและไฟล์เดิมยังอยู่ครบ แก้ไขแล้วส่งใหม่ได้ทันที")
    if report.state is ReportState.WITHDRAWN:
        return _("ดึงกลับแล้ว ยังไม่มีผู้ใดพิจารณา ข้อความและไฟล์เดิมยังอยู่ครบ แก้ไขแล้วส่งใหม่ได้ทันที")
    if report.state is ReportState.APPROVED:
        return _("พิจารณาครบทุกลำดับแล้ว ผลในรายงานนี้นับเป็นความก้าวหน้าของมาตรการ")
    seat, version = report.seat_to_decide, report.current
    if seat is None or version is None:
        return _("ร่างนี้ยังไม่ได้ส่งพิจารณา")
    return _whose_turn(seat, list(deciders(version, holders)))


def proposal_sentence(proposal: Proposal, holders: SeatHolders) -> str:
    """Who has the plan, or the wish for a later due date, and what comes next."""
    seat = proposal.seat_to_decide
    if proposal.state is ProposalState.WAITING and seat:
        return _whose_turn(seat, list(deciders(proposal, holders)))
    if proposal.plan and proposal.plan.state is PlanState.DISCARDED:
        return _("ผู้ประสานงาน ITA ยกเลิกการจัดทำแผนฉบับนี้แล้ว แผนฉบับที่ใช้อยู่คงเดิม")
    return str(BECAME[proposal.kind][proposal.state])


def _whose_turn(seat: ChainSeat, people: Sequence[SeatHolder]) -> str:
    if not people:
        return _("ขณะนี้ไม่มีผู้พิจารณาในตำแหน่ง%(seat)s", seat=seat_name(seat))
    between = _(" และ") if seat.needs_all else _(" หรือ")
    return _("รอ%(seat)sพิจารณา โดย%(people)s", seat=seat_name(seat), people=_names(people, between))


def deciding_as(person: User, report: ProgressReport | None, holders: SeatHolders) -> str:
    """The post in which the person acts when they decide now; nothing where the seat is their own."""
    if report is None or report.seat_to_decide is None or report.current is None:
        return ""
    theirs = (one for one in deciders(report.current, holders) if one.user.id == person.id)
    one = next(theirs, None)
    return spoken_post(one.membership) if one and one.acting else ""


def _stops(thing: Laid, holders: SeatHolders, sent: str, *, is_open: bool) -> Iterator[Stop]:
    yield Stop(sent, "done", [thing.submitted_by.name, short_moment(thing.submitted_at)])
    taken = {decision.seat_number: decision for decision in thing.standing}
    for number, seat in enumerate(thing.seats, 1):
        place = f"{number}/{len(thing.chain)}"
        if number in taken:
            yield _decided(taken[number], place)
        else:
            is_next = is_open and seat.key == _turn(thing)
            words = {"verb": str(AWAITED[seat.verb]), "place": place}
            name = _("รอ%(verb)s %(place)s", **words) if is_open else _("ยังไม่ได้%(verb)s %(place)s", **words)
            people = _people_at(number, thing, holders)
            yield Stop(name, "now" if is_next else "", [seat_name(seat), _names(people)])


def _turn(thing: Laid) -> object:
    return thing.seat_to_decide.key if thing.seat_to_decide else None


def _decided(decision: SeatDecision, place: str) -> Stop:
    is_back = decision.kind is DecisionKind.RETURN
    lines = [decision.decided_by.name, *posts_in(decision), short_moment(decision.decided_at)]
    return Stop(f"{outcome_of(decision)} {place}", "back" if is_back else "done", lines)


def _people_at(number: int, thing: Laid, holders: SeatHolders) -> Sequence[SeatHolder]:
    """Those who decide at a place that is still open: where the seat needs all, those of one post each."""
    seat = thing.seats[number - 1]
    people = list(_people_in(seat, thing, holders))
    if not seat.needs_all:
        return people
    posts: dict[int, list[SeatHolder]] = {}
    for one in people:
        posts.setdefault(one.holder.principal, []).append(one)
    before = thing.seats[thing.approvals : number - 1].count(seat)
    return list(posts.values())[before] if before < len(posts) else ()


def _people_in(seat: ChainSeat, thing: Laid, holders: SeatHolders) -> Iterator[SeatHolder]:
    """Those in this seat who may still decide, as far as one can know before its turn."""
    if seat.key == _turn(thing):
        yield from deciders(thing, holders)
    else:
        yield from holders.get(seat.key, ())


def _names(people: Sequence[SeatHolder], between: str = ", ") -> str:
    return between.join(dict.fromkeys(_name(one) for one in people)) or _("ขณะนี้ไม่มีผู้พิจารณา")


def _name(one: SeatHolder) -> str:
    return f"{one.user.name} ({label_of(one.acting)})" if one.acting else one.user.name
