"""Whether a plan says all that it should before it is proposed: each part, with what is still missing in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ita_flow.models.plans import Plan
from ita_flow.queries.plan_editing import Desk, GapKind
from ita_flow.web.plan_desk import GapLine, gap_line
from ita_flow.wording.plan_editing import READY, Part

PART_OF: Mapping[GapKind, Part] = {
    GapKind.AREA_WITHOUT_MEASURE: Part.AREAS,
    GapKind.AREA_CANCELLED: Part.AREAS,
    GapKind.WITHOUT_ANALYSIS: Part.ANALYSIS,
    GapKind.WITHOUT_ITEMS: Part.ANALYSIS,
    GapKind.ITEM_UNMAPPED: Part.ANALYSIS,
    GapKind.WITHOUT_METHOD: Part.METHOD,
    GapKind.METHOD_NAMES_YEAR_BEFORE: Part.METHOD,
    GapKind.NOBODY_RESPONSIBLE: Part.RESPONSIBLE,
    GapKind.WINDOW_OUTSIDE_YEAR: Part.WINDOW,
    GapKind.LIMITATIONS_UNSAID: Part.LIMITATIONS,
}
"""Under which part each gap is told; what stands nowhere belongs to the areas."""


@dataclass(frozen=True)
class ReadyPart:
    """One part of a plan; nothing is missing in it where it has no gaps."""

    words: str
    gaps: Sequence[GapLine]
    is_blocking: bool


@dataclass(frozen=True)
class Readiness:
    """All parts of a plan."""

    parts: Sequence[ReadyPart]
    tasks_without_officer: int

    @property
    def first_blocking(self) -> GapLine | None:
        """Where to begin: what keeps the plan from being proposed."""
        return next((gap for part in self.parts for gap in part.gaps if gap.is_blocking), None)

    @property
    def blocking(self) -> int:
        return sum(gap.is_blocking for part in self.parts for gap in part.gaps)


def readiness_of(plan: Plan, desk: Desk) -> Readiness:
    """How far the plan is from being complete, part by part."""
    gaps: dict[Part, list[GapLine]] = {part: [] for part in Part}
    for gap in desk.gaps:
        gaps[PART_OF.get(gap.kind, Part.AREAS)].append(gap_line(gap, plan.year))
    parts = [
        ReadyPart(str(READY[part]), lines, any(line.is_blocking for line in lines)) for part, lines in gaps.items()
    ]
    return Readiness(parts, desk.tasks_without_officer)
