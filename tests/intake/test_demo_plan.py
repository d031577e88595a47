"""The document of the demonstration is whole and written without a slip."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.scoring import GOOD, Instrument, instrument_scores
from ita_flow.domain.steps import steps_of
from ita_flow.intake import read_plan
from ita_flow.intake.draft import PlanDraft
from tests.source import PACKAGE


@pytest.fixture(scope="module")
def draft() -> PlanDraft:
    content = (PACKAGE / "demo" / "plan_2567.txt").read_bytes()

    reading = read_plan(content, "plan_2567.txt", FiscalYear(2567), "อบจ.ตัวอย่าง")

    assert (reading.problems, reading.doubts, reading.repairs) == ((), (), ())
    assert reading.draft is not None
    return reading.draft


def test_its_level_is_held_back_by_one_instrument(draft: PlanDraft) -> None:
    assert draft.assessment is not None
    instruments = instrument_scores({row.number: row.score for row in draft.assessment.indicators})

    assert (draft.assessment.total, draft.assessment.level) == (Decimal("96.77"), GOOD)
    assert (draft.assessment.rank_national, draft.assessment.rank_group) == (27, "องค์การบริหารส่วนจังหวัด")
    assert [name for name, score in instruments.items() if score < Decimal(95)] == [Instrument.EIT]


def test_it_has_findings_of_each_channel(draft: PlanDraft) -> None:
    assert draft.assessment is not None

    assert {finding.channel.value for finding in draft.assessment.findings} == {"eit_public", "eit_survey", "oit"}


def test_its_seven_measures_fall_into_steps_and_windows(draft: PlanDraft) -> None:
    assert [len(steps_of(measure.method)) for measure in draft.measures] == [3, 4, 3, 3, 3, 2, 3]
    assert [measure.area for measure in draft.measures if measure.window.kind is WindowKind.FULL_YEAR] == [4, 5]
    assert len({one.division for measure in draft.measures for one in measure.responsible}) == 4
    assert draft.limitations_none
