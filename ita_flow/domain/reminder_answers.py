"""Why somebody got a mail about reminders on a day, or none: what can be told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ita_flow.domain.reminders import Capacity, Rule


class Verdict(StrEnum):
    """The short answer."""

    GOT = "got"
    WILL_GET = "will_get"
    WAITS = "waits"
    """It was promised and has not left yet."""

    FAILED = "failed"
    NONE = "none"
    WILL_NOT_GET = "will_not_get"


class Fact(StrEnum):
    """What explains it; each with a sentence, and with what one can do."""

    SENT = "sent"
    AS = "as"
    """In which capacity the person was written to."""

    NOBODY_ASSIGNED = "nobody_assigned"
    SERVER_AWAY = "server_away"
    SERVER_SAID = "server_said"
    LATE_TODAY = "late_today"
    """The hour has come, and what runs by itself is about to write the mail."""

    NOT_RUNNING = "not_running"
    OTHER_MAIL = "other_mail"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    NO_POST = "no_post"
    NOT_IN_FORCE = "not_in_force"
    YEAR_CLOSED = "year_closed"
    DONE = "done"
    CANCELLED = "cancelled"
    SUBMITTED = "submitted"
    NOT_THEIRS = "not_theirs"
    HEARS_WHEN_LATE = "hears_when_late"
    """Somebody above, who hears of a task only when it is overdue."""

    RULE_OFF = "rule_off"
    DECLINED = "declined"
    DID_NOT_RUN = "did_not_run"
    AFTER_THE_MAIL = "after_the_mail"
    """It came due when the mail of the day had left."""

    TOLD_IN = "told_in"
    ALREADY_TOLD = "already_told"
    NOTHING_DUE = "nothing_due"
    NEXT = "next"
    NO_NEXT = "no_next"


@dataclass(frozen=True)
class Told:
    """A fact with what belongs into its sentence: days, moments, rules and names."""

    fact: Fact
    values: Mapping[str, date | datetime | Rule | Capacity | str] = field(default_factory=dict)
