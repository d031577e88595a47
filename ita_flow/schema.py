"""The schema of the database: brought up by the numbered migrations, and checked before anything else runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from types import ModuleType

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


def change_check(
    op: ModuleType, table: str, name: str, column: str, before: Sequence[str], after: Sequence[str]
) -> None:
    """For migrations: let a column hold other words. Rows, and those who refer to them, stay where they are.

    ``op`` is Alembic's; ``name`` is that of the enum, in whose check the words stand.
    """
    if op.get_bind().dialect.name == "sqlite":
        known, wanted = (f"{column} IN ({_listed(words)})" for words in (before, after))
        _rewrite(op.get_bind(), table, lambda written: _replaced(written, known, wanted))
    else:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({_listed(after)})")


def change_type(op: ModuleType, table: str, column: str, before: sa.String, after: sa.String) -> None:
    """For migrations: let a column hold longer texts. Rows stay where they are."""
    if op.get_bind().dialect.name == "sqlite":
        compiled = [f"{column} {kind.compile(op.get_bind().dialect)}" for kind in (before, after)]
        _rewrite(op.get_bind(), table, lambda written: _replaced(written, *compiled))
    else:
        op.alter_column(table, column, existing_type=before, type_=after)


def change_rule(op: ModuleType, table: str, name: str, before: str, after: str) -> None:
    """For migrations: let a check of a table ask something else; both are conditions in SQL. Rows stay where they are.

    SQLite does not look at the rows that stand there.
    """
    if op.get_bind().dialect.name == "sqlite":
        known, wanted = (f"CONSTRAINT {name} CHECK ({condition})" for condition in (before, after))
        _rewrite(op.get_bind(), table, lambda written: _replaced(written, known, wanted))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, after)


def add_constraint(op: ModuleType, table: str, name: str, rule: str) -> None:
    """For migrations: let the database know one more rule of a table. Rows stay where they are.

    ``rule`` is SQL, such as ``CHECK (percent > 0)``; rows that stand there are not looked at by SQLite.
    """
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(op.get_bind(), table, lambda written: written.removesuffix(")").rstrip() + _clause(name, rule) + ")")
    else:
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")


def drop_constraint(op: ModuleType, table: str, name: str, rule: str) -> None:
    """For migrations: let the database forget a rule that ``add_constraint`` taught it."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(op.get_bind(), table, lambda written: _replaced(written, _clause(name, rule), ""))
    else:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def _clause(name: str, rule: str) -> str:
    return f",\n\tCONSTRAINT {name} {rule}"


def _rewrite(bind: sa.Connection, table: str, change: Callable[[str], str]) -> None:
    """SQLite has no word for changing a rule; its manual describes this way, which copies no row."""
    chosen = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    written: str = bind.execute(chosen, {"table": table}).scalar_one()
    version: int = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table")
    bind.execute(changed, {"sql": change(written), "table": table})
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")


def _replaced(written: str, before: str, after: str) -> str:
    assert written.count(before) == 1, f"{before} is not once in {written}"
    return written.replace(before, after)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
