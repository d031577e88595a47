"""Bringing a document in as the plan of a year: choose it, look at what was read, confirm."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.config import MAX_FILE_BYTES, MEGABYTE
from ita_flow.database import transaction
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid, Refusal, Stale
from ita_flow.domain.years import FIRST_PLANNED_YEAR, last_planned_year, may_begin
from ita_flow.i18n import long_date
from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import Problem
from ita_flow.models.plans import ImportDraft
from ita_flow.queries.import_drafts import (
    UnitsOnFile,
    draft_in_hand,
    drafts_in_hand,
    units_on_file,
)
from ita_flow.queries.plans import closed_on, state_of_plan
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.brought_documents import kept, pattern_of, sent_document
from ita_flow.web.forms import tell
from ita_flow.web.forms.plan_imports import BringForm, ChoicesForm
from ita_flow.web.import_preview import Preview, division_names_of, words_of
from ita_flow.web.once import once
from ita_flow.web.plan_versions import address_of
from ita_flow.wording.plans import place_of
from ita_flow.workflow import import_drafts
from ita_flow.workflow.import_drafts import Choices, Readings, choices_of, mark_of
from ita_flow.workflow.plan_import import DocumentDiffers, Imported, compare, newest_plan
from ita_flow.workflow.plan_units import known_units

bp = Blueprint("plan_imports", __name__, url_prefix="/plans/<int:year>/import")

MOST_UNITS_TOLD = 5


@bp.get("")
@requires(Permission.PLAN_WRITE)
def new(year: int) -> str:
    return _bring_page(_fiscal_year(year), BringForm())


@bp.post("")
@requires(Permission.PLAN_WRITE)
def bring(year: int) -> Response | tuple[str, int]:
    fiscal_year, form = _fiscal_year(year), BringForm()
    if not form.validate():
        abort(400)
    reading = None
    try:
        name, content = sent_document(form)
        reading = read_plan(
            content, name, fiscal_year, actor().agency.name, known=known_units(units_on_file(actor().agency_id))
        )
        if reading.draft is None:
            raise Invalid("import_document_unreadable", field="file" if form.file.data else "text")
        sha256 = kept(content, name)
    except Invalid as problem:
        tell(form, problem)
        return _bring_page(fiscal_year, form, reading), 422
    return redirect(once(lambda: _bring(year, name, sha256)), code=303)


@bp.get("/pattern")
@requires(Permission.PLAN_WRITE)
def pattern(year: int) -> Response:
    """An empty table to be filled in: the seven areas under the headings that are understood."""
    file = pattern_of(actor().agency, _fiscal_year(year), now())
    return send_file(io.BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name)


@bp.get("/<int:draft_id>")
@requires(Permission.PLAN_WRITE)
def show(year: int, draft_id: int) -> str:
    draft = draft_in_hand(actor(), year, draft_id)
    if draft is None:
        abort(404)
    return _preview(draft, ChoicesForm(), Readings())


@bp.post("/<int:draft_id>")
@requires(Permission.PLAN_WRITE)
def decide(year: int, draft_id: int) -> Response | tuple[str, int]:
    form, draft = ChoicesForm(), draft_in_hand(actor(), year, draft_id)
    if not form.validate():
        abort(400)
    if draft is None:  # confirmed already, perhaps by the first press of this very form
        return redirect(once(lambda: abort(404)), code=303)
    choices, readings = choices_of(draft), Readings()
    try:
        choices = _chosen(form, draft, readings)
        if form.is_only_adjusting:
            location = _adjusted(form, draft, choices)
        else:
            location = _confirmed(form, draft, choices, readings)
    except (Invalid, DocumentDiffers) as problem:
        _keep_choices(form, year, draft_id, choices)
        return _preview_again(form, year, draft_id, problem, readings), 422
    except Stale as problem:
        return _preview_again(form, year, draft_id, problem, readings), 409
    return redirect(location, code=303)


def _bring(year: int, name: str, sha256: str) -> str:
    draft = import_drafts.bring(year, name, sha256, actor=actor(), at=now())
    return url_for(".show", year=year, draft_id=draft.id)


def _adjusted(form: ChoicesForm, draft: ImportDraft, choices: Choices) -> str:
    year, draft_id = draft.year, draft.id
    return once(lambda: _adjust(form, year, draft_id, choices))


def _adjust(form: ChoicesForm, year: int, draft_id: int, choices: Choices) -> str:
    import_drafts.decide(_draft_or_404(year, draft_id), choices, form.seen.data or "", actor=actor(), at=now())
    return url_for(".show", year=year, draft_id=draft_id)


def _confirmed(form: ChoicesForm, draft: ImportDraft, choices: Choices, readings: Readings) -> str:
    """Read with what was chosen just now, outside the transaction that writes, and let the plan say so."""
    year, draft_id = draft.year, draft.id
    reading = readings.of(draft, actor().agency, choices.corrections)
    if reading.draft is None:
        raise Invalid("import_document_unreadable")
    import_drafts.refuse_unaccepted(reading, [doubt for doubt in reading.must_be_accepted if form.accepts(doubt)])
    done: list[Imported] = []
    location = once(lambda: _confirm(form, year, draft_id, choices, reading, done))
    flash(_told(done[-1]) if done else _("นำเข้าแผนแล้ว"), "success")
    return location


def _confirm(
    form: ChoicesForm, year: int, draft_id: int, choices: Choices, reading: Reading, done: list[Imported]
) -> str:
    imported = import_drafts.confirm(
        _draft_or_404(year, draft_id),
        choices,
        reading,
        form.seen.data or "",
        is_approved=form.is_approved,
        amended_because=form.amended_because,
        actor=actor(),
        at=now(),
    )
    done.append(imported)
    plan = newest_plan(actor().agency, year)
    return address_of(plan) if plan else url_for("plans.show", year=year)


def _told(imported: Imported) -> str:
    if not imported.differences:
        return _("เอกสารตรงกับแผนที่บันทึกไว้ ไม่มีอะไรเปลี่ยน")
    counts = _(
        "นำเข้าแล้ว %(measures)s มาตรการ %(tasks)s งาน", measures=len(imported.draft.measures), tasks=imported.tasks
    )
    if not imported.units_made:
        return counts
    return _("%(counts)s และเพิ่มหน่วยใหม่ %(units)s", counts=counts, units=_some_of(imported.units_made))


def _some_of(names: Sequence[str]) -> str:
    """The first few: what is told travels in a cookie, which browsers keep only while it is small."""
    shown, more = ", ".join(names[:MOST_UNITS_TOLD]), len(names) - MOST_UNITS_TOLD
    return _("%(names)s และอีก %(count)s หน่วย", names=shown, count=more) if more > 0 else shown


def _chosen(form: ChoicesForm, draft: ImportDraft, readings: Readings) -> Choices:
    """What was decided before, save what is wanted back, and what was decided just now."""
    before = choices_of(draft)
    reading = readings.of(draft, actor().agency, before.corrections)
    kept = [correction for correction in before.corrections if not form.wants_back(correction)]
    doubts = [doubt for doubt in reading.doubts if not doubt.must_be_accepted]
    return Choices([*kept, *form.corrections(doubts)], _names_chosen(form, before, reading))


def _names_chosen(form: ChoicesForm, before: Choices, reading: Reading) -> dict[str, str]:
    known = {str(division.id): division.name for division in units_on_file(actor().agency_id).divisions}
    names = dict(before.unit_names)
    for name in division_names_of(reading):
        chosen = form.division_for(name)
        if chosen in known:
            names[name] = known[chosen]
        elif chosen is not None:
            names.pop(name, None)
    return names


def _keep_choices(form: ChoicesForm, year: int, draft_id: int, choices: Choices) -> None:
    """Nothing came in; what was decided stays with the document."""
    with suppress(Refusal), transaction():
        _adjust(form, year, draft_id, choices)


def _preview_again(form: ChoicesForm, year: int, draft_id: int, problem: Refusal, readings: Readings) -> str:
    begin_reading()
    draft = draft_in_hand(actor(), year, draft_id)
    if draft is None:
        raise problem
    if not isinstance(problem, DocumentDiffers):  # the page itself tells in what they differ
        tell(form, Invalid(problem.key, getattr(problem, "field", None), **problem.values))
    return _preview(draft, form, readings)


def _preview(draft: ImportDraft, form: ChoicesForm, readings: Readings) -> str:
    choices, agency = choices_of(draft), actor().agency
    units = units_on_file(agency.id)
    reading = readings.of(draft, agency, choices.corrections, units)
    imported, refusal = _compared(reading, choices, units, is_approved=form.is_approved)
    plan = imported.plan if imported else newest_plan(agency, draft.year)
    preview = Preview(
        draft=draft,
        reading=reading,
        choices=choices,
        units=units,
        form=form,
        plan=plan,
        imported=imported,
        refusal=refusal,
    )
    form.seen.raw_data, form.seen.data = None, mark_of(draft, plan, units)
    return render_template(
        "plan_imports/show.html",
        year=draft.year,
        preview=preview,
        draft=draft,
        form=form,
        place_of=place_of,
        words_of=words_of,
    )


def _compared(
    reading: Reading, choices: Choices, units: UnitsOnFile, *, is_approved: bool
) -> tuple[Imported | None, Refusal | None]:
    """What would change, or why nothing may."""
    if reading.draft is None:
        return None, None
    names, agency = choices.unit_names, actor().agency
    try:
        return compare(agency, reading.draft, is_approved=is_approved, unit_names=names, on_file=units), None
    except DocumentDiffers as refusal:
        return None, refusal


def _bring_page(fiscal_year: FiscalYear, form: BringForm, reading: Reading | None = None) -> str:
    year = fiscal_year.buddhist_year
    problems: tuple[Problem, ...] = reading.problems if reading else ()
    return render_template(
        "plan_imports/new.html",
        year=year,
        form=form,
        problems=problems,
        in_hand=drafts_in_hand(actor().agency_id, year),
        limit=MAX_FILE_BYTES // MEGABYTE,
    )


def _draft_or_404(year: int, draft_id: int) -> ImportDraft:
    draft = draft_in_hand(actor(), year, draft_id)
    if draft is None:
        abort(404)
    return draft


def _fiscal_year(year: int) -> FiscalYear:
    """The year, when its plan can be begun or is there; else the page says which years are meant."""
    if not may_begin(year, today()) and state_of_plan(actor().agency, year) is None:
        raise Invalid("import_year_out_of_reach", first=FIRST_PLANNED_YEAR, last=last_planned_year(today()))
    day = closed_on(actor().agency_id, year)
    if day:
        raise Invalid("plan_closed", year=year, day=long_date(day))
    return FiscalYear(year)
