"""The server is killed in the middle of its work: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import queue
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.config import Settings
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.accounts import FormReceipt
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.workflow.audit import broken_chains
from tests.factories import Cast, a_report, a_task, one_commit
from tests.served import GONE, Server, Visitor

pytestmark = [pytest.mark.faults]

VISITORS = 4
SHARE_SENT_TWICE = 0.3
SEED = 2567


@dataclass
class Work:
    """Reports to approve, and what the server acknowledged of them: report → key of the form."""

    waiting: queue.Queue[int] = field(default_factory=queue.Queue)
    acknowledged: dict[int, str] = field(default_factory=dict)
    refused: list[tuple[int, int]] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return 250 if request.config.getoption("--long") else 6


def approve_until_over(visitor: Visitor, work: Work, chance: random.Random) -> None:
    """A head who presses เห็นชอบ, sometimes twice, and tries again with the same form when the server is gone."""
    while not work.is_over.is_set():
        try:
            report = work.waiting.get(timeout=0.2)
        except queue.Empty:
            continue
        key = f"form-of-report-{report}"
        for _ in range(2 if chance.random() < SHARE_SENT_TWICE else 1):
            press(visitor, report, key, work)


def press(visitor: Visitor, report: int, key: str, work: Work) -> None:
    fields = {"form_key": key, "version": 1, "seat_number": 1}
    while not work.is_over.is_set():
        try:
            status, _text = visitor.post(f"/approvals/{report}/approval", fields)
        except (*GONE, HTTPException):
            time.sleep(0.05)
            continue
        if status == 303:
            work.acknowledged[report] = key
            return
        if status != 503:
            work.refused.append((report, status))
            return


def kill_again_and_again(server: Server, times: int, work: Work, chance: random.Random) -> None:
    """Each kill comes while approvals are being acknowledged."""
    for _ in range(times):
        wait_for_more(work)
        time.sleep(chance.uniform(0, 0.3))
        server.kill()
        server.start()
    wait_for_more(work)


def wait_for_more(work: Work) -> None:
    before, give_up_at = len(work.acknowledged), time.monotonic() + 30
    while len(work.acknowledged) < before + 5 and not work.refused:
        assert time.monotonic() < give_up_at, "nothing is acknowledged any more"
        time.sleep(0.02)


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(
    app: Flask, settings: Settings, cast: Cast, kills: int
) -> None:
    work, chance = Work(), random.Random(SEED)
    with one_commit():
        for _ in range(60 * kills):
            task = a_task(section=cast.section)
            work.waiting.put(a_report(task, cast.officer, claim=WorkStatus.IN_PROGRESS, evidence=()).id)
    email = cast.head.email
    db.session.rollback()

    server = Server(settings)
    server.start()
    visitors = [Visitor(server) for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.sign_in(email)
    threads = [
        Thread(target=approve_until_over, args=[visitor, work, random.Random(SEED + number)])
        for number, visitor in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    try:
        kill_again_and_again(server, kills, work, chance)
    finally:
        work.is_over.set()
        for thread in threads:
            thread.join()
        server.stop()

    decided = Counter(
        db.session.scalars(
            sa.select(ReportVersion.report_id).join(Decision, Decision.report_version_id == ReportVersion.id)
        )
    )
    receipts = db.session.scalars(sa.select(sa.func.count()).select_from(FormReceipt)).one()
    approved = sa.select(ProgressReport.id).where(ProgressReport.state == ReportState.APPROVED)
    print(f"{kills} kills, {len(work.acknowledged)} acknowledged, {len(decided)} decided, seed {SEED}")  # noqa: T201
    assert work.refused == []
    assert len(work.acknowledged) > 5 * kills
    assert set(work.acknowledged) <= set(decided), "acknowledged and lost"
    assert set(decided.values()) == {1}, "decided twice"
    assert receipts == len(decided), "a decision and its receipt stand in one transaction"
    assert set(db.session.scalars(approved)) == set(decided)
    assert list(broken_chains()) == []
