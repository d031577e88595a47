"""How long the races and storms are: short in CI, long by ``--long``."""

from __future__ import annotations

import pytest

from tests.faults import racing


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return racing.LONG_ROUNDS if request.config.getoption("--long") else racing.ROUNDS
