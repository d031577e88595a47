"""The mails that a page shows as they look, in the order in which a year brings them."""

from __future__ import annotations

from enum import StrEnum


class MailSample(StrEnum):
    """A mail of one kind; the mail of a day may hold several kinds of these."""

    INVITE = "invite"
    ASSIGNED = "assigned"
    REMINDER = "reminder"
    UNASSIGNED = "unassigned"
    """Of a task that nobody is responsible for."""

    OVERDUE = "overdue"
    ESCALATION = "escalation"
    AWAITING = "awaiting"
    SLOW_DECISION = "slow_decision"
    CHASE = "chase"
    """A coordinator asks after what is late."""

    RETURNED = "returned"
    APPROVED = "approved"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ACTING = "acting"
    WINDOW = "window"
    TEST = "test"
    ANCHOR = "anchor"
