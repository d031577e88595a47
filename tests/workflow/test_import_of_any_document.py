"""Whatever a document says, it becomes the records whole, or is refused and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.database import transaction
from ita_flow.domain.refusals import Refusal
from ita_flow.extensions import db
from ita_flow.intake.reading import Reading, read_plan
from ita_flow.models.people import Agency
from ita_flow.workflow.plan_import import Document, compare, import_plan
from tests.factories import NOW, an_agency
from tests.intake.documents import AGENCY, YEAR
from tests.intake.makers import Block, as_text
from tests.intake.test_generated_documents import CELLS, a_plan
from tests.workflow.importing import SHA256, everything

EXAMPLES, LONG = 15, 300


class _Undone(Exception):
    """Takes back what was imported, so that the next document finds nothing."""


@st.composite
def plans(draw: st.DrawFn) -> Sequence[Block]:
    """The plan with other words in some of its cells."""
    blocks: list[str | list[list[str]]] = [
        block if isinstance(block, str) else [list(row) for row in block] for block in a_plan()
    ]
    tables = [block for block in blocks if not isinstance(block, str)]
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.sampled_from(draw(st.sampled_from(tables))[1:]))
        row[draw(st.integers(0, len(row) - 1))] = draw(CELLS | st.just("ก" * 3_000))
    return blocks


def test_any_plan_comes_in_whole_or_not_at_all(app: Flask) -> None:
    check_any_plan(EXAMPLES)


@pytest.mark.long
def test_very_many_plans_come_in_whole_or_not_at_all(app: Flask) -> None:
    check_any_plan(LONG)


def check_any_plan(count: int) -> None:
    an_agency(AGENCY, code="saithan")
    before = everything()

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(plans())
    def check(blocks: Sequence[Block]) -> None:
        reading = read_plan(as_text(blocks), "plan.txt", YEAR, AGENCY)

        if reading.draft:
            _take_in_and_back(reading)

    check()

    assert everything() == before


def _take_in_and_back(reading: Reading) -> None:
    assert reading.draft is not None
    try:
        with transaction():
            agency = db.session.scalars(sa.select(Agency)).one()
            import_plan(agency, reading, Document("plan", SHA256), is_approved=False, actor=None, at=NOW)
            db.session.flush()
            assert compare(agency, reading.draft, is_approved=False).differences == []
            raise _Undone
    except (_Undone, Refusal):
        pass
