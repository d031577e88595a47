"""What happened to tasks after a page was read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ita_flow.domain.approvals import Seen
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditHead
from ita_flow.models.people import User
from ita_flow.queries import freshness
from ita_flow.queries.freshness import changes_since
from ita_flow.workflow import approvals, audit, progress_reports
from tests.factories import NOW, TODAY, Cast, a_report
from tests.statements import counted_statements, with_nothing_loaded


def recorded() -> int:
    return db.session.scalar(sa.select(AuditHead.seq)) or 0


def told(reader: User, tasks: list[int], since: int) -> list[tuple[int, str, int | None]]:
    found = changes_since(reader, tasks, since, TODAY)
    return [(change.task.id, change.deed.action, change.deed.report_number) for change in found]


def test_what_came_after_is_told_in_its_order_and_what_came_before_is_not(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    before = recorded()
    approvals.approve(report, Seen(1, 1), actor=cast.head, at=NOW)
    between = recorded()
    approvals.return_for_revision(report, Seen(1, 2), comment="ขอแนบคำสั่ง", actor=cast.director, at=NOW)

    expected = [(cast.task.id, "progress_report.approved", 1), (cast.task.id, "progress_report.returned", 1)]
    assert told(cast.officer, [cast.task.id], before) == expected
    assert told(cast.officer, [cast.task.id], between) == expected[1:]


def test_only_the_tasks_of_the_page_are_told(cast: Cast) -> None:
    before = recorded()
    for task in (cast.task, cast.other_task):
        audit.record("task.edited", cast.agency.id, f"task:{task.id}", at=NOW, actor=cast.coordinator)

    assert told(cast.head, [cast.task.id], before) == [(cast.task.id, "task.edited", None)]
    assert told(cast.head, [], before) == []


def test_of_a_page_that_lay_open_long_only_the_newest_events_are_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "MOST_READ", 2)
    before = recorded()
    for action in ("task.assigned", "task.edited", "task.due_moved"):
        audit.record(action, cast.agency.id, f"task:{cast.task.id}", at=NOW, actor=cast.coordinator)

    assert [action for _, action, _ in told(cast.head, [cast.task.id], before)] == ["task.edited", "task.due_moved"]


def test_what_follows_from_another_deed_is_told_once(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)
    before = recorded()

    approvals.approve(report, Seen(1, 1), actor=cast.head, at=NOW)

    assert [action for _task, action, _number in told(cast.officer, [cast.task.id], before)] == [
        "progress_report.approved"
    ]


def test_a_draft_is_for_the_section_that_writes_it(cast: Cast) -> None:
    before = recorded()
    report = progress_reports.open_report(cast.task, cast.officer, NOW)
    claim = Claim(WorkStatus.IN_PROGRESS, text="เริ่มแล้ว")
    progress_reports.save(report, claim, actor=cast.officer, at=NOW)

    assert told(cast.colleague, [cast.task.id], before) == [(cast.task.id, "progress_report.saved", 1)]
    assert told(cast.coordinator, [cast.task.id], before) == []


def test_other_agencies_are_told_nothing(cast: Cast) -> None:
    audit.record("task.edited", cast.agency.id, f"task:{cast.task.id}", at=NOW, actor=cast.coordinator)

    assert told(cast.stranger, [cast.task.id], 0) == []


def test_nothing_new_costs_one_statement_however_many_tasks(cast: Cast) -> None:
    reader, since = with_nothing_loaded(cast.head), recorded()

    with counted_statements() as statements:
        assert changes_since(reader, range(1, 400), since, TODAY) == []

    assert len(statements) == 1


def test_that_somebody_asked_is_told_only_where_others_would_ask_too(cast: Cast) -> None:
    before = recorded()
    audit.record("task.chased", cast.agency.id, f"task:{cast.task.id}", at=NOW, actor=cast.coordinator)

    found = changes_since(cast.coordinator, [cast.task.id], before, TODAY, with_chases=True)
    assert [change.deed.action for change in found] == ["task.chased"]
    assert told(cast.head, [cast.task.id], before) == []


def test_many_deeds_that_one_may_not_hear_of_hide_none_that_one_may(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "MOST_TOLD", 2)
    before = recorded()
    for action in ("task.chased", "task.chased", "task.chased", "task.edited", "task.due_moved"):
        audit.record(action, cast.agency.id, f"task:{cast.task.id}", at=NOW, actor=cast.coordinator)

    assert [action for _, action, _ in told(cast.head, [cast.task.id], before)] == ["task.edited", "task.due_moved"]
