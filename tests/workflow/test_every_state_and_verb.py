"""Every state with every verb, by the real deeds: a pair of the tables leads on, any other is refused in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import pytest

from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import (
    PLAN_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    REPORT_TRANSITIONS,
    TASK_TRANSITIONS,
    PlanDeed,
    PlanState,
    ProposalDeed,
    ProposalState,
    ReportDeed,
    ReportState,
    TaskDeed,
    WorkStatus,
)
from ita_flow.extensions import db
from ita_flow.wording import knows, sentence_of
from tests.factories import Cast
from tests.workflow.importing import everything
from tests.workflow.lives import ExtensionLife, Life, PlanLife, PlanProposalLife, ReportLife, Table, TaskLife

pytestmark = pytest.mark.each_case

REFUSED = "refused"
LIVES: Mapping[type[Life], tuple[type[StrEnum], type[StrEnum], Table]] = {
    PlanLife: (PlanState, PlanDeed, PLAN_TRANSITIONS),
    PlanProposalLife: (ProposalState, ProposalDeed, PROPOSAL_TRANSITIONS),
    ExtensionLife: (ProposalState, ProposalDeed, PROPOSAL_TRANSITIONS),
    TaskLife: (WorkStatus, TaskDeed, TASK_TRANSITIONS),
    ReportLife: (ReportState, ReportDeed, REPORT_TRANSITIONS),
}
"""All its states, all its verbs, and where these lead."""


@pytest.mark.parametrize("kind", LIVES)
def test_every_verb_has_its_deed_and_its_place_in_the_table(cast: Cast, kind: type[Life]) -> None:
    states, verbs, table = LIVES[kind]

    assert set(kind(cast).deeds) == set(verbs) == {verb for _state, verb in table}
    assert set(kind.way_to) == set(states)


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind, known in LIVES.items() for state in known[0]])
def test_every_verb_does_what_the_table_says(cast: Cast, kind: type[Life], state: StrEnum) -> None:
    _states, verbs, table = LIVES[kind]
    life = kind(cast)
    life.come_to(state)

    found = {verb: outcome(life, life.deeds[verb]) for verb in verbs}

    assert found == {verb: table.get((state, verb), REFUSED) for verb in verbs}


def outcome(life: Life, deed: Callable[[], object]) -> str:
    """The state to which it leads, or that it was refused; it is taken back, as if it had not been tried."""
    db.session.rollback()
    before = everything()
    try:
        deed()
        db.session.flush()
        db.session.expire_all()
        return life.state
    except Refusal as refusal:
        return how_refused(refusal, before)
    finally:
        db.session.rollback()


def how_refused(refusal: Refusal, before: Mapping[str, list[Any]]) -> str:
    """In words, and before anything was written; where it was not so, that is told."""
    if not knows(refusal.key) or sentence_of(refusal) == refusal.key:
        return f"{refusal.key} without a sentence"
    return REFUSED if everything() == before else f"{refusal.key} after something was written"
