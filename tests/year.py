"""A year of seven measures in the states of a day in March."""

from __future__ import annotations

from ita_flow.domain.states import ReportState, WorkStatus
from tests.factories import Cast, a_division, a_report, a_task, one_commit


def in_march(cast: Cast) -> None:
    """1 and 6 are done, 2 and 4 under way, 3 awaits its director, 5 came back, 7 has not begun."""
    with one_commit():
        measures = {measure.number: measure for measure in cast.task.measure.plan.measures}
        works = {1: WorkStatus.DONE, 4: WorkStatus.IN_PROGRESS, 6: WorkStatus.DONE, 7: WorkStatus.NOT_STARTED}
        for number, status in works.items():
            a_task(measures[number], division=a_division(cast.agency, f"กองที่ {number}"), work_status=status)
        third = a_task(measures[3], section=cast.section, officers=[cast.officer])
        a_report(third, cast.officer, approvals=1)
        a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
        a_report(cast.other_task, cast.other_officer, state=ReportState.RETURNED)
