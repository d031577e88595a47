"""The forms in which the holidays of an office are kept."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField

from ita_flow.domain.calendar import SATURDAY
from ita_flow.domain.holidays import LONGEST_NAME, HolidaySource
from ita_flow.free_days import CHILDRENS_DAY, LABOUR_DAY
from ita_flow.i18n import weekday_date
from ita_flow.models.people import Agency
from ita_flow.queries.holidays import HolidayRow, seen_switches
from ita_flow.web.forms import typed
from ita_flow.web.forms.people import DayField
from ita_flow.web.forms.plan_editing import SeenForm


class HolidayForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    day = DayField(_l("วันที่"), filters=[typed], render_kw={"autocomplete": "off"})
    name = StringField(_l("ชื่อวันหยุด"), filters=[typed], render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"})


class ListedDayForm(FlaskForm):  # type: ignore[misc]
    """A day in a row of the list."""

    day = DateField()


class OpeningForm(FlaskForm):  # type: ignore[misc]
    """Which of the listed days the office works on."""

    day = SelectField(_l("วันหยุดราชการ"), id="opened-day", validate_choice=False)

    @classmethod
    def of(cls, rows: Iterable[HolidayRow]) -> OpeningForm:
        """The working days of the week on which the list closes the office."""
        form: OpeningForm = cls(formdata=None)
        form.day.choices = [
            (row.day.isoformat(), f"{weekday_date(row.day)} {row.name}")
            for row in rows
            if row.is_free and row.source is not HolidaySource.OWN and row.day.weekday() < SATURDAY
        ]
        return form


class SwitchForm(SeenForm):
    labour_day = BooleanField(LABOUR_DAY)
    childrens_day = BooleanField(CHILDRENS_DAY)

    @classmethod
    def of(cls, agency: Agency) -> SwitchForm:
        """As the agency stands, also on a page that answers another form."""
        standing = {"labour_day": agency.closes_on_labour_day, "childrens_day": agency.closes_on_childrens_day}
        form: SwitchForm = cls(formdata=None, data={"seen": seen_switches(agency), **standing})
        return form
