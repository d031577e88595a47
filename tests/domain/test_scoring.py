"""Scores and levels, from the published result of 2566."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_flow.domain.scoring import (
    GOOD,
    INSTRUMENTS,
    TOP,
    Instrument,
    contradictions,
    instrument_scores,
    level_of,
    levels_named_in,
    rounded,
    total_of,
)

IIT, EIT, OIT = Instrument.IIT, Instrument.EIT, Instrument.OIT
PUBLISHED = {number: Decimal(100) for number in range(1, 11)} | {
    6: Decimal("95.47"),
    7: Decimal("91.13"),
    8: Decimal("88.80"),
    9: Decimal("98.00"),
}


def with_scores(**changes: str) -> dict[int, Decimal]:
    """The published scores, but ``i9="100"`` for indicator 9 and so on."""
    return PUBLISHED | {int(name.removeprefix("i")): Decimal(score) for name, score in changes.items()}


def test_the_published_result_comes_out_to_the_hundredth() -> None:
    assert instrument_scores(PUBLISHED) == {IIT: Decimal("100.00"), EIT: Decimal("91.80"), OIT: Decimal("99.00")}
    assert total_of(PUBLISHED) == Decimal("97.14")


def test_the_published_level_is_good_because_of_one_instrument() -> None:
    assert level_of(2566, Decimal("97.14"), instrument_scores(PUBLISHED)) == "ผ่านดี"
    assert level_of(2566, Decimal("97.14"), {IIT: Decimal(100), EIT: Decimal(95), OIT: Decimal(99)}) == "ผ่านดีเยี่ยม"


def test_the_total_is_not_the_plain_mean_of_the_instruments() -> None:
    instruments = instrument_scores(PUBLISHED)

    assert rounded(sum(instruments.values(), Decimal(0)) / 3) == Decimal("96.93")
    assert total_of(PUBLISHED) != Decimal("96.93")


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        (with_scores(i9="100"), "97.54"),
        (with_scores(i6="96.47"), "97.24"),
        (with_scores(i9="99"), "97.34"),
        (with_scores(i1="99"), "97.08"),
    ],
    ids=["the lost item is mended", "one point in EIT", "one point in OIT", "one point less in IIT"],
)
def test_what_a_change_is_worth(scores: dict[int, Decimal], total: str) -> None:
    assert total_of(scores) == Decimal(total)


def test_the_level_stays_when_the_lost_item_is_mended() -> None:
    scores = with_scores(i9="100")

    assert level_of(2566, Decimal("97.54"), instrument_scores(scores)) == "ผ่านดี"


@pytest.mark.parametrize("number", range(1, 11))
def test_an_unknown_indicator_leaves_the_total_unknown(number: int) -> None:
    scores = {known: score for known, score in PUBLISHED.items() if known != number}

    assert total_of(scores) is None
    assert len(instrument_scores(scores)) == 2


def test_no_scores_are_no_zero() -> None:
    assert total_of({}) is None
    assert instrument_scores({}) == {}


def test_weights_make_a_whole() -> None:
    assert sum(rule.weight for rule in INSTRUMENTS.values()) == 1
    assert sorted(number for rule in INSTRUMENTS.values() for number in rule.indicators) == list(range(1, 11))


@pytest.mark.parametrize(("score", "shown"), [("84.995", "85.00"), ("84.994", "84.99"), ("91.125", "91.13")])
def test_a_half_is_rounded_up(score: str, shown: str) -> None:
    assert rounded(Decimal(score)) == Decimal(shown)


def test_a_total_is_rounded_before_its_level_is_read() -> None:
    scores = {number: Decimal("84.995") for number in range(1, 11)}
    total = total_of(scores)

    assert total == Decimal("85.00")
    assert level_of(2566, total, instrument_scores(scores)) == "ผ่านดี"


@pytest.mark.parametrize(
    ("total", "lowest", "level"),
    [
        ("100", "100", "ผ่านดีเยี่ยม"),
        ("95", "95", "ผ่านดีเยี่ยม"),
        ("95", "94.99", "ผ่านดี"),
        ("94.99", "94.99", "ผ่านดี"),
        ("85", "85", "ผ่านดี"),
        ("99", "84.99", "ผ่าน"),
        ("85", "10", "ผ่าน"),
        ("84.99", "84.99", "ต้องปรับปรุง"),
        ("70", "0", "ต้องปรับปรุง"),
        ("69.99", "69.99", "ต้องปรับปรุงโดยด่วน"),
        ("0", "0", "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_levels_since_2566(total: str, lowest: str, level: str) -> None:
    instruments = {IIT: Decimal(100), EIT: Decimal(lowest), OIT: Decimal(100)}

    assert level_of(2566, Decimal(total), instruments) == level


@pytest.mark.parametrize(
    ("total", "letter"),
    [
        ("95", "AA"),
        ("94.99", "A"),
        ("85", "A"),
        ("84.99", "B"),
        ("75", "B"),
        ("74.99", "C"),
        ("65", "C"),
        ("64.99", "D"),
        ("55", "D"),
        ("54.99", "E"),
        ("50", "E"),
        ("49.99", "F"),
        ("0", "F"),
    ],
)
@pytest.mark.parametrize("year", [2562, 2565])
def test_levels_before_2566_are_letters(year: int, total: str, letter: str) -> None:
    assert level_of(year, Decimal(total), {}) == letter


FULL = dict.fromkeys(range(1, 11), Decimal("90.00"))


def test_a_result_that_agrees_with_its_scores_contradicts_nothing() -> None:
    assert contradictions(2566, Decimal("90.00"), GOOD, FULL) == ()
    assert contradictions(2565, Decimal("90.00"), "A", FULL) == ()


def test_a_stated_total_or_level_may_differ_and_is_told() -> None:
    found = contradictions(2566, Decimal("89.99"), TOP, FULL)

    assert [(one.field, one.stated, one.computed) for one in found] == [
        ("total", "89.99", "90.00"),
        ("level", TOP, GOOD),
    ]


def test_unknown_contradicts_nothing() -> None:
    assert contradictions(2566, None, None, FULL) == ()
    assert contradictions(2566, Decimal("1.00"), TOP, {1: Decimal(90)}) == ()


def test_levels_are_named_as_in_their_year() -> None:
    assert levels_named_in(2566)[0] == TOP
    assert levels_named_in(2565) == ("AA", "A", "B", "C", "D", "E", "F")
