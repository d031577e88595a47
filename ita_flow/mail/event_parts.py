"""What has happened, kind by kind, as a mail tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ita_flow.domain.approval_chains import ActingScope
from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import ActingKind
from ita_flow.free_days import FreeDays
from ita_flow.mail import ending_parts, extension_parts, proposal_parts
from ita_flow.mail.event_items import EventItem, EventPart, decider, task_of, tasks_of, to_see_all
from ita_flow.mail.parts import Page, to_decide
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.progress_reports import Decision, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.notice_mails import News
from ita_flow.wording import notices as words
from ita_flow.wording.labels import label_of
from ita_flow.wording.posts import spoken_post


def part_of(kind: NoticeKind, is_own: bool, news: Sequence[News], today: date, free_days: FreeDays) -> EventPart:
    """These events, all of one kind; days are counted from ``today``."""
    make = _PARTS[kind]
    return make(is_own, news, today, free_days)


def _returned(is_own: bool, news: Sequence[News], today: date, _free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.RETURNED,
        is_own,
        subject=words.returned_subject([task.measure.title for task in tasks]),
        sentence=words.returned_sentence(len(news)),
        page=_to_mend(tasks),
        items=[_returned_item(task_of(one), _decision(one), today) for one in news],
    )


def _returned_item(task: Task, decision: Decision, today: date) -> EventItem:
    by = words.returned_by(decider(decision), decision.decided_at)
    return EventItem(task.measure.title, [by, words.due_words(task.due_on, today)], decision.comment)


def _to_mend(tasks: Sequence[Task]) -> Page:
    if len(tasks) == 1:
        return Page(str(words.MEND), f"/tasks/{tasks[0].id}/update")
    return Page(str(words.OPEN_WORKLIST), "/home")


def _awaiting(is_own: bool, news: Sequence[News], today: date, _free_days: FreeDays) -> EventPart:
    return EventPart(
        NoticeKind.AWAITING_SOON,
        is_own,
        subject=words.awaiting_subject(len(news), min(task.due_on for task in tasks_of(news))),
        sentence=words.awaiting_sentence(len(news)),
        page=to_decide(),
        items=[_awaiting_item(task_of(one), _version(one), today) for one in news],
    )


def _awaiting_item(task: Task, version: ReportVersion, today: date) -> EventItem:
    sent = words.submitted_words(version.submitted_by.name, version.submitted_at, version.claimed_status)
    return EventItem(task.measure.title, [words.due_words(task.due_on, today), sent])


def _assigned(is_own: bool, news: Sequence[News], today: date, free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.ASSIGNED,
        is_own,
        subject=words.assigned_subject([task.due_on for task in tasks], is_own=is_own),
        sentence=words.assigned_sentence(len(tasks), is_own=is_own),
        page=to_see_all(tasks, is_own),
        items=[_assigned_item(task, is_own, today, free_days) for task in tasks],
    )


def _assigned_item(task: Task, is_own: bool, today: date, free_days: FreeDays) -> EventItem:
    lines = [words.due_words(task.due_on, today)]
    working_day = last_working_day(task.due_on, free_days)
    if today <= working_day < task.due_on:
        lines.append(words.last_working_day_words(working_day))
    if not is_own:
        lines.append(words.responsible_words([officer.name for officer in task.officers]))
    return EventItem(task.measure.title, lines)


def _acting_starts(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    orders = _orders(news)
    first = orders[0]
    return EventPart(
        NoticeKind.ACTING_STARTS,
        is_own,
        subject=words.acting_starts_subject(_kind(first), first.membership.starts_on, is_own=is_own),
        sentence=words.acting_starts_sentence(is_own=is_own),
        page=to_decide() if is_own else Page(str(words.OPEN_ORDER), "/admin/acting"),
        items=[_order_item(order, is_own, _terms(order)) for order in orders],
    )


def _acting_ends(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    orders = _orders(news)
    first = orders[0]
    return EventPart(
        NoticeKind.ACTING_ENDS,
        is_own,
        subject=words.acting_ends_subject(_kind(first), _last_day(first)),
        sentence=words.acting_ends_sentence(is_own=is_own),
        page=Page(str(words.OPEN_WORKLIST), "/home") if is_own else Page(str(words.OPEN_ORDER), "/admin/acting"),
        items=[_order_item(order, is_own, [words.last_day(_last_day(order))]) for order in orders],
    )


def _order_item(order: ActingOrder, is_own: bool, terms: Sequence[str]) -> EventItem:
    who = [] if is_own else [words.who_acts(order.membership.user.name)]
    return EventItem(spoken_post(order.membership), [*who, *terms, words.order_number(order.order_no)])


def _terms(order: ActingOrder) -> list[str]:
    """On which days, and for what where it is not for all."""
    terms = [words.order_days(order.membership.starts_on, order.membership.ends_on)]
    if order.division:
        terms.append(words.only_for(order.division.name))
    if order.scope is not ActingScope.ALL:
        terms.append(label_of(order.scope))
    return terms


def _approved(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.APPROVED,
        is_own,
        subject=words.approved_subject([task.measure.title for task in tasks]),
        sentence=words.approved_sentence(len(news)),
        page=to_see_all(tasks, is_own=True),
        items=[_approved_item(task_of(one), _version(one), _decision(one)) for one in news],
    )


def _approved_item(task: Task, version: ReportVersion, decision: Decision) -> EventItem:
    by = words.approved_by(decision.verb, decider(decision), decision.decided_at)
    counted = words.counted_as(version.claimed_status, version.percent)
    return EventItem(task.measure.title, [counted, by], decision.comment)


def _version(one: News) -> ReportVersion:
    assert one.version is not None
    return one.version


def _decision(one: News) -> Decision:
    assert one.decision is not None
    return one.decision


def _orders(news: Sequence[News]) -> list[ActingOrder]:
    return [one.order for one in news if one.order]


def _kind(order: ActingOrder) -> ActingKind:
    assert order.membership.acting is not None
    return order.membership.acting


def _last_day(order: ActingOrder) -> date:
    assert order.membership.ends_on is not None
    return order.membership.ends_on


_PARTS: Mapping[NoticeKind, Callable[[bool, Sequence[News], date, FreeDays], EventPart]] = {
    NoticeKind.RETURNED: _returned,
    NoticeKind.AWAITING_SOON: _awaiting,
    NoticeKind.PROPOSED: proposal_parts.proposed,
    NoticeKind.NOT_ACCEPTED: proposal_parts.not_accepted,
    NoticeKind.IN_FORCE: proposal_parts.in_force,
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.CANCELLED: ending_parts.cancelled,
    NoticeKind.REOPENED: ending_parts.reopened,
    NoticeKind.EXTENDED: extension_parts.extended,
    NoticeKind.ACTING_STARTS: _acting_starts,
    NoticeKind.ACTING_ENDS: _acting_ends,
    NoticeKind.APPROVED: _approved,
}
