"""The records: tables, their constraints, and questions about one record."""

from ita_flow.models import (
    accounts,
    approval_chains,
    assessments,
    audit,
    calendar,
    chases,
    evidence,
    notices,
    operations,
    outbox,
    people,
    plans,
    progress_reports,
    reminders,
    tasks,
)

__all__ = [
    "accounts",
    "approval_chains",
    "assessments",
    "audit",
    "calendar",
    "chases",
    "evidence",
    "notices",
    "operations",
    "outbox",
    "people",
    "plans",
    "progress_reports",
    "reminders",
    "tasks",
]
