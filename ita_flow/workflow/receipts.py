"""One-time keys of forms: the second press of a form gets the first answer."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.accounts import FormReceipt
from ita_flow.models.people import User

KEPT_FOR = timedelta(days=7)
LONGEST_KEY = 64


def location_of(person: User, key: str) -> str | None:
    """Where this form led when it was sent before, or None."""
    receipt = db.session.get(FormReceipt, (person.id, key))
    return receipt.location if receipt else None


def keep(person: User, key: str, location: str, at: datetime) -> None:
    """Keep the answer beside the deed, in its transaction, and let go of this person's old ones."""
    db.session.execute(sa.delete(FormReceipt).where(FormReceipt.user_id == person.id, FormReceipt.at < at - KEPT_FOR))
    db.session.add(FormReceipt(user_id=person.id, key=key, location=location, at=at))
    db.session.flush()
