"""Plans as other offices lay them out come in exactly, whatever kind of file they stand in."""

from __future__ import annotations

import pytest

from ita_flow.domain.calendar import FiscalYear
from ita_flow.intake import read_plan
from ita_flow.intake.draft import DraftMeasure
from tests.intake.layouts import LAYOUTS, Layout, Said
from tests.intake.makers import MAKERS

each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


@each_layout
@pytest.mark.parametrize("file_name", MAKERS)
def test_a_plan_in_another_layout_comes_in_exactly(layout: Layout, file_name: str) -> None:
    reading = read_plan(MAKERS[file_name](layout.blocks), file_name, FiscalYear(layout.year), None)

    assert reading.problems == ()
    assert reading.draft is not None
    assert tuple(map(said_by, reading.draft.measures)) == layout.said
    assert reading.draft.holds == layout.holds
    assert tuple(sorted(doubt.kind for doubt in reading.doubts)) == layout.doubts


def said_by(measure: DraftMeasure) -> Said:
    return Said(
        area=measure.area,
        title=measure.title,
        items=tuple(item.code for item in measure.items),
        responsible=tuple((one.section, one.division) for one in measure.responsible),
        window=(measure.window.starts_on.isoformat(), measure.window.ends_on.isoformat()),
        is_for_every_division=measure.is_for_every_division,
    )
