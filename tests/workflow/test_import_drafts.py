"""A document in hand: brought in, decided on, confirmed; and nothing in the plan before that."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.config import MEGABYTE
from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake import Reading
from ita_flow.intake.draft import Correction
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import ImportDraft, ImportJob, Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow import units
from ita_flow.workflow.evidence import store
from ita_flow.workflow.import_drafts import (
    Choices,
    bring,
    choices_of,
    confirm,
    decide,
    mark_of,
    reading_of,
    refuse_unaccepted,
)
from ita_flow.workflow.plan_import import Imported, newest_plan
from tests.factories import NOW, a_division, a_user, an_agency
from tests.intake.documents import AGENCY, report
from tests.record import events_about

YEAR = 2567


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def coordinator(agency: Agency) -> User:
    return a_user(agency, role=Role.COORDINATOR)


@pytest.fixture
def draft(coordinator: User) -> ImportDraft:
    return in_hand(coordinator)


def in_hand(person: User, text: str | None = None, year: int = YEAR) -> ImportDraft:
    stored = store().put(io.BytesIO((text or report()).encode()), MEGABYTE)
    with transaction():
        return bring(year, "แผน.txt", stored.sha256, actor=person, at=NOW)


def reading(draft: ImportDraft, *corrections: Correction) -> Reading:
    return reading_of(draft, db.session.get_one(Agency, draft.agency_id), corrections)


def mark(draft: ImportDraft) -> str:
    return mark_of(draft, newest_plan(db.session.get_one(Agency, draft.agency_id), draft.year))


def take_in(
    draft: ImportDraft,
    person: User,
    choices: Choices | None = None,
    seen: str | None = None,
    is_approved: bool = True,
) -> Imported:
    choices = choices or choices_of(draft)
    read, seen = reading(draft, *choices.corrections), seen or mark(draft)
    with transaction():
        return confirm(draft, choices, read, seen, is_approved=is_approved, actor=person, at=NOW)


def rows(model: type[ImportDraft] | type[Plan] | type[Task] | type[ImportJob]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(model)).one()


def test_a_document_in_hand_is_not_in_the_plan(draft: ImportDraft, coordinator: User) -> None:
    assert (draft.year, draft.file_name, draft.brought_by_id) == (YEAR, "แผน.txt", coordinator.id)
    assert (rows(Plan), rows(Task), rows(ImportJob)) == (0, 0, 0)
    [event] = events_about(f"import_draft:{draft.id}")
    assert (event["action"], event["after"]["sha256"]) == ("import_draft.brought", draft.sha256)


def test_the_same_document_again_is_the_one_in_hand(draft: ImportDraft, agency: Agency) -> None:
    colleague = a_user(agency, role=Role.COORDINATOR)

    assert in_hand(colleague).id == draft.id
    assert in_hand(colleague, year=2568).id != draft.id
    assert rows(ImportDraft) == 2


def test_another_agency_has_its_own(draft: ImportDraft) -> None:
    elsewhere = a_user(an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere"), role=Role.COORDINATOR)

    assert in_hand(elsewhere).id != draft.id


def test_documents_that_nobody_confirmed_for_long_are_put_away(draft: ImportDraft, coordinator: User) -> None:
    draft.at = NOW - timedelta(days=31)
    db.session.commit()

    in_hand(coordinator, report() + "\n")

    assert rows(ImportDraft) == 1


def test_confirming_makes_the_plan_and_takes_the_document_out_of_hand(draft: ImportDraft, coordinator: User) -> None:
    sha256 = draft.sha256

    imported = take_in(draft, coordinator)

    plan = db.session.scalars(sa.select(Plan)).one()
    job = db.session.scalars(sa.select(ImportJob)).one()
    assert (plan.state, len(plan.measures)) == (PlanState.APPROVED, len(imported.draft.measures))
    assert (job.file_name, job.sha256) == ("แผน.txt", sha256)
    assert rows(ImportDraft) == 0
    event = events_about(f"plan:{plan.id}")[0]
    assert (event["action"], event["actor"]) == ("plan.imported", f"user:{coordinator.id}")


def test_a_correction_is_read_into_the_plan_and_stands_in_the_record(draft: ImportDraft, coordinator: User) -> None:
    measure = reading(draft).draft.measures[0]  # type: ignore[union-attr]
    line, number = measure.lines["title"], draft.id
    meant = Correction(line, measure.title, "มาตรการที่แก้ชื่อแล้ว")

    take_in(draft, coordinator, Choices([meant]))

    assert db.session.scalars(sa.select(Plan)).one().measures[0].title == "มาตรการที่แก้ชื่อแล้ว"
    decided = events_about(f"import_draft:{number}")[-1]
    assert decided["after"]["corrections"] == [f"{line}: {measure.title} → มาตรการที่แก้ชื่อแล้ว"]


def test_a_division_that_is_spelled_otherwise_is_the_one_on_file(
    draft: ImportDraft, coordinator: User, agency: Agency
) -> None:
    read = reading(draft).draft
    assert read
    name = read.measures[0].responsible[0].division
    kept = a_division(agency, "กองที่มีอยู่แล้ว")

    take_in(draft, coordinator, Choices(unit_names={name: kept.name}))

    plan = db.session.scalars(sa.select(Plan)).one()
    task = db.session.scalars(sa.select(Task).where(Task.measure_id == plan.measures[0].id)).first()
    assert task
    assert task.division == kept
    assert name not in db.session.scalars(sa.select(Unit.name)).all()


def test_decisions_stay_with_the_document_and_are_recorded_once(draft: ImportDraft, coordinator: User) -> None:
    choices = Choices([Correction(3, "ผิด", "ถูก")], {"กองช่าง": "กองคลัง"})

    for _again in range(2):
        with transaction():
            decide(draft, choices, mark(draft), actor=coordinator, at=NOW)

    assert choices_of(draft) == Choices((Correction(3, "ผิด", "ถูก"),), {"กองช่าง": "กองคลัง"})
    assert [event["action"] for event in events_about(f"import_draft:{draft.id}")] == [
        "import_draft.brought",
        "import_draft.decided",
    ]


def test_what_another_decided_meanwhile_is_not_confirmed_unseen(draft: ImportDraft, coordinator: User) -> None:
    seen = mark(draft)
    with transaction():
        decide(draft, Choices([Correction(3, "ผิด", "ถูก")]), seen, actor=coordinator, at=NOW)

    with pytest.raises(Stale) as refused:
        take_in(draft, coordinator, Choices(), seen)

    assert refused.value.key == "import_draft_changed"
    assert (rows(Plan), rows(ImportDraft)) == (0, 1)
    assert len(draft.corrections) == 1


def test_a_plan_that_changed_meanwhile_is_not_overwritten_unseen(draft: ImportDraft, coordinator: User) -> None:
    take_in(draft, coordinator)
    other = in_hand(coordinator, report() + "\n\n")
    seen = mark(other)
    db.session.scalars(sa.select(Plan)).one().content_hash = "0" * 64
    db.session.commit()

    with pytest.raises(Stale):
        take_in(other, coordinator, seen=seen)

    assert rows(ImportJob) == 1


def test_a_document_is_confirmed_once(draft: ImportDraft, coordinator: User) -> None:
    number, seen, read = draft.id, mark(draft), reading(draft)
    take_in(draft, coordinator)
    gone = ImportDraft(id=number, agency_id=coordinator.agency_id, year=YEAR)

    with pytest.raises(Stale) as refused, transaction():
        confirm(gone, Choices(), read, seen, is_approved=True, actor=coordinator, at=NOW)

    assert refused.value.key == "import_draft_gone"
    assert rows(ImportJob) == 1


def test_a_document_of_another_agency_must_be_accepted(app: Flask) -> None:
    del app
    person = a_user(an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere"), role=Role.COORDINATOR)
    read = reading(in_hand(person))

    with pytest.raises(Invalid) as refused:
        refuse_unaccepted(read, [])

    assert refused.value.key == "import_doubt_unaccepted"
    refuse_unaccepted(read, read.must_be_accepted)


def test_a_document_that_was_signed_approves_the_plan_once_and_on_record(draft: ImportDraft, coordinator: User) -> None:
    take_in(draft, coordinator, is_approved=False)
    plan = db.session.scalars(sa.select(Plan)).one()
    assert [event["action"] for event in events_about(f"plan:{plan.id}")] == ["plan.imported"]

    take_in(in_hand(coordinator), coordinator)
    take_in(in_hand(coordinator), coordinator)

    [approved] = [event for event in events_about(f"plan:{plan.id}") if event["action"] == "plan.approved"]
    assert (approved["actor"], approved["before"]) == (f"user:{coordinator.id}", {"state": "draft"})
    assert approved["after"] == {
        "state": "approved",
        "signed_on": None,
        "order_no": None,
        "approved_on": "paper",
        "content": plan.content_hash,
        "measures": len(plan.measures),
    }


@pytest.mark.parametrize("deed", ["rename", "alias", "add"])
def test_names_of_units_that_changed_meanwhile_are_looked_at_anew(
    draft: ImportDraft, coordinator: User, agency: Agency, deed: str
) -> None:
    division = a_division(agency, "กองช่าง")
    seen = mark(draft)
    with transaction():
        if deed == "rename":
            units.rename(division, "กองคลัง", actor=coordinator, at=NOW)
        elif deed == "alias":
            units.add_alias(division, "กองแผนงาน", actor=coordinator, at=NOW)
        else:
            units.add_section(division, "ฝ่ายธุรการ", actor=coordinator, at=NOW)

    with pytest.raises(Stale) as refused:
        take_in(draft, coordinator, seen=seen)

    assert refused.value.key == "import_draft_changed"
    assert rows(Plan) == 0
