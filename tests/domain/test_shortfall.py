"""Why a result is not one level higher."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.scoring import INSTRUMENTS, Instrument, instrument_scores, level_of, shortfall, total_of

PUBLISHED = {number: Decimal(100) for number in range(1, 11)} | {
    6: Decimal("95.47"),
    7: Decimal("91.13"),
    8: Decimal("88.80"),
    9: Decimal("98.00"),
}
scores = st.decimals(0, 100, places=2)
results = st.fixed_dictionaries(dict.fromkeys(range(1, 11), scores))


def all_at(score: str) -> dict[int, Decimal]:
    return dict.fromkeys(range(1, 11), Decimal(score))


def test_an_instrument_below_the_bound_holds_the_level_down() -> None:
    why = shortfall(2566, PUBLISHED)

    assert why is not None
    assert (why.next_level, why.bound, why.missing_total) == ("ผ่านดีเยี่ยม", Decimal(95), Decimal(0))
    assert [(gap.instrument, gap.score, gap.points) for gap in why.gaps] == [
        (Instrument.EIT, Decimal("91.80"), Decimal("9.60"))
    ]


def test_the_top_level_lacks_nothing() -> None:
    assert shortfall(2566, all_at("95")) is None


def test_an_unknown_score_leaves_the_question_open() -> None:
    assert shortfall(2566, {number: score for number, score in PUBLISHED.items() if number != 10}) is None


def test_below_the_passing_mark_only_the_total_counts() -> None:
    why = shortfall(2566, all_at("80.50"))

    assert why is not None
    assert (why.next_level, why.missing_total, why.gaps) == ("ผ่าน", Decimal("4.50"), ())


def test_a_pass_with_a_weak_instrument_names_that_instrument() -> None:
    why = shortfall(2566, all_at("100") | {6: Decimal(80), 7: Decimal(80), 8: Decimal(80)})

    assert why is not None
    assert (why.next_level, [gap.instrument for gap in why.gaps]) == ("ผ่านดี", [Instrument.EIT])
    assert why.gaps[0].points == Decimal("15.00")


def test_earlier_years_climb_by_letters() -> None:
    why = shortfall(2565, all_at("84.99"))

    assert why is not None
    assert (why.next_level, why.missing_total) == ("A", Decimal("0.01"))


def test_the_lowest_letter_has_a_next_one_too() -> None:
    why = shortfall(2565, all_at("12"))

    assert why is not None
    assert why.next_level == "E"


@given(results)
def test_whoever_is_told_what_lacks_reaches_the_next_level_with_it(result: dict[int, Decimal]) -> None:
    why = shortfall(2566, result)
    if why is None:
        assert level_of(2566, total_of(result) or Decimal(0), instrument_scores(result)) == "ผ่านดีเยี่ยม"
        return

    lifted = dict(result)
    for gap in why.gaps:
        lifted |= dict.fromkeys(INSTRUMENTS[gap.instrument].indicators, why.bound)
    if (total_of(lifted) or 0) < why.bound:
        lifted = {number: max(score, why.bound) for number, score in lifted.items()}

    reached = level_of(2566, total_of(lifted) or Decimal(0), instrument_scores(lifted))
    assert LEVELS.index(reached) <= LEVELS.index(why.next_level)
    assert why.gaps or why.missing_total


LEVELS = ("ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน")
