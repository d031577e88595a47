"""Plans, their measures, and the documents they were read from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "published",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_no_limitations", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(state IN ('approved', 'published')) = (approved_at IS NOT NULL)",
            name=op.f("ck_plans_approved_at_iff_approved"),
        ),
        sa.CheckConstraint("year BETWEEN 2500 AND 2700", name=op.f("ck_plans_buddhist_year")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_plans_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.UniqueConstraint("agency_id", "id", name="uq_plans_agency_id_id"),
        sa.UniqueConstraint("agency_id", "year", "version", name="uq_plans_agency_id_year_version"),
    )
    op.create_table(
        "plan_areas",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("overview", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 7", name=op.f("ck_plan_areas_one_of_seven")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_areas_plan_id_plans"),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_plan_areas"),
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("responsible_text", sa.Text(), nullable=False),
        sa.Column("window_text", sa.Text(), nullable=False),
        sa.Column(
            "window_kind",
            sa.Enum(
                "first_half",
                "full_year",
                "custom",
                name="window_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_measures_has_a_title")),
        sa.CheckConstraint("area BETWEEN 1 AND 7", name=op.f("ck_measures_one_of_seven")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_measures_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["agency_id", "plan_id"], ["plans.agency_id", "plans.id"], name="fk_measures_agency_id_plan_id_plans"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_measures_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_measures"),
        sa.UniqueConstraint("agency_id", "id", name="uq_measures_agency_id_id"),
        sa.UniqueConstraint("plan_id", "number", name="uq_measures_plan_id_number"),
    )
    op.create_table(
        "measure_items",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name="fk_measure_items_measure_id_measures"),
        sa.PrimaryKeyConstraint("measure_id", "position", name="pk_measure_items"),
    )
    op.create_index("ix_measure_items_code", "measure_items", ["code"])
    op.create_table(
        "limitations",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("limitation", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_limitations_plan_id_plans"),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_limitations"),
    )
    op.create_table(
        "import_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "plan_id"], ["plans.agency_id", "plans.id"], name="fk_import_jobs_agency_id_plan_id_plans"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_import_jobs_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_import_jobs"),
    )
    op.create_index("ix_import_jobs_plan_at", "import_jobs", ["plan_id", "at"])
    op.create_table(
        "import_issues",
        sa.Column("import_job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_job_id"], ["import_jobs.id"], name="fk_import_issues_import_job_id_import_jobs"
        ),
        sa.PrimaryKeyConstraint("import_job_id", "position", name="pk_import_issues"),
    )


def downgrade() -> None:
    op.drop_table("import_issues")
    op.drop_table("import_jobs")
    op.drop_table("limitations")
    op.drop_table("measure_items")
    op.drop_table("measures")
    op.drop_table("plan_areas")
    op.drop_table("plans")
