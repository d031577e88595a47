"""A decision in words: what was decided, in which seat, and by what right."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.permissions import ActingKind
from ita_flow.models.deciding import SeatDecision
from ita_flow.queries.awaiting import Waiting
from ita_flow.queries.proposals import WaitingProposal
from ita_flow.wording.labels import DECIDED, acted_seat, label_of
from ita_flow.workflow.approval_seats import full_title


def outcome_of(decision: SeatDecision) -> str:
    """เห็นชอบ or อนุมัติ, as the seat's verb says; or that it was returned or undone."""
    return str(DECIDED[decision.verb]) if decision.kind is DecisionKind.APPROVE else label_of(decision.kind)


def verb_words(verbs: Collection[Verb]) -> str:
    """The word for letting these pass: เห็นชอบ, อนุมัติ, or both where a person does both."""
    return "/".join(label_of(verb) for verb in Verb if verb in verbs) or label_of(Verb.ENDORSE)


def decided_words(verbs: Collection[Verb]) -> str:
    """The word for having let these pass, as ``verb_words`` says it beforehand."""
    return "/".join(str(DECIDED[verb]) for verb in Verb if verb in verbs) or str(DECIDED[Verb.ENDORSE])


def decided_in(decision: SeatDecision) -> str:
    """The seat; where somebody acted, their own post, the kind of acting, the seat and the order."""
    return " ".join(posts_in(decision))


def posts_in(decision: SeatDecision) -> list[str]:
    """The parts of ``decided_in``, each of which may stand on a line of its own."""
    seat = decision.seat_title or label_of(decision.seat)
    order = decision.acting_order
    if order is None or order.membership.acting is None:
        return [seat]
    by_order = _("ตามคำสั่งที่ %(number)s", number=order.order_no)
    parts = [decision.own_post, acted_seat(order.membership.acting, seat), by_order]
    return [part for part in parts if part]


def acting_as(waiting: Waiting) -> str:
    """For whom the person is asked to decide, and by which order; nothing where the seat is their own."""
    if waiting.acting is None:
        return ""
    return _as_acting(waiting.acting.kind, full_title(waiting.turn, waiting.task), waiting.acting.order_no)


def acting_on(waiting: WaitingProposal) -> str:
    """The same for a plan, or for a later due date."""
    order = waiting.held.order
    if order is None or order.membership.acting is None:
        return ""
    return _as_acting(order.membership.acting, full_title(waiting.turn, waiting.proposal.over), order.order_no)


def _as_acting(kind: ActingKind, seat: str, order_no: str) -> str:
    return _("ในฐานะผู้%(acting)s%(seat)s คำสั่งที่ %(number)s", acting=label_of(kind), seat=seat, number=order_no)
