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
from ita_flow.models.outbox import OutboxMessage
from ita_flow.queries.evidence import is_damaged
from ita_flow.queries.mail import WAITING

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
    waiting_since: datetime | None
    """When the oldest mail that is still to be sent was promised."""

    damaged: int
    """How many pieces of evidence of the agency that was asked for are not what was put in."""

    def troubles(self, now: datetime, watched_since: datetime) -> Sequence[Trouble]:
        """What is wrong ``now`` (true clock). Whoever has just begun to watch gives it time for a first sign."""
        is_silent = now - max(self.ticked_at or watched_since, watched_since) > LONGEST_SILENCE
        is_stuck = self.waiting_since is not None and now - self.waiting_since > LONGEST_WAIT
        held = {Trouble.TIMETABLE: is_silent, Trouble.MAIL: is_stuck}
        return [trouble for trouble, is_so in held.items() if is_so]


def signs_of_life(agency_id: int | None = None) -> Signs:
    """One statement, for it stands on pages and is asked by monitors, who need not know of an agency's evidence."""
    ticked = sa.select(Heartbeat.beat_at).where(Heartbeat.name == TIMETABLE).scalar_subquery()
    oldest = sa.select(sa.func.min(OutboxMessage.created_at)).where(OutboxMessage.state.in_(WAITING)).scalar_subquery()
    damaged = sa.literal(0) if agency_id is None else _damaged_in(agency_id)
    return Signs(*db.session.execute(sa.select(ticked, oldest, damaged)).one())


def _damaged_in(agency_id: int) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).select_from(Evidence).join(Evidence.check)
    return counted.where(Evidence.agency_id == agency_id, is_damaged()).scalar_subquery()
