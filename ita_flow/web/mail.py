"""Mail: whether it leaves the house, what does not and why, and a letter to oneself to try it out."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.config import BadSetting, settings
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.mail.carriers import server_name
from ita_flow.mail.sender import from_address
from ita_flow.models.outbox import OutboxMessage
from ita_flow.queries.mail import dead_mails, failing_addresses, last_test_of, mail_state, message_of, waiting_mails
from ita_flow.queries.operations import signs_of_life
from ita_flow.web.access import actor, begin_reading, now, requires
from ita_flow.web.health import troubles
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.wording.mail import mail_called, why_not_sent
from ita_flow.workflow.mail import send_again, send_test

bp = Blueprint("mail", __name__, url_prefix="/admin/mail")


@bp.get("")
@requires(Permission.MAIL_TEST)
def index() -> str:
    return _page()


@bp.post("/test")
@requires(Permission.MAIL_TEST)
def test() -> Response:
    return redirect(once(_promise_a_test), code=303)


def _promise_a_test() -> str:
    send_test(actor(), at=now(), now=real_now())
    return url_for(".index")


@bp.post("/<int:message_id>/again")
@requires(Permission.MAIL_TEST)
def again(message_id: int) -> tuple[str, int] | Response:
    _message_or_404(message_id)
    try:
        location = once(lambda: _offer_again(message_id))
    except Invalid as refusal:
        begin_reading()
        return _page(sentence_of(refusal)), 422
    flash(_("ระบบจะส่งอีเมลฉบับนี้อีกครั้ง โดยปกติส่งภายในหนึ่งนาที"), "success")
    return redirect(location, code=303)


def _offer_again(message_id: int) -> str:
    send_again(_message_or_404(message_id), actor=actor(), at=now(), now=real_now())
    return url_for(".index")


def _message_or_404(message_id: int) -> OutboxMessage:
    message = message_of(actor(), message_id)
    if message is None:
        abort(404)
    return message


def _page(refused: str | None = None) -> str:
    """The page, with what was refused, if anything was."""
    server, complaint = _server()
    agency = actor().agency
    state = mail_state(agency)
    return render_template(
        "mail/index.html",
        refused=refused,
        server=server,
        complaint=complaint,
        sender=from_address(),
        is_demo=settings().is_demo,
        state=state,
        dead=dead_mails(agency, state.dead, request.args.get("page", 1, type=int)),
        failing=failing_addresses(agency),
        waiting=waiting_mails(agency),
        test=last_test_of(actor()),
        troubles=troubles(signs_of_life()),
        mail_called=mail_called,
        why_not_sent=why_not_sent,
        a_minute=settings().mails_per_minute,
        pages_of_dead=lambda number: {"page": number},
        shift=now() - real_now(),
        true_now=real_now(),
    )


def _server() -> tuple[str | None, str | None]:
    """The mail server of this installation, or what is wrong with the setting that names it."""
    try:
        return server_name(settings()), None
    except BadSetting as error:
        return None, str(error)
