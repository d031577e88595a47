"""Several at once: planning and sending in threads that start together."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.extensions import db
from ita_flow.mail.delivery import deliver
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Agency
from ita_flow.models.reminders import Reminder
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import Cast, a_plan, a_task, one_commit, reminder_rules
from tests.letterbox import Letterbox
from tests.mail.conftest import FRIDAY, MORNING

AT_ONCE = 6


@pytest.fixture
def busy_office(cast: Cast) -> Cast:
    """Three officers, each with several tasks that are due."""
    with one_commit():
        reminder_rules(cast.agency)
        for measure in a_plan(cast.agency, year=2566, measures=5).measures:
            officers = [cast.officer, cast.colleague, cast.other_officer]
            a_task(measure, section=cast.section, officers=officers, due_on=FRIDAY)
    return cast


def test_six_that_plan_and_send_at_once_send_each_mail_once(
    app: Flask, busy_office: Cast, letterbox: Letterbox
) -> None:
    agency_id, emails = busy_office.agency.id, _emails(busy_office)
    db.session.commit()
    together, failures = Barrier(AT_ONCE), list[BaseException]()

    def plan_and_send() -> None:
        with app.app_context():
            together.wait()
            try:
                with transaction():
                    plan_reminders(db.session.get_one(Agency, agency_id), FRIDAY, at=MORNING, now=MORNING)
                deliver(SmtpCarrier(SmtpAddress.read(letterbox.url)), now=lambda: MORNING, at=lambda: MORNING)
            except BaseException as error:
                failures.append(error)

    _run_all(plan_and_send)

    assert failures == []
    assert letterbox.recipients == emails
    assert len(list(db.session.scalars(sa.select(Reminder).where(Reminder.message_id.is_not(None))))) == 16
    assert len(list(db.session.scalars(sa.select(AuditEvent)))) == 1
    assert not list(broken_chains())


def _emails(office: Cast) -> list[str]:
    return sorted(officer.email for officer in (office.officer, office.colleague, office.other_officer))


def _run_all(target: Callable[[], None]) -> None:
    threads = [Thread(target=target) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
