"""Somebody moves: the open tasks go to colleagues all at once, with their drafts, and the history is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Incomplete, NotPermitted
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.hand_overs import open_tasks
from ita_flow.workflow.audit import break_in_chain
from ita_flow.workflow.hand_overs import Passing, TasksChanged, hand_over, stamp
from ita_flow.workflow.progress_reports import may_report
from tests.factories import NOW, TODAY, Cast, a_membership, a_report, a_task, a_user, an_acting_order, one_commit
from tests.factories.plans import set_status
from tests.record import events_about

FRIDAY = date(2024, 3, 22)


def passing(task: Task, to: User | None, person: User) -> Passing:
    """What the page would send of this task as it stands."""
    found = next(one for one in open_tasks(person, TODAY) if one.id == task.id)
    return Passing(task.id, stamp(found), to.id if to else None)


def give(cast: Cast, *passings: Passing, by: User | None = None, on: date = TODAY, ending: Sequence[int] = ()) -> int:
    with transaction():
        return hand_over(cast.officer, passings, on=on, ending=ending, actor=by or cast.director, at=NOW, today=TODAY)


def problems(cast: Cast, *passings: Passing, by: User | None = None, on: date = TODAY) -> list[tuple[str, str | None]]:
    with pytest.raises(Incomplete) as refused:
        give(cast, *passings, by=by, on=on)
    return [(problem.key, problem.field) for problem in refused.value.problems]


def changes(cast: Cast, *passings: Passing, by: User | None = None) -> list[str]:
    with pytest.raises(TasksChanged) as refused:
        give(cast, *passings, by=by)
    return [problem.key for problem in refused.value.problems]


def names(task: Task) -> set[str]:
    return {officer.email for officer in task.officers}


def test_a_task_goes_to_a_colleague_and_its_history_is_kept(cast: Cast) -> None:
    moved = give(cast, passing(cast.task, cast.colleague, cast.officer), on=FRIDAY)

    assert moved == 1
    assert cast.task.officers == [cast.colleague]
    [told] = events_about(f"task:{cast.task.id}")
    assert (told["action"], told["actor"]) == ("task.assigned", f"user:{cast.director.id}")
    assert (told["before"], told["after"]) == ({"officers": [cast.officer.id]}, {"officers": [cast.colleague.id]})
    [summed_up] = events_about(f"user:{cast.officer.id}")
    assert summed_up["action"] == "person.handed_over"
    assert summed_up["after"] == {"handed_measures": [2], "successors": [cast.colleague.id], "on": "2024-03-22"}
    assert break_in_chain(cast.agency.id) is None


def test_who_takes_over_is_told_as_of_any_assignment(cast: Cast) -> None:
    give(cast, passing(cast.task, cast.colleague, cast.officer))

    told = db.session.execute(sa.select(Notice.kind, Notice.recipient_id).where(Notice.task_id == cast.task.id)).all()
    assert (NoticeKind.ASSIGNED, cast.colleague.id) in told
    assert cast.officer.id not in [recipient for _kind, recipient in told]


def test_a_draft_stays_with_its_task_and_goes_on_in_other_hands(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, state=ReportState.DRAFT, text="ร่างที่เขียนค้างไว้")
    newcomer = a_user(cast.agency, role=Role.OFFICER, unit=cast.division)

    give(cast, passing(cast.task, newcomer, cast.officer))

    assert may_report(cast.task, newcomer, NOW)
    kept = db.session.get_one(ProgressReport, report.id)
    assert (kept.text, kept.state, kept.authors) == ("ร่างที่เขียนค้างไว้", ReportState.DRAFT, [cast.officer])


def test_each_task_may_go_to_somebody_else_or_stay(cast: Cast) -> None:
    third = a_user(cast.agency, role=Role.OFFICER, unit=cast.section)
    with one_commit():
        other, staying = (a_task(section=cast.section, officers=[cast.officer]) for _ in range(2))

    moved = give(
        cast,
        passing(cast.task, cast.colleague, cast.officer),
        passing(other, third, cast.officer),
        passing(staying, None, cast.officer),
    )

    assert moved == 2
    assert [names(task) for task in (cast.task, other, staying)] == [
        {cast.colleague.email},
        {third.email},
        {cast.officer.email},
    ]


def test_who_does_the_task_too_goes_on_with_it(cast: Cast) -> None:
    cast.task.officers = [cast.officer, cast.other_officer]
    db.session.commit()

    give(cast, passing(cast.task, cast.other_officer, cast.officer))

    assert cast.task.officers == [cast.other_officer]


def test_other_officers_of_the_task_stay(cast: Cast) -> None:
    third = a_user(cast.agency, role=Role.OFFICER, unit=cast.section)
    cast.task.officers = [cast.officer, third]
    db.session.commit()

    give(cast, passing(cast.task, cast.colleague, cast.officer))

    assert names(cast.task) == {third.email, cast.colleague.email}


def test_only_officers_take_over(cast: Cast) -> None:
    assert problems(cast, passing(cast.task, cast.head, cast.officer)) == [
        ("hand_over_successor_unfit", f"to-{cast.task.id}")
    ]
    assert problems(cast, passing(cast.task, cast.stranger, cast.officer), by=cast.coordinator)
    assert cast.task.officers == [cast.officer]


def test_a_director_chooses_within_the_division_and_a_coordinator_everywhere(cast: Cast) -> None:
    wish = passing(cast.task, cast.other_officer, cast.officer)

    assert problems(cast, wish) == [("hand_over_successor_unfit", f"to-{cast.task.id}")]
    assert give(cast, wish, by=cast.coordinator) == 1
    assert cast.task.officers == [cast.other_officer]


def test_a_director_hands_over_for_their_own_division_only(cast: Cast) -> None:
    wish = passing(cast.task, cast.colleague, cast.officer)

    for stranger in (cast.other_director, cast.other_head, cast.colleague):
        with pytest.raises(NotPermitted):
            give(cast, wish, by=stranger)

    assert cast.task.officers == [cast.officer]


def test_whoever_acts_as_director_may_do_it_too(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director)

    assert give(cast, passing(cast.task, cast.colleague, cast.officer), by=cast.other_head) == 1


def test_tasks_of_another_division_are_left_to_its_director(cast: Cast) -> None:
    theirs = a_task(section=cast.other_section, officers=[cast.officer])

    assert give(cast, passing(cast.task, cast.colleague, cast.officer)) == 1
    with pytest.raises(NotPermitted):
        give(cast, passing(theirs, cast.other_officer, cast.officer))

    assert theirs.officers == [cast.officer]


def test_a_task_that_was_submitted_meanwhile_is_told_and_nothing_moves(cast: Cast) -> None:
    other = a_task(section=cast.section, officers=[cast.officer])
    wishes = [passing(task, cast.colleague, cast.officer) for task in (cast.task, other)]
    a_report(cast.task, cast.officer)

    assert changes(cast, *wishes) == ["hand_over_task_changed"]
    assert cast.task.officers == other.officers == [cast.officer]
    assert events_about(f"user:{cast.officer.id}") == []


def test_a_task_that_was_done_or_given_to_others_meanwhile_is_told(cast: Cast) -> None:
    done, given = (a_task(section=cast.section, officers=[cast.officer]) for _ in range(2))
    wishes = [passing(task, cast.colleague, cast.officer) for task in (cast.task, done, given)]
    set_status(done, WorkStatus.DONE, NOW)
    given.officers = [cast.other_officer]
    db.session.commit()

    assert changes(cast, *wishes) == ["hand_over_task_gone", "hand_over_task_gone"]


def test_a_task_that_came_meanwhile_is_told(cast: Cast) -> None:
    wish = passing(cast.task, cast.colleague, cast.officer)
    a_task(section=cast.section, officers=[cast.officer])

    assert changes(cast, wish) == ["hand_over_task_came"]


def test_tasks_that_are_not_the_persons_own_are_never_touched(cast: Cast) -> None:
    own = passing(cast.task, cast.colleague, cast.officer)
    strange = [Passing(task.id, own.seen, cast.colleague.id) for task in (cast.strange_task, cast.other_task)]

    assert changes(cast, own, *strange, by=cast.coordinator) == ["hand_over_task_gone", "hand_over_task_gone"]


def test_doing_it_again_changes_nothing(cast: Cast) -> None:
    wish = passing(cast.task, cast.colleague, cast.officer)
    give(cast, wish)

    assert give(cast, wish) == 0
    assert len(events_about(f"task:{cast.task.id}")) == len(events_about(f"user:{cast.officer.id}")) == 1


def test_posts_end_on_the_day_of_moving(cast: Cast) -> None:
    post, wish = cast.officer.memberships[0], passing(cast.task, cast.colleague, cast.officer)

    give(cast, wish, by=cast.coordinator, on=FRIDAY, ending=[post.id])

    assert cast.officer.memberships[0].ends_on == FRIDAY
    actions = [event["action"] for event in events_about(f"user:{cast.officer.id}")]
    assert actions == ["person.post_changed", "person.handed_over"]


def test_a_post_that_ends_sooner_is_left_alone(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = TODAY
    db.session.commit()

    give(cast, by_nothing(cast), by=cast.coordinator, on=FRIDAY, ending=[cast.officer.memberships[0].id])

    assert cast.officer.memberships[0].ends_on == TODAY


def by_nothing(cast: Cast) -> Passing:
    """The officer's only task stays."""
    return passing(cast.task, None, cast.officer)


def test_a_director_ends_no_posts(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        give(cast, by_nothing(cast), ending=[cast.officer.memberships[0].id])


def test_posts_of_others_are_never_ended(cast: Cast) -> None:
    give(cast, by_nothing(cast), by=cast.coordinator, ending=[cast.colleague.memberships[0].id])

    assert cast.colleague.memberships[0].ends_on is None


def test_a_day_before_the_post_began_is_refused(cast: Cast) -> None:
    later = a_membership(cast.officer, role=Role.OFFICER, unit=cast.division, starts_on=FRIDAY)

    with pytest.raises(Incomplete) as refused:
        give(cast, by_nothing(cast), by=cast.coordinator, ending=[later.id])

    assert [problem.field for problem in refused.value.problems] == [f"post-{later.id}"]


def test_a_day_that_nobody_can_have_meant_is_refused(cast: Cast) -> None:
    for day in (TODAY + timedelta(days=367), TODAY - timedelta(days=367)):
        assert problems(cast, by_nothing(cast), on=day) == [("hand_over_day_far", "on")]
