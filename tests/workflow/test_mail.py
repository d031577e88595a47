"""Sending again what was given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.mail.delivery import Delivery, deliver
from ita_flow.mail.outbox import GIVEN_UP_AFTER
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.queries.mail import failing_addresses
from ita_flow.workflow.mail import send_again
from tests.factories import NOW, Cast, a_mail
from tests.letterbox import Letterbox

LATER = NOW + timedelta(days=30)


@pytest.fixture
def dead(cast: Cast) -> OutboxMessage:
    """A mail to the officer, refused a month ago."""
    return a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED, attempts=9)


def offer_again(message: OutboxMessage, cast: Cast) -> None:
    message_id, actor_id = message.id, cast.coordinator.id
    with transaction():
        actor = db.session.get_one(type(cast.coordinator), actor_id)
        send_again(db.session.get_one(OutboxMessage, message_id), actor=actor, at=LATER, now=LATER)


def deliver_later(letterbox: Letterbox, **wait: float) -> Delivery:
    now = LATER + timedelta(**wait)
    return deliver(SmtpCarrier(SmtpAddress.read(letterbox.url)), now=lambda: now, at=lambda: now)


def test_it_goes_under_its_old_number_to_the_address_of_today(
    cast: Cast, dead: OutboxMessage, letterbox: Letterbox
) -> None:
    cast.officer.email = "better@example.go.th"
    db.session.commit()

    offer_again(dead, cast)

    assert deliver_later(letterbox) == Delivery(sent=1)
    assert letterbox.recipients == ["better@example.go.th"]
    assert letterbox.letters[0]["Message-ID"] == dead.message_id
    assert (dead.state, dead.failure, dead.last_error) == (MessageState.SENT, None, None)


def test_the_address_is_failing_until_it_has_arrived(cast: Cast, dead: OutboxMessage, letterbox: Letterbox) -> None:
    offer_again(dead, cast)
    assert failing_addresses(cast.agency) == [dead]

    deliver_later(letterbox)

    assert failing_addresses(cast.agency) == []


def test_its_fourteen_days_begin_anew(cast: Cast, dead: OutboxMessage, letterbox: Letterbox) -> None:
    offer_again(dead, cast)
    letterbox.answers_to_recipient = ["451 try again"] * 2

    assert deliver_later(letterbox) == Delivery(delayed=1)
    assert dead.next_attempt_at - LATER < timedelta(minutes=2)
    assert deliver_later(letterbox, days=GIVEN_UP_AFTER.days) == Delivery(dead=1)
    assert dead.failure is Failure.TRY_LATER


@pytest.mark.parametrize("state", [MessageState.PENDING, MessageState.SENT, MessageState.DROPPED])
def test_only_what_was_given_up_is_sent_again(cast: Cast, state: MessageState) -> None:
    message = a_mail(cast.officer, state)

    with pytest.raises(Invalid, match="mail_is_not_given_up"):
        offer_again(message, cast)


def test_what_is_no_longer_true_is_not_sent_again(cast: Cast, dead: OutboxMessage) -> None:
    cast.officer.is_active = False
    db.session.commit()

    with pytest.raises(Invalid, match="mail_is_no_longer_true"):
        offer_again(dead, cast)
    assert dead.state is MessageState.DEAD


def test_an_address_that_is_none_has_to_be_mended_first(cast: Cast, dead: OutboxMessage) -> None:
    cast.officer.email = "nobody at all"
    db.session.commit()

    with pytest.raises(Invalid, match="mail_address_unfit"):
        offer_again(dead, cast)
