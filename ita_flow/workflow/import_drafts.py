"""Documents in hand: brought in, decided on doubt by doubt, confirmed. Nothing is in the plan before that."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.states import IN_FORCE
from ita_flow.extensions import db
from ita_flow.intake.draft import Correction, Doubt
from ita_flow.intake.reading import Reading, read_plan
from ita_flow.intake.recognise.known_units import KnownUnits
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportDraft, Plan
from ita_flow.queries.assessments import assessments_of
from ita_flow.queries.import_drafts import UnitsOnFile, units_on_file
from ita_flow.queries.plans import state_of_plan
from ita_flow.workflow import amendments, audit
from ita_flow.workflow.assessments import version_of
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.evidence import store
from ita_flow.workflow.plan_approval import record_approval
from ita_flow.workflow.plan_import import Document, Imported, import_plan, newest_plan
from ita_flow.workflow.plan_units import known_units

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
LONGEST_NAME = 255


@dataclass(frozen=True)
class Choices:
    """What a person decided while looking at a document: texts that are meant otherwise, divisions that are meant."""

    corrections: Sequence[Correction] = ()
    unit_names: Mapping[str, str] = field(default_factory=dict)


def bring(year: int, name: str, sha256: str, *, actor: User, at: datetime) -> ImportDraft:
    """Take a document in hand whose bytes stand in the store; the same document again is the one in hand."""
    _put_away_old(actor.agency_id, at)
    known = _in_hand(actor.agency_id, year, sha256)
    if known:
        return known
    draft = ImportDraft(
        agency_id=actor.agency_id,
        year=year,
        file_name=name[:LONGEST_NAME],
        sha256=sha256,
        brought_by_id=actor.id,
        at=at,
        corrections=[],
        unit_names={},
    )
    db.session.add(draft)
    db.session.flush()
    after: audit.Values = {"year": year, "file": draft.file_name, "sha256": sha256}
    audit.record("import_draft.brought", draft.agency_id, f"import_draft:{draft.id}", at=at, actor=actor, after=after)
    return draft


def choices_of(draft: ImportDraft) -> Choices:
    """What was decided on this document so far."""
    return Choices(tuple(Correction(**one) for one in draft.corrections), dict(draft.unit_names))


@dataclass
class Readings:
    """A document as it reads with one or another choice of corrections, read once for each: that takes a second."""

    _read: dict[tuple[tuple[Correction, ...], KnownUnits], Reading] = field(default_factory=dict)

    def of(
        self, draft: ImportDraft, agency: Agency, corrections: Sequence[Correction], units: UnitsOnFile | None = None
    ) -> Reading:
        """The reading with these corrections; see ``reading_of``."""
        known = known_units(units or units_on_file(agency.id))
        key = (tuple(corrections), known)
        if key not in self._read:
            self._read[key] = reading_of(draft, agency, corrections, known)
        return self._read[key]


def reading_of(
    draft: ImportDraft, agency: Agency, corrections: Sequence[Correction], known: KnownUnits | None = None
) -> Reading:
    """The document as it reads with these corrections. Raises Invalid when its bytes are gone.

    ``known``: the units on file, where they are known already.
    """
    try:
        with store().open(draft.sha256) as stream:
            content = stream.read()
    except FileNotFoundError:
        log.error("document %s is not in the store", draft.id)
        raise Invalid("import_document_lost", name=draft.file_name) from None
    known = known or known_units(units_on_file(agency.id))
    return read_plan(content, draft.file_name, FiscalYear(draft.year), agency.name, corrections, known)


def mark_of(draft: ImportDraft, plan: Plan | None, units: UnitsOnFile | None = None) -> str:
    """The same for as long as nothing changed: what was decided, the plan, the results and the names on file.

    ``units``: the units of the agency, where they are known already.
    """
    names = (units or units_on_file(draft.agency_id)).names
    decided = [draft.corrections, draft.unit_names]
    kept = [plan.version, plan.state.value, plan.content_hash] if plan else None
    results = [[version_of(one), *map(version_of, one.findings)] for one in assessments_of(draft.agency_id)]
    return hashlib.sha256(json.dumps([decided, kept, results, names], sort_keys=True).encode()).hexdigest()


def decide(draft: ImportDraft, choices: Choices, seen: str, *, actor: User, at: datetime) -> None:
    """Keep what a person decided. Raises Stale when they decided on something that has changed meanwhile."""
    _hold(draft, seen)
    before = _as_recorded(draft)
    draft.corrections = [asdict(correction) for correction in choices.corrections]
    draft.unit_names = dict(choices.unit_names)
    after = _as_recorded(draft)
    if before != after:
        subject = f"import_draft:{draft.id}"
        audit.record("import_draft.decided", draft.agency_id, subject, at=at, actor=actor, before=before, after=after)


def confirm(
    draft: ImportDraft,
    choices: Choices,
    reading: Reading,
    seen: str,
    *,
    is_approved: bool,
    amended_because: str | None = None,
    actor: User,
    at: datetime,
) -> Imported:
    """Let the plan say what the document says, read with these choices; the document is in hand no longer.

    ``amended_because``: the reason for which the plan in force is amended; the amendment then says what the document
    says, and is decided on like any other. Raises Stale when the document or the plan has changed since the person
    looked, and DocumentDiffers.
    """
    decide(draft, choices, seen, actor=actor, at=at)
    agency = db.session.get_one(Agency, draft.agency_id)
    stood = state_of_plan(agency, draft.year)
    in_force = newest_plan(agency, draft.year)
    if amended_because is not None and in_force:
        amendments.begin(in_force, amended_because, actor=actor, at=at)
    imported = import_plan(
        agency,
        reading,
        Document(draft.file_name, draft.sha256),
        is_approved=is_approved,
        actor=actor,
        at=at,
        unit_names=choices.unit_names,
    )
    plan = newest_plan(agency, draft.year)
    if plan and plan.state in IN_FORCE and stood not in IN_FORCE:
        record_approval(plan, None, "", actor=actor, at=at)
    db.session.delete(draft)
    return imported


def refuse_unaccepted(reading: Reading, accepted: Sequence[Doubt]) -> None:
    """Raises Invalid unless the person accepted every doubt that must be accepted."""
    if any(doubt not in accepted for doubt in reading.must_be_accepted):
        raise Invalid("import_doubt_unaccepted", field="accepted")


def _hold(draft: ImportDraft, seen: str) -> None:
    """Let nobody else decide on the document until we are done; raises Stale when it is not what was seen."""
    chosen = sa.select(ImportDraft).where(ImportDraft.id == draft.id).with_for_update()
    held = db.session.scalars(chosen.execution_options(populate_existing=True)).one_or_none()
    if held is None:
        raise Stale("import_draft_gone")
    agency = db.session.get_one(Agency, held.agency_id)
    hold_plans(agency)
    if mark_of(held, newest_plan(agency, held.year)) != seen:
        raise Stale("import_draft_changed")


def _in_hand(agency_id: int, year: int, sha256: str) -> ImportDraft | None:
    chosen = sa.select(ImportDraft).where(
        ImportDraft.agency_id == agency_id, ImportDraft.year == year, ImportDraft.sha256 == sha256
    )
    return db.session.scalars(chosen.order_by(ImportDraft.id).limit(1)).one_or_none()


def _put_away_old(agency_id: int, at: datetime) -> None:
    """Documents that nobody confirmed for long are no longer in hand; their bytes stay in the store."""
    too_old = sa.delete(ImportDraft).where(ImportDraft.agency_id == agency_id, ImportDraft.at < at - KEPT_FOR)
    db.session.execute(too_old)


def _as_recorded(draft: ImportDraft) -> audit.Values:
    return {
        "corrections": [f"{one['line']}: {one['found']} → {one['replacement']}" for one in draft.corrections],
        "unit_names": [f"{read} → {meant}" for read, meant in sorted(draft.unit_names.items())],
    }
