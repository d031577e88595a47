"""What was submitted, decided and recorded is only ever added to; nobody decides on what they wrote."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ONLY_ADDED_TO = ("audit_events", "decisions", "evidence", "report_authors", "report_versions", "version_evidence")
VERBS = ("UPDATE", "DELETE")

AUTHOR_DECIDES = """
    SELECT 1 FROM report_versions
    JOIN report_authors ON report_authors.report_id = report_versions.report_id
    WHERE report_versions.id = NEW.report_version_id AND report_authors.user_id = NEW.decided_by_id
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgres()


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ONLY_ADDED_TO:
        for verb in VERBS:
            op.execute(f"DROP TRIGGER no_{verb.lower()}_of_{table}" + ("" if is_sqlite else f" ON {table}"))
    op.execute("DROP TRIGGER authors_do_not_decide" + ("" if is_sqlite else " ON decisions"))
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION refuse_author()")


def _protect_on_sqlite() -> None:
    for table in ONLY_ADDED_TO:
        for verb in VERBS:
            op.execute(
                f"CREATE TRIGGER no_{verb.lower()}_of_{table} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
    op.execute(
        f"CREATE TRIGGER authors_do_not_decide BEFORE INSERT ON decisions WHEN EXISTS ({AUTHOR_DECIDES}) "
        "BEGIN SELECT RAISE(ABORT, 'nobody decides on what they wrote'); END"
    )


def _protect_on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$"
    )
    for table in ONLY_ADDED_TO:
        for verb in VERBS:
            op.execute(
                f"CREATE TRIGGER no_{verb.lower()}_of_{table} BEFORE {verb} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
    op.execute(
        "CREATE FUNCTION refuse_author() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF EXISTS ({AUTHOR_DECIDES}) THEN "
        "RAISE EXCEPTION 'nobody decides on what they wrote' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER authors_do_not_decide BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_author()"
    )
