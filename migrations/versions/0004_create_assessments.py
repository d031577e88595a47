"""Scores and findings of an assessed year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("criteria_year", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("rank_province", sa.Integer(), nullable=True),
        sa.Column("rank_national", sa.Integer(), nullable=True),
        sa.Column("rank_group", sa.String(length=200), nullable=True),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.CheckConstraint("total IS NULL OR total BETWEEN 0 AND 10000", name=op.f("ck_assessments_total_in_range")),
        sa.CheckConstraint("year BETWEEN 2500 AND 2700", name=op.f("ck_assessments_buddhist_year")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_assessments_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
        sa.UniqueConstraint("agency_id", "id", name="uq_assessments_agency_id_id"),
        sa.UniqueConstraint("agency_id", "year", name="uq_assessments_agency_id_year"),
    )
    op.create_table(
        "indicator_scores",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 10", name=op.f("ck_indicator_scores_one_of_ten")),
        sa.CheckConstraint(
            "score IS NULL OR score BETWEEN 0 AND 10000", name=op.f("ck_indicator_scores_score_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_indicator_scores_assessment_id_assessments"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "number", name="pk_indicator_scores"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "eit_public", "eit_survey", "oit", name="channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name="fk_findings_assessment_id_assessments"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint("assessment_id", "channel", "code", name="uq_findings_assessment_id_channel_code"),
        sa.UniqueConstraint("assessment_id", "position", name="uq_findings_assessment_id_position"),
    )
    op.create_table(
        "finding_items",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_finding_items_finding_id_findings"),
        sa.PrimaryKeyConstraint("finding_id", "position", name="pk_finding_items"),
    )
    op.create_index("ix_finding_items_code", "finding_items", ["code"])


def downgrade() -> None:
    op.drop_table("finding_items")
    op.drop_table("findings")
    op.drop_table("indicator_scores")
    op.drop_table("assessments")
