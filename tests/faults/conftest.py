"""How long the races and storms are: short in CI, long by ``--long``."""

from __future__ import annotations

import pytest

from tests.faults import racing

KILLS, LONG_KILLS = 4, 500
STOPS, LONG_STOPS = 2, 8
MAILS, LONG_MAILS = 120, 1500
LETTERS, LONG_LETTERS = 100, 300
SENDER_KILLS, LONG_SENDER_KILLS = 5, 20


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return racing.LONG_ROUNDS if request.config.getoption("--long") else racing.ROUNDS


@pytest.fixture
def fewer_rounds(rounds: int) -> int:
    """For the races that stand beside the six great ones."""
    return rounds // 6


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return LONG_KILLS if request.config.getoption("--long") else KILLS


@pytest.fixture
def stops(request: pytest.FixtureRequest) -> int:
    return LONG_STOPS if request.config.getoption("--long") else STOPS


@pytest.fixture
def mails(request: pytest.FixtureRequest) -> int:
    return LONG_MAILS if request.config.getoption("--long") else MAILS


@pytest.fixture
def letters(request: pytest.FixtureRequest) -> int:
    """How many a bad server gets."""
    return LONG_LETTERS if request.config.getoption("--long") else LETTERS


@pytest.fixture
def sender_kills(request: pytest.FixtureRequest) -> int:
    return LONG_SENDER_KILLS if request.config.getoption("--long") else SENDER_KILLS
