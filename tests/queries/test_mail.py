"""Whom no mail reaches: until the address changes, or a mail arrives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.extensions import db
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.queries.mail import failing_addresses
from ita_flow.queries.operations import signs_of_life
from ita_flow.queries.people import all_people
from tests.factories import NOW, TODAY, Cast, a_mail

LATER = NOW + timedelta(days=1)


@pytest.fixture
def refused(cast: Cast) -> OutboxMessage:
    """A mail to the officer whom nobody knows at that address."""
    return a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED)


def failing(cast: Cast) -> list[int]:
    """The people whom no mail reaches, as the list, the flag and the number say alike."""
    listed = [message.recipient_id for message in failing_addresses(cast.agency)]
    flagged = [row.user.id for row in all_people(cast.agency.id, TODAY) if row.refused]
    assert sorted(flagged) == sorted(listed)
    assert signs_of_life(cast.agency.id).failing == len(listed)
    return listed


def test_an_address_that_refused_the_last_mail_is_failing(cast: Cast, refused: OutboxMessage) -> None:
    a_mail(cast.officer, MessageState.SENT, at=NOW - timedelta(days=1))

    assert failing(cast) == [cast.officer.id]
    assert failing_addresses(cast.stranger.agency) == []


@pytest.mark.usefixtures("refused")
def test_it_ends_when_a_mail_arrives(cast: Cast) -> None:
    a_mail(cast.officer, MessageState.SENT, at=LATER)

    assert failing(cast) == []


@pytest.mark.usefixtures("refused")
def test_it_ends_when_the_address_changes(cast: Cast) -> None:
    cast.officer.email = "better@example.go.th"
    db.session.commit()

    assert failing(cast) == []


@pytest.mark.usefixtures("refused")
def test_a_person_who_left_is_nobodys_worry(cast: Cast) -> None:
    cast.officer.is_active = False
    db.session.commit()

    assert failing(cast) == []


@pytest.mark.usefixtures("refused")
def test_several_refusals_are_one_person(cast: Cast) -> None:
    newest = a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED, at=LATER)

    assert failing(cast) == [cast.officer.id]
    assert failing_addresses(cast.agency) == [newest]


def test_it_stands_while_the_mail_is_tried_again(cast: Cast, refused: OutboxMessage) -> None:
    refused.state = MessageState.PENDING
    db.session.commit()

    assert failing(cast) == [cast.officer.id]


def test_a_server_that_asks_for_patience_says_nothing_about_the_address(cast: Cast) -> None:
    a_mail(cast.officer, MessageState.DEAD, Failure.TRY_LATER)
    a_mail(cast.colleague, MessageState.PENDING, Failure.UNREACHABLE)

    assert failing(cast) == []
