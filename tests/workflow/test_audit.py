"""The record holds: whatever is altered in it is found, and the database refuses to alter it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Agency, User
from ita_flow.models.progress_reports import Decision
from ita_flow.workflow import audit
from ita_flow.workflow.audit import Break, broken_chains
from tests.factories import NOW, Cast, a_decision, a_file, a_report, a_user, an_agency

pytestmark = pytest.mark.each_case

EVENTS = 4
WRITERS, ROUNDS = 8, 10
PATIENCE = 60


@pytest.fixture
def agency(app: Flask) -> Agency:
    """An agency with four events in its record."""
    agency = an_agency()
    for number in range(1, EVENTS + 1):
        record(agency, f"task:{number}")
    return agency


def record(agency: Agency, subject: str, actor: User | None = None, via: str | None = None) -> None:
    with transaction():
        audit.record("task.changed", agency.id, subject, at=NOW, actor=actor, via=via, after={"percent": 50})


def first_breaks() -> list[Break]:
    return list(broken_chains())


def test_a_record_nobody_touched_holds(agency: Agency) -> None:
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == EVENTS
    assert first_breaks() == []


@pytest.mark.parametrize(
    ("alteration", "seq", "reason"),
    [
        ("UPDATE audit_events SET body = replace(body, '50', '99') WHERE seq = 2", 2, "body_altered"),
        (f"UPDATE audit_events SET hash = '{'a' * 64}' WHERE seq = 2", 2, "body_altered"),
        (f"UPDATE audit_events SET prev = '{'a' * 64}' WHERE seq = 2", 2, "link_broken"),
        ("UPDATE audit_events SET subject = 'task:99' WHERE seq = 2", 2, "subject_altered"),
        ("DELETE FROM audit_events WHERE seq = 2", 2, "event_missing"),
        ("DELETE FROM audit_events WHERE seq = 1", 1, "event_missing"),
        ("DELETE FROM audit_events WHERE seq = 4", 3, "head_altered"),
        ("UPDATE audit_events SET seq = seq + 10 WHERE seq = 3", 3, "event_missing"),
        ("DELETE FROM audit_events", 0, "head_altered"),
        ("UPDATE audit_heads SET seq = 3", 4, "head_altered"),
        (f"UPDATE audit_heads SET hash = '{'a' * 64}'", 4, "head_altered"),
        ("DELETE FROM audit_heads", 0, "head_missing"),
    ],
)
def test_an_altered_record_is_found(agency: Agency, alteration: str, seq: int, reason: str) -> None:
    with past_the_guards():
        db.session.execute(sa.text(alteration))

    assert first_breaks() == [Break(agency.id, seq, reason)]


def test_events_that_changed_places_are_found(agency: Agency) -> None:
    with past_the_guards():
        for before, after in ((2, 100), (3, 2), (100, 3)):
            db.session.execute(sa.text(f"UPDATE audit_events SET seq = {after} WHERE seq = {before}"))

    assert first_breaks() == [Break(agency.id, 2, "link_broken")]


def test_a_break_in_one_agency_leaves_the_other_whole(agency: Agency) -> None:
    other = an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere")
    record(other, "task:1")

    with past_the_guards():
        db.session.execute(sa.text(f"DELETE FROM audit_events WHERE agency_id = {other.id}"))

    assert [found.agency_id for found in first_breaks()] == [other.id]


@contextmanager
def past_the_guards() -> Iterator[None]:
    """What somebody could do who owns the database itself: write past the triggers."""
    with transaction():
        if db.engine.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                db.session.execute(sa.text(f"DROP TRIGGER no_{verb}_of_audit_events"))
        else:
            db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        yield


def test_a_deed_that_fails_leaves_no_event(agency: Agency) -> None:
    with suppress(ZeroDivisionError), transaction():
        audit.record("task.changed", agency.id, "task:9", at=NOW, actor=None)
        raise ZeroDivisionError

    record(agency, "task:10")

    assert events()[-1].seq == EVENTS + 1
    assert first_breaks() == []


@pytest.mark.parametrize(("via", "actor"), [("command_line", "command_line"), (None, "system")])
def test_a_deed_of_nobody_says_through_which_door_it_came(agency: Agency, via: str | None, actor: str) -> None:
    record(agency, "task:1", via=via)

    assert f'"actor":"{actor}"' in events()[-1].body


def test_a_person_stands_in_the_record_by_number(agency: Agency) -> None:
    person = a_user(agency, name="สมชาย ใจดี")

    record(agency, "task:1", actor=person)

    assert f'"actor":"user:{person.id}"' in events()[-1].body
    assert "สมชาย" not in events()[-1].body


def test_the_record_never_forks_when_many_write_at_once(app: Flask, agency: Agency) -> None:
    agency_id = agency.id
    db.session.rollback()

    def write() -> None:
        with app.app_context():
            for _ in range(ROUNDS):
                with transaction():
                    audit.record("task.changed", agency_id, "task:1", at=NOW, actor=None)

    with ThreadPoolExecutor(WRITERS) as threads:
        for done in [threads.submit(write) for _ in range(WRITERS)]:
            done.result(PATIENCE)

    assert len(events()) == EVENTS + WRITERS * ROUNDS
    assert first_breaks() == []


def events() -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.seq)))


ONLY_ADDED_TO = ("audit_events", "decisions", "evidence", "report_authors", "report_versions", "version_evidence")


@pytest.mark.parametrize("table", ONLY_ADDED_TO)
@pytest.mark.parametrize("alteration", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_database_refuses_to_alter_what_was_said(cast: Cast, table: str, alteration: str) -> None:
    a_report(cast.task, cast.officer, ReportState.APPROVED, evidence=[a_file(cast.task, cast.officer)])
    record(cast.agency, f"task:{cast.task.id}", actor=cast.officer)
    column = db.metadata.tables[table].columns.keys()[0]
    rows = db.session.scalar(sa.text(f"SELECT count(*) FROM {table}"))

    with pytest.raises(sa.exc.IntegrityError, match="only added to"), transaction():
        db.session.execute(sa.text(alteration.format(table=table, column=column)))

    assert rows
    assert db.session.scalar(sa.text(f"SELECT count(*) FROM {table}")) == rows


def test_the_database_refuses_a_decision_on_ones_own_report(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(sa.exc.IntegrityError, match=r"nobody.decides.on.(their.own|what.they.wrote)"):
        a_decision(report.versions[0], by=cast.officer)


def test_the_database_refuses_a_decision_by_somebody_who_wrote_in_the_report(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    report.authors.append(cast.colleague)
    db.session.commit()

    with pytest.raises(sa.exc.IntegrityError, match="nobody decides on what they wrote"):
        a_decision(report.versions[0], by=cast.colleague)


def test_the_database_refuses_a_decision_by_the_submitter_even_without_authors(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.colleague])

    with pytest.raises(sa.exc.IntegrityError, match="nobody_decides_on_their_own"):
        a_decision(report.versions[0], by=cast.officer)


def test_the_submitter_of_a_decision_cannot_be_made_up(cast: Cast) -> None:
    version = a_report(cast.task, cast.officer).versions[0]
    db.session.add(
        Decision(
            agency_id=cast.agency.id,
            report_version_id=version.id,
            submitted_by_id=cast.colleague.id,
            seat=Seat.SECTION_HEAD,
            seat_number=1,
            kind=DecisionKind.APPROVE,
            content_hash=version.content_hash,
            decided_by_id=cast.head.id,
            decided_at=NOW,
        )
    )

    with pytest.raises(sa.exc.IntegrityError, match="(?i)foreign key"):
        db.session.flush()
