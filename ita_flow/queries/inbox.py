"""What a person was told, the newest first: what happened, and who asked after their tasks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.chases import Chase
from ita_flow.models.notices import Notice
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import Decision, ReportVersion
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.models.tasks import Task
from ita_flow.queries.decisions import by_what_right
from ita_flow.queries.pages import nearest_page

A_PAGE = 30
MOST_COUNTED = 100
"""So many unread ones are counted at most: what lies beyond is shown as more than 99."""

NOTICE, CHASE = "notice", "chase"


@dataclass(frozen=True)
class Entry:
    """One thing that the person was told: a notice, or that somebody asked after a task."""

    reader: User
    at: datetime
    is_unread: bool
    notice: Notice | None = None
    chase: Chase | None = None

    @property
    def task(self) -> Task | None:
        told = self.notice or self.chase
        return told.task if told else None

    @property
    def version(self) -> ReportVersion | None:
        return self.notice.report_version if self.notice else None

    @property
    def decision(self) -> Decision | None:
        """The decision of which it tells, while that holds."""
        if self.notice is None or self.version is None:
            return None
        if self.notice.kind is NoticeKind.APPROVED:
            return None if self.version.seat_to_decide else self.version.last_standing
        return self.version.return_standing

    @property
    def was_taken_back(self) -> bool:
        """Whether it tells of a decision that was undone afterwards."""
        tells_of_one = self.notice is not None and self.notice.kind in (NoticeKind.APPROVED, NoticeKind.RETURNED)
        return tells_of_one and self.decision is None

    @property
    def proposal(self) -> Proposal | None:
        return self.notice.proposal if self.notice else None

    @property
    def order(self) -> ActingOrder | None:
        return self.notice.acting_order if self.notice else None

    @property
    def is_own(self) -> bool:
        """Whether it went to who does the task, or acts; else to the head of the section, or the one acted for."""
        if self.order:
            return self.order.membership.user_id == self.reader.id
        return self.task is None or self.reader in self.task.officers or not self._heads_its_section(self.task)

    def _heads_its_section(self, task: Task) -> bool:
        held = self.reader.memberships
        return any(post.seat is Seat.SECTION_HEAD and post.unit_id == task.section_id for post in held)


@dataclass(frozen=True)
class InboxPage:
    """A page of what somebody was told."""

    entries: Sequence[Entry]
    number: int
    pages: int
    count: int


def unread_of(user: User) -> sa.ScalarSelect[int]:
    """How many things the person has not marked as read, counted up to ``MOST_COUNTED``."""
    notices = sa.select(Notice.id).where(Notice.recipient_id == user.id, *_after(Notice.at, user))
    chases = sa.select(Chase.id).where(Chase.recipient_id == user.id, *_after(Chase.at, user))
    unread = sa.union_all(notices, chases).limit(MOST_COUNTED).subquery()
    return sa.select(sa.func.count()).select_from(unread).scalar_subquery()


def _after(at: InstrumentedAttribute[datetime], user: User) -> list[sa.ColumnElement[bool]]:
    return [at > user.notices_read_at] if user.notices_read_at else []


def inbox_page(user: User, number: int, a_page: int = A_PAGE) -> InboxPage:
    """The page of that number, or the nearest there is."""
    notices = sa.select(sa.literal(NOTICE).label("kind"), Notice.id, Notice.at).where(Notice.recipient_id == user.id)
    chases = sa.select(sa.literal(CHASE).label("kind"), Chase.id, Chase.at).where(Chase.recipient_id == user.id)
    told = sa.union_all(notices, chases).subquery()
    count = db.session.scalar(sa.select(sa.func.count()).select_from(told)) or 0
    number, pages = nearest_page(number, count, a_page)
    newest_first = sa.select(told).order_by(told.c.at.desc(), told.c.kind, told.c.id.desc())
    found = db.session.execute(newest_first.limit(a_page).offset((number - 1) * a_page)).all()
    return InboxPage(_entries(user, [(row.kind, row.id) for row in found]), number, pages, count)


def _entries(reader: User, keys: Sequence[tuple[str, int]]) -> Sequence[Entry]:
    notices = _notices([key for kind, key in keys if kind == NOTICE])
    chases = _chases([key for kind, key in keys if kind == CHASE])
    told = (notices[key] if kind == NOTICE else chases[key] for kind, key in keys)
    return [_entry(reader, one) for one in told]


def _entry(reader: User, told: Notice | Chase) -> Entry:
    is_unread = reader.notices_read_at is None or told.at > reader.notices_read_at
    if isinstance(told, Notice):
        return Entry(reader, told.at, is_unread, notice=told)
    return Entry(reader, told.at, is_unread, chase=told)


def _notices(ids: Collection[int]) -> Mapping[int, Notice]:
    if not ids:
        return {}
    task, version, order = joinedload(Notice.task), joinedload(Notice.report_version), joinedload(Notice.acting_order)
    post = order.joinedload(ActingOrder.membership)
    chosen = (
        sa.select(Notice)
        .where(Notice.id.in_(ids))
        .options(
            task.joinedload(Task.measure),
            task.selectinload(Task.officers),
            version.joinedload(ReportVersion.report),
            version.selectinload(ReportVersion.decisions).options(*by_what_right()),
            post.joinedload(Membership.user),
            post.joinedload(Membership.unit),
            joinedload(Notice.proposal).joinedload(Proposal.plan),
            joinedload(Notice.proposal).joinedload(Proposal.decisions).joinedload(ProposalDecision.acting_order),
        )
    )
    return {notice.id: notice for notice in db.session.scalars(chosen).unique()}


def _chases(ids: Collection[int]) -> Mapping[int, Chase]:
    if not ids:
        return {}
    task = joinedload(Chase.task)
    chosen = (
        sa.select(Chase).where(Chase.id.in_(ids)).options(task.joinedload(Task.measure), joinedload(Chase.asked_by))
    )
    return {chase.id: chase for chase in db.session.scalars(chosen)}
