"""The seats of one report: what they are called for its task, who is in them, and what the record tells of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from ita_flow.domain.approval_chains import Chain, ChainSeat, Settled, settle
from ita_flow.domain.languages import Language
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import WorkStatus
from ita_flow.domain.units import head_of
from ita_flow.i18n import speaking
from ita_flow.models.deciding import SeatDecision
from ita_flow.models.people import Unit
from ita_flow.models.tasks import Task
from ita_flow.queries.approval_chains import chain_of_plans, chain_over
from ita_flow.queries.seats import holders_of, holders_over_the_agency
from ita_flow.wording.labels import seat_name
from ita_flow.workflow.audit import Values


def chain_of(task: Task) -> Chain:
    """The chain that rules over the task, each seat called as it is called there."""
    chain = chain_over(task)
    return replace(chain, seats=tuple(replace(seat, title=title_of(seat, task)) for seat in chain.seats))


def settled_chain(task: Task, claim: WorkStatus, authors: Collection[int], on: date) -> tuple[Chain, Settled]:
    """The chain over the task, and the seats of it that decide on this claim. Raises Invalid when there are none."""
    chain = chain_of(task)
    holders = {key: [one.holder for one in those] for key, those in holders_of(task, on).items()}
    return chain, settle(chain, claim, holders, authors, has_section=task.section_id is not None)


def settled_for_extension(task: Task, author: int, on: date) -> tuple[Chain, Settled]:
    """The same for a later due date: all seats of the chain decide on it."""
    return settled_chain(task, WorkStatus.DONE, [author], on)


def settled_for_plan(agency_id: int, author: int, on: date) -> tuple[Chain, Settled]:
    """The chain over the plans of the agency, and the seats of it that decide. Raises Invalid when there are none."""
    chain = _titled(chain_of_plans(agency_id))
    holders = {key: [one.holder for one in those] for key, those in holders_over_the_agency(agency_id, on).items()}
    return chain, settle(chain, WorkStatus.DONE, holders, [author], has_section=False)


@speaking(Language.THAI)
def _titled(chain: Chain) -> Chain:
    return replace(chain, seats=tuple(replace(seat, title=seat_name(seat)) for seat in chain.seats))


@speaking(Language.THAI)  # in which titles are kept
def title_of(seat: ChainSeat, task: Task) -> str:
    """What the seat is called for short: ผู้อำนวยการกอง, หัวหน้าสำนักปลัด, or the name that the agency gave it."""
    return seat_name(seat, _unit_under(seat, task))


@speaking(Language.THAI)
def full_title(seat: ChainSeat, task: Task | None) -> str:
    """What the seat is called in documents, with the name of its unit; over no task it has none."""
    unit = _unit_under(seat, task) if task else None
    return (unit and head_of(unit.name)) or seat_name(seat)


def _unit_under(seat: ChainSeat, task: Task) -> Unit | None:
    return {Seat.SECTION_HEAD: task.section, Seat.DIRECTOR: task.division}.get(seat.seat)


def told(decision: SeatDecision) -> Values:
    """In which seat it was decided, and by what right, for the record."""
    return {
        "seat": decision.seat.value,
        "seat_number": decision.seat_number,
        "seat_title": decision.seat_title,
        "named_seat": decision.named_seat_id,
        "verb": decision.verb.value,
        "own_post": decision.own_post,
        "round": decision.round,
        **_told_of_acting(decision),
    }


def _told_of_acting(decision: SeatDecision) -> Values:
    order = decision.acting_order
    if order is None:
        return {}
    return {
        "acting": order.membership.acting,
        "on_behalf_of": decision.on_behalf_of_id,
        "acting_order": order.id,
        "order_no": order.order_no,
    }
