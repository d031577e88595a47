"""Applications for tests, quickly: the doors are opened once a run, and each test gets a copy with settings of its own.

Opening them takes a twentieth of a second, most of it for the addresses, and there are thousands of tests.
"""

from __future__ import annotations

import copy
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.util import LRUCache

from ita_flow import create_app, database
from ita_flow.config import Settings
from ita_flow.domain.clock import real_now
from ita_flow.extensions import clock, db

STATEMENTS_KEPT = 3000

_made: list[Flask] = []
_known: dict[str, tuple[sa.Dialect, LRUCache[Any, Any]]] = {}


def a_copy(settings: Settings) -> Flask:
    """An application with these settings and a database of its own, behind the doors of the first one.

    A test that opens a door of its own, or lets a page depend on other settings than these, makes its application anew.
    """
    first = _first(settings)
    app = copy.copy(first)
    app.config = copy.copy(first.config)
    app.config.update(
        SETTINGS=settings,
        STARTED_AT=real_now(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
    )
    app.instance_path = str(settings.instance)
    app.extensions = {name: one for name, one in first.extensions.items() if name != "sqlalchemy"}
    app.teardown_appcontext_funcs = []
    clock.be_true()
    db.init_app(app)
    with app.app_context():
        _remember_statements(db.engine)
        database.prepare(db.engine)
    return app


def _remember_statements(engine: sa.Engine) -> None:
    """Let all engines of a kind share what they know of statements: each would compile every one of them anew."""
    name = engine.dialect.name
    if name not in _known:
        _known[name] = engine.dialect, LRUCache(STATEMENTS_KEPT)
    engine.dialect, statements = _known[name]
    engine.pool._dialect = engine.dialect
    engine.update_execution_options(compiled_cache=statements)


def _first(settings: Settings) -> Flask:
    if not _made:
        _made.append(create_app(settings))
    return _made[0]
