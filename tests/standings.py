"""Tasks as they stand on a day, of no database: for what is only counted, sorted or drawn."""

from __future__ import annotations

from datetime import date

from ita_flow.domain.calendar import WindowKind, bangkok_moment
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.queries.standings import TaskStanding
from tests.factories import TODAY, YEAR

DUE_ON = {
    WindowKind.FIRST_HALF: YEAR.first_half_ends_on,
    WindowKind.FULL_YEAR: YEAR.ends_on,
    WindowKind.CUSTOM: date(2024, 6, 30),
}


def a_standing(
    number: int = 1,
    area: int = 1,
    window: WindowKind = WindowKind.FIRST_HALF,
    division: str = "กองยุทธศาสตร์และงบประมาณ",
    status: WorkStatus = WorkStatus.NOT_STARTED,
    report: ReportState | None = None,
    percent: int = 0,
    claims_done: bool = False,
    today: date = TODAY,
) -> TaskStanding:
    """A task of the measure with this number; a submitted report claims 95 per cent, or that the work is done."""
    is_done = status is WorkStatus.DONE
    is_pending = report is ReportState.SUBMITTED and status not in (WorkStatus.DONE, WorkStatus.CANCELLED)
    sent_on = min(today, DUE_ON[window]) if is_done or (is_pending and claims_done) else None
    return TaskStanding(
        task_id=number * 100 + len(division),
        measure_id=number,
        number=number,
        title=f"มาตรการตัวอย่างที่ {number}",
        area=area,
        window_kind=window,
        division_id=sum(map(ord, division)),
        division_name=division,
        section_id=None,
        section_name=None,
        due_on=DUE_ON[window],
        work_status=status,
        report_state=report,
        percent=100 if is_done else percent,
        claimed_percent=(100 if claims_done else 95) if is_pending else None,
        claimed_done_on=sent_on,
        completed_at=bangkok_moment(sent_on, 9) if is_done and sent_on else None,
        updated_at=None,
        today=today,
    )
