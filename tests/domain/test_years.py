"""Which years a plan or a result can speak of."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.years import can_be_assessed, may_begin

TODAY = date(2024, 3, 18)


@pytest.mark.parametrize(("year", "may"), [(2559, False), (2560, True), (2567, True), (2568, True), (2569, False)])
def test_years_can_be_begun_up_to_the_next(year: int, may: bool) -> None:
    assert may_begin(year, TODAY) is may


@pytest.mark.parametrize(("year", "can"), [(2499, False), (2500, True), (2567, True), (2568, False)])
def test_a_year_to_come_has_no_result(year: int, can: bool) -> None:
    assert can_be_assessed(year, TODAY) is can
