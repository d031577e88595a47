"""What a mail about events is made of, whatever kind they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_flow.domain.notices import NoticeKind
from ita_flow.mail.parts import Page, to_see
from ita_flow.models.deciding import SeatDecision
from ita_flow.models.tasks import Task
from ita_flow.queries.notice_mails import News
from ita_flow.wording import notices as words
from ita_flow.wording.labels import label_of


@dataclass(frozen=True)
class EventItem:
    """One task, one proposal, or one order."""

    title: str
    lines: Sequence[str]
    quote: str = ""
    """What somebody wrote, in their own words."""


@dataclass(frozen=True)
class EventPart:
    """Events of one kind, which concern the reader in one way."""

    kind: NoticeKind
    is_own: bool
    subject: str
    sentence: str
    page: Page
    items: Sequence[EventItem]


def task_of(one: News) -> Task:
    """The task of which it tells."""
    assert one.task is not None
    return one.task


def tasks_of(news: Sequence[News]) -> list[Task]:
    return [task_of(one) for one in news]


def to_see_all(tasks: Sequence[Task], is_own: bool) -> Page:
    """Where the reader sees the one task, or all of them."""
    if len(tasks) == 1:
        return to_see(tasks[0])
    return Page(str(words.OPEN_WORKLIST), "/home") if is_own else Page(str(words.OPEN_MEASURES), "/tasks")


def decider(decision: SeatDecision) -> str:
    """In which seat it was decided; where somebody acted, also by what right."""
    seat, order = decision.seat_title or label_of(decision.seat), decision.acting_order
    if order is None:
        return seat
    return words.decider_words(seat, order.membership.acting, decision.own_post, order.order_no)
