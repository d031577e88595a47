"""Runs the migrations on the application's own engine, so that transactions are begun as everywhere else."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from ita_flow.extensions import Base, Moment, Score


def plain_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain SQL types: our own may be renamed, a migration may not."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Score):
        return "sa.Integer()"
    return False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=plain_type,
            compare_type=_compare_type,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def _compare_type(
    _context: object,
    _inspected: object,
    _metadata: object,
    found: sa.types.TypeEngine[object],
    wanted: sa.types.TypeEngine[object],
) -> bool | None:
    """Our own types are compared by the plain type that stands behind them."""
    if isinstance(wanted, Moment | Score):
        return not isinstance(found, sa.DateTime if isinstance(wanted, Moment) else sa.Integer)
    return None


run()
