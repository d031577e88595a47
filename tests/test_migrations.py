"""The numbered migrations: they make what the models say, go down to nothing and come up again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

from ita_flow import schema
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import Base, db
from tests.factories.chains import a_named_seat, an_acting_order
from tests.factories.people import a_membership, a_user, an_agency
from tests.source import ROOT

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))
OF_ALEMBIC = "alembic_version"


@pytest.fixture
def migrations(empty_app: Flask) -> Config:
    schema.teach(empty_app)
    config: Config = empty_app.extensions["migrate"].migrate.get_config()
    return config


def test_alembic_finds_nothing_to_add_to_the_migrations(migrations: Config) -> None:
    command.upgrade(migrations, "head")

    command.check(migrations)  # raises when the models say something else


def test_migrations_go_down_to_nothing_and_come_up_again(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    first = described()

    command.downgrade(migrations, "base")
    left = set(sa.inspect(db.engine).get_table_names())
    command.upgrade(migrations, "head")

    assert left == {OF_ALEMBIC}
    assert described() == first


def test_the_way_back_gives_up_whoever_acts_and_whoever_sits_in_a_named_seat(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    agency = an_agency()
    person = a_user(agency, seat=Seat.CHIEF)
    an_acting_order(person, Seat.EXECUTIVE)
    a_membership(person, seat=Seat.NAMED, named_seat_id=a_named_seat(agency).id)
    db.session.commit()
    db.session.remove()

    command.downgrade(migrations, "0011")

    with db.engine.connect() as connection:
        assert connection.scalars(sa.text("SELECT seat FROM memberships")).all() == ["chief"]


def test_migrations_make_the_same_checks_keys_and_indexes_as_the_models(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    migrated = described()
    command.downgrade(migrations, "base")

    Base.metadata.create_all(db.engine)

    assert migrated == described()


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [path.name[:4] for path in VERSIONS]

    assert numbers == [f"{number:04}" for number in range(1, len(VERSIONS) + 1)]


def described() -> dict[str, list[str]]:
    """Everything that the database knows about its tables, but the order of their columns."""
    inspector = sa.inspect(db.engine)
    tables = [table for table in inspector.get_table_names() if table != OF_ALEMBIC]
    return {table: sorted(_parts_of(inspector, table)) for table in tables}


def _parts_of(inspector: sa.Inspector, table: str) -> Iterator[str]:
    for column in inspector.get_columns(table):
        yield f"column {column['name']} {column['type']!r} nullable={column['nullable']}"
    yield f"key {inspector.get_pk_constraint(table)}"
    for kind, parts in (
        ("check", inspector.get_check_constraints(table)),
        ("unique", inspector.get_unique_constraints(table)),
        ("foreign", inspector.get_foreign_keys(table)),
        ("index", inspector.get_indexes(table)),
    ):
        yield from (f"{kind} {_plain(part)}" for part in parts)


def _plain(part: object) -> object:
    """The part with clauses of SQL as text, which can be compared."""
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in sorted(part.items())}
    return str(part)
