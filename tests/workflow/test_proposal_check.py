"""Proposals and the decisions on them agree with the record; what an insider alters in a row is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.models.proposals import Proposal
from ita_flow.workflow import extensions
from ita_flow.workflow.proposals import approve
from ita_flow.workflow.record_check import first_breaks
from tests.factories import NOW, Cast
from tests.workflow.test_record_check import altered


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    """A later due date, asked for by the officer, and endorsed by the section head; the director has the turn."""
    with transaction():
        later = cast.task.due_on + timedelta(days=30)
        proposal = extensions.ask(cast.task, later, "รอผลการตรวจ", actor=cast.officer, at=NOW)
    with transaction():
        approve(proposal, Seen(proposal.revision, 1), actor=cast.head, at=NOW, comment="เห็นควร")
    return proposal


@pytest.mark.usefixtures("proposal")
def test_what_was_done_by_deeds_agrees() -> None:
    assert first_breaks() == []


@pytest.mark.parametrize(
    ("statement", "row", "differs"),
    [
        ("UPDATE proposals SET due_on = '2024-09-30'", "proposal:1", ("due_on",)),
        ("UPDATE proposals SET reason = 'x'", "proposal:1", ("reason",)),
        ("UPDATE proposals SET chain = '[]'", "proposal:1", ("chain",)),
        ("UPDATE proposals SET distinct_deciders = (1 = 0)", "proposal:1", ("chain",)),
        ("UPDATE proposals SET state = 'approved', settled_at = submitted_at", "proposal:1", ("at", "state")),
        ("UPDATE proposal_decisions SET comment = 'x'", "proposal_decision:1", ("comment",)),
        ("UPDATE proposal_decisions SET seat_title = 'x'", "proposal_decision:1", ("seat_title",)),
    ],
)
@pytest.mark.usefixtures("proposal")
def test_a_row_that_was_altered_is_named_with_what_is_otherwise(
    statement: str, row: str, differs: tuple[str, ...]
) -> None:
    (found,) = altered(statement)

    assert (found.reason, found.row, found.differs) == ("row_altered", row, differs)


@pytest.mark.usefixtures("proposal")
def test_a_decision_that_is_gone_is_missing() -> None:
    (found,) = altered("DELETE FROM proposal_decisions")

    assert found.reason == "decision_missing"
