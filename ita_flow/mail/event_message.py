"""The mail that tells what has happened: its parts by urgency, the greeting, and why it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.free_days import FreeDays
from ita_flow.i18n import language_of
from ita_flow.mail.addressing import salutation_of
from ita_flow.mail.event_items import EventPart
from ita_flow.mail.event_parts import part_of
from ita_flow.mail.parts import Page
from ita_flow.mail.rendering import Message, render
from ita_flow.models.deciding import Decidable
from ita_flow.models.people import Membership, User
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.notice_mails import News
from ita_flow.queries.seats import place_of
from ita_flow.wording import notices as words
from ita_flow.wording.letters import OPEN_CHOICES, WITH_CALENDAR, questions_to

ABOUT_DECISIONS = (NoticeKind.AWAITING_SOON, NoticeKind.PROPOSED, NoticeKind.NOT_ACCEPTED, NoticeKind.IN_FORCE)


def event(
    recipient: User, news: Sequence[News], today: date, coordinator: User | None, *, has_calendar: bool = False
) -> Message:
    """What a person reads of what happened; ``news`` says something, the most urgent first.

    ``has_calendar``: the due dates go with the letter as a file.
    """
    with language_of(recipient):
        parts = list(_parts(news, today, free_days_of(recipient.agency)))
        others = sum(len(part.items) for part in parts[1:])
        return render(
            "event",
            agency=recipient.agency.name,
            greeting=salutation_of(recipient, today, lambda post: any(_speaks_to(post, one) for one in news)),
            subject=words.with_others(parts[0].subject, others),
            parts=parts,
            headings=words.HEADINGS if len(parts) > 1 else {},
            page=parts[0].page,
            with_calendar=WITH_CALENDAR if has_calendar else None,
            as_what=list(dict.fromkeys(words.as_what(part.kind, is_own=part.is_own) for part in parts)),
            choices=_choices(news),
            questions=questions_to(coordinator.name) if coordinator and coordinator is not recipient else None,
        )


def is_optional(news: Sequence[News]) -> bool:
    """Whether the reader may do without all that the mail says."""
    return all(one.kind is NoticeKind.APPROVED for one in news)


def _parts(news: Sequence[News], today: date, free_days: FreeDays) -> Iterator[EventPart]:
    """Of one kind, what concerns the reader themselves before what concerns others."""
    order = list(NoticeKind)
    in_order = sorted(news, key=lambda one: (order.index(one.kind), not _is_own(one)))
    for (kind, is_own), some in groupby(in_order, key=lambda one: (one.kind, _is_own(one))):
        yield part_of(kind, is_own, list(some), today, free_days)


def _is_own(one: News) -> bool:
    """Who decides has no task of their own in it; and what came back is told alike to all whom it concerns."""
    return one.kind in ABOUT_DECISIONS or one.is_own


def _choices(news: Sequence[News]) -> Page | None:
    """Where the reader may have fewer mails, if some of this one may be left out."""
    is_some = any(one.kind is NoticeKind.APPROVED for one in news)
    return Page(str(OPEN_CHOICES), "/account/notifications") if is_some else None


def _speaks_to(post: Membership, one: News) -> bool:
    """Whether the mail tells this to whoever holds the post, and not just to the person."""
    if post.seat is None:
        return False
    if one.order:
        return not one.is_own and post.acting is None and place_of(post) == place_of(one.order.membership)
    if one.kind is NoticeKind.PROPOSED:
        return _has_turn(post, one.proposal)
    if one.task is None or post.unit_id not in (None, one.task.section_id, one.task.division_id):
        return False
    if one.kind in words.TOLD_TO_HEADS:
        return not one.is_own and post.seat is Seat.SECTION_HEAD
    return _has_turn(post, one.version if one.kind is NoticeKind.AWAITING_SOON else None)


def _has_turn(post: Membership, thing: Decidable[Any] | None) -> bool:
    turn = thing.seat_to_decide if thing else None
    return turn is not None and (post.seat, post.named_seat_id) == turn.key
