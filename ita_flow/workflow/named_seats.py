"""Seats that an agency names itself, such as the head of its working group: added, renamed, removed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.thai import comparison_key, tidy
from ita_flow.domain.units import LONGEST_NAME
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalSeat
from ita_flow.models.people import Agency, Membership, NamedSeat, User
from ita_flow.models.progress_reports import Decision
from ita_flow.models.proposals import ProposalDecision
from ita_flow.wording.labels import LABELS
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk


def add_named_seat(agency: Agency, name: str, *, actor: User, at: datetime) -> NamedSeat:
    """A new seat of this name, in which nobody sits yet."""
    take_the_desk(agency.id)
    wanted = _name_of(name)
    _refuse_taken(agency.id, wanted)
    seat = NamedSeat(agency_id=agency.id, name=wanted)
    db.session.add(seat)
    _record("named_seat.added", seat, actor, at, after={"name": wanted})
    return seat


def rename_named_seat(seat: NamedSeat, name: str, *, actor: User, at: datetime) -> None:
    """Call the seat otherwise from here on; what was decided in it keeps the name of its day."""
    seat, wanted = _present(seat), _name_of(name)
    before = seat.name
    if wanted == before:
        return
    _refuse_taken(seat.agency_id, wanted, except_of=seat)
    seat.name = wanted
    _record("named_seat.renamed", seat, actor, at, before={"name": before}, after={"name": wanted})


def remove_named_seat(seat: NamedSeat, *, actor: User, at: datetime) -> None:
    """Remove a seat that no chain names, nobody ever held and nothing was decided in."""
    seat = _present(seat)
    if is_in_use(seat):
        raise Invalid("named_seat_in_use", name=seat.name)
    _record("named_seat.removed", seat, actor, at, before={"name": seat.name})
    db.session.delete(seat)
    db.session.flush()


def is_in_use(seat: NamedSeat) -> bool:
    """Whether a chain, somebody's post or a decision refers to the seat."""
    referring = (
        sa.select(ApprovalSeat.chain_id).where(ApprovalSeat.named_seat_id == seat.id),
        sa.select(Membership.id).where(Membership.named_seat_id == seat.id),
        sa.select(Decision.id).where(Decision.named_seat_id == seat.id),
        sa.select(ProposalDecision.id).where(ProposalDecision.named_seat_id == seat.id),
    )
    return bool(db.session.scalar(sa.select(sa.or_(*(chosen.exists() for chosen in referring)))))


def _present(seat: NamedSeat) -> NamedSeat:
    """The seat as it stands now that the desk is ours; raises Stale when somebody removed it meanwhile."""
    seat_id = seat.id
    take_the_desk(seat.agency_id)
    found = db.session.get(NamedSeat, seat_id, populate_existing=True)
    if found is None:
        raise Stale("someone_was_quicker")
    return found


def _name_of(text: str) -> str:
    name = tidy(text)
    if not name:
        raise Invalid("named_seat_needs_a_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("named_seat_name_too_long", field="name", most=LONGEST_NAME)
    return name


def _refuse_taken(agency_id: int, name: str, except_of: NamedSeat | None = None) -> None:
    """No two seats of one name however it is spaced, and none that is called like a role or seat of every agency."""
    key = comparison_key(name)
    if any(key == comparison_key(str(label)) for of in (Role, Seat) for label in LABELS[of].values()):
        raise Invalid("named_seat_is_a_known_one", field="name", name=name)
    for other in db.session.scalars(sa.select(NamedSeat).where(NamedSeat.agency_id == agency_id)):
        if other is not except_of and comparison_key(other.name) == key:
            raise Invalid("named_seat_name_taken", field="name", name=other.name)


def _record(
    action: str,
    seat: NamedSeat,
    actor: User,
    at: datetime,
    before: audit.Values | None = None,
    after: audit.Values | None = None,
) -> None:
    db.session.flush()
    subject = f"named_seat:{seat.id}"
    audit.record(action, seat.agency_id, subject, at=at, actor=actor, before=before, after=after)
