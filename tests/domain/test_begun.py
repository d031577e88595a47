"""What may still change once work has begun."""

from __future__ import annotations

import pytest

from ita_flow.domain.begun import Trace, fixed_of_measure, may_be_taken_back, may_change_unit

ALL = ["area", "title", "items", "analysis", "method", "window", "responsible"]


@pytest.mark.parametrize(
    ("trace", "unit", "removal"),
    [(Trace.NONE, True, True), (Trace.REMINDED, True, False), (Trace.REPORTED, False, False)],
)
def test_a_task_moves_until_somebody_reports_and_goes_until_anybody_heard_of_it(
    trace: Trace, unit: bool, removal: bool
) -> None:
    assert (may_change_unit(trace), may_be_taken_back(trace)) == (unit, removal)


def test_one_report_fixes_what_officers_of_the_measure_were_told_to_do() -> None:
    assert fixed_of_measure(ALL, [Trace.NONE, Trace.REPORTED]) == ["area", "title", "method", "window"]


def test_reminders_alone_fix_nothing_of_the_measure() -> None:
    assert fixed_of_measure(ALL, [Trace.REMINDED, Trace.NONE]) == []
