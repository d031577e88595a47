"""Asking after what is late: one mail a person, nobody twice a day, and what changed meanwhile is told."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.chasing import LONGEST_NOTE, WhyLeftOut
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.chase import to_chase
from ita_flow.workflow import chasing
from ita_flow.workflow.chasing import Chased
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.record import events_about

YEAR = 2567


def seen_by(person: User) -> dict[int, str]:
    return {row.task.id: row.seen for row in to_chase(person, YEAR, TODAY).rows}


def ask(seen: dict[int, str], actor: User, note: str = "") -> Chased:
    with transaction():
        return chasing.chase(seen, YEAR, note, actor=actor, at=NOW)


def chases() -> list[Chase]:
    return list(db.session.scalars(sa.select(Chase).order_by(Chase.id)))


def mails() -> list[OutboxMessage]:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.kind == MessageKind.CHASE).order_by(OutboxMessage.id)
    return list(db.session.scalars(chosen))


def test_each_person_gets_one_mail_about_all_that_was_chosen(cast: Cast) -> None:
    late = a_task(section=cast.section, officers=[cast.officer], due_on=TODAY - timedelta(days=2))

    done = ask(seen_by(cast.coordinator), cast.coordinator)

    assert not done.left_out
    assert {mail.recipient.email for mail in mails()} == {cast.officer.email, cast.other_officer.email}
    assert len(mails()) == 2
    of_the_officer = [chase for chase in chases() if chase.recipient_id == cast.officer.id]
    assert {chase.task_id for chase in of_the_officer} == {late.id, cast.task.id}
    assert len({chase.message_id for chase in of_the_officer}) == 1


def test_the_mail_may_leave_at_once(cast: Cast) -> None:
    ask(seen_by(cast.coordinator), cast.coordinator)

    assert {mail.next_attempt_at for mail in mails()} == {NOW}


def test_it_stands_in_the_record_with_what_was_added(cast: Cast) -> None:
    seen = seen_by(cast.coordinator)

    ask({cast.task.id: seen[cast.task.id]}, cast.coordinator, "  ขอผลก่อนวันศุกร์ ")

    (event,) = [one for one in events_about(f"task:{cast.task.id}") if one["action"] == "task.chased"]
    assert event["actor"] == f"user:{cast.coordinator.id}"
    assert event["after"]["recipients"] == [cast.officer.id]
    assert event["after"]["comment"] == "ขอผลก่อนวันศุกร์"


def test_whom_somebody_asked_today_is_not_asked_again(cast: Cast) -> None:
    seen = seen_by(cast.coordinator)
    ask(seen, cast.coordinator)

    done = ask(seen, cast.coordinator)

    assert set(done.left_out.values()) == {WhyLeftOut.ASKED}
    assert (len(done.messages), len(mails())) == (0, 2)


def test_what_changed_since_the_page_was_seen_is_left_out_and_the_rest_goes_through(cast: Cast) -> None:
    late = a_task(section=cast.section, officers=[cast.colleague], due_on=TODAY - timedelta(days=2))
    seen = seen_by(cast.coordinator)
    a_report(cast.task, cast.officer)
    late.officers = [cast.officer]
    db.session.commit()

    done = ask(seen, cast.coordinator)

    assert done.left_out == {cast.task.id: WhyLeftOut.GONE, late.id: WhyLeftOut.CHANGED}
    assert [chase.task_id for chase in chases()] == [cast.other_task.id]


def test_a_task_of_another_agency_is_as_if_it_were_none(cast: Cast) -> None:
    task = cast.task

    done = ask({task.id: seen_by(cast.coordinator)[task.id]}, cast.stranger)

    assert done.left_out == {task.id: WhyLeftOut.GONE}
    assert chases() == []


def test_a_task_that_is_done_is_left_out(cast: Cast) -> None:
    done_task = a_task(section=cast.section, officers=[cast.officer], work_status=WorkStatus.DONE)

    assert ask({done_task.id: f"{done_task.id}-0"}, cast.coordinator).left_out == {done_task.id: WhyLeftOut.GONE}


def test_where_nobody_is_responsible_nobody_is_written_to(cast: Cast) -> None:
    for person in (cast.other_officer, cast.other_head, cast.other_director):
        person.is_active = False
    seen = seen_by(cast.coordinator)
    db.session.commit()

    done = ask({cast.other_task.id: seen[cast.other_task.id]}, cast.coordinator)

    assert done.left_out == {cast.other_task.id: WhyLeftOut.NOBODY}


@pytest.mark.parametrize(
    ("count", "note", "key"), [(0, "", "chase_nothing_chosen"), (1, "ก" * (LONGEST_NOTE + 1), "chase_note_too_long")]
)
def test_what_cannot_be_asked_is_refused(cast: Cast, count: int, note: str, key: str) -> None:
    seen = dict(list(seen_by(cast.coordinator).items())[:count])

    with pytest.raises(Invalid, match=key):
        ask(seen, cast.coordinator, note)

    assert chases() == []


def test_of_two_who_ask_at_once_each_person_hears_once(app: Flask, cast: Cast) -> None:
    seen, line, actor = seen_by(cast.coordinator), Barrier(2, timeout=20), cast.coordinator.id
    db.session.rollback()
    left_out: list[WhyLeftOut] = []

    def race() -> None:
        with app.app_context():
            line.wait()
            with transaction():
                done = chasing.chase(seen, YEAR, "", actor=db.session.get_one(User, actor), at=NOW)
            left_out.extend(done.left_out.values())
            db.session.remove()

    racers = [Thread(target=race) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert left_out == [WhyLeftOut.ASKED, WhyLeftOut.ASKED]
    assert len(mails()) == len(chases()) == 2
