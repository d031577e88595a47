"""Reminders that can be questioned: every rule and every line of the ledger, choices, events, and the office's days."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from ita_flow.schema import add_constraint, change_check, drop_constraint

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TRIGGERS_BEFORE = ("before_due", "overdue")
TRIGGERS = (
    "before_due",
    "overdue",
    "overdue_mondays",
    "escalate_to_director",
    "escalate_to_chief",
    "awaiting",
    "slow_decision",
    "weekly",
    "monthly",
    "window",
)
KINDS_BEFORE = ("anchor", "invite", "reminder", "test")
KINDS = ("anchor", "event", "invite", "reminder", "test")
NEW_RULES = (
    ("before_due", 30),
    ("overdue_mondays", 4),
    ("escalate_to_director", 7),
    ("escalate_to_chief", 15),
    ("awaiting", 0),
    ("slow_decision", 0),
    ("weekly", 0),
    ("monthly", 0),
    ("window", 14),
    ("window", 3),
)
LEDGER_KEYS: tuple[tuple[str, list[str], str], ...] = (
    ("uq_reminders_of_a_task", ["task_id"], "task_id IS NOT NULL"),
    ("uq_reminders_of_a_window", ["window_id"], "window_id IS NOT NULL"),
    ("uq_reminders_of_neither", [], "task_id IS NULL AND window_id IS NULL"),
)
FAILURE_CHECK = "CHECK (failure IN ('refused', 'try_later', 'unreachable'))"
KEPT = ("id", "agency_id", "rule_id", "task_id", "recipient_id", "due_version", "planned_for", "outcome", "message_id")

rules = sa.table(
    "reminder_rules",
    sa.column("id", sa.Integer),
    sa.column("agency_id", sa.Integer),
    sa.column("trigger", sa.String),
    sa.column("days", sa.Integer),
)
lines = sa.table(
    "reminders",
    *(
        sa.column(name, sa.Date if name == "planned_for" else sa.String if name == "outcome" else sa.Integer)
        for name in KEPT
    ),
    sa.column("at", sa.DateTime),
    sa.column("capacity", sa.String),
    sa.column("occasion", sa.Date),
)


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _know_the_days()
    _know_more_rules()
    _write_the_ledger_anew()
    _keep_choices()
    _tell_events()
    _follow_mails()


def _know_the_days() -> None:
    for name in ("closes_on_labour_day", "closes_on_childrens_day"):
        op.add_column("agencies", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "holidays",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_holidays_says_something")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_holidays_agency_id_agencies"),
        sa.PrimaryKeyConstraint("agency_id", "day", name="pk_holidays"),
    )
    op.create_table(
        "assessment_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("assessment_window_kind", "oit_upload", "explanation"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2500 AND 2700", name=op.f("ck_assessment_windows_buddhist_year")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_assessment_windows_ends_after_start")),
        sa.CheckConstraint("version > 0", name=op.f("ck_assessment_windows_versions_count_from_one")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_assessment_windows_agency_id_agencies"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_windows"),
        sa.UniqueConstraint("agency_id", "year", "kind", name="uq_assessment_windows_agency_id_year_kind"),
        sa.UniqueConstraint("agency_id", "id", name="uq_assessment_windows_agency_id_id"),
    )


def _know_more_rules() -> None:
    change_check(op, "reminder_rules", "trigger", '"trigger"', TRIGGERS_BEFORE, TRIGGERS)
    op.add_column("reminder_rules", sa.Column("is_on", sa.Boolean(), server_default=sa.true(), nullable=False))
    bind = op.get_bind()
    for agency_id in bind.scalars(sa.select(rules.c.agency_id).distinct()).all():
        known = {f"{row.trigger} {row.days}" for row in bind.execute(_rules_of(agency_id))}
        wanted = [(trigger, days) for trigger, days in NEW_RULES if f"{trigger} {days}" not in known]
        rows = [{"agency_id": agency_id, "trigger": trigger, "days": days} for trigger, days in wanted]
        bind.execute(sa.insert(rules), rows)


def _rules_of(agency_id: int) -> sa.Select[tuple[str, int]]:
    return sa.select(rules.c.trigger, rules.c.days).where(rules.c.agency_id == agency_id)


def _write_the_ledger_anew() -> None:
    """Its key now names the day of the rule, which the old one left to the due date."""
    bind = op.get_bind()
    kept = [dict(row) for row in bind.execute(_lines_before()).mappings()]
    op.drop_table("reminders")
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("window_id", sa.Integer(), nullable=True),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            _enum("capacity", "officer", "section_head", "director", "chief", "executive", "coordinator", "decider"),
            nullable=False,
        ),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Date(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("outcome", _enum("outcome", "queued", "superseded", "suppressed"), nullable=False),
        sa.Column("why_not", _enum("why_not", "submitted", "done", "cancelled", "declined"), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'queued') = (message_id IS NOT NULL)", name=op.f("ck_reminders_queued_has_a_message")
        ),
        sa.CheckConstraint(
            "(outcome = 'suppressed') = (why_not IS NOT NULL)", name=op.f("ck_reminders_suppressed_says_why")
        ),
        sa.CheckConstraint("task_id IS NULL OR window_id IS NULL", name=op.f("ck_reminders_of_a_task_or_a_window")),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_reminders_agency_id_task_id_tasks"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "window_id"],
            ["assessment_windows.agency_id", "assessment_windows.id"],
            name="fk_reminders_window",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reminders_agency_id_agencies"),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_messages.id"], name="fk_reminders_message_id_outbox_messages"),
        sa.ForeignKeyConstraint(["recipient_id"], ["users.id"], name="fk_reminders_recipient_id_users"),
        sa.ForeignKeyConstraint(["rule_id"], ["reminder_rules.id"], name="fk_reminders_rule_id_reminder_rules"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
    )
    for name, subject, where in LEDGER_KEYS:
        columns = ["rule_id", "recipient_id", *subject, "due_version", "occasion"]
        is_this = sa.text(where)
        op.create_index(name, "reminders", columns, unique=True, sqlite_where=is_this, postgresql_where=is_this)
    for column in ("message_id", "recipient_id", "task_id"):
        op.create_index(f"ix_reminders_{column}", "reminders", [column])
    op.create_index("ix_reminders_planned_for", "reminders", ["agency_id", "planned_for"])
    if kept:
        bind.execute(sa.insert(lines), [_line_now(line) for line in kept])


def _lines_before() -> sa.Select[tuple[object, ...]]:
    tasks = sa.table("tasks", sa.column("id", sa.Integer), sa.column("due_on", sa.Date), sa.column("due_version"))
    is_of_this_date = sa.and_(tasks.c.id == lines.c.task_id, tasks.c.due_version == lines.c.due_version)
    return (
        sa.select(*(lines.c[name] for name in (*KEPT, "at")), rules.c.trigger, rules.c.days, tasks.c.due_on)
        .join_from(lines, rules, rules.c.id == lines.c.rule_id)
        .outerjoin(tasks, is_of_this_date)
    )


def _line_now(line: dict[str, object]) -> dict[str, object]:
    """The day that the rule named; of a due date that has moved since, the day on which it was said stands in."""
    trigger, days, due_on = line.pop("trigger"), line.pop("days"), line.pop("due_on")
    offset = timedelta(days=days if trigger == "overdue" else -days)  # type: ignore[operator, arg-type]
    occasion = line["planned_for"] if due_on is None else due_on + offset  # type: ignore[operator]
    return {**line, "capacity": "officer", "occasion": occasion}


def _keep_choices() -> None:
    op.create_table(
        "mail_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "option", _enum("mail_option", "approved", "awaiting", "window", "weekly", "monthly"), nullable=False
        ),
        sa.Column("frequency", _enum("frequency", "weekly", "off"), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(option = 'awaiting') = (frequency = 'weekly')", name=op.f("ck_mail_choices_only_what_may_be_less")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_mail_choices_user_id_users"),
        sa.PrimaryKeyConstraint("user_id", "option", name="pk_mail_choices"),
    )


def _tell_events() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            _enum("notice_kind", "returned", "awaiting_soon", "assigned", "acting_starts", "acting_ends", "approved"),
            nullable=False,
        ),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("report_version_id", sa.Integer(), nullable=True),
        sa.Column("acting_order_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (acting_order_id IS NULL)", name=op.f("ck_notices_of_a_task_or_an_order")
        ),
        sa.ForeignKeyConstraint(
            ["acting_order_id"], ["acting_orders.id"], name="fk_notices_acting_order_id_acting_orders"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "recipient_id"],
            ["users.agency_id", "users.id"],
            name="fk_notices_agency_id_recipient_id_users",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"], name="fk_notices_agency_id_task_id_tasks"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_notices_agency_id_agencies"),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_messages.id"], name="fk_notices_message_id_outbox_messages"),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_versions.id"], name="fk_notices_report_version_id_report_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    for column in ("message_id", "recipient_id", "task_id"):
        op.create_index(f"ix_notices_{column}", "notices", [column])


def _follow_mails() -> None:
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS_BEFORE, KINDS)
    op.add_column("outbox_messages", sa.Column("failure", sa.String(length=32), nullable=True))
    add_constraint(op, "outbox_messages", "ck_outbox_messages_failure", FAILURE_CHECK)
    for name in ("offered_again_at", "attempted_at"):
        op.add_column("outbox_messages", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_outbox_messages_attempted_at", "outbox_messages", ["attempted_at"])


def downgrade() -> None:
    bind = op.get_bind()
    op.drop_index("ix_outbox_messages_attempted_at", "outbox_messages")
    for name in ("attempted_at", "offered_again_at"):
        op.drop_column("outbox_messages", name)
    drop_constraint(op, "outbox_messages", "ck_outbox_messages_failure", FAILURE_CHECK)
    op.drop_column("outbox_messages", "failure")
    op.drop_table("notices")
    op.drop_table("mail_choices")
    _write_the_ledger_as_before(bind)
    op.execute("DELETE FROM outbox_messages WHERE kind = 'event'")
    change_check(op, "outbox_messages", "message_kind", "kind", KINDS, KINDS_BEFORE)
    op.execute("DELETE FROM reminder_rules WHERE trigger NOT IN ('before_due', 'overdue')")
    op.drop_column("reminder_rules", "is_on")
    change_check(op, "reminder_rules", "trigger", '"trigger"', TRIGGERS, TRIGGERS_BEFORE)
    op.drop_table("assessment_windows")
    op.drop_table("holidays")
    for name in ("closes_on_childrens_day", "closes_on_labour_day"):
        op.drop_column("agencies", name)


def _write_the_ledger_as_before(bind: sa.Connection) -> None:
    """What the old ledger has no words for is given up."""
    said = (lines.c.outcome != "suppressed", lines.c.task_id.is_not(None), rules.c.trigger.in_(TRIGGERS_BEFORE))
    chosen = sa.select(*(lines.c[name] for name in (*KEPT, "at"))).join_from(
        lines, rules, rules.c.id == lines.c.rule_id
    )
    kept = [dict(row) for row in bind.execute(chosen.where(*said)).mappings()]
    op.drop_table("reminders")
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("outcome", _enum("outcome", "queued", "superseded"), nullable=False),
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
    for column in ("message_id", "recipient_id", "task_id"):
        op.create_index(f"ix_reminders_{column}", "reminders", [column])
    if kept:
        bind.execute(sa.insert(lines), kept)
