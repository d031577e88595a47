"""The schema of the database: brought up by the numbered migrations, and checked before anything else runs."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from flask import Flask, current_app

from ita_flow.config import ROOT
from ita_flow.database import READ_ONLY
from ita_flow.domain.refusals import Invalid
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
    """Bring the database to the newest revision; harmless when it is there. Raises Invalid when it is beyond it."""
    present = present_revision()
    if present == newest_revision():
        return
    if present and present > newest_revision():
        raise Invalid("database_newer")
    teach(current_app)
    import flask_migrate

    logging.getLogger("alembic").setLevel(logging.WARNING)
    db.session.remove()
    flask_migrate.upgrade()


def teach(app: Flask) -> None:
    """Let the migrations know this application's database."""
    # Alembic takes a tenth of a second to import, and hardly any start of the program migrates anything.
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
