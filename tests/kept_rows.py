"""All rows of a test's database, kept for other tests to begin with: writing them once more takes ten times as long."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from ita_flow.config import settings
from ita_flow.extensions import Base, db


class KeptRows(Protocol):
    def put(self) -> None:
        """Into the database of this test, which has none."""


def rows_kept() -> KeptRows:
    """Those of this test's database, for others of its kind."""
    return SqliteRows.kept() if is_sqlite() else PostgresRows.kept()


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@dataclass(frozen=True)
class SqliteRows:
    """The file as it was."""

    copy: sqlite3.Connection

    @classmethod
    def kept(cls) -> SqliteRows:
        copy = sqlite3.connect(":memory:")
        with closing(_file()) as database:
            database.backup(copy)
        return cls(copy)

    def put(self) -> None:
        db.session.remove()
        with closing(_file()) as database:
            self.copy.backup(database)


@dataclass(frozen=True)
class PostgresRows:
    """Statements that write them all, sent at once."""

    statements: str

    @classmethod
    def kept(cls) -> PostgresRows:
        written = [statement for table in Base.metadata.sorted_tables for statement in _writing(table)]
        db.session.rollback()
        return cls(";".join(written))

    def put(self) -> None:
        connection = db.session.connection().connection.driver_connection
        assert connection
        connection.execute(self.statements.encode())
        db.session.commit()


def _file() -> sqlite3.Connection:
    return sqlite3.connect(sa.make_url(settings().database_url).database or "")


def _writing(table: sa.Table) -> list[str]:
    """Its rows, and the number with which it goes on counting."""
    rows = db.session.scalar(sa.text(f"SELECT json_agg(row) FROM {table.name} AS row")) or []
    if not rows:
        return []
    insert = f"INSERT INTO {table.name} SELECT * FROM json_populate_recordset(NULL::{table.name}, '{_quoted(rows)}')"
    if "id" not in table.columns:
        return [insert]
    last = max(row["id"] for row in rows)
    return [insert, f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"]


def _quoted(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False).replace("'", "''")
