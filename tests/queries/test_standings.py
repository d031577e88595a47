"""The flat rows over which pages count: they say of each task exactly what its full row says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.queries.standing import Standing
from ita_flow.queries.standings import all_standings
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, rows_where, stored_part_of
from tests.factories import NOW, TODAY, YEAR, Cast, a_report, a_task, one_commit
from tests.factories.plans import set_status
from tests.statements import counted_statements, with_nothing_loaded

THIS_YEAR = TaskFilter(YEAR.buddhist_year)
SAID = (
    *("number", "due_on", "state", "deadline", "days", "percent", "claimed_percent", "claimed_done_on"),
    *("updated_at", "is_open", "needs_follow_up", "urgency"),
)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """A task in every state, sent in time and late, and sent again after it came back."""
    with one_commit():
        for state in ReportState:
            a_report(a_task(section=cast.section, officers=[cast.officer]), cast.officer, state=state)
        begun = a_task(section=cast.section, officers=[cast.officer])
        set_status(begun, WorkStatus.IN_PROGRESS, NOW)
        a_report(begun, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
        late = a_task(section=cast.other_section, due_on=TODAY - timedelta(days=20))
        a_report(late, cast.other_officer, at=NOW - timedelta(days=2))
        for status in (WorkStatus.DONE, WorkStatus.CANCELLED):
            set_status(a_task(division=cast.other_division), status, NOW)
        a_task(division=cast.other_division, due_on=TODAY - timedelta(days=1))
    return cast


def said_by(row: Standing) -> dict[str, object]:
    return {name: getattr(row, name) for name in SAID}


def test_a_flat_row_says_what_the_full_row_says(office: Cast) -> None:
    full: list[TaskRow] = rows_where(stored_part_of(office.officer, THIS_YEAR), TODAY)

    flat = all_standings(office.officer, THIS_YEAR, TODAY)

    assert len({row.state for row in flat}) == 6
    assert [said_by(row) for row in flat] == [said_by(row) for row in full]
    assert [row.division_name for row in flat] == [row.task.division.name for row in full]
    assert [row.section_name for row in flat] == [row.task.section.name if row.task.section else None for row in full]


def test_any_number_of_tasks_costs_one_statement(office: Cast) -> None:
    officer = with_nothing_loaded(office.officer)

    with counted_statements() as sent:
        all_standings(officer, THIS_YEAR, TODAY)

    assert len(sent) == 1


def test_another_agency_sees_its_own_tasks_alone(office: Cast) -> None:
    rows = all_standings(office.stranger, THIS_YEAR, TODAY)

    assert [row.task_id for row in rows] == [office.strange_task.id]
