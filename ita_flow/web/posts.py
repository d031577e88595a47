"""One post of a person: until when it is held, or taken back before it begins."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.models.people import Membership
from ita_flow.queries.acting_orders import order_behind
from ita_flow.queries.people import post_of
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.people import EndingForm
from ita_flow.web.once import once
from ita_flow.workflow.appointments import change_post, withdraw

bp = Blueprint("posts", __name__, url_prefix="/admin/people/<int:user_id>/posts/<int:post_id>")


@bp.get("")
@requires(Permission.PEOPLE_WRITE)
def edit(user_id: int, post_id: int) -> str | Response:
    membership = _post_or_404(user_id, post_id)
    order = order_behind(membership) if membership.acting else None
    if order:
        return redirect(url_for("acting_orders.show", order_id=order.id))
    return _page(membership, EndingForm.of(membership))


@bp.post("")
@requires(Permission.PEOPLE_WRITE)
def update(user_id: int, post_id: int) -> tuple[str, int] | Response:
    form = EndingForm.of(_post_or_404(user_id, post_id))
    if not form.validate():
        return _page(_post_or_404(user_id, post_id), form), 422
    try:
        location = once(lambda: _change(user_id, post_id, form))
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(_post_or_404(user_id, post_id), form), 422
    flash(_("บันทึกตำแหน่งแล้ว"), "success")
    return redirect(location, code=303)


@bp.post("/removal")
@requires(Permission.PEOPLE_WRITE)
def remove(user_id: int, post_id: int) -> tuple[str, int] | Response:
    form = EndingForm.of(_post_or_404(user_id, post_id))
    try:
        location = once(lambda: _withdraw(user_id, post_id))
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(_post_or_404(user_id, post_id), form), 422
    flash(_("นำตำแหน่งออกแล้ว"), "success")
    return redirect(location, code=303)


def _change(user_id: int, post_id: int, form: EndingForm) -> str:
    membership = _post_or_404(user_id, post_id)
    change_post(membership, title=form.title.data or "", ends_on=form.ends_on.day, actor=actor(), at=now())
    return url_for("people.show", user_id=user_id)


def _withdraw(user_id: int, post_id: int) -> str:
    withdraw(_post_or_404(user_id, post_id), actor=actor(), at=now())
    return url_for("people.show", user_id=user_id)


def _page(membership: Membership, form: EndingForm) -> str:
    has_begun = membership.starts_on <= today()
    return render_template("people/edit_post.html", form=form, post=membership, has_begun=has_begun)


def _post_or_404(user_id: int, post_id: int) -> Membership:
    membership = post_of(actor(), user_id, post_id)
    if membership is None:
        abort(404)
    return membership
