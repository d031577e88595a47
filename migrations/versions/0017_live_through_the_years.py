"""Versions of plans, proposals that seats decide on, ends of tasks with their reasons, and the ITA's catalogue.

The way back gives up proposals, chains for plans, and the catalogue. Amendments stay, as versions without a reason;
closed plans are approved again, tasks that were left unfinished go on, and why a task ended is forgotten.
PostgreSQL refuses it once a seat decided on a proposal, for no decision is ever removed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import add_constraint, change_check, change_rule, drop_constraint

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PLANS_BEFORE = ("draft", "proposed", "approved", "published")
PLANS = (*PLANS_BEFORE, "closed", "discarded")
NOTICES_BEFORE = ("returned", "awaiting_soon", "assigned", "acting_starts", "acting_ends", "approved")
NOTICES = (
    "returned",
    "awaiting_soon",
    "proposed",
    "not_accepted",
    "in_force",
    "assigned",
    "cancelled",
    "reopened",
    "extended",
    "acting_starts",
    "acting_ends",
    "approved",
)
WORK_BEFORE = ("not_started", "in_progress", "done", "cancelled")
WORK = (*WORK_BEFORE, "unfinished")

CHANGED_WORDS = (
    ("plans", "plan_state", "state", PLANS_BEFORE, PLANS),
    ("tasks", "work_status", "work_status", WORK_BEFORE, WORK),
    ("progress_reports", "work_status", "claimed_status", WORK_BEFORE, WORK),
    ("report_versions", "work_status", "claimed_status", WORK_BEFORE, WORK),
    ("notices", "notice_kind", "kind", NOTICES_BEFORE, NOTICES),
)

CHANGED_RULES = (
    (
        "plans",
        "ck_plans_approved_at_iff_approved",
        "(state IN ('approved', 'published')) = (approved_at IS NOT NULL)",
        "(state IN ('approved', 'published', 'closed')) = (approved_at IS NOT NULL)",
    ),
    (
        "progress_reports",
        "ck_progress_reports_nobody_claims_cancelled",
        "claimed_status IS NULL OR claimed_status <> 'cancelled'",
        "claimed_status IS NULL OR claimed_status NOT IN ('cancelled', 'unfinished')",
    ),
    (
        "report_versions",
        "ck_report_versions_nobody_claims_cancelled",
        "claimed_status <> 'cancelled'",
        "claimed_status NOT IN ('cancelled', 'unfinished')",
    ),
    (
        "notices",
        "ck_notices_of_a_task_or_an_order",
        "(task_id IS NULL) <> (acting_order_id IS NULL)",
        "(acting_order_id IS NULL) = (task_id IS NOT NULL OR proposal_id IS NOT NULL)",
    ),
)

CONSTRAINTS: dict[str, dict[str, str]] = {
    "plans": {
        "fk_plans_supersedes": "FOREIGN KEY (agency_id, supersedes_id) REFERENCES plans (agency_id, id)",
        "ck_plans_closed_at_iff_closed": "CHECK ((state = 'closed') = (closed_at IS NOT NULL))",
        "ck_plans_published_has_a_moment": "CHECK (state <> 'published' OR published_at IS NOT NULL)",
        "ck_plans_published_somewhere": "CHECK ((published_at IS NULL) = (published_link IS NULL))",
        "ck_plans_an_amendment_says_why": "CHECK ((supersedes_id IS NULL) = (amendment_reason IS NULL))",
        "ck_plans_the_reason_says_something": "CHECK (amendment_reason <> '')",
        "ck_plans_supersedes_another": "CHECK (supersedes_id <> id)",
    },
    "measures": {
        "fk_measures_continues": "FOREIGN KEY (agency_id, continues_id) REFERENCES measures (agency_id, id)",
    },
    "tasks": {
        "ck_tasks_an_end_says_why": (
            "CHECK ((work_status IN ('cancelled', 'unfinished')) = (ending_reason IS NOT NULL))"
        ),
        "ck_tasks_the_reason_says_something": "CHECK (ending_reason <> '')",
        "ck_tasks_only_the_unfinished_carries_over": "CHECK (NOT carries_over OR work_status = 'unfinished')",
        "fk_tasks_continues": "FOREIGN KEY (agency_id, continues_id) REFERENCES tasks (agency_id, id)",
    },
    "notices": {
        "fk_notices_proposal": "FOREIGN KEY (agency_id, proposal_id) REFERENCES proposals (agency_id, id)",
    },
    "approval_chains": {
        "ck_approval_chains_subject": "CHECK (subject IN ('reports', 'plans'))",
        "ck_approval_chains_one_for_all_plans_of_the_agency": (
            "CHECK (subject = 'reports' OR (division_id IS NULL AND plan_id IS NULL))"
        ),
    },
}

OPEN_BEFORE = "work_status NOT IN ('done', 'cancelled')"
OPEN = "work_status NOT IN ('done', 'cancelled', 'unfinished')"
OF_THE_AGENCY = "division_id IS NULL AND plan_id IS NULL"
IN_HAND = "state IN ('draft', 'proposed')"

PROPOSER_DECIDES = """
    SELECT 1 FROM proposals
    WHERE proposals.id = NEW.proposal_id
      AND proposals.submitted_by_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
