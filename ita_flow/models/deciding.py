"""What seats decide on, one after the other, and a decision of one of them: whatever it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from ita_flow.domain.approval_chains import ChainSeat, Passed, Verb, passed_kept, seat_kept
from ita_flow.domain.approvals import DecisionKind, barred, seat_to_decide, standing
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import stored_enum
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import User

if TYPE_CHECKING:
    from ita_flow.models.tasks import Task


class SeatDecision:
    """What a seat decided. Only ever added; the database too refuses a decision on one's own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    submitted_by_id: Mapped[int]
    seat: Mapped[Seat] = mapped_column(stored_enum(Seat))
    named_seat_id: Mapped[int | None] = mapped_column(ForeignKey("named_seats.id"))
    seat_title: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    """What the seat was called then; decisions of old have none."""

    verb: Mapped[Verb] = mapped_column(stored_enum(Verb), default=Verb.ENDORSE, server_default=Verb.ENDORSE.value)
    seat_number: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[DecisionKind] = mapped_column(stored_enum(DecisionKind))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    own_post: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    """The post of whoever decided, as it was called then."""

    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """In whose seat, where somebody acted for its holder."""

    acting_order_id: Mapped[int | None] = mapped_column()
    decided_at: Mapped[datetime]

    @declared_attr
    @classmethod
    def decided_by(cls) -> Mapped[User]:
        return relationship(foreign_keys=[cls.decided_by_id])

    @declared_attr
    @classmethod
    def on_behalf_of(cls) -> Mapped[User | None]:
        return relationship(foreign_keys=[cls.on_behalf_of_id])

    @declared_attr
    @classmethod
    def acting_order(cls) -> Mapped[ActingOrder | None]:
        return relationship(
            primaryjoin=lambda: cls.acting_order_id == ActingOrder.id,
            foreign_keys=[cls.acting_order_id],
        )


def rules_of_a_decision(table: str) -> tuple[CheckConstraint | ForeignKeyConstraint, ...]:
    """What the database knows of every decision, for the table of this name."""
    return (
        CheckConstraint("decided_by_id <> submitted_by_id", name="nobody_decides_on_their_own"),
        CheckConstraint("kind <> 'return' OR comment <> ''", name="a_return_says_why"),
        CheckConstraint("seat_number > 0", name="seats_count_from_one"),
        CheckConstraint("on_behalf_of_id <> submitted_by_id", name="nobody_decides_for_the_submitter"),
        CheckConstraint("on_behalf_of_id IS NULL OR acting_order_id IS NOT NULL", name="acting_needs_an_order"),
        ForeignKeyConstraint(
            ["acting_order_id", "decided_by_id"],
            ["acting_orders.id", "acting_orders.acting_id"],
            name=f"fk_{table}_acting",
        ),
        ForeignKeyConstraint(
            ["acting_order_id", "on_behalf_of_id"],
            ["acting_orders.id", "acting_orders.holder_id"],
            name=f"fk_{table}_on_behalf_of",
        ),
    )


D = TypeVar("D", bound=SeatDecision)


class Decidable(Generic[D]):
    """A thing that seats decide on, with the chain that was settled when it was laid before them."""

    if TYPE_CHECKING:
        decisions: Mapped[list[D]]
        """Each in the order in which it was taken."""

    chain: Mapped[list[Any]]
    """The seats that decide, in order, settled at submission: see ``seats``."""

    passed: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """The seats that were passed over, and why: see ``passed_over``."""

    distinct_deciders: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether nobody may decide in two seats."""

    content_hash: Mapped[str] = mapped_column(sa.String(64))
    submitted_at: Mapped[datetime]

    @property
    def author_ids(self) -> Sequence[int]:
        """The people who had a hand in it, and may therefore not decide on it."""
        raise NotImplementedError

    @property
    def over(self) -> Task | None:
        """The task over which the seats sit; None where they sit over the whole agency."""
        raise NotImplementedError

    @property
    def is_final(self) -> bool:
        """Whether somebody needs an order for everything to decide on it in another's seat."""
        raise NotImplementedError

    @property
    def seats(self) -> Sequence[ChainSeat]:
        return [seat_kept(kept) for kept in self.chain]

    @property
    def passed_over(self) -> Sequence[Passed]:
        return [passed_kept(kept) for kept in self.passed]

    @property
    def standing(self) -> list[D]:
        """The decisions that hold, in the order of their seats; what was undone does not."""
        return standing(self.decisions)

    @property
    def last_standing(self) -> D | None:
        """The last decision that holds: the only one that may still be taken back."""
        return self.standing[-1] if self.standing else None

    @property
    def approvals(self) -> int:
        return sum(decision.kind is DecisionKind.APPROVE for decision in self.standing)

    @property
    def return_standing(self) -> D | None:
        """The decision with which it came back, if it did."""
        return next((taken for taken in self.standing if taken.kind is DecisionKind.RETURN), None)

    @property
    def seat_to_decide(self) -> ChainSeat | None:
        """Whose turn it is; nobody's when the chain is walked or the thing came back."""
        if self.return_standing:
            return None
        return seat_to_decide(self.seats, self.approvals)

    @property
    def waiting_since(self) -> datetime:
        """Since when the seat whose turn it is has had it; what that seat decided and took back does not count."""
        turn, seats = self.seat_to_decide, self.seats
        before = [taken for taken in self.standing if turn and seats[taken.seat_number - 1].key != turn.key]
        return max([self.submitted_at, *(taken.decided_at for taken in before)])

    @property
    def barred(self) -> set[int]:
        """The people whose earlier decision on it keeps them from taking the one that is due."""
        turn = self.seat_to_decide
        return barred(self.seats, self.standing, turn, distinct=self.distinct_deciders) if turn else set()
