"""The coordinator's desk: one at a time changes the units and people of an agency."""

from __future__ import annotations

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.people import Agency

HELD = "desk_held"


def take_the_desk(agency_id: int) -> None:
    """From here to the end of the transaction nobody else changes units and people of this agency.

    Rules that look at several rows (names that must differ, the last administrator) hold for two at once. What was
    read before is read anew. Call it before any row is written.
    """
    session = db.session()
    if session.info.get(HELD) == (session.get_transaction(), agency_id):
        return
    session.flush()
    # The weaker lock lets others go on writing rows that merely refer to the agency.
    session.execute(sa.select(Agency.id).where(Agency.id == agency_id).with_for_update(key_share=True))
    session.expire_all()
    session.info[HELD] = (session.get_transaction(), agency_id)
