"""What stands around the page that is asked for, read once a request: its view may need it before the frame does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import g, request

from ita_flow.domain.calendar import FiscalYear
from ita_flow.queries.around import NOTHING_AROUND, Around, around_the_page
from ita_flow.queries.plans import closed_on
from ita_flow.queries.proposals import WaitingProposal, proposals_awaiting
from ita_flow.web.access import today


def around() -> Around:
    """The years there are, what is unread, and how far the record goes."""
    if "around" not in g:
        person = g.get("person")
        g.around = around_the_page(person) if person else NOTHING_AROUND
    found: Around = g.around
    return found


def proposals_for_me() -> Sequence[WaitingProposal]:
    """The plans and wishes for a later due date that wait for the person's decision; no query where none waits."""
    if "proposals_for_me" not in g:
        person = g.get("person")
        g.proposals_for_me = proposals_awaiting(person, today()) if person and around().proposed else ()
    found: Sequence[WaitingProposal] = g.proposals_for_me
    return found


def year_to_show() -> int:
    """The year (BE) that a page opens with when it is not asked for one."""
    return around().years.opening(FiscalYear.containing(today()).buddhist_year)


def day_of_closing(year: int) -> date | None:
    """The day on which this year (BE) was closed, for pages that say so; None while it is open."""
    return closed_on(g.person.agency_id, year) if year in around().years.closed else None


def year_asked_for() -> int:
    """The year (BE) in the address or in the form, if it is one, else that with which pages open."""
    try:
        return FiscalYear(int(request.values.get("year", ""))).buddhist_year
    except ValueError:
        return year_to_show()
