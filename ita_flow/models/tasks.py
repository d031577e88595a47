"""Tasks: a measure given to a division, with its officers, steps and due date."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure

task_officers = Table(
    "task_officers",
    Base.metadata,
    Column("task_id", ForeignKey("tasks.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True, index=True),
)


class Task(Base):
    """What one division has to do for one measure, and until when.

    ``work_status`` is what was last approved; whether the task is late is computed from the day, never stored.
    ``due_version`` grows when the due date moves, so that a new date reminds anew.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("measure_id", "division_id"),
        UniqueConstraint("agency_id", "id"),
        ForeignKeyConstraint(["agency_id", "measure_id"], ["measures.agency_id", "measures.id"]),
        ForeignKeyConstraint(["agency_id", "division_id"], ["units.agency_id", "units.id"], name="fk_tasks_division"),
        ForeignKeyConstraint(["agency_id", "section_id"], ["units.agency_id", "units.id"], name="fk_tasks_section"),
        CheckConstraint("(work_status = 'done') = (completed_at IS NOT NULL)", name="completed_at_iff_done"),
        CheckConstraint("(completed_at IS NULL) = (claimed_done_on IS NULL)", name="claimed_iff_completed"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint(
            "(work_status IN ('cancelled', 'unfinished')) = (ending_reason IS NOT NULL)", name="an_end_says_why"
        ),
        CheckConstraint("ending_reason <> ''", name="the_reason_says_something"),
        CheckConstraint("NOT carries_over OR work_status = 'unfinished'", name="only_the_unfinished_carries_over"),
        ForeignKeyConstraint(["agency_id", "continues_id"], ["tasks.agency_id", "tasks.id"], name="fk_tasks_continues"),
        Index("ix_tasks_continues_id", "continues_id"),
        Index(
            "ix_tasks_open_due",
            "agency_id",
            "due_on",
            sqlite_where=sa.text("work_status NOT IN ('done', 'cancelled', 'unfinished')"),
            postgresql_where=sa.text("work_status NOT IN ('done', 'cancelled', 'unfinished')"),
        ),
        Index("ix_tasks_division", "division_id", "due_on"),
        {"sqlite_autoincrement": True},  # the record names tasks by id: a number is never given twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    measure_id: Mapped[int] = mapped_column()
    division_id: Mapped[int] = mapped_column()
    section_id: Mapped[int | None] = mapped_column()
    due_on: Mapped[date]
    first_due_on: Mapped[date | None]
    """The due date before a later one was granted for the first time; None when none was."""

    due_version: Mapped[int] = mapped_column(default=1)
    work_status: Mapped[WorkStatus] = mapped_column(stored_enum(WorkStatus), default=WorkStatus.NOT_STARTED)
    percent: Mapped[int] = mapped_column(default=0)
    completed_at: Mapped[datetime | None]
    claimed_done_on: Mapped[date | None]
    """The day on which the approved claim of completion was first sent."""

    ending_reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why it was cancelled, or left unfinished when its year was closed."""

    carries_over: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """It was left unfinished so that the plan of the next year takes it up again."""

    continues_id: Mapped[int | None] = mapped_column()
    """In a version that is not in force: the task of the version in force from which it was copied."""

    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    measure: Mapped[Measure] = relationship(
        primaryjoin=lambda: Task.measure_id == Measure.id, foreign_keys=[measure_id]
    )
    division: Mapped[Unit] = relationship(primaryjoin=lambda: Task.division_id == Unit.id, foreign_keys=[division_id])
    section: Mapped[Unit | None] = relationship(
        primaryjoin=lambda: Task.section_id == Unit.id, foreign_keys=[section_id]
    )
    officers: Mapped[list[User]] = relationship(secondary=task_officers, order_by=User.id)
    steps: Mapped[list[Step]] = relationship(order_by="Step.position", cascade="all, delete-orphan")

    @property
    def unit(self) -> Unit:
        """The unit that does the work: the section when one is named, else the division."""
        return self.section or self.division


class Step(Base):
    """An ordered part of a task's method. Whether it is done stands in the approved report."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("task_id", "position"), CheckConstraint("text <> ''", name="says_something"))

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    is_done: Mapped[bool] = mapped_column(default=False)
    """As last approved."""
