"""สายการพิจารณา: which seats decide, for the agency, for its plans, and for divisions and years with their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.approval_chains import MOST_SEATS, Chain, ChainSeat, Subject, Verb
from ita_flow.domain.permissions import Permission, Seat
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.units import OVER_THE_AGENCY
from ita_flow.models.people import Unit
from ita_flow.models.plans import Plan
from ita_flow.queries.approval_chains import ChainScope, chain_settled, plans_to_rule, wider_chain
from ita_flow.queries.seating import named_seats_of
from ita_flow.queries.units import unit_of
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.chain_steps import seat_title, settings_shown
from ita_flow.web.forms import tell
from ita_flow.web.forms.approval_chains import (
    ChainForm,
    NamedSeatForm,
    SeatRow,
    chain_of,
    revision_sent,
    sent_rows,
    stored_rows,
)
from ita_flow.web.forms.seats import seat_value
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.workflow.approval_chains import NONE_YET, drop_chain, save_chain

bp = Blueprint("approval_chains", __name__, url_prefix="/admin/chains")


@dataclass(frozen=True)
class Ruled:
    """What a chain rules over, as its page speaks of it: a division, a plan, or the agency."""

    division: Unit | None = None
    plan: Plan | None = None
    subject: Subject = Subject.REPORTS

    @property
    def scope(self) -> ChainScope:
        return ChainScope(
            actor().agency_id,
            self.division.id if self.division else None,
            self.plan.id if self.plan else None,
            self.subject,
        )

    @property
    def saved_at(self) -> str:
        return url_for(".save_for_plans") if self.decides_on_plans else url_for(".save", **self.where)

    @property
    def dropped_at(self) -> str:
        return url_for(".drop_for_plans") if self.decides_on_plans else url_for(".drop", **self.where)

    @property
    def is_of_the_agency(self) -> bool:
        return self.scope.is_of_the_agency

    @property
    def decides_on_plans(self) -> bool:
        return self.subject is Subject.PLANS

    @property
    def name(self) -> str:
        if self.decides_on_plans:
            return _("แผนมาตรการ")
        if self.division:
            return self.division.name
        return _("แผนปี %(year)s", year=self.plan.year) if self.plan else _("ทั้งหน่วยงาน")

    @property
    def where(self) -> dict[str, Any]:
        """The parts of its address."""
        if self.division:
            return {"division_id": self.division.id}
        return {"year": self.plan.year} if self.plan else {}


@bp.get("")
@requires(Permission.CHAIN_WRITE)
def index() -> str:
    return settings_page(NamedSeatForm())


def settings_page(form: NamedSeatForm) -> str:
    """All chains, and the seats that the agency named with the form to add another."""
    return render_template("approval_chains/index.html", form=form, shown=settings_shown(actor().agency_id, today()))


@bp.get("/agency")
@bp.get("/divisions/<int:division_id>")
@bp.get("/plans/<int:year>")
@requires(Permission.CHAIN_WRITE)
def edit(division_id: int | None = None, year: int | None = None) -> str:
    return _edit(_ruled_or_404(division_id, year))


@bp.get("/plans")
@requires(Permission.CHAIN_WRITE)
def edit_for_plans() -> str:
    return _edit(Ruled(subject=Subject.PLANS))


def _edit(ruled: Ruled) -> str:
    settled = chain_settled(ruled.scope)
    chain = settled.chain if settled else wider_chain(ruled.scope)
    form = ChainForm(
        formdata=None,
        data={"progress_walks_all": chain.progress_walks_all, "distinct_deciders": chain.distinct_deciders},
    )
    return _page(ruled, form, stored_rows(chain))


@bp.post("/agency")
@bp.post("/divisions/<int:division_id>")
@bp.post("/plans/<int:year>")
@requires(Permission.CHAIN_WRITE)
def save(division_id: int | None = None, year: int | None = None) -> tuple[str, int] | Response:
    return _saved(lambda: _ruled_or_404(division_id, year))


@bp.post("/plans")
@requires(Permission.CHAIN_WRITE)
def save_for_plans() -> tuple[str, int] | Response:
    return _saved(lambda: Ruled(subject=Subject.PLANS))


def _saved(ruled: Callable[[], Ruled]) -> tuple[str, int] | Response:
    """What it rules over is read anew in every transaction."""
    form, rows = ChainForm(), sent_rows() or stored_rows(Chain(()))
    chain, problems = chain_of(rows, form)
    if problems:
        return _page(ruled(), form, rows, problems), 422
    ruled()
    try:
        location = once(lambda: _save(ruled(), chain))
    except (Invalid, Stale) as refusal:
        begin_reading()
        return _page_again(ruled(), form, rows, refusal)
    flash(_("บันทึกสายการพิจารณาแล้ว ใช้กับเรื่องที่ส่งพิจารณาหลังจากนี้"), "success")
    return redirect(location, code=303)


@bp.post("/agency/removal")
@bp.post("/divisions/<int:division_id>/removal")
@bp.post("/plans/<int:year>/removal")
@requires(Permission.CHAIN_WRITE)
def drop(division_id: int | None = None, year: int | None = None) -> Response:
    return _dropped(lambda: _ruled_or_404(division_id, year))


@bp.post("/plans/removal")
@requires(Permission.CHAIN_WRITE)
def drop_for_plans() -> Response:
    return _dropped(lambda: Ruled(subject=Subject.PLANS))


def _dropped(ruled: Callable[[], Ruled]) -> Response:
    ruled()
    location = once(lambda: _drop(ruled()))
    flash(_("ยกเลิกสายการพิจารณานี้แล้ว เรื่องที่ส่งพิจารณาไปก่อนยังใช้สายเดิม"), "success")
    return redirect(location, code=303)


def _save(ruled: Ruled, chain: Chain) -> str:
    save_chain(ruled.scope, chain, revision_sent(), actor=actor(), at=now())
    return url_for(".index")


def _drop(ruled: Ruled) -> str:
    drop_chain(ruled.scope, revision_sent(), actor=actor(), at=now())
    return url_for(".index")


def _page_again(ruled: Ruled, form: ChainForm, rows: Sequence[SeatRow], refusal: Invalid | Stale) -> tuple[str, int]:
    """Everything as it was typed. After Stale the next press is weighed against what is settled now."""
    if isinstance(refusal, Stale):
        return _page(ruled, form, rows, [Invalid(refusal.key, None, **refusal.values)]), 409
    field = "seat-1" if refusal.field == "seats" else refusal.field
    return _page(ruled, form, rows, [Invalid(refusal.key, field, **refusal.values)]), 422


def _page(ruled: Ruled, form: ChainForm, rows: Sequence[SeatRow], problems: Sequence[Invalid] = ()) -> str:
    settled = chain_settled(ruled.scope)
    for problem in problems:
        tell(form, problem)
    return render_template(
        "approval_chains/edit.html",
        ruled=ruled,
        form=form,
        rows=rows,
        seats=_seats_to_choose(ruled),
        verbs=Verb,
        most=MOST_SEATS,
        settled=settled,
        revision=settled.revision if settled else NONE_YET,
        problems=[(problem.field, sentence_of(problem)) for problem in problems],
    )


def _seats_to_choose(ruled: Ruled) -> list[tuple[str, str]]:
    """The known seats as they are called there, and those that the agency named; no unit decides on a plan."""
    kinds = (seat for seat in Seat if seat in OVER_THE_AGENCY or not ruled.decides_on_plans)
    known = [
        (seat_value(kind), seat_title(ChainSeat(kind), ruled.division)) for kind in kinds if kind is not Seat.NAMED
    ]
    named = [(seat_value(Seat.NAMED, seat.id), seat.name) for seat in named_seats_of(actor().agency_id)]
    return known + named


def _ruled_or_404(division_id: int | None, year: int | None) -> Ruled:
    if year is not None:
        plan = next((plan for plan in plans_to_rule(actor().agency_id) if plan.year == year), None)
        return Ruled(plan=plan or abort(404))
    if division_id is None:
        return Ruled()
    division = unit_of(actor(), division_id)
    if division is None or division.parent_id is not None:
        abort(404)
    return Ruled(division=division)
