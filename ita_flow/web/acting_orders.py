"""ผู้รักษาราชการแทน: who acts in whose seat by which order. Holders of a seat see and enter what concerns them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.approval_chains import ActingScope
from ita_flow.domain.permissions import ActingKind, Permission
from ita_flow.domain.refusals import Invalid, NotPermitted
from ita_flow.domain.units import OVER_THE_AGENCY
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Unit, User
from ita_flow.queries.acting_orders import (
    ActedSeat,
    decisions_under,
    order_of,
    orders_of,
    own_seats,
    people_to_act,
    person_to_act,
    seats_by_division,
)
from ita_flow.queries.units import unit_of, units_by_division
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms import chosen_id
from ita_flow.web.forms.acting_orders import EndForm, OrderForm, SeatGroups
from ita_flow.web.once import attempt
from ita_flow.workflow.acting_orders import Order, end_early, enter, is_clerk, may_change, withdraw

bp = Blueprint("acting_orders", __name__, url_prefix="/admin/acting")


@bp.get("")
@requires(Permission.ACTING_WRITE)
def index() -> str:
    only_of = None if _sees_all() else actor()
    return render_template(
        "acting_orders/index.html",
        orders=orders_of(actor().agency_id, today(), only_of),
        may_enter=_sees_all() or bool(own_seats(actor(), today())),
    )


@bp.get("/new")
@requires(Permission.ACTING_WRITE)
def new() -> str:
    return _new_page(OrderForm())


@bp.post("/new")
@requires(Permission.ACTING_WRITE)
def add() -> tuple[str, int] | Response:
    form = OrderForm()
    location = attempt(form, lambda: _enter(form))
    if location is None:
        return _new_page(form), 422
    flash(_("บันทึกคำสั่งที่ %(number)s แล้ว", number=form.order_no.data.strip()), "success")
    return redirect(location, code=303)


@bp.get("/<int:order_id>")
@requires(Permission.ACTING_WRITE)
def show(order_id: int) -> str:
    return _page(_order_or_404(order_id), EndForm())


@bp.post("/<int:order_id>/ending")
@requires(Permission.ACTING_WRITE)
def end(order_id: int) -> tuple[str, int] | Response:
    form = EndForm()

    def deed(order: ActingOrder) -> str:
        end_early(order, form.ends_on.day, actor=actor(), at=now())
        return url_for(".show", order_id=order_id)

    return _done(order_id, form, deed, _("บันทึกวันสิ้นสุดแล้ว"))


@bp.post("/<int:order_id>/removal")
@requires(Permission.ACTING_WRITE)
def remove(order_id: int) -> tuple[str, int] | Response:
    def deed(order: ActingOrder) -> str:
        withdraw(order, actor=actor(), at=now())
        return url_for(".index")

    return _done(order_id, EndForm(), deed, _("นำคำสั่งออกแล้ว"))


def _enter(form: OrderForm) -> str:
    order = Order(
        kind=_kind_chosen(form),
        seat=_seat_chosen(form),
        acting=_person_chosen(form),
        order_no=form.order_no.data or "",
        ordered_on=form.ordered_on.day,
        starts_on=form.starts_on.day or today(),
        ends_on=form.ends_on.day,
        scope=ActingScope.PROGRESS if form.scope.data == ActingScope.PROGRESS.value else ActingScope.ALL,
        division=_division_chosen(form),
    )
    enter(order, actor=actor(), at=now())
    return url_for(".index")


def _kind_chosen(form: OrderForm) -> ActingKind:
    kind = next((one for one in ActingKind if one.value == form.kind.data), None)
    return kind or _refuse("acting_kind_needed", "kind")


def _seat_chosen(form: OrderForm) -> ActedSeat:
    """The seat that was chosen, of those this person may give; raises Invalid when it is not there any more."""
    seats = (seat for _division, seats in _seats() for seat in seats)
    return next((seat for seat in seats if seat.key == form.seat.data), None) or _refuse("acting_seat_needed", "seat")


def _person_chosen(form: OrderForm) -> User:
    person_id = chosen_id(form.acting.data)
    return person_to_act(actor(), person_id) or _refuse("acting_person_needed", "acting")


def _division_chosen(form: OrderForm) -> Unit | None:
    if not form.division.data:
        return None
    return unit_of(actor(), chosen_id(form.division.data)) or _refuse("unit_of_another_agency", "division")


def _seats() -> SeatGroups:
    """The seats in which this person may let somebody act."""
    if _sees_all():
        return seats_by_division(actor().agency_id, today())
    return [(None, own_seats(actor(), today()))]


def _sees_all() -> bool:
    return is_clerk(actor(), today())


def _done(order_id: int, form: EndForm, deed: Callable[[ActingOrder], str], said: str) -> tuple[str, int] | Response:
    """Do it and go where it leads, or show the page of the order with what was refused."""
    _order_or_404(order_id)
    location = attempt(form, lambda: deed(_order_or_404(order_id)))
    if location is None:
        return _page(_order_or_404(order_id), form), 422
    flash(said, "success")
    return redirect(location, code=303)


def _page(order: ActingOrder, form: EndForm) -> str:
    return render_template(
        "acting_orders/show.html",
        order=order,
        form=form,
        decisions=decisions_under(order),
        may_change=may_change(order, actor(), today()),
        has_begun=order.membership.starts_on <= today(),
    )


def _new_page(form: OrderForm) -> str:
    seats = _seats()
    if not any(group for _division, group in seats):
        raise NotPermitted("order_for_own_seat_only")
    is_wide = any(seat.seat in OVER_THE_AGENCY for _division, group in seats for seat in group)
    divisions = [division for division, _sections in units_by_division(actor().agency_id)] if is_wide else []
    form.offer(seats, people_to_act(actor().agency_id, actor()), divisions)
    return render_template("acting_orders/new.html", form=form, has_divisions=bool(divisions))


def _order_or_404(order_id: int) -> ActingOrder:
    """The order, for clerks, for whoever acts, and for whose seat it is; it is not there for others."""
    order = order_of(actor(), order_id)
    if order is None or not (_sees_all() or actor().id in (order.acting_id, order.holder_id)):
        abort(404)
    return order


def _refuse(key: str, field: str) -> NoReturn:
    raise Invalid(key, field=field)
