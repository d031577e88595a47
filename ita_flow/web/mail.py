"""Mail: whether it leaves the house, and a letter to oneself to try it out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from ita_flow.config import BadSetting, settings
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission
from ita_flow.mail.carriers import server_name
from ita_flow.mail.sender import from_address
from ita_flow.queries.mail import last_test_of, mail_state
from ita_flow.queries.operations import signs_of_life
from ita_flow.web.access import actor, now, requires
from ita_flow.web.health import troubles
from ita_flow.web.once import once
from ita_flow.workflow.mail import send_test

bp = Blueprint("mail", __name__, url_prefix="/admin/mail")


@bp.get("")
@requires(Permission.MAIL_TEST)
def index() -> str:
    server, complaint = _server()
    return render_template(
        "mail/index.html",
        server=server,
        complaint=complaint,
        sender=from_address(),
        is_demo=settings().is_demo,
        state=mail_state(actor().agency),
        test=last_test_of(actor()),
        troubles=troubles(signs_of_life()),
    )


@bp.post("/test")
@requires(Permission.MAIL_TEST)
def test() -> Response:
    return redirect(once(_promise_a_test), code=303)


def _promise_a_test() -> str:
    send_test(actor(), at=now(), now=real_now())
    return url_for(".index")


def _server() -> tuple[str | None, str | None]:
    """The mail server of this installation, or what is wrong with the setting that names it."""
    try:
        return server_name(settings()), None
    except BadSetting as error:
        return None, str(error)
