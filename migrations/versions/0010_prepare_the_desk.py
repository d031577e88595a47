"""What the coordinator's desk needs: other names of units, documents in hand, invitations and test mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import change_check

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = ("invite", "reminder", "test")
KINDS_BEFORE = ("reminder",)


def upgrade() -> None:
    op.add_column("agencies", sa.Column("province", sa.String(length=100), nullable=True))
    op.add_column("agencies", sa.Column("contact", sa.String(length=200), nullable=True))
    op.create_table(
        "unit_aliases",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_unit_aliases_says_something")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_aliases_unit_id_units"),
        sa.PrimaryKeyConstraint("unit_id", "name", name="pk_unit_aliases"),
    )
    op.create_table(
        "import_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("unit_names", sa.JSON(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2500 AND 2700", name=op.f("ck_import_drafts_buddhist_year")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_import_drafts_agency_id_agencies"),
        sa.ForeignKeyConstraint(
            ["agency_id", "brought_by_id"],
            ["users.agency_id", "users.id"],
            name="fk_import_drafts_agency_id_brought_by_id_users",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_drafts"),
    )
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS_BEFORE, KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM outbox_messages WHERE kind IN ('invite', 'test')")
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS, KINDS_BEFORE)
    op.drop_table("import_drafts")
    op.drop_table("unit_aliases")
    op.drop_column("agencies", "contact")
    op.drop_column("agencies", "province")
