"""ITA Flow: an agency's plan of measures, from its own document to the published result."""

from __future__ import annotations

import secrets

from flask import Flask

from ita_flow import config, database, models
from ita_flow.domain.clock import real_now
from ita_flow.extensions import clock, csrf, db, login_manager
from ita_flow.i18n import catalogue

__version__ = config.VERSION

__all__ = ["create_app", "models"]


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application with its extensions and doors; no rule of the office stands here."""
    settings = settings or config.read_settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        __name__,
        instance_path=str(settings.instance),
        static_folder=None,  # web/assets.py serves them, under a name that changes with their content
        template_folder=str(config.ROOT / "templates"),
    )
    _configure(app, settings)
    _extend(app)
    _open_doors(app)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        STARTED_AT=real_now(),
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=config.MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=config.MAX_FORM_TEXT_BYTES,
        SESSION_COOKIE_NAME="__Host-ita-flow" if settings.is_https else "ita-flow",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="th",
        BABEL_DEFAULT_TIMEZONE="Asia/Bangkok",
    )
    if settings.today:
        clock.pretend(settings.today)
    else:
        clock.be_true()


def _extend(app: Flask) -> None:
    db.init_app(app)
    login_manager.init_app(app, add_context_processor=False)  # a page that says the database is away must not ask it
    csrf.init_app(app)
    catalogue.teach(app)
    with app.app_context():
        database.prepare(db.engine)


def _open_doors(app: Flask) -> None:
    from ita_flow import web

    web.open_door(app)