"""
DECIDES_TWICE = """
    SELECT 1 FROM proposal_decisions AS earlier
    JOIN proposals ON proposals.id = earlier.proposal_id
    WHERE NEW.kind <> 'undo'
      AND earlier.proposal_id = NEW.proposal_id
      AND earlier.seat_number <> NEW.seat_number
      AND earlier.kind = 'approve'
      AND NOT EXISTS (
        SELECT 1 FROM proposal_decisions AS undone
        WHERE undone.proposal_id = earlier.proposal_id AND undone.seat_number = earlier.seat_number
          AND undone.round = earlier.round + 1 AND undone.kind = 'undo'
      )
      AND (
        earlier.decided_by_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
        OR earlier.on_behalf_of_id IN (NEW.decided_by_id, NEW.on_behalf_of_id)
      )
      AND (
        proposals.distinct_deciders
        OR (earlier.seat = NEW.seat AND COALESCE(earlier.named_seat_id, 0) = COALESCE(NEW.named_seat_id, 0))
      )
"""
HOLDER_UNNAMED = """
    SELECT 1 FROM acting_orders
    WHERE acting_orders.id = NEW.acting_order_id
      AND COALESCE(acting_orders.holder_id, 0) <> COALESCE(NEW.on_behalf_of_id, 0)
