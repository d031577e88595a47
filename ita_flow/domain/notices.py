"""What people are told when something has happened, gathered for a quarter of an hour, and what they may do without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from ita_flow.domain.reminders import Section

GATHERING = timedelta(minutes=15)
"""How long a mail about events waits for more of them; as long as an approval may be taken back."""


SOON = timedelta(days=3)
"""Of a due date: what waits for a decision is then told at once, and not with the mail of the next day."""


class NoticeKind(StrEnum):
    """What has happened, the most urgent first."""

    RETURNED = "returned"
    AWAITING_SOON = "awaiting_soon"
    """Something came to the person's seat whose task is due within three days."""

    PROPOSED = "proposed"
    """A plan, or a wish for a later due date, came to the person's seat."""

    NOT_ACCEPTED = "not_accepted"
    """What the person proposed, or asked for, came back."""

    IN_FORCE = "in_force"
    """A plan that the person proposed, or coordinates, was approved by the last seat."""

    ASSIGNED = "assigned"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    EXTENDED = "extended"
    """A later due date was granted."""

    ACTING_STARTS = "acting_starts"
    ACTING_ENDS = "acting_ends"
    APPROVED = "approved"


class MailOption(StrEnum):
    """A kind of mail that a person may have less often, or not at all."""

    APPROVED = "approved"
    AWAITING = "awaiting"
    WINDOW = "window"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Frequency(StrEnum):
    """How often, where it is not as usual."""

    WEEKLY = "weekly"
    """With the mail of Monday only."""

    OFF = "off"


LESS_OFTEN: Mapping[MailOption, Frequency] = {
    MailOption.APPROVED: Frequency.OFF,
    MailOption.AWAITING: Frequency.WEEKLY,
    MailOption.WINDOW: Frequency.OFF,
    MailOption.WEEKLY: Frequency.OFF,
    MailOption.MONTHLY: Frequency.OFF,
}
"""What a person may choose in place of the usual: nobody stays unaware of what waits for their decision."""

OPTION_OF: Mapping[Section, MailOption] = {
    Section.AWAITING: MailOption.AWAITING,
    Section.WINDOW: MailOption.WINDOW,
    Section.WEEKLY: MailOption.WEEKLY,
    Section.MONTHLY: MailOption.MONTHLY,
}
"""The sections of the mail of a day that a person may choose about."""
