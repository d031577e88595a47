"""The result of the assessed year: total, level, ranks, and whether the parts agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ita_flow.domain.scoring import INDICATORS, LETTER_LEVELS, LEVEL_NAMES, instrument_scores, level_of, total_of
from ita_flow.domain.thai import arabic_digits
from ita_flow.domain.units import full_name_of
from ita_flow.intake.draft import DraftAssessment, DraftIndicator
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.findings import findings_of
from ita_flow.intake.recognise.layout import has_bullet, without_bullet
from ita_flow.intake.recognise.scores import indicators_of, score_of
from ita_flow.intake.recognise.years import StatedYears

LONGEST_RESULT_LINE = 200
ALL_LEVELS = (*sorted(LEVEL_NAMES, key=len, reverse=True), *(letter for _, letter in LETTER_LEVELS), "F")

_TOTAL = re.compile(r"(?:ผล)?คะแนน(?:รวม|ภาพรวม|ในภาพรวม)?(?:\sITA)?\s?:?\s?(.+)")
_LEVEL = re.compile(r"ระดับ(?:ผลการประเมิน)?\s?:?\s?(.+)")
_RANK = re.compile(r"ระดับ(จังหวัด|ประเทศ)\s?.{0,40}?ลำดับ(?:ที่)?\s?:?\s?([^\s(]{1,20})")
_NUMBER = re.compile(r"[0-9]{1,5}")
_GROUP = re.compile(r"\(ประเภท\s?([^()]{1,100})\)")
_TOTAL_IN_PROSE = re.compile(r"ภาพรวม(?:อยู่)?ที่\s?([0-9๐-๙]{1,3}\.[0-9๐-๙]{1,2})")
_LEVEL_IN_PROSE = re.compile(rf"อยู่ในระดับ\s?({'|'.join(ALL_LEVELS[: len(LEVEL_NAMES)])})")
_RANK_FIELDS = {"จังหวัด": "rank_province", "ประเทศ": "rank_national"}


@dataclass
class _Result:
    """The lines of the result as they are gathered; each is taken where it stands first."""

    total: Decimal | None = None
    level: str | None = None
    rank_province: int | None = None
    rank_national: int | None = None
    rank_group: str | None = None
    lines: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, value: Decimal | str | int, line: int) -> None:
        if name not in self.lines:
            setattr(self, name, value)
            self.lines[name] = line


def assessment_of(lines: Sequence[Line], years: StatedYears, notebook: Notebook) -> DraftAssessment | None:
    """The assessment as a whole; None when the document holds none. Half of one is a problem."""
    problems_before = len(notebook.problems)
    result = _result(lines, notebook)
    indicators = indicators_of(lines, notebook)
    findings = findings_of(lines, notebook)
    if not (result.lines or indicators or findings):
        return None
    _require_all(indicators, notebook)
    if years.assessed is None:
        notebook.problem(place("place_document"), found("found_no_year"), needed("needed_year"))
    if years.assessed is None or len(notebook.problems) > problems_before:
        return None
    _doubt_contradictions(lines, result, indicators, years.assessed, notebook)
    return DraftAssessment(
        year=years.assessed,
        criteria_year=years.criteria,
        total=result.total,
        level=result.level,
        rank_province=result.rank_province,
        rank_national=result.rank_national,
        rank_group=result.rank_group,
        indicators=indicators,
        findings=findings,
        lines=result.lines | years.lines,
    )


def _require_all(indicators: Sequence[DraftIndicator], notebook: Notebook) -> None:
    missing = INDICATORS.keys() - {indicator.number for indicator in indicators}
    if missing:
        numbers = ", ".join(map(str, sorted(missing)))
        notebook.problem(
            place("place_scores"), found("found_no_indicator", numbers=numbers), needed("needed_indicators")
        )


def _result(lines: Sequence[Line], notebook: Notebook) -> _Result:
    result = _Result()
    for line in lines:
        if line.is_row or len(line.text) > LONGEST_RESULT_LINE:
            continue
        text = without_bullet(line.text)
        if rank := _RANK.search(text):
            _keep_rank(rank, text, line, result, notebook)
        elif total := _TOTAL.fullmatch(text):
            _keep_total(total[1], line, result, notebook)
        elif level := _LEVEL.fullmatch(text):
            _keep_level(level[1].strip(), line, result, notebook)
    return result


def _keep_rank(rank: re.Match[str], text: str, line: Line, result: _Result, notebook: Notebook) -> None:
    number = arabic_digits(rank[2])
    if not _NUMBER.fullmatch(number):
        notebook.problem(notebook.place_of(line), text, needed("needed_rank"))
        return
    result.keep(_RANK_FIELDS[rank[1]], int(number), line.number)
    if group := _GROUP.search(text):
        result.keep("rank_group", full_name_of(group[1]), line.number)


def _keep_total(text: str, line: Line, result: _Result, notebook: Notebook) -> None:
    """Only an item of a list must be a score; other lines may begin with the word and go on with prose."""
    score = score_of(text)
    if score is not None:
        result.keep("total", score, line.number)
    elif has_bullet(line.text):
        notebook.problem(notebook.place_of(line), line.text, needed("needed_score"))


def _keep_level(text: str, line: Line, result: _Result, notebook: Notebook) -> None:
    if text in ALL_LEVELS:
        result.keep("level", text, line.number)
    elif has_bullet(line.text):
        notebook.problem(notebook.place_of(line), line.text, needed("needed_level"))


def _doubt_contradictions(
    lines: Sequence[Line], result: _Result, indicators: Sequence[DraftIndicator], year: int, notebook: Notebook
) -> None:
    scores = {indicator.number: indicator.score for indicator in indicators}
    total = total_of(scores)
    if total is None:
        return
    level = level_of(year, total, instrument_scores(scores))
    if result.total not in (None, total):
        notebook.doubt("total", result.lines["total"], str(result.total), computed=str(total))
    if result.level not in (None, level):
        notebook.doubt("level", result.lines["level"], str(result.level), computed=level)
    for name, line, text in _said_in_prose(lines):
        stated = getattr(result, name)
        if stated not in (None, Decimal(text) if name == "total" else text):
            notebook.doubt("score_twice", line, text, elsewhere=result.lines[name], other=str(stated))


def _said_in_prose(lines: Sequence[Line]) -> Iterator[tuple[str, int, str]]:
    for line in lines:
        for total in _TOTAL_IN_PROSE.findall(line.text):
            yield "total", line.number, arabic_digits(total)
        for level in _LEVEL_IN_PROSE.findall(line.text):
            yield "level", line.number, level
