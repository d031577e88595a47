"""Which years and which agency a document is about, by what it says most often."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.thai import comparison_key
from ita_flow.domain.units import AGENCY_TYPES, full_name_of
from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line

# All patterns run over the text without white space, because titles are broken across lines anywhere.
_YEAR = r"(?:ปีงบประมาณ|ปี)(?:พ\.ศ\.)?(2[5-6][0-9]{2})(?![0-9]|ปี)"
_ASSESSED = re.compile(rf"(?:ผลการประเมิน|ผลประเมิน)(?:(?!มาตรการ)[^0-9]){{0,90}}?{_YEAR}")
_PLANNED = re.compile(rf"มาตรการ(?:(?!ประเมิน)[^0-9]){{0,120}}?{_YEAR}")
_CRITERIA = re.compile(rf"หลักเกณฑ์(?:การประเมิน)?[^0-9]{{0,10}}{_YEAR}")
_TYPES = "|".join(re.escape(word) for names in AGENCY_TYPES.items() for word in names)
_AGENCY = re.compile(rf"(?:^|[\s(]|ของ)((?:{_TYPES})[\u0e01-\u0e4e]{{2,30}})(?![\u0e01-\u0e4e])")


@dataclass(frozen=True)
class StatedYears:
    """Buddhist years: assessed, under which criteria, and the years for which measures are said to be."""

    assessed: int | None
    criteria: int | None
    planned: tuple[int, ...]
    lines: dict[str, int]


@dataclass(frozen=True)
class _Text:
    """The whole document without white space, and where each line begins in it."""

    letters: str
    starts: list[int]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> _Text:
        keys = [comparison_key(line.text) for line in lines]
        return cls("".join(keys), [0, *accumulate(map(len, keys))])

    def years(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Each year that the pattern finds, with its line."""
        return [(int(match[1]), bisect_right(self.starts, match.start(1))) for match in pattern.finditer(self.letters)]


def stated_years(lines: Sequence[Line], fiscal_year: FiscalYear, notebook: Notebook) -> StatedYears:
    """The years of the document, with a doubt that must be accepted when its plan is of another year."""
    text = _Text.of(lines)
    assessed, criteria, planned = (text.years(pattern) for pattern in (_ASSESSED, _CRITERIA, _PLANNED))
    _doubt_planned(planned, fiscal_year, notebook)
    _doubt_assessed(assessed, notebook)
    found = {"year": _most_common(assessed), "criteria_year": _most_common(criteria)}
    return StatedYears(
        assessed=found["year"][0] if found["year"] else None,
        criteria=found["criteria_year"][0] if found["criteria_year"] else None,
        planned=tuple(dict.fromkeys(year for year, _ in planned)),
        lines={name: year[1] for name, year in found.items() if year},
    )


def _most_common(years: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The year said most often, with the line where it is said first."""
    if not years:
        return None
    year = Counter(year for year, _ in years).most_common(1)[0][0]
    return next(stated for stated in years if stated[0] == year)


def _doubt_planned(planned: Sequence[tuple[int, int]], fiscal_year: FiscalYear, notebook: Notebook) -> None:
    common = _most_common(planned)
    if common and common[0] != fiscal_year.buddhist_year:
        notebook.doubt(
            "another_year",
            common[1],
            str(common[0]),
            must_be_accepted=True,
            stated=common[0],
            wanted=fiscal_year.buddhist_year,
        )


def _doubt_assessed(assessed: Sequence[tuple[int, int]], notebook: Notebook) -> None:
    common = _most_common(assessed)
    for year, line in assessed:
        if common and year != common[0]:
            notebook.doubt("assessed_years", line, str(year), year=common[0])


def stated_agency(lines: Sequence[Line], agency_name: str | None, notebook: Notebook) -> str | None:
    """The agency whose document this is, with a doubt that must be accepted when it is not the one expected."""
    named = [(name, line.number) for line in lines for name in _names(line)]
    if not named:
        return None
    counts = Counter(name for name, _ in named)
    own = counts.most_common(1)[0][0]
    first_line = dict(reversed(named))
    wanted = full_name_of(agency_name) if agency_name else own
    if counts[own] == 1 and comparison_key(own).startswith(comparison_key(wanted)):
        # Said once only, so the words that follow without a space may not be part of the name.
        own = wanted
    if comparison_key(wanted) != comparison_key(own):
        notebook.doubt("another_agency", first_line[own], own, must_be_accepted=True, stated=own, wanted=agency_name)
    for name, line in first_line.items():
        if not name.startswith(own):
            notebook.doubt("other_agency_named", line, name, agency=own)
    return own


def _names(line: Line) -> list[str]:
    return [full_name_of(name) for cell in line.cells for name in _AGENCY.findall(cell)]
