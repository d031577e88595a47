"""ตั้งค่า: what an agency sets up once and looks after, each with its state."""

from __future__ import annotations

from flask import Blueprint, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.queries.checklist import checklist_of
from ita_flow.queries.mail import mail_state
from ita_flow.web.access import actor, requires, today

bp = Blueprint("settings", __name__, url_prefix="/admin")


@bp.get("")
@requires(Permission.PEOPLE_WRITE)
def index() -> str:
    agency = actor().agency
    return render_template(
        "settings/index.html", agency=agency, counted=checklist_of(agency, today()), mail=mail_state(agency)
    )
