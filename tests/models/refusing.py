"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from ita_flow.extensions import db

TWICE = r"(?i)unique"
SOMEBODY_ELSES = r"(?i)foreign key"


@contextmanager
def refused(why: str) -> Iterator[None]:
    """The database refuses what happens inside, for a reason whose message holds ``why``; nothing of it stays."""
    with pytest.raises(sa.exc.IntegrityError, match=why):  # noqa: PT012 - the block is the caller's
        yield
        db.session.flush()
    db.session.rollback()
