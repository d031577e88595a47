"""The rows agree with the record: of each agency the first that does not is named, with what is otherwise."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.config import MEGABYTE
from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.files import StoreOutcome
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import EvidenceCheck
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.wording.record import BREAKS, PARTS, told_of_break
from ita_flow.workflow.approvals import approve
from ita_flow.workflow.audit import Break
from ita_flow.workflow.evidence import Received, store
from ita_flow.workflow.progress_reports import open_report, save, submit
from ita_flow.workflow.record_check import first_break, first_breaks
from ita_flow.workflow.record_told import Telling, Told
from tests.factories import NOW, Cast
from tests.workflow.test_audit import past_the_guards

FIRST = Seen(version=1, seat_number=1)
CONTENT = b"%PDF-1.4 order"


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """A report with a file and a link, submitted, and decided by the first seat."""
    with transaction():
        report = written(cast.task, cast.officer)
    with transaction():
        approve(report, FIRST, actor=cast.head, at=NOW, comment="ครบถ้วน")
    return report


def written(task: Task, by: User) -> ProgressReport:
    report = drafted(task, by)
    submit(report, actor=by, at=NOW)
    return report


def drafted(task: Task, by: User) -> ProgressReport:
    file = Received("คำสั่ง.pdf", "application/pdf", store().put(io.BytesIO(CONTENT), MEGABYTE))
    report = open_report(task, by, NOW)
    link = "https://example.go.th/result"
    save(report, Claim(WorkStatus.DONE, "แล้วเสร็จ", [], None), actor=by, at=NOW, files=[file], link=link)
    return report


def altered(statement: str, **values: object) -> list[Break]:
    with past_the_guards_of_all():
        db.session.execute(sa.text(statement), values)
    db.session.expire_all()
    return first_breaks()


def past_the_guards_of_all() -> AbstractContextManager[None]:
    """Past the triggers of every table."""
    if db.engine.dialect.name == "sqlite":
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE '%audit_events'"
        with transaction():
            for name in db.session.scalars(sa.text(named)).all():
                db.session.execute(sa.text(f"DROP TRIGGER {name}"))
    return past_the_guards()


@pytest.mark.usefixtures("report")
def test_what_was_done_by_deeds_agrees(app: Flask) -> None:
    assert first_breaks() == []


@pytest.mark.parametrize(
    ("statement", "row", "differs"),
    [
        ("UPDATE decisions SET comment = 'x'", "decision:1", ("comment",)),
        ("UPDATE decisions SET own_post = 'x', verb = 'approve'", "decision:1", ("verb", "own_post")),
        ("UPDATE report_versions SET text = 'x'", "report_version:1", ("content",)),
        ("UPDATE evidence SET name = 'x' WHERE id = 1", "evidence:1", ()),
        ("UPDATE evidence SET url = 'https://x.test' WHERE id = 2", "report_version:1", ("content",)),
        ("DELETE FROM version_evidence WHERE evidence_id = 2", "report_version:1", ("content", "evidence")),
        ("UPDATE progress_reports SET state = 'approved'", "progress_report:1", ("state",)),
        ("DELETE FROM report_authors", "progress_report:1", ("authors",)),
    ],
)
@pytest.mark.usefixtures("report")
def test_a_row_that_was_altered_is_named_with_what_is_otherwise(
    cast: Cast, statement: str, row: str, differs: tuple[str, ...]
) -> None:
    (found,) = altered(statement)

    assert (found.agency_id, found.reason, found.row, found.differs) == (cast.agency.id, "row_altered", row, differs)


@pytest.mark.usefixtures("report")
def test_the_decider_is_named_when_another_stands_in_the_row(cast: Cast) -> None:
    (found,) = altered("UPDATE decisions SET decided_by_id = :other", other=cast.director.id)

    assert told_of_break(found) == "ลำดับที่ 3 ผลการพิจารณาเลขที่ 1: ข้อมูลไม่ตรงกับที่บันทึกไว้ (ผู้พิจารณา)"


@pytest.mark.usefixtures("report")
def test_what_the_record_tells_and_no_row_holds_is_missing(app: Flask) -> None:
    (found,) = altered("DELETE FROM decisions")

    assert (found.seq, found.reason) == (3, "decision_missing")


@pytest.mark.usefixtures("report")
def test_a_record_that_is_gone_with_its_head_leaves_rows_that_nobody_told(app: Flask) -> None:
    with past_the_guards():
        db.session.execute(sa.text("DELETE FROM audit_events"))
        db.session.execute(sa.text("DELETE FROM audit_heads"))

    assert [one.reason for one in first_breaks()] == ["row_unrecorded"]


@pytest.mark.usefixtures("report")
def test_the_bytes_of_evidence_are_read_unless_nobody_wants_it(cast: Cast) -> None:
    path = file_of(cast)
    path.unlink()
    path.write_bytes(CONTENT[:-1])

    assert [(one.reason, one.row) for one in first_breaks()] == [("file_broken", "evidence:1")]
    assert first_breaks(watch=None) == []


def file_of(cast: Cast) -> Path:
    sha256 = db.session.scalar(sa.text("SELECT sha256 FROM evidence WHERE sha256 IS NOT NULL"))
    return store().path_of(str(sha256))


@pytest.mark.usefixtures("report")
def test_where_no_file_is_read_what_the_worker_found_counts(cast: Cast) -> None:
    sha256 = str(db.session.scalar(sa.text("SELECT sha256 FROM evidence WHERE sha256 IS NOT NULL")))
    db.session.add(EvidenceCheck(sha256=sha256, checked_at=NOW, outcome=StoreOutcome.MISSING))
    db.session.commit()

    found = first_break(cast.agency.id, watch=None)

    assert found
    assert found.reason == "file_broken"


@pytest.mark.usefixtures("report")
def test_a_draft_that_is_only_being_written_agrees(cast: Cast) -> None:
    with transaction():
        draft = open_report(cast.other_task, cast.other_officer, NOW)
        save(
            draft,
            Claim(WorkStatus.IN_PROGRESS, "กำลังทำ", [], 40),
            actor=cast.other_officer,
            at=NOW,
            link="https://a.test",
        )

    assert first_breaks() == []


def test_evidence_that_came_back_in_another_order_is_the_same_content(cast: Cast) -> None:
    with transaction():
        report = drafted(cast.task, cast.officer)
        report.evidence = list(reversed(report.evidence))
        submit(report, actor=cast.officer, at=NOW)

    assert first_breaks() == []


def test_decisions_told_before_seats_had_names_and_rounds_still_count() -> None:
    telling = Telling()
    for seq, action in enumerate(("approved", "undone", "returned"), 1):
        after = {"task": 1, "version": 1, "seat": "director", "seat_number": 2, "content": "a", "state": "submitted"}
        telling.hear(7, Told(seq, NOW, "user:1", f"progress_report.{action}", after))

    assert [(key, told.seq) for key, told in telling.decisions.items()] == [
        ((7, 1, 2, 1), 1),
        ((7, 1, 2, 2), 2),
        ((7, 1, 2, 3), 3),
    ]


@pytest.mark.usefixtures("app")
def test_every_reason_and_part_can_be_told() -> None:
    for reason in BREAKS:
        assert told_of_break(Break(1, 2, reason, "decision:1", tuple(PARTS)))
