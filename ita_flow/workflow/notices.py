"""Telling people what happened: lines of a mail that waits a quarter of an hour for more of them.

A line is promised in the transaction of the deed, once for ever. Call these last in a deed, after the record is
written: two deeds at once then find each other's mail, and end in one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ita_flow.database import insert_missing
from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.notices import GATHERING, SOON, MailOption, NoticeKind
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import CLOSED, IN_FORCE
from ita_flow.extensions import db, true_moment
from ita_flow.mail import outbox
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.addressees import in_seat, people_of
from ita_flow.queries.mail_choices import declined_by
from ita_flow.queries.seats import AgencyPosts, deciders, holders_for, holders_of, posts_of


def tell(
    kind: NoticeKind,
    people: Iterable[User],
    *,
    key: str,
    at: datetime,
    actor: User | None = None,
    task: Task | None = None,
    version: ReportVersion | None = None,
    order: ActingOrder | None = None,
    proposal: Proposal | None = None,
) -> None:
    """Promise these people a line about what happened; ``key`` names the event, of which nobody is told twice.

    Nobody is told of their own deed, nor who may not sign in. It speaks of a task, a proposal, or an acting order.
    """
    for person in dict.fromkeys(people):
        if not person.is_active or (actor and person.id == actor.id):
            continue
        line = {
            "agency_id": person.agency_id,
            "key": f"{kind}:{key}:{person.id}",
            "kind": kind,
            "recipient_id": person.id,
            "task_id": task.id if task else None,
            "report_version_id": version.id if version else None,
            "acting_order_id": order.id if order else None,
            "proposal_id": proposal.id if proposal else None,
            "at": at,
        }
        for notice in insert_missing(Notice, [line]):
            _promise(notice, person, at)


def tell_of_assignment(task: Task, officers: Sequence[User], *, actor: User | None, at: datetime) -> None:
    """Tell the officers who are new to the task, and who heads its section. Nobody works on a plan that is a draft."""
    if officers and task.work_status not in CLOSED and task.measure.plan.state in IN_FORCE:
        day = bangkok_day(at)
        _tell_of_assignment(task, officers, posts_of(task.agency_id, day, day), actor, at)


def tell_of_plan(plan: Plan, *, actor: User | None, at: datetime) -> None:
    """Tell everybody who was named in a draft that the plan came into force."""
    day = bangkok_day(at)
    posts = posts_of(plan.agency_id, day, day)
    chosen = sa.select(Task).join(Task.measure).options(selectinload(Task.officers))
    chosen = chosen.where(Measure.plan_id == plan.id, Task.work_status.not_in(CLOSED)).order_by(Task.id)
    for task in db.session.scalars(chosen):
        if task.officers:
            _tell_of_assignment(task, task.officers, posts, actor, at)


def _tell_of_assignment(
    task: Task, officers: Sequence[User], posts: AgencyPosts, actor: User | None, at: datetime
) -> None:
    heads = in_seat(Seat.SECTION_HEAD, task, posts, bangkok_day(at))
    key = f"{task.id}:{at.isoformat()}"
    tell(NoticeKind.ASSIGNED, [*officers, *heads], key=key, at=at, actor=actor, task=task)


def tell_of_ending(task: Task, *, actor: User, at: datetime) -> None:
    """Tell the officers of the task, and who heads its section, that it was cancelled or opened again."""
    day = bangkok_day(at)
    kind = NoticeKind.CANCELLED if task.work_status in CLOSED else NoticeKind.REOPENED
    people = people_of(task, posts_of(task.agency_id, day, day), day)
    tell(kind, people, key=f"{task.id}:{at.isoformat()}", at=at, actor=actor, task=task)


def tell_of_return(version: ReportVersion, *, actor: User, at: datetime) -> None:
    """Tell those who do the task and those who wrote the report that it came back."""
    _tell_its_people(NoticeKind.RETURNED, version, actor, at)


def tell_of_approval(version: ReportVersion, decided: ChainSeat | None, *, actor: User, at: datetime) -> None:
    """After an approval in the seat that ``decided``: the last one is told to those who do the task."""
    turn = version.seat_to_decide
    if turn is None:
        _tell_its_people(NoticeKind.APPROVED, version, actor, at)
    elif decided is None or turn.key != decided.key:
        tell_whose_turn_it_is(version, actor=actor, at=at)


def tell_whose_turn_it_is(version: ReportVersion, *, actor: User, at: datetime) -> None:
    """Tell those who may decide now, where the task is due so soon that the mail of the next day would be late."""
    task, day = version.report.task, bangkok_day(at)
    if version.seat_to_decide is None or task.due_on - day > SOON:
        return
    people = [one.user for one in deciders(version, holders_of(task, day))]
    tell(NoticeKind.AWAITING_SOON, people, key=_turn_of(version), at=at, actor=actor, task=task, version=version)


def tell_of_proposal(proposal: Proposal, *, after: ChainSeat | None = None, actor: User, at: datetime) -> None:
    """Tell those who may decide on it now, unless the turn stayed with the seat ``after`` whose approval this is."""
    turn = proposal.seat_to_decide
    if turn is None or (after and turn.key == after.key):
        return
    people = [one.user for one in deciders(proposal, holders_for(proposal, proposal.agency_id, bangkok_day(at)))]
    _tell_of(NoticeKind.PROPOSED, proposal, people, actor, at)


def tell_not_accepted(proposal: Proposal, *, actor: User, at: datetime) -> None:
    """Tell whoever proposed it that it came back; of a plan all coordinators, of a task its officers."""
    others = proposal.task.officers if proposal.task else _coordinators(proposal, at)
    _tell_of(NoticeKind.NOT_ACCEPTED, proposal, [proposal.submitted_by, *others], actor, at)


def tell_in_force(proposal: Proposal, *, actor: User, at: datetime) -> None:
    """Tell whoever proposed a plan, and all coordinators, that the last seat approved it."""
    people = [proposal.submitted_by, *_coordinators(proposal, at)]
    _tell_of(NoticeKind.IN_FORCE, proposal, people, actor, at)


def _coordinators(proposal: Proposal, at: datetime) -> Sequence[User]:
    day = bangkok_day(at)
    return posts_of(proposal.agency_id, day, day).with_role(Role.COORDINATOR, day)


def tell_of_extension(wish: Proposal, *, actor: User, at: datetime) -> None:
    """Tell whoever asked for the later due date, and those who do the task, that it was granted."""
    assert wish.task is not None
    _tell_of(NoticeKind.EXTENDED, wish, [wish.submitted_by, *wish.task.officers], actor, at)


def _tell_of(kind: NoticeKind, proposal: Proposal, people: Sequence[User], actor: User, at: datetime) -> None:
    key = f"{proposal.id}:{len(proposal.decisions)}"
    tell(kind, people, key=key, at=at, actor=actor, task=proposal.task, proposal=proposal)


def forget_task(task: Task) -> None:
    """What was not told yet of a task that goes is never told. Refuse first where somebody was told."""
    db.session.execute(sa.delete(Notice).where(Notice.task_id == task.id))


def forget_order(order: ActingOrder) -> None:
    """The same for an order that is taken back."""
    db.session.execute(sa.delete(Notice).where(Notice.acting_order_id == order.id))


def _tell_its_people(kind: NoticeKind, version: ReportVersion, actor: User, at: datetime) -> None:
    task = version.report.task
    people = [*task.officers, *version.report.authors]
    tell(kind, people, key=_turn_of(version), at=at, actor=actor, task=task, version=version)


def _turn_of(version: ReportVersion) -> str:
    """What tells this turn of the version from all others, also from one before a decision that was taken back."""
    return f"{version.id}:{len(version.decisions)}"


def _promise(notice: Notice, person: User, at: datetime) -> None:
    """Let a mail carry the line, unless the person asked not to be told of such."""
    if notice.kind is NoticeKind.APPROVED and MailOption.APPROVED in declined_by(person):
        return
    now = true_moment(at)
    message = _gathering(notice, now) or _new_message(notice, person, at, now)
    if notice.kind is NoticeKind.APPROVED:
        # No mail says what may still be taken back.
        message.next_attempt_at = max(message.next_attempt_at, now + GATHERING)
    notice.message = message


def _gathering(notice: Notice, now: datetime) -> OutboxMessage | None:
    """The person's mail that still waits for more, held; an approval must not make others wait longer."""
    chosen = sa.select(OutboxMessage).where(
        OutboxMessage.recipient_id == notice.recipient_id,
        OutboxMessage.kind == MessageKind.EVENT,
        OutboxMessage.state == MessageState.PENDING,
        OutboxMessage.attempts == 0,
        # A mail that lies further ahead was promised before the clock was set back: it would make this line wait.
        OutboxMessage.next_attempt_at.between(now, now + 2 * GATHERING),
    )
    if notice.kind is NoticeKind.APPROVED:
        others = sa.exists().where(Notice.message_id == OutboxMessage.id, Notice.kind != NoticeKind.APPROVED)
        chosen = chosen.where(OutboxMessage.created_at > now - GATHERING, ~others)
    held = chosen.order_by(OutboxMessage.next_attempt_at).limit(1).with_for_update(skip_locked=True)
    return db.session.scalars(held.execution_options(populate_existing=True)).one_or_none()


def _new_message(notice: Notice, person: User, at: datetime, now: datetime) -> OutboxMessage:
    """A mail of its own, which also says what older ones could not say yet because no server took them."""
    # Not by the number of the line: one that is forgotten leaves it to the next, and its mail may have left.
    key = f"event:{person.id}:{secrets.token_hex(8)}"
    message = outbox.enqueue(MessageKind.EVENT, key, person, bangkok_day(at), now)
    assert message is not None
    message.next_attempt_at = now + GATHERING
    outbox.gather_notices(message, now)
    return message
