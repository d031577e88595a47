"""Who is asking, and may they: settled in one place before every request.

A view says who may use it by ``@requires(Permission.X)`` or ``@public``; one that says nothing is never served.
Until a deed opens its own ``transaction()``, a request reads in a transaction in which nothing can be written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import UserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from ita_flow.config import settings
from ita_flow.database import READ_ONLY, transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import GRANTS, Permission
from ita_flow.domain.refusals import NotPermitted
from ita_flow.domain.sessions import REMEMBERED
from ita_flow.extensions import clock, csrf, db, login_manager
from ita_flow.models.accounts import SignIn
from ita_flow.models.people import User
from ita_flow.queries.accounts import live_sign_in
from ita_flow.wording.labels import label_of
from ita_flow.workflow import accounts

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

UNSAFE_METHODS = {"POST", "PUT", "PATCH", "DELETE"}
OUR_OWN_PAGES = ("same-origin", "none")


@dataclass(frozen=True)
class Access:
    """Whom a view lets in: holders of a permission, or, without one, everybody."""

    permission: Permission | None = None

    @property
    def is_public(self) -> bool:
        return self.permission is None


PUBLIC = Access()


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """A person with the session they came by. The session's token is what the cookie holds, signed."""

    token: str
    sign_in: SignIn

    def get_id(self) -> str:
        return self.token

    @property
    def user(self) -> User:
        return self.sign_in.user


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only signed-in people with this permission. Stands below the route, so that the route sees it."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.access = Access(permission)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Everybody, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def by_itself(view: Callable[P, R]) -> Callable[P, R]:
    """Asked by pages that lie open, without a hand of anybody: it keeps no session alive."""
    view.is_by_itself = True  # type: ignore[attr-defined]
    return view


def from_anywhere(view: Callable[P, R]) -> Callable[P, R]:
    """Takes forms that other sites send, such as a mail program by itself. What is sent must carry its own proof."""
    view.is_from_anywhere = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def access_of(endpoint: str) -> Access:
    """Whom this endpoint lets in; raises AttributeError when its view does not say."""
    view: Any = current_app.view_functions[endpoint]
    return cast(Access, view.access)


def actor() -> User:
    """The person who is signed in; only for views that require a permission."""
    return cast(SignedIn, current_user).user


def today() -> date:
    """This day in the office."""
    return clock.today()


def now() -> datetime:
    """This moment in the office."""
    return clock.now()


def guard(app: Flask) -> None:
    """Stand at the door of this application."""
    app.config["PERMANENT_SESSION_LIFETIME"] = REMEMBERED
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # the row decides how long a session holds, not the cookie
    login_manager.session_protection = None  # sessions are rows; a changed network address does not end them
    login_manager.user_loader(_signed_in)
    app.before_request(_admit)


def _signed_in(token: str) -> SignedIn | None:
    sign_in = live_sign_in(token, real_now())
    return SignedIn(token, sign_in) if sign_in else None


def _admit() -> Response | None:
    _refuse_foreign_forms()
    access = access_of(request.endpoint) if request.endpoint else None
    if access and access.is_public:
        return None
    begin_reading()
    g.person = identify()
    g.language = g.person.language if g.person else None
    if access is None:
        return None  # no such page; who asks decides only how its 404 looks
    if g.person is None:
        return _to_sign_in()
    _refuse_without(access.permission)
    return None


def begin_reading() -> None:
    """From here on this request reads, in a transaction in which nothing can be written."""
    db.session.rollback()
    db.session.connection(execution_options={READ_ONLY: True})


def identify() -> User | None:
    """The signed-in person, if any; notes about once a minute that they were seen."""
    if not current_user.is_authenticated:
        return None
    sign_in = cast(SignedIn, current_user).sign_in
    if not _asks_by_itself() and accounts.is_due_to_be_seen(sign_in, real_now()):
        _note_seen(sign_in)
        begin_reading()
    return actor()


def _asks_by_itself() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "is_by_itself", False)


def _note_seen(sign_in: SignIn) -> None:
    """When nothing can be written, on a full disk or behind a lock, pages are read all the same."""
    try:
        with transaction():
            accounts.see(sign_in, real_now())
    except DBAPIError as trouble:
        log.warning("not noted that somebody was seen: %s", trouble.orig)


def _to_sign_in() -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("auth.sign_in", next=_path_asked_for()))
    flash(_("หมดเวลาใช้งานแล้ว โปรดเข้าสู่ระบบแล้วส่งอีกครั้ง"), "warning")
    return redirect(url_for("auth.sign_in", next=_page_of_the_form()), code=303)


def _page_of_the_form() -> str | None:
    """The page on which the form stood, as a path of ours."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else None


def _path_asked_for() -> str | None:
    path = request.full_path.rstrip("?")
    return None if path == "/" else path


def _refuse_without(permission: Permission | None) -> None:
    if permission and not actor().may(permission, today()):
        raise NotPermitted("page_for_others", who=_those_who_may(permission))


def _those_who_may(permission: Permission) -> str:
    *others, last = (label_of(post) for post, granted in GRANTS.items() if permission in granted)
    return _(" หรือ").join([" ".join(others), last] if others else [last])


def _refuse_foreign_forms() -> None:
    """A second wall behind the CSRF token: browsers say from which site a form was sent."""
    if request.method not in UNSAFE_METHODS or request.endpoint is None or _may_come_from_anywhere(request.endpoint):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OUR_OWN_PAGES:
        raise CSRFError(_("คำขอนี้มาจากเว็บไซต์อื่น"))
    origin = request.headers.get("Origin")
    # Taken apart by hand: what is no address at all must not break the parser.
    if origin and origin.partition("://")[2] not in (request.host, urlsplit(settings().base_url).netloc):
        raise CSRFError(_("คำขอนี้มาจากเว็บไซต์อื่น"))


def _may_come_from_anywhere(endpoint: str) -> bool:
    return getattr(current_app.view_functions[endpoint], "is_from_anywhere", False)
