"""Reading the evidence again: a thirtieth each day, what is damaged told once, and once when it is whole again."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.config import MEGABYTE
from ita_flow.domain.files import StoreOutcome
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.evidence import Evidence, EvidenceCheck
from ita_flow.queries.evidence import damaged_evidence
from ita_flow.storage import Store
from ita_flow.workflow import evidence_checks
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.evidence import store
from tests.factories import NOW, Cast, a_file

DAY = timedelta(days=1)
ALL = Fraction(1)
LOST = b"it comes back"
WHOLE, ALTERED, MISSING = StoreOutcome


def kept(cast: Cast, content: bytes) -> Evidence:
    """A file in the store, with its row."""
    store().put(io.BytesIO(content), MEGABYTE)
    return a_file(cast.task, cast.officer, content)


def alter(piece: Evidence) -> None:
    path = store().path_of(str(piece.sha256))
    path.chmod(0o600)
    path.write_bytes(b"something else")


def lose(piece: Evidence) -> None:
    store().path_of(str(piece.sha256)).unlink()


def leave_alone(_piece: Evidence) -> None:
    pass


def bring_back(_piece: Evidence) -> None:
    store().put(io.BytesIO(LOST), MEGABYTE)


def told(agency_id: int) -> list[tuple[str, str | None, str]]:
    """What the record of the agency tells of its files: the event, and the outcome before and after."""
    chosen = sa.select(AuditEvent.body).where(AuditEvent.agency_id == agency_id).order_by(AuditEvent.seq)
    bodies = [json.loads(body) for body in db.session.scalars(chosen)]
    db.session.rollback()
    return [
        (body["action"], body["before"]["outcome"], body["after"]["outcome"])
        for body in bodies
        if body["action"].startswith("evidence.")
    ]


def test_of_sixty_files_two_are_read_each_day_and_all_within_a_month(cast: Cast) -> None:
    hashes = {str(kept(cast, f"file {number}".encode()).sha256) for number in range(60)}

    read = [set(evidence_checks.check_some(store(), NOW + day * DAY)) for day in range(30)]

    assert [len(of_a_day) for of_a_day in read] == [2] * 30
    assert set().union(*read) == hashes


def test_what_a_day_has_read_it_does_not_read_again(cast: Cast) -> None:
    for number in range(3):
        kept(cast, f"file {number}".encode())

    first, second = (evidence_checks.check_some(store(), NOW + later) for later in (timedelta(), timedelta(hours=1)))

    assert (len(first), len(second)) == (1, 0)
    assert not evidence_checks.is_first_today(NOW)
    assert evidence_checks.is_first_today(NOW + DAY)


def test_what_was_never_read_comes_before_what_was_read_long_ago(cast: Cast) -> None:
    old = kept(cast, b"old")
    evidence_checks.check_some(store(), NOW)
    new = kept(cast, b"new")

    days = [list(evidence_checks.check_some(store(), NOW + day * DAY)) for day in (1, 2, 3)]

    assert days == [[new.sha256], [old.sha256], [new.sha256]]


def test_not_many_more_bytes_are_read_at_once_than_allowed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_checks, "MOST_BYTES_AT_ONCE", 25)
    for number in range(5):
        kept(cast, b"ten bytes " + str(number).encode())

    beats = [len(evidence_checks.check_some(store(), NOW, ALL)) for _ in range(4)]

    assert beats == [2, 2, 1, 0]


def test_a_file_larger_than_all_is_read_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_checks, "MOST_BYTES_AT_ONCE", 1)
    kept(cast, b"more than one byte")

    assert len(evidence_checks.check_some(store(), NOW, ALL)) == 1


def test_the_same_bytes_in_two_places_are_read_once(cast: Cast) -> None:
    kept(cast, b"the same")
    a_file(cast.strange_task, cast.stranger, b"the same")

    assert len(evidence_checks.check_some(store(), NOW, ALL)) == 1


@pytest.mark.parametrize(("harm", "outcome"), [(alter, ALTERED), (lose, MISSING)])
def test_damage_is_told_once_to_every_agency_that_has_the_file(
    cast: Cast, harm: Callable[[Evidence], None], outcome: StoreOutcome, caplog: pytest.LogCaptureFixture
) -> None:
    piece = kept(cast, b"the same")
    a_file(cast.strange_task, cast.stranger, b"the same")
    harm(piece)

    for day in range(3):
        assert evidence_checks.check_some(store(), NOW + day * DAY) == {piece.sha256: outcome}

    events = [("evidence.damaged", None, outcome.value)]
    assert told(cast.agency.id) == told(cast.stranger.agency_id) == events
    assert sum(record.levelno == logging.ERROR for record in caplog.records) == 2
    assert [one.id for one in damaged_evidence(cast.agency.id)] == [piece.id]
    assert piece.damage is outcome


def test_what_is_whole_again_is_told_and_nothing_that_was_always_whole(cast: Cast) -> None:
    piece = kept(cast, LOST)
    harms: list[Callable[[Evidence], None]] = [leave_alone, alter, lose, bring_back]

    for day, harm in enumerate(harms):
        harm(piece)
        evidence_checks.check_some(store(), NOW + day * DAY)

    assert told(cast.agency.id) == [
        ("evidence.damaged", "whole", "altered"),
        ("evidence.damaged", "altered", "missing"),
        ("evidence.whole_again", "missing", "whole"),
    ]
    assert damaged_evidence() == []
    assert list(broken_chains()) == []


def test_a_file_that_cannot_be_read_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = kept(cast, b"first"), kept(cast, b"second")
    is_whole = Store.is_whole

    def fails(self: Store, sha256: str) -> bool:
        if sha256 == first.sha256:
            raise OSError("input/output error")
        return is_whole(self, sha256)

    monkeypatch.setattr(Store, "is_whole", fails)

    assert evidence_checks.check_some(store(), NOW, ALL) == {first.sha256: MISSING, second.sha256: WHOLE}


@pytest.mark.usefixtures("app")
def test_without_evidence_there_is_nothing_to_do() -> None:
    assert evidence_checks.check_some(store(), NOW) == {}
    assert evidence_checks.sweep(store(), NOW) == []


def test_files_without_a_row_are_named_and_stay(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    piece, orphan = kept(cast, b"has a row"), store().put(io.BytesIO(b"has none"), MEGABYTE)
    young = store().put(io.BytesIO(b"a form is not sent yet"), MEGABYTE)
    for stored in (str(piece.sha256), orphan.sha256):
        os.utime(store().path_of(stored), (0, 0))
    os.utime(store().path_of(young.sha256), (NOW.timestamp(), NOW.timestamp()))

    assert evidence_checks.sweep(store(), NOW) == [orphan.sha256]

    assert orphan.sha256 in caplog.text
    assert store().is_whole(orphan.sha256)


def test_no_transaction_is_open_while_a_file_is_read(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(cast, b"read in peace")
    is_open = []

    def looks(_store: Store, _sha256: str) -> bool:
        is_open.append(db.session().in_transaction())
        return True

    monkeypatch.setattr(Store, "is_whole", looks)

    evidence_checks.check_some(store(), NOW)

    assert is_open == [False]
    assert db.session.scalars(sa.select(EvidenceCheck.outcome)).all() == [WHOLE]


WORKERS = 4


def test_of_several_workers_one_tells(app: Flask, cast: Cast) -> None:
    piece = kept(cast, b"seen by all")
    lose(piece)
    db.session.rollback()
    barrier = Barrier(WORKERS)

    def work(_number: int) -> None:
        with app.app_context():
            barrier.wait()
            evidence_checks.check(store(), [evidence_checks.Named(sha256, 1)], NOW)

    sha256 = str(piece.sha256)
    db.session.rollback()
    with ThreadPoolExecutor(WORKERS) as threads:
        list(threads.map(work, range(WORKERS)))

    assert told(cast.agency.id) == [("evidence.damaged", None, "missing")]
