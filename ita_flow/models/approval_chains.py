"""Approval chains of agencies, divisions and plans, and the orders by which somebody acts in a seat."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.approval_chains import DAYS_ALLOWED, ActingScope, Chain, ChainSeat, Subject, Verb
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.people import Membership, NamedSeat, Unit, User
from ita_flow.models.plans import Plan


def _one_for_each(name: str, columns: list[str], where: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


class ApprovalChain(Base):
    """The chain that an agency settled: for one division, for one plan, or, with neither, for all else.

    One for plans decides on whole plans; all others decide on what people report.
    """

    __tablename__ = "approval_chains"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "division_id"], ["units.agency_id", "units.id"]),
        ForeignKeyConstraint(["agency_id", "plan_id"], ["plans.agency_id", "plans.id"]),
        CheckConstraint("division_id IS NULL OR plan_id IS NULL", name="of_a_division_or_a_plan"),
        CheckConstraint(
            "subject = 'reports' OR (division_id IS NULL AND plan_id IS NULL)", name="one_for_all_plans_of_the_agency"
        ),
        _one_for_each(
            "uq_approval_chains_agency_id", ["agency_id", "subject"], "division_id IS NULL AND plan_id IS NULL"
        ),
        _one_for_each("uq_approval_chains_division_id", ["division_id"], "division_id IS NOT NULL"),
        _one_for_each("uq_approval_chains_plan_id", ["plan_id"], "plan_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    subject: Mapped[Subject] = mapped_column(
        stored_enum(Subject), default=Subject.REPORTS, server_default=Subject.REPORTS.value
    )
    division_id: Mapped[int | None] = mapped_column()
    plan_id: Mapped[int | None] = mapped_column()
    progress_walks_all: Mapped[bool] = mapped_column(default=False)
    distinct_deciders: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    seats: Mapped[list[ApprovalSeat]] = relationship(order_by="ApprovalSeat.position", cascade="all, delete-orphan")
    division: Mapped[Unit | None] = relationship(
        primaryjoin=lambda: ApprovalChain.division_id == Unit.id, foreign_keys=[division_id]
    )
    plan: Mapped[Plan | None] = relationship(
        primaryjoin=lambda: ApprovalChain.plan_id == Plan.id, foreign_keys=[plan_id]
    )

    @property
    def chain(self) -> Chain:
        """The chain as the rules know it."""
        seats = tuple(seat.chain_seat for seat in self.seats)
        return Chain(seats, self.progress_walks_all, self.distinct_deciders)


class ApprovalSeat(Base):
    """One seat of a chain."""

    __tablename__ = "approval_seats"
    __table_args__ = (
        CheckConstraint("position > 0", name="seats_count_from_one"),
        CheckConstraint("days_allowed BETWEEN 1 AND 60", name="days_in_range"),
        CheckConstraint("(seat = 'named') = (named_seat_id IS NOT NULL)", name="named_seats_have_a_name"),
        _one_for_each("uq_approval_seats_seat", ["chain_id", "seat"], "named_seat_id IS NULL"),
        _one_for_each("uq_approval_seats_named", ["chain_id", "named_seat_id"], "named_seat_id IS NOT NULL"),
    )

    chain_id: Mapped[int] = mapped_column(ForeignKey("approval_chains.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat: Mapped[Seat] = mapped_column(stored_enum(Seat))
    named_seat_id: Mapped[int | None] = mapped_column(ForeignKey("named_seats.id"))
    verb: Mapped[Verb] = mapped_column(stored_enum(Verb), default=Verb.ENDORSE)
    days_allowed: Mapped[int] = mapped_column(default=DAYS_ALLOWED)
    needs_all: Mapped[bool] = mapped_column(default=False)

    named_seat: Mapped[NamedSeat | None] = relationship(lazy="joined")

    @property
    def chain_seat(self) -> ChainSeat:
        """The seat as the rules know it; a named one brings its name along."""
        title = self.named_seat.name if self.named_seat else ""
        return ChainSeat(self.seat, self.verb, self.days_allowed, self.needs_all, self.named_seat_id, title)


class ActingOrder(Base):
    """By which order somebody sits in another's seat, or in a vacant one.

    Who acts, in which seat, of which kind and on which days stands in the membership that goes with it.
    """

    __tablename__ = "acting_orders"
    __table_args__ = (
        UniqueConstraint("membership_id"),
        UniqueConstraint("id", "acting_id"),
        UniqueConstraint("id", "holder_id"),
        ForeignKeyConstraint(["membership_id", "acting_id"], ["memberships.id", "memberships.user_id"]),
        ForeignKeyConstraint(
            ["agency_id", "acting_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_acting"
        ),
        ForeignKeyConstraint(
            ["agency_id", "holder_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_holder"
        ),
        ForeignKeyConstraint(
            ["agency_id", "entered_by_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_entered_by"
        ),
        ForeignKeyConstraint(["agency_id", "division_id"], ["units.agency_id", "units.id"]),
        CheckConstraint("holder_id <> acting_id", name="nobody_acts_for_themselves"),
        CheckConstraint("entered_by_id <> acting_id", name="nobody_enters_their_own"),
        CheckConstraint("order_no <> ''", name="names_the_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    membership_id: Mapped[int] = mapped_column()
    acting_id: Mapped[int] = mapped_column()
    holder_id: Mapped[int | None] = mapped_column()
    """Whose seat it is; None when it is vacant."""

    order_no: Mapped[str] = mapped_column(sa.String(100))
    ordered_on: Mapped[date | None]
    scope: Mapped[ActingScope] = mapped_column(stored_enum(ActingScope), default=ActingScope.ALL)
    division_id: Mapped[int | None] = mapped_column()
    """For a seat over the whole agency: the one division whose reports the order covers; None for all."""

    entered_by_id: Mapped[int | None] = mapped_column()
    """None when it came by the command line."""

    entered_at: Mapped[datetime]

    membership: Mapped[Membership] = relationship(
        primaryjoin=lambda: ActingOrder.membership_id == Membership.id, foreign_keys=[membership_id]
    )
    holder: Mapped[User | None] = relationship(
        primaryjoin=lambda: ActingOrder.holder_id == User.id, foreign_keys=[holder_id]
    )
    entered_by: Mapped[User | None] = relationship(
        primaryjoin=lambda: ActingOrder.entered_by_id == User.id, foreign_keys=[entered_by_id]
    )
    division: Mapped[Unit | None] = relationship(
        primaryjoin=lambda: ActingOrder.division_id == Unit.id, foreign_keys=[division_id]
    )
