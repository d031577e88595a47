"""The agency itself: what it is called, what it is, whom people ask."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import AGENCY_TYPES
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms import tell
from ita_flow.web.forms.agency import AgencyForm
from ita_flow.web.once import once
from ita_flow.workflow.agencies import describe

bp = Blueprint("agency", __name__, url_prefix="/admin/agency")


@bp.get("")
@requires(Permission.AGENCY_WRITE)
def edit() -> str:
    return _page(AgencyForm.of(actor().agency))


@bp.post("")
@requires(Permission.AGENCY_WRITE)
def update() -> tuple[str, int] | Response:
    form = AgencyForm()
    form.validate()
    try:
        location = once(lambda: _described(form))
    except Invalid as refusal:
        tell(form, refusal)
        return _page(form), 422
    flash(_("บันทึกข้อมูลหน่วยงานแล้ว"), "success")
    return redirect(location, code=303)


def _described(form: AgencyForm) -> str:
    describe(actor().agency, form.description, actor=actor(), at=now())
    return url_for("settings.index")


def _page(form: AgencyForm) -> str:
    return render_template("agency/edit.html", form=form, agency=actor().agency, types=AGENCY_TYPES)
