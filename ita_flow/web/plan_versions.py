"""The versions of a year's plan beside each other: which one is shown, which counts, which is being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request, url_for
from flask_babel import gettext as _

from ita_flow.domain.states import COUNTING, PlanState
from ita_flow.models.people import Agency
from ita_flow.models.plans import Plan
from ita_flow.queries.amendments import versions_of
from ita_flow.queries.plans import plan_of, version_of_plan
from ita_flow.web.forms import chosen_id


@dataclass(frozen=True)
class Versions:
    """All versions of a year, the first one first, and the one that the page shows."""

    shown: Plan
    all: Sequence[Plan]

    @property
    def counting(self) -> Plan | None:
        """The one in force, also once its year is closed."""
        return next((plan for plan in reversed(self.all) if plan.state in COUNTING), None)

    @property
    def in_hand(self) -> Plan | None:
        """The amendment that nobody has approved yet."""
        newest = self.all[-1]
        return newest if newest.state not in COUNTING and newest.supersedes_id else None

    @property
    def is_newest(self) -> bool:
        """Whether people write in the version that is shown."""
        return self.shown.id == self.all[-1].id

    @property
    def counts(self) -> bool:
        return self.counting is not None and self.counting.id == self.shown.id

    @property
    def is_replaced(self) -> bool:
        return self.shown.state in COUNTING and not self.counts

    @property
    def before(self) -> Plan | None:
        """The version that the one shown amends."""
        return next((plan for plan in self.all if plan.id == self.shown.supersedes_id), None)

    def successor_of(self, plan: Plan) -> Plan | None:
        """The version that took its place."""
        return next((one for one in self.all if one.supersedes_id == plan.id and one.approved_at), None)


def plan_asked_for(agency: Agency, year: int) -> Plan | None:
    """The version that the address names, else the one in force, else the draft; 404 for a version there is none of."""
    asked = request.args.get("version")
    if asked is None:
        return plan_of(agency, year)
    return version_of_plan(agency, year, chosen_id(asked)) or abort(404)


def versions_beside(plan: Plan) -> Versions:
    return Versions(plan, versions_of(plan.agency_id, plan.year))


def words_of(plan: Plan) -> str:
    """What the plan is called on the way to it; an amendment says which version it is."""
    if plan.supersedes_id is not None and plan.state not in COUNTING:
        return _("แผนมาตรการ ปี %(year)s ฉบับที่ %(version)s (ร่าง)", year=plan.year, version=plan.version)
    return _("แผนมาตรการ ปี %(year)s", year=plan.year)


def address_of(plan: Plan, anchor: str | None = None) -> str:
    """Where this version is shown: the year's own page unless it is a draft beside the one in force.

    A version that was given up is shown nowhere, so that the way leads to the one in force.
    """
    is_beside = plan.supersedes_id is not None and plan.state not in (*COUNTING, PlanState.DISCARDED)
    return url_for("plans.show", year=plan.year, version=plan.version if is_beside else None, _anchor=anchor)
