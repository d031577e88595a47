"""``ita-flow task list``: the tasks of a year with their unit, officers, days and state."""

from __future__ import annotations

import pytest

from tests.cli.command import Command
from tests.factories import Cast
from tests.year import in_march

YEAR = ("task", "list", "--year", "2567", "--agency", "example")


@pytest.mark.usefixtures("today")
def test_the_list_tells_all_about_a_task(command: Command, cast: Cast) -> None:
    tasks = command(*YEAR, "--json").json

    assert tasks[0] == {
        "id": cast.task.id,
        "measure": cast.task.measure.number,
        "area": cast.task.measure.area,
        "title": cast.task.measure.title,
        "division": cast.division.name,
        "section": cast.section.name,
        "officers": [cast.officer.email],
        "steps": [step.text for step in cast.task.steps],
        "window": "first_half",
        "due_on": "2024-03-31",
        "last_working_day": "2024-03-29",
        "state": "not_started",
        "deadline": "due_soon",
        "percent": 0,
    }


@pytest.mark.usefixtures("today")
def test_states_are_those_of_the_day(command: Command, cast: Cast) -> None:
    in_march(cast)

    states = {task["measure"]: task["state"] for task in command(*YEAR, "--json").json}

    assert (states[1], states[3], states[6], states[7]) == ("done", "submitted", "done", "not_started")


@pytest.mark.usefixtures("today")
def test_another_agency_sees_its_own(command: Command, cast: Cast) -> None:
    code = cast.stranger.agency.code

    tasks = command("task", "list", "--year", "2567", "--agency", code, "--json").json

    assert [task["id"] for task in tasks] == [cast.strange_task.id]


@pytest.mark.usefixtures("today", "cast")
def test_a_year_without_tasks_is_an_empty_list(command: Command) -> None:
    empty = ("task", "list", "--year", "2560", "--agency", "example")

    assert command(*empty, "--json").json == []
    assert command(*empty).out == "ยังไม่มีงานในปีนี้\n"


@pytest.mark.usefixtures("today")
def test_a_person_reads_a_line_a_task(command: Command, cast: Cast) -> None:
    line = command(*YEAR).out.splitlines()[0]

    assert line.startswith(f"{cast.task.measure.number}. {cast.task.measure.title} · {cast.section.name} ")
    assert line.endswith("· ยังไม่เริ่ม")
