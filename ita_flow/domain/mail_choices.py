"""Which mails come to the holder of a post: those that may be had less often, and those that always come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import Role, Seat

Posts = Iterable[Role | Seat]


class SureMail(StrEnum):
    """A kind of mail that nobody may do without, for somebody waits for what its reader does."""

    ASSIGNED = "assigned"
    REMINDER = "reminder"
    """Before the due date and after it."""

    RETURNED = "returned"
    URGENT_DECISION = "urgent_decision"
    """What is due soon, or has waited for too long."""

    ESCALATION = "escalation"
    ACTING = "acting"
    ANCHOR = "anchor"
    ACCOUNT = "account"


RECEIVERS: Mapping[MailOption, Collection[Role | Seat]] = {
    MailOption.APPROVED: (Role.OFFICER,),
    MailOption.AWAITING: tuple(Seat),
    MailOption.WINDOW: (Role.COORDINATOR,),
    MailOption.WEEKLY: (Role.COORDINATOR, Seat.DIRECTOR),
    MailOption.MONTHLY: (Seat.EXECUTIVE,),
}

SURE_RECEIVERS: Mapping[SureMail, Collection[Role | Seat]] = {
    SureMail.ASSIGNED: (Role.OFFICER, Seat.SECTION_HEAD),
    SureMail.REMINDER: (Role.OFFICER, Role.COORDINATOR, Seat.SECTION_HEAD, Seat.DIRECTOR),
    SureMail.RETURNED: (Role.OFFICER,),
    SureMail.URGENT_DECISION: tuple(Seat),
    SureMail.ESCALATION: (Role.COORDINATOR, Seat.DIRECTOR, Seat.CHIEF),
    SureMail.ACTING: tuple(Seat),
    SureMail.ANCHOR: (Role.AUDITOR,),
    SureMail.ACCOUNT: (*Role, *Seat),
}


def options_of(posts: Posts) -> list[MailOption]:
    """What somebody with these posts may have less often."""
    held = set(posts)
    return [option for option, receivers in RECEIVERS.items() if held.intersection(receivers)]


def sure_mails_of(posts: Posts) -> list[SureMail]:
    """What comes to somebody with these posts in any case."""
    held = set(posts)
    return [mail for mail, receivers in SURE_RECEIVERS.items() if held.intersection(receivers)]
