"""Transactions: one around each deed, begun so that nothing is lost on SQLite or on PostgreSQL.

SQLite's own Python driver begins transactions late and loses updates silently; here every transaction is begun
by us, ``BEGIN IMMEDIATE`` for those that write. SQLite before 3.51.3 can, rarely, damage its log when two
connections write at once; on such a version a write gate lets them in one by one.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from ita_flow.extensions import Base, db

Row = TypeVar("Row", bound=Base)

READ_ONLY = "ita_flow_read_only"
SQLITE_WITHOUT_WAL_BUG = (3, 51, 3)
WAIT_SECONDS = 15
PASSING_STATES = ("40001", "40P01", "55P03", "57P01", "57P02", "57P03")
GATE_FILE = "db.lock"
PRIVATE = {"hide_parameters": True}
"""What people wrote stands in the database, and not in the log when a statement fails."""

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={WAIT_SECONDS * 1000}",
    "trusted_schema=OFF",
    "cache_size=-32768",
)
POSTGRES_SETTINGS = (
    "SET lock_timeout = '5s'",
    "SET statement_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET timezone = 'UTC'",
)


@contextmanager
def transaction() -> Iterator[None]:
    """One deed, whole or not at all: commits at the end, rolls everything back when anything is raised."""
    db.session.rollback()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def insert_missing(model: type[Row], rows: Sequence[Mapping[str, object]]) -> Sequence[Row]:
    """Insert the rows whose unique keys are free and return them; where somebody was quicker, theirs stands."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(model).values(list(rows)).on_conflict_do_nothing().returning(model)
    return db.session.scalars(statement).all()


def take_turns(name: str) -> None:
    """Wait until all transactions that asked for this name before have ended; SQLite lets in one at a time anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))


@contextmanager
def reading() -> Iterator[None]:
    """A view of the data as it stands at one moment, in which nothing can be written."""
    db.session.rollback()
    db.session.connection(execution_options={READ_ONLY: True})
    try:
        yield
    finally:
        db.session.rollback()


def is_passing(trouble: sa.exc.DBAPIError) -> bool:
    """Whether the same deed may well succeed when it is tried again: a lock, a dead-lock, a lost connection."""
    if trouble.connection_invalidated:
        return True
    code = getattr(trouble.orig, "sqlstate", None)
    return code in PASSING_STATES or (code is None and "database is locked" in str(trouble.orig))


def engine_options(database_url: str) -> dict[str, Any]:
    """What SQLAlchemy needs to know about this database before it connects."""
    if database_url.startswith("sqlite"):
        return {"connect_args": {"timeout": WAIT_SECONDS, "check_same_thread": False}, **PRIVATE}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED", **PRIVATE}


def prepare(engine: Engine) -> None:
    """Teach the engine how connections are set up and transactions begun."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgres(engine)


def _prepare_sqlite(engine: Engine) -> None:
    gate = _WriteGate(engine) if sqlite3.sqlite_version_info < SQLITE_WITHOUT_WAL_BUG else None

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get(READ_ONLY))
        if gate and not read_only:
            gate.enter(connection)
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    if gate:
        event.listen(engine, "checkin", lambda _connection, record: gate.leave(record.info))


def _prepare_postgres(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            for setting in POSTGRES_SETTINGS:
                cursor.execute(setting)
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


class _WriteGate:
    """Lets one connection at a time write, over all threads and processes of this host."""

    def __init__(self, engine: Engine) -> None:
        database = engine.url.database
        self._path = None if database in (None, "", ":memory:") else Path(str(database)).parent / GATE_FILE

    def enter(self, connection: Connection) -> None:
        info = connection.connection.info
        if self._path is None or "gate" in info:
            return
        info["gate"] = _locked(self._path)

    def leave(self, info: dict[Any, Any]) -> None:
        lock: BinaryIO | None = info.pop("gate", None)
        if lock:
            lock.close()


def _locked(path: Path) -> BinaryIO:
    """The gate's file, held by us until it is closed; the kernel frees it when a process dies."""
    lock = path.open("ab")
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not _try_lock(lock):
        if time.monotonic() > give_up_at:
            lock.close()
            raise sa.exc.OperationalError("write gate", None, sqlite3.OperationalError("database is locked"))
        time.sleep(0.002)
    return lock


def _try_lock(lock: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there one process serves, and SQLite's own lock decides
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
