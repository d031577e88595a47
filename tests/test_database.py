"""Transactions: nothing is lost when many write at once, nothing is written by those who read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import reading, transaction
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency
from tests.factories import a_user, an_agency

WRITERS, ROUNDS = 8, 25
PATIENCE = 60
Answer = TypeVar("Answer")


def only_on(database: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("database", [database], indirect=True)


class Interrupted(Exception):
    """Something went wrong in the middle of a deed."""


def rename(agency_id: int, name: str) -> None:
    with transaction():
        db.session.get_one(Agency, agency_id).short_name = name


def name_of(agency_id: int) -> str:
    with reading():
        return db.session.get_one(Agency, agency_id).short_name


@pytest.fixture
def agency_id(app: Flask) -> int:
    agency = an_agency()
    agency.short_name = "0"
    db.session.commit()
    number = agency.id
    db.session.rollback()
    return number


def test_whoever_reads_sees_one_moment_while_others_write(app: Flask, agency_id: int) -> None:
    def change() -> None:
        with app.app_context():
            rename(agency_id, "changed meanwhile")

    with reading(), ThreadPoolExecutor(1) as thread:
        chosen = sa.select(Agency.short_name).where(Agency.id == agency_id)
        before = db.session.scalars(chosen).one()
        thread.submit(change).result(PATIENCE)
        after = db.session.scalars(chosen).one()

    assert (before, after) == ("0", "0")
    assert name_of(agency_id) == "changed meanwhile"


def test_no_update_is_lost_when_many_write_at_once(app: Flask, agency_id: int) -> None:
    together = Barrier(WRITERS)

    def count_up() -> None:
        with app.app_context():
            together.wait(PATIENCE)
            for _ in range(ROUNDS):
                with transaction():
                    agency = db.session.get_one(Agency, agency_id, with_for_update=True)
                    agency.short_name = str(int(agency.short_name) + 1)

    with ThreadPoolExecutor(WRITERS) as threads:
        for done in [threads.submit(count_up) for _ in range(WRITERS)]:
            done.result(PATIENCE)

    assert name_of(agency_id) == str(WRITERS * ROUNDS)


def test_a_deed_that_fails_leaves_nothing(agency_id: int) -> None:
    with suppress(Interrupted), transaction():
        db.session.get_one(Agency, agency_id).short_name = "half done"
        db.session.flush()
        raise Interrupted

    assert name_of(agency_id) == "0"


def test_a_deed_begins_with_what_is_in_the_database(agency_id: int) -> None:
    db.session.get_one(Agency, agency_id).short_name = "left lying about"

    with transaction():
        pass

    assert name_of(agency_id) == "0"


@pytest.mark.parametrize("ending", [db.session.commit, db.session.rollback], ids=["commit", "rollback"])
def test_the_next_writer_gets_in_when_a_deed_ends(app: Flask, agency_id: int, ending: Callable[[], None]) -> None:
    db.session.get_one(Agency, agency_id, with_for_update=True).short_name = "1"
    db.session.flush()
    ending()

    in_another_thread(app, lambda: rename(agency_id, "2")).result(PATIENCE)

    assert name_of(agency_id) == "2"


def test_readers_do_not_wait_for_a_writer(app: Flask, agency_id: int) -> None:
    with transaction():
        db.session.get_one(Agency, agency_id).short_name = "1"
        db.session.flush()

        seen = in_another_thread(app, lambda: name_of(agency_id)).result(PATIENCE)

    assert seen == "0"


def in_another_thread(app: Flask, ask: Callable[[], Answer]) -> Future[Answer]:
    def in_context() -> Answer:
        with app.app_context():
            return ask()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(in_context)


def test_reading_refuses_to_write(agency_id: int) -> None:
    with reading(), pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        db.session.execute(sa.update(Agency).values(short_name="scribbled"))

    assert name_of(agency_id) == "0"


def test_after_reading_one_can_write_again(agency_id: int) -> None:
    with reading():
        db.session.get_one(Agency, agency_id)

    rename(agency_id, "1")

    assert name_of(agency_id) == "1"


@only_on("sqlite")
@pytest.mark.usefixtures("app")
def test_sqlite_keeps_what_it_was_given_and_knows_foreign_keys() -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}

    found = {name: db.session.execute(sa.text(f"PRAGMA {name}")).scalar_one() for name in wanted}

    assert found == wanted


@pytest.mark.postgres
@only_on("postgres")
@pytest.mark.usefixtures("app")
def test_postgres_does_not_wait_for_ever() -> None:
    wanted = {"lock_timeout": "5s", "statement_timeout": "30s", "timezone": "UTC"}

    found = {name: db.session.execute(sa.text(f"SHOW {name}")).scalar_one() for name in wanted}

    assert found == wanted


BANGKOK_NOON = datetime(2024, 3, 18, 12, tzinfo=timezone(timedelta(hours=7)))


def test_a_moment_comes_back_in_utc(app: Flask) -> None:
    person = a_user(an_agency())
    person.created_at = BANGKOK_NOON
    db.session.commit()

    assert person.created_at == datetime(2024, 3, 18, 5, tzinfo=UTC)
    assert person.created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    person = a_user(an_agency())
    person.created_at = BANGKOK_NOON.replace(tzinfo=None)

    with pytest.raises(sa.exc.StatementError, match="a moment needs its zone"):
        db.session.flush()


@pytest.mark.parametrize("score", [Decimal("97.14"), Decimal("100"), Decimal("0.00"), None])
def test_a_score_comes_back_as_it_was(agency_id: int, score: Decimal | None) -> None:
    assessment = Assessment(agency_id=agency_id, year=2566, total=score)
    db.session.add(assessment)
    db.session.commit()

    assert assessment.total == score


def test_a_score_with_three_places_is_refused(agency_id: int) -> None:
    db.session.add(Assessment(agency_id=agency_id, year=2566, total=Decimal("97.145")))

    with pytest.raises(sa.exc.StatementError, match="two places"):
        db.session.flush()
