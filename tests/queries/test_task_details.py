"""Everything that the page of a task tells, as one person may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.people import User
from ita_flow.queries.task_details import TaskDetails, task_details
from ita_flow.workflow import audit
from tests.factories import NOW, TODAY, Cast, a_link, a_report
from tests.statements import counted_statements, with_nothing_loaded


def details_for(user: User, cast: Cast) -> TaskDetails:
    details = task_details(user, cast.task.id, TODAY)
    assert details is not None
    return details


def noted(cast: Cast, action: str, subject: str, by: User | None, minute: int) -> None:
    audit.record(action, cast.agency.id, subject, at=NOW + timedelta(minutes=minute), actor=by)


def test_a_stranger_finds_no_such_task(cast: Cast) -> None:
    assert task_details(cast.stranger, cast.task.id, TODAY) is None


def test_a_draft_is_seen_by_its_section_and_by_nobody_else(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert details_for(cast.colleague, cast).draft is not None
    assert details_for(cast.head, cast).draft is not None
    assert details_for(cast.other_officer, cast).draft is None
    assert details_for(cast.coordinator, cast).reports == []


def test_evidence_of_a_draft_is_kept_from_others(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT, evidence=[a_link(cast.task, cast.officer)])

    assert len(details_for(cast.officer, cast).draft_evidence) == 1
    assert details_for(cast.coordinator, cast).draft_evidence == []
    assert details_for(cast.coordinator, cast).evidence == []


def test_submitted_evidence_is_shown_once_although_two_reports_carry_it(cast: Cast) -> None:
    link, other = a_link(cast.task, cast.officer), a_link(cast.task, cast.officer, name="ประกาศ")
    progress = WorkStatus.IN_PROGRESS
    a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=progress, evidence=[link])
    a_report(cast.task, cast.officer, evidence=[link, other])

    assert [shown.id for shown in details_for(cast.coordinator, cast).evidence] == [other.id, link.id]


def test_a_report_that_came_back_is_open_to_its_section_for_mending(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    details = details_for(cast.officer, cast)

    assert details.draft is not None
    assert details.draft.id == report.id
    assert details.newest is not None
    assert details.newest.report_id == report.id


def test_a_step_tells_the_report_that_first_ticked_it(cast: Cast) -> None:
    first = a_report(cast.task, cast.officer, state=ReportState.APPROVED, at=NOW)

    ticked = details_for(cast.coordinator, cast).step_reports()

    assert {position: version.report_id for position, version in ticked.items()} == {1: first.id, 2: first.id}


def test_the_people_in_the_seats_are_named(cast: Cast) -> None:
    holders = details_for(cast.coordinator, cast).holders

    assert {seat: [one.user for one in those] for (seat, _), those in holders.items()} == {
        Seat.SECTION_HEAD: [cast.head],
        Seat.DIRECTOR: [cast.director],
        Seat.CHIEF: [cast.chief],
        Seat.EXECUTIVE: [cast.executive],
    }


def test_history_tells_what_was_done_to_the_task_and_its_reports(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    noted(cast, "task.assigned", f"task:{cast.task.id}", cast.coordinator, 1)
    noted(cast, "progress_report.submitted", f"progress_report:{report.id}", cast.officer, 2)
    noted(cast, "task.assigned", f"task:{cast.other_task.id}", cast.coordinator, 3)

    told = details_for(cast.auditor, cast).history

    assert [(entry.action, entry.actor, entry.report_number) for entry in told] == [
        ("progress_report.submitted", cast.officer, 1),
        ("task.assigned", cast.coordinator, None),
    ]


def test_saves_in_a_row_are_told_once_and_only_to_the_section(cast: Cast) -> None:
    subject = f"progress_report:{a_report(cast.task, cast.officer, state=ReportState.DRAFT).id}"
    for minute, writer in enumerate([cast.officer, cast.officer, cast.colleague, cast.officer]):
        noted(cast, "progress_report.saved", subject, writer, minute)

    told = details_for(cast.officer, cast).history

    assert [entry.actor for entry in told] == [cast.officer, cast.colleague, cast.officer]
    assert details_for(cast.coordinator, cast).history == []


def test_a_save_is_not_told_beside_the_sending_that_followed(cast: Cast) -> None:
    subject = f"progress_report:{a_report(cast.task, cast.officer).id}"
    for minute, deed in enumerate(["saved", "saved", "submitted"]):
        noted(cast, f"progress_report.{deed}", subject, cast.officer, minute)

    assert [entry.action for entry in details_for(cast.officer, cast).history] == ["progress_report.submitted"]


def test_what_nobody_signed_for_names_the_door(cast: Cast) -> None:
    noted(cast, "task.counted", f"task:{cast.task.id}", None, 1)

    entry = details_for(cast.auditor, cast).history[0]

    assert (entry.actor, entry.via) == (None, "system")


@pytest.mark.parametrize("how_many", [1, 6])
def test_a_page_costs_the_same_after_one_report_and_after_six(cast: Cast, how_many: int) -> None:
    for day in range(how_many):
        at = NOW + timedelta(days=day)
        report = a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS, at=at)
        noted(cast, "progress_report.submitted", f"progress_report:{report.id}", cast.officer, day)
    task_id, reader = cast.task.id, with_nothing_loaded(cast.coordinator)

    with counted_statements() as statements:
        details = task_details(reader, task_id, TODAY)

    assert details is not None
    assert len(details.history) == how_many
    assert len(statements) == 13
