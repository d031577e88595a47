"""The program's side of an office with one task: its deeds, under the names and with the arguments of the model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

import sqlalchemy as sa

from ita_flow.domain.approval_chains import ActingScope, Chain, ChainSeat
from ita_flow.domain.approvals import DecisionKind, Seen
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.queries.approval_chains import ChainScope, chain_settled
from ita_flow.workflow import acting_orders, appointments, approval_chains, approvals, progress_reports, undoing
from tests.factories import NOW, a_division, a_membership, a_plan, a_section, a_task, a_user, an_agency, one_commit
from tests.workflow import model

NAMES = ("officer", "colleague", "head", "deputy", "director", "chief")
OFFICERS = NAMES[:3]
"""The head writes in reports too."""

HOLDERS = {"section_head": "head", "director": "director", "chief": "chief"}
TICKS = {model.DONE: (1, 2), model.UNDER_WAY: (1,)}
_numbers = count(1)


class Office:
    """An agency of its own with a section, six people, the seats above them, and one task."""

    def __init__(self) -> None:
        self.at = NOW
        with one_commit():
            number = next(_numbers)
            agency = an_agency(f"เทศบาลตำบลแห่งที่ {number}", code=f"office{number}")
            division = a_division(agency)
            section = a_section(division)
            self.agency, self.clerk = agency.id, a_user(agency, role=Role.COORDINATOR).id
            self.units = {"section_head": section.id, "director": division.id}
            self.ids = _people(agency, section)
            self.memberships = self._seated()
            task = a_task(a_plan(agency, measures=1).measures[0], section=section)
            self.task = task.id

    def _seated(self) -> dict[int, int]:
        """The posts in the seats, by the keys that the model knows them by."""
        first = NOW.date() - timedelta(days=7)
        posts = [
            a_membership(self.user(self.ids[name]), seat=Seat(seat), unit=self.unit(seat), starts_on=first)
            for seat, name in HOLDERS.items()
        ]
        return {key: post.id for key, post in enumerate(posts)}

    def like_it(self) -> model.Office:
        """The model of this office as it opens."""
        first = NOW.date() - timedelta(days=7)
        sittings = [model.Sitting(key, self.ids[name], seat, first) for key, (seat, name) in enumerate(HOLDERS.items())]
        return model.Office({self.ids[name] for name in OFFICERS}, NOW, sittings)

    # Deeds.

    def save(self, person: int, claim: str, with_evidence: bool) -> None:
        report, actor = self._opened(person), self.user(person)
        written = Claim(WorkStatus(claim), "ดำเนินการแล้ว", TICKS.get(claim, ()))
        link = "https://example.go.th/" if with_evidence else ""
        progress_reports.save(report, written, link=link, actor=actor, at=self.at)

    def submit(self, person: int) -> None:
        progress_reports.submit(self._opened(person), actor=self.user(person), at=self.at)

    def _opened(self, person: int) -> ProgressReport:
        return progress_reports.open_report(self.the_task(), self.user(person), self.at)

    def withdraw(self, person: int, version: int) -> None:
        progress_reports.withdraw(self.waiting(), version, actor=self.user(person), at=self.at)

    def decide(self, person: int, kind: str, version: int, place: int) -> None:
        report, seen, actor = self.waiting(), Seen(version, place), self.user(person)
        if kind == "approve":
            approvals.approve(report, seen, actor=actor, at=self.at)
        else:
            approvals.return_for_revision(report, seen, comment="ขอภาพถ่าย", actor=actor, at=self.at)

    def undo(self, person: int, number: int) -> None:
        chosen = sa.select(Decision).where(Decision.agency_id == self.agency, Decision.kind != DecisionKind.UNDO)
        decisions = db.session.scalars(chosen.order_by(Decision.id)).all()
        undoing.undo(decisions[number], actor=self.user(person), at=self.at)

    def appoint(self, key: int, person: int, seat: str, last: date) -> None:
        ends_on = None if last == model.FOR_EVER else last
        post = appointments.Post(Seat(seat), self.unit(seat), "", bangkok_day(self.at), ends_on)
        kept = appointments.appoint(self.user(person), post, actor=self.user(self.clerk), at=self.at)
        self.memberships[key] = kept.id

    def end_post(self, key: int, last: date) -> None:
        post, clerk = self.membership(key), self.user(self.clerk)
        appointments.change_post(post, title=post.post, ends_on=last, actor=clerk, at=self.at)

    def give_order(
        self, key: int, person: int, seat: str, holder: int | None, first: date, last: date, progress_only: bool
    ) -> None:
        vacant = ActedSeat(Seat(seat), self.unit(seat))
        order = acting_orders.Order(
            ActingKind.ACTING,
            vacant if holder is None else ActedSeat.of(self.membership(holder)),
            self.user(person),
            f"{key}/2567",
            first,
            last,
            scope=ActingScope.PROGRESS if progress_only else ActingScope.ALL,
        )
        self.memberships[key] = acting_orders.enter(order, actor=self.user(self.clerk), at=self.at).membership_id

    def end_order(self, key: int, last: date) -> None:
        order = db.session.scalars(sa.select(ActingOrder).filter_by(membership_id=self.memberships[key])).one()
        acting_orders.end_early(order, last, actor=self.user(self.clerk), at=self.at)

    def settle_chain(self, seats: Sequence[tuple[str, bool]], progress_walks_all: bool, distinct: bool) -> None:
        scope = ChainScope(self.agency)
        present = chain_settled(scope)
        chain = Chain([ChainSeat(Seat(seat), needs_all=all_) for seat, all_ in seats], progress_walks_all, distinct)
        revision = present.revision if present else approval_chains.NONE_YET
        approval_chains.save_chain(scope, chain, revision, actor=self.user(self.clerk), at=self.at)

    # What stands in the database.

    def user(self, key: int) -> User:
        return db.session.get_one(User, key)

    def unit(self, seat: str) -> Unit | None:
        return db.session.get_one(Unit, self.units[seat]) if seat in self.units else None

    def membership(self, key: int) -> Membership:
        return db.session.get_one(Membership, self.memberships[key])

    def the_task(self) -> Task:
        return db.session.get_one(Task, self.task)

    def report(self) -> ProgressReport | None:
        return progress_reports.newest_report(self.the_task())

    def waiting(self) -> ProgressReport:
        report = self.report()
        assert report
        return report

    def record(self) -> list[str]:
        """What was done to the report and its task, the oldest first."""
        chosen = sa.select(AuditEvent.body).where(AuditEvent.agency_id == self.agency).order_by(AuditEvent.seq)
        actions = [json.loads(body)["action"] for body in db.session.scalars(chosen)]
        return [action.split(".")[1] for action in actions if action.startswith(("progress_report.", "task."))]


def _people(agency: Agency, section: Unit) -> dict[str, int]:
    people = {name: a_user(agency, name) for name in NAMES}
    for name in OFFICERS:
        a_membership(people[name], role=Role.OFFICER, unit=section)
    return {name: person.id for name, person in people.items()}
