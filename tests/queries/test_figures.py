"""The figures of the dashboard, each worked out by hand: of the demo, and of the real plan after half a year."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.database import transaction
from ita_flow.demo.build import build
from ita_flow.demo.people import CLERK, PERSONNEL, STRATEGY, TREASURY
from ita_flow.domain.calendar import FiscalYear, WindowKind, bangkok_moment
from ita_flow.domain.pace import Elapsed, Forecast, Pace
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.intake import read_plan
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.tasks import Task
from ita_flow.queries.dashboard import SHOWN_STATES, Overview, overview
from ita_flow.queries.tallies import Tally
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.plan_import import Document, import_plan
from ita_flow.workflow.progress_reports import newest_report
from tests.factories import NOW, Cast, a_decision, a_plan, a_report, a_task, a_user, an_agency, one_commit
from tests.factories.plans import set_status
from tests.kept_rows import KeptRows, is_sqlite, rows_kept
from tests.queries.test_dashboard import add_up
from tests.seed import seed
from tests.workflow.importing import tasks

FIRST_HALF, FULL_YEAR = WindowKind.FIRST_HALF, WindowKind.FULL_YEAR

# Working days of the fiscal year 2567, counted on the calendar of the public holidays:
#   ต.ค. 22 less 13, 23 = 20 · พ.ย. 22 · ธ.ค. 21 less 5, 11, 29 = 18 · ม.ค. 23 less 1 = 22 · ก.พ. 21 less 26 = 20 ·
#   มี.ค. 21: together 123 in the first half; until the end of February 102.
#   เม.ย. 22 less 8, 12, 15, 16 = 18 · พ.ค. 23 less 6, 10, 22 = 20 · มิ.ย. 20 less 3 = 19 · ก.ค. 23 less 22, 29 = 21 ·
#   ส.ค. 22 less 12 = 21 · ก.ย. 21: together 120 in the second half, 243 in the year.
DAYS_OF_THE_HALF, DAYS_OF_THE_YEAR = 123, 243

Figures = tuple[int, int, int, int]
"""All, done, nearly due, overdue."""


def tally_of(tally: Tally) -> Figures:
    return tally.total, tally.done, tally.due_soon, tally.overdue


def states_of(year: Overview) -> list[int]:
    """Done, submitted, in progress, returned, not begun."""
    return [year.states[state] for state in SHOWN_STATES]


def divisions_of(year: Overview) -> list[tuple[str, Figures]]:
    return [(row.name, tally_of(row.tally)) for row in year.divisions]


def areas_of(year: Overview) -> list[tuple[int, int, int]]:
    """Measures, those of them that are done, and the approved progress in per cent."""
    return [(row.tally.total, row.tally.done, row.percent) for row in year.areas]


def windows_of(year: Overview) -> list[tuple[WindowKind, Figures]]:
    return [(row.kind, tally_of(row.tally)) for row in year.windows]


def follow_up_of(year: Overview) -> list[int]:
    return [row.number for row in year.follow_up]


def pace_of(year: Overview) -> Pace:
    assert year.pace
    return year.pace


# The demo on Monday, 18 มี.ค. 2567. What its story tells of each measure:
#   1 three steps, claimed 8 มี.ค., approved 11 มี.ค.: done, 100 %                          กองยุทธศาสตร์ 6 เดือนแรก
#   2 two of four steps approved 15 ก.พ.: in progress, 50 %, 13 days left                   กองยุทธศาสตร์ 6 เดือนแรก
#   3 one of three steps approved 19 ม.ค.: 33 %; claimed done 14 มี.ค., undecided          กองยุทธศาสตร์ 6 เดือนแรก
#   4 one of three steps approved 21 ก.พ.: in progress, 33 %                                สำนักปลัด ตลอดปี
#   5 its one report was returned 15 มี.ค.: nothing is approved, 0 %                        กองคลัง ตลอดปี
#   6 approved 22 ก.พ.: done, 100 %                                                         กองการเจ้าหน้าที่ 6 เดือนแรก
#   7 nobody has reported: 0 %, 13 days left                                                สำนักปลัด 6 เดือนแรก
DEMO_DAY = date(2024, 3, 18)


_demo: dict[bool, KeptRows] = {}
"""Built once: whether on SQLite, and its rows."""


@pytest.fixture
def demo(app: Flask) -> User:
    """The coordinator of the demo, built to its end."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], is_demo=True)
    if is_sqlite() in _demo:
        _demo[is_sqlite()].put()
    else:
        build(lambda _stage: None)
        _demo[is_sqlite()] = rows_kept()
    return db.session.scalars(sa.select(User).where(User.email.startswith("coordinator@"))).one()


