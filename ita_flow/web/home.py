"""งานของฉัน: what a person has to do now, and what stands around it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.queries.dashboard import Overview, overview
from ita_flow.queries.evidence import damaged_evidence
from ita_flow.queries.operations import signs_of_life
from ita_flow.queries.plans import year_to_show
from ita_flow.queries.worklist import Worklist, worklist_of
from ita_flow.web.access import actor, requires, today
from ita_flow.web.checklist import checklist_shown
from ita_flow.web.coming_dates import coming_dates
from ita_flow.web.health import troubles
from ita_flow.wording.posts import post_with_unit

bp = Blueprint("home", __name__)


@bp.get("/")
@requires(Permission.ACCOUNT_USE)
def entrance() -> Response:
    return redirect(url_for(".index"))


@bp.get("/home")
@requires(Permission.ACCOUNT_USE)
def index() -> str:
    work = worklist_of(actor(), today())
    year = _year_instead_of(work)
    rows = year.tasks if year else [*work.now, *work.later, *work.division]
    return render_template(
        "home/index.html",
        work=work,
        year=year,
        posts=_posts(),
        dates=coming_dates(rows, today()),
        checklist=checklist_shown(),
        **_troubles(),
    )


def _troubles() -> dict[str, object]:
    """What does not run, whom no mail reaches, and evidence that is not what was put in: for who looks after them."""
    if not actor().may(Permission.AUDIT_READ, today()):
        return {}
    signs = signs_of_life(actor().agency_id)
    damaged = damaged_evidence(actor().agency_id) if signs.damaged else ()
    if not actor().may(Permission.MAIL_TEST, today()):
        return {"damaged": damaged}
    return {"damaged": damaged, "troubles": troubles(signs), "failing": signs.failing}


def _year_instead_of(work: Worklist) -> Overview | None:
    """The whole year, for people who have neither tasks nor a division."""
    if work.division or not work.is_empty:
        return None
    year = year_to_show(actor().agency, today())
    return overview(actor(), year, today())


def _posts() -> list[str]:
    """The posts of the person, each with its unit unless it is named already."""
    memberships = actor().memberships_on(today())
    return list(dict.fromkeys(post_with_unit(membership) for membership in memberships))
