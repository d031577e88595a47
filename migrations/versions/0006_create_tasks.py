"""Tasks with their officers and steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column(
            "work_status",
            sa.Enum(
                "not_started",
                "in_progress",
                "done",
                "cancelled",
                name="work_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_done_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(work_status = 'done') = (completed_at IS NOT NULL)", name=op.f("ck_tasks_completed_at_iff_done")
        ),
        sa.CheckConstraint(
            "(completed_at IS NULL) = (claimed_done_on IS NULL)", name=op.f("ck_tasks_claimed_iff_completed")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_tasks_percent_in_range")),
        sa.ForeignKeyConstraint(
            ["agency_id", "division_id"], ["units.agency_id", "units.id"], name="fk_tasks_division"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "measure_id"],
            ["measures.agency_id", "measures.id"],
            name="fk_tasks_agency_id_measure_id_measures",
        ),
        sa.ForeignKeyConstraint(["agency_id", "section_id"], ["units.agency_id", "units.id"], name="fk_tasks_section"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_tasks_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("agency_id", "id", name="uq_tasks_agency_id_id"),
        sa.UniqueConstraint("measure_id", "division_id", name="uq_tasks_measure_id_division_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tasks_division", "tasks", ["division_id", "due_on"])
    op.create_index(
        "ix_tasks_open_due",
        "tasks",
        ["agency_id", "due_on"],
        sqlite_where=sa.text("work_status NOT IN ('done', 'cancelled')"),
        postgresql_where=sa.text("work_status NOT IN ('done', 'cancelled')"),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_steps_says_something")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_steps_task_id_tasks"),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
        sa.UniqueConstraint("task_id", "position", name="uq_steps_task_id_position"),
    )
    op.create_table(
        "task_officers",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_officers_task_id_tasks"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_task_officers_user_id_users"),
        sa.PrimaryKeyConstraint("task_id", "user_id", name="pk_task_officers"),
    )
    op.create_index("ix_task_officers_user_id", "task_officers", ["user_id"])


def downgrade() -> None:
    op.drop_table("task_officers")
    op.drop_table("steps")
    op.drop_table("tasks")
