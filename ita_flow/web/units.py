"""Divisions and sections: the tree, and the page on which one is renamed, given other names, merged or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.models.people import Unit
from ita_flow.queries.approval_chains import ChainScope, chain_settled
from ita_flow.queries.units import all_units, row_of, unit_of, unit_tree
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import chosen_id, tell
from ita_flow.web.forms.units import AliasForm, MergingForm, NameForm, UnitForm
from ita_flow.web.once import once
from ita_flow.workflow import units
from ita_flow.workflow.unit_merging import merge, merging_of

bp = Blueprint("units", __name__, url_prefix="/admin/units")


@bp.get("")
@requires(Permission.UNIT_WRITE)
def index() -> str:
    return render_template("units/index.html", tree=unit_tree(actor().agency_id, today()))


@bp.get("/new")
@requires(Permission.UNIT_WRITE)
def new() -> str:
    return _new_page(UnitForm.among(_divisions(), request.args.get("division", type=int)))


@bp.post("/new")
@requires(Permission.UNIT_WRITE)
def add() -> tuple[str, int] | Response:
    form = UnitForm.among(_divisions())
    form.validate()
    try:
        location = once(lambda: _add(form))
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _new_page(form), 422
    flash(_("เพิ่ม %(name)s แล้ว", name=form.name.data.strip()), "success")
    return redirect(location, code=303)


@bp.get("/<int:unit_id>")
@requires(Permission.UNIT_WRITE)
def show(unit_id: int) -> str:
    return _page(_unit_or_404(unit_id))


@bp.post("/<int:unit_id>/name")
@requires(Permission.UNIT_WRITE)
def rename(unit_id: int) -> tuple[str, int] | Response:
    form = NameForm()
    deed = _deed(lambda unit: units.rename(unit, form.name.data or "", actor=actor(), at=now()))
    return _done(unit_id, form, deed, _("บันทึกชื่อแล้ว ระบบยังอ่านเอกสารที่ใช้ชื่อเดิมได้"))


@bp.post("/<int:unit_id>/aliases")
@requires(Permission.UNIT_WRITE)
def add_alias(unit_id: int) -> tuple[str, int] | Response:
    form = AliasForm(prefix="alias")
    deed = _deed(lambda unit: units.add_alias(unit, form.name.data or "", actor=actor(), at=now()))
    return _done(unit_id, form, deed, _("เพิ่มชื่ออื่นแล้ว"))


@bp.post("/<int:unit_id>/aliases/removal")
@requires(Permission.UNIT_WRITE)
def remove_alias(unit_id: int) -> tuple[str, int] | Response:
    name = request.form.get("alias", "")
    deed = _deed(lambda unit: units.remove_alias(unit, name, actor=actor(), at=now()))
    return _done(unit_id, AliasForm(prefix="alias"), deed, _("นำชื่ออื่นออกแล้ว"))


@bp.post("/<int:unit_id>/removal")
@requires(Permission.UNIT_WRITE)
def remove(unit_id: int) -> tuple[str, int] | Response:
    def deed(unit: Unit) -> str:
        units.remove(unit, actor=actor(), at=now())
        return url_for(".index")

    return _done(unit_id, NameForm(), deed, _("นำออกแล้ว"))


@bp.get("/<int:unit_id>/merging")
@requires(Permission.UNIT_WRITE)
def merging(unit_id: int) -> str | tuple[str, int]:
    known = {unit.id: unit for unit in all_units(actor().agency_id)}
    unit = known.get(unit_id) or abort(404)
    others = _alike(unit, known.values())
    form = MergingForm.among(others)
    into = next((other for other in others if other.id == request.args.get("into", type=int)), None)
    form.into.data = str(into.id) if into else ""
    if "into" not in request.args:
        return _merging_page(unit, form)
    try:
        return _merging_page(unit, form, moved=merging_of(unit, into or unit))
    except Invalid as refusal:
        tell(form, refusal)
        return _merging_page(unit, form), 422


@bp.post("/<int:unit_id>/merging")
@requires(Permission.UNIT_WRITE)
def merge_into(unit_id: int) -> tuple[str, int] | Response:
    _unit_or_404(unit_id)
    form = MergingForm.among(())
    try:
        location = once(lambda: _merge(unit_id, form))
    except Invalid as refusal:
        begin_reading()
        unit = _unit_or_404(unit_id)
        form = MergingForm.among(_alike(unit, all_units(unit.agency_id)))
        tell(form, refusal)
        return _merging_page(unit, form), 422
    flash(_("รวมแล้ว ระบบยังอ่านเอกสารที่ใช้ชื่อเดิมได้"), "success")
    return redirect(location, code=303)


def _add(form: UnitForm) -> str:
    name = form.name.data or ""
    if not form.division.data:
        units.add_division(actor().agency, name, actor=actor(), at=now())
    else:
        units.add_section(_unit_or_404(chosen_id(form.division.data)), name, actor=actor(), at=now())
    return url_for(".index")


def _merge(unit_id: int, form: MergingForm) -> str:
    unit, into = _unit_or_404(unit_id), unit_of(actor(), chosen_id(form.into.data))
    if into is None:
        raise Invalid("unit_merged_into_itself", field="into")
    merge(unit, into, actor=actor(), at=now())
    return url_for(".show", unit_id=into.id)


def _deed(change: Callable[[Unit], None]) -> Callable[[Unit], str]:
    """A deed that leads back to the page of the unit."""

    def deed(unit: Unit) -> str:
        change(unit)
        return url_for(".show", unit_id=unit.id)

    return deed


def _done(unit_id: int, form: FlaskForm, deed: Callable[[Unit], str], said: str) -> tuple[str, int] | Response:
    """Do it and go where it leads, or show the page of the unit with what was refused."""
    _unit_or_404(unit_id)
    form.validate()
    try:
        location = once(lambda: deed(_unit_or_404(unit_id)))
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return _page(_unit_or_404(unit_id), form), 422
    flash(said, "success")
    return redirect(location, code=303)


def _page(unit: Unit, form: FlaskForm | None = None) -> str:
    name = form if isinstance(form, NameForm) else NameForm(formdata=None, name=unit.name)
    row, others = row_of(unit, today())
    alias = form if isinstance(form, AliasForm) else AliasForm(formdata=None, prefix="alias")
    return render_template(
        "units/show.html",
        form=form or name,
        name=name,
        alias=alias,
        row=row,
        unit=unit,
        others=others,
        is_in_use=units.is_in_use(unit),
    )


def _merging_page(unit: Unit, form: MergingForm, moved: object = None) -> str:
    has_chain = chain_settled(ChainScope(unit.agency_id, division_id=unit.id)) is not None
    return render_template("units/merging.html", form=form, unit=unit, moved=moved, has_chain=has_chain)


def _new_page(form: UnitForm) -> str:
    return render_template("units/new.html", form=form)


def _divisions() -> list[Unit]:
    return [unit for unit in all_units(actor().agency_id) if unit.parent_id is None]


def _alike(unit: Unit, among: Iterable[Unit]) -> list[Unit]:
    """The units with which this one can be merged."""
    return [one for one in among if one.parent_id == unit.parent_id and one.id != unit.id]


def _unit_or_404(unit_id: int) -> Unit:
    unit = unit_of(actor(), unit_id)
    if unit is None:
        abort(404)
    return unit
