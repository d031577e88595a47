"""How the mails of an agency fare: what waits, what was given up, whom no mail reaches, what became of a test."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from ita_flow.extensions import db
from ita_flow.models.outbox import Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, User
from ita_flow.queries.pages import nearest_page

WAITING = (MessageState.PENDING, MessageState.LEASED)
A_PAGE = 20
SHOWN = 10


@dataclass(frozen=True)
class MailState:
    """The outbox of an agency in numbers."""

    waiting: int
    dead: int
    last_sent_at: datetime | None
    """By the office's clock."""


@dataclass(frozen=True)
class DeadMails:
    """A page of the mails that were given up, the newest first; pages are counted from 1."""

    messages: Sequence[OutboxMessage]
    number: int
    pages: int


def mail_state(agency: Agency) -> MailState:
    """One statement, however many mails there are."""
    counted = sa.select(
        sa.func.count().filter(OutboxMessage.state.in_(WAITING)),
        sa.func.count().filter(OutboxMessage.state == MessageState.DEAD),
        sa.func.max(OutboxMessage.sent_at),
    ).where(OutboxMessage.agency_id == agency.id)
    return MailState(*db.session.execute(counted).one())


def dead_mails(agency: Agency, count: int, number: int) -> DeadMails:
    """That page of the ``count`` mails of the agency that were given up."""
    shown, pages = nearest_page(number, count, A_PAGE)
    chosen = _with_recipients(agency).where(OutboxMessage.state == MessageState.DEAD)
    chosen = chosen.order_by(OutboxMessage.id.desc()).limit(A_PAGE).offset((shown - 1) * A_PAGE)
    return DeadMails(db.session.scalars(chosen).all() if count else (), shown, pages)


def waiting_mails(agency: Agency) -> Sequence[OutboxMessage]:
    """Those that were promised first of what is still to be sent."""
    chosen = _with_recipients(agency).where(OutboxMessage.state.in_(WAITING))
    return db.session.scalars(chosen.order_by(tried_since(), OutboxMessage.id).limit(SHOWN)).all()


def message_of(user: User, message_id: int) -> OutboxMessage | None:
    """A mail of the same agency as ``user``."""
    chosen = _with_recipients(user.agency).where(OutboxMessage.id == message_id)
    return db.session.scalars(chosen).one_or_none()


def tried_since() -> sa.ColumnElement[datetime]:
    """Since when a mail is to be sent; see ``OutboxMessage.tried_since``."""
    return sa.func.coalesce(OutboxMessage.offered_again_at, OutboxMessage.created_at)


def failing_addresses(agency: Agency) -> Sequence[OutboxMessage]:
    """For each person in use whose address takes no mail: the newest one that was refused there."""
    refused = _newest_refusals().where(OutboxMessage.agency_id == agency.id).subquery()
    chosen = _with_recipients(agency).join(refused, refused.c.id == OutboxMessage.id)
    return db.session.scalars(chosen.where(_is_newest(refused)).order_by(OutboxMessage.id.desc())).all()


def is_standing_refusal(user_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Whether a mail is the newest that was refused at the address that one of these people still has."""
    refused = _newest_refusals().where(OutboxMessage.recipient_id.in_(user_ids)).subquery()
    return OutboxMessage.id.in_(sa.select(refused.c.id).where(_is_newest(refused)))


def count_failing(agency_id: int) -> sa.ScalarSelect[int]:
    """How many people of the agency have an address that takes no mail."""
    refused = _newest_refusals().where(OutboxMessage.agency_id == agency_id).subquery()
    return sa.select(sa.func.count()).select_from(refused).where(_is_newest(refused)).scalar_subquery()


def _newest_refusals() -> sa.Select[int, bool, int]:
    """What came of the mails to the address that each person has now, counted from the newest.

    A refusal stands until another mail arrives, also while its own mail is tried again.
    """
    refused, is_refused = aliased(OutboxMessage), OutboxMessage.failure == Failure.REFUSED
    newest_first = (sa.func.coalesce(OutboxMessage.attempted_at, OutboxMessage.created_at).desc(), OutboxMessage.id)
    return (
        sa.select(
            OutboxMessage.id,
            is_refused.label("is_refused"),
            sa.func.row_number().over(partition_by=OutboxMessage.recipient_id, order_by=newest_first).label("place"),
        )
        .join(OutboxMessage.recipient)
        .where(User.is_active, OutboxMessage.sent_to == User.email)
        .where(sa.or_(OutboxMessage.state == MessageState.SENT, is_refused))
        # This stands on pages: only the mails of those few are put in order to whom one was ever refused.
        .where(
            OutboxMessage.recipient_id.in_(sa.select(refused.recipient_id).where(refused.failure == Failure.REFUSED))
        )
    )


def _is_newest(refused: sa.Subquery) -> sa.ColumnElement[bool]:
    return sa.and_(refused.c.place == 1, refused.c.is_refused)


def _with_recipients(agency: Agency) -> sa.Select[OutboxMessage]:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.agency_id == agency.id)
    return chosen.options(joinedload(OutboxMessage.recipient))


def last_test_of(person: User) -> OutboxMessage | None:
    """The newest mail by which this person tried out the sending."""
    chosen = sa.select(OutboxMessage).where(
        OutboxMessage.recipient_id == person.id, OutboxMessage.kind == MessageKind.TEST
    )
    return db.session.scalar(chosen.order_by(OutboxMessage.id.desc()).limit(1))
