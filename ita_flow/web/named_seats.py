"""Seats that an agency names itself: one added, renamed, or removed while nothing refers to it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.models.people import NamedSeat
from ita_flow.queries.seating import named_seat_of
from ita_flow.web.access import actor, begin_reading, now, requires
from ita_flow.web.approval_chains import settings_page
from ita_flow.web.forms import tell
from ita_flow.web.forms.approval_chains import NamedSeatForm
from ita_flow.web.once import once
from ita_flow.workflow.named_seats import add_named_seat, is_in_use, remove_named_seat, rename_named_seat

bp = Blueprint("named_seats", __name__, url_prefix="/admin/chains/seats")


@bp.post("")
@requires(Permission.CHAIN_WRITE)
def add() -> tuple[str, int] | Response:
    form = NamedSeatForm()
    form.validate()
    try:
        location = once(lambda: _add(form))
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return settings_page(form), 422
    flash(_("เพิ่มตำแหน่งแล้ว เลือกใช้ในสายการพิจารณา และกำหนดผู้ดำรงตำแหน่งที่หน้าบุคลากร"), "success")
    return redirect(location, code=303)


@bp.get("/<int:seat_id>")
@requires(Permission.CHAIN_WRITE)
def edit(seat_id: int) -> str:
    seat = _seat_or_404(seat_id)
    return _page(seat, NamedSeatForm(formdata=None, obj=seat))


@bp.post("/<int:seat_id>")
@requires(Permission.CHAIN_WRITE)
def rename(seat_id: int) -> tuple[str, int] | Response:
    form = NamedSeatForm()
    form.validate()

    def deed(seat: NamedSeat) -> None:
        rename_named_seat(seat, form.name.data or "", actor=actor(), at=now())

    return _done(seat_id, form, deed, _("บันทึกชื่อตำแหน่งแล้ว ผลการพิจารณาที่ผ่านมายังแสดงชื่อเดิม"))


@bp.post("/<int:seat_id>/removal")
@requires(Permission.CHAIN_WRITE)
def remove(seat_id: int) -> tuple[str, int] | Response:
    form = NamedSeatForm(formdata=None, obj=_seat_or_404(seat_id))

    def deed(seat: NamedSeat) -> None:
        remove_named_seat(seat, actor=actor(), at=now())

    return _done(seat_id, form, deed, _("นำตำแหน่งออกแล้ว"))


def _add(form: NamedSeatForm) -> str:
    add_named_seat(actor().agency, form.name.data or "", actor=actor(), at=now())
    return url_for("approval_chains.index")


def _done(
    seat_id: int, form: NamedSeatForm, deed: Callable[[NamedSeat], None], said: str
) -> tuple[str, int] | Response:
    """Do it and show all chains, or the page of the seat with what was refused."""
    _seat_or_404(seat_id)

    def done() -> str:
        deed(_seat_or_404(seat_id))
        return url_for("approval_chains.index")

    try:
        location = once(done)
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(_seat_or_404(seat_id), form), 422
    flash(said, "success")
    return redirect(location, code=303)


def _page(seat: NamedSeat, form: NamedSeatForm) -> str:
    return render_template("approval_chains/seat.html", form=form, seat=seat, is_in_use=is_in_use(seat))


def _seat_or_404(seat_id: int) -> NamedSeat:
    seat = named_seat_of(actor(), seat_id)
    if seat is None:
        abort(404)
    return seat
