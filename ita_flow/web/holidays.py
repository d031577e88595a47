"""วันหยุด: on which days the office is closed, so that no mail goes out and due dates know their last working day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET, SATURDAY
from ita_flow.domain.holidays import YEARS_AHEAD
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import weekday_date
from ita_flow.queries.holidays import holidays_in
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import chosen_id, tell
from ita_flow.web.forms.holidays import HolidayForm, ListedDayForm, OpeningForm, SwitchForm
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.wording.holidays import SOURCES
from ita_flow.workflow import holidays

bp = Blueprint("holidays", __name__, url_prefix="/admin/holidays")


@bp.get("")
@requires(Permission.CALENDAR_WRITE)
def index() -> str:
    return _page(_year_asked(), HolidayForm())


@bp.post("")
@requires(Permission.CALENDAR_WRITE)
def add() -> tuple[str, int] | Response:
    form = HolidayForm()
    day = form.day.day if form.validate() else None
    year = day.year if day else today().year
    if goes_back() or form.errors:
        return _page(year, form), 422 if form.errors else 200
    about = _("เพิ่มวันหยุด %(day)s %(name)s", day=weekday_date(day), name=form.name.data) if day else ""
    return _saved(form, year, about, lambda: _add(form), _said_of(day))


@bp.post("/opening")
@requires(Permission.CALENDAR_WRITE)
def open_office() -> tuple[str, int] | Response:
    day = _day_sent()

    def deed() -> str:
        holidays.work_on(actor().agency, day, actor=actor(), at=now())
        return _address(day.year)

    about = _("ให้ %(day)s เป็นวันทำการ", day=weekday_date(day))
    return _saved(HolidayForm(formdata=None), day.year, about, deed, _("บันทึกเป็นวันทำการแล้ว"))


@bp.post("/removal")
@requires(Permission.CALENDAR_WRITE)
def remove() -> tuple[str, int] | Response:
    day = _day_sent()

    def deed() -> str:
        holidays.remove_holiday(actor().agency, day, actor=actor(), at=now())
        return _address(day.year)

    about = _("นำวันที่ %(day)s ที่หน่วยงานกำหนดไว้ออก", day=weekday_date(day))
    return _saved(HolidayForm(formdata=None), day.year, about, deed, _("นำออกแล้ว"))


@bp.post("/switches")
@requires(Permission.CALENDAR_WRITE)
def switch() -> tuple[str, int] | Response:
    form = SwitchForm()
    if not form.validate():
        abort(400)
    wanted = {"labour_day": bool(form.labour_day.data), "childrens_day": bool(form.childrens_day.data)}

    def deed() -> str:
        holidays.switch_holidays(actor().agency, **wanted, seen=form.seen.data or "", actor=actor(), at=now())
        return _address(today().year)

    about = _("เปลี่ยนการหยุดในวันแรงงานแห่งชาติและวันเด็กแห่งชาติ")
    return _saved(HolidayForm(formdata=None), today().year, about, deed, _("บันทึกแล้ว"))


def _saved(form: FlaskForm, year: int, about: str, deed: Callable[[], str], said: str) -> tuple[str, int] | Response:
    """Do it once its mails were seen, or show the page again: as it was typed, or with what was refused."""
    if goes_back():
        return redirect(_address(year), code=303)
    try:
        location = once_seen(deed, about)
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(year, form), 422
    flash(said, "success")
    return redirect(location, code=303)


def _add(form: HolidayForm) -> str:
    holiday = holidays.add_holiday(actor().agency, form.day.day, form.name.data or "", actor=actor(), at=now())
    return _address(holiday.day.year)


def _said_of(day: date | None) -> str:
    if day is None or day.weekday() < SATURDAY:
        return _("เพิ่มวันหยุดแล้ว")
    return _("เพิ่มวันหยุดแล้ว วันนี้ตรงกับวันเสาร์หรือวันอาทิตย์ซึ่งเป็นวันหยุดอยู่แล้ว วันส่งอีเมลจึงไม่เปลี่ยน")


def _page(year: int, form: HolidayForm | FlaskForm) -> str:
    agency = actor().agency
    rows = holidays_in(agency, year)
    return render_template(
        "holidays/index.html",
        form=form,
        opening=OpeningForm.of(rows),
        switches=SwitchForm.of(agency),
        rows=rows,
        year=year + BUDDHIST_ERA_OFFSET,
        years=[one + BUDDHIST_ERA_OFFSET for one in _years() if abs(one - year) <= 1],
        sources=SOURCES,
    )


def _day_sent() -> date:
    form = ListedDayForm()
    if not form.validate() or form.day.data is None:
        abort(400)
    day: date = form.day.data
    return day


def _year_asked() -> int:
    """The year that was asked for, if days of it may be kept; else this one."""
    asked = chosen_id(request.args.get("year")) - BUDDHIST_ERA_OFFSET
    return asked if asked in _years() else today().year


def _years() -> range:
    return range(today().year - YEARS_AHEAD, today().year + YEARS_AHEAD + 1)


def _address(year: int) -> str:
    return url_for("holidays.index", year=year + BUDDHIST_ERA_OFFSET)
