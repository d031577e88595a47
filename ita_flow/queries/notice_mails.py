"""What a mail about events may still say when it leaves: nothing that was taken back or given to others meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import CLOSED, IN_FORCE, PlanState, ProposalState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import Membership, User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.models.tasks import Task
from ita_flow.queries.addressees import in_seat
from ita_flow.queries.decisions import by_what_right
from ita_flow.queries.proposals import holders_among
from ita_flow.queries.record import deeds_on
from ita_flow.queries.seats import AgencyPosts, deciders, has_the_turn, posts_of

ENDED = {NoticeKind.CANCELLED: "task.cancelled", NoticeKind.REOPENED: "task.reopened"}


@dataclass(frozen=True)
class News:
    """One event as its reader is told of it: about a task, a proposal, or an acting order."""

    kind: NoticeKind
    reader: User
    task: Task | None = None
    version: ReportVersion | None = None
    order: ActingOrder | None = None
    proposal: Proposal | None = None
    reason: str = ""
    """Why it was done, where whoever did it had to say so."""

    @property
    def is_own(self) -> bool:
        """Whether the reader does the task, or acts; else they head the section, or are acted for."""
        if self.order:
            return self.order.membership.user is self.reader
        return self.task is not None and self.reader in self.task.officers

    @property
    def decision(self) -> Decision | None:
        """The last word on the version."""
        return self.version.last_standing if self.version else None

    @property
    def subject(self) -> tuple[NoticeKind, object]:
        """Of one subject a mail speaks once, however often it happened."""
        return self.kind, self.order or self.proposal or self.task

    @property
    def urgency(self) -> tuple[int, date, int]:
        """The most urgent first."""
        kind = list(NoticeKind).index(self.kind)
        if self.task:
            return kind, self.task.due_on, self.task.measure.number
        if self.proposal:
            return kind, bangkok_day(self.proposal.submitted_at), self.proposal.id
        assert self.order is not None
        return kind, self.order.membership.starts_on, self.order.id


def news_of(message: OutboxMessage, today: date) -> Sequence[News]:
    """What is still true of a promised mail when it is read on that day, the most urgent first."""
    person = message.recipient
    posts = posts_of(person.agency_id, today, today)
    told = (_news(one, person) for one in _notices_of(message))
    return in_order(one for one in told if _STILL_TRUE[one.kind](one, posts, today))


def _news(one: Notice, person: User) -> News:
    return News(one.kind, person, one.task, one.report_version, one.acting_order, one.proposal, reason_of(one))


def reason_of(one: Notice) -> str:
    """Why the task was cancelled or opened again, as the record tells; else nothing."""
    action = ENDED.get(one.kind)
    if action is None or one.task is None:
        return ""
    deeds = deeds_on(one.agency_id, f"task:{one.task_id}")
    return next((str(deed["after"]["reason"]) for deed in deeds if deed["action"] == action), "")


def in_order(news: Iterable[News]) -> Sequence[News]:
    """Each subject once, the most urgent first."""
    return sorted({one.subject: one for one in news}.values(), key=lambda one: one.urgency)


def _notices_of(message: OutboxMessage) -> Sequence[Notice]:
    chosen = sa.select(Notice).where(Notice.message_id == message.id).order_by(Notice.id)
    return db.session.scalars(chosen.options(*_of_tasks(), *_of_reports(), *_of_orders(), *_of_proposals())).all()


def _of_tasks() -> Sequence[ORMOption]:
    task = joinedload(Notice.task)
    return (
        task.joinedload(Task.measure).joinedload(Measure.plan),
        task.joinedload(Task.division),
        task.joinedload(Task.section),
        task.selectinload(Task.officers),
    )


def _of_reports() -> Sequence[ORMOption]:
    version = joinedload(Notice.report_version)
    return (
        version.joinedload(ReportVersion.submitted_by),
        version.selectinload(ReportVersion.decisions).options(*by_what_right()),
        version.joinedload(ReportVersion.report).selectinload(ProgressReport.authors),
        version.joinedload(ReportVersion.report).selectinload(ProgressReport.versions),
    )


def _of_orders() -> Sequence[ORMOption]:
    order = joinedload(Notice.acting_order)
    membership = order.joinedload(ActingOrder.membership)
    return (
        membership.joinedload(Membership.user),
        membership.joinedload(Membership.unit),
        order.joinedload(ActingOrder.holder),
        order.joinedload(ActingOrder.division),
    )


def _of_proposals() -> Sequence[ORMOption]:
    proposal = joinedload(Notice.proposal)
    decisions = proposal.selectinload(Proposal.decisions)
    return (
        proposal.joinedload(Proposal.submitted_by),
        proposal.joinedload(Proposal.plan),
        decisions.joinedload(ProposalDecision.acting_order).joinedload(ActingOrder.membership),
    )


def _is_assigned(news: News, posts: AgencyPosts, today: date) -> bool:
    """Still the reader's task, or one that somebody does in the section that the reader heads."""
    task = news.task
    if task is None or not _is_open(task):
        return False
    if news.is_own:
        return _is_in_office(news, posts, today)
    return bool(task.officers) and news.reader in in_seat(Seat.SECTION_HEAD, task, posts, today)


