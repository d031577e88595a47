"""What stands around the page that is asked for, read once a request: its view may need it before the frame does."""

from __future__ import annotations

from flask import g, request

from ita_flow.domain.calendar import FiscalYear
from ita_flow.queries.around import NOTHING_AROUND, Around, around_the_page
from ita_flow.web.access import today


def around() -> Around:
    """The years there are, what is unread, and how far the record goes."""
    if "around" not in g:
        person = g.get("person")
        g.around = around_the_page(person) if person else NOTHING_AROUND
    found: Around = g.around
    return found


def year_to_show() -> int:
    """The year (BE) that a page opens with when it is not asked for one."""
    return around().years.opening(FiscalYear.containing(today()).buddhist_year)


def year_asked_for() -> int:
    """The year (BE) in the address or in the form, if it is one, else that with which pages open."""
    try:
        return FiscalYear(int(request.values.get("year", ""))).buddhist_year
    except ValueError:
        return year_to_show()
