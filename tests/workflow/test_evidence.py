"""A newer file in the place of submitted evidence: with a reason, on the same task, the older one untouched."""

from __future__ import annotations

import hashlib
import json

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.evidence import replaceable
from ita_flow.storage import Stored
from ita_flow.workflow import audit, progress_reports
from ita_flow.workflow.evidence import MAX_REASON, Newer, Received
from ita_flow.workflow.seals import content_hash
from tests.factories import NOW, Cast, a_file, a_report, a_task
from tests.models.refusing import SOMEBODY_ELSES, refused

CLAIM = Claim(WorkStatus.DONE, "ดำเนินการแล้ว")
WHY = "ฉบับเดิมไม่มีลายมือชื่อ"
FIRST, SECOND, THIRD = b"%PDF-1.4 first", b"%PDF-1.4 second", b"%PDF-1.4 third"


@pytest.fixture
def older(cast: Cast) -> Evidence:
    return a_file(cast.task, cast.officer, FIRST, "คำสั่ง.pdf")


@pytest.fixture
def returned(cast: Cast, older: Evidence) -> ProgressReport:
    """A report that came back, with this file as its evidence."""
    return a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=[older])


def received(content: bytes, name: str = "คำสั่ง ลงนาม.pdf") -> Received:
    return Received(name, "application/pdf", Stored(hashlib.sha256(content).hexdigest(), len(content)))


def save(cast: Cast, *newer: Newer, removed: tuple[int, ...] = (), files: tuple[Received, ...] = ()) -> ProgressReport:
    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)
        progress_reports.save(report, CLAIM, actor=cast.officer, at=NOW, newer=newer, removed=removed, files=files)
    return report


def submit(cast: Cast) -> ProgressReport:
    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)
        progress_reports.submit(report, actor=cast.officer, at=NOW)
    return report


@pytest.mark.usefixtures("returned")
def test_a_newer_file_takes_the_place_and_the_older_stays_where_it_was(cast: Cast, older: Evidence) -> None:
    report = save(cast, Newer(older.id, received(SECOND), WHY))

    [piece] = report.evidence
    assert (piece.supersedes, piece.supersede_reason, piece.number) == (older, WHY, 2)
    assert (piece.name, piece.added_by, piece.added_at) == ("คำสั่ง ลงนาม.pdf", cast.officer, NOW)
    assert report.versions[0].evidence == [older]


@pytest.mark.usefixtures("returned")
def test_the_next_version_holds_the_newer_file_alone(cast: Cast, older: Evidence) -> None:
    save(cast, Newer(older.id, received(SECOND), WHY))

    first, second = submit(cast).versions

    assert ([one.number for one in first.evidence], [one.number for one in second.evidence]) == ([1], [2])


def test_versions_are_counted_through_the_reports_of_the_task(cast: Cast, older: Evidence) -> None:
    a_report(cast.task, cast.officer, ReportState.APPROVED, WorkStatus.IN_PROGRESS, evidence=[older])
    second = save(cast, Newer(older.id, received(SECOND), WHY)).evidence[0]
    submit(cast).state = ReportState.RETURNED
    db.session.commit()

    third = save(cast, Newer(second.id, received(THIRD), "แก้ไขวันที่")).evidence[0]

    assert third.number == 3
    assert [one.id for one in replaceable(cast.task, None)] == [second.id]


@pytest.mark.usefixtures("returned")
def test_the_record_tells_what_came_in_the_place_of_what_and_why(cast: Cast, older: Evidence) -> None:
    [piece] = save(cast, Newer(older.id, received(SECOND), f"  {WHY} ")).evidence

    body = db.session.scalars(sa.select(AuditEvent.body).where(AuditEvent.subject == f"evidence:{piece.id}")).one()
    told = json.loads(body)
    assert (told["action"], told["actor"]) == ("evidence.superseded", f"user:{cast.officer.id}")
    assert told["before"] == {"evidence": older.id, "content": older.sha256}
    assert told["after"]["content"] == piece.sha256
    assert (told["after"]["number"], told["after"]["reason"]) == (2, WHY)


@pytest.mark.usefixtures("returned")
def test_what_the_seats_decide_on_holds_the_reason(cast: Cast, older: Evidence) -> None:
    save(cast, Newer(older.id, received(SECOND), WHY))
    version = submit(cast).versions[-1]
    assert version.content_hash == content_hash(version)

    with db.session.no_autoflush:
        version.evidence[0].supersede_reason = "เหตุผลอื่น"
        altered = content_hash(version)
        db.session.rollback()

    assert altered != version.content_hash


def test_versions_of_old_keep_their_hash(cast: Cast) -> None:
    """What was hashed before evidence had newer versions, and before chains could be set."""
    report = a_report(cast.task, cast.officer)
    [version] = report.versions
    version.distinct_deciders = False

    of_old = {
        "report": report.id,
        "version": 1,
        "claim": "done",
        "percent": 100,
        "steps": [1, 2],
        "text": version.text,
        "obstacles": "",
        "advice": "",
        "chain": version.chain,
        "evidence": ["https://example.go.th/result"],
    }
    with db.session.no_autoflush:
        assert content_hash(version) == hashlib.sha256(audit.canonical(of_old).encode()).hexdigest()
    db.session.rollback()


