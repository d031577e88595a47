"""Approval chains as data, acting orders, named seats, newer evidence for older, and checks of the evidence store.

Rows of old stay as they are: their versions keep the chain of their day and let one person decide in two seats, their
decisions have no title, no post and the verb of their day. The way back gives up acting memberships and whoever sits
in a named seat. PostgreSQL refuses it once something was decided in one, for no decision is ever removed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import add_constraint, change_check, drop_constraint

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SEATS_BEFORE = ("section_head", "director", "chief", "executive")
SEATS = (*SEATS_BEFORE, "named")
MAILS_BEFORE = ("invite", "reminder", "test")
MAILS = ("anchor", *MAILS_BEFORE)

CONSTRAINTS: dict[str, dict[str, str]] = {
    "memberships": {
        "ck_memberships_acting_kind": "CHECK (acting IN ('acting', 'delegated', 'in_position'))",
        "ck_memberships_acting_is_in_a_seat": "CHECK (acting IS NULL OR seat IS NOT NULL)",
        "ck_memberships_named_seats_have_a_name": (
            "CHECK ((COALESCE(seat, '') = 'named') = (named_seat_id IS NOT NULL))"
        ),
        "fk_memberships_named_seat": ("FOREIGN KEY (agency_id, named_seat_id) REFERENCES named_seats (agency_id, id)"),
    },
    "decisions": {
        "ck_decisions_verb": "CHECK (verb IN ('endorse', 'approve'))",
        "ck_decisions_nobody_decides_for_the_submitter": "CHECK (on_behalf_of_id <> submitted_by_id)",
        "ck_decisions_acting_needs_an_order": "CHECK (on_behalf_of_id IS NULL OR acting_order_id IS NOT NULL)",
        "fk_decisions_named_seat_id_named_seats": "FOREIGN KEY (named_seat_id) REFERENCES named_seats (id)",
        "fk_decisions_on_behalf_of_id_users": "FOREIGN KEY (on_behalf_of_id) REFERENCES users (id)",
        "fk_decisions_acting": (
            "FOREIGN KEY (acting_order_id, decided_by_id) REFERENCES acting_orders (id, acting_id)"
        ),
        "fk_decisions_on_behalf_of": (
            "FOREIGN KEY (acting_order_id, on_behalf_of_id) REFERENCES acting_orders (id, holder_id)"
        ),
    },
    "evidence": {
        "ck_evidence_superseding_has_a_reason": "CHECK ((supersedes_id IS NULL) = (supersede_reason IS NULL))",
        "ck_evidence_the_reason_says_something": "CHECK (supersede_reason <> '')",
        "ck_evidence_supersedes_another": "CHECK (supersedes_id <> id)",
        "fk_evidence_supersedes": "FOREIGN KEY (task_id, supersedes_id) REFERENCES evidence (task_id, id)",
    },
}

AUTHOR_DECIDES_BEFORE = """
    SELECT 1 FROM report_versions
    JOIN report_authors ON report_authors.report_id = report_versions.report_id
    WHERE report_versions.id = NEW.report_version_id AND report_authors.user_id = NEW.decided_by_id
"""
AUTHOR_DECIDES = """
    SELECT 1 FROM report_versions
    JOIN report_authors ON report_authors.report_id = report_versions.report_id
    WHERE report_versions.id = NEW.report_version_id
      AND report_authors.user_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
"""
DECIDES_TWICE = """
    SELECT 1 FROM decisions AS earlier
    JOIN report_versions ON report_versions.id = earlier.report_version_id
    WHERE NEW.kind <> 'undo'
      AND earlier.report_version_id = NEW.report_version_id
      AND earlier.seat_number <> NEW.seat_number
      AND earlier.kind = 'approve'
      AND NOT EXISTS (
        SELECT 1 FROM decisions AS undone
        WHERE undone.report_version_id = earlier.report_version_id AND undone.seat_number = earlier.seat_number
          AND undone.round = earlier.round + 1 AND undone.kind = 'undo'
      )
      AND (
        earlier.decided_by_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
        OR earlier.on_behalf_of_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
      )
      AND (
        report_versions.distinct_deciders
        OR (earlier.seat = NEW.seat AND COALESCE(earlier.named_seat_id, 0) = COALESCE(NEW.named_seat_id, 0))
      )
