"""Signing in and out, and setting a password by a link."""

from __future__ import annotations

import logging

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ita_flow.database import reading, transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Invalid
from ita_flow.models.accounts import SignInLink
from ita_flow.models.people import User
from ita_flow.queries.accounts import open_link
from ita_flow.web.access import now, public
from ita_flow.web.addresses import home, own_path
from ita_flow.web.forms import tell
from ita_flow.web.forms.auth import PasswordForm, SignInForm
from ita_flow.web.headers import AT_SIGN_OUT
from ita_flow.web.languages import speak_to
from ita_flow.workflow import accounts

bp = Blueprint("auth", __name__)
log = logging.getLogger(__name__)

TOKEN = "_user_id"
"""Where Flask-Login keeps what its user loader is given: for us, the token of the session."""


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("auth/sign_in.html", form=form)


@bp.post("/sign-in")
@public
def begin_session() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate():
        try:
            person, newer_hash = _person_proved(form)
            _begin_session(person, newer_hash, remember=form.remember.data)
            return redirect(own_path(form.next.data) or home(), code=303)
        except Invalid as refusal:
            tell(form, refusal)
    return render_template("auth/sign_in.html", form=form), 422


def _person_proved(form: SignInForm) -> tuple[User, str | None]:
    """The person whose password this is, with a newer hash of it if need be.

    Raises Invalid in the same words for a wrong password and for an address that nobody has.
    """
    email, ip = form.email.data, request.remote_addr or ""
    with transaction():
        accounts.announce_try(email, ip, real_now())
    with reading():
        person = accounts.person_called(email)
        fits, newer_hash = accounts.is_password_of(person, form.password.data)
    if person is None or not fits:
        log.warning("sign-in refused for %r from %s", email, ip)
        raise Invalid("sign_in_wrong", field="email")
    return person, newer_hash


def _begin_session(person: User, newer_hash: str | None = None, *, remember: bool = False) -> None:
    """A new session under a new token, whatever the browser brought along."""
    with transaction():
        token = accounts.sign_in(person, real_now(), remember=remember, newer_hash=newer_hash)
        log.info("user %s signed in from %s", person.id, request.remote_addr)
    session.clear()
    session.permanent = remember
    session[TOKEN] = token


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    with transaction():
        accounts.sign_out(session.get(TOKEN, ""), real_now())
    session.clear()
    return redirect(url_for("auth.sign_in"), code=303), AT_SIGN_OUT


@bp.get("/sign-in/link/<token>")
@public
def choose_password(token: str) -> ResponseReturnValue:
    with reading():
        link = open_link(token, real_now())
        if link is None:
            return _spent_link_page()
        speak_to(link.user)
        return _password_page(PasswordForm(), link)


@bp.post("/sign-in/link/<token>")
@public
def set_password(token: str) -> ResponseReturnValue:
    form = PasswordForm()
    with reading():
        link = open_link(token, real_now())
        if link is None:
            return _spent_link_page()
        speak_to(link.user)
        if not _is_good(form, link.user):
            return _password_page(form, link), 422
    password_hash = accounts.hash_password(form.password.data)
    with transaction():
        person = accounts.use_link(token, password_hash, at=now(), now=real_now())
    _begin_session(person)
    flash(_("ตั้งรหัสผ่านแล้ว ครั้งต่อไปเข้าสู่ระบบด้วยอีเมลและรหัสผ่านนี้"), "success")
    return redirect(home(), code=303)


def _is_good(form: PasswordForm, person: User) -> bool:
    if not form.validate():
        return False
    try:
        accounts.check_new_password(person, form.password.data)
    except Invalid as refusal:
        tell(form, refusal)
    return not form.errors


def _password_page(form: PasswordForm, link: SignInLink) -> str:
    return render_template("auth/password.html", form=form, person=link.user, agency_name=link.user.agency.name)


def _spent_link_page() -> ResponseReturnValue:
    return render_template("auth/link_spent.html"), 410