"""

REFUSALS = (
    ("proposers_do_not_decide", "refuse_proposer", PROPOSER_DECIDES, "nobody decides on what they proposed"),
    ("one_person_decides_once_on_a_proposal", "refuse_second_on_it", DECIDES_TWICE, "nobody decides in two seats"),
    ("orders_for_proposals_name_their_holder", "refuse_unnamed", HOLDER_UNNAMED, "whoever acts names the holder"),
)
KNOWN_BEFORE = "refuse_unnamed"
"""The function of PostgreSQL that decisions on reports use already."""


def upgrade() -> None:
    for table, columns in _added_columns().items():
        for column in columns:
            op.add_column(table, column)
    _make_catalogue()
    _make_proposals()
    _make_decisions()
    _protect_decisions()
    for change in CHANGED_WORDS:
        change_check(op, *change)
    for rule in CHANGED_RULES:
        change_rule(op, *rule)
    op.execute("UPDATE tasks SET ending_reason = 'ยกเลิกก่อนที่ระบบจะบันทึกเหตุผล' WHERE work_status = 'cancelled'")
    for table, constraints in CONSTRAINTS.items():
        for name, rule_of_it in constraints.items():
            add_constraint(op, table, name, rule_of_it)
    _replace_index("ix_tasks_open_due", "tasks", ["agency_id", "due_on"], OPEN)
    op.create_index("ix_tasks_continues_id", "tasks", ["continues_id"])
    _partial_index("uq_plans_one_in_hand", "plans", ["agency_id", "year"], IN_HAND, unique=True)
    _replace_index(
        "uq_approval_chains_agency_id", "approval_chains", ["agency_id", "subject"], OF_THE_AGENCY, unique=True
    )


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE proposal_id IS NOT NULL OR kind IN ('cancelled', 'reopened')")
    op.execute("DELETE FROM approval_seats WHERE chain_id IN (SELECT id FROM approval_chains WHERE subject = 'plans')")
    op.execute("DELETE FROM approval_chains WHERE subject = 'plans'")
    op.execute("UPDATE plans SET state = 'draft' WHERE state = 'discarded'")
    op.execute("UPDATE plans SET closed_at = NULL, state = 'approved' WHERE state = 'closed'")
    op.execute(
        "UPDATE tasks SET carries_over = false, ending_reason = NULL, work_status = "
        "CASE WHEN percent > 0 THEN 'in_progress' ELSE 'not_started' END WHERE work_status = 'unfinished'"
    )
    _replace_index("uq_approval_chains_agency_id", "approval_chains", ["agency_id"], OF_THE_AGENCY, unique=True)
    op.drop_index("uq_plans_one_in_hand", "plans")
    op.drop_index("ix_tasks_continues_id", "tasks")
    _replace_index("ix_tasks_open_due", "tasks", ["agency_id", "due_on"], OPEN_BEFORE)
    for table, name, before, after in reversed(CHANGED_RULES):
        change_rule(op, table, name, after, before)
    for table, name, column_name, words_before, words in reversed(CHANGED_WORDS):
        change_check(op, table, name, column_name, words, words_before)
    _forget_constraints_and_columns()
    _forget_tables()


def _forget_tables() -> None:
    if op.get_bind().dialect.name != "sqlite":
        _forget_functions()
    for table in ("proposal_decisions", "proposals", "oit_items"):
        op.drop_table(table)


def _forget_constraints_and_columns() -> None:
    for table, constraints in reversed(CONSTRAINTS.items()):
        for name, rule in reversed(constraints.items()):
            drop_constraint(op, table, name, rule)
    for table, columns in _added_columns().items():
        for column in columns:
            op.drop_column(table, str(column.name))


def _added_columns() -> dict[str, list[sa.Column[object]]]:
    return {
        "plans": [
            sa.Column("supersedes_id", sa.Integer(), nullable=True),
            sa.Column("amendment_reason", sa.Text(), nullable=True),
            sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("published_link", sa.Text(), nullable=True),
            sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        ],
        "measures": [sa.Column("continues_id", sa.Integer(), nullable=True)],
        "tasks": [
            sa.Column("first_due_on", sa.Date(), nullable=True),
            sa.Column("ending_reason", sa.Text(), nullable=True),
            sa.Column("carries_over", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("continues_id", sa.Integer(), nullable=True),
        ],
        "notices": [sa.Column("proposal_id", sa.Integer(), nullable=True)],
        "approval_chains": [
            sa.Column("subject", sa.String(length=32), nullable=False, server_default="reports"),
        ],
    }


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _replace_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.drop_index(name, table)
    _partial_index(name, table, columns, where, unique=unique)


def _make_catalogue() -> None:
    op.create_table(
        "oit_items",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2500 AND 2700", name=op.f("ck_oit_items_buddhist_year")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_oit_items_has_a_title")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_oit_items_agency_id_agencies"),
        sa.PrimaryKeyConstraint("agency_id", "year", "code", name="pk_oit_items"),
    )


def _make_proposals() -> None:
    checks = {
        "a_plan_names_its_plan": "(kind = 'plan') = (plan_id IS NOT NULL)",
        "an_extension_names_its_task": "(kind = 'extension') = (task_id IS NOT NULL)",
        "an_extension_says_when": "(kind = 'extension') = (due_on IS NOT NULL)",
        "an_extension_says_from_when": "(due_on IS NULL) = (due_before IS NULL)",
        "an_extension_is_later": "due_on > due_before",
        "an_extension_says_why": "kind <> 'extension' OR reason <> ''",
        "settled_iff_not_waiting": "(state = 'waiting') = (settled_at IS NULL)",
    }
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("proposal_kind", "plan", "extension"), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", _words("proposal_state", "waiting", "approved", "returned", "withdrawn"), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("distinct_deciders", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_proposals_{name}")) for name, rule in checks.items()),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_proposals_agency_id_agencies"),
        sa.ForeignKeyConstraint(["agency_id", "plan_id"], ["plans.agency_id", "plans.id"], name="fk_proposals_plan"),
        sa.ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_proposals_task"),
        sa.ForeignKeyConstraint(
            ["agency_id", "submitted_by_id"], ["users.agency_id", "users.id"], name="fk_proposals_submitted_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.UniqueConstraint("agency_id", "id", name="uq_proposals_agency_id_id"),
        sa.UniqueConstraint("id", "submitted_by_id", name="uq_proposals_id_submitted_by_id"),
    )
    for column in ("plan_id", "task_id"):
        op.create_index(f"ix_proposals_{column}", "proposals", [column])
        _partial_index(f"uq_proposals_waiting_{column}", "proposals", [column], "state = 'waiting'", unique=True)
    op.create_index("ix_proposals_agency_state", "proposals", ["agency_id", "state"])


def _make_decisions() -> None:
    checks = {
        "nobody_decides_on_their_own": "decided_by_id <> submitted_by_id",
        "a_return_says_why": "kind <> 'return' OR comment <> ''",
        "seats_count_from_one": "seat_number > 0",
        "nobody_decides_for_the_submitter": "on_behalf_of_id <> submitted_by_id",
        "acting_needs_an_order": "on_behalf_of_id IS NULL OR acting_order_id IS NOT NULL",
    }
    singly = {
        "agency_id": "agencies",
        "named_seat_id": "named_seats",
        "decided_by_id": "users",
        "on_behalf_of_id": "users",
    }
    op.create_table(
        "proposal_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("seat", _words("seat", "section_head", "director", "chief", "executive", "named"), nullable=False),
        sa.Column("named_seat_id", sa.Integer(), nullable=True),
        sa.Column("seat_title", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("verb", _words("verb", "endorse", "approve"), nullable=False, server_default="endorse"),
        sa.Column("seat_number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", _words("decision_kind", "approve", "return", "undo"), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("own_post", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("acting_order_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_proposal_decisions_{name}")) for name, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_proposal_decisions_{column}_{table}")
            for column, table in singly.items()
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "submitted_by_id"],
            ["proposals.id", "proposals.submitted_by_id"],
            name="fk_proposal_decisions_submitter",
        ),
        sa.ForeignKeyConstraint(
            ["acting_order_id", "decided_by_id"],
            ["acting_orders.id", "acting_orders.acting_id"],
            name="fk_proposal_decisions_acting",
        ),
        sa.ForeignKeyConstraint(
            ["acting_order_id", "on_behalf_of_id"],
            ["acting_orders.id", "acting_orders.holder_id"],
            name="fk_proposal_decisions_on_behalf_of",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_decisions"),
        sa.UniqueConstraint(
            "proposal_id", "seat_number", "round", name="uq_proposal_decisions_proposal_id_seat_number_round"
        ),
    )
    op.create_index("ix_proposal_decisions_decided_by_id", "proposal_decisions", ["decided_by_id"])


def _protect_decisions() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE"):
        body = (
            "BEGIN SELECT RAISE(ABORT, 'proposal_decisions is only added to'); END"
            if is_sqlite
            else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER no_{verb.lower()}_of_proposal_decisions BEFORE {verb} ON proposal_decisions {body}")
    for trigger, function, when, message in REFUSALS:
        if is_sqlite:
            _refuse_on_sqlite(trigger, when, message)
        else:
            _refuse_on_postgres(trigger, function, when, message)


def _refuse_on_sqlite(trigger: str, when: str, message: str) -> None:
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE INSERT ON proposal_decisions WHEN EXISTS ({when}) "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _refuse_on_postgres(trigger: str, function: str, when: str, message: str) -> None:
    if function != KNOWN_BEFORE:
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF EXISTS ({when}) THEN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
        )
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE INSERT ON proposal_decisions FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _forget_functions() -> None:
    for trigger, function, _when, _message in REFUSALS:
        op.execute(f"DROP TRIGGER {trigger} ON proposal_decisions")
        if function != KNOWN_BEFORE:
            op.execute(f"DROP FUNCTION {function}()")
