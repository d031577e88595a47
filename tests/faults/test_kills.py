"""The server is killed in the middle of its work: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import random
import time

import pytest
from flask import Flask

from ita_flow.config import Settings
from ita_flow.extensions import db
from tests.factories import Cast
from tests.faults import storm as storms
from tests.faults.reckoning import reckoned
from tests.served import Server, served

pytestmark = [pytest.mark.faults]

SEED = 2567


def kill_again_and_again(server: Server, times: int, storm: storms.Storm) -> None:
    """Every other kill comes when work goes on as usual, the rest right after a start."""
    chance = random.Random(SEED)
    for number in range(times):
        storm.stock()
        if number % 2:
            storm.wait_for_more()
        time.sleep(chance.uniform(0.05, 0.5))
        server.kill()
        server.start()
    storm.wait_for_more()


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(
    app: Flask, settings: Settings, cast: Cast, kills: int
) -> None:
    began = time.monotonic()

    with served(settings) as server, storms.storming(cast, server) as storm:
        kill_again_and_again(server, kills, storm)

    end = reckoned(storm)
    seconds = time.monotonic() - began
    print(f"\n{db.engine.dialect.name}: {kills} kills, {end}, {seconds:.0f} s, answers {dict(storm.statuses)}")  # noqa: T201
    assert storm.unexpected == []
    assert storm.statuses[500] == 0
    assert end.acknowledged >= 5 * (kills // 2)
    assert (end.lost, end.duplicates) == (0, 0)
