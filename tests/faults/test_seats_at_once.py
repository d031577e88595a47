"""Several in one seat at once: each holder of a seat that needs all decides once, of those who act one does."""

from __future__ import annotations

import pytest
from flask import Flask

from ita_flow.domain.approval_chains import Chain, ChainSeat
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.plans import Measure
from ita_flow.workflow.audit import broken_chains
from tests.factories import Cast, a_report, a_task, a_user, an_acting_order
from tests.faults.deeds import approving, decisions_on, heads, recorded_of, state_of
from tests.faults.racing import AT_ONCE, in_batches, racing

pytestmark = [pytest.mark.faults]

TOO_LATE = "report_approve_too_late"


def test_each_holder_of_a_seat_that_needs_all_decides_once(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    both = ChainSeat(Seat.SECTION_HEAD, needs_all=True)
    first, second = people = heads(cast, 2)

    def submitted(measure: Measure) -> int:
        chain = Chain((both, both, ChainSeat(Seat.DIRECTOR)))
        return a_report(a_task(measure, section=cast.section), cast.officer, chain=chain).id

    people_ids = {person.id for person in people}
    with racing(app, [approving(first), approving(second)] * (AT_ONCE // 2)) as race:
        for report in in_batches(cast, fewer_rounds, submitted):
            ends = race(report)

            assert ends.pop("won") == 2
            assert set(ends) <= {"decided_before", TOO_LATE}
            assert {decision.decided_by_id for decision in decisions_on(report)} == people_ids
            assert [decision.seat_number for decision in decisions_on(report)] == [1, 2]
            assert recorded_of(report) == ["approved", "approved"]
    assert list(broken_chains()) == []


def test_of_two_who_act_and_the_holder_one_decides(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    acting = [a_user(cast.agency), a_user(cast.agency)]
    orders = {
        person.id: an_acting_order(person, Seat.SECTION_HEAD, cast.section, holder=cast.head, kind=kind).id
        for person, kind in zip(acting, (ActingKind.ACTING, ActingKind.DELEGATED), strict=True)
    }
    head_id = cast.head.id

    def submitted(measure: Measure) -> int:
        return a_report(
            a_task(measure, section=cast.section), cast.officer, claim=WorkStatus.IN_PROGRESS, evidence=()
        ).id

    deeds = [approving(person) for person in acting * 3 + [cast.head] * 2]
    with racing(app, deeds) as race:
        for report in in_batches(cast, fewer_rounds, submitted):
            assert race(report) == {"won": 1, TOO_LATE: AT_ONCE - 1}
            (decision,) = decisions_on(report)
            order = orders.get(decision.decided_by_id)
            assert (decision.acting_order_id, decision.on_behalf_of_id) == (order, head_id if order else None)
            assert state_of(report) is ReportState.APPROVED
            assert recorded_of(report) == ["approved"]
    assert list(broken_chains()) == []
