"""Whether what runs by itself does run: the timetable and the mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.operations import TIMETABLE, Heartbeat
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.queries.evidence import is_damaged
from ita_flow.queries.mail import WAITING, count_failing, tried_since

LONGEST_SILENCE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)


class Trouble(StrEnum):
    """What does not run as it should."""

    TIMETABLE = "timetable"
    """Nothing has ticked for a while: nobody is reminded, and no mail leaves."""

    MAIL = "mail"
    """A mail has waited for long."""


@dataclass(frozen=True)
class Signs:
    """What could be seen of it."""

    ticked_at: datetime | None
    tried_since: datetime | None
    """When the oldest mail that was tried and is still to be sent was promised, or offered again."""

    queued_since: datetime | None
    """The same of the mails whose turn has not come yet."""

    moved_at: datetime | None
    """When a mail that was sent was last begun."""

    damaged: int
    """How many pieces of evidence of the agency that was asked for are not what was put in."""

    failing: int
    """How many people of that agency have an address that takes no mail."""

    def troubles(self, now: datetime, watched_since: datetime) -> Sequence[Trouble]:
        """What is wrong ``now`` (true clock). Whoever has just begun to watch gives it time for a first sign."""
        is_silent = now - max(self.ticked_at or watched_since, watched_since) > LONGEST_SILENCE
        held = {Trouble.TIMETABLE: is_silent, Trouble.MAIL: self._is_mail_stuck(now)}
        return [trouble for trouble, is_so in held.items() if is_so]

    def _is_mail_stuck(self, now: datetime) -> bool:
        """Mails that queue because the server gets only so many a minute are not stuck while the queue moves."""
        is_moving = self.moved_at is not None and now - self.moved_at <= LONGEST_SILENCE
        waited_for = [self.tried_since, None if is_moving else self.queued_since]
        return any(since is not None and now - since > LONGEST_WAIT for since in waited_for)


def signs_of_life(agency_id: int | None = None) -> Signs:
    """One statement, for it stands on pages and is asked by monitors, who need not know of an agency's own troubles."""
    ticked = sa.select(Heartbeat.beat_at).where(Heartbeat.name == TIMETABLE).scalar_subquery()
    moved = sa.select(sa.func.max(OutboxMessage.attempted_at)).where(OutboxMessage.state == MessageState.SENT)
    asked = (
        ticked,
        _oldest_waiting(OutboxMessage.attempted_at.is_not(None)),
        _oldest_waiting(OutboxMessage.attempted_at.is_(None)),
        moved.scalar_subquery(),
        sa.literal(0) if agency_id is None else _damaged_in(agency_id),
        sa.literal(0) if agency_id is None else count_failing(agency_id),
    )
    return Signs(*db.session.execute(sa.select(*asked)).one())


def _oldest_waiting(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[datetime]:
    chosen = sa.select(sa.func.min(tried_since())).where(OutboxMessage.state.in_(WAITING), condition)
    return chosen.scalar_subquery()


def _damaged_in(agency_id: int) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).select_from(Evidence).join(Evidence.check)
    return counted.where(Evidence.agency_id == agency_id, is_damaged()).scalar_subquery()
