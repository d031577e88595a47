"""The plan of a year as a file to take away."""

from __future__ import annotations

import io

from flask import Blueprint, abort, send_file
from werkzeug.wrappers import Response

from ita_flow.documents.plan_files import Form, plan_file
from ita_flow.domain.permissions import Permission
from ita_flow.queries.plans import plan_of
from ita_flow.web.access import actor, now, requires
from ita_flow.web.downloads import NOT_A_PAGE
from ita_flow.workflow.plan_tables import table_of

bp = Blueprint("plan_exports", __name__, url_prefix="/plans")


@bp.get("/<int:year>/export/<form>")
@requires(Permission.PLAN_READ)
def download(year: int, form: str) -> Response:
    agency = actor().agency
    plan = plan_of(agency, year)
    if plan is None or form not in [*Form]:
        abort(404)
    file = plan_file(table_of(plan, agency), Form(form), now())
    response = send_file(
        io.BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )
    response.headers["Content-Security-Policy"] = NOT_A_PAGE
    return response
