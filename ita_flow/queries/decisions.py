"""Decisions that were taken: with all that a page tells of them, and the words with which seats let reports pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Load, joinedload

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.approvals import Seen
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task


def by_what_right() -> Sequence[Load]:
    """What a page tells of each decision, loaded along with it: who took it, and where they acted, the order."""
    order = Load(Decision).joinedload(Decision.acting_order)
    return Load(Decision).joinedload(Decision.decided_by), order.joinedload(ActingOrder.membership)


def decided_by(user: User, last: int = 5) -> Sequence[Decision]:
    """The last decisions of this person, the newest first."""
    # A version has few decisions, so one wide statement is cheaper than two.
    version = joinedload(Decision.report_version)
    chosen = (
        sa.select(Decision)
        .where(Decision.decided_by_id == user.id)
        .options(
            version.joinedload(ReportVersion.report).joinedload(ProgressReport.task).joinedload(Task.measure),
            version.joinedload(ReportVersion.decisions),
            *by_what_right(),
        )
        .order_by(Decision.id.desc())
        .limit(last)
    )
    return db.session.scalars(chosen).unique().all()


def decision_of(user: User, decision_id: int) -> Decision | None:
    """A decision that this person took; others are not theirs to ask for."""
    chosen = sa.select(Decision).where(Decision.id == decision_id, Decision.decided_by_id == user.id)
    return db.session.scalars(chosen).one_or_none()


def verbs_seen(user: User, seen: Mapping[int, Seen]) -> frozenset[Verb]:
    """The words with which the seats that were seen let these reports (ids) of the person's agency pass."""
    chosen = (
        sa.select(ReportVersion)
        .join(ReportVersion.report)
        .where(ProgressReport.agency_id == user.agency_id, ReportVersion.report_id.in_(seen))
    )
    versions = [one for one in db.session.scalars(chosen) if one.version == seen[one.report_id].version]
    places = [(one.seats, seen[one.report_id].seat_number) for one in versions]
    return frozenset(seats[place - 1].verb for seats, place in places if 1 <= place <= len(seats))