def test_the_figures_of_the_demo(demo: User) -> None:
    year = overview(demo, 2567, DEMO_DAY)

    assert (tally_of(year.tally), year.cancelled) == ((7, 2, 2, 0), 0)  # done 1 6 · nearly due 2 7
    assert states_of(year) == [2, 1, 2, 1, 1]  # 1 6 · 3 · 2 4 · 5 · 7
    assert follow_up_of(year) == [2, 7, 5]
    assert divisions_of(year) == [
        (STRATEGY, (3, 1, 1, 0)),  # 1 2 3: most to look after, with as much as the next, and first in the alphabet
        (CLERK, (2, 0, 1, 0)),  # 4 7
        (TREASURY, (1, 0, 0, 0)),  # 5
        (PERSONNEL, (1, 1, 0, 0)),  # 6: nothing is missing
    ]
    assert areas_of(year) == [(1, 1, 100), (1, 0, 50), (1, 0, 33), (1, 0, 33), (1, 0, 0), (1, 1, 100), (1, 0, 0)]
    assert windows_of(year) == [(FIRST_HALF, (5, 2, 2, 0)), (FULL_YEAR, (2, 0, 0, 0))]


def test_the_halves_of_the_demo(demo: User) -> None:
    first = overview(demo, 2567, DEMO_DAY, window=FIRST_HALF)
    whole = overview(demo, 2567, DEMO_DAY, window=FULL_YEAR)

    assert states_of(first) == [2, 1, 1, 0, 1]  # 1 6 · 3 · 2 · none · 7
    assert divisions_of(first) == [(STRATEGY, (3, 1, 1, 0)), (CLERK, (1, 0, 1, 0)), (PERSONNEL, (1, 1, 0, 0))]
    assert states_of(whole) == [0, 0, 1, 1, 0]  # 4 · 5
    assert divisions_of(whole) == [(TREASURY, (1, 0, 0, 0)), (CLERK, (1, 0, 0, 0))]


def test_the_pace_of_the_demo(demo: User) -> None:
    pace = pace_of(overview(demo, 2567, DEMO_DAY))

    # มี.ค. until the 18th: 1, 4–8, 11–15, 18 = 12 working days, with 102 before: 114 · 114/123 = 92.6 %
    assert (pace.window.kind, pace.elapsed, pace.elapsed.percent) == (FIRST_HALF, Elapsed(114, DAYS_OF_THE_HALF), 92)
    # (100 + 50 + 33 + 100 + 0) / 5 = 56.6 % · with the claim of 3: (100 + 50 + 100 + 100 + 0) / 5 = 70 %
    assert (pace.approved, pace.claimed) == (56, 70)
    # times 123/114: 50 → 53.9, 33 → 35.6 · (100 + 53 + 35 + 100 + 0) / 5 = 57.6 %; 1 and 6 are complete
    assert pace.forecast == Forecast(complete=2, average=57)
    # with the claim of 3: (100 + 53 + 100 + 100 + 0) / 5 = 70.6 %; 1, 3 and 6 are complete
    assert pace.claimed_forecast == Forecast(complete=3, average=70)


REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
OFFICE_OF_THE_CLERK = "สำนักปลัดองค์การบริหารส่วนจังหวัด"


@pytest.fixture
def half_a_year(app: Flask) -> User:
    """The real plan, with invented events until 1 เม.ย. 2567:

    1 claimed 20 ก.พ., approved 27 ก.พ.                  กองยุทธศาสตร์ 6 เดือนแรก
    2 40 % approved; claimed done 12 มี.ค., undecided     กองยุทธศาสตร์ 6 เดือนแรก
    3 60 % approved                                      กองยุทธศาสตร์ 6 เดือนแรก
    4 25 % approved                                      สำนักปลัด ตลอดปี
    5 its report was returned 8 มี.ค.                     กองคลัง ตลอดปี
    6 cancelled 22 ม.ค.                                  กองการเจ้าหน้าที่ 6 เดือนแรก
    7 given to สำนักปลัด, who have not begun, and to กองการเจ้าหน้าที่, who were done 6 มี.ค.   6 เดือนแรก
    """
    agency = an_agency(REAL_AGENCY, code="seed")
    reading = read_plan(seed(), "seed.txt", FiscalYear(2567), agency.name)
    with transaction():
        import_plan(
            agency, reading, Document("seed.txt", "ab" * 32), is_approved=True, actor=None, via=COMMAND_LINE, at=NOW
        )
    with one_commit():
        _live_half_a_year(agency, {task.measure.number: task for task in tasks()})
        return a_user(agency, role=Role.COORDINATOR)


