"""A decision in words: what was decided, in which seat, and by what right."""

from __future__ import annotations

from flask_babel import gettext as _

from ita_flow.domain.approvals import DecisionKind
from ita_flow.models.progress_reports import Decision
from ita_flow.wording.labels import label_of


def outcome_of(decision: Decision) -> str:
    """เห็นชอบ or อนุมัติ, as the seat's verb says; or that it was returned or undone."""
    return label_of(decision.verb if decision.kind is DecisionKind.APPROVE else decision.kind)


def decided_in(decision: Decision) -> str:
    """The seat; where somebody acted, their own post, the kind of acting, the seat and the order."""
    seat = decision.seat_title or label_of(decision.seat)
    order = decision.acting_order
    if order is None or order.membership.acting is None:
        return seat
    return _(
        "%(post)s %(acting)s%(seat)s ตามคำสั่งที่ %(number)s",
        post=decision.own_post,
        acting=label_of(order.membership.acting),
        seat=seat,
        number=order.order_no,
    ).strip()
