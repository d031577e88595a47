"""Nothing of a closed year changes: every deed on it is refused with the sentence that says so."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow import workflow
from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plan_seen import seen_area, seen_limitations, seen_measure, seen_plan, seen_task
from ita_flow.wording import sentence_of
from ita_flow.workflow import (
    amendments,
    approvals,
    assignments,
    endings,
    extensions,
    measures,
    plan_approval,
    plan_editing,
    progress_reports,
    proposals,
    publishing,
    roll_forward,
    task_editing,
    tasks,
    undoing,
    units,
)
from ita_flow.workflow.plan_drafts import content_hash, kept_draft
from tests.factories import Cast, a_report, a_task
from tests.workflow.importing import take_in
from tests.workflow.test_assessments import PUBLISHED, write
from tests.workflow.test_closing import AUTUMN, close_it
from tests.workflow.test_measures import standing, typed

REASON = "พบเอกสารเพิ่มเติมภายหลัง"
LINK = "https://example.go.th/plan"
CLAIM = Claim(WorkStatus.IN_PROGRESS, "ดำเนินการต่อ", (1,))
LATER = date(2024, 9, 30)


class ClosedYear:
    """The year of the cast after it was closed, with rows on which somebody might still do something."""

    def __init__(self, cast: Cast) -> None:
        done = a_task(cast.task.measure.plan.measures[0], section=cast.section, officers=[cast.officer])
        approved = a_report(done, cast.officer, ReportState.APPROVED)
        self.cast, self.clerk, self.officer = cast, cast.coordinator, cast.officer
        self.plan: Plan = cast.task.measure.plan
        self.open_id, self.done_id, self.approved_id = cast.task.id, done.id, approved.id
        self.draft_id = a_report(cast.task, cast.officer, ReportState.DRAFT).id
        close_it(cast)

    @property
    def measure(self) -> Measure:
        return self.task.measure

    @property
    def task(self) -> Task:
        """One that was left unfinished."""
        return db.session.get_one(Task, self.open_id)

    @property
    def done(self) -> Task:
        return db.session.get_one(Task, self.done_id)

    @property
    def draft(self) -> ProgressReport:
        return db.session.get_one(ProgressReport, self.draft_id)

    @property
    def approved(self) -> ProgressReport:
        return db.session.get_one(ProgressReport, self.approved_id)

    @property
    def decision(self) -> Decision:
        assert self.approved.current
        return self.approved.current.decisions[-1]

    @property
    def seen_measure(self) -> str:
        return seen_measure(self.measure, tasks_of(self.measure))

    def by(self, **also: Any) -> dict[str, Any]:
        return {"actor": self.clerk, "at": AUTUMN, **also}

    def by_officer(self) -> dict[str, Any]:
        return {"actor": self.officer, "at": AUTUMN}


def give_out(year: ClosedYear) -> None:
    stands = assignments.Assignment.of(year.task)
    wish = assignments.Wish(year.task.id, stands, assignments.Assignment(stands.unit_id, frozenset(), LATER))
    assignments.give_out(year.plan, [wish], **year.by(), today=AUTUMN.date())


def approve_on_paper(year: ClosedYear) -> None:
    plan_approval.approve_on_paper(year.plan, AUTUMN.date(), "1/2568", seen=seen_plan(year.plan), **year.by())


def write_area(year: ClosedYear) -> None:
    text = plan_editing.AreaText("ภาพรวมใหม่", "", "", "")
    plan_editing.write_area(year.plan, 1, text, seen=seen_area(year.plan.areas[0]), **year.by())


def write_limitations(year: ClosedYear) -> None:
    rows = [plan_editing.LimitationText("ขาดบุคลากร", "", "")]
    plan_editing.write_limitations(year.plan, rows, False, seen=seen_limitations(year.plan), **year.by())


def edit_measure(year: ClosedYear) -> None:
    text = standing(year.measure, title="ชื่อใหม่")
    measures.edit_measure(year.measure, year.cast.agency, text, seen=year.seen_measure, **year.by())


def save(year: ClosedYear) -> None:
    progress_reports.save(year.draft, CLAIM, link=LINK, **year.by_officer())


def edit_task(year: ClosedYear) -> None:
    task_editing.edit_task(year.task, "ขั้นตอนใหม่", LATER, seen=seen_task(year.task), **year.by())


def give_back(year: ClosedYear) -> None:
    approvals.return_for_revision(year.approved, Seen(1, 1), comment=REASON, actor=year.cast.head, at=AUTUMN)


def propose(year: ClosedYear) -> None:
    proposals.propose_plan(year.plan, seen=seen_plan(year.plan), **year.by())


DEEDS: Mapping[Callable[..., object], Callable[[ClosedYear], object]] = {
    amendments.begin: lambda year: amendments.begin(year.plan, REASON, **year.by()),
    approvals.approve: lambda year: approvals.approve(year.approved, Seen(1, 2), actor=year.cast.director, at=AUTUMN),
    approvals.return_for_revision: give_back,
    assignments.give_out: give_out,
    endings.cancel_measure: lambda year: endings.cancel_measure(year.measure, REASON, **year.by()),
    endings.cancel_task: lambda year: endings.cancel_task(year.task, REASON, **year.by()),
    endings.reopen: lambda year: endings.reopen(year.done, REASON, **year.by()),
    extensions.ask: lambda year: extensions.ask(year.task, LATER, REASON, **year.by_officer()),
    measures.add_measure: lambda year: measures.add_measure(year.plan, year.cast.agency, typed(year.cast), **year.by()),
    measures.edit_measure: edit_measure,
    measures.move_measure: lambda year: measures.move_measure(
        year.measure, 1, seen=str(year.measure.number), **year.by()
    ),
    measures.remove_measure: lambda year: measures.remove_measure(year.measure, seen=year.seen_measure, **year.by()),
    measures.reword_measure: lambda year: measures.reword_measure(
        year.measure, "O18 E-Service", "ผลใหม่", seen=year.seen_measure, **year.by()
    ),
    plan_approval.approve_on_paper: approve_on_paper,
    plan_editing.write_area: write_area,
    plan_editing.write_limitations: write_limitations,
    progress_reports.open_report: lambda year: progress_reports.open_report(year.task, year.officer, AUTUMN),
    progress_reports.save: save,
    progress_reports.submit: lambda year: progress_reports.submit(year.draft, **year.by_officer()),
    progress_reports.withdraw: lambda year: progress_reports.withdraw(year.approved, 1, **year.by_officer()),
    proposals.propose_plan: propose,
    publishing.publish: lambda year: publishing.publish(year.plan, LINK, **year.by()),
    roll_forward.recode: lambda year: roll_forward.recode(year.plan, **year.by()),
    roll_forward.take_up: lambda year: roll_forward.take_up(year.plan, year.measure.id, **year.by()),
    task_editing.edit_task: edit_task,
    tasks.assign: lambda year: tasks.assign(year.task, [year.cast.colleague], **year.by()),
    undoing.undo: lambda year: undoing.undo(year.decision, actor=year.decision.decided_by, at=AUTUMN),
}
"""Every deed on a plan, or on anything that belongs to one, as somebody would do it."""

BEGINNING_OF_A_DEED = ("Plan", "Measure", "Task", "ProgressReport", "Decision")
"""What a deed is done to stands first among its arguments."""

PARTS_OF_DEEDS = {
    "amendments.discard": "of a version that is a draft, and a year with one is not closed",
    "amending_tasks.take_effect": "the same",
    "copied_units.cancel_copy": "the same",
    "copied_units.make_room": "the same",
    "closing.close": "it closes the year, and says itself when it is too late",
    "endings.write_cancelled": "a part of cancel_task",
    "evidence.attach_file": "a part of save",
    "evidence.attach_link": "a part of save",
    "evidence.supersede": "a part of save",
    "plan_approval.record_approval": "a part of approve_on_paper",
    "plan_approval.take_effect": "a part of the last approval, and a year with a proposal is not closed",
    "task_editing.give_to": "a part of give_out",
    "task_editing.move_due": "a part of edit_task",
    "task_editing.write_steps": "a part of edit_task",
}


def what_is_done_to_years() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every function of the workflow that an actor calls on a plan or on something that belongs to one."""
    for found in pkgutil.iter_modules(workflow.__path__):
        module: ModuleType = importlib.import_module(f"{workflow.__name__}.{found.name}")
        for name, one in inspect.getmembers(module, inspect.isfunction):
            if one.__module__ == module.__name__ and not name.startswith(("_", "tell")) and _is_deed(one):
                yield f"{found.name}.{name}", one


