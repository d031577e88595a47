"""Agencies, units, people and the posts they hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
        sa.UniqueConstraint("code", name="uq_agencies_code"),
        sa.UniqueConstraint("name", name="uq_agencies_name"),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("division", "section", name="unit_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(kind = 'section') = (parent_id IS NOT NULL)", name=op.f("ck_units_sections_have_a_parent")
        ),
        sa.ForeignKeyConstraint(["agency_id", "parent_id"], ["units.agency_id", "units.id"], name="fk_units_parent"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_units_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("agency_id", "id", name="uq_units_agency_id_id"),
    )
    op.create_index(
        "uq_units_division",
        "units",
        ["agency_id", "name"],
        unique=True,
        sqlite_where=sa.text("kind = 'division'"),
        postgresql_where=sa.text("kind = 'division'"),
    )
    op.create_index(
        "uq_units_section",
        "units",
        ["parent_id", "name"],
        unique=True,
        sqlite_where=sa.text("kind = 'section'"),
        postgresql_where=sa.text("kind = 'section'"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_users_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("agency_id", "id", name="uq_users_agency_id_id"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "coordinator",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
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
            nullable=True,
        ),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(role IS NULL) <> (seat IS NULL)", name=op.f("ck_memberships_role_or_seat")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_memberships_ends_after_start")),
        sa.CheckConstraint(
            "seat IS NULL OR seat NOT IN ('section_head', 'director') OR unit_id IS NOT NULL",
            name=op.f("ck_memberships_heads_have_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "unit_id"], ["units.agency_id", "units.id"], name="fk_memberships_agency_id_unit_id_units"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "user_id"], ["users.agency_id", "users.id"], name="fk_memberships_agency_id_user_id_users"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_memberships_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_unit_seat", "memberships", ["unit_id", "seat"])
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"])


def downgrade() -> None:
    op.drop_table("memberships")
    op.drop_table("users")
    op.drop_table("units")
    op.drop_table("agencies")
