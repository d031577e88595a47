"""What a person was told: the newest first, in pages, with what is unread."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.notices import NoticeKind
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.around import around_the_page
from ita_flow.queries.inbox import Entry, inbox_page
from ita_flow.workflow.inbox import mark_read
from tests.factories import NOW, Cast, a_chase, a_decision, a_report
from tests.statements import counted_statements, with_nothing_loaded

HOUR = timedelta(hours=1)


def told(
    person: User,
    task: Task,
    at: datetime = NOW,
    kind: NoticeKind = NoticeKind.ASSIGNED,
    version: ReportVersion | None = None,
) -> Notice:
    notice = Notice(
        agency_id=person.agency_id,
        key=f"{kind}:{person.id}:{task.id}:{at.isoformat()}",
        kind=kind,
        recipient_id=person.id,
        task_id=task.id,
        report_version_id=version.id if version else None,
        at=at,
    )
    db.session.add(notice)
    db.session.commit()
    return notice


def only(person: User) -> Entry:
    (entry,) = inbox_page(person, 1).entries
    return entry


def test_what_happened_and_who_asked_stand_in_one_list_the_newest_first(cast: Cast) -> None:
    told(cast.officer, cast.task, NOW - HOUR)
    a_chase(cast.officer, cast.task, cast.coordinator)
    told(cast.officer, cast.task, NOW - 2 * HOUR)

    entries = inbox_page(cast.officer, 1).entries

    assert [entry.at for entry in entries] == [NOW, NOW - HOUR, NOW - 2 * HOUR]
    assert [entry.chase is not None for entry in entries] == [True, False, False]


def test_others_are_not_listed_nor_counted(cast: Cast) -> None:
    told(cast.officer, cast.task)

    assert inbox_page(cast.colleague, 1).entries == []
    assert around_the_page(cast.colleague).unread == 0


@pytest.mark.parametrize(("asked_for", "shown", "hours"), [(1, 1, [0, 1]), (2, 2, [2]), (0, 1, [0, 1]), (99, 2, [2])])
def test_a_list_comes_in_pages_and_an_odd_number_leads_to_the_nearest(
    cast: Cast, asked_for: int, shown: int, hours: list[int]
) -> None:
    for hour in range(3):
        told(cast.officer, cast.task, NOW - hour * HOUR)

    page = inbox_page(cast.officer, asked_for, a_page=2)

    assert (page.number, page.pages, page.count) == (shown, 2, 3)
    assert [entry.at for entry in page.entries] == [NOW - hour * HOUR for hour in hours]


def test_what_is_read_is_no_longer_counted_and_what_comes_later_is(cast: Cast) -> None:
    told(cast.officer, cast.task, NOW - HOUR)
    a_chase(cast.officer, cast.task, cast.coordinator)
    assert around_the_page(cast.officer).unread == 2

    mark_read(cast.officer, NOW - HOUR, at=NOW)

    assert around_the_page(cast.officer).unread == 1
    assert [entry.is_unread for entry in inbox_page(cast.officer, 1).entries] == [True, False]


def test_reading_never_goes_back(cast: Cast) -> None:
    mark_read(cast.officer, NOW, at=NOW)

    mark_read(cast.officer, NOW - HOUR, at=NOW)

    assert cast.officer.notices_read_at == NOW


def test_a_return_keeps_its_decision_until_it_is_taken_back(cast: Cast) -> None:
    version = a_report(cast.task, cast.officer).versions[0]
    told(cast.officer, cast.task, kind=NoticeKind.RETURNED, version=version)
    assert only(cast.officer).was_taken_back
    decision = a_decision(version, DecisionKind.RETURN, by=cast.head)
    db.session.expire_all()

    entry = only(cast.officer)

    assert entry.decision == decision
    assert not entry.was_taken_back


def test_who_heads_the_section_is_told_of_the_work_of_others(cast: Cast) -> None:
    told(cast.officer, cast.task)
    told(cast.head, cast.task)

    assert only(cast.officer).is_own
    assert not only(cast.head).is_own


def test_who_handed_the_task_over_still_reads_that_it_was_theirs(cast: Cast) -> None:
    told(cast.officer, cast.task)
    cast.task.officers = [cast.colleague]
    db.session.commit()

    assert only(cast.officer).is_own


@pytest.mark.parametrize("how_many", [1, 25])
def test_the_list_costs_the_same_for_one_and_for_many(cast: Cast, how_many: int) -> None:
    version = a_report(cast.task, cast.officer).versions[0]
    for number in range(how_many):
        told(cast.officer, cast.task, NOW - number * HOUR, NoticeKind.APPROVED, version)
    reader = with_nothing_loaded(cast.officer)

    with counted_statements() as statements:
        for entry in inbox_page(reader, 1).entries:
            assert (entry.task is not None, entry.decision, entry.version is not None) == (True, None, True)

    assert len(statements) == 5, "\n".join(statements)


def test_the_frame_costs_one_statement(cast: Cast) -> None:
    told(cast.officer, cast.task)
    reader = with_nothing_loaded(cast.officer)

    with counted_statements() as statements:
        around = around_the_page(reader)

    assert (len(statements), around.unread, list(around.years.planned)) == (1, 1, [2567])
