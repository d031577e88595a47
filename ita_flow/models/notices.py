"""What happened and whom it concerns: the lines of the mails that tell of events."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.notices import NoticeKind
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task


class Notice(Base):
    """One event that one person is told of, once: promised in the transaction of the deed."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("key"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        ForeignKeyConstraint(["agency_id", "recipient_id"], ["users.agency_id", "users.id"]),
        ForeignKeyConstraint(
            ["agency_id", "proposal_id"], ["proposals.agency_id", "proposals.id"], name="fk_notices_proposal"
        ),
        CheckConstraint(
            "(acting_order_id IS NULL) = (task_id IS NOT NULL OR proposal_id IS NOT NULL)",
            name="of_a_task_or_an_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    key: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[NoticeKind] = mapped_column(stored_enum(NoticeKind))
    recipient_id: Mapped[int] = mapped_column(index=True)
    task_id: Mapped[int | None] = mapped_column(index=True)
    report_version_id: Mapped[int | None] = mapped_column(ForeignKey("report_versions.id"))
    acting_order_id: Mapped[int | None] = mapped_column(ForeignKey("acting_orders.id"))
    proposal_id: Mapped[int | None] = mapped_column()
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    """None where the person asked not to be told of such."""

    at: Mapped[datetime]

    recipient: Mapped[User] = relationship(
        primaryjoin=lambda: Notice.recipient_id == User.id, foreign_keys=[recipient_id]
    )
    task: Mapped[Task | None] = relationship(primaryjoin=lambda: Notice.task_id == Task.id, foreign_keys=[task_id])
    report_version: Mapped[ReportVersion | None] = relationship()
    acting_order: Mapped[ActingOrder | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship(
        primaryjoin=lambda: Notice.proposal_id == Proposal.id, foreign_keys=[proposal_id]
    )
    message: Mapped[OutboxMessage | None] = relationship(back_populates="notices")
