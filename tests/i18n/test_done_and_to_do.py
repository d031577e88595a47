"""English tells apart what Thai says with one word, and sets commas where Thai leaves a space."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import gettext as _

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.languages import Language
from ita_flow.domain.reminders import Capacity
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.i18n import NO_BREAK, speaking
from ita_flow.wording.activity import deed_words
from ita_flow.wording.daily_mail import as_what_words
from ita_flow.wording.labels import AWAITED, DECIDED, deadline_words, label_of


@pytest.mark.parametrize("verb", Verb)
def test_a_decision_that_was_made_is_no_button(plain_app: Flask, verb: Verb) -> None:
    with speaking(Language.ENGLISH):
        assert len({label_of(verb), str(DECIDED[verb]), str(AWAITED[verb])}) == 3
    with speaking(Language.THAI):
        assert {label_of(verb), str(DECIDED[verb]), str(AWAITED[verb])} == {label_of(verb)}


def test_a_task_that_was_cancelled_is_no_button(plain_app: Flask) -> None:
    with speaking(Language.ENGLISH):
        assert label_of(TaskState.CANCELLED) != _("ยกเลิก")
    with speaking(Language.THAI):
        assert label_of(TaskState.CANCELLED) == _("ยกเลิก")


def test_a_deed_of_the_record_is_no_button(plain_app: Flask) -> None:
    with speaking(Language.ENGLISH):
        assert deed_words("assessment.saved", {}) != _("บันทึกผลการประเมิน")


@pytest.mark.parametrize(("days", "said"), [(1, "Overdue by 1 day"), (3, "Overdue by 3 days")])
def test_days_past_a_due_date_are_counted(plain_app: Flask, days: int, said: str) -> None:
    with speaking(Language.ENGLISH):
        assert deadline_words(DeadlineState.OVERDUE, days).replace(NO_BREAK, " ") == said


def test_three_reasons_for_a_mail_stand_apart(plain_app: Flask) -> None:
    with speaking(Language.ENGLISH):
        told = as_what_words([Capacity.OFFICER, Capacity.DECIDER, Capacity.COORDINATOR])

    assert told == "you are responsible for a measure, you are an approver and you are an ITA coordinator"
