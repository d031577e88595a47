"""What a person typed about a measure, read with the same checks as a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, Window, WindowKind
from ita_flow.domain.next_year import phrase_of
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.windows import window_from_phrase
from ita_flow.intake.by_hand import TypedItem, items_as_typed, read_items, read_text, read_title
from ita_flow.models.people import Agency, Unit
from ita_flow.models.plans import Measure
from ita_flow.queries.plan_editing import units_by_division

Read = TypeVar("Read")


@dataclass(frozen=True)
class MeasureText:
    """A measure as typed."""

    area: int | None
    title: str
    items: str
    analysis: str
    method: str
    window_kind: WindowKind | None
    window_text: str
    """The phrase; asked only for a window that is neither the half nor the year."""

    responsible: Mapping[int, int | None]
    """Ids of the divisions that are responsible, each with its section or with None for the whole division."""


@dataclass(frozen=True)
class Responsible:
    """A responsible division, and the section of it that does the work, if one is named."""

    division: Unit
    section: Unit | None

    @property
    def section_id(self) -> int | None:
        return self.section.id if self.section else None

    @property
    def words(self) -> str:
        return f"{self.section.name} {self.division.name}" if self.section else self.division.name


@dataclass(frozen=True)
class ReadMeasure:
    """A measure as read: nothing that it needs is missing."""

    area: int
    title: str
    items: tuple[TypedItem, ...]
    analysis: str
    method: str
    window_text: str
    window: Window
    responsible: tuple[Responsible, ...]

    @property
    def responsible_text(self) -> str:
        """As a document says it; sections first, so that each is read back with the division after it."""
        return ", ".join(pair.words for pair in sorted(self.responsible, key=lambda pair: pair.section is None))


def read_measure(text: MeasureText, agency: Agency, year: FiscalYear, kept: Measure | None) -> ReadMeasure:
    """The measure that was typed. Raises Incomplete with everything that is wrong or missing.

    ``kept``: the measure that is edited; the words of its window stay where the window does, and its texts however
    long a document made them.
    """
    problems: list[Invalid] = []

    def tried(read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except Invalid as problem:
            problems.append(problem)
            return otherwise

    window_text, window = tried(lambda: _window(text, year, kept), ("", year.full_year))
    measure = ReadMeasure(
        area=tried(lambda: _area(text.area), 0),
        title=tried(lambda: _title(text.title, kept), ""),
        items=tried(lambda: _items(text.items, year, kept), ()),
        analysis=tried(lambda: read_text(text.analysis, "analysis", kept=kept.analysis if kept else ""), ""),
        method=tried(lambda: read_text(text.method, "method", kept=kept.method if kept else ""), ""),
        window_text=window_text,
        window=window,
        responsible=tried(lambda: _responsible(text.responsible, agency), ()),
    )
    if problems:
        raise Incomplete(problems)
    return measure


def _area(number: int | None) -> int:
    if number not in AREAS:
        raise Invalid("area_missing", "area")
    return number


def _items(text: str, year: FiscalYear, kept: Measure | None) -> tuple[TypedItem, ...]:
    usual = year.buddhist_year - 1
    return read_items(text, usual, kept=items_as_typed(kept.items, usual) if kept else "")


def _title(text: str, kept: Measure | None) -> str:
    title = read_title(text, kept=kept.title if kept else "")
    if not title:
        raise Invalid("title_missing", "title")
    return title


def _window(text: MeasureText, year: FiscalYear, kept: Measure | None) -> tuple[str, Window]:
    """The phrase and its days; a window that is only named by its kind keeps the words that it had."""
    known = {WindowKind.FIRST_HALF: year.first_half, WindowKind.FULL_YEAR: year.full_year}
    if text.window_kind in known:
        window = known[text.window_kind]
        return (kept.window_text if kept and kept.window == window else phrase_of(window, year)), window
    phrase = read_title(text.window_text, "window_text", kept.window_text if kept else "")
    if kept and phrase == kept.window_text:
        return phrase, kept.window
    if not phrase:
        raise Invalid("window_missing", "window_text" if text.window_kind else "window_kind")
    return phrase, _window_of(phrase, year)


def _window_of(phrase: str, year: FiscalYear) -> Window:
    try:
        return window_from_phrase(phrase, year)
    except Invalid as problem:
        raise Invalid(problem.key, "window_text", **problem.values) from None


def _responsible(chosen: Mapping[int, int | None], agency: Agency) -> tuple[Responsible, ...]:
    pairs = [
        Responsible(division, next((section for section in sections if section.id == chosen[division.id]), None))
        for division, sections in units_by_division(agency)
        if division.id in chosen
    ]
    if not pairs:
        raise Invalid("responsible_missing", "responsible")
    return tuple(pairs)
