"""Having a kind of mail less often by a link in it: without signing in, and without doing anything else.

Mail programs open links by themselves, so looking changes nothing. They may also post by themselves, without a
cookie or a token of ours (RFC 8058), and are answered at once, for they follow no redirection.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ita_flow.database import reading, transaction
from ita_flow.mail.unsubscribing import Unsubscription, unsubscription_of
from ita_flow.queries.mail_choices import declined_by, person_asking
from ita_flow.web.access import from_anywhere, now, public
from ita_flow.web.languages import speak_to
from ita_flow.wording.mail_choices import LESS_WORDS
from ita_flow.workflow.mail_choices import choose_mails

bp = Blueprint("unsubscribing", __name__, url_prefix="/unsubscribe")

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@bp.get("/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    asked = unsubscription_of(token)
    return _page(asked) if asked else _unknown_link_page()


@bp.post("/<token>")
@public
@from_anywhere
def unsubscribe(token: str) -> ResponseReturnValue:
    asked = unsubscription_of(token)
    if asked is None:
        return _unknown_link_page()
    _decline(asked)
    name, value = ONE_CLICK
    is_by_itself = request.form.get(name) == value
    return _page(asked) if is_by_itself else redirect(url_for(".ask", token=token), code=303)


def _decline(asked: Unsubscription) -> None:
    with transaction():
        person = person_asking(asked.person_id)
        if person and person.is_active:
            choose_mails(person, asked.options, (), at=now())


def _page(asked: Unsubscription) -> ResponseReturnValue:
    with reading():
        person = person_asking(asked.person_id)
        if person is None:
            return _unknown_link_page()
        speak_to(person)
        return render_template(
            "unsubscribing/ask.html",
            reader=person,
            agency_name=person.agency.name,
            options=sorted(asked.options),
            less=LESS_WORDS,
            is_done=asked.options <= declined_by(person),
        )


def _unknown_link_page() -> ResponseReturnValue:
    return render_template("unsubscribing/unknown_link.html"), 404
