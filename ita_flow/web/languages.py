"""In which language pages speak: that of the person, or, before anybody has signed in, that of the browser's cookie.

What the browser says it prefers is not asked: offices that read Thai often have browsers set to English.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, has_request_context, redirect, request
from flask_babel import get_babel, refresh
from werkzeug.urls import iri_to_uri

from ita_flow.config import settings
from ita_flow.domain.languages import Language
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import DEFAULT_LANGUAGE, language
from ita_flow.i18n.names import LANGUAGES
from ita_flow.i18n.parts import with_thai_marked
from ita_flow.models.people import User
from ita_flow.web.access import actor, now, public, requires
from ita_flow.web.addresses import home, own_path
from ita_flow.web.once import once
from ita_flow.workflow.languages import choose_language

bp = Blueprint("languages", __name__)

COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60
ENGLISH_PAGE = b'<html lang="en"'
HEAD = 200
"""A page says within its first so many bytes in which language it is."""


def listen(app: Flask) -> None:
    """Let this application speak as its readers ask."""
    get_babel(app).locale_selector = _asked_for
    app.jinja_env.globals.update(language=language, other_language=other_language, page_address=page_address)
    app.after_request(_mark_thai)


def _asked_for() -> str:
    """The language of this answer. What ``g`` holds was noted on the way, so that error pages need no database."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    return g.get("language") or _known(request.cookies.get(COOKIE)) or g.get("addressee_language") or DEFAULT_LANGUAGE


def speak_to(addressee: User) -> None:
    """On a page that came by a link, speak as its addressee reads, unless this browser was told otherwise."""
    g.addressee_language = addressee.language
    refresh()


def _known(name: str | None) -> Language | None:
    return Language(name) if name in list(Language) else None


def other_language() -> tuple[Language, str]:
    """The language that the switch leads to, and what it is called there."""
    other = next(one for one in Language if one is not language())
    return other, LANGUAGES[other]


def page_address() -> str:
    """The address of this page, to come back to."""
    return iri_to_uri(request.full_path.rstrip("?"))


@bp.post("/account/language")
@requires(Permission.ACCOUNT_USE)
def choose() -> Response:
    """For this person, wherever they sign in, and for their mails."""
    chosen = _chosen()
    once(lambda: _kept(chosen))
    return _remembered(chosen, _back())


def _kept(chosen: Language) -> str:
    """The way back comes with the form each time: with a long search in it, no receipt could hold it."""
    choose_language(actor(), chosen, at=now())
    return home()


@bp.post("/language")
@public
def remember() -> Response:
    """For this browser, until somebody signs in."""
    return _remembered(_chosen(), _back())


def _chosen() -> Language:
    chosen = _known(request.form.get("language"))
    if chosen is None:
        raise Invalid("language_unknown")
    return chosen


def _back() -> str:
    return own_path(request.form.get("next")) or home()


def _remembered(chosen: Language, location: str) -> Response:
    answer = redirect(location, code=303)
    answer.set_cookie(
        COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings().is_https, path="/"
    )
    return answer  # type: ignore[return-value]  # Flask's own kind of response


def _mark_thai(answer: Response) -> Response:
    is_page = answer.mimetype == "text/html" and not answer.direct_passthrough and not answer.is_streamed
    if is_page and ENGLISH_PAGE in answer.get_data()[:HEAD]:
        answer.set_data(with_thai_marked(answer.get_data(as_text=True)))
    return answer
