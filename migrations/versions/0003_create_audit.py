"""The record: a chain of hashes for each agency."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_audit_heads_agency_id_agencies"),
        sa.PrimaryKeyConstraint("agency_id", name="pk_audit_heads"),
    )
    op.create_table(
        "audit_events",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_audit_events_agency_id_agencies"),
        sa.PrimaryKeyConstraint("agency_id", "seq", name="pk_audit_events"),
        sa.UniqueConstraint("agency_id", "prev", name="uq_audit_events_agency_id_prev"),
    )
    op.create_index("ix_audit_events_subject", "audit_events", ["agency_id", "subject"])


def downgrade() -> None:
    op.drop_table("audit_events")
    op.drop_table("audit_heads")
