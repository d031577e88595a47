"""Who may let whom act in which seat, from when until when; and what the order is good for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import ActingScope, Chain, ChainSeat
from ita_flow.domain.approvals import Seen
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import ActingKind, Permission, Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Refusal, Stale
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.units import unit_tree
from ita_flow.workflow.acting_orders import Order, end_early, enter, withdraw
from ita_flow.workflow.appointments import Post, appoint, change_post
from ita_flow.workflow.appointments import withdraw as withdraw_post
from ita_flow.workflow.approvals import approve
from ita_flow.workflow.people import close, reopen
from ita_flow.workflow.people_csv import take_in
from ita_flow.workflow.unit_merging import merge
from ita_flow.workflow.units import remove
from tests.factories import (
    NOW,
    TODAY,
    Cast,
    a_division,
    a_membership,
    a_named_seat,
    a_report,
    a_task,
    a_user,
    an_acting_order,
)
from tests.record import events_about

DAY = timedelta(days=1)
WEEK = 7 * DAY
FIRST, SECOND = Seen(version=1, seat_number=1), Seen(version=1, seat_number=2)


def seat_of(person: User) -> ActedSeat:
    return ActedSeat.of(person.memberships[0])


def an_order(cast: Cast, **differently: Any) -> Order:
    """The head of the other section acts for the head of ours, from today for a week."""
    usual: dict[str, Any] = {
        "kind": ActingKind.ACTING,
        "seat": seat_of(cast.head),
        "acting": cast.other_head,
        "order_no": " 12/2567 ",
        "starts_on": TODAY,
        "ends_on": TODAY + WEEK,
        "ordered_on": TODAY - DAY,
    }
    return Order(**{**usual, **differently})


def entered(cast: Cast, actor: User | None = None, **differently: Any) -> ActingOrder:
    with transaction():
        return enter(an_order(cast, **differently), actor=actor or cast.coordinator, at=NOW)


def refused(deed: Callable[[], object], way: type[Refusal] = Invalid) -> str:
    """The key with which this deed is refused."""
    with pytest.raises(way) as refusal, transaction():
        deed()
    return refusal.value.key


def refused_order(cast: Cast, way: type[Refusal] = Invalid, actor: User | None = None, **differently: Any) -> str:
    order = an_order(cast, **differently)
    return refused(lambda: enter(order, actor=actor or cast.coordinator, at=NOW), way)


def vacate(person: User) -> None:
    person.memberships[0].ends_on = TODAY - DAY
    db.session.commit()


def approved(report: ProgressReport, seen: Seen, actor: User, days: int = 0) -> None:
    with transaction():
        approve(report, seen, actor=actor, at=NOW + days * DAY)


def test_an_order_is_entered_and_told(cast: Cast) -> None:
    order = entered(cast)

    held = order.membership
    assert (held.user, held.seat, held.unit, held.acting) == (
        cast.other_head,
        Seat.SECTION_HEAD,
        cast.section,
        ActingKind.ACTING,
    )
    assert (order.holder, order.order_no, order.entered_by) == (cast.head, "12/2567", cast.coordinator)
    event = events_about(f"user:{cast.other_head.id}")[-1]
    assert event["action"] == "person.acting_entered"
    assert event["actor"] == f"user:{cast.coordinator.id}"
    assert event["after"] == {
        "order": order.id,
        "order_no": "12/2567",
        "ordered_on": "2024-03-17",
        "kind": "acting",
        "post": "section_head",
        "title": "หัวหน้าฝ่ายประชาสัมพันธ์",
        "unit": cast.section.id,
        "named_seat": None,
        "holder": cast.head.id,
        "starts_on": "2024-03-18",
        "ends_on": "2024-03-25",
        "scope": "all",
        "division": None,
    }


@pytest.mark.parametrize("clerk", ["coordinator", "administrator", "head"])
def test_clerks_and_the_holder_of_the_seat_enter_orders(cast: Cast, clerk: str) -> None:
    order = entered(cast, actor=getattr(cast, clerk))

    assert order.entered_by == getattr(cast, clerk)


@pytest.mark.parametrize("other", ["director", "other_director", "chief", "officer", "auditor"])
def test_nobody_else_gives_a_seat_away(cast: Cast, other: str) -> None:
    key = refused_order(cast, NotPermitted, actor=getattr(cast, other))

    assert key == "order_for_own_seat_only"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_enters_an_order_in_their_own_favour(cast: Cast, role: Role) -> None:
    a_membership(cast.other_head, role=role)

    key = refused_order(cast, NotPermitted, actor=cast.other_head)

    assert key == "no_order_for_oneself"


def test_whoever_acts_does_not_hand_the_seat_on(cast: Cast) -> None:
    held = entered(cast).membership

    key = refused_order(cast, NotPermitted, actor=cast.other_head, seat=ActedSeat.of(held), acting=cast.colleague)

    assert key == "order_for_own_seat_only"


@pytest.mark.parametrize(
    ("differently", "key"),
    [
        ({"order_no": " "}, "acting_order_without_number"),
        ({"order_no": "1" * 101}, "acting_order_number_too_long"),
        ({"ordered_on": TODAY + DAY}, "acting_order_not_signed_yet"),
        ({"ends_on": TODAY - DAY}, "post_ends_before_it_begins"),
        ({"kind": ActingKind.IN_POSITION}, "in_position_needs_a_vacancy"),
    ],
)
def test_an_order_that_says_something_impossible_is_refused(cast: Cast, differently: dict[str, Any], key: str) -> None:
    assert refused_order(cast, **differently) == key


def test_an_order_names_a_seat_that_there_is(cast: Cast) -> None:
    without_unit, out_of_place = ActedSeat(Seat.DIRECTOR), ActedSeat(Seat.SECTION_HEAD, cast.division)
    nameless, elsewhere = ActedSeat(Seat.NAMED), ActedSeat(Seat.DIRECTOR, cast.strange_task.division)

    assert refused_order(cast, seat=without_unit) == "director_needs_a_division"
    assert refused_order(cast, seat=out_of_place) == "head_needs_a_section"
    assert refused_order(cast, seat=nameless) == "acting_seat_needed"
    assert refused_order(cast, seat=elsewhere) == "acting_seat_needed"


def test_only_a_seat_over_the_whole_agency_is_narrowed_to_a_division(cast: Cast) -> None:
    order = entered(cast, seat=seat_of(cast.chief), division=cast.division)

    assert order.division == cast.division
    assert refused_order(cast, division=cast.division) == "division_of_a_narrow_seat"
    assert refused_order(cast, seat=seat_of(cast.executive), division=cast.section) == "unit_of_another_agency"
    strange = cast.strange_task.division
    assert refused_order(cast, seat=seat_of(cast.executive), division=strange) == "unit_of_another_agency"


def test_whoever_acts_signs_in_and_is_not_the_holder(cast: Cast) -> None:
    gone = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, is_active=False)

    assert refused_order(cast, acting=gone) == "acting_account_is_closed"
    assert refused_order(cast, acting=cast.head) == "acting_for_oneself"
    assert refused_order(cast, acting=cast.stranger) == "acting_seat_needed"


def test_a_vacant_seat_is_acted_in_but_not_by_delegation(cast: Cast) -> None:
    vacate(cast.head)
    vacant = ActedSeat(Seat.SECTION_HEAD, cast.section)

    assert refused_order(cast, seat=vacant, kind=ActingKind.DELEGATED) == "delegation_needs_a_holder"
    order = entered(cast, seat=vacant, kind=ActingKind.IN_POSITION)

    assert (order.holder_id, order.membership.post) == (None, "หัวหน้าฝ่ายประชาสัมพันธ์")


def test_a_seat_that_somebody_holds_on_those_days_is_not_vacant(cast: Cast) -> None:
    vacant = ActedSeat(Seat.SECTION_HEAD, cast.section)
    cast.head.memberships[0].ends_on = TODAY + DAY
    db.session.commit()

    assert refused_order(cast, seat=vacant) == "acted_seat_is_held"
    order = entered(cast, seat=vacant, starts_on=TODAY + 2 * DAY)

    assert order.holder_id is None


def test_nobody_is_acted_for_longer_than_the_seat_is_theirs(cast: Cast) -> None:
    cast.head.memberships[0].ends_on = TODAY + DAY
    db.session.commit()

    assert refused_order(cast) == "acting_outlasts_the_holder"
    assert refused_order(cast, ends_on=None) == "acting_outlasts_the_holder"
    assert refused_order(cast, starts_on=date(2020, 1, 1), ends_on=TODAY) == "acting_outlasts_the_holder"
    assert entered(cast, ends_on=TODAY + DAY).membership.ends_on == TODAY + DAY


def test_one_person_acts_in_one_seat_once(cast: Cast) -> None:
    entered(cast)

    assert refused_order(cast) == "acting_order_entered_already"
    assert refused_order(cast, order_no="13/2567") == "acts_there_already"
    assert refused_order(cast, starts_on=TODAY + WEEK, ends_on=TODAY + 2 * WEEK) == "acts_there_already"
    later = entered(cast, starts_on=TODAY + WEEK + DAY, ends_on=TODAY + 2 * WEEK)

    assert later.order_no == "12/2567"


def test_whoever_holds_the_seat_too_does_not_act_in_it(cast: Cast) -> None:
    second = a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section)

    assert refused_order(cast, acting=second) == "acts_there_already"


def test_two_may_act_in_one_seat_and_any_of_them_decides(cast: Cast) -> None:
    entered(cast)
    entered(cast, acting=cast.colleague, order_no="13/2567")
    report = a_report(cast.task, cast.officer)

    assert [count_awaiting(who, TODAY) for who in (cast.head, cast.other_head, cast.colleague)] == [1, 1, 1]
    approved(report, FIRST, cast.colleague)

    assert [count_awaiting(who, TODAY) for who in (cast.head, cast.other_head, cast.colleague)] == [0, 0, 0]
    assert report.versions[0].decisions[0].on_behalf_of_id == cast.head.id


def test_an_order_given_while_a_report_waits_counts_at_once(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    assert refused(lambda: approve(report, FIRST, actor=cast.other_head, at=NOW), NotPermitted) == "not_your_turn"

    order = entered(cast)
    approved(report, FIRST, cast.other_head)

    decision = report.versions[0].decisions[0]
    assert (decision.acting_order, decision.on_behalf_of_id) == (order, cast.head.id)
    assert (decision.own_post, decision.seat_title) == ("หัวหน้า", "หัวหน้าฝ่ายประชาสัมพันธ์")


def test_an_order_holds_until_the_end_of_its_last_day(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    entered(cast, ends_on=TODAY)

    late = refused(lambda: approve(report, FIRST, actor=cast.other_head, at=NOW + DAY), NotPermitted)
    approved(report, FIRST, cast.other_head)

    assert late == "not_your_turn"
    assert report.versions[0].approvals == 1


def test_whoever_has_access_by_an_order_only_loses_it_after_the_last_day(cast: Cast) -> None:
    guest = a_user(cast.agency, "ผู้มาช่วยราชการ")
    entered(cast, acting=guest)

    assert not guest.may(Permission.REPORT_DECIDE, TODAY - DAY)
    assert guest.may(Permission.REPORT_DECIDE, TODAY + WEEK)
    assert guest.permissions_on(TODAY + WEEK + DAY) == frozenset()


def test_an_order_for_interim_reports_does_not_reach_completion(cast: Cast) -> None:
    done = a_report(cast.task, cast.officer)
    interim = a_report(a_task(section=cast.section), cast.officer, claim=WorkStatus.IN_PROGRESS)
    entered(cast, scope=ActingScope.PROGRESS)

    waiting = count_awaiting(cast.other_head, TODAY)
    key = refused(lambda: approve(done, FIRST, actor=cast.other_head, at=NOW), NotPermitted)
    approved(interim, FIRST, cast.other_head)

    assert (waiting, key) == (1, "order_does_not_cover")
    assert interim.state is ReportState.APPROVED


def test_whoever_acts_in_two_seats_of_one_chain_decides_in_one(cast: Cast) -> None:
    entered(cast)
    entered(cast, seat=seat_of(cast.director), order_no="13/2567")
    report = a_report(cast.task, cast.officer)
    approved(report, FIRST, cast.other_head)

    key = refused(lambda: approve(report, SECOND, actor=cast.other_head, at=NOW), NotPermitted)
    approved(report, SECOND, cast.director)

    assert key == "decided_before"
    assert report.state is ReportState.APPROVED


def test_a_named_seat_is_acted_in(cast: Cast) -> None:
    named = a_named_seat(cast.agency)
    chain = Chain((ChainSeat(Seat.NAMED, named_seat=named.id, title=named.name),))
    report = a_report(cast.task, cast.officer, chain=chain)

    order = entered(cast, seat=ActedSeat(Seat.NAMED, named_seat=named))
    approved(report, FIRST, cast.other_head)

    assert order.membership.post == named.name
    assert report.versions[0].decisions[0].acting_order == order


def test_an_order_ends_before_its_time(cast: Cast) -> None:
    order = entered(cast)

    with transaction():
        end_early(order, TODAY + DAY, actor=cast.head, at=NOW)

    assert order.membership.ends_on == TODAY + DAY
    event = events_about(f"user:{cast.other_head.id}")[-1]
    assert event["action"] == "person.acting_ended"
    assert (event["before"]["ends_on"], event["after"]["ends_on"]) == ("2024-03-25", "2024-03-19")


def test_ending_an_order_makes_it_shorter_only(cast: Cast) -> None:
    order = entered(cast)

    for ends_on, key in (
        (None, "acting_ends_when"),
        (TODAY - DAY, "post_ends_before_it_begins"),
        (TODAY + WEEK, "acting_ends_already"),
        (TODAY + WEEK + DAY, "acting_ends_already"),
    ):
        assert refused(lambda day=ends_on: end_early(order, day, actor=cast.coordinator, at=NOW)) == key  # type: ignore[misc]


def test_an_order_never_ends_before_what_was_decided_by_it(cast: Cast) -> None:
    order = entered(cast)
    approved(a_report(cast.task, cast.officer), FIRST, cast.other_head, days=2)

    key = refused(lambda: end_early(order, TODAY + DAY, actor=cast.coordinator, at=NOW + 3 * DAY))

    assert key == "acting_decided_later"


def test_whoever_acts_neither_ends_nor_removes_the_order(cast: Cast) -> None:
    order = entered(cast, starts_on=TODAY + DAY)

    ending = refused(lambda: end_early(order, TODAY + DAY, actor=cast.other_head, at=NOW), NotPermitted)
    removal = refused(lambda: withdraw(order, actor=cast.other_head, at=NOW), NotPermitted)

    assert {ending, removal} == {"acting_order_of_others"}


def test_an_order_that_has_not_begun_is_taken_back(cast: Cast) -> None:
    order = entered(cast, starts_on=TODAY + DAY)
    order_id = order.id

    with transaction():
        withdraw(order, actor=cast.coordinator, at=NOW)

    assert db.session.get(ActingOrder, order_id) is None
    assert [post.acting for post in cast.other_head.memberships] == [None]
    assert events_about(f"user:{cast.other_head.id}")[-1]["action"] == "person.acting_withdrawn"


def test_an_order_that_has_begun_is_not_taken_back(cast: Cast) -> None:
    order = entered(cast)

    assert refused(lambda: withdraw(order, actor=cast.coordinator, at=NOW)) == "acting_has_begun"


def test_an_order_that_somebody_took_back_meanwhile_is_gone(cast: Cast) -> None:
    order_id = entered(cast, starts_on=TODAY + DAY).id

    def too_late() -> None:
        seen = db.session.get_one(ActingOrder, order_id)
        db.session.execute(sa.delete(ActingOrder).execution_options(synchronize_session=False))
        withdraw(seen, actor=cast.coordinator, at=NOW)

    assert refused(too_late, Stale) == "someone_was_quicker"


def test_a_post_by_order_is_not_changed_as_ones_own(cast: Cast) -> None:
    held = entered(cast, starts_on=TODAY + DAY).membership

    changing = refused(lambda: change_post(held, title="", ends_on=None, actor=cast.coordinator, at=NOW))
    taking = refused(lambda: withdraw_post(held, actor=cast.coordinator, at=NOW))

    assert {changing, taking} == {"post_is_by_order"}


def test_whoever_acts_in_a_seat_may_be_appointed_to_it(cast: Cast) -> None:
    vacate(cast.head)
    entered(cast, seat=ActedSeat(Seat.SECTION_HEAD, cast.section), kind=ActingKind.IN_POSITION)

    with transaction():
        post = Post(Seat.SECTION_HEAD, cast.section, "", TODAY)
        held = appoint(cast.other_head, post, actor=cast.coordinator, at=NOW)
    report = a_report(cast.task, cast.officer)
    approved(report, FIRST, cast.other_head)

    assert held.acting is None
    assert report.versions[0].decisions[0].acting_order is None


def test_a_list_of_people_leaves_posts_by_order_alone(cast: Cast) -> None:
    vacate(cast.head)
    order = entered(cast, seat=ActedSeat(Seat.SECTION_HEAD, cast.section))
    row = f"{cast.other_head.email},{cast.other_head.name},{cast.section.name},{cast.division.name},section_head"

    with transaction():
        text = f"email,name,section,division,seat\n{row}\n"
        take_in(cast.agency, text, actor=cast.coordinator, at=NOW, now=real_now())

    assert order.membership.acting is ActingKind.ACTING
    assert [post.acting for post in cast.other_head.memberships if post.unit == cast.section] == [
        ActingKind.ACTING,
        None,
    ]


@pytest.mark.parametrize("whose", ["other_head", "head"])
def test_closing_an_account_ends_the_orders_of_both_sides(cast: Cast, whose: str) -> None:
    running = entered(cast, starts_on=TODAY - DAY)
    coming = entered(cast, starts_on=TODAY + 2 * WEEK, ends_on=None)
    coming_id = coming.id

    with transaction():
        close(getattr(cast, whose), actor=cast.administrator, at=NOW, now=real_now())

    assert running.membership.ends_on == TODAY
    assert db.session.get(ActingOrder, coming_id) is None


def test_an_order_ends_with_the_post_that_is_acted_for(cast: Cast) -> None:
    order = entered(cast)

    with transaction():
        held = cast.head.memberships[0]
        change_post(held, title=held.post, ends_on=TODAY + DAY, actor=cast.coordinator, at=NOW)

    assert order.membership.ends_on == TODAY + DAY


def test_an_order_does_not_end_before_what_was_decided_by_it_when_the_post_does(cast: Cast) -> None:
    order = entered(cast)
    approved(a_report(cast.task, cast.officer), FIRST, cast.other_head)

    with transaction():
        held = cast.head.memberships[0]
        change_post(held, title=held.post, ends_on=TODAY - WEEK, actor=cast.coordinator, at=NOW)

    assert order.membership.ends_on == TODAY


def test_a_post_that_is_taken_back_takes_its_orders_along(cast: Cast) -> None:
    coming = a_membership(cast.colleague, seat=Seat.DIRECTOR, unit=cast.division, starts_on=TODAY + WEEK)
    order_id = entered(cast, seat=ActedSeat.of(coming), starts_on=TODAY + WEEK, ends_on=None).id

    with transaction():
        withdraw_post(coming, actor=cast.coordinator, at=NOW)

    assert db.session.get(ActingOrder, order_id) is None
    assert cast.other_head.posts_on(TODAY + WEEK) == [Seat.SECTION_HEAD]


def test_a_unit_that_is_only_acted_for_is_vacant_and_says_who_acts(cast: Cast) -> None:
    before = {row.unit: row.people for row in unit_tree(cast.agency.id, TODAY)}
    vacate(cast.director)
    entered(cast, seat=ActedSeat(Seat.DIRECTOR, cast.division), acting=cast.other_director)

    row = next(row for row in unit_tree(cast.agency.id, TODAY) if row.unit == cast.division)

    assert (row.heads, [post.user for post in row.acting]) == ([], [cast.other_director])
    assert row.people == before[cast.division] - 1


def test_orders_go_over_when_divisions_are_merged(cast: Cast) -> None:
    small = a_division(cast.agency, "กองเล็ก")
    in_it = an_acting_order(cast.colleague, Seat.DIRECTOR, small)
    for_it = an_acting_order(cast.other_head, Seat.CHIEF, holder=cast.chief, division=small)

    with transaction():
        merge(small, cast.division, actor=cast.coordinator, at=NOW)

    assert in_it.membership.unit == cast.division
    assert for_it.division == cast.division
    assert events_about(f"unit:{cast.division.id}")[-1]["after"]["orders"] == [for_it.id]


def test_a_division_that_an_order_names_is_in_use(cast: Cast) -> None:
    small = a_division(cast.agency, "กองเล็ก")
    an_acting_order(cast.other_head, Seat.CHIEF, holder=cast.chief, division=small)

    assert refused(lambda: remove(small, actor=cast.coordinator, at=NOW)) == "unit_in_use"


@pytest.mark.parametrize("column", ["holder_id", "entered_by_id"])
def test_the_database_knows_that_nobody_lets_themselves_act(cast: Cast, column: str) -> None:
    order = entered(cast)

    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(
            sa.update(ActingOrder).where(ActingOrder.id == order.id).values({column: cast.other_head.id})
        )


def test_posts_of_those_who_act_are_kept_apart_in_the_table(cast: Cast) -> None:
    entered(cast)

    acting = db.session.scalars(sa.select(Membership.user_id).where(Membership.acting.is_not(None))).all()

    assert acting == [cast.other_head.id]
    assert cast.other_head.post_on(TODAY) == "หัวหน้า"


def comes_back(cast: Cast) -> None:
    reopen(cast.head, actor=cast.coordinator, at=NOW)


def is_appointed(cast: Cast) -> None:
    post = Post(Seat.SECTION_HEAD, cast.section, "", TODAY)
    appoint(cast.colleague, post, actor=cast.coordinator, at=NOW)


@pytest.mark.parametrize("takes_the_seat", [comes_back, is_appointed])
def test_an_order_for_a_vacant_seat_rests_while_somebody_holds_it(
    cast: Cast, takes_the_seat: Callable[[Cast], None]
) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head, cast.colleague])
    with transaction():
        close(cast.head, actor=cast.coordinator, at=NOW, now=real_now())
    entered(cast, seat=ActedSeat(Seat.SECTION_HEAD, cast.section))
    assert count_awaiting(cast.other_head, TODAY) == 1

    with transaction():
        takes_the_seat(cast)

    assert count_awaiting(cast.other_head, TODAY) == 0
    assert refused(lambda: approve(report, FIRST, actor=cast.other_head, at=NOW), NotPermitted) == "not_your_turn"
