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
    ASKED_FOR_LATER = "asked_for_later"
    """Somebody asks for a later due date."""

    EXTENDED = "extended"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    PROPOSED = "proposed"
    """A plan is laid before the seats."""

    NOT_ACCEPTED = "not_accepted"
    IN_FORCE = "in_force"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ACTING = "acting"
    WINDOW = "window"
    TEST = "test"
    ANCHOR = "anchor"
