"""Writing a plan by hand: what it says about the seven areas, and its limitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.areas import AREAS
from ita_flow.domain.plan_limits import LONGEST_LIMITATION, MOST_LIMITATIONS
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import PlanDeed, PlanState, next_plan_state
from ita_flow.extensions import db
from ita_flow.intake.by_hand import TypedItem, item_as_typed, read_items, read_text
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Limitation, Measure, Plan, PlanArea
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import newest_version
from ita_flow.queries.plan_editing import gaps_of
from ita_flow.queries.plan_seen import seen_area, seen_limitations
from ita_flow.queries.plans import newest_plan_of, tasks_by_measure
from ita_flow.workflow import audit
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_drafts import content_hash, kept_draft

NOT_WRITTEN: Mapping[PlanState, str] = {
    PlanState.PROPOSED: "plan_is_proposed",
    PlanState.PUBLISHED: "plan_is_published",
}
"""Why nobody writes in a plan of this state; a closed year says so by itself."""


class ChangedMeanwhile(Stale):
    """Somebody changed this part of the plan after the page was opened."""


@dataclass(frozen=True)
class AreaText:
    """What a person typed about an area."""

    overview: str
    items: str
    analysis: str
    focus: str


@dataclass(frozen=True)
class LimitationText:
    limitation: str
    analysis: str
    suggestion: str


def plan_to_edit(agency: Agency, year: int) -> Plan | None:
    """The newest version of the plan of that year (BE), in which people write; held until the transaction ends."""
    hold_plans(agency)
    return newest_plan_of(agency, year)


def refuse_when_changed(seen: str, stands: str) -> None:
    """Raise ChangedMeanwhile when the person looked at something else than what stands now."""
    if seen != stands:
        raise ChangedMeanwhile("plan_changed_meanwhile")


def refuse_writing(plan: Plan) -> None:
    """Raise ChangedMeanwhile where nobody writes in this version: it waits, is public, or has a newer one beside it.

    Every deed that changes what a plan says passes here; who does its tasks may be said at any time.
    """
    refuse_when_closed_year(plan)
    try:
        next_plan_state(plan.state, PlanDeed.WRITE)
    except Stale as refusal:
        raise ChangedMeanwhile(NOT_WRITTEN.get(plan.state, refusal.key), year=plan.year) from None
    newest = newest_version(plan.agency_id, plan.year)
    if newest > plan.version:
        raise ChangedMeanwhile("plan_has_newer_version", year=plan.year, version=newest)


def settle(plan: Plan) -> None:
    """Let the hash of the plan's content follow a change of it."""
    db.session.flush()
    plan.content_hash = content_hash(kept_draft(plan))


