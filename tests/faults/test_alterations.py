"""What an attacker alters who holds the database and the folder of evidence: every time it is found.

Each alteration is made past the triggers, looked for, and taken back: three hundred of them on each database,
and by ``--long`` a thousand.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.config import MEGABYTE
from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.anchors import Anchor, anchors_at
from ita_flow.workflow.anchors import contradictions
from ita_flow.workflow.approvals import approve, return_for_revision
from ita_flow.workflow.audit import BEGINNING, Break, link_hash
from ita_flow.workflow.evidence import Received, store
from ita_flow.workflow.progress_reports import open_report, save, submit
from ita_flow.workflow.record_check import first_breaks
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, Cast, a_user, an_acting_order

pytestmark = [pytest.mark.faults]

SEED = 2567
FORGED = "f" * 64
LATER = "2024-03-20 02:00:00.000000"
FIRST, SECOND = (Seen(version=1, seat_number=number) for number in (1, 2))
Chance = random.Random
Alteration = Callable[[Chance], None]


@pytest.fixture
def many(request: pytest.FixtureRequest) -> int:
    return 1_000 if request.config.getoption("--long") else 80


@pytest.fixture
def anchors(app: Flask, cast: Cast) -> list[Anchor]:
    """An office whose reports went every way, and where its record ended then; the guards of the database are gone."""
    an_office_at_work(cast)
    _without_guards()
    return anchors_at(NOW)


def an_office_at_work(cast: Cast) -> None:
    """One report approved after an undo, one returned and sent again, one decided by somebody who acts."""
    with transaction():
        done = write(cast.task, cast.officer, b"one", "คำสั่ง.pdf", claim=WorkStatus.DONE)
    _decide_in_rounds(cast, done.id)
    with transaction():
        again = write(cast.other_task, cast.other_officer, b"two", "ภาพ.png")
    with transaction():
        return_for_revision(again, FIRST, comment="ขอภาพใหม่", actor=cast.other_head, at=NOW)
    with transaction():
        write(cast.other_task, cast.other_officer, b"three", "ภาพใหม่.png", link="https://example.go.th/result")
    substitute = a_user(cast.agency, "ผู้รักษาราชการแทน", post="นักวิเคราะห์")
    an_acting_order(substitute, Seat.SECTION_HEAD, cast.other_section, holder=cast.other_head)
    with transaction():
        approve(again, Seen(version=2, seat_number=1), actor=substitute, at=NOW)


def _decide_in_rounds(cast: Cast, report_id: int) -> None:
    report = db.session.get_one(ProgressReport, report_id)
    with transaction():
        approve(report, FIRST, actor=cast.head, at=NOW, comment="ครบถ้วน")
    with transaction():
        undo(report.versions[0].decisions[0], actor=cast.head, at=NOW + timedelta(minutes=1))
    with transaction():
        approve(report, FIRST, actor=cast.head, at=NOW + timedelta(minutes=2))
    with transaction():
        approve(report, SECOND, actor=cast.director, at=NOW + timedelta(minutes=3))


def write(
    task: Task, by: User, content: bytes, name: str, claim: WorkStatus = WorkStatus.IN_PROGRESS, link: str = ""
) -> ProgressReport:
    """A report with a file, sent for decision."""
    file = Received(name, "application/pdf", store().put(io.BytesIO(content), MEGABYTE))
    report = open_report(task, by, NOW)
    save(report, Claim(claim, "ดำเนินการแล้ว", [], 50), actor=by, at=NOW, files=[file], link=link)
    submit(report, actor=by, at=NOW)
    return report


def _without_guards() -> None:
    """SQLite's triggers go for good, for the database is this test's own; PostgreSQL's rest in each transaction."""
    if db.engine.dialect.name == "sqlite":
        with transaction():
            for name in db.session.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                db.session.execute(sa.text(f"DROP TRIGGER {name}"))


