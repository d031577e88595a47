"""What the frame of every page tells, read in one statement.

The years there are, how much is unread, how far the record goes, and whether a proposal waits.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.domain.states import ProposalState
from ita_flow.extensions import db
from ita_flow.models.audit import AuditHead
from ita_flow.models.people import User
from ita_flow.models.proposals import Proposal
from ita_flow.queries.inbox import unread_of
from ita_flow.queries.years import NO_YEARS, KnownYears, years_among, years_chosen

UNREAD, RECORDED, PROPOSED = "unread", "recorded", "proposed"


@dataclass(frozen=True)
class Around:
    """The years of the person's agency, and where they and its record stand."""

    years: KnownYears
    unread: int
    """How many things they were told that they have not marked as read, up to ``queries.inbox.MOST_COUNTED``."""

    recorded: int
    """The number of the last event on record: what comes after it the page does not know."""

    proposed: int = 0
    """How many proposals wait in the agency, for whoever it is."""


NOTHING_AROUND = Around(NO_YEARS, 0, 0)


def around_the_page(user: User) -> Around:
    """One query."""
    unread = sa.select(sa.literal(UNREAD), unread_of(user))
    recorded = sa.select(sa.literal(RECORDED), AuditHead.seq).where(AuditHead.agency_id == user.agency_id)
    waits = sa.select(sa.func.count(Proposal.id)).where(
        Proposal.agency_id == user.agency_id, Proposal.state == ProposalState.WAITING
    )
    proposed = sa.select(sa.literal(PROPOSED), waits.scalar_subquery())
    years = years_chosen(user.agency_id).subquery().select()
    found = db.session.execute(sa.union_all(years, unread, recorded, proposed)).all()
    numbers = {kind: number for kind, number in found if kind in (UNREAD, RECORDED, PROPOSED)}
    return Around(years_among(found), numbers[UNREAD], numbers.get(RECORDED, 0), numbers[PROPOSED])