"""

HOLDER_UNNAMED = """
    SELECT 1 FROM acting_orders
    WHERE acting_orders.id = NEW.acting_order_id
      AND COALESCE(acting_orders.holder_id, 0) <> COALESCE(NEW.on_behalf_of_id, 0)
"""


def upgrade() -> None:
    _make_named_seats()
    for table, columns in _added_columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("uq_memberships_id_user_id", "memberships", ["id", "user_id"], unique=True)
    op.create_index("uq_evidence_task_id_id", "evidence", ["task_id", "id"], unique=True)
    _make_acting_orders()
    _make_chains()
    op.create_table(
        "evidence_checks",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", _words("store_outcome", "whole", "altered", "missing"), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence_checks"),
    )
    op.create_index("ix_evidence_checks_checked_at", "evidence_checks", ["checked_at"])
    for table, constraints in CONSTRAINTS.items():
        for name, rule in constraints.items():
            add_constraint(op, table, name, rule)
    change_check(op, "memberships", "seat", "seat", SEATS_BEFORE, SEATS)
    change_check(op, "decisions", "seat", "seat", SEATS_BEFORE, SEATS)
    change_check(op, "outbox_messages", "message_kind", "kind", MAILS_BEFORE, MAILS)
    _refuse("authors_do_not_decide", "refuse_author", AUTHOR_DECIDES, "nobody decides on what they wrote", is_new=False)
    _refuse("one_person_decides_once", "refuse_second", DECIDES_TWICE, "nobody decides in two seats")
    _refuse("orders_name_their_holder", "refuse_unnamed", HOLDER_UNNAMED, "whoever acts names the holder of the order")


def downgrade() -> None:
    _allow("orders_name_their_holder", "refuse_unnamed")
    _allow("one_person_decides_once", "refuse_second")
    _refuse(
        "authors_do_not_decide",
        "refuse_author",
        AUTHOR_DECIDES_BEFORE,
        "nobody decides on what they wrote",
        is_new=False,
    )
    op.execute("DELETE FROM outbox_messages WHERE kind = 'anchor'")
    change_check(op, "outbox_messages", "message_kind", "kind", MAILS, MAILS_BEFORE)
    change_check(op, "decisions", "seat", "seat", SEATS, SEATS_BEFORE)
    for table, constraints in reversed(CONSTRAINTS.items()):
        for name, rule in reversed(constraints.items()):
            drop_constraint(op, table, name, rule)
    for table in ("evidence_checks", "approval_seats", "approval_chains", "acting_orders"):
        op.drop_table(table)
    op.execute("DELETE FROM memberships WHERE seat = 'named' OR acting IS NOT NULL")
    change_check(op, "memberships", "seat", "seat", SEATS, SEATS_BEFORE)
    op.drop_index("uq_evidence_task_id_id", "evidence")
    op.drop_index("uq_memberships_id_user_id", "memberships")
    for table, columns in _added_columns().items():
        for column in columns:
            op.drop_column(table, str(column.name))
    op.drop_table("named_seats")


def _added_columns() -> dict[str, list[sa.Column[object]]]:
    return {
        "memberships": [
            sa.Column("named_seat_id", sa.Integer(), nullable=True),
            sa.Column("acting", sa.String(length=32), nullable=True),
        ],
        "report_versions": [
            sa.Column("passed", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("distinct_deciders", sa.Boolean(), nullable=False, server_default=sa.false()),
        ],
        "decisions": [
            sa.Column("named_seat_id", sa.Integer(), nullable=True),
            sa.Column("seat_title", sa.String(length=200), nullable=False, server_default=""),
            sa.Column("verb", sa.String(length=32), nullable=False, server_default="endorse"),
            sa.Column("own_post", sa.String(length=200), nullable=False, server_default=""),
            sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
            sa.Column("acting_order_id", sa.Integer(), nullable=True),
        ],
        "evidence": [
            sa.Column("supersedes_id", sa.Integer(), nullable=True),
            sa.Column("supersede_reason", sa.String(length=500), nullable=True),
        ],
    }


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _make_named_seats() -> None:
    op.create_table(
        "named_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_named_seats_says_something")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_named_seats_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_named_seats"),
        sa.UniqueConstraint("agency_id", "name", name="uq_named_seats_agency_id_name"),
        sa.UniqueConstraint("agency_id", "id", name="uq_named_seats_agency_id_id"),
    )


def _make_acting_orders() -> None:
    op.create_table(
        "acting_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("acting_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("order_no", sa.String(length=100), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("scope", _words("acting_scope", "all", "progress"), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("holder_id <> acting_id", name=op.f("ck_acting_orders_nobody_acts_for_themselves")),
        sa.CheckConstraint("entered_by_id <> acting_id", name=op.f("ck_acting_orders_nobody_enters_their_own")),
        sa.CheckConstraint("order_no <> ''", name=op.f("ck_acting_orders_names_the_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_acting_orders_agency_id_agencies"),
        sa.ForeignKeyConstraint(
            ["membership_id", "acting_id"],
            ["memberships.id", "memberships.user_id"],
            name="fk_acting_orders_membership_id_acting_id_memberships",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "acting_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_acting"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "holder_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_holder"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "entered_by_id"], ["users.agency_id", "users.id"], name="fk_acting_orders_entered_by"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "division_id"],
            ["units.agency_id", "units.id"],
            name="fk_acting_orders_agency_id_division_id_units",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_acting_orders"),
        sa.UniqueConstraint("membership_id", name="uq_acting_orders_membership_id"),
        sa.UniqueConstraint("id", "acting_id", name="uq_acting_orders_id_acting_id"),
        sa.UniqueConstraint("id", "holder_id", name="uq_acting_orders_id_holder_id"),
    )


def _make_chains() -> None:
    op.create_table(
        "approval_chains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("progress_walks_all", sa.Boolean(), nullable=False),
        sa.Column("distinct_deciders", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "division_id IS NULL OR plan_id IS NULL", name=op.f("ck_approval_chains_of_a_division_or_a_plan")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_approval_chains_agency_id_agencies"),
        sa.ForeignKeyConstraint(
            ["agency_id", "division_id"],
            ["units.agency_id", "units.id"],
            name="fk_approval_chains_agency_id_division_id_units",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "plan_id"], ["plans.agency_id", "plans.id"], name="fk_approval_chains_agency_id_plan_id_plans"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approval_chains"),
    )
    _one_for_each(
        "uq_approval_chains_agency_id", "approval_chains", ["agency_id"], "division_id IS NULL AND plan_id IS NULL"
    )
    _one_for_each("uq_approval_chains_division_id", "approval_chains", ["division_id"], "division_id IS NOT NULL")
    _one_for_each("uq_approval_chains_plan_id", "approval_chains", ["plan_id"], "plan_id IS NOT NULL")
    op.create_table(
        "approval_seats",
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seat", _words("seat", *SEATS), nullable=False),
        sa.Column("named_seat_id", sa.Integer(), nullable=True),
        sa.Column("verb", _words("verb", "endorse", "approve"), nullable=False),
        sa.Column("days_allowed", sa.Integer(), nullable=False),
        sa.Column("needs_all", sa.Boolean(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_approval_seats_seats_count_from_one")),
        sa.CheckConstraint("days_allowed BETWEEN 1 AND 60", name=op.f("ck_approval_seats_days_in_range")),
        sa.CheckConstraint(
            "(seat = 'named') = (named_seat_id IS NOT NULL)", name=op.f("ck_approval_seats_named_seats_have_a_name")
        ),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["approval_chains.id"], name="fk_approval_seats_chain_id_approval_chains"
        ),
        sa.ForeignKeyConstraint(
            ["named_seat_id"], ["named_seats.id"], name="fk_approval_seats_named_seat_id_named_seats"
        ),
        sa.PrimaryKeyConstraint("chain_id", "position", name="pk_approval_seats"),
    )
    _one_for_each("uq_approval_seats_seat", "approval_seats", ["chain_id", "seat"], "named_seat_id IS NULL")
    _one_for_each(
        "uq_approval_seats_named", "approval_seats", ["chain_id", "named_seat_id"], "named_seat_id IS NOT NULL"
    )


def _one_for_each(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _refuse(trigger: str, function: str, when: str, message: str, *, is_new: bool = True) -> None:
    """Refuse a decision of which ``when`` holds; one that stood there before gives way."""
    if op.get_bind().dialect.name == "sqlite":
        if not is_new:
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON decisions WHEN EXISTS ({when}) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF EXISTS ({when}) THEN "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    if is_new:
        op.execute(f"CREATE TRIGGER {trigger} BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION {function}()")


def _allow(trigger: str, function: str) -> None:
    """Refuse it no more."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {trigger}")
        return
    op.execute(f"DROP TRIGGER {trigger} ON decisions")
    op.execute(f"DROP FUNCTION {function}()")
