"""งานของฉัน: what a person has to do now, and what stands around it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Permission, Seat
from ita_flow.domain.year_ends import is_closing_due
from ita_flow.queries.activity import last_check
from ita_flow.queries.dashboard import Overview, most_urgent, overview
from ita_flow.queries.evidence import damaged_evidence
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.operations import signs_of_life
from ita_flow.queries.worklist import Worklist, worklist_of
from ita_flow.web.access import actor, requires, today
from ita_flow.web.around import around, year_to_show
from ita_flow.web.chase_counts import chase_counts
from ita_flow.web.checklist import checklist_shown
from ita_flow.web.coming_dates import coming_dates
from ita_flow.web.health import troubles
from ita_flow.web.worklist_parts import parts_of
from ita_flow.wording.posts import post_with_unit

bp = Blueprint("home", __name__)

MOST_SHOWN = 5
"""How many of the tasks to be followed up are shown: of the year, to those who have none of their own."""

OF_THE_DIVISION = 8
"""How many of the tasks of colleagues are shown; the page of the division shows them all."""


@bp.get("/")
@requires(Permission.ACCOUNT_USE)
def entrance() -> Response:
    return redirect(url_for(".index"))


@bp.get("/home")
@requires(Permission.ACCOUNT_USE)
def index() -> str:
    work = worklist_of(actor(), today())
    year = _year_beside(work)
    rows = year.tasks if year else [*work.now, *work.later, *work.division]
    return render_template(
        "home/index.html",
        work=work,
        parts=parts_of(work),
        year=year,
        urgent=most_urgent(year, MOST_SHOWN) if year and not _chases() else (),
        chase=chase_counts(year, today()) if year and _chases() else None,
        of_the_division=OF_THE_DIVISION,
        posts=_posts(),
        dates=coming_dates(rows, today(), free_days_of(actor().agency)),
        checklist=checklist_shown(),
        unclosed=_unclosed(),
        **_record(),
        **_troubles(),
    )


def _unclosed() -> list[int]:
    """The years (BE) that are over and wait to be closed: for who may do that."""
    if not actor().may(Permission.PLAN_WRITE, today()):
        return []
    years = around().years
    return [one for one in years.worked_on if is_closing_due(FiscalYear(one), today())]


def _troubles() -> dict[str, object]:
    """What does not run, whom no mail reaches, and evidence that is not what was put in: for who looks after them."""
    if not actor().may(Permission.AUDIT_READ, today()):
        return {}
    signs = signs_of_life(actor().agency_id)
    damaged = damaged_evidence(actor().agency_id) if signs.damaged else ()
    if not actor().may(Permission.MAIL_TEST, today()):
        return {"damaged": damaged}
    return {"damaged": damaged, "troubles": troubles(signs), "failing": signs.failing}


def _year_beside(work: Worklist) -> Overview | None:
    """The whole year: for those who look after all of it, and for people who have neither tasks nor a division."""
    if not (_chases() or _heads_the_agency()) and (work.division or not work.is_empty):
        return None
    year = year_to_show()
    return overview(actor(), year, today())


def _chases() -> bool:
    """Whether the person asks after what is late."""
    return actor().may(Permission.CHASE_WRITE, today())


def _heads_the_agency() -> bool:
    return any(post.seat in (Seat.CHIEF, Seat.EXECUTIVE) for post in actor().memberships_on(today()))


def _record() -> dict[str, object]:
    """When the record was last looked through, and whether it was whole: for those who read it."""
    if not actor().may(Permission.AUDIT_READ, today()):
        return {}
    return {"check": last_check(actor().agency_id)}


def _posts() -> list[str]:
    """The posts of the person, each with its unit unless it is named already."""
    memberships = actor().memberships_on(today())
    return list(dict.fromkeys(post_with_unit(membership) for membership in memberships))
