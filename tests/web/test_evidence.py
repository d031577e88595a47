"""Evidence on pages: replaced with a reason, opened as a download only, and never when it is damaged."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from ita_flow.config import MEGABYTE
from ita_flow.domain.files import clean_name
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.workflow import evidence_checks
from ita_flow.workflow.evidence import store
from tests.browser import Browser, Form
from tests.factories import NOW, Cast, a_file, a_link, a_report
from tests.statements import counted_statements

FIRST, SECOND, THIRD = b"%PDF-1.4\nfirst\n", b"%PDF-1.4\nsecond\n", b"%PDF-1.4\nthird\n"
WHY = "ฉบับเดิมไม่มีลายมือชื่อ"


@pytest.fixture
def officer(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.officer)
    return browser


@pytest.fixture
def older(cast: Cast) -> Evidence:
    """Evidence of a report that came back; its bytes are in the store."""
    store().put(io.BytesIO(FIRST), MEGABYTE)
    piece = a_file(cast.task, cast.officer, FIRST, "คำสั่ง.pdf")
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=[piece])
    return piece


def the_report() -> ProgressReport:
    return db.session.scalars(sa.select(ProgressReport).order_by(ProgressReport.number.desc())).first()  # type: ignore[return-value]


def form_of(browser: Browser, cast: Cast, claim: str | None = None) -> Form:
    """The form of the task, with another claim chosen if given."""
    form = browser.get(f"/tasks/{cast.task.id}/update").form()
    if claim is not None:
        form.fields["status"] = [claim]
    return form


def replacing(piece: Evidence, content: bytes | None = None, reason: str = "", **fields: Any) -> dict[str, Any]:
    """What the form sends when this piece is replaced."""
    sent = {f"newer_{piece.id}_reason": reason, "text": "แก้ไขแล้ว", **fields}
    return sent if content is None else {**sent, f"newer_{piece.id}_file": (io.BytesIO(content), "คำสั่ง ลงนาม.pdf")}


def test_evidence_is_replaced_with_a_reason_and_every_page_says_so(
    officer: Browser, cast: Cast, older: Evidence
) -> None:
    receipt = officer.follow(officer.submit(form_of(officer, cast), **replacing(older, SECOND, WHY)))

    said = f"ฉบับที่ 2 แทนที่ คำสั่ง.pdf เพราะ {WHY}"
    assert said in receipt.words
    assert receipt.links["คำสั่ง.pdf"] == f"/evidence/{older.id}"
    assert said in officer.get(f"/tasks/{cast.task.id}").words
    officer.sign_in(cast.head)
    assert said in officer.get("/approvals").words
    assert officer.get(f"/evidence/{older.id}").response.data == FIRST


def test_evidence_of_an_approved_report_is_replaced_in_the_next(officer: Browser, cast: Cast) -> None:
    piece = a_file(cast.task, cast.officer, FIRST, "คำสั่ง.pdf")
    a_report(cast.task, cast.officer, ReportState.APPROVED, WorkStatus.IN_PROGRESS, evidence=[piece])

    assert "หลักฐานที่เคยส่งแล้ว 1 รายการ" in officer.get(f"/tasks/{cast.task.id}/update").words
    officer.submit(form_of(officer, cast, "in_progress"), **replacing(piece, SECOND, WHY))

    assert [one.supersedes_id for one in the_report().evidence] == [piece.id]
    first = db.session.scalars(sa.select(ProgressReport).where(ProgressReport.number == 1)).one()
    assert first.versions[0].evidence == [piece]


def test_a_file_without_its_reason_waits_on_the_page(officer: Browser, cast: Cast, older: Evidence) -> None:
    page = officer.submit(form_of(officer, cast), 422, **replacing(older, SECOND))

    assert page.errors == ["ระบุเหตุผลที่แทนที่ คำสั่ง.pdf"]
    assert "เลือกไว้แล้ว: คำสั่ง ลงนาม.pdf" in page.words
    assert the_report().evidence == [older]

    again = page.form()
    again.fields[f"newer_{older.id}_reason"] = [WHY]
    officer.submit(again)
    [piece] = the_report().evidence
    assert (piece.name, piece.supersedes, piece.supersede_reason) == ("คำสั่ง ลงนาม.pdf", older, WHY)
    assert officer.get(f"/evidence/{piece.id}").response.data == SECOND


def test_a_reason_without_a_file_stays_in_the_form(officer: Browser, cast: Cast, older: Evidence) -> None:
    page = officer.submit(form_of(officer, cast), 422, **replacing(older, reason=WHY))

    assert page.errors == ["เลือกไฟล์ฉบับใหม่ที่จะใช้แทน คำสั่ง.pdf"]
    assert page.form().fields[f"newer_{older.id}_reason"] == [WHY]


@pytest.mark.parametrize(
    ("content", "begins"),
    [(FIRST, "ไฟล์ที่เลือกมีเนื้อหาเดียวกับ คำสั่ง.pdf"), (b"MZ no document", "คำสั่ง ลงนาม.pdf มีเนื้อหาไม่ตรง")],
)
def test_an_unfit_file_is_told_and_the_reason_kept(
    officer: Browser, cast: Cast, older: Evidence, content: bytes, begins: str
) -> None:
    page = officer.submit(form_of(officer, cast), 422, **replacing(older, content, WHY))

    [error] = page.errors
    assert error.startswith(begins)
    assert page.form().fields[f"newer_{older.id}_reason"] == [WHY]
    assert "เลือกไว้แล้ว" not in page.words


def test_what_else_is_wrong_keeps_the_newer_file_as_a_draft(officer: Browser, cast: Cast, older: Evidence) -> None:
    page = officer.submit(form_of(officer, cast, ""), 422, **replacing(older, SECOND, WHY))

    assert page.errors == ["เลือกผลการดำเนินการถึงวันนี้"]
    assert f"ฉบับที่ 2 แทนที่ คำสั่ง.pdf เพราะ {WHY}" in page.words
    assert f"newer_{older.id}_reason" not in page.form().fields


def test_a_page_that_is_too_old_keeps_the_file_and_the_reason(officer: Browser, cast: Cast, older: Evidence) -> None:
    form = form_of(officer, cast)
    officer.submit(form_of(officer, cast), text="บันทึกจากอีกหน้าต่าง", draft="1")

    page = officer.submit(form, 409, **replacing(older, SECOND, WHY))
    officer.submit(page.form())

    assert [one.supersede_reason for one in the_report().evidence] == [WHY]


def test_two_pieces_are_replaced_at_once_but_not_by_the_same_file(officer: Browser, cast: Cast) -> None:
    pieces = [a_file(cast.task, cast.officer, content, f"{content!r}.pdf") for content in (FIRST, SECOND)]
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=pieces)
    both = {**replacing(pieces[0], THIRD, WHY), **replacing(pieces[1], THIRD, "แก้ไขวันที่")}

    page = officer.submit(form_of(officer, cast), 422, **both)
    assert page.errors[0].startswith("ไฟล์ที่เลือกแนบไว้แล้ว")
    officer.submit(page.form(), **replacing(pieces[1], THIRD + b"%%EOF", "แก้ไขวันที่"))

    assert [one.supersedes for one in the_report().evidence] == pieces


def test_a_link_too_may_be_replaced_by_a_file(officer: Browser, cast: Cast) -> None:
    link = a_link(cast.task, cast.officer)
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=[link])

    officer.submit(form_of(officer, cast), **replacing(link, FIRST, "หน้าเว็บถูกย้าย"))

    assert [one.supersedes for one in the_report().evidence] == [link]


def test_the_ticket_of_another_person_opens_nothing(browser: Browser, cast: Cast, older: Evidence) -> None:
    browser.sign_in(cast.colleague)
    page = browser.submit(form_of(browser, cast), 422, **replacing(older, SECOND))
    ticket = page.form().fields[f"newer_{older.id}_ticket"]

    browser.sign_in(cast.officer)
    fields = {f"newer_{older.id}_ticket": ticket, **replacing(older, reason=WHY)}
    refused = browser.submit(form_of(browser, cast), 422, **fields)

    assert refused.errors == ["เลือกไฟล์ฉบับใหม่ที่จะใช้แทน คำสั่ง.pdf"]


@pytest.mark.parametrize("ticket", ["", "x", "W10.x", "." * 500, "ตั๋ว"])
def test_a_ticket_that_nobody_gave_is_no_file(officer: Browser, cast: Cast, older: Evidence, ticket: str) -> None:
    fields = {f"newer_{older.id}_ticket": ticket, **replacing(older, reason=WHY)}

    officer.submit(form_of(officer, cast), 422, **fields)

    assert the_report().evidence == [older]


def test_a_full_report_has_room_for_a_newer_file_but_for_no_further_one(officer: Browser, cast: Cast) -> None:
    pieces = [a_link(cast.task, cast.officer, f"https://example.go.th/{number}") for number in range(10)]
    a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=pieces)

    page = officer.submit(
        form_of(officer, cast), 422, **replacing(pieces[0], FIRST, WHY, link="https://example.go.th/x")
    )

    assert [error for error in page.errors if "ไม่เกิน 10 รายการ" in error]
    assert (len(the_report().evidence), the_report().evidence[-1].supersedes) == (10, pieces[0])


def test_a_submitted_report_takes_no_newer_file(officer: Browser, cast: Cast, older: Evidence) -> None:
    form = form_of(officer, cast)
    officer.submit(form, text="ส่งแล้ว")

    page = officer.submit(form, 409, **replacing(older, SECOND, WHY))

    assert "ส่งพิจารณาไปแล้ว" in page.words
    assert the_report().evidence == [older]


def test_after_a_decision_no_form_changes_what_was_decided(officer: Browser, cast: Cast) -> None:
    piece = a_file(cast.task, cast.officer, FIRST, "คำสั่ง.pdf")
    report = a_report(cast.task, cast.officer, ReportState.APPROVED, WorkStatus.IN_PROGRESS, evidence=[piece])
    decided_on = report.versions[0].content_hash

    form = form_of(officer, cast, "in_progress")
    officer.submit(form, **replacing(piece, SECOND, WHY, removed=str(piece.id), text="ข้อความอื่น"))

    first = db.session.get_one(ProgressReport, report.id)
    [version] = first.versions
    assert (first.evidence, version.evidence) == ([piece], [piece])
    assert (version.text, version.content_hash) == ("ดำเนินการครบทุกขั้นตอนแล้ว", decided_on)
    assert the_report().number == 2


def test_the_form_costs_the_same_for_one_piece_and_for_ten(officer: Browser, cast: Cast) -> None:
    pieces = [a_link(cast.task, cast.officer, f"https://example.go.th/{number}") for number in range(10)]
    report = a_report(cast.task, cast.officer, ReportState.RETURNED, evidence=pieces[:1])
    costs = []

    for shown in (pieces[:1], pieces):
        report.evidence = list(shown)
        db.session.commit()
        with counted_statements() as statements:
            form_of(officer, cast)
        costs.append(len(statements))

    assert costs[0] == costs[1]


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
ANYTHING = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@ANYTHING
@given(
    name=st.one_of(NAMES, st.sampled_from(["นำ้.pdf", 'a"b\\c.pdf', "ก" * 200, "\u202ecod.pdf", "a;b=c.pdf", "%41.pdf"]))
)
def test_a_name_comes_back_as_it_was_kept(app: Flask, cast: Cast, name: str) -> None:
    kept = clean_name(name) or "x"
    browser, piece = Browser(app), a_file(cast.task, cast.officer, FIRST, kept)
    store().put(io.BytesIO(FIRST), MEGABYTE)
    browser.sign_in(cast.officer)

    header = browser.get(f"/evidence/{piece.id}").response.headers["Content-Disposition"]

    kind, parts = parse_options_header(header)
    assert (kind, parts["filename"]) == ("attachment", kept)


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/pdf", "text/javascript"])
def test_nothing_opens_as_a_page_of_ours(officer: Browser, cast: Cast, media_type: str) -> None:
    content = b"<script>alert(1)</script>"
    stored = store().put(io.BytesIO(content), MEGABYTE)
    piece = Evidence(
        agency_id=cast.agency.id,
        task_id=cast.task.id,
        kind=EvidenceKind.FILE,
        name="page.html",
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        added_by=cast.officer,
        added_at=NOW,
    )
    db.session.add(piece)
    db.session.commit()

    headers = officer.client.get(f"/evidence/{piece.id}").headers

    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


def alter(piece: Evidence) -> None:
    path = store().path_of(str(piece.sha256))
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 something else")


def lose(piece: Evidence) -> None:
    store().path_of(str(piece.sha256)).unlink()


@pytest.mark.parametrize(("harm", "sentence"), [(alter, "ไฟล์นี้ไม่ตรงกับที่บันทึกไว้"), (lose, "ไม่พบไฟล์นี้ในที่เก็บหลักฐาน")])
def test_damaged_bytes_are_never_sent_even_before_the_worker_finds_them(
    officer: Browser, older: Evidence, harm: Any, sentence: str
) -> None:
    harm(older)

    page = officer.get(f"/evidence/{older.id}", 410)

    assert sentence in page.words


def damage_found(piece: Evidence) -> None:
    alter(piece)
    evidence_checks.check_some(store(), NOW + timedelta(hours=1))


def test_what_the_worker_found_is_told_beside_the_evidence(officer: Browser, cast: Cast, older: Evidence) -> None:
    damage_found(older)

    for address in (f"/tasks/{cast.task.id}", f"/tasks/{cast.task.id}/reports/1", f"/tasks/{cast.task.id}/update"):
        assert "ไฟล์นี้ไม่ตรงกับที่บันทึกไว้" in officer.get(address).words


@pytest.mark.parametrize(("person", "is_told"), [("coordinator", True), ("auditor", True), ("officer", False)])
def test_those_who_look_after_the_record_find_damage_on_their_first_page(
    browser: Browser, cast: Cast, older: Evidence, person: str, is_told: bool
) -> None:
    damage_found(older)
    browser.sign_in(getattr(cast, person))

    page = browser.get("/home")

    assert ("หลักฐานเสียหายหรือหายไป 1" in page.words) == is_told
    assert (page.links.get("คำสั่ง.pdf") == f"/tasks/{cast.task.id}#evidence") == is_told


def test_damage_in_another_agency_is_not_told(browser: Browser, cast: Cast, older: Evidence) -> None:
    damage_found(older)
    browser.sign_in(cast.stranger)

    assert "หลักฐานเสียหาย" not in browser.get("/home").words
