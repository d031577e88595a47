"""How long a session holds, and how long to wait after wrong passwords."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ita_flow.domain.sessions import has_ended, new_token, token_hash, wait_after

NOON = datetime(2024, 3, 18, 5, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "idle", "is_remembered", "ended"),
    [
        (HOUR, 29 * MINUTE, False, False),
        (HOUR, 30 * MINUTE, False, True),
        (12 * HOUR - MINUTE, MINUTE, False, False),
        (12 * HOUR, MINUTE, False, True),
        (29 * DAY, 20 * DAY, True, False),
        (30 * DAY, MINUTE, True, True),
    ],
)
def test_a_session_ends_by_idleness_and_by_age(
    age: timedelta, idle: timedelta, is_remembered: bool, ended: bool
) -> None:
    assert has_ended(NOON - age, NOON - idle, NOON, is_remembered=is_remembered) == ended


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(tries) // MINUTE for tries in (0, 4, 5, 6, 7, 8, 9, 10, 1000)]

    assert waits == [0, 0, 1, 2, 4, 8, 15, 15, 15]


def test_a_token_is_never_kept_itself() -> None:
    token = new_token()

    assert len(token) >= 43
    assert token not in token_hash(token)
    assert token_hash(token) == token_hash(token) != token_hash(new_token())