@pytest.mark.usefixtures("returned")
@pytest.mark.parametrize(
    ("content", "reason", "why"),
    [
        (SECOND, "", "newer_reason_missing"),
        (SECOND, " \u200b\n", "newer_reason_missing"),
        (SECOND, "ก" * (MAX_REASON + 1), "newer_reason_too_long"),
        (FIRST, WHY, "newer_file_is_the_same"),
    ],
)
def test_without_a_reason_or_with_the_same_file_nothing_is_replaced(
    cast: Cast, older: Evidence, content: bytes, reason: str, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        save(cast, Newer(older.id, received(content), reason))

    assert db.session.scalars(sa.select(Evidence)).all() == [older]


def test_a_file_that_is_attached_already_replaces_no_other(cast: Cast, older: Evidence) -> None:
    other = a_file(cast.task, cast.officer, SECOND)
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=[older, other])

    with pytest.raises(Invalid, match="newer_file_is_attached"):
        save(cast, Newer(older.id, received(SECOND), WHY))


@pytest.mark.usefixtures("returned")
def test_a_piece_is_replaced_once_in_a_draft(cast: Cast, older: Evidence) -> None:
    save(cast, Newer(older.id, received(SECOND), WHY))

    with pytest.raises(Invalid, match="evidence_replaced_already"):
        save(cast, Newer(older.id, received(THIRD), WHY))


def test_what_is_only_in_the_draft_is_not_replaced_but_taken_out(cast: Cast) -> None:
    draft = save(cast, files=(received(FIRST),))
    [piece] = draft.evidence

    with pytest.raises(Invalid, match="evidence_replaced_already"):
        save(cast, Newer(piece.id, received(SECOND), WHY))
    assert save(cast, removed=(piece.id,)).evidence == []


def test_evidence_of_another_task_is_not_replaced(cast: Cast, older: Evidence) -> None:
    elsewhere = a_task(section=cast.section, officers=[cast.officer])
    foreign = a_file(elsewhere, cast.officer, THIRD)
    a_report(elsewhere, cast.officer, evidence=[foreign])

    with pytest.raises(Invalid, match="evidence_replaced_already"):
        save(cast, Newer(foreign.id, received(SECOND), WHY))
    with refused(SOMEBODY_ELSES):
        _add(cast, supersedes_id=foreign.id, supersede_reason=WHY)


@pytest.mark.parametrize(("reason", "why"), [(None, "superseding_has_a_reason"), ("", "the_reason_says_something")])
def test_the_database_too_asks_for_a_reason(cast: Cast, older: Evidence, reason: str | None, why: str) -> None:
    with refused(why):
        _add(cast, supersedes_id=older.id, supersede_reason=reason)


def _add(cast: Cast, **fields: object) -> None:
    db.session.add(
        Evidence(
            agency_id=cast.agency.id,
            task_id=cast.task.id,
            kind=EvidenceKind.LINK,
            name="หลักฐาน",
            url="https://example.go.th",
            added_by=cast.officer,
            added_at=NOW,
            **fields,
        )
    )


@pytest.mark.usefixtures("returned")
def test_a_replacement_taken_out_again_gives_the_older_one_back(cast: Cast, older: Evidence) -> None:
    [piece] = save(cast, Newer(older.id, received(SECOND), WHY)).evidence

    report = save(cast, removed=(piece.id,))

    assert report.evidence == [older]
    assert [one.id for one in replaceable(cast.task, report)] == [older.id]


def test_a_submitted_piece_taken_out_does_not_bring_its_predecessor_back(cast: Cast, older: Evidence) -> None:
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=[older])
    [piece] = save(cast, Newer(older.id, received(SECOND), WHY)).evidence
    submit(cast).state = ReportState.RETURNED
    db.session.commit()

    assert save(cast, removed=(piece.id,)).evidence == []


ALTERATIONS = {
    "evidence": ("UPDATE evidence SET name = 'อื่น.pdf'", "DELETE FROM evidence"),
    "version_evidence": ("UPDATE version_evidence SET evidence_id = evidence_id", "DELETE FROM version_evidence"),
    "report_versions": ("UPDATE report_versions SET text = 'อื่น'", "DELETE FROM report_versions"),
    "decisions": ("UPDATE decisions SET comment = 'อื่น'", "DELETE FROM decisions"),
}


@pytest.mark.parametrize(
    ("table", "statement"), [(table, one) for table, statements in ALTERATIONS.items() for one in statements]
)
def test_after_a_decision_nothing_is_altered_by_hand(cast: Cast, table: str, statement: str) -> None:
    a_report(cast.task, cast.officer, ReportState.APPROVED)

    with refused(f"{table} is only added to"):
        db.session.execute(sa.text(statement))