@contextmanager
def attacked() -> Iterator[None]:
    """A transaction in which nothing is guarded, and of which nothing stays."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
        db.session.execute(sa.text("PRAGMA ignore_check_constraints = ON"))
    else:
        db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
    try:
        yield
    finally:
        db.session.rollback()
        db.session.expunge_all()


def found(anchors: list[Anchor]) -> list[Break]:
    db.session.expunge_all()
    return [*first_breaks(), *contradictions(anchors)]


def rows(table: str, where: str = "TRUE") -> list[dict[str, Any]]:
    """The rows of the agency that has a record, in the order of their keys."""
    return [dict(row) for row in db.session.execute(sa.text(f"SELECT * FROM {table} WHERE {where}")).mappings()]


def run(statement: str, **values: object) -> None:
    done = db.session.execute(sa.text(statement), values)
    assert done.rowcount, statement  # type: ignore[attr-defined]


def an_event(chance: Chance) -> dict[str, Any]:
    return chance.choice(rows("audit_events"))


def one_letter(text: str, chance: Chance) -> str:
    """The text with one letter of it changed."""
    place = chance.randrange(len(text))
    other = "x" if text[place] != "x" else "y"
    return text[:place] + other + text[place + 1 :]


def alter_event(column: str) -> Alteration:
    def alter(chance: Chance) -> None:
        event = an_event(chance)
        run(
            f"UPDATE audit_events SET {column} = :value WHERE seq = :seq",
            value=one_letter(event[column], chance),
            seq=event["seq"],
        )

    return alter


def remove_event(chance: Chance) -> None:
    run("DELETE FROM audit_events WHERE seq = :seq", seq=an_event(chance)["seq"])


def cut_the_tail(chance: Chance) -> None:
    run("DELETE FROM audit_events WHERE seq > :seq", seq=chance.randrange(len(rows("audit_events"))))


def cut_the_tail_with_its_head(chance: Chance) -> None:
    last = chance.choice(rows("audit_events")[:-1])
    run("DELETE FROM audit_events WHERE seq > :seq", seq=last["seq"])
    run("UPDATE audit_heads SET seq = :seq, hash = :hash", seq=last["seq"], hash=last["hash"])


def remove_all(_chance: Chance) -> None:
    run("DELETE FROM audit_events")
    run("DELETE FROM audit_heads")


def alter_head(chance: Chance) -> None:
    run(chance.choice(["UPDATE audit_heads SET seq = seq + 1", f"UPDATE audit_heads SET hash = '{FORGED}'"]))


def swap_events(chance: Chance) -> None:
    one, other = chance.sample(rows("audit_events"), 2)
    for before, after in ((one["seq"], -1), (other["seq"], one["seq"]), (-1, other["seq"])):
        run("UPDATE audit_events SET seq = :after WHERE seq = :before", before=before, after=after)


def put_in_again(chance: Chance) -> None:
    """Out it goes, and in comes another of the same number, with a hash that fits itself."""
    event = an_event(chance)
    body = event["body"].replace('"actor":"user:', '"actor":"user:1').replace('"actor":"system', '"actor":"sys')
    run("DELETE FROM audit_events WHERE seq = :seq", seq=event["seq"])
    run(
        "INSERT INTO audit_events (agency_id, seq, prev, hash, body, subject) "
        "VALUES (:agency_id, :seq, :prev, :hash, :body, :subject)",
        **{**event, "body": body, "hash": link_hash(event["prev"], body)},
    )


def compute_anew(chance: Chance) -> None:
    """Alter an event and let every hash after it fit: the chain holds in itself."""
    events = sorted(rows("audit_events"), key=lambda event: event["seq"])
    altered, prev = chance.choice(events)["seq"], BEGINNING
    for event in events:
        body = event["body"]
        if event["seq"] == altered:
            body = body.replace('"before":{', '"before":{"forged":true,', 1).replace(",}", "}")
        hash_ = link_hash(prev, body)
        run(
            "UPDATE audit_events SET body = :body, prev = :prev, hash = :hash WHERE seq = :seq",
            **{"body": body, "prev": prev, "hash": hash_, "seq": event["seq"]},
        )
        prev = hash_
    run("UPDATE audit_heads SET hash = :hash", hash=prev)


def alter(table: str, column: str, *values: object, where: str = "TRUE") -> Alteration:
    """Put another value into this column of some row."""

    def altering(chance: Chance) -> None:
        row = chance.choice(rows(table, where))
        others = [value for value in values if value != row[column]]
        value = chance.choice(others)
        run(f"UPDATE {table} SET {column} = :value WHERE id = :id", value=value, id=row["id"])

    return altering


def alter_text(table: str, column: str, where: str = "TRUE") -> Alteration:
    def altering(chance: Chance) -> None:
        row = chance.choice(rows(table, where))
        text = row[column]
        changed = one_letter(text, chance) if text else "แต่งเติม"
        run(f"UPDATE {table} SET {column} = :text WHERE id = :id", text=changed, id=row["id"])

    return altering


def give_to_another(table: str, column: str, where: str = "TRUE") -> Alteration:
    def altering(chance: Chance) -> None:
        row = chance.choice(rows(table, where))
        people = [person["id"] for person in rows("users") if person["id"] != row[column]]
        run(f"UPDATE {table} SET {column} = :other WHERE id = :id", other=chance.choice(people), id=row["id"])

    return altering


def remove(table: str) -> Alteration:
    def removing(chance: Chance) -> None:
        row = chance.choice(rows(table))
        key = {"id": row["id"]} if "id" in row else row
        run(f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = :{name}' for name in key)}", **key)

    return removing


def copy_decision(chance: Chance) -> None:
    """A decision that nobody took, in a round of its own."""
    row = chance.choice(rows("decisions"))
    forged = {**row, "id": 10_000, "round": row["round"] + 10}
    run(f"INSERT INTO decisions ({', '.join(forged)}) VALUES ({', '.join(f':{name}' for name in forged)})", **forged)


def move_evidence(chance: Chance) -> None:
    """Evidence that was submitted with one version stands in another."""
    one, other = chance.sample(rows("version_evidence"), 2)
    versions = [row["id"] for row in rows("report_versions") if row["id"] != one["report_version_id"]]
    run(
        "UPDATE version_evidence SET report_version_id = :version WHERE report_version_id = :was AND evidence_id = :id",
        **{"version": chance.choice(versions), "was": one["report_version_id"], "id": one["evidence_id"]},
    )


def add_author(chance: Chance) -> None:
    report, person = chance.choice(rows("progress_reports")), chance.choice(rows("users"))
    run(
        "INSERT INTO report_authors (report_id, user_id) VALUES (:report, :person)",
        report=report["id"],
        person=person["id"],
    )


def spoil(how: Callable[[bytes, Chance], bytes | None]) -> Alteration:
    """Do something to the bytes of a file in the store; None takes it away."""

    def spoiling(chance: Chance) -> None:
        row = chance.choice(rows("evidence", "sha256 IS NOT NULL"))
        path = store().path_of(row["sha256"])
        content = how(path.read_bytes(), chance)
        path.unlink()
        if content is not None:
            path.write_bytes(content)

    return spoiling


def _flipped(content: bytes, chance: Chance) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


ALTERATIONS: dict[str, Alteration] = {
    **{f"event {column}": alter_event(column) for column in ("body", "hash", "prev", "subject")},
    "event removed": remove_event,
    "tail cut": cut_the_tail,
    "tail cut with its head": cut_the_tail_with_its_head,
    "all removed": remove_all,
    "head altered": alter_head,
    "events swapped": swap_events,
    "event put in again": put_in_again,
    "chain computed anew": compute_anew,
    "decider": give_to_another("decisions", "decided_by_id"),
    "decision on behalf of": give_to_another("decisions", "on_behalf_of_id", "acting_order_id IS NOT NULL"),
    "decision comment": alter_text("decisions", "comment"),
    "decision kind": alter("decisions", "kind", "approve", "return", "undo"),
    "decision seat": alter("decisions", "seat", "section_head", "director", "chief", "executive"),
    "decision seat number": alter("decisions", "seat_number", 7, 8),
    "decision round": alter("decisions", "round", 7, 8),
    "decision title": alter_text("decisions", "seat_title"),
    "decision verb": alter("decisions", "verb", "endorse", "approve"),
    "decision post": alter_text("decisions", "own_post"),
    "decision hash": alter("decisions", "content_hash", FORGED),
    "decision moment": alter("decisions", "decided_at", LATER),
    "decision removed": remove("decisions"),
    "decision made up": copy_decision,
    "order": alter_text("acting_orders", "order_no"),
    **{f"version {column}": alter_text("report_versions", column) for column in ("text", "obstacles", "advice")},
    "version percent": alter("report_versions", "percent", 12, 34),
    "version claim": alter("report_versions", "claimed_status", "not_started", "in_progress", "done"),
    "version ticks": alter("report_versions", "done_steps", "[7]", "[8]"),
    "version chain": alter("report_versions", "chain", '["executive"]', '["chief"]'),
    "version hash": alter("report_versions", "content_hash", FORGED),
    "version submitter": give_to_another("report_versions", "submitted_by_id"),
    "version moment": alter("report_versions", "submitted_at", LATER),
    "version number": alter("report_versions", "version", 7, 8),
    "version removed": remove("report_versions"),
    "evidence moved": move_evidence,
    "evidence taken out": remove("version_evidence"),
    "evidence name": alter_text("evidence", "name"),
    "evidence address": alter_text("evidence", "url", "url IS NOT NULL"),
    "evidence hash": alter("evidence", "sha256", FORGED, where="sha256 IS NOT NULL"),
    "evidence size": alter("evidence", "size", 1, 2, where="sha256 IS NOT NULL"),
    "evidence type": alter("evidence", "media_type", "text/plain", where="sha256 IS NOT NULL"),
    "evidence adder": give_to_another("evidence", "added_by_id"),
    "evidence moment": alter("evidence", "added_at", LATER),
    "evidence removed": remove("evidence"),
    "author removed": remove("report_authors"),
    "author added": add_author,
    "report state": alter("progress_reports", "state", "submitted", "approved", "returned"),
    "file flipped": spoil(_flipped),
    "file cut": spoil(lambda content, chance: content[: chance.randrange(len(content))]),
    "file longer": spoil(lambda content, _chance: content + b" "),
    "file gone": spoil(lambda _content, _chance: None),
}


def test_an_office_that_nobody_attacked_is_whole(anchors: list[Anchor]) -> None:
    assert found(anchors) == []


def test_every_alteration_is_found(anchors: list[Anchor], many: int) -> None:
    chance, made, unfound = Chance(SEED), dict.fromkeys(ALTERATIONS, 0), []
    files = _files()

    while sum(made.values()) < many:
        name = min(made, key=lambda one: (made[one], chance.random()))
        made[name] += 1
        with attacked():
            if _happens(ALTERATIONS[name], chance) and not found(anchors):
                unfound.append(name)
        _put_back(files)

    assert unfound == []
    assert found(anchors) == []


def _happens(alteration: Alteration, chance: Chance) -> bool:
    """Whether it could be done: what even a rule without a trigger refuses is no alteration."""
    for _ in range(20):
        try:
            with db.session.begin_nested():
                alteration(chance)
        except sa.exc.IntegrityError:
            continue
        return True
    raise AssertionError("never happened")


def _files() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in store().folder.rglob("*") if path.is_file()}


def _put_back(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        if not path.exists() or path.read_bytes() != content:
            path.unlink(missing_ok=True)
            path.write_bytes(content)


def test_rows_and_record_forged_alike_are_found_by_the_anchors_alone(anchors: list[Anchor]) -> None:
    with attacked():
        run("UPDATE decisions SET comment = 'แต่งเติม' WHERE comment = 'ครบถ้วน'")
        prev = BEGINNING
        for event in sorted(rows("audit_events"), key=lambda one: one["seq"]):
            body = event["body"].replace('"comment":"ครบถ้วน"', '"comment":"แต่งเติม"')
            hash_ = link_hash(prev, body)
            run(
                "UPDATE audit_events SET body = :body, prev = :prev, hash = :hash WHERE seq = :seq",
                **{"body": body, "prev": prev, "hash": hash_, "seq": event["seq"]},
            )
            prev = hash_
        run("UPDATE audit_heads SET hash = :hash", hash=prev)

        assert first_breaks() == []
        assert [one.reason for one in contradictions(anchors)] == ["anchor_differs"]
