"""บัญชีข้อ OIT: what the codes of each year mean, and how a catalogue is taken in."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.intake.catalogue_csv import COLUMNS, MOST_BYTES, decoded
from ita_flow.queries.catalogue import catalogue_years, citations_of, items_of_years
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.downloads import csv_to_take
from ita_flow.web.forms import tell, typed
from ita_flow.web.forms.catalogue import CatalogueForm
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.workflow.catalogue import CatalogueOutlook, CatalogueRefused, look_ahead, take_in

bp = Blueprint("catalogue", __name__, url_prefix="/items")


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    if not FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
        abort(404)
    agency = actor().agency
    years = {known.year: known.items for known in catalogue_years(agency)}
    return render_template(
        "catalogue/show.html",
        year=year,
        years=sorted({*years, year}, reverse=True),
        items=items_of_years(agency, [year]),
        citations=citations_of(agency, year),
        may_write=actor().may(Permission.PLAN_WRITE, today()),
    )


@bp.get("/import")
@requires(Permission.PLAN_WRITE)
def new() -> str:
    return _page(CatalogueForm())


@bp.post("/import")
@requires(Permission.PLAN_WRITE)
def preview() -> str | tuple[str, int]:
    """Look only: nothing is changed, so the catalogue travels to the confirmation inside the page."""
    form = CatalogueForm()
    try:
        form.text.data = _text_sent(form)
        outlook = look_ahead(actor().agency, form.text.data)
    except Invalid as refusal:
        tell(form, refusal)
        return _page(form), 422
    return _preview_page(form, outlook), 422 if outlook.problems else 200


@bp.post("/import/confirmation")
@requires(Permission.PLAN_WRITE)
def confirm() -> tuple[str, int] | Response:
    form = CatalogueForm()
    form.text.data = typed(form.text.data)
    try:
        location = once(lambda: _take_in(form.text.data))
    except CatalogueRefused as refused:
        begin_reading()
        return _preview_page(form, refused.outlook), 422
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(form), 422
    flash(_("บันทึกบัญชีข้อแล้ว"), "success")
    return redirect(location, code=303)


@bp.get("/template.csv")
@requires(Permission.PLAN_WRITE)
def template() -> Response:
    """The heading and a row to copy. With a byte-order mark, by which spreadsheet programs know Thai."""
    sheet = io.StringIO()
    example = [str(_this_year()), "O1", _("โครงสร้าง อำนาจหน้าที่ และส่วนราชการ")]
    csv.writer(sheet, lineterminator="\r\n").writerows([[names[0] for names in COLUMNS.values()], example])
    return csv_to_take(f"\ufeff{sheet.getvalue()}".encode(), "items.csv", _("แบบบัญชีข้อ OIT.csv"))


def _text_sent(form: CatalogueForm) -> str:
    """The text of the file, or what was pasted where no file came."""
    if getattr(form.file.data, "filename", ""):
        return typed(decoded(form.file.data.stream.read(MOST_BYTES + 1)))
    return typed(form.text.data)


def _take_in(text: str) -> str:
    outlook = take_in(actor().agency, text, actor=actor(), at=now())
    return url_for(".show", year=outlook.years[0])


def _this_year() -> int:
    return FiscalYear.containing(today()).buddhist_year


def _page(form: CatalogueForm) -> str:
    columns = [names[0] for names in COLUMNS.values()]
    return render_template("catalogue/import.html", form=form, columns=columns, year=_this_year())


def _preview_page(form: CatalogueForm, outlook: CatalogueOutlook) -> str:
    return render_template(
        "catalogue/preview.html", form=form, outlook=outlook, sentence_of=sentence_of, year=_this_year()
    )
