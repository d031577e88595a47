"""Anchors: a record that was computed anew from its beginning holds in itself, and is found all the same."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent, AuditHead
from ita_flow.models.people import Agency
from ita_flow.queries.anchors import Anchor, anchors_at
from ita_flow.workflow import audit
from ita_flow.workflow.anchors import anchors_in, contradictions
from ita_flow.workflow.audit import BEGINNING, broken_chains, link_hash
from tests.factories import NOW, an_agency
from tests.workflow.test_audit import past_the_guards

EVENTS, ROUNDS = 6, 20


@pytest.fixture
def agency(app: Flask) -> Agency:
    agency = an_agency()
    grow(agency, EVENTS)
    return agency


def grow(agency: Agency, events: int) -> None:
    with transaction():
        for _ in range(events):
            audit.record("task.changed", agency.id, "task:1", at=NOW, actor=None, after={"percent": 50})


def remembered() -> list[Anchor]:
    return anchors_at(NOW)


def compute_anew(agency: Agency, from_seq: int) -> None:
    """What somebody does who holds the database: alter an event and make every hash after it fit."""
    with past_the_guards():
        prev = BEGINNING
        for event in db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.seq)).all():
            body = event.body.replace("50", "99") if event.seq == from_seq else event.body
            hash_ = link_hash(prev, body)
            change = sa.update(AuditEvent).where(AuditEvent.agency_id == agency.id, AuditEvent.seq == event.seq)
            db.session.execute(change.values(body=body, prev=prev, hash=hash_))
            prev = hash_
        db.session.execute(sa.update(AuditHead).values(hash=prev))
    db.session.expire_all()


def test_a_record_that_only_grew_is_as_it_was_remembered(agency: Agency) -> None:
    early = remembered()
    grow(agency, 2)

    assert list(contradictions(early + remembered())) == []


def test_a_record_computed_anew_holds_in_itself_and_is_found_by_its_anchor(agency: Agency) -> None:
    anchors = remembered()

    compute_anew(agency, from_seq=2)

    assert list(broken_chains()) == []
    assert [(one.agency_id, one.seq, one.reason) for one in contradictions(anchors)] == [
        (agency.id, EVENTS, "anchor_differs")
    ]


def test_a_record_that_was_cut_short_is_found_by_its_anchor(agency: Agency) -> None:
    anchors = remembered()

    with past_the_guards():
        last = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.seq == EVENTS - 1)).one().hash
        db.session.execute(sa.delete(AuditEvent).where(AuditEvent.seq == EVENTS))
        db.session.execute(sa.update(AuditHead).values(seq=EVENTS - 1, hash=last))

    assert list(broken_chains()) == []
    assert [one.reason for one in contradictions(anchors)] == ["anchor_differs"]


def test_wherever_it_was_altered_every_later_anchor_tells(agency: Agency) -> None:
    chance = random.Random(2567)
    grow(agency, ROUNDS)
    anchors = remembered()

    compute_anew(agency, from_seq=chance.randrange(1, EVENTS + ROUNDS))

    assert len(list(contradictions(anchors))) == 1


def test_an_agency_that_is_gone_contradicts_its_anchor(app: Flask) -> None:
    anchor = Anchor("gone", 3, "a" * 64, NOW.isoformat())

    assert [(one.seq, one.reason) for one in contradictions([anchor])] == [(3, "anchor_differs")]


def test_anchors_come_back_from_their_lines(agency: Agency) -> None:
    anchors = remembered()

    assert anchors_in(["", *(anchor.line() for anchor in anchors)]) == anchors


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "[]",
        "{}",
        '{"agency": "a", "seq": "1", "hash": "b", "at": ""}',
        '{"agency": "a", "seq": 1, "hash": "short", "at": ""}',
        f'{{"agency": "a", "seq": {10**30}, "hash": "{"a" * 64}", "at": ""}}',
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_anchor_is_told_by_its_number(line: str) -> None:
    with pytest.raises(Invalid) as refused:
        anchors_in(["", line])

    assert (refused.value.key, refused.value.values["line"]) == ("anchor_unreadable", 2)
