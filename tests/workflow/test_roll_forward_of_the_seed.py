"""The real document's plan of 2567 rolled forward into 2568, with the little that a catalogue of 2567 may know."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.intake import read_plan
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.queries.plan_editing import GapKind, gaps_of, tasks_of
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.workflow import catalogue
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.plan_import import Document, import_plan
from ita_flow.workflow.plan_start import begin_as_copy
from tests.factories import NOW, a_user, an_agency
from tests.seed import seed

pytestmark = pytest.mark.seed

REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
OF_2567 = """ปี,รหัส,ชื่อข้อ
๒๕๖๗,๐15,E-Service
2567,๐6,Social Network
2567,๐34,มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
2567,O35,รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
"""


@pytest.fixture
def coordinator(app: Flask) -> User:
    """Of the real agency, whose plan of 2567 stands as the document words it."""
    agency = an_agency(REAL_AGENCY, code="seed")
    reading = read_plan(seed(), "seed.txt", FiscalYear(2567), agency.name)
    with transaction():
        document = Document("seed.txt", "ab" * 32)
        import_plan(agency, reading, document, is_approved=True, actor=None, via=COMMAND_LINE, at=NOW)
    return a_user(agency, "ผู้ประสานงาน ITA", role=Role.COORDINATOR)


@pytest.fixture
def following(coordinator: User) -> Plan:
    agency = db.session.get_one(Agency, coordinator.agency_id)
    with transaction():
        catalogue.take_in(agency, OF_2567, actor=coordinator, at=NOW)
    with transaction():
        return begin_as_copy(agency, 2568, 2567, actor=coordinator, at=NOW)


def cited(measure: Measure) -> list[str]:
    return [f"{item.code} ({item.year})" for item in measure.items]


def test_the_seven_measures_are_dated_in_the_new_year(following: Plan) -> None:
    assert [(measure.area, measure.ends_on) for measure in following.measures] == [
        (1, date(2025, 3, 31)),
        (2, date(2025, 3, 31)),
        (3, date(2025, 3, 31)),
        (4, date(2025, 9, 30)),
        (5, date(2025, 9, 30)),
        (6, date(2025, 3, 31)),
        (7, date(2025, 3, 31)),
    ]
    assert all(measure.continues_id for measure in following.measures)
    assert [[task.due_on for task in tasks_of(measure)] for measure in following.measures] == [
        [measure.ends_on] for measure in following.measures
    ]
    assert "2567" not in "".join(measure.window_text for measure in following.measures)
    assert following.has_no_limitations


def test_items_are_found_by_their_titles_and_the_others_wait_for_a_person(following: Plan) -> None:
    assert [cited(measure) for measure in following.measures] == [
        ["O11 (2566)"],
        ["O15 (2567)"],
        ["O5 (2566)", "O7 (2566)", "O8 (2566)", "O6 (2567)"],
        ["O34 (2566)", "O35 (2566)"],  # the same codes mean something else in 2567
        ["O19 (2566)", "O20 (2566)", "O21 (2566)", "O22 (2566)"],
        ["O24 (2566)", "O40 (2566)"],
        ["O27 (2566)", "O28 (2566)", "O29 (2566)"],
    ]


def test_what_a_person_has_to_look_at_is_marked(following: Plan) -> None:
    gaps = gaps_of(following, tasks_by_measure(following))

    unmapped = [gap.measure.number for gap in gaps if gap.kind is GapKind.ITEM_UNMAPPED and gap.measure]
    naming = [gap.measure.number for gap in gaps if gap.kind is GapKind.NAMES_YEAR_BEFORE and gap.measure]
    assert (unmapped, naming) == ([1, 3, 4, 5, 6, 7], [1])
