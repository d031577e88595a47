"""ปฏิทิน: the year as a strip and as a list by month, and the due dates as a file for a calendar of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission
from ita_flow.mail.calendar_files import calendar_file
from ita_flow.models.people import Unit
from ita_flow.queries.tasks import TaskFilter, divisions_with_tasks
from ita_flow.queries.year_calendar import (
    YearCalendar,
    months_of,
    named_on,
    own_divisions,
    tasks_to_take_away,
    year_calendar,
)
from ita_flow.web.access import actor, requires, today
from ita_flow.web.around import day_of_closing, year_asked_for
from ita_flow.web.downloads import calendar_to_take
from ita_flow.web.forms import chosen_id

bp = Blueprint("calendar", __name__)


@dataclass(frozen=True)
class Choice:
    """Whose due dates a calendar can show: those of everybody, of the reader, or of a division."""

    is_mine: bool = False
    division: Unit | None = None

    @property
    def query(self) -> dict[str, int]:
        """What stands in the address."""
        if self.is_mine:
            return {"mine": 1}
        return {"division": self.division.id} if self.division else {}


@bp.get("/calendar")
@requires(Permission.DASHBOARD_READ)
def index() -> str:
    year = year_asked_for()
    choice = _asked_choice(year)
    calendar = _calendar(year, choice)
    months = months_of(actor(), calendar)
    return render_template(
        "calendar/index.html",
        year=year,
        closed_on=day_of_closing(year),
        calendar=calendar,
        strip=calendar.strip,
        months=months,
        named=named_on((one for _first, days in months for one in days), today()),
        choice=choice,
        choices=_choices(choice),
    )


@bp.get("/calendar.ics")
@requires(Permission.DASHBOARD_READ)
def download() -> Response:
    """What is not done yet, and the windows of the assessment."""
    year = year_asked_for()
    calendar = _calendar(year, _asked_choice(year))
    tasks = tasks_to_take_away(actor(), calendar.unfinished)
    return calendar_to_take(calendar_file(tasks, real_now(), calendar.windows), f"ita-flow-{year}.ics")


def _calendar(year: int, choice: Choice) -> YearCalendar:
    division = choice.division.id if choice.division else None
    return year_calendar(actor(), TaskFilter(year, mine=choice.is_mine, division=division), today())


def _asked_choice(year: int) -> Choice:
    """A division that has no task that year is passed over."""
    if request.args.get("mine") == "1":
        return Choice(is_mine=True)
    asked = chosen_id(request.args.get("division"))
    divisions = divisions_with_tasks(actor(), year) if asked else ()
    return Choice(division=next((one for one in divisions if one.id == asked), None))


def _choices(chosen: Choice) -> list[Choice]:
    """What the reader can switch between: everybody's, their own, and those of the divisions they belong to."""
    may_report = actor().may(Permission.REPORT_WRITE, today()) or chosen.is_mine
    divisions = {one.id: one for one in (*own_divisions(actor(), today()), chosen.division) if one}
    return [
        Choice(),
        *([Choice(is_mine=True)] if may_report else []),
        *(Choice(division=one) for one in divisions.values()),
    ]
