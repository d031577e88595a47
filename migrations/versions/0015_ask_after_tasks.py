"""Asking after tasks by hand; the language in which a person is spoken to, and what they have seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import add_constraint, change_check, drop_constraint

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS_BEFORE = ("anchor", "event", "invite", "reminder", "test")
KINDS = ("anchor", "chase", "event", "invite", "reminder", "test")
LANGUAGE_CHECK = "CHECK (language IN ('th', 'en'))"


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    language = sa.Column("language", sa.String(length=32), server_default="th", nullable=False)
    op.add_column("users", language)
    add_constraint(op, "users", "ck_users_language", LANGUAGE_CHECK)
    op.add_column("users", sa.Column("notices_read_at", sa.DateTime(timezone=True), nullable=True))
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS_BEFORE, KINDS)
    op.create_table(
        "chases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", _enum("chase_reason", "overdue", "slow_decision", "due_soon", "silent"), nullable=False),
        sa.Column(
            "capacity",
            _enum("capacity", "officer", "section_head", "director", "chief", "executive", "coordinator", "decider"),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_chases_agency_id_agencies"),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_chases_agency_id_task_id_tasks"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "recipient_id"], ["users.agency_id", "users.id"], name="fk_chases_recipient"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "asked_by_id"], ["users.agency_id", "users.id"], name="fk_chases_asked_by"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_messages.id"], name="fk_chases_message_id_outbox_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_chases"),
        sa.UniqueConstraint("task_id", "recipient_id", "asked_on", name="uq_chases_task_id_recipient_id_asked_on"),
    )
    op.create_index("ix_chases_asked_on", "chases", ["agency_id", "asked_on"])
    for column in ("message_id", "recipient_id"):
        op.create_index(f"ix_chases_{column}", "chases", [column])


def downgrade() -> None:
    op.drop_table("chases")
    op.execute("DELETE FROM outbox_messages WHERE kind = 'chase'")
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS, KINDS_BEFORE)
    op.drop_column("users", "notices_read_at")
    drop_constraint(op, "users", "ck_users_language", LANGUAGE_CHECK)
    op.drop_column("users", "language")
