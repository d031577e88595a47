"""Choosing which mails come less often: kept, recorded, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.notices import Frequency, MailOption
from ita_flow.domain.reminders import Outcome, Rule, Trigger, WhyNot
from ita_flow.extensions import db
from ita_flow.models.reminders import MailChoice
from ita_flow.queries.mail_choices import declined_by
from ita_flow.queries.reminders import due_on
from ita_flow.workflow.mail_choices import choose_mails
from tests.factories import NOW, TODAY, Cast, reminder_rules
from tests.record import events_about

AWAITING, WEEKLY, WINDOW = MailOption.AWAITING, MailOption.WEEKLY, MailOption.WINDOW


def choose(cast: Cast, less: Collection[MailOption], usual: Collection[MailOption] = ()) -> None:
    with transaction():
        choose_mails(cast.director, less, usual, at=NOW)


def told(cast: Cast) -> list[tuple[list[str], list[str]]]:
    """What the record says was chosen before and afterwards, each time."""
    events = events_about(f"user:{cast.director.id}")
    return [(one["before"]["fewer_mails"], one["after"]["fewer_mails"]) for one in events]


def test_what_is_chosen_is_kept_with_how_often_it_comes(cast: Cast) -> None:
    choose(cast, {AWAITING, WEEKLY})

    kept = {one.option: one.frequency for one in db.session.scalars(sa.select(MailChoice))}
    assert kept == {AWAITING: Frequency.WEEKLY, WEEKLY: Frequency.OFF}
    assert told(cast) == [([], ["awaiting", "weekly"])]


def test_what_is_taken_up_again_comes_as_usual(cast: Cast) -> None:
    choose(cast, {AWAITING, WEEKLY})

    choose(cast, {AWAITING}, {WEEKLY})

    assert declined_by(cast.director) == {AWAITING}
    assert told(cast)[-1] == (["awaiting", "weekly"], ["awaiting"])


@pytest.mark.parametrize("again", [({WEEKLY}, {AWAITING}), ({WEEKLY}, set()), (set(), {AWAITING})])
def test_what_changes_nothing_leaves_no_trace(cast: Cast, again: tuple[set[MailOption], set[MailOption]]) -> None:
    choose(cast, {WEEKLY})

    choose(cast, *again)

    assert declined_by(cast.director) == {WEEKLY}
    assert len(told(cast)) == 1


def test_kinds_that_were_not_asked_about_stay_as_they_were(cast: Cast) -> None:
    choose(cast, {WINDOW})

    choose(cast, {WEEKLY}, {AWAITING})

    assert declined_by(cast.director) == {WINDOW, WEEKLY}


def test_what_others_chose_stays(cast: Cast) -> None:
    choose(cast, {WEEKLY})
    with transaction():
        choose_mails(cast.coordinator, {WEEKLY}, set(), at=NOW)

    choose(cast, set(), {WEEKLY})

    assert declined_by(cast.coordinator) == {WEEKLY}


def test_who_declined_the_summary_of_the_week_gets_none(cast: Cast) -> None:
    reminder_rules(cast.agency, Rule(Trigger.WEEKLY))
    choose(cast, {WEEKLY})

    (line,) = due_on(cast.agency, TODAY)[cast.director]

    assert (line.outcome, line.why_not) == (Outcome.SUPPRESSED, WhyNot.DECLINED)
