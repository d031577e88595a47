"""PostgreSQL stops in the middle of everything: nobody is told of a success that was none, and work goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_flow.config import Settings
from tests import postgres
from tests.conftest import an_app
from tests.databases import migrate
from tests.factories import Cast, a_cast
from tests.faults.reckoning import reckoned
from tests.faults.storm import Storm, storming
from tests.served import served

pytestmark = [
    pytest.mark.faults,
    pytest.mark.postgres,
    pytest.mark.skipif(postgres.folder_of_programs() is None, reason="stops a PostgreSQL that the tests started"),
]

SEED = 2567


@pytest.fixture
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL of this test's own, which commits as surely as an office's does."""
    with postgres.a_cluster() as cluster:
        yield cluster


@pytest.fixture
def settings(cluster: postgres.Cluster, tmp_path: Path) -> Settings:
    address = cluster.address.render_as_string(hide_password=False)
    migrate(address, tmp_path)
    return Settings(instance=tmp_path, database_url=address, secret_key="only for tests")


@pytest.fixture
def cast(settings: Settings) -> Iterator[Cast]:
    with an_app(settings):
        yield a_cast()


def stop_again_and_again(cluster: postgres.Cluster, times: int, storm: Storm) -> None:
    chance = random.Random(SEED)
    for _ in range(times):
        storm.stock()
        storm.wait_for_more()
        time.sleep(chance.uniform(0.05, 0.5))
        cluster.stop_at_once()
        time.sleep(chance.uniform(0.2, 0.6))
        cluster.start()
    storm.wait_for_more()


def test_after_a_stop_of_the_database_nothing_is_lost_and_work_goes_on(
    cluster: postgres.Cluster, settings: Settings, cast: Cast, stops: int
) -> None:
    began = time.monotonic()

    with served(settings) as server, storming(cast, server) as storm:
        stop_again_and_again(cluster, stops, storm)
        assert server.is_running

    end = reckoned(storm)
    seconds = time.monotonic() - began
    print(f"\npostgresql: {stops} immediate stops, {end}, {seconds:.0f} s, answers {dict(storm.statuses)}")  # noqa: T201
    assert storm.unexpected == []
    # A connection that breaks when an answer is already made still ends in a bare 500: seldom, and never a success.
    assert 10 * storm.statuses[500] < storm.statuses[503], "away for a moment, and people were told it is broken"
    assert end.acknowledged > 5 * stops
    assert (end.lost, end.duplicates) == (0, 0)
