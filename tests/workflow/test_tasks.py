"""Officers are named for a task, and only those of the same agency."""

from __future__ import annotations

import pytest

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid
from ita_flow.workflow.tasks import assign
from tests.factories import NOW, Cast
from tests.record import events_about


def test_the_officers_of_a_task_are_replaced_and_recorded(cast: Cast) -> None:
    with transaction():
        assign(cast.task, [cast.colleague, cast.officer], actor=cast.coordinator, at=NOW)

    assert {officer.id for officer in cast.task.officers} == {cast.colleague.id, cast.officer.id}
    [event] = events_about(f"task:{cast.task.id}")
    assert (event["action"], event["actor"]) == ("task.assigned", f"user:{cast.coordinator.id}")
    assert event["before"] == {"officers": [cast.officer.id]}
    assert event["after"] == {"officers": [cast.colleague.id, cast.officer.id]}


def test_nobody_may_be_left(cast: Cast) -> None:
    with transaction():
        assign(cast.task, [], actor=cast.coordinator, at=NOW)

    assert cast.task.officers == []


def test_naming_the_same_officers_again_is_not_recorded(cast: Cast) -> None:
    with transaction():
        assign(cast.task, [cast.officer], actor=cast.coordinator, at=NOW)

    assert events_about(f"task:{cast.task.id}") == []


def test_nobody_is_named_who_is_no_officer(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        assign(cast.task, [cast.officer, cast.head], actor=cast.coordinator, at=NOW)

    assert (refused.value.key, refused.value.values["name"]) == ("assignment_not_an_officer", cast.head.name)
    assert cast.task.officers == [cast.officer]


def test_an_officer_of_another_agency_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        assign(cast.task, [cast.officer, cast.stranger], actor=cast.coordinator, at=NOW)

    assert refused.value.key == "officer_of_another_agency"
    assert cast.task.officers == [cast.officer]
    assert events_about(f"task:{cast.task.id}") == []
