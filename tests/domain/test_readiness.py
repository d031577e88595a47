"""What may be decided on from the list: with evidence, without trouble, and not behind what is approved already."""

from __future__ import annotations

import pytest

from ita_flow.domain.readiness import Caution, cautions

READY = {"pieces_of_evidence": 1, "obstacles": "", "percent_before": 50, "percent_claimed": 50}


def test_a_report_with_evidence_and_no_trouble_is_ready() -> None:
    assert cautions(**READY) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("otherwise", "caution"),
    [
        ({"pieces_of_evidence": 0}, Caution.NO_EVIDENCE),
        ({"obstacles": "ขาดคน"}, Caution.OBSTACLES),
        ({"percent_claimed": 45}, Caution.FALLS_BACK),
    ],
)
def test_anything_unusual_is_opened_first(otherwise: dict[str, object], caution: Caution) -> None:
    assert cautions(**{**READY, **otherwise}) == [caution]  # type: ignore[arg-type]


def test_blank_obstacles_are_none() -> None:
    assert cautions(**{**READY, "obstacles": " \n"}) == []  # type: ignore[arg-type]
