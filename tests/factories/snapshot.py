"""The cast as rows: written once a run by the factories, then put into each test's database as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import sqlalchemy as sa

from ita_flow.extensions import Base, db
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.tasks import Task
from tests.factories.cast import Cast, a_cast
from tests.factories.keeping import one_commit
from tests.kept_rows import KeptRows, is_sqlite, rows_kept


@dataclass(frozen=True)
class Snapshot:
    """Every row that the cast consists of, and who is who."""

    rows: KeptRows
    keys: Mapping[str, tuple[type[Base], int]]


_taken: dict[bool, Snapshot] = {}


def the_cast() -> Cast:
    """The office that every test knows, in an empty database."""
    taken = _taken.get(is_sqlite())
    if taken is None:
        with one_commit():
            cast = a_cast()
        members = {field.name: getattr(cast, field.name) for field in fields(cast)}
        _taken[is_sqlite()] = Snapshot(rows_kept(), {name: (type(row), row.id) for name, row in members.items()})
        return cast
    taken.rows.put()
    return _found(taken)


def _found(snapshot: Snapshot) -> Cast:
    kept = [db.session.scalars(sa.select(kind)).all() for kind in (Agency, Unit, User, Task)]
    members = {name: db.session.get_one(kind, key) for name, (kind, key) in snapshot.keys.items()}
    del kept  # until here the session holds them, so that nobody is fetched singly
    return Cast(**members)  # type: ignore[arg-type]
