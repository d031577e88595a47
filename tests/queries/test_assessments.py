"""The scores of the last years: what is known, and what is not, is told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_flow.domain.findings import Channel
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding, IndicatorScore
from ita_flow.queries.assessments import score_history
from tests.factories import Cast, one_commit
from tests.statements import counted_statements


def an_assessment(cast: Cast, year: int, total: str | None = "97.14", advice: int = 0) -> Assessment:
    assessment = Assessment(
        agency_id=cast.agency.id,
        year=year,
        total=None if total is None else Decimal(total),
        indicators=[IndicatorScore(number=number, score=Decimal(90 + number)) for number in range(1, 11)],
        findings=[
            Finding(
                channel=Channel.OIT,
                position=place,
                sequence=place,
                code=f"o{place}",
                issue="ประเด็น",
                advice="ควรปรับปรุง",
            )
            for place in range(1, advice + 1)
        ],
    )
    db.session.add(assessment)
    return assessment


def test_an_agency_without_a_result_has_no_history(cast: Cast) -> None:
    assert score_history(cast.agency.id) is None


def test_the_five_years_up_to_the_newest_are_shown_known_or_not(cast: Cast) -> None:
    with one_commit():
        early, newest = an_assessment(cast, 2563, "91.20"), an_assessment(cast, 2566)
        an_assessment(cast, 2558, "75.00")

    history = score_history(cast.agency.id)

    assert history is not None
    assert history.newest is newest
    assert history.years == [(2562, None), (2563, early), (2564, None), (2565, None), (2566, newest)]


@pytest.mark.parametrize(
    ("totals", "unknown"),
    [
        ({2566: "97.14"}, [(2562, 2565)]),
        ({2566: "97.14", 2564: "90.00"}, [(2562, 2563), (2565, 2565)]),
        ({2566: None}, [(2562, 2566)]),
        (dict.fromkeys(range(2562, 2567), "95.00"), []),
    ],
)
def test_unknown_years_are_told_as_spans(
    cast: Cast, totals: dict[int, str | None], unknown: list[tuple[int, int]]
) -> None:
    with one_commit():
        for year, total in totals.items():
            an_assessment(cast, year, total)

    history = score_history(cast.agency.id)

    assert history is not None
    assert history.unknown_years == unknown


def test_the_advice_counted_is_that_of_the_newest_year(cast: Cast) -> None:
    with one_commit():
        an_assessment(cast, 2565, advice=3)
        an_assessment(cast, 2566, advice=8)

    history = score_history(cast.agency.id)

    assert history is not None
    assert history.advice == 8


def test_the_history_of_many_years_is_one_statement(cast: Cast) -> None:
    with one_commit():
        for year in range(2560, 2567):
            an_assessment(cast, year, advice=2)
    agency_id = cast.agency.id
    db.session.expunge_all()

    with counted_statements() as statements:
        history = score_history(agency_id)
        assert history is not None
        assert len(history.newest.scores) == 10

    assert len(statements) == 1, "\n".join(statements)


def test_the_results_of_others_are_not_seen(cast: Cast) -> None:
    an_assessment(cast, 2566)
    db.session.commit()

    assert score_history(cast.stranger.agency_id) is None
