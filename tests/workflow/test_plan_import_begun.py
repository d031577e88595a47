"""A document after work has begun: what was reported on stays as it was, all else may still be put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from ita_flow.extensions import db
from ita_flow.intake.draft import PlanDraft
from ita_flow.models.people import Agency
from ita_flow.models.tasks import Task
from ita_flow.workflow.plan_import import DocumentDiffers
from tests.factories import a_report, a_user, an_agency
from tests.intake.documents import AGENCY, with_cell
from tests.workflow.importing import (
    FIRST,
    METHOD,
    RESPONSIBLE,
    TITLE,
    WINDOW,
    a_reminder_of,
    everything,
    read_draft,
    take_in,
    tasks,
    the_plan,
)

ITEMS, ANALYSIS = 1, 2
OTHER_ROW = "2. การให้บริการและระบบ"


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def reported(agency: Agency) -> Task:
    """The task of the first measure, on which somebody has reported."""
    take_in(agency)
    a_report(tasks()[0], a_user(agency))
    return tasks()[0]


@pytest.fixture
def reminded(agency: Agency) -> Task:
    """The task of the first measure, of which somebody was reminded."""
    take_in(agency)
    a_reminder_of(tasks()[0])
    return tasks()[0]


@pytest.mark.parametrize(
    ("column", "text", "paths"),
    [
        (TITLE, "ติดตามทุกโครงการของปี", [("measures", 1, "title")]),
        (METHOD, "ประชุมทุกสัปดาห์", [("measures", 1, "method")]),
        (
            WINDOW,
            "ภายในวันที่ 31 พฤษภาคม 2567",
            [("measures", 1, "window", "kind"), ("measures", 1, "window", "ends_on")],
        ),
        (RESPONSIBLE, "ฝ่ายแผน กองแผนงาน", [("measures", 1, "section")]),
        (RESPONSIBLE, "ฝ่ายธุรการ กองช่าง", [("measures", 1, "division")]),
    ],
)
def test_what_was_reported_on_is_not_changed_by_a_document(
    agency: Agency, reported: Task, column: int, text: str, paths: list[tuple[str | int, ...]]
) -> None:
    before = everything()

    with pytest.raises(DocumentDiffers) as refused:
        take_in(agency, with_cell(FIRST, column, text))

    assert [one.path for one in refused.value.differences] == paths
    assert refused.value.values == {"count": len(paths)}
    assert everything() == before


def test_a_measure_that_was_reported_on_cannot_be_left_out(agency: Agency, reported: Task) -> None:
    before, title = everything(), reported.measure.title

    with pytest.raises(DocumentDiffers) as refused:
        take_in(agency, without_the_first_measure())

    [difference] = refused.value.differences
    assert (difference.path, difference.was, difference.now) == (("measures", 1, "title"), title, None)
    assert everything() == before


def without_the_first_measure() -> PlanDraft:
    draft = read_draft()
    return replace(draft, measures=draft.measures[1:])


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (ITEMS, "- ๐12 รายงานผลการดำเนินงาน"),
        (ANALYSIS, "ยังล่าช้าในไตรมาสแรก"),
        (RESPONSIBLE, "ฝ่าย ติดตามผล กอง แผนงาน"),
        (WINDOW, "รอบ 6 เดือนแรก"),
    ],
)
def test_words_that_change_no_work_may_be_put_right(agency: Agency, reported: Task, column: int, text: str) -> None:
    task_before = row_of(reported)

    changed = take_in(agency, with_cell(FIRST, column, text))

    assert changed.differences
    assert row_of(reported) == task_before
    assert take_in(agency, with_cell(FIRST, column, text)).differences == []


def row_of(task: Task) -> tuple[object, ...]:
    db.session.refresh(task)
    return (task.division_id, task.section_id, task.due_on, task.due_version, [step.id for step in task.steps])


def test_other_measures_may_be_changed(agency: Agency, reported: Task) -> None:
    take_in(agency, with_cell(OTHER_ROW, METHOD, "1. เปิดระบบ 2. ประชาสัมพันธ์"))

    assert [step.text for step in tasks()[1].steps] == ["เปิดระบบ", "ประชาสัมพันธ์"]


def test_what_stands_in_the_way_is_told_and_nothing_else(agency: Agency, reported: Task) -> None:
    draft = read_draft()
    first, second, *others = draft.measures
    changed = (replace(first, title="ติดตามทุกโครงการ", analysis="ล่าช้า"), replace(second, title="ระบบใหม่"), *others)

    with pytest.raises(DocumentDiffers) as refused:
        take_in(agency, replace(draft, measures=changed))

    assert [one.path for one in refused.value.differences] == [("measures", 1, "title")]


def test_another_division_may_join(agency: Agency, reported: Task) -> None:
    take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายติดตามผล กองแผนงาน และ กองช่าง"))

    assert [task.division.name for task in tasks()[:2]] == ["กองแผนงาน", "กองช่าง"]
    assert tasks()[0].id == reported.id


def test_after_a_report_the_same_document_is_welcome(agency: Agency, reported: Task) -> None:
    assert take_in(agency).differences == []


def test_a_task_of_which_somebody_was_reminded_may_change_and_reminds_anew(agency: Agency, reminded: Task) -> None:
    take_in(agency, with_cell(FIRST, WINDOW, "ภายในวันที่ 31 พฤษภาคม 2567"))

    assert tasks()[0].id == reminded.id
    assert (tasks()[0].due_on, tasks()[0].due_version) == (date(2024, 5, 31), 2)


def test_a_task_of_which_somebody_was_reminded_is_not_taken_away(agency: Agency, reminded: Task) -> None:
    before = everything()

    with pytest.raises(DocumentDiffers) as refused:
        take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายธุรการ กองช่าง"))

    assert [(one.path, one.was, one.now) for one in refused.value.differences] == [
        (("measures", 1, "division"), "กองแผนงาน", None)
    ]
    assert everything() == before


def test_a_measure_of_which_somebody_was_reminded_is_not_taken_away(agency: Agency, reminded: Task) -> None:
    with pytest.raises(DocumentDiffers):
        take_in(agency, without_the_first_measure())


def test_measures_in_force_keep_their_numbers_when_a_document_puts_another_before_them(
    agency: Agency, reported: Task
) -> None:
    draft = read_draft()
    new = replace(draft.measures[0], title="มาตรการใหม่ที่อยู่ก่อน")
    numbers = {measure.id: measure.number for measure in the_plan().measures}

    changed = take_in(agency, replace(draft, measures=(new, *draft.measures)))

    now = {measure.id: measure.number for measure in the_plan().measures}
    assert {one: number for one, number in now.items() if one in numbers} == numbers
    assert the_plan().measures[-1].title == "มาตรการใหม่ที่อยู่ก่อน"
    assert {one.path[:2] for one in changed.differences} == {("measures", 8)}
    assert take_in(agency, replace(draft, measures=(new, *draft.measures))).differences == []


def test_numbers_stay_when_a_document_leaves_a_measure_out(agency: Agency) -> None:
    take_in(agency)
    draft = read_draft()
    extra = replace(draft.measures[0], title="มาตรการที่สอง")
    take_in(agency, replace(draft, measures=(*draft.measures, extra)))

    take_in(agency, replace(draft, measures=(*draft.measures[1:], extra)))

    assert [measure.number for measure in the_plan().measures] == [2, 3, 4, 5, 6, 7, 8]
    assert take_in(agency, replace(draft, measures=(extra, *draft.measures[1:]))).differences == []


def test_a_draft_is_numbered_as_its_document_is(agency: Agency) -> None:
    draft = read_draft()
    take_in(agency, draft, is_approved=False)
    new = replace(draft.measures[0], title="มาตรการใหม่ที่อยู่ก่อน")

    take_in(agency, replace(draft, measures=(new, *draft.measures)), is_approved=True)

    assert [(one.number, one.title) for one in the_plan().measures][:2] == [
        (1, new.title),
        (2, draft.measures[0].title),
    ]
