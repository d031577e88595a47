"""The schema of the database: brought up by the numbered migrations, and checked before anything else runs."""

from __future__ import annotations

import logging

import flask_migrate
import sqlalchemy as sa

from ita_flow.config import ROOT
from ita_flow.database import READ_ONLY
from ita_flow.extensions import db

VERSIONS = ROOT / "migrations" / "versions"


def newest_revision() -> str:
    """The revision that this program needs: the last of the numbered files."""
    return max(path.name[:4] for path in VERSIONS.glob("[0-9][0-9][0-9][0-9]_*.py"))


def present_revision() -> str | None:
    """The revision at which the database stands, or None for an empty one."""
    with db.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def is_current() -> bool:
    return present_revision() == newest_revision()


def upgrade() -> None:
    """Bring the database to the newest revision; harmless when it is there."""
    if is_current():
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)
    db.session.remove()
    flask_migrate.upgrade()
