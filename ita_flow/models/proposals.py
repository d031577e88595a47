"""What was laid before the seats besides reports: a version of a plan, or the wish for a later due date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.states import ProposalState
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.deciding import Decidable, SeatDecision, rules_of_a_decision
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task


class ProposalKind(StrEnum):
    PLAN = "plan"
    EXTENSION = "extension"


def _one_waiting(column: str) -> Index:
    waits = sa.text("state = 'waiting'")
    return Index(f"uq_proposals_waiting_{column}", column, unique=True, sqlite_where=waits, postgresql_where=waits)


class Proposal(Decidable["ProposalDecision"], Base):
    """A version of a plan that is to be approved, or a later due date for a task, as it was laid before the seats.

    ``content_hash`` is that of the plan, or of task, dates and reason: what is decided on is what was read.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("agency_id", "id"),
        UniqueConstraint("id", "submitted_by_id"),
        ForeignKeyConstraint(["agency_id", "plan_id"], ["plans.agency_id", "plans.id"], name="fk_proposals_plan"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_proposals_task"),
        ForeignKeyConstraint(
            ["agency_id", "submitted_by_id"], ["users.agency_id", "users.id"], name="fk_proposals_submitted_by"
        ),
        CheckConstraint("(kind = 'plan') = (plan_id IS NOT NULL)", name="a_plan_names_its_plan"),
        CheckConstraint("(kind = 'extension') = (task_id IS NOT NULL)", name="an_extension_names_its_task"),
        CheckConstraint("(kind = 'extension') = (due_on IS NOT NULL)", name="an_extension_says_when"),
        CheckConstraint("(due_on IS NULL) = (due_before IS NULL)", name="an_extension_says_from_when"),
        CheckConstraint("due_on > due_before", name="an_extension_is_later"),
        CheckConstraint("kind <> 'extension' OR reason <> ''", name="an_extension_says_why"),
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_iff_not_waiting"),
        _one_waiting("plan_id"),
        _one_waiting("task_id"),
        Index("ix_proposals_agency_state", "agency_id", "state"),
        Index("ix_proposals_task_id", "task_id"),
        Index("ix_proposals_plan_id", "plan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[ProposalKind] = mapped_column(stored_enum(ProposalKind))
    plan_id: Mapped[int | None] = mapped_column()
    task_id: Mapped[int | None] = mapped_column()
    due_before: Mapped[date | None]
    """The due date that the task had when a later one was asked for."""

    due_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[ProposalState] = mapped_column(stored_enum(ProposalState), default=ProposalState.WAITING)
    submitted_by_id: Mapped[int] = mapped_column()
    settled_at: Mapped[datetime | None]
    """When the last seat decided, or when it was taken back."""

    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    plan: Mapped[Plan | None] = relationship(primaryjoin=lambda: Proposal.plan_id == Plan.id, foreign_keys=[plan_id])
    task: Mapped[Task | None] = relationship(primaryjoin=lambda: Proposal.task_id == Task.id, foreign_keys=[task_id])
    submitted_by: Mapped[User] = relationship(
        primaryjoin=lambda: Proposal.submitted_by_id == User.id, foreign_keys=[submitted_by_id]
    )
    decisions: Mapped[list[ProposalDecision]] = relationship(
        back_populates="proposal",
        order_by="ProposalDecision.id",
        primaryjoin=lambda: ProposalDecision.proposal_id == Proposal.id,
        foreign_keys=lambda: ProposalDecision.proposal_id,
    )

    @property
    def author_ids(self) -> Sequence[int]:
        return [self.submitted_by_id]

    @property
    def over(self) -> Task | None:
        return self.task

    @property
    def is_final(self) -> bool:
        return True


class ProposalDecision(SeatDecision, Base):
    """What a seat decided on a proposal. Only ever added."""

    __tablename__ = "proposal_decisions"
    __table_args__ = (
        UniqueConstraint("proposal_id", "seat_number", "round"),
        ForeignKeyConstraint(
            ["proposal_id", "submitted_by_id"],
            ["proposals.id", "proposals.submitted_by_id"],
            name="fk_proposal_decisions_submitter",
        ),
        *rules_of_a_decision("proposal_decisions"),
    )

    proposal_id: Mapped[int] = mapped_column()

    proposal: Mapped[Proposal] = relationship(
        back_populates="decisions",
        primaryjoin=lambda: ProposalDecision.proposal_id == Proposal.id,
        foreign_keys=[proposal_id],
    )
