"""What was read from a document, before anybody decides to keep it.

``lines`` tells for each field the line of the document (from 1) on which it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ita_flow.domain.calendar import FiscalYear, Window
from ita_flow.domain.findings import Channel

Lines = Mapping[str, int]


class Part(StrEnum):
    """What a document may leave out; an import then leaves alone what is kept of it."""

    ITEMS = "items"
    ANALYSIS = "analysis"
    METHOD = "method"
    AREAS = "areas"
    """The prose about the seven areas."""

    LIMITATIONS = "limitations"


@dataclass(frozen=True)
class CitedItem:
    """An item of public disclosure as the document cites it; the code means something only with its year."""

    code: str
    title: str
    line: int


@dataclass(frozen=True)
class DraftFinding:
    """A piece of the assessor's advice. ``code`` is ``e4`` or ``o2``; ``items`` are cited codes in source order."""

    channel: Channel
    sequence: int
    code: str
    issue: str
    advice: str
    items: tuple[str, ...]
    response: str
    lines: Lines
    title: str = ""
    """The title of the item, where the finding is about one; questions have none."""


@dataclass(frozen=True)
class DraftIndicator:
    """One of the ten scores. An analysis written once for several indicators stands with the first of them."""

    number: int
    score: Decimal
    analysis: str
    lines: Lines


@dataclass(frozen=True)
class DraftAssessment:
    """The result of an assessed year (BE) under the criteria of another. Unknown is None, never 0."""

    year: int
    criteria_year: int | None
    total: Decimal | None
    level: str | None
    rank_province: int | None
    rank_national: int | None
    rank_group: str | None
    indicators: tuple[DraftIndicator, ...]
    findings: tuple[DraftFinding, ...]
    lines: Lines


@dataclass(frozen=True)
class Responsible:
    section: str | None
    division: str


@dataclass(frozen=True)
class DraftMeasure:
    area: int
    title: str
    items: tuple[CitedItem, ...]
    analysis: str
    method: str
    responsible_text: str
    responsible: tuple[Responsible, ...]
    window_text: str
    window: Window
    lines: Lines
    is_for_every_division: bool = False
    """ทุกกอง: besides those in ``responsible`` every division is meant; ``expansion.expanded`` puts them there."""


@dataclass(frozen=True)
class DraftArea:
    """What the prose says about one of the seven areas; ``focus`` is what it says the measure should aim at."""

    number: int
    overview: str
    items: tuple[CitedItem, ...]
    analysis: str
    focus: str
    lines: Lines


@dataclass(frozen=True)
class DraftLimitation:
    limitation: str
    analysis: str
    suggestion: str
    lines: Lines = field(default_factory=dict)


@dataclass(frozen=True)
class PlanDraft:
    """A whole document as read. ``agency_name`` is the name that the document itself gives, if any."""

    fiscal_year: FiscalYear
    agency_name: str | None
    assessment: DraftAssessment | None
    areas: tuple[DraftArea, ...]
    measures: tuple[DraftMeasure, ...]
    limitations: tuple[DraftLimitation, ...]
    limitations_none: bool
    holds: frozenset[Part] = frozenset(Part)
    """Which parts the document speaks of at all; the others are empty here, which is no statement."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One character that was certainly meant to be another."""

    line: int
    found: str
    replaced: str


@dataclass(frozen=True)
class Doubt:
    """Something a person should look at. The text itself is never changed by a doubt."""

    kind: str
    line: int
    found: str
    suggestion: str
    must_be_accepted: bool = False
    proposal: str = ""
    """What ``found`` would be replaced with when a person agrees; empty where only a person can say."""


@dataclass(frozen=True)
class Correction:
    """What a person decided on a doubt: on that line ``replacement`` is meant where ``found`` stands."""

    line: int
    found: str
    replacement: str


@dataclass(frozen=True)
class Problem:
    """Why a document cannot come in: where, what stands there, and what is needed instead."""

    place: str
    found: str
    needed: str
