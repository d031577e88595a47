"""Who may do what. A permission opens a door; which rows a person then sees is a question of scope."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the system."""

    OFFICER = "officer"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Seat(StrEnum):
    """A place in the approval chain, held by whoever holds the post."""

    SECTION_HEAD = "section_head"
    DIRECTOR = "director"
    CHIEF = "chief"
    EXECUTIVE = "executive"
    NAMED = "named"
    """One that the agency named itself, such as the head of its working group."""


class ActingKind(StrEnum):
    """By what right somebody sits in the seat of another, or in a vacant one."""

    ACTING = "acting"
    """รักษาราชการแทน: the seat is vacant, or its holder cannot do the work."""

    DELEGATED = "delegated"
    """ปฏิบัติราชการแทน: the holder hands part of the work over."""

    IN_POSITION = "in_position"
    """รักษาการในตำแหน่ง: the seat is vacant and somebody keeps it until it is filled."""


class Permission(StrEnum):
    """Keep the list in alphabetical order."""

    ACCOUNT_USE = "account:use"
    ACTING_WRITE = "acting_order:write"
    AGENCY_WRITE = "agency:write"
    ASSESSMENT_WRITE = "assessment:write"
    AUDIT_READ = "audit:read"
    CALENDAR_WRITE = "calendar:write"
    CHAIN_WRITE = "approval_chain:write"
    CHASE_WRITE = "chase:write"
    DASHBOARD_READ = "dashboard:read"
    DEMO_OUTBOX_READ = "demo_outbox:read"
    EVIDENCE_READ = "evidence:read"
    MAIL_TEST = "mail:test"
    PEOPLE_WRITE = "people:write"
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    REMINDER_READ = "reminder:read"
    REMINDER_WRITE = "reminder:write"
    REPORT_DECIDE = "progress_report:decide"
    REPORT_WRITE = "progress_report:write"
    TASK_HAND_OVER = "task:hand_over"
    TASK_READ = "task:read"
    UNIT_WRITE = "unit:write"


_READING = frozenset(
    {
        Permission.ACCOUNT_USE,
        Permission.DASHBOARD_READ,
        Permission.DEMO_OUTBOX_READ,
        Permission.EVIDENCE_READ,
        Permission.PLAN_READ,
        Permission.TASK_READ,
    }
)

_SETTING_UP = frozenset(
    {
        Permission.ACTING_WRITE,
        Permission.AGENCY_WRITE,
        Permission.AUDIT_READ,
        Permission.CALENDAR_WRITE,
        Permission.CHAIN_WRITE,
        Permission.MAIL_TEST,
        Permission.PEOPLE_WRITE,
        Permission.REMINDER_READ,
        Permission.REMINDER_WRITE,
        Permission.UNIT_WRITE,
    }
)

_DECIDING = frozenset({Permission.ACTING_WRITE, Permission.REPORT_DECIDE})

GRANTS: dict[Role | Seat, frozenset[Permission]] = {
    Role.OFFICER: _READING | {Permission.REPORT_WRITE},
    Role.COORDINATOR: _READING
    | _SETTING_UP
    | {Permission.ASSESSMENT_WRITE, Permission.CHASE_WRITE, Permission.PLAN_WRITE, Permission.TASK_HAND_OVER},
    Role.AUDITOR: _READING | {Permission.AUDIT_READ, Permission.REMINDER_READ},
    Role.ADMINISTRATOR: _READING | _SETTING_UP,
    Seat.SECTION_HEAD: _READING | _DECIDING,
    Seat.DIRECTOR: _READING | _DECIDING | {Permission.TASK_HAND_OVER},
    Seat.CHIEF: _READING | _DECIDING,
    Seat.EXECUTIVE: _READING | _DECIDING,
    Seat.NAMED: _READING | _DECIDING,
}


def permissions_of(posts: Iterable[Role | Seat]) -> frozenset[Permission]:
    """All that a person with these roles and seats may do."""
    return frozenset().union(*(GRANTS[post] for post in posts))


def may_appoint(posts: Iterable[Role | Seat], post: Role | Seat) -> bool:
    """Whether somebody with these roles and seats may give this one to a person: only administrators make others."""
    held = set(posts)
    return Role.ADMINISTRATOR in held if post is Role.ADMINISTRATOR else Permission.PEOPLE_WRITE in permissions_of(held)
