"""The holidays of an agency: its own days, days of the list on which it works, and the two that offices differ on."""

from __future__ import annotations

from datetime import date, datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.holidays import LONGEST_NAME, YEARS_AHEAD
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import tidy
from ita_flow.i18n import buddhist_year, long_date
from ita_flow.models.calendar import Holiday
from ita_flow.models.people import Agency, User
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.holidays import listed_name, seen_switches
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk


def add_holiday(agency: Agency, day: date | None, name: str, *, actor: User, at: datetime) -> Holiday:
    """Let the agency be closed on that day. Raises Invalid for a holiday that is there, and for what is none."""
    take_the_desk(agency.id)
    day, name = _day_near(day, bangkok_day(at)), _name(name)
    if _own(agency, day):
        raise Invalid("holiday_in_the_table", field="day", day=long_date(day))
    if day in free_days_of(agency):
        raise Invalid("holiday_twice", field="day", day=long_date(day), name=listed_name(agency, day))
    return _keep(agency, day, name, is_free=True, actor=actor, at=at)


def work_on(agency: Agency, day: date, *, actor: User, at: datetime) -> Holiday:
    """Let the agency work on a day of the list. Raises Invalid for a day that the list does not name."""
    take_the_desk(agency.id)
    name = listed_name(agency, day)
    if name is None or _own(agency, day):
        raise Invalid("holiday_not_in_the_list", day=long_date(day))
    return _keep(agency, day, name[:LONGEST_NAME], is_free=False, actor=actor, at=at)


def remove_holiday(agency: Agency, day: date, *, actor: User, at: datetime) -> None:
    """Take a day out of the agency's own table, so that the list speaks of it again. Raises Invalid if it is gone."""
    take_the_desk(agency.id)
    own = _own(agency, day)
    if own is None:
        raise Invalid("holiday_gone", day=long_date(day))
    agency.holidays.remove(own)
    _record("holiday.removed", agency, actor, at, before=_told(own))


def switch_holidays(
    agency: Agency, *, labour_day: bool, childrens_day: bool, seen: str, actor: User, at: datetime
) -> bool:
    """Say whether the agency is closed on Labour Day and on Children's Day; returns whether that is otherwise now.

    Raises Invalid when it stands neither as it was seen nor as it is wanted.
    """
    take_the_desk(agency.id)
    before, stands = _switched(agency), seen_switches(agency)
    agency.closes_on_labour_day, agency.closes_on_childrens_day = labour_day, childrens_day
    after = _switched(agency)
    if after != before:
        if seen != stands:
            raise Invalid("holiday_switches_changed")
        _record("holiday.switched", agency, actor, at, before=before, after=after)
    return after != before


def _day_near(day: date | None, today: date) -> date:
    if day is None:
        raise Invalid("holiday_without_day", field="day")
    if abs(day.year - today.year) > YEARS_AHEAD:
        first, last = buddhist_year(today) - YEARS_AHEAD, buddhist_year(today) + YEARS_AHEAD
        raise Invalid("holiday_far_away", field="day", first=first, last=last)
    return day


def _name(text: str) -> str:
    name = tidy(text)
    if not name:
        raise Invalid("holiday_without_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("holiday_name_too_long", field="name", most=LONGEST_NAME)
    return name


def _own(agency: Agency, day: date) -> Holiday | None:
    return next((holiday for holiday in agency.holidays if holiday.day == day), None)


def _keep(agency: Agency, day: date, name: str, *, is_free: bool, actor: User, at: datetime) -> Holiday:
    holiday = Holiday(agency_id=agency.id, day=day, name=name, is_free=is_free)
    agency.holidays.append(holiday)
    _record("holiday.added" if is_free else "holiday.opened", agency, actor, at, after=_told(holiday))
    return holiday


def _told(holiday: Holiday) -> audit.Values:
    return {"on": holiday.day.isoformat(), "name": holiday.name}


def _switched(agency: Agency) -> audit.Values:
    return {"labour_day": agency.closes_on_labour_day, "childrens_day": agency.closes_on_childrens_day}


def _record(
    action: str,
    agency: Agency,
    actor: User,
    at: datetime,
    before: audit.Values | None = None,
    after: audit.Values | None = None,
) -> None:
    audit.record(action, agency.id, f"agency:{agency.id}", at=at, actor=actor, before=before, after=after)
