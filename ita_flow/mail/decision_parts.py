"""What waits for the reader's decision: how much of it, what should be opened first, what waits too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from flask_babel import gettext as _

from ita_flow.domain.calendar import working_days_between
from ita_flow.domain.reminders import Capacity, Section
from ita_flow.free_days import FreeDays
from ita_flow.mail.parts import Item, Part, to_decide, to_decide_on_proposals
from ita_flow.mail.proposal_parts import full_title_of
from ita_flow.queries.awaiting import Waiting
from ita_flow.queries.proposals import WaitingProposal
from ita_flow.wording import daily_mail as words
from ita_flow.wording.labels import deadline_words, label_of
from ita_flow.wording.reminders import deadline_sentence

MOST_LISTED = 20


def slow_part(slow: Sequence[Waiting], today: date) -> Part:
    """Reports that wait for longer than their seat is allowed, the longest waiting first."""
    allowed = {one.turn.days_allowed for one in slow}
    days_allowed = allowed.pop() if len(allowed) == 1 else None
    return Part(
        section=Section.SLOW_DECISION,
        capacity=Capacity.DECIDER,
        subject=words.slow_subject(days_allowed, len(slow)),
        sentence=words.slow_sentence(days_allowed, len(slow)),
        page=to_decide(),
        items=[_waiting(one, today) for one in slow[:MOST_LISTED]],
        others=len(slow[MOST_LISTED:]),
    )


def awaiting_part(
    waiting: Sequence[Waiting],
    slow: Collection[Waiting],
    proposed: Sequence[WaitingProposal],
    today: date,
    free_days: FreeDays,
) -> Part:
    """All that waits, counted; ``slow`` of it has been listed before. What was proposed is named."""
    ready = sum(one.is_ready for one in waiting)
    coming = [one.task.due_on for one in waiting if one.task.due_on >= today]
    return Part(
        section=Section.AWAITING,
        capacity=Capacity.DECIDER,
        subject=words.awaiting_subject(len(waiting) + len(proposed)),
        sentence=words.awaiting_sentence(len(waiting), are_all=bool(slow))
        if waiting
        else words.proposed_sentence(len(proposed)),
        page=to_decide() if waiting else to_decide_on_proposals(),
        items=[_proposed(one, today, free_days) for one in proposed],
        counts=[
            *([words.ready_words(ready, len(waiting) - ready)] if waiting else []),
            *([words.proposed_sentence(len(proposed))] if waiting and proposed else []),
            *_acted(waiting),
            *([words.nearest_due(min(coming), (min(coming) - today).days)] if coming else []),
        ],
    )


def _waiting(one: Waiting, today: date) -> Item:
    deadline = one.row.deadline
    due = deadline_sentence(one.task.due_on, today)
    if deadline and one.task.due_on != today:
        due = str(_("%(when)s %(left)s", when=due, left=deadline_words(deadline, one.row.days)))
    cautions = [label_of(caution) for caution in one.cautions]
    return Item(
        title=one.task.measure.title,
        when=words.waits_since(one.since),
        notes=[
            due,
            *([words.open_first(cautions)] if cautions else []),
        ],
    )


def _proposed(one: WaitingProposal, today: date, free_days: FreeDays) -> Item:
    waited, allowed = working_days_between(one.since, today, free_days), one.turn.days_allowed
    notes = [words.waits_too_long(waited, allowed)] if waited > allowed else []
    return Item(full_title_of(one.proposal), words.waits_since(one.since), notes=notes)


def _acted(waiting: Sequence[Waiting]) -> list[str]:
    """By which orders the reader decides on how many of them."""
    orders = Counter((one.acting.kind, one.acting.order_no) for one in waiting if one.acting)
    return [
        words.acted_words(label_of(kind), order_no, count, are_all=count == len(waiting))
        for (kind, order_no), count in orders.items()
    ]
