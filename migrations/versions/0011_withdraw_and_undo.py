"""Officers may withdraw a report that nobody touched; whoever decided may undo it for a while."""

from __future__ import annotations

from alembic import op

from ita_flow.schema import change_check

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES_BEFORE = ("draft", "submitted", "returned", "approved")
STATES = (*STATES_BEFORE, "withdrawn")
KINDS_BEFORE = ("approve", "return")
KINDS = (*KINDS_BEFORE, "undo")


def upgrade() -> None:
    change_check(op, "progress_reports", "report_state", "state", STATES_BEFORE, STATES)
    change_check(op, "decisions", "decision_kind", "kind", KINDS_BEFORE, KINDS)


def downgrade() -> None:
    op.execute("UPDATE progress_reports SET state = 'draft' WHERE state = 'withdrawn'")
    change_check(op, "progress_reports", "report_state", "state", STATES, STATES_BEFORE)
    change_check(op, "decisions", "decision_kind", "kind", KINDS, KINDS_BEFORE)
