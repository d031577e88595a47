"""What all pages on which a plan is written by hand have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import abort, url_for

from ita_flow.domain.dates import read_date
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.years import may_begin
from ita_flow.models.plans import Measure, Plan
from ita_flow.queries.plan_editing import Gap, GapKind, YearToCopy, years_to_copy
from ita_flow.queries.plans import newest_plan_of, state_of_plan
from ita_flow.web.access import actor, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.web.once import once
from ita_flow.web.plan_versions import address_of
from ita_flow.wording.plan_editing import GAPS
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.plan_editing import ChangedMeanwhile, refuse_writing

FIELDS = {
    GapKind.NOBODY_RESPONSIBLE: "responsible",
    GapKind.WITHOUT_METHOD: "method",
    GapKind.WITHOUT_ITEMS: "items",
    GapKind.WINDOW_OUTSIDE_YEAR: "window_kind-0",
    GapKind.NAMES_YEAR_BEFORE: "title",
    GapKind.METHOD_NAMES_YEAR_BEFORE: "method",
    GapKind.ITEM_UNMAPPED: "items",
}


@dataclass(frozen=True)
class GapLine:
    """A gap in words, with the field where it is closed."""

    words: str
    address: str
    is_blocking: bool = False


@dataclass(frozen=True)
class Ways:
    """How a year can be begun."""

    year: int
    sources: list[YearToCopy]


def plan_or_404(year: int) -> Plan:
    """The newest version of the year's plan, in which people write. Raises Invalid once the year is closed."""
    plan = newest_plan_of(actor().agency, year)
    if plan is None:
        abort(404)
    refuse_when_closed_year(plan)
    return plan


def plan_to_write_or_404(year: int) -> Plan:
    """The same, where nobody is kept from writing in it. Raises ChangedMeanwhile while it waits, or is public."""
    plan = plan_or_404(year)
    refuse_writing(plan)
    return plan


def page_of_measure(measure: Measure) -> str:
    """Where the measure is written, or where it is read once nobody writes in its plan."""
    try:
        refuse_when_closed_year(measure.plan)
        refuse_writing(measure.plan)
    except (ChangedMeanwhile, Invalid):
        return address_of(measure.plan, f"measure-{measure.id}")
    return url_for("measures.edit", year=measure.plan.year, measure_id=measure.id)


def gap_line(gap: Gap, year: int) -> GapLine:
    """What is missing, and the link that leads to its field."""
    number = gap.measure.number if gap.measure else None
    words = str(GAPS[gap.kind.value]) % {"area": gap.area, "number": number, "year": year - 1}
    return GapLine(words, _address_of(gap, year), gap.is_blocking)


def _address_of(gap: Gap, year: int) -> str:
    if gap.measure:
        return url_for("measures.edit", year=year, measure_id=gap.measure.id, _anchor=FIELDS[gap.kind])
    if gap.kind in (GapKind.AREA_WITHOUT_MEASURE, GapKind.AREA_CANCELLED):
        return url_for("measures.new", year=year, area=gap.area)
    if gap.kind is GapKind.WITHOUT_ANALYSIS:
        return url_for("plan_editing.area", year=year, number=gap.area, _anchor="analysis")
    if gap.kind is GapKind.FOCUS_NAMES_YEAR_BEFORE:
        return url_for("plan_editing.area", year=year, number=gap.area, _anchor="focus")
    return url_for("plan_editing.limitations", year=year)


def ways_to_begin(year: int) -> Ways | None:
    """How a plan of this year can be begun; None when it cannot, for it has one or is too far away."""
    if not may_begin(year, today()) or state_of_plan(actor().agency, year):
        return None
    return Ways(year, years_to_copy(actor().agency, year))


def date_typed(text: str | None, field: str) -> date:
    """The day that was typed, or Invalid beside its field."""
    try:
        return read_date(text or "")
    except Invalid as problem:
        raise Invalid(problem.key, field, **problem.values) from None


def attempt(form: SeenForm, deed: Callable[[], str]) -> tuple[str | None, int]:
    """Do the deed once: where it leads and 303, or None and the status of the page that tells what was refused."""
    return answer(form, lambda: once(deed))


def answer(form: SeenForm, doing: Callable[[], str]) -> tuple[str | None, int]:
    """As ``attempt``, of what sees itself to being done once."""
    try:
        return doing(), 303
    except Incomplete as incomplete:
        for problem in incomplete.problems:
            tell(form, problem)
    except Invalid as problem:
        tell(form, problem)
    except ChangedMeanwhile as stale:
        tell(form, Invalid(stale.key, None, **stale.values))
        return None, 409
    return None, 422
