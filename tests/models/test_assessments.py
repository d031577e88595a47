"""An unknown score is unknown; a known one lies between 0 and 100; instruments are the means of their indicators."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_flow.domain.findings import Channel
from ita_flow.domain.scoring import Instrument
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding, IndicatorScore
from tests.factories import Cast
from tests.models.refusing import TWICE, refused

SCORES = {1: "100", 2: "100", 3: "100", 4: "100", 5: "100", 6: "95.47", 7: "91.13", 8: "88.80", 9: "98", 10: "100"}


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    assessment = Assessment(
        agency_id=cast.agency.id,
        year=2566,
        total=Decimal("97.14"),
        indicators=[IndicatorScore(number=number, score=Decimal(score)) for number, score in SCORES.items()],
    )
    db.session.add(assessment)
    db.session.commit()
    return assessment


def test_instruments_are_the_means_of_their_indicators(assessment: Assessment) -> None:
    assert assessment.instruments == {
        Instrument.IIT: Decimal("100.00"),
        Instrument.EIT: Decimal("91.80"),
        Instrument.OIT: Decimal("99.00"),
    }


def test_an_unknown_score_leaves_its_instrument_unknown(assessment: Assessment) -> None:
    assessment.indicators[5].score = None
    db.session.commit()

    assert 6 not in assessment.scores
    assert set(assessment.instruments) == {Instrument.IIT, Instrument.OIT}


@pytest.mark.parametrize("score", [Decimal("-0.01"), Decimal("100.01")])
def test_scores_lie_between_0_and_100(assessment: Assessment, score: Decimal) -> None:
    with refused("score_in_range"):
        assessment.indicators[0].score = score


@pytest.mark.parametrize("total", [Decimal("-0.01"), Decimal("100.01")])
def test_the_total_lies_between_0_and_100(assessment: Assessment, total: Decimal) -> None:
    with refused("total_in_range"):
        assessment.total = total


@pytest.mark.parametrize("number", [0, 11])
def test_there_are_ten_indicators(assessment: Assessment, number: int) -> None:
    with refused("one_of_ten"):
        db.session.add(IndicatorScore(assessment_id=assessment.id, number=number))


def test_a_year_is_assessed_once(assessment: Assessment) -> None:
    with refused(TWICE):
        db.session.add(Assessment(agency_id=assessment.agency_id, year=assessment.year))


def test_a_question_may_be_advised_on_once_in_each_channel(assessment: Assessment) -> None:
    assessment.findings = [_finding(1, Channel.EIT_PUBLIC), _finding(2, Channel.EIT_SURVEY)]
    db.session.commit()

    with refused(TWICE):
        assessment.findings.append(_finding(3, Channel.EIT_SURVEY))


def _finding(position: int, channel: Channel) -> Finding:
    return Finding(position=position, sequence=1, channel=channel, code="e13", issue="ไม่ทราบช่องทาง", advice="เผยแพร่")
