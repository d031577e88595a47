"""What a mail of the day is made of: parts with their items, each part with the page where the reader acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_flow.config import settings
from ita_flow.domain.reminders import Capacity, Section
from ita_flow.models.tasks import Task
from ita_flow.wording.daily_mail import heading
from ita_flow.wording.letters import DECIDE, OPEN_AWAITING, OPEN_TASK


@dataclass(frozen=True)
class Page:
    """A page of ours, and what it is for."""

    label: str
    path: str

    @property
    def address(self) -> str:
        return settings().base_url + self.path


def to_see(task: Task) -> Page:
    """Where the reader looks at the task."""
    return Page(str(OPEN_TASK), f"/tasks/{task.id}")


def to_decide() -> Page:
    """Where the reader decides on reports."""
    return Page(str(DECIDE), "/approvals")


def to_decide_on_proposals() -> Page:
    """The same page, for plans and wishes for a later due date."""
    return Page(str(OPEN_AWAITING), "/approvals")


@dataclass(frozen=True)
class Item:
    """A task, a report or a window as a mail shows it."""

    title: str
    when: str
    """The day that counts."""

    days_left: str = ""
    """Empty where the day says it already."""

    last_working_day: str | None = None
    """Only where nobody works on the day that counts, and it is still to come."""

    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """A section in words."""

    section: Section
    capacity: Capacity
    """As what the reader is written to."""

    subject: str
    sentence: str
    page: Page | None
    """None where an earlier part of the mail leads there already."""

    counts: Sequence[str] = ()
    items: Sequence[Item] = ()
    others: int = 0
    """How many items the mail leaves out."""

    @property
    def heading(self) -> str:
        return heading(self.section, self.capacity)
