"""One post of a person: until when it is held, or taken back before it begins."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import weekday_date
from ita_flow.models.people import Membership
from ita_flow.queries.acting_orders import order_behind
from ita_flow.queries.people import post_of
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.people import EndingForm
from ita_flow.web.once import once
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.wording.posts import post_with_unit
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
    if goes_back():
        return _page(_post_or_404(user_id, post_id), form), 200
    try:
        location = _change_seen(user_id, post_id, form)
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
    if goes_back():
        return redirect(url_for(".edit", user_id=user_id, post_id=post_id), code=303)
    try:
        location = _withdraw_seen(user_id, post_id)
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(_post_or_404(user_id, post_id), form), 422
    flash(_("นำตำแหน่งออกแล้ว"), "success")
    return redirect(location, code=303)


def _change_seen(user_id: int, post_id: int, form: EndingForm) -> str:
    """Whoever leaves a post gets no mails of it any more; who gets them then is shown before it is saved."""
    membership = _post_or_404(user_id, post_id)
    if form.ends_on.day == membership.ends_on:
        return once(lambda: _change(user_id, post_id, form))
    return once_seen(lambda: _change(user_id, post_id, form), _ending(membership, form.ends_on.day), always=False)


def _ending(membership: Membership, ends_on: date | None) -> str:
    post, name = post_with_unit(membership), membership.user.name
    if ends_on is None:
        return _("%(name)s ดำรงตำแหน่ง %(post)s โดยไม่กำหนดวันสิ้นสุด", name=name, post=post)
    return _("%(name)s ดำรงตำแหน่ง %(post)s ถึง %(day)s", name=name, post=post, day=weekday_date(ends_on))


def _withdraw_seen(user_id: int, post_id: int) -> str:
    membership = _post_or_404(user_id, post_id)
    about = _("นำตำแหน่ง %(post)s ของ %(name)s ออก", post=post_with_unit(membership), name=membership.user.name)
    return once_seen(lambda: _withdraw(user_id, post_id), about, always=False)


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