def _is_deed(one: Callable[..., object]) -> bool:
    arguments = inspect.signature(one).parameters
    first = next(iter(arguments.values()), None)
    return "actor" in arguments and first is not None and first.annotation in BEGINNING_OF_A_DEED


def test_every_deed_on_a_year_is_tried_below() -> None:
    found = dict(what_is_done_to_years())

    assert not [name for name, deed in found.items() if deed not in DEEDS and name not in PARTS_OF_DEEDS]
    assert set(PARTS_OF_DEEDS) <= set(found)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: f"{deed.__module__.rsplit('.', 1)[1]}.{deed.__name__}")
def test_a_closed_year_is_read_only(cast: Cast, deed: Callable[..., object]) -> None:
    year = ClosedYear(cast)
    told = how_much_is_told()

    with pytest.raises(Invalid) as refused, transaction():
        DEEDS[deed](year)

    assert refused.value.key == "plan_closed"
    assert "แผนปี 2567 ปิดแล้ว" in sentence_of(refused.value)
    assert how_much_is_told() == told


def test_a_document_changes_nothing_of_a_closed_year(cast: Cast) -> None:
    close_it(cast)

    with pytest.raises(Invalid, match="plan_closed"):
        take_in(cast.agency)


def test_the_assessment_of_a_closed_year_may_still_be_entered_for_it_comes_after_the_year(cast: Cast) -> None:
    close_it(cast)

    write(cast, PUBLISHED, year=2567)

    assessment = assessment_of(cast.agency, 2567)
    assert assessment is not None
    assert assessment.total == PUBLISHED.total


def test_a_unit_may_still_be_renamed_for_the_office_goes_on(cast: Cast) -> None:
    plan = close_it(cast)
    before = plan.content_hash

    with transaction():
        units.rename(cast.division, "กองแผนและงบประมาณ", actor=cast.administrator, at=AUTUMN)

    assert plan.content_hash != before
    assert plan.content_hash == content_hash(kept_draft(plan))


def how_much_is_told() -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(AuditEvent)).one()
