"""The coordinator's desk: one at a time changes the units and people of an agency.

Rows are locked in one order, so that nobody waits in a ring: the agency, its tasks by id, their reports, the record.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.tasks import Task

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


def come_in(agency_id: int) -> None:
    """Work on some rows of this agency, together with others, but not while somebody holds its whole plan.

    Call it before the first row is locked: whatever goes on record refers to the agency, and who came for that only
    with a task in hand would wait for somebody who waits for the task.
    """
    chosen = sa.select(Agency.id).where(Agency.id == agency_id)
    db.session.execute(chosen.with_for_update(read=True, key_share=True)).all()


def hold_plans(agency: Agency) -> None:
    """Let nobody else change the plans of this agency, nor begin to report on them, until the transaction ends."""
    db.session.refresh(agency, with_for_update={"of": Agency})


def lock_tasks(task_ids: Collection[int]) -> None:
    """All rows before the first of them is recorded, so that two at once never wait for each other; read anew."""
    db.session.execute(sa.select(Task.id).where(Task.id.in_(task_ids)).order_by(Task.id).with_for_update()).all()
    db.session.expire_all()
