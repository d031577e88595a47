"""How long the races and storms are: short in CI, long by ``--long``."""

from __future__ import annotations

import pytest

from tests.faults import racing

KILLS, LONG_KILLS = 4, 500
STOPS, LONG_STOPS = 2, 8


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return racing.LONG_ROUNDS if request.config.getoption("--long") else racing.ROUNDS


@pytest.fixture
def fewer_rounds(rounds: int) -> int:
    """For the races that stand beside the six great ones."""
    return rounds // 10


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return LONG_KILLS if request.config.getoption("--long") else KILLS


@pytest.fixture
def stops(request: pytest.FixtureRequest) -> int:
    return LONG_STOPS if request.config.getoption("--long") else STOPS
