"""A list of people from a spreadsheet: looked at first, and taken in whole when it is confirmed."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission, Role
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import long_date
from ita_flow.intake.people_csv import COLUMNS, MOST_BYTES, decoded
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import tell, typed
from ita_flow.web.forms.people import PeopleListForm
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.wording.labels import label_of
from ita_flow.workflow.people_csv import ListRefused, take_in
from ita_flow.workflow.people_outlook import Change, Outlook, look_ahead

bp = Blueprint("people_import", __name__, url_prefix="/admin/people/import")

LONGEST_TO_MEND = 20_000
"""How long a list may be that is offered in a box to be mended by hand; a longer one is mended in its own file."""


@bp.get("")
@requires(Permission.PEOPLE_WRITE)
def new() -> str:
    return _page(PeopleListForm())


@bp.post("")
@requires(Permission.PEOPLE_WRITE)
def preview() -> str | tuple[str, int]:
    """Look only: nothing is changed, so the list travels to the confirmation inside the page."""
    form = PeopleListForm()
    try:
        form.text.data = _text_sent(form)
        outlook = _outlook(form)
    except Invalid as refusal:
        tell(form, refusal)
        return _page(form), 422
    return _preview_page(form, outlook), 422 if outlook.problems else 200


@bp.post("/confirmation")
@requires(Permission.PEOPLE_WRITE)
def confirm() -> tuple[str, int] | Response:
    form = PeopleListForm()
    form.text.data = _text_sent(form)
    try:
        location = once(lambda: _take_in(form))
    except ListRefused as refused:
        begin_reading()
        return _preview_page(form, refused.outlook), 422
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(form), 422
    flash(_("บันทึกรายชื่อแล้ว ระบบจะส่งคำเชิญถึงบุคลากรใหม่ทุกคน"), "success")
    return redirect(location, code=303)


@bp.get("/template.csv")
@requires(Permission.PEOPLE_WRITE)
def template() -> Response:
    """The heading and a row to copy. With a byte-order mark, by which spreadsheet programs know Thai."""
    return Response(
        "\ufeff" + _written([[names[0] for names in COLUMNS.values()], _example()]),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=people.csv"},
    )


def _text_sent(form: PeopleListForm) -> str:
    """The text of the file, or what was pasted where no file came."""
    if getattr(form.file.data, "filename", ""):
        return typed(decoded(form.file.data.stream.read(MOST_BYTES + 1)))
    return typed(form.text.data)


def _outlook(form: PeopleListForm) -> Outlook:
    return look_ahead(actor().agency, form.text.data or "", actor=actor(), at=now())


def _take_in(form: PeopleListForm) -> str:
    take_in(actor().agency, form.text.data or "", actor=actor(), at=now(), now=real_now())
    return url_for("people.index")


def _page(form: PeopleListForm) -> str:
    return render_template("people/import.html", form=form, columns=[names[0] for names in COLUMNS.values()])


def _preview_page(form: PeopleListForm, outlook: Outlook) -> str:
    return render_template(
        "people/preview.html",
        form=form,
        outlook=outlook,
        Change=Change,
        sentence_of=sentence_of,
        may_mend=len(form.text.data or "") <= LONGEST_TO_MEND,
    )


def _example() -> list[str]:
    section, division = _("ฝ่ายพัสดุและทรัพย์สิน"), _("กองคลัง")
    post, role = _("นักวิชาการพัสดุ"), label_of(Role.OFFICER)
    return ["somsri@example.go.th", _("สมศรี ตัวอย่าง"), post, section, division, role, "", long_date(today()), ""]


def _written(rows: list[list[str]]) -> str:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n").writerows(rows)
    return sheet.getvalue()