def _live_half_a_year(agency: Agency, task_of: Mapping[int, Task]) -> None:
    officer = a_user(agency, role=Role.OFFICER)
    set_status(task_of[1], WorkStatus.DONE, bangkok_moment(date(2024, 2, 20), 9))
    for number, percent in {2: 40, 3: 60, 4: 25}.items():
        set_status(task_of[number], WorkStatus.IN_PROGRESS, bangkok_moment(date(2024, 1, 15), 9))
        task_of[number].percent = percent
    a_report(task_of[2], officer, at=bangkok_moment(date(2024, 3, 12), 15))
    returned_at = bangkok_moment(date(2024, 3, 8), 9)
    a_report(task_of[5], officer, state=ReportState.RETURNED, claim=WorkStatus.IN_PROGRESS, at=returned_at)
    set_status(task_of[6], WorkStatus.CANCELLED, bangkok_moment(date(2024, 1, 22), 9))
    also = task_of[6].division
    a_task(task_of[7].measure, division=also, work_status=WorkStatus.DONE, at=bangkok_moment(date(2024, 3, 6), 9))


def approve_the_second(on: date) -> None:
    """The claim of measure 2 is approved by its two seats."""
    task = next(task for task in tasks() if task.measure.number == 2)
    report = newest_report(task)
    assert report
    for _seat in range(2):
        a_decision(report.versions[-1], at=bangkok_moment(on, 9))
    report.state = ReportState.APPROVED
    set_status(task, WorkStatus.DONE, bangkok_moment(date(2024, 3, 12), 15))
    db.session.commit()


@pytest.mark.seed
def test_the_figures_of_the_real_plan_shortly_before_the_half(half_a_year: User) -> None:
    year = overview(half_a_year, 2567, date(2024, 3, 20))  # 11 days before 31 มี.ค.

    # 6 is cancelled · done 1 · nearly due 3 and 7; 2 was claimed in time, whatever its approver does
    assert (tally_of(year.tally), year.cancelled) == ((6, 1, 2, 0), 1)
    assert states_of(year) == [1, 1, 3, 1, 0]  # 1 · 2 · 3 4 7 · 5 · none: half of 7 is done
    assert follow_up_of(year) == [2, 3, 7, 5]  # the seat has had 2 for 6 working days of 3
    assert year.milestone
    assert (year.milestone.days, year.milestone.missing) == (11, 3)  # 2 3 7
    assert divisions_of(year) == [
        (STRATEGY, (3, 1, 1, 0)),  # 1 2 3
        (OFFICE_OF_THE_CLERK, (2, 0, 1, 0)),  # 4 7
        (TREASURY, (1, 0, 0, 0)),  # 5
        (PERSONNEL, (1, 1, 0, 0)),  # its part of 7; 6 no longer counts
    ]
    assert tally_of(year.division_total) == (7, 2, 2, 0)  # tasks: 7 is two of them
    # of area 6 nothing is left · area 7: (0 + 100) / 2
    assert areas_of(year) == [(1, 1, 100), (1, 0, 40), (1, 0, 60), (1, 0, 25), (1, 0, 0), (0, 0, 0), (1, 0, 50)]
    assert windows_of(year) == [(FIRST_HALF, (4, 1, 2, 0)), (FULL_YEAR, (2, 0, 0, 0))]


@pytest.mark.seed
def test_the_forecast_of_the_real_plan(half_a_year: User) -> None:
    pace = pace_of(overview(half_a_year, 2567, date(2024, 3, 20)))

    # มี.ค. until the 20th: 14 working days, with 102 before: 116 · 116/123 = 94.3 %
    assert (pace.window.kind, pace.elapsed, pace.elapsed.percent) == (FIRST_HALF, Elapsed(116, DAYS_OF_THE_HALF), 94)
    # 1 2 3 7: (100 + 40 + 60 + 50) / 4 = 62.5 % · with the claim of 2: (100 + 100 + 60 + 50) / 4 = 77.5 %
    assert (len(pace.measures), pace.approved, pace.claimed) == (4, 62, 77)
    # times 123/116: 40 → 42.4, 60 → 63.6, 50 → 53.0 · (100 + 42 + 63 + 53) / 4 = 64.5 %; 1 is complete
    assert pace.forecast == Forecast(complete=1, average=64)
    # with the claim of 2: (100 + 100 + 63 + 53) / 4 = 79 %; 1 and 2 are complete
    assert pace.claimed_forecast == Forecast(complete=2, average=79)


