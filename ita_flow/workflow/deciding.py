"""Deciding from a seat, whatever it is on: who may, and the decision that is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError

from ita_flow.domain.approvals import DecisionKind, Seen, is_same_turn
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.thai import is_blank
from ita_flow.extensions import db
from ita_flow.models.deciding import Decidable, SeatDecision
from ita_flow.models.people import User
from ita_flow.queries.seats import SeatHolder, SeatHolders, deciders, is_spared
from ita_flow.workflow.approval_seats import full_title

MAX_COMMENT = 2000

D = TypeVar("D", bound=SeatDecision)


def refuse_without_reason(comment: str) -> None:
    """Raise Invalid where somebody gives back without a reason, or with too long a one."""
    if is_blank(comment):
        raise Invalid("return_needs_a_reason", field="comment")
    if len(comment) > MAX_COMMENT:
        raise Invalid("text_too_long", field="comment", length=f"{len(comment):,}", limit=f"{MAX_COMMENT:,}")


def refuse_another_turn(thing: Decidable[Any], seen: Seen, why: str) -> None:
    """Raise Stale with ``why`` when another seat has the turn than the one that was seen."""
    if not is_same_turn(thing.seats, seen.seat_number, thing.approvals):
        raise Stale(why)


def seat_of(thing: Decidable[Any], holders: SeatHolders, actor: User) -> SeatHolder:
    """The seat whose turn it is, as this person holds it and may decide from it; raises NotPermitted."""
    for one in deciders(thing, holders):
        if one.user.id == actor.id:
            return one
    raise NotPermitted(_why_not(thing, actor, holders))


def _why_not(thing: Decidable[Any], actor: User, holders: SeatHolders) -> str:
    turn, authors = thing.seat_to_decide, set(thing.author_ids)
    if actor.id in authors:
        return "own_report"
    mine = [one.holder for one in holders.get(turn.key, ()) if one.user.id == actor.id] if turn else []
    if any(not holder.people.isdisjoint(authors) for holder in mine):
        return "report_of_the_holder"
    if any(not holder.people.isdisjoint(thing.barred) for holder in mine):
        return "decided_before"
    return "order_does_not_cover" if mine else "not_your_turn"


def refuse_when_needed_further_up(thing: Decidable[Any], holders: SeatHolders, held: SeatHolder) -> None:
    """Raise NotPermitted where a seat further up would be left without anybody, and others can decide here instead."""
    if is_spared(held, thing, holders):
        return
    others = [one for one in deciders(thing, holders) if one.user.id != held.user.id]
    names = dict.fromkeys(one.user.name for one in others if is_spared(one, thing, holders))
    if names:
        raise NotPermitted("needed_further_up", names=", ".join(names))


def decide(
    decision: D,
    thing: Decidable[D],
    held: SeatHolder,
    kind: DecisionKind,
    *,
    actor: User,
    at: datetime,
    comment: str = "",
) -> D:
    """Keep this decision, a row that names what it is on, for the seat whose turn it is.

    Raises Stale when somebody else decided in the same moment.
    """
    turn, number = thing.seats[thing.approvals], thing.approvals + 1
    decision.seat, decision.named_seat_id, decision.verb = turn.seat, turn.named_seat, turn.verb
    decision.seat_title, decision.seat_number = full_title(turn, thing.over), number
    decision.round = 1 + sum(taken.seat_number == number for taken in thing.decisions if taken is not decision)
    decision.kind, decision.comment, decision.content_hash = kind, comment, thing.content_hash
    decision.decided_by, decision.own_post = actor, actor.post_on(bangkok_day(at))
    decision.on_behalf_of_id, decision.acting_order = held.holder.on_behalf_of, held.order
    decision.decided_at = at
    thing.decisions.append(decision)
    db.session.add(decision)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Stale("someone_was_quicker") from error
    return decision
