"""Where the record of each agency ends now, as it is to be remembered outside the database."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.audit import AuditHead
from ita_flow.models.people import Agency, Membership, User
from ita_flow.queries.seats import held_on


@dataclass(frozen=True)
class Anchor:
    """After ``seq`` events the record of this agency ended with this hash; noted at a moment in UTC."""

    agency: str
    """Its code, which never changes."""

    seq: int
    hash: str
    at: str

    def line(self) -> str:
        """The anchor as one line of a file."""
        return json.dumps(asdict(self), ensure_ascii=False)


def anchors_at(at: datetime) -> list[Anchor]:
    """Where the record of every agency ends now; an agency without a record has nothing to remember."""
    return _anchors(at, sa.true())


def anchor_of(agency: Agency, at: datetime) -> Anchor | None:
    """Where the record of this agency ends now."""
    return next(iter(_anchors(at, Agency.id == agency.id)), None)


def _anchors(at: datetime, condition: sa.ColumnElement[bool]) -> list[Anchor]:
    chosen = sa.select(Agency.code, AuditHead.seq, AuditHead.hash).join(Agency, Agency.id == AuditHead.agency_id)
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    ends = db.session.execute(chosen.where(condition).order_by(Agency.code))
    return [Anchor(code, seq, hash_, moment) for code, seq, hash_ in ends]


def recorded_agencies() -> list[Agency]:
    """The agencies of which anything was put on record."""
    chosen = sa.select(Agency).join(AuditHead, AuditHead.agency_id == Agency.id).order_by(Agency.id)
    return list(db.session.scalars(chosen))


def auditors_of(agency: Agency, today: date) -> list[User]:
    """Who reads the record of the agency that day."""
    is_auditor = sa.select(Membership.user_id).where(Membership.role == Role.AUDITOR, held_on(today))
    chosen = sa.select(User).where(User.agency_id == agency.id, User.is_active, User.id.in_(is_auditor))
    return list(db.session.scalars(chosen.order_by(User.id)))