def _is_cancelled(news: News, posts: AgencyPosts, today: date) -> bool:
    """Nobody has opened the task again."""
    task = news.task
    is_cancelled = task is not None and task.work_status is WorkStatus.CANCELLED
    return is_cancelled and _concerns(news, posts, today)


def _is_open_again(news: News, posts: AgencyPosts, today: date) -> bool:
    """Nobody has cancelled it again, nor is it done meanwhile."""
    return news.task is not None and _is_open(news.task) and _concerns(news, posts, today)


def _concerns(news: News, posts: AgencyPosts, today: date) -> bool:
    """Still the reader's task, or one of the section that the reader heads, in a plan that is worked on."""
    task = news.task
    if task is None or task.measure.plan.state not in IN_FORCE:
        return False
    return (
        _is_in_office(news, posts, today)
        if news.is_own
        else news.reader in in_seat(Seat.SECTION_HEAD, task, posts, today)
    )


def _is_extended(news: News, posts: AgencyPosts, today: date) -> bool:
    """The task still has the date that was granted."""
    task, wish = news.task, news.proposal
    if task is None or wish is None or not _is_open(task) or task.due_on != wish.due_on:
        return False
    return (news.is_own or wish.submitted_by is news.reader) and _is_in_office(news, posts, today)


def _is_proposed(news: News, posts: AgencyPosts, today: date) -> bool:
    """The reader still has the turn."""
    proposal = news.proposal
    if proposal is None or proposal.state is not ProposalState.WAITING:
        return False
    return any(one.user is news.reader for one in deciders(proposal, holders_among(posts, proposal, today)))


def _is_not_accepted(news: News, posts: AgencyPosts, today: date) -> bool:
    """Nobody has proposed the plan again; a task is still to be done."""
    proposal = news.proposal
    if proposal is None or proposal.state is not ProposalState.RETURNED or not _is_in_office(news, posts, today):
        return False
    if proposal.plan:
        return proposal.plan.state is PlanState.DRAFT
    return news.task is not None and _is_open(news.task)


def _is_in_force(news: News, posts: AgencyPosts, today: date) -> bool:
    """The plan is still worked on."""
    plan = news.proposal.plan if news.proposal else None
    return plan is not None and plan.state in IN_FORCE and _is_in_office(news, posts, today)


def _is_returned(news: News, posts: AgencyPosts, today: date) -> bool:
    """Nobody has sent it again, nor taken the return back."""
    version, task = news.version, news.task
    if version is None or task is None or not _is_open(task):
        return False
    return _is_newest(version, ReportState.RETURNED) and _did_it(news) and _is_in_office(news, posts, today)


def _is_approved(news: News, posts: AgencyPosts, today: date) -> bool:
    """Nobody has taken the approval back."""
    is_approved = news.version is not None and _is_newest(news.version, ReportState.APPROVED)
    return is_approved and _did_it(news) and _is_in_office(news, posts, today)


def _is_awaiting(news: News, posts: AgencyPosts, today: date) -> bool:
    """The reader still has the turn."""
    version, task = news.version, news.task
    if version is None or task is None or not _is_newest(version, ReportState.SUBMITTED):
        return False
    return has_the_turn(news.reader, version.report, posts.over(task.section_id, task.division_id, today))


def _runs(news: News, _posts: AgencyPosts, today: date) -> bool:
    """The order has not ended meanwhile."""
    if news.order is None or not _concerns_people_here(news):
        return False
    return news.order.membership.ends_on is None or news.order.membership.ends_on >= today


def _ends(news: News, _posts: AgencyPosts, _today: date) -> bool:
    return news.order is not None and news.order.membership.ends_on is not None and news.reader.is_active


def _concerns_people_here(news: News) -> bool:
    return news.order is not None and news.reader.is_active and news.order.membership.user.is_active


def _is_open(task: Task) -> bool:
    return task.work_status not in CLOSED and task.measure.plan.state in IN_FORCE


def _is_newest(version: ReportVersion, state: ReportState) -> bool:
    return version.report.state is state and version.report.version == version.version


def _did_it(news: News) -> bool:
    return news.is_own or (news.version is not None and news.reader in news.version.report.authors)


def _is_in_office(news: News, posts: AgencyPosts, today: date) -> bool:
    return news.reader.id in posts.in_office(today)


_STILL_TRUE: Mapping[NoticeKind, Callable[[News, AgencyPosts, date], bool]] = {
    NoticeKind.RETURNED: _is_returned,
    NoticeKind.AWAITING_SOON: _is_awaiting,
    NoticeKind.PROPOSED: _is_proposed,
    NoticeKind.NOT_ACCEPTED: _is_not_accepted,
    NoticeKind.IN_FORCE: _is_in_force,
    NoticeKind.ASSIGNED: _is_assigned,
    NoticeKind.CANCELLED: _is_cancelled,
    NoticeKind.REOPENED: _is_open_again,
    NoticeKind.EXTENDED: _is_extended,
    NoticeKind.ACTING_STARTS: _runs,
    NoticeKind.ACTING_ENDS: _ends,
    NoticeKind.APPROVED: _is_approved,
}
