"""Scores and levels of an assessment.

A total is the weighted mean of three instruments, an instrument the plain mean of its indicators.
Scores are ``Decimal`` with two places, rounded half up; an unknown score is ``None``, never 0.
The rule of levels is borne out by a published result for 2566 only; other years are to be checked
against that year's handbook of the ป.ป.ช.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

TWO_PLACES = Decimal("0.01")
LEVELS_BY_NAME_SINCE = 2566

INDICATORS: dict[int, str] = {
    1: "การปฏิบัติหน้าที่",
    2: "การใช้งบประมาณ",
    3: "การใช้อำนาจ",
    4: "การใช้ทรัพย์สินของราชการ",
    5: "การแก้ไขปัญหาการทุจริต",
    6: "คุณภาพการดำเนินงาน",
    7: "ประสิทธิภาพการสื่อสาร",
    8: "การปรับปรุงการทำงาน",
    9: "การเปิดเผยข้อมูล",
    10: "การป้องกันการทุจริต",
}


class Instrument(StrEnum):
    """The three questionnaires of an assessment."""

    IIT = "IIT"
    EIT = "EIT"
    OIT = "OIT"


@dataclass(frozen=True)
class InstrumentRule:
    """What an instrument is called, which indicators it holds and how much it weighs in the total."""

    name: str
    indicators: tuple[int, ...]
    weight: Decimal


INSTRUMENTS: dict[Instrument, InstrumentRule] = {
    Instrument.IIT: InstrumentRule("แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายใน", (1, 2, 3, 4, 5), Decimal("0.30")),
    Instrument.EIT: InstrumentRule("แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก", (6, 7, 8), Decimal("0.30")),
    Instrument.OIT: InstrumentRule("แบบวัดการเปิดเผยข้อมูลสาธารณะ", (9, 10), Decimal("0.40")),
}

INSTRUMENT_OF = {number: name for name, rule in INSTRUMENTS.items() for number in rule.indicators}
"""To which instrument an indicator belongs."""

TOP, GOOD, PASSED, IMPROVE, IMPROVE_NOW = "ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน"
LEVEL_NAMES = (TOP, GOOD, PASSED, IMPROVE, IMPROVE_NOW)
LETTER_LEVELS: tuple[tuple[int, str], ...] = ((95, "AA"), (85, "A"), (75, "B"), (65, "C"), (55, "D"), (50, "E"))
TOP_FROM, GOOD_FROM, IMPROVE_FROM = Decimal(95), Decimal(85), Decimal(70)


def rounded(score: Decimal) -> Decimal:
    return score.quantize(TWO_PLACES, ROUND_HALF_UP)


def lowest_first(indicators: Mapping[int, Decimal]) -> list[int]:
    """The numbers of all ten indicators by their scores; those whose score is unknown come before."""
    return sorted(INDICATORS, key=lambda number: (indicators.get(number, Decimal(-1)), number))


def instrument_scores(indicators: Mapping[int, Decimal]) -> dict[Instrument, Decimal]:
    """The score of each instrument all of whose indicators are known, rounded for showing."""
    return {name: rounded(mean) for name, mean in _means(indicators).items()}


def total_of(indicators: Mapping[int, Decimal]) -> Decimal | None:
    """The weighted total, or None while any indicator is unknown."""
    means = _means(indicators)
    if len(means) < len(INSTRUMENTS):
        return None
    return rounded(sum((INSTRUMENTS[name].weight * mean for name, mean in means.items()), Decimal(0)))


def _means(indicators: Mapping[int, Decimal]) -> dict[Instrument, Decimal]:
    means = {}
    for name, rule in INSTRUMENTS.items():
        scores = [indicators[number] for number in rule.indicators if number in indicators]
        if len(scores) == len(rule.indicators):
            means[name] = sum(scores, Decimal(0)) / len(scores)
    return means


def level_of(year: int, total: Decimal, instruments: Mapping[Instrument, Decimal]) -> str:
    """The level as that assessed year (BE) names it: words since 2566, letters before."""
    if year < LEVELS_BY_NAME_SINCE:
        return next((letter for bound, letter in LETTER_LEVELS if total >= bound), "F")
    lowest = min(instruments.values(), default=Decimal(0))
    if total >= TOP_FROM and lowest >= TOP_FROM:
        return TOP
    if total >= GOOD_FROM:
        return GOOD if lowest >= GOOD_FROM else PASSED
    return IMPROVE if total >= IMPROVE_FROM else IMPROVE_NOW


def levels_named_in(year: int) -> tuple[str, ...]:
    """The levels of that assessed year (BE), the highest first."""
    if year < LEVELS_BY_NAME_SINCE:
        return (*(letter for _, letter in LETTER_LEVELS), "F")
    return LEVEL_NAMES


@dataclass(frozen=True)
class Contradiction:
    """What a result states beside what its ten scores give; both may be right, for the rule of a year may differ."""

    field: str
    stated: str
    computed: str


def contradictions(
    year: int, total: Decimal | None, level: str | None, indicators: Mapping[int, Decimal]
) -> tuple[Contradiction, ...]:
    """Where the stated total or level differs from the computed one; unknown contradicts nothing."""
    computed = total_of(indicators)
    if computed is None:
        return ()
    stated = (
        ("total", None if total is None else str(total), str(computed)),
        ("level", level, level_of(year, computed, instrument_scores(indicators))),
    )
    return tuple(
        Contradiction(field, said, given) for field, said, given in stated if said is not None and said != given
    )


@dataclass(frozen=True)
class Gap:
    """An instrument below the bound of the next level, and how many points its indicators lack together."""

    instrument: Instrument
    score: Decimal
    points: Decimal


@dataclass(frozen=True)
class Shortfall:
    """Why a result is not one level higher: the total, or some instruments, stay below that level's bound."""

    next_level: str
    bound: Decimal
    total: Decimal
    gaps: tuple[Gap, ...]

    @property
    def missing_total(self) -> Decimal:
        """How much the total itself lacks; 0 when only instruments hold the level down."""
        return max(self.bound - self.total, Decimal(0))


def shortfall(year: int, indicators: Mapping[int, Decimal]) -> Shortfall | None:
    """What keeps a result of that year (BE) from the next level; None at the top or while a score is unknown."""
    total, means = total_of(indicators), _means(indicators)
    if total is None:
        return None
    scores = instrument_scores(indicators)
    step = _NEXT_STEPS.get(level_of(year, total, scores))
    if step is None:
        return None
    next_level, bound, instruments_count = step
    lacking = [name for name, score in scores.items() if instruments_count and score < bound]
    gaps = tuple(Gap(name, scores[name], _points(name, bound - means[name])) for name in lacking)
    return Shortfall(next_level, bound, total, gaps)


def _points(instrument: Instrument, missing: Decimal) -> Decimal:
    return rounded(missing * len(INSTRUMENTS[instrument].indicators))


_NEXT_STEPS: dict[str, tuple[str, Decimal, bool]] = {
    GOOD: (TOP, TOP_FROM, True),
    PASSED: (GOOD, GOOD_FROM, True),
    IMPROVE: (PASSED, GOOD_FROM, False),
    IMPROVE_NOW: (IMPROVE, IMPROVE_FROM, False),
} | {
    lower: (higher, Decimal(bound), False)
    for (bound, higher), lower in zip(LETTER_LEVELS, [letter for _, letter in LETTER_LEVELS[1:]] + ["F"], strict=True)
}
"""From each level: the next one, its bound, and whether every instrument has to reach that bound too."""
