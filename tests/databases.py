"""Databases for tests: migrated once for each worker, and as good as new for each test."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from flask import Flask

from ita_flow import create_app, schema
from ita_flow.config import Settings
from ita_flow.extensions import db
from tests import postgres

_numbers = itertools.count(1)


class SqliteDatabases:
    """A migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        migrate(f"sqlite:///{self._template}", folder)

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The address of a migrated database without a row."""
        path = folder / "ita_flow.sqlite3"
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """The address of a database without a table."""
        yield f"sqlite:///{folder / 'empty.sqlite3'}"


class PostgresDatabases:
    """A migrated database, emptied before each test: that takes a millisecond, copying it takes fifty to three hundred.

    A test that changes tables, triggers or functions asks for an empty database of its own.
    """

    def __init__(self, server: sa.URL, folder: Path) -> None:
        self._server = server
        self._name = f"ita_flow_test_{os.getpid()}"
        self._address = self._create(self._name)
        migrate(self._address, folder)
        self._wipe = _wiping(self._address)

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """The address of a migrated database without a row."""
        postgres.execute(sa.make_url(self._address), self._wipe)
        yield self._address

    @contextmanager
    def empty(self, _folder: Path) -> Iterator[str]:
        """The address of a database without a table."""
        name = f"{self._name}_{next(_numbers)}"
        try:
            yield self._create(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        self._drop(self._name)

    def _create(self, name: str) -> str:
        postgres.execute(self._server, f"CREATE DATABASE {name}")
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        postgres.execute(self._server, f"DROP DATABASE {name} WITH (FORCE)")


def _wiping(address: str) -> str:
    """Statements that leave no row, past the triggers that protect some, and number anew from 1."""
    with psycopg.connect(postgres.dsn_of(sa.make_url(address))) as connection:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        tables = [row[0] for row in connection.execute(named)]
        sequences = [row[0] for row in connection.execute("SELECT oid::regclass FROM pg_class WHERE relkind = 'S'")]
    deletes = [f"DELETE FROM {table}" for table in tables]
    restarts = [f"SELECT setval('{sequence}', 1, false)" for sequence in sequences]
    return ";".join(["BEGIN", "SET LOCAL session_replication_role = replica", *deletes, *restarts, "COMMIT"])


def migrate(address: str, instance: Path) -> None:
    """Bring this database to the newest migration, as an office would."""
    app = create_app(Settings(instance=instance, database_url=address, secret_key="migrating"))
    with app.app_context():
        schema.upgrade()
    close(app)


def close(app: Flask) -> None:
    """Give back every connection of this application."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
