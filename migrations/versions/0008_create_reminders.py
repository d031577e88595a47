"""Rules of reminding, the ledger and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("reminder", name="message_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("speaks_on", sa.Date(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "leased",
                "sent",
                "dead",
                "dropped",
                name="message_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_to", sa.String(length=254), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'leased') = (lease_token IS NOT NULL)", name=op.f("ck_outbox_messages_leased_has_a_token")
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_outbox_messages_sent_has_a_moment")
        ),
        sa.CheckConstraint("state <> 'sent' OR text IS NOT NULL", name=op.f("ck_outbox_messages_sent_keeps_its_text")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_outbox_messages_agency_id_agencies"),
        sa.ForeignKeyConstraint(["recipient_id"], ["users.id"], name="fk_outbox_messages_recipient_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_messages"),
        sa.UniqueConstraint("key", name="uq_outbox_messages_key"),
        sa.UniqueConstraint("message_id", name="uq_outbox_messages_message_id"),
    )
    op.create_index("ix_outbox_messages_due", "outbox_messages", ["state", "next_attempt_at"])
    op.create_index("ix_outbox_messages_recipient_id", "outbox_messages", ["recipient_id"])
    op.create_table(
        "reminder_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum("before_due", "overdue", name="trigger", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "trigger <> 'overdue' OR days > 0", name=op.f("ck_reminder_rules_overdue_starts_the_day_after")
        ),
        sa.CheckConstraint("days >= 0", name=op.f("ck_reminder_rules_days_count_forward")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reminder_rules_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_rules"),
        sa.UniqueConstraint("agency_id", "trigger", "days", name="uq_reminder_rules_agency_id_trigger_days"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("queued", "superseded", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'queued') = (message_id IS NOT NULL)", name=op.f("ck_reminders_queued_has_a_message")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_reminders_agency_id_task_id_tasks"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reminders_agency_id_agencies"),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_messages.id"], name="fk_reminders_message_id_outbox_messages"),
        sa.ForeignKeyConstraint(["recipient_id"], ["users.id"], name="fk_reminders_recipient_id_users"),
        sa.ForeignKeyConstraint(["rule_id"], ["reminder_rules.id"], name="fk_reminders_rule_id_reminder_rules"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint(
            "rule_id",
            "task_id",
            "recipient_id",
            "due_version",
            name="uq_reminders_rule_id_task_id_recipient_id_due_version",
        ),
    )
    op.create_index("ix_reminders_message_id", "reminders", ["message_id"])
    op.create_index("ix_reminders_recipient_id", "reminders", ["recipient_id"])
    op.create_index("ix_reminders_task_id", "reminders", ["task_id"])


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_table("reminder_rules")
    op.drop_table("outbox_messages")
