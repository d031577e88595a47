"""Ways round the separation of duties, each with its lawful twin: tried as a deed, as a form, and as SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import ActingScope, Chain, ChainSeat
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.workflow import approvals, progress_reports
from tests.factories import NOW, TODAY, Cast, a_membership, a_report, a_user, an_acting_order

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
HEAD, DIRECTOR, CHIEF = Seat.SECTION_HEAD, Seat.DIRECTOR, Seat.CHIEF
WITH_CHIEF = Chain((ChainSeat(HEAD), ChainSeat(CHIEF)))

FORBIDDEN, NOT_FOUND, CONFLICT = 403, 404, 409
WROTE_IT = "nobody decides on what they wrote"
SUBMITTED_IT = "nobody_decides_on_their_own|nobody decides on what they wrote"
DECIDED_IT = "nobody decides in two seats"


@dataclass(frozen=True)
class Attempt:
    """Somebody who must not decide on this report, and somebody who may, in the same place of its chain."""

    report: ProgressReport
    by: User
    lawful: User
    why: str
    """The key of the refusal."""

    place: int = 1
    order: ActingOrder | None = None
    """By which they act, where they do."""

    status: int = FORBIDDEN
    version: int = 1
    told_by_database: str = ""
    """With which words the database itself refuses, where the rows tell it."""

    @property
    def seen(self) -> Seen:
        return Seen(self.version, self.place)


Way = Callable[[Cast], Attempt]


def all_decided() -> tuple[object, ...]:
    """All that a decision would change: how many rows there are, and where the reports and tasks stand."""
    tables = (Decision, ReportVersion, AuditEvent)
    counted = [db.session.scalars(sa.select(sa.func.count()).select_from(table)).one() for table in tables]
    reports = db.session.execute(sa.select(ProgressReport.id, ProgressReport.state).order_by(ProgressReport.id)).all()
    tasks = db.session.execute(sa.select(Task.id, Task.work_status, Task.percent).order_by(Task.id)).all()
    return counted, reports, tasks


def decide(report: ProgressReport, place: int, by: User, version: int = 1) -> None:
    """Take the decision in this place of the chain, shortly after the report came in."""
    with transaction():
        approvals.approve(report, Seen(version, place), actor=by, at=NOW + place * MINUTE)


def another_head(cast: Cast) -> User:
    return a_user(cast.agency, seat=HEAD, unit=cast.section, post="หัวหน้าอีกคน")


def another_director(cast: Cast) -> User:
    return a_user(cast.agency, seat=DIRECTOR, unit=cast.division, post="ผู้อำนวยการอีกคน")


# Two posts.


def a_head_who_wrote_it_as_officer(cast: Cast) -> Attempt:
    a_membership(cast.head, role=Role.OFFICER, unit=cast.section)
    report = a_report(cast.task, cast.head)
    return Attempt(report, cast.head, another_head(cast), "own_report", told_by_database=SUBMITTED_IT)


def an_officer_made_head_afterwards(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    a_membership(cast.officer, seat=HEAD, unit=cast.section)
    return Attempt(report, cast.officer, cast.head, "own_report", told_by_database=SUBMITTED_IT)


def a_head_made_director_in_between(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    decide(report, 1, cast.head)
    a_membership(cast.head, seat=DIRECTOR, unit=cast.division)
    return Attempt(report, cast.head, cast.director, "decided_before", place=2, told_by_database=DECIDED_IT)


def one_of_all_who_are_needed_twice(cast: Cast) -> Attempt:
    """In a chain that lets one person decide in several seats, and even so not twice in one."""
    both = Chain([ChainSeat(DIRECTOR, needs_all=True)] * 2, distinct_deciders=False)
    report = a_report(cast.task, cast.officer, chain=both)
    decide(report, 1, cast.director)
    lawful = another_director(cast)
    return Attempt(report, cast.director, lawful, "decided_before", place=2, told_by_database=DECIDED_IT)


# Acting, for one's own approver and for an author.


def the_author_acts_for_the_head(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    order = an_acting_order(cast.officer, HEAD, cast.section, holder=cast.head)
    return Attempt(report, cast.officer, cast.head, "own_report", order=order, told_by_database=SUBMITTED_IT)


def the_author_acts_in_a_vacant_seat(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, approvals=1)
    order = an_acting_order(cast.officer, DIRECTOR, cast.division)
    told = SUBMITTED_IT
    return Attempt(report, cast.officer, cast.director, "own_report", place=2, order=order, told_by_database=told)


def somebody_acts_for_a_head_who_wrote_in_it(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])
    order = an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head)
    why = "report_of_the_holder"
    return Attempt(report, cast.other_head, another_head(cast), why, order=order, told_by_database=WROTE_IT)


def somebody_acts_for_a_director_who_submitted_it(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.director)
    decide(report, 1, cast.head)
    order = an_acting_order(cast.other_director, DIRECTOR, cast.division, holder=cast.director)
    why, told, lawful = "report_of_the_holder", "nobody_decides_for_the_submitter|" + WROTE_IT, another_director(cast)
    return Attempt(report, cast.other_director, lawful, why, place=2, order=order, told_by_database=told)


def a_head_acts_for_the_director_after_deciding(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    decide(report, 1, cast.head)
    order = an_acting_order(cast.head, DIRECTOR, cast.division, holder=cast.director)
    told = DECIDED_IT
    return Attempt(report, cast.head, cast.director, "decided_before", place=2, order=order, told_by_database=told)


def somebody_acts_for_one_who_decided(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    decide(report, 1, cast.head)
    a_membership(cast.head, seat=DIRECTOR, unit=cast.division)
    order = an_acting_order(cast.other_head, DIRECTOR, cast.division, holder=cast.head)
    told = DECIDED_IT
    return Attempt(
        report, cast.other_head, cast.director, "decided_before", place=2, order=order, told_by_database=told
    )


def one_for_whom_somebody_decided(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head)
    decide(report, 1, cast.other_head)
    a_membership(cast.head, seat=DIRECTOR, unit=cast.division)
    return Attempt(report, cast.head, cast.director, "decided_before", place=2, told_by_database=DECIDED_IT)


# Authors who did not submit.


def a_colleague_who_saved_once(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.colleague])
    a_membership(cast.colleague, seat=HEAD, unit=cast.section)
    return Attempt(report, cast.colleague, cast.head, "own_report", told_by_database=WROTE_IT)


def a_colleague_who_saved_long_ago(cast: Cast) -> Attempt:
    """Into an earlier version, which came back and was sent again by another."""
    report = a_report(
        cast.task, cast.officer, ReportState.RETURNED, authors=[cast.officer, cast.colleague], at=NOW - 90 * DAY
    )
    with transaction():
        progress_reports.submit(report, actor=cast.officer, at=NOW)
    a_membership(cast.colleague, seat=HEAD, unit=cast.section)
    return Attempt(report, cast.colleague, cast.head, "own_report", version=2, told_by_database=WROTE_IT)


# Without the seat.


def nobody_of_the_chain(person: str, place: int = 1) -> Way:
    def way(cast: Cast) -> Attempt:
        report = a_report(cast.task, cast.officer, approvals=place - 1)
        lawful = [cast.head, cast.director][place - 1]
        return Attempt(report, getattr(cast, person), lawful, "not_your_turn", place=place)

    return way


def a_director_elsewhere(cast: Cast) -> Attempt:
    director = a_user(cast.stranger.agency, seat=DIRECTOR, unit=cast.strange_task.division)
    report = a_report(cast.task, cast.officer, approvals=1)
    return Attempt(report, director, cast.director, "not_your_turn", place=2, status=NOT_FOUND)


def a_head_until_yesterday(cast: Cast) -> Attempt:
    former = a_user(cast.agency, seat=HEAD, unit=cast.section, ends_on=TODAY - DAY)
    return Attempt(a_report(cast.task, cast.officer), former, cast.head, "not_your_turn")


def a_head_from_tomorrow(cast: Cast) -> Attempt:
    coming = a_user(cast.agency, seat=HEAD, unit=cast.section, starts_on=TODAY + DAY)
    return Attempt(a_report(cast.task, cast.officer), coming, cast.head, "not_your_turn")


def an_order_until_yesterday(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head, ends_on=TODAY - DAY)
    return Attempt(report, cast.other_head, cast.head, "not_your_turn")


def an_order_from_tomorrow(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head, starts_on=TODAY + DAY)
    return Attempt(report, cast.other_head, cast.head, "not_your_turn")


def an_order_for_progress_only(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    an_acting_order(cast.other_head, HEAD, cast.section, holder=cast.head, scope=ActingScope.PROGRESS)
    return Attempt(report, cast.other_head, cast.head, "order_does_not_cover")


def an_order_for_another_division(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, chain=WITH_CHIEF)
    decide(report, 1, cast.head)
    an_acting_order(cast.other_director, CHIEF, holder=cast.chief, division=cast.other_division)
    return Attempt(report, cast.other_director, cast.chief, "not_your_turn", place=2)


# What was seen is no more.


def an_earlier_version(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, ReportState.RETURNED)
    with transaction():
        progress_reports.submit(report, actor=cast.officer, at=NOW)
    return Attempt(report, cast.head, cast.head, "report_approve_too_late", status=CONFLICT)


def an_earlier_seat(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer)
    decide(report, 1, cast.head)
    return Attempt(report, cast.director, cast.director, "report_approve_too_late", status=CONFLICT)


def what_was_withdrawn(cast: Cast) -> Attempt:
    report = a_report(cast.task, cast.officer, ReportState.WITHDRAWN)
    return Attempt(report, cast.head, cast.head, "report_approve_too_late", status=CONFLICT)


WITHOUT_A_SEAT = ("colleague", "coordinator", "administrator", "auditor", "other_head", "other_director", "chief")
LATE: Sequence[Way] = (an_earlier_version, an_earlier_seat, what_was_withdrawn)
TOLD_BY_ROWS: dict[str, Way] = {
    way.__name__: way
    for way in (
        a_head_who_wrote_it_as_officer,
        an_officer_made_head_afterwards,
        a_head_made_director_in_between,
        one_of_all_who_are_needed_twice,
        the_author_acts_for_the_head,
        the_author_acts_in_a_vacant_seat,
        somebody_acts_for_a_head_who_wrote_in_it,
        somebody_acts_for_a_director_who_submitted_it,
        a_head_acts_for_the_director_after_deciding,
        somebody_acts_for_one_who_decided,
        one_for_whom_somebody_decided,
        a_colleague_who_saved_once,
        a_colleague_who_saved_long_ago,
    )
}
"""Of these the database itself knows better."""

WAYS: dict[str, Way] = {
    **TOLD_BY_ROWS,
    **{
        way.__name__: way
        for way in (
            a_director_elsewhere,
            a_head_until_yesterday,
            a_head_from_tomorrow,
            an_order_until_yesterday,
            an_order_from_tomorrow,
            an_order_for_progress_only,
            an_order_for_another_division,
        )
    },
    **{f"the {person}": nobody_of_the_chain(person) for person in WITHOUT_A_SEAT},
    "the director before the head": nobody_of_the_chain("director"),
    "the head in both seats": nobody_of_the_chain("head", place=2),
}
