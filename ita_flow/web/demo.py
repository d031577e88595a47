"""The mails of a demo, which never go out: read here instead."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from ita_flow.config import settings
from ita_flow.domain.permissions import Permission
from ita_flow.queries.demo_outbox import newest_messages
from ita_flow.web.access import actor, requires

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.get("/outbox")
@requires(Permission.DEMO_OUTBOX_READ)
def outbox() -> str:
    if not (settings().is_demo or actor().agency.is_demo):
        abort(404)
    return render_template("demo/outbox.html", messages=newest_messages(actor().agency))