@pytest.mark.seed
def test_the_figures_of_the_real_plan_on_the_day_after_the_half(half_a_year: User) -> None:
    approve_the_second(on=date(2024, 3, 25))

    year = overview(half_a_year, 2567, date(2024, 4, 1))

    assert (tally_of(year.tally), year.cancelled) == ((6, 2, 0, 2), 1)  # done 1 2 · overdue 3 7
    assert states_of(year) == [2, 0, 3, 1, 0]  # 1 2 · none · 3 4 7 · 5 · none
    assert follow_up_of(year) == [3, 7, 5]
    assert year.milestone
    assert (year.milestone.kind, year.milestone.days, year.milestone.missing) == (FULL_YEAR, 182, 4)  # 3 4 5 7
    assert divisions_of(year) == [
        (OFFICE_OF_THE_CLERK, (2, 0, 0, 1)),  # one overdue as the next, but two missing
        (STRATEGY, (3, 2, 0, 1)),
        (TREASURY, (1, 0, 0, 0)),
        (PERSONNEL, (1, 1, 0, 0)),
    ]
    assert windows_of(year) == [(FIRST_HALF, (4, 2, 0, 2)), (FULL_YEAR, (2, 0, 0, 0))]


@pytest.mark.seed
def test_after_the_half_the_forecast_is_for_the_end_of_the_year(half_a_year: User) -> None:
    approve_the_second(on=date(2024, 3, 25))
    monday = date(2024, 4, 1)

    year = pace_of(overview(half_a_year, 2567, monday))
    half = pace_of(overview(half_a_year, 2567, monday, window=FIRST_HALF))
    whole = pace_of(overview(half_a_year, 2567, monday, window=FULL_YEAR))

    # 123 + 1 of 243 days = 51.0 % · (100 + 100 + 60 + 25 + 0 + 50) / 6 = 55.8 %
    assert (year.elapsed, year.elapsed.percent, year.approved) == (Elapsed(124, DAYS_OF_THE_YEAR), 51, 55)
    # times 243/124: 60 → 117, 25 → 48.9, 50 → 97.9 · (100 + 100 + 100 + 48 + 0 + 97) / 6 = 74.1 %; 1 2 3 are complete
    assert year.forecast == Forecast(complete=3, average=74)
    # the half is over: (100 + 100 + 60 + 50) / 4 = 77.5 %, and nothing more to foretell
    assert (half.elapsed, half.approved, half.forecast) == (Elapsed(123, DAYS_OF_THE_HALF), 77, None)
    # 4 and 5 have the whole year: (25 + 0) / 2 = 12.5 % · (48 + 0) / 2 = 24 %
    assert (whole.approved, whole.forecast) == (12, Forecast(complete=0, average=24))


@pytest.mark.seed
def test_the_figures_of_one_division_of_the_real_plan(half_a_year: User) -> None:
    division = db.session.scalars(sa.select(Unit).where(Unit.name == STRATEGY)).one()

    ours = overview(half_a_year, 2567, date(2024, 3, 20), division=division.id)

    assert tally_of(ours.tally) == (3, 1, 1, 0)
    assert states_of(ours) == [1, 1, 1, 0, 0]  # 1 · 2 · 3
    # (100 + 40 + 60) / 3 = 66.6 % · (100 + 42 + 63) / 3 = 68.3 %
    assert (pace_of(ours).approved, pace_of(ours).forecast) == (66, Forecast(complete=1, average=68))


_years = itertools.count(2580)
stages = st.sampled_from(
    [
        *((status, None) for status in WorkStatus),
        *((WorkStatus.NOT_STARTED, state) for state in ReportState),
        (WorkStatus.IN_PROGRESS, ReportState.SUBMITTED),
    ]
)
Office = Mapping[int, tuple[WorkStatus, ReportState | None]]
"""How a measure stands in the one division and in the other, where it was given to them."""

given_to = st.dictionaries(st.integers(0, 1), stages, min_size=1)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(offices=st.lists(given_to, min_size=1, max_size=9), days=st.integers(150, 200))
def test_the_figures_of_any_office_add_up(cast: Cast, offices: Sequence[Office], days: int) -> None:
    year = FiscalYear(next(_years))
    divisions = [cast.division, cast.other_division]
    with one_commit():
        plan = a_plan(cast.agency, year=year.buddhist_year, measures=len(offices))
        for measure, stage_of in zip(plan.measures, offices, strict=True):
            for place, (status, report) in stage_of.items():
                task = a_task(measure, division=divisions[place], work_status=status)
                if report:
                    a_report(task, cast.officer, state=report, claim=WorkStatus.DONE)
    today = date.fromordinal(year.starts_on.toordinal() + days)

    seen = overview(cast.coordinator, year.buddhist_year, today)

    assert len(seen.measures) == len(offices)
    assert len(seen.tasks) == sum(map(len, offices))
    add_up(seen)
    for window in seen.window_kinds:
        add_up(overview(cast.coordinator, year.buddhist_year, today, window=window))
    parts = [overview(cast.coordinator, year.buddhist_year, today, division=one.id) for one in divisions]
    assert sum(part.tally.total for part in parts) == seen.division_total.total
