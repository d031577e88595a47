"""Approval chains: settled for the agency, a division or a plan; reports under way keep theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import USUAL, Chain, ChainSeat, Verb
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid, Refusal, Stale
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain, ApprovalSeat
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.approval_chains import ChainScope, chain_over, chain_settled
from ita_flow.workflow import approvals, progress_reports, units
from ita_flow.workflow.approval_chains import NONE_YET, drop_chain, save_chain
from ita_flow.workflow.unit_merging import merge
from tests.factories import NOW, Cast, a_chain, a_division, a_membership, a_named_seat
from tests.record import events_about

HEAD, DIRECTOR = ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.DIRECTOR)
CHIEF = ChainSeat(Seat.CHIEF, Verb.APPROVE, 5, needs_all=True)
CLAIM = Claim(WorkStatus.DONE, "จัดอบรมครบทุกฝ่ายแล้ว")
LONG = Chain((HEAD, DIRECTOR, CHIEF))


def saved(cast: Cast, chain: Chain, scope: ChainScope | None = None, revision: int = NONE_YET) -> ApprovalChain:
    with transaction():
        return save_chain(scope or agencys(cast), chain, revision, actor=cast.coordinator, at=NOW)


def agencys(cast: Cast) -> ChainScope:
    return ChainScope(cast.agency.id)


def divisions(cast: Cast) -> ChainScope:
    return ChainScope(cast.agency.id, division_id=cast.division.id)


def plans(cast: Cast) -> ChainScope:
    return ChainScope(cast.agency.id, plan_id=cast.task.measure.plan_id)


def refused(deed: Callable[[], object], kind: type[Refusal] = Invalid) -> str:
    with pytest.raises(kind) as refusal:
        deed()
    return refusal.value.key


def seats_of(chain: Chain) -> Sequence[Seat]:
    return [seat.seat for seat in chain.seats]


def test_a_chain_is_kept_with_all_that_was_said_of_its_seats(cast: Cast) -> None:
    saved(cast, Chain((CHIEF, HEAD), progress_walks_all=True, distinct_deciders=False))

    assert chain_over(cast.task) == Chain((CHIEF, HEAD), progress_walks_all=True, distinct_deciders=False)


def test_a_named_seat_stands_in_a_chain_by_its_name(cast: Cast) -> None:
    named = a_named_seat(cast.agency, "ประธานคณะทำงาน")

    saved(cast, Chain((HEAD, ChainSeat(Seat.NAMED, named_seat=named.id))))

    assert chain_over(cast.task).seats[1].title == "ประธานคณะทำงาน"


def test_the_division_comes_before_the_plan_and_the_plan_before_the_agency(cast: Cast) -> None:
    saved(cast, LONG)
    saved(cast, Chain((DIRECTOR,)), plans(cast))
    saved(cast, Chain((CHIEF,)), divisions(cast))

    assert seats_of(chain_over(cast.task)) == [Seat.CHIEF]
    assert seats_of(chain_over(cast.other_task)) == [Seat.DIRECTOR]


def test_seats_change_places(cast: Cast) -> None:
    first = saved(cast, LONG)
    before = first.revision

    again = saved(cast, Chain((DIRECTOR, CHIEF, HEAD)), revision=before)

    assert (again.id, again.revision) == (first.id, before + 1)
    assert seats_of(chain_over(cast.task)) == [Seat.DIRECTOR, Seat.CHIEF, Seat.SECTION_HEAD]


def test_what_was_and_what_is_stands_in_the_record(cast: Cast) -> None:
    named = a_named_seat(cast.agency)
    settled = saved(cast, Chain((HEAD, CHIEF)), divisions(cast))

    saved(cast, Chain((ChainSeat(Seat.NAMED, named_seat=named.id),), True, False), divisions(cast), settled.revision)

    event = events_about(f"approval_chain:{settled.id}")[1]
    assert event["action"] == "approval_chain.saved"
    assert event["actor"] == f"user:{cast.coordinator.id}"
    assert event["before"] == {
        "division": cast.division.id,
        "plan": None,
        "seats": ["section_head endorse 3 any", "chief approve 5 all"],
        "progress_walks_all": False,
        "distinct_deciders": True,
    }
    assert event["after"]["seats"] == [f"named:{named.id} endorse 3 any"]
    assert (event["after"]["progress_walks_all"], event["after"]["distinct_deciders"]) == (True, False)


def test_saving_what_is_there_already_leaves_no_trace(cast: Cast) -> None:
    settled = saved(cast, LONG)

    again = saved(cast, LONG, revision=settled.revision)

    assert again.revision == settled.revision
    assert len(events_about(f"approval_chain:{settled.id}")) == 1


@pytest.mark.parametrize("change", [{"progress_walks_all": True}, {"distinct_deciders": False}])
def test_a_setting_alone_is_a_change(cast: Cast, change: dict[str, bool]) -> None:
    settled = saved(cast, LONG)

    saved(cast, Chain(LONG.seats, **change), revision=settled.revision)

    assert chain_over(cast.task) == Chain(LONG.seats, **change)
    assert len(events_about(f"approval_chain:{settled.id}")) == 2


@pytest.mark.parametrize("late", [1, 7])
def test_whoever_saw_another_chain_does_not_write_over_it(cast: Cast, late: int) -> None:
    settled = saved(cast, LONG)

    key = refused(lambda: saved(cast, Chain((HEAD,)), revision=settled.revision + late), Stale)

    assert key == "chain_changed_meanwhile"
    assert seats_of(chain_over(cast.task)) == seats_of(LONG)


def test_two_who_both_saw_none_do_not_both_settle_one(cast: Cast) -> None:
    saved(cast, LONG)

    assert refused(lambda: saved(cast, Chain((HEAD,))), Stale) == "chain_changed_meanwhile"


@pytest.mark.parametrize(
    ("seats", "key"),
    [
        ((), "chain_without_seats"),
        ((HEAD, HEAD), "chain_names_a_seat_twice"),
        ((ChainSeat(Seat.CHIEF, days_allowed=0),), "chain_days_out_of_range"),
        ((ChainSeat(Seat.CHIEF, days_allowed=61),), "chain_days_out_of_range"),
    ],
)
def test_what_is_no_chain_is_not_saved(cast: Cast, seats: tuple[ChainSeat, ...], key: str) -> None:
    assert refused(lambda: saved(cast, Chain(seats))) == key
    assert chain_settled(agencys(cast)) is None


def test_a_named_seat_of_another_agency_is_not_taken(cast: Cast) -> None:
    foreign = a_named_seat(cast.stranger.agency)

    key = refused(lambda: saved(cast, Chain((ChainSeat(Seat.NAMED, named_seat=foreign.id),))))

    assert key == "named_seat_is_gone"


@pytest.mark.parametrize("unit", ["section", "removed"])
def test_only_a_division_that_is_there_has_a_chain_of_its_own(cast: Cast, unit: str) -> None:
    number = cast.section.id if unit == "section" else 999_999

    assert refused(lambda: saved(cast, LONG, ChainScope(cast.agency.id, division_id=number)), Stale)


def test_without_its_own_chain_a_division_follows_the_agency_again(cast: Cast) -> None:
    saved(cast, LONG)
    settled = saved(cast, Chain((CHIEF,)), divisions(cast))
    number, revision = settled.id, settled.revision

    with transaction():
        drop_chain(divisions(cast), revision, actor=cast.coordinator, at=NOW)

    assert seats_of(chain_over(cast.task)) == seats_of(LONG)
    event = events_about(f"approval_chain:{number}")[-1]
    assert (event["action"], event["before"]["seats"]) == ("approval_chain.dropped", ["chief approve 5 all"])


def test_without_any_chain_the_usual_one_rules(cast: Cast) -> None:
    settled = saved(cast, LONG)

    with transaction():
        drop_chain(agencys(cast), settled.revision, actor=cast.coordinator, at=NOW)

    assert chain_over(cast.task) == USUAL
    assert not db.session.scalars(sa.select(ApprovalSeat)).all()


def test_a_chain_that_changed_meanwhile_is_not_dropped(cast: Cast) -> None:
    settled = saved(cast, LONG)
    revision = settled.revision
    saved(cast, Chain((HEAD,)), revision=revision)

    def late() -> None:
        with transaction():
            drop_chain(agencys(cast), revision, actor=cast.coordinator, at=NOW)

    assert refused(late, Stale) == "chain_changed_meanwhile"


def test_a_removed_division_takes_its_chain_along(cast: Cast) -> None:
    division = a_division(cast.agency, "กองช่าง")
    chain = a_chain(cast.agency, CHIEF, division=division)
    number, chain_id = division.id, chain.id

    with transaction():
        units.remove(division, actor=cast.coordinator, at=NOW)

    assert db.session.get(ApprovalChain, chain_id) is None
    assert events_about(f"unit:{number}")[-1]["before"]["dropped_chain"] == chain_id


def test_of_two_merged_divisions_the_chain_of_the_remaining_one_rules(cast: Cast) -> None:
    a_chain(cast.agency, CHIEF, division=cast.other_division)
    a_chain(cast.agency, DIRECTOR, division=cast.division)

    with transaction():
        merge(cast.other_division, cast.division, actor=cast.coordinator, at=NOW)

    assert seats_of(chain_over(cast.other_task)) == [Seat.DIRECTOR]


def sent(cast: Cast, report: ProgressReport | None = None) -> ProgressReport:
    """A claim of completion, sent as an officer does: a new one, or one that was returned."""
    with transaction():
        report = report or progress_reports.open_report(cast.task, cast.officer, NOW)
        progress_reports.save(report, CLAIM, actor=cast.officer, at=NOW, link="https://www.example.go.th/news")
        progress_reports.submit(report, actor=cast.officer, at=NOW)
    return report


def decided(report: ProgressReport, seat_number: int, by: User, *, version: int = 1) -> None:
    with transaction():
        approvals.approve(report, Seen(version, seat_number), actor=by, at=NOW)


def test_a_report_under_way_keeps_the_chain_it_was_sent_with(cast: Cast) -> None:
    report = sent(cast)

    saved(cast, Chain((CHIEF,), progress_walks_all=True))
    decided(report, 1, cast.head)
    decided(report, 2, cast.director)

    assert report.state is ReportState.APPROVED
    assert [decision.seat for decision in report.versions[0].decisions] == [Seat.SECTION_HEAD, Seat.DIRECTOR]


def test_a_returned_report_is_sent_again_along_the_new_chain(cast: Cast) -> None:
    report = sent(cast)
    saved(cast, Chain((CHIEF,)))
    with transaction():
        approvals.return_for_revision(report, Seen(1, 1), comment="ขอภาพใหม่", actor=cast.head, at=NOW)

    again = sent(cast, report)
    decided(again, 1, cast.chief, version=2)

    assert again.state is ReportState.APPROVED
    assert again.versions[-1].decisions[0].verb is Verb.APPROVE


def test_a_named_seat_decides_in_its_turn(cast: Cast) -> None:
    named = a_named_seat(cast.agency, "ประธานคณะทำงาน")
    a_membership(cast.auditor, seat=Seat.NAMED, named_seat_id=named.id)
    saved(cast, Chain((HEAD, ChainSeat(Seat.NAMED, named_seat=named.id))))

    report = sent(cast)
    decided(report, 1, cast.head)
    decided(report, 2, cast.auditor)

    assert report.state is ReportState.APPROVED
    assert report.versions[0].decisions[1].seat_title == "ประธานคณะทำงาน"
