"""Indexes for the lists that grow with the years: mails, evidence, what somebody decided. Answers of any length."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import change_type

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, list[str]], ...] = (
    ("ix_decisions_decided_by_id", "decisions", ["decided_by_id"]),
    ("ix_evidence_checks_outcome", "evidence_checks", ["outcome"]),
    ("ix_evidence_sha256", "evidence", ["sha256"]),
    ("ix_outbox_messages_failure", "outbox_messages", ["failure", "recipient_id"]),
    ("ix_outbox_messages_of_kind", "outbox_messages", ["agency_id", "kind", "speaks_on"]),
    ("ix_outbox_messages_of_state", "outbox_messages", ["agency_id", "state"]),
    ("ix_version_evidence_evidence_id", "version_evidence", ["evidence_id"]),
)


def upgrade() -> None:
    change_type(op, "form_receipts", "location", sa.String(length=500), sa.Text())
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table)
    op.execute("DELETE FROM form_receipts WHERE length(location) > 500")
    change_type(op, "form_receipts", "location", sa.Text(), sa.String(length=500))
