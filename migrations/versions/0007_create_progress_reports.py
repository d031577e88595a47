"""Evidence, reports, submitted versions and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("file", "link", name="evidence_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'file') = (sha256 IS NOT NULL AND size IS NOT NULL AND media_type IS NOT NULL)",
            name=op.f("ck_evidence_files_have_content"),
        ),
        sa.CheckConstraint("(kind = 'link') = (url IS NOT NULL)", name=op.f("ck_evidence_links_have_an_address")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name="fk_evidence_added_by_id_users"),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_evidence_agency_id_task_id_tasks"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_evidence_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_task_id", "evidence", ["task_id"])
    op.create_table(
        "progress_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                name="report_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "claimed_status",
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
            nullable=True,
        ),
        sa.Column("done_steps", sa.JSON(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("obstacles", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "percent IS NULL OR percent BETWEEN 0 AND 95", name=op.f("ck_progress_reports_a_hundred_only_when_approved")
        ),
        sa.CheckConstraint(
            "claimed_status IS NULL OR claimed_status <> 'cancelled'",
            name=op.f("ck_progress_reports_nobody_claims_cancelled"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'approved') OR version > 0",
            name=op.f("ck_progress_reports_submitted_has_a_version"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"],
            ["tasks.agency_id", "tasks.id"],
            name="fk_progress_reports_agency_id_task_id_tasks",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_progress_reports_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_progress_reports"),
        sa.UniqueConstraint("agency_id", "id", name="uq_progress_reports_agency_id_id"),
        sa.UniqueConstraint("task_id", "number", name="uq_progress_reports_task_id_number"),
    )
    op.create_index("ix_progress_reports_agency_state", "progress_reports", ["agency_id", "state"])
    op.create_index(
        "uq_progress_reports_one_open",
        "progress_reports",
        ["task_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'approved'"),
        postgresql_where=sa.text("state <> 'approved'"),
    )
    op.create_table(
        "report_authors",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_reports.id"], name="fk_report_authors_report_id_progress_reports"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_report_authors_user_id_users"),
        sa.PrimaryKeyConstraint("report_id", "user_id", name="pk_report_authors"),
    )
    op.create_table(
        "report_evidence",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_report_evidence_evidence_id_evidence"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_reports.id"], name="fk_report_evidence_report_id_progress_reports"
        ),
        sa.PrimaryKeyConstraint("report_id", "evidence_id", name="pk_report_evidence"),
    )
    op.create_table(
        "report_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "claimed_status",
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
        sa.Column("done_steps", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("obstacles", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("claimed_status <> 'cancelled'", name=op.f("ck_report_versions_nobody_claims_cancelled")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_report_versions_percent_in_range")),
        sa.ForeignKeyConstraint(
            ["agency_id", "report_id"],
            ["progress_reports.agency_id", "progress_reports.id"],
            name="fk_report_versions_agency_id_report_id_progress_reports",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_report_versions_agency_id_agencies"),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["users.id"], name="fk_report_versions_submitted_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_report_versions"),
        sa.UniqueConstraint("id", "submitted_by_id", name="uq_report_versions_id_submitted_by_id"),
        sa.UniqueConstraint("report_id", "version", name="uq_report_versions_report_id_version"),
    )
    op.create_table(
        "version_evidence",
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_version_evidence_evidence_id_evidence"),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_versions.id"], name="fk_version_evidence_report_version_id_report_versions"
        ),
        sa.PrimaryKeyConstraint("report_version_id", "evidence_id", name="pk_version_evidence"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "section_head",
                "director",
                "chief",
                "executive",
                name="seat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("seat_number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("approve", "return", name="decision_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind <> 'return' OR comment <> ''", name=op.f("ck_decisions_a_return_says_why")),
        sa.CheckConstraint("decided_by_id <> submitted_by_id", name=op.f("ck_decisions_nobody_decides_on_their_own")),
        sa.CheckConstraint("seat_number > 0", name=op.f("ck_decisions_seats_count_from_one")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_decisions_agency_id_agencies"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name="fk_decisions_decided_by_id_users"),
        sa.ForeignKeyConstraint(
            ["report_version_id", "submitted_by_id"],
            ["report_versions.id", "report_versions.submitted_by_id"],
            name="fk_decisions_submitter",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint(
            "report_version_id", "seat_number", "round", name="uq_decisions_report_version_id_seat_number_round"
        ),
    )


def downgrade() -> None:
    op.drop_table("decisions")
    op.drop_table("version_evidence")
    op.drop_table("report_versions")
    op.drop_table("report_evidence")
    op.drop_table("report_authors")
    op.drop_table("progress_reports")
    op.drop_table("evidence")
