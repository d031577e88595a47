"""Nobody decides on their own work: as a deed, and as SQL that goes past every deed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import USUAL, Chain, ChainSeat, Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.refusals import NotPermitted, Stale
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.queries.seats import deciders, holders_of
from ita_flow.workflow import approvals
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, TODAY, Cast, a_membership, a_report, a_user, an_acting_order
from tests.models.refusing import SOMEBODY_ELSES, refused
from tests.ways_round import (
    DIRECTOR,
    HEAD,
    LATE,
    MINUTE,
    TOLD_BY_ROWS,
    WAYS,
    WROTE_IT,
    Attempt,
    Way,
    all_decided,
    another_director,
    decide,
)

pytestmark = pytest.mark.each_case

AT = NOW + timedelta(hours=1)
ALL_WAYS = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


def approve(attempt: Attempt, lawful: bool = False) -> None:
    with transaction():
        approvals.approve(attempt.report, attempt.seen, actor=attempt.lawful if lawful else attempt.by, at=AT)


# As a deed.


@ALL_WAYS
def test_who_must_not_decide_is_refused_and_the_twin_may(cast: Cast, way: Way) -> None:
    attempt = way(cast)
    before = all_decided()

    with pytest.raises(NotPermitted, match=f"^{attempt.why}$"):
        approve(attempt)
    with pytest.raises(NotPermitted, match=f"^{attempt.why}$"), transaction():
        approvals.return_for_revision(attempt.report, attempt.seen, comment="ขอภาพ", actor=attempt.by, at=AT)

    assert (all_decided(), list(broken_chains())) == (before, [])
    approve(attempt, lawful=True)
    assert len(attempt.report.versions[-1].standing) == attempt.place


@pytest.mark.parametrize("way", LATE)
def test_what_was_seen_must_still_stand(cast: Cast, way: Way) -> None:
    attempt = way(cast)
    before = all_decided()

    with pytest.raises(Stale, match=attempt.why):
        approve(attempt)

    assert all_decided() == before


def test_a_chain_may_let_one_person_decide_in_two_seats(cast: Cast) -> None:
    a_membership(cast.head, seat=DIRECTOR, unit=cast.division)
    report = a_report(cast.task, cast.officer, chain=Chain(USUAL.seats, distinct_deciders=False))

    for place in (1, 2):
        decide(report, place, cast.head)

    assert cast.task.work_status is WorkStatus.DONE


def test_what_a_person_took_back_does_not_bar_them(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    a_membership(cast.head, seat=DIRECTOR, unit=cast.division)
    decide(report, 1, cast.head)
    with transaction():
        undo(report.versions[0].decisions[0], actor=cast.head, at=AT - timedelta(minutes=50))
    approver = a_user(cast.agency, seat=HEAD, unit=cast.section)

    for place, person in ((1, approver), (2, cast.head)):
        decide(report, place, person)

    assert cast.task.work_status is WorkStatus.DONE


def test_who_acted_and_acts_no_more_takes_nothing_back(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    order = an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head)
    decide(report, 1, cast.other_head)
    order.membership.ends_on = TODAY - timedelta(days=1)
    db.session.commit()
    before = all_decided()

    with pytest.raises(NotPermitted, match="seat_left_meanwhile"), transaction():
        undo(report.versions[0].decisions[0], actor=cast.other_head, at=NOW + 2 * MINUTE)

    assert all_decided() == before
    order.membership.ends_on = TODAY
    db.session.commit()
    with transaction():
        undo(report.versions[0].decisions[0], actor=cast.other_head, at=NOW + 2 * MINUTE)


@pytest.fixture
def asked_of_both(cast: Cast) -> ProgressReport:
    """A report that both directors of a division decide on: one of them has, the other has left since."""
    report = a_report(cast.task, cast.officer, chain=Chain([ChainSeat(DIRECTOR, needs_all=True)] * 2))
    decide(report, 1, cast.director)
    return report


def test_the_place_of_one_who_left_waits_for_whoever_comes(cast: Cast, asked_of_both: ProgressReport) -> None:
    holders = holders_of(asked_of_both.task, TODAY)
    assert list(deciders(asked_of_both.versions[0], holders)) == []
    successor = another_director(cast)

    decide(asked_of_both, 2, successor)

    assert asked_of_both.state is ReportState.APPROVED


def test_somebody_who_joins_meanwhile_may_decide_and_is_not_asked_besides(
    cast: Cast, asked_of_both: ProgressReport
) -> None:
    one, another = another_director(cast), another_director(cast)
    may = [holder.user for holder in deciders(asked_of_both.versions[0], holders_of(asked_of_both.task, TODAY))]

    decide(asked_of_both, 2, another)

    assert (may, asked_of_both.state) == ([one, another], ReportState.APPROVED)


# As SQL.


def a_row(attempt: Attempt, person: int, order: ActingOrder | None) -> dict[str, Any]:
    """The decision as somebody would write it past the deeds, as well as they can."""
    version = attempt.report.versions[attempt.version - 1]
    seat = version.seats[attempt.place - 1]
    return {
        "agency_id": version.agency_id,
        "report_version_id": version.id,
        "submitted_by_id": version.submitted_by_id,
        "seat": seat.seat,
        "seat_title": "",
        "verb": Verb.ENDORSE,
        "seat_number": attempt.place,
        "round": 1,
        "kind": DecisionKind.APPROVE,
        "comment": "",
        "content_hash": version.content_hash,
        "decided_by_id": person,
        "own_post": "",
        "on_behalf_of_id": order.holder_id if order else None,
        "acting_order_id": order.id if order else None,
        "decided_at": AT,
    }


def written(row: dict[str, Any], **otherwise: object) -> None:
    db.session.execute(sa.insert(Decision).values({**row, **otherwise}))


@pytest.mark.parametrize("way", TOLD_BY_ROWS.values(), ids=TOLD_BY_ROWS.keys())
def test_the_database_refuses_what_its_rows_tell(cast: Cast, way: Way) -> None:
    attempt = way(cast)
    theirs, lawful = a_row(attempt, attempt.by.id, attempt.order), a_row(attempt, attempt.lawful.id, None)
    before = all_decided()

    with refused(attempt.told_by_database):
        written(theirs)

    assert all_decided() == before
    written(lawful)
    db.session.commit()


@pytest.fixture
def acting(cast: Cast) -> Attempt:
    """Somebody who acts for the head by an order, and may."""
    report = a_report(cast.task, cast.officer)
    order = an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head)
    return Attempt(report, cast.other_head, cast.head, "", order=order)


def test_a_decision_by_order_is_that_of_the_person_and_the_holder_in_the_order(cast: Cast, acting: Attempt) -> None:
    row = a_row(acting, acting.by.id, acting.order)

    with refused(SOMEBODY_ELSES):
        written(row, decided_by_id=cast.other_director.id)
    with refused(f"{SOMEBODY_ELSES}|whoever acts names the holder"):
        written(row, on_behalf_of_id=cast.director.id)
    with refused("acting_needs_an_order"):
        written(row, acting_order_id=None)
    with refused("whoever acts names the holder of the order"):
        written(row, on_behalf_of_id=None)

    written(row)
    db.session.commit()


@pytest.mark.parametrize("on_behalf", ["officer", "colleague"])
def test_nobody_decides_on_behalf_of_an_author(cast: Cast, on_behalf: str) -> None:
    author = getattr(cast, on_behalf)
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.colleague])
    a_membership(author, seat=HEAD, unit=cast.section)
    order = an_acting_order(cast.other_head, HEAD, cast.section, holder=author)
    attempt = Attempt(report, cast.other_head, cast.head, "", order=order)

    with refused(f"nobody_decides_for_the_submitter|{WROTE_IT}"):
        written(a_row(attempt, attempt.by.id, order))

    written(a_row(attempt, attempt.lawful.id, None))
    db.session.commit()


@pytest.mark.parametrize("table", ["audit_events", "decisions", "evidence", "report_versions", "report_authors"])
def test_what_was_decided_is_neither_changed_nor_removed(cast: Cast, table: str) -> None:
    decide(a_report(cast.task, cast.officer), 1, cast.head)
    column = "user_id" if table == "report_authors" else "agency_id"

    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with refused(f"{table} is only added to"):
            db.session.execute(sa.text(statement))

    assert list(broken_chains()) == []


def test_nobody_enters_an_order_for_themselves_or_acts_for_themselves(cast: Cast) -> None:
    with refused("nobody_enters_their_own"):
        an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head, entered_by=cast.other_head)
    with refused("nobody_acts_for_themselves"):
        an_acting_order(cast.head, HEAD, cast.section, holder=cast.head)

    an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head, entered_by=cast.coordinator)