def settle_plans_of(unit: Unit) -> None:
    """The same for every plan that gives a task to this unit: plans name units as they are called now."""
    theirs = sa.select(Measure.plan_id).join(Task, Task.measure_id == Measure.id)
    theirs = theirs.where(sa.or_(Task.division_id == unit.id, Task.section_id == unit.id))
    for plan in db.session.scalars(sa.select(Plan).where(Plan.id.in_(theirs)).order_by(Plan.id)):
        settle(plan)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[audit.Values, audit.Values]:
    """Only what differs, for the record."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def write_area(plan: Plan, number: int, text: AreaText, *, seen: str, actor: User, at: datetime) -> None:
    """Let the plan say this about one of the seven areas. Raises Incomplete, or ChangedMeanwhile."""
    refuse_writing(plan)
    area = next((one for one in plan.areas if one.number == number), None)
    read, items = _read_area(plan, text, area)
    refuse_when_changed(seen, seen_area(area))
    if area is None and not (items or any(read.values())):
        return
    if area is None:
        area = PlanArea(number=number, overview="", analysis="", focus="", items=[], source={})
        plan.areas.append(area)
    before = _told_of_area(area)
    area.overview, area.analysis, area.focus = read["overview"], read["analysis"], read["focus"]
    usual = plan.year - 1
    cited = [(item["code"], item["title"], item.get("year", usual)) for item in area.items]
    if [(item.code, item.title, item.year) for item in items] != cited:
        area.items = [item_of_area(item.code, item.title, item.year, usual) for item in items]
    after = _told_of_area(area)
    forget_lines(area, [name for name in after if before[name] != after[name]])
    _record_change("plan.area_written", plan, before, after, {"area": number}, actor, at)


def item_of_area(code: str, title: str, year: int, usual_year: int) -> dict[str, Any]:
    """An item as an area keeps it: typed, and with its year only where that is not the usual one."""
    item: dict[str, Any] = {"code": code, "title": title, "line": 0}
    return item if year == usual_year else {**item, "year": year}


def forget_lines(row: PlanArea | Measure, fields: Collection[str]) -> None:
    """What was typed no longer stands on a line of the document."""
    row.source = {field: line for field, line in row.source.items() if field not in fields}


def _read_area(plan: Plan, text: AreaText, kept: PlanArea | None) -> tuple[dict[str, str], Sequence[TypedItem]]:
    problems: list[Invalid] = []
    read: dict[str, str] = {}
    items: Sequence[TypedItem] = ()
    for field in ("overview", "analysis", "focus"):
        try:
            read[field] = read_text(getattr(text, field), field, kept=getattr(kept, field, ""))
        except Invalid as problem:
            problems.append(problem)
    try:
        items = read_items(text.items, plan.year - 1)
    except Invalid as problem:
        problems.append(problem)
    if problems:
        raise Incomplete(problems)
    return read, items


def _told_of_area(area: PlanArea) -> dict[str, Any]:
    items = [item_as_typed(item["code"], item["title"], item.get("year", 0), 0) for item in area.items]
    return {"overview": area.overview, "analysis": area.analysis, "focus": area.focus, "items": items}


def write_limitations(
    plan: Plan, rows: Sequence[LimitationText], has_none: bool, *, seen: str, actor: User, at: datetime
) -> None:
    """Name the limitations of the agency, or declare that it has none. Raises Incomplete, or ChangedMeanwhile."""
    refuse_writing(plan)
    read = [row for row in map(_read_limitation, rows) if any((row.limitation, row.analysis, row.suggestion))]
    problems = _problems_of(read, has_none)
    if problems:
        raise Incomplete(problems)
    refuse_when_changed(seen, seen_limitations(plan))
    before = _told_of_limitations(plan)
    plan.has_no_limitations, plan.limitations = has_none, []
    db.session.flush()  # the old rows go before new ones take their keys
    plan.limitations = [
        Limitation(position=position, limitation=row.limitation, analysis=row.analysis, suggestion=row.suggestion)
        for position, row in enumerate(read, 1)
    ]
    _record_change("plan.limitations_written", plan, before, _told_of_limitations(plan), {}, actor, at)


def _read_limitation(row: LimitationText) -> LimitationText:
    return LimitationText(
        *(read_text(text, "rows", LONGEST_LIMITATION) for text in (row.limitation, row.analysis, row.suggestion))
    )


def _problems_of(read: Sequence[LimitationText], has_none: bool) -> list[Invalid]:
    problems = [Invalid("limitation_without_name", "rows")] if any(not row.limitation for row in read) else []
    if has_none and read:
        problems.append(Invalid("limitations_and_none", "has_none"))
    if len(read) > MOST_LIMITATIONS:
        problems.append(Invalid("limitations_too_many", "rows", most=MOST_LIMITATIONS))
    return problems


def _told_of_limitations(plan: Plan) -> dict[str, Any]:
    rows = [" · ".join((row.limitation, row.analysis, row.suggestion)) for row in plan.limitations]
    return {"has_none": plan.has_no_limitations, "limitations": rows}


def _record_change(
    action: str,
    plan: Plan,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    where: Mapping[str, Any],
    actor: User,
    at: datetime,
) -> None:
    was, now = changed(before, after)
    if now:
        settle(plan)
        audit.record(action, plan.agency_id, f"plan:{plan.id}", at=at, actor=actor, before=was, after={**where, **now})


def refuse_when_incomplete(plan: Plan) -> None:
    """Raise Invalid while an area has no measure or a measure nobody responsible."""
    blocking = [gap for gap in gaps_of(plan, tasks_by_measure(plan)) if gap.is_blocking]
    if blocking:
        raise Invalid("plan_is_incomplete", count=len(blocking), areas=len(AREAS))
