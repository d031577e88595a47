"""Hostile and careless requests: none of them breaks a page, loses a word, or reaches what is somebody else's."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow import database
from ita_flow.config import MAX_FILES_A_REPORT
from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission, Role
from ita_flow.domain.states import ReportState
from ita_flow.extensions import clock, db
from ita_flow.models.accounts import FormReceipt
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.web.access import requires
from ita_flow.workflow import accounts
from tests.browser import Browser, Page
from tests.factories import Cast, a_file, a_membership, a_report, a_task, the_cast
from tests.web.office import VARIABLE
from tests.web.test_access import fingerprint
from tests.web.test_progress_reports import PDF, a_pdf, fill, send

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}&lt;b&gt;</textarea></title>"
LARGE_NUMBERS = [2**31, 2**63, 10**30, "9" * 5000, "๙" * 20]
LARGEST_FIRST = [2**63, "9" * 5000, *(pytest.param(number, marks=pytest.mark.long) for number in LARGE_NUMBERS[::2])]
MORE_METHODS = [pytest.param(name, marks=pytest.mark.long) for name in ("PATCH", "DELETE", "TRACE", "PROPFIND")]
NOT_NAMES = ["a\0b", "\0", "\x1b[31mred", "\x7f", "\u202eevil"]


@pytest.fixture
def officer(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.officer)
    return browser


@pytest.fixture
def head(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.head)
    return browser


def the_report() -> ProgressReport:
    return db.session.scalars(sa.select(ProgressReport)).one()


def rows_of(model: type[Any]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(model)).one()


@pytest.mark.parametrize("number", LARGEST_FIRST, ids=lambda number: f"{str(number)[:6]}…")
def test_a_number_beyond_all_rows_is_a_page_that_is_not_there(app: Flask, officer: Browser, number: object) -> None:
    numbered = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(numbered) >= 8

    for rule in numbered:
        address = VARIABLE.sub(quote(str(number)), rule.rule)
        if "GET" in (rule.methods or ()):
            officer.get(address, 404)
        else:
            officer.post(address, status=404)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "GE\u0e01T", *MORE_METHODS])
def test_no_method_but_post_changes_anything(app: Flask, officer: Browser, cast: Cast, method: str) -> None:
    a_report(cast.task, cast.officer)
    before = fingerprint()

    for rule in app.url_map.iter_rules():
        answer = officer.client.open(VARIABLE.sub("1", rule.rule), method=method)
        assert answer.status_code < 500, rule

    assert fingerprint() == before


@pytest.mark.parametrize(
    "origin", ["null", "http://[", "http://[::1", "//localhost", "http://localhost.evil.example", "x"]
)
def test_an_origin_that_is_not_ours_is_refused(officer: Browser, origin: str) -> None:
    officer.post("/sign-out", status=400, headers={"Origin": origin})

    officer.get("/home")


@pytest.mark.parametrize(
    "host",
    [
        "localhost@evil.example",
        "localhost:80@evil.example",
        "localhost/evil",
        "[::1",
        "localhost\\evil",
        "",
        "localhost:x",
    ],
)
def test_a_host_that_is_written_oddly_names_no_page(app: Flask, host: str) -> None:
    answer = app.test_client().get("/home", headers={"Host": host})

    assert answer.status_code in (302, 400)
    assert "evil" not in answer.headers.get("Location", "") + answer.text


@pytest.mark.parametrize("email", [*NOT_NAMES, "İ" * 254, "%", "_%@%", "' OR 1=1 --", "a" * 254, "ก" * 254], ids=ascii)
def test_an_address_that_nobody_can_have_is_simply_wrong(browser: Browser, cast: Cast, email: str) -> None:
    page = browser.sign_in_by_form(email, status=422)

    assert page.errors


@pytest.mark.parametrize("number", range(5))
def test_other_writings_of_an_address_are_counted_together(app: Flask, cast: Cast, number: int) -> None:
    """Whoever is kept waiting does not get on by capitals, spaces, or by naming another place."""
    name = cast.officer.email
    for written in (name, name.upper(), f" {name}", f"{name}\u2003", f"\u00a0{name}\n"):
        Browser(app).sign_in_by_form(written, "not my password", status=422)
    variants = (name, name.title(), f"\t{name} ", f"{name}\u3000", name.swapcase())

    client = Browser(app)
    form = client.get("/sign-in").form()
    place = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": "for=198.51.100.9", "X-Real-IP": "198.51.100.7"}
    sent = {**form.fields, "email": variants[number], "password": "not my password"}
    page = Page(client.client.post("/sign-in", data=sent, headers=place), "/sign-in")

    assert "โปรดรอ" in page.errors[0]


@pytest.mark.parametrize("comment", ["\0", "\u200b\u200b", "\u2060 \ufeff"], ids=ascii)
def test_a_reason_that_nobody_can_read_is_none(head: Browser, cast: Cast, comment: str) -> None:
    report = a_report(cast.task, cast.officer)
    form = head.get("/approvals").form(f"/approvals/{report.id}/return")

    page = head.submit(form, 422, comment=comment)

    assert "กรอกเหตุผลที่ส่งกลับ" in page.words


def test_a_reason_loses_what_nobody_typed(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    form = head.get("/approvals").form(f"/approvals/{report.id}/return")

    head.submit(form, comment="ขอ\0ภาพ\x1b[2J\u202eใหม่\r\nด่วน", ready_reason="\0")

    assert db.session.scalars(sa.select(Decision.comment)).one() == "ขอภาพ[2Jใหม่\nด่วน"


@pytest.mark.parametrize("text", ["\0", "\u200b", "\u2060\ufeff"], ids=ascii)
def test_a_text_that_nobody_can_read_is_missing(officer: Browser, cast: Cast, text: str) -> None:
    page = send(officer, cast, answer=422, status="in_progress", text=text)

    assert page.errors == ["กรอกสิ่งที่ได้ทำ"]


def test_texts_lose_what_nobody_typed(officer: Browser, cast: Cast) -> None:
    send(officer, cast, status="in_progress", text="ก\0ข\u202eค\tง\r\nจ", obstacles="\x1b]0;x\x07ฉ", advice="\u2066ช")

    version = the_report().versions[0]
    assert (version.text, version.obstacles, version.advice) == ("กขค\tง\nจ", "]0;xฉ", "ช")


LINKS_THAT_NOBODY_CAN_OPEN = [
    "https://a..example/",
    "https://example.go.th:99999/",
    "https://example.go.th:port/",
    f"https://{'a' * 64}.example/",
    "https://[::1",
    "https://[zz]/",
    "https://www.example.go.th@evil.example/",
    "https://user:word@example.go.th/",
    "https://example.go.th\\@evil.example/",
    "https://%00/",
    "javascript:alert(1)//https://a.example",
    "data:text/html,<script>",
    "file:///etc/passwd",
    "//example.go.th",
    "https:///example",
    "https://" + "a/" * 1000,
]


@pytest.mark.parametrize("link", LINKS_THAT_NOBODY_CAN_OPEN, ids=lambda link: ascii(link)[:40])
def test_a_link_that_nobody_can_open_is_told_at_once(officer: Browser, cast: Cast, link: str) -> None:
    page = send(officer, cast, answer=422, status="in_progress", text="ทำแล้ว", link=link)

    assert page.errors[0].startswith("วางลิงก์ให้ครบ")
    assert rows_of(Evidence) == 0


@pytest.mark.parametrize(
    "link",
    [
        "https://ไทย.ไทย/ข่าว?ปี=๒๕๖๗#ผล",
        "HTTP://EXAMPLE.GO.TH:8080/a%20b?x=1&y=%E0%B8%81",
        "https://[2001:db8::1]/",
        "https://example.go.th/" + "ก" * 500,
        "https://example.go.th/'\"><script>alert(1)</script>",
    ],
    ids=lambda link: ascii(link)[:40],
)
def test_a_link_that_was_taken_opens(officer: Browser, cast: Cast, link: str) -> None:
    send(officer, cast, status="in_progress", text="ทำแล้ว", link=link)

    answer = officer.client.get(f"/evidence/{the_report().evidence[0].id}")

    assert answer.status_code == 302
    assert answer.headers["Location"].isascii()
    assert "<script" not in answer.text


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\boot.pdf": "....boot.pdf",
    "/etc/cron.d/job.pdf": "job.pdf",
    "CON.pdf": "CON.pdf",
    ".pdf": ".pdf",
    "ภาพ\u202efdp.pdf": "ภาพfdp.pdf",
    "ก\u200bข\ufeff.pdf": "กข.pdf",
    "nul\0.pdf": "nul.pdf",
    "ก" * 300 + ".pdf": "ก" * 196 + ".pdf",
    "e\u0301.pdf": "é.pdf",
    "report.exe.PDF": "report.exe.PDF",
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "a" + "\u0301\u0323" * 20_000 + ".pdf": None,
}


@pytest.mark.parametrize(("sent", "kept"), NAMES.items(), ids=lambda name: ascii(name)[:30])
def test_whatever_a_file_is_called_it_comes_back_as_that_file(
    officer: Browser, cast: Cast, sent: str, kept: str | None
) -> None:
    send(officer, cast, status="done", text="เสร็จแล้ว", files=a_pdf(sent))

    evidence = the_report().evidence[0]
    answer = officer.get(f"/evidence/{evidence.id}").response
    assert kept in (None, evidence.name)
    assert len(evidence.name) <= 200
    assert re.match(r"attachment; filename", answer.headers["Content-Disposition"])
    assert "X-Evil" not in answer.headers
    assert answer.data == PDF


FOREIGN_FILES = {
    "page.pdf": b"<html><script>alert(1)</script>",
    "late.pdf": b"GIF89a%PDF-1.4",
    "empty.pdf": b"",
    "short.pdf": b"%PD",
    "drawing.svg": b"<svg onload='alert(1)'/>",
    "page.html": b"%PDF-1.4",
    "program.exe": b"%PDF-1.4",
    "no extension": b"%PDF-1.4",
    "pdf": b"no",
    "trailing.pdf.": b"%PDF-1.4",
    "trailing.pdf ": b"<html>",
    "stream.pdf::$DATA": b"%PDF-1.4",
    "picture.png": b"\xff\xd8\xff",
    "letter.docx": b"PK\x03\x04 but nothing more",
}


@pytest.mark.parametrize(("name", "content"), FOREIGN_FILES.items(), ids=ascii)
def test_a_file_that_is_no_evidence_leaves_nothing(officer: Browser, cast: Cast, name: str, content: bytes) -> None:
    page = send(officer, cast, answer=422, status="done", text="เสร็จแล้ว", files=a_pdf(name, content))

    assert page.form().fields["text"] == ["เสร็จแล้ว"]
    assert rows_of(Evidence) == 0


def test_more_files_than_a_report_holds_are_told_and_the_words_are_kept(officer: Browser, cast: Cast) -> None:
    files = [a_pdf(f"{number}.pdf", PDF + str(number).encode()) for number in range(MAX_FILES_A_REPORT + 2)]

    page = send(officer, cast, answer=422, status="done", text="เสร็จแล้ว", files=files)

    assert "ไม่เกิน 10 รายการ" in page.errors[0]
    assert page.form().fields["text"] == ["เสร็จแล้ว"]
    assert the_report().text == "เสร็จแล้ว"
    assert len(the_report().evidence) == MAX_FILES_A_REPORT


def test_a_report_that_nobody_can_decide_keeps_its_words(officer: Browser, cast: Cast) -> None:
    form = officer.get(f"/tasks/{cast.task.id}/update").form()
    for membership in [*cast.head.memberships, *cast.director.memberships]:
        membership.ends_on = membership.starts_on
    db.session.commit()

    page = fill(officer, form, 422, status="done", text="เสร็จแล้ว", link="https://example.go.th/a")

    assert page.form().fields["text"] == ["เสร็จแล้ว"]
    assert (the_report().state, the_report().text) == (ReportState.DRAFT, "เสร็จแล้ว")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_costs_the_file_and_not_the_words(
    officer: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_handle: int) -> NoReturn:
        raise OSError(number, "no space")

    monkeypatch.setattr("ita_flow.storage.os.fsync", full)

    page = send(officer, cast, answer=422, status="done", text="เสร็จแล้ว", files=a_pdf())

    assert "คำสั่ง.pdf" in page.errors[-1]
    assert page.form().fields["text"] == ["เสร็จแล้ว"]
    assert the_report().text == "เสร็จแล้ว"
    assert rows_of(Evidence) == 0


def test_a_key_is_good_for_its_own_form_only(head: Browser, cast: Cast) -> None:
    """A browser that fills old hidden fields into another form must not make a deed look done."""
    reports = [a_report(task, cast.officer) for task in (cast.task, a_task(section=cast.section))]
    fields = {"version": 1, "seat_number": 1, "form_key": "the same key"}

    for report in reports:
        head.post(f"/approvals/{report.id}/approval", fields)

    assert rows_of(Decision) == 2
    assert rows_of(FormReceipt) == 2


def test_other_words_under_an_old_key_are_not_lost(officer: Browser, cast: Cast) -> None:
    """Back, write on, press again: the page is old, but what it holds is new."""
    form = officer.get(f"/tasks/{cast.task.id}/update").form()
    fill(officer, form, text="บันทึกครั้งแรก", draft="1")

    page = fill(officer, form, 409, text="เขียนต่อหลังกดย้อนกลับ", draft="1")

    assert page.form().fields["text"] == ["เขียนต่อหลังกดย้อนกลับ"]
    assert the_report().text == "บันทึกครั้งแรก"


def test_the_key_of_another_person_opens_nothing(app: Flask, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, approvals=1)
    fields = {"version": 1, "seat_number": 2, "form_key": "a key of the director"}
    director, head = Browser(app), Browser(app)
    director.sign_in(cast.director)
    head.sign_in(cast.head)
    director.post(f"/approvals/{report.id}/approval", fields)

    head.post(f"/approvals/{report.id}/approval", fields, 409)


@pytest.mark.parametrize(
    "fields", [{"version": 2}, {"version": 0}, {"version": -1}, {"seat_number": 2}, {"seat_number": 0}]
)
def test_changed_hidden_fields_decide_nothing(head: Browser, cast: Cast, fields: dict[str, int]) -> None:
    report = a_report(cast.task, cast.officer)
    sent = {"version": 1, "seat_number": 1, "form_key": "forged-key", **fields}

    head.post(f"/approvals/{report.id}/approval", sent, 409)

    assert rows_of(Decision) == 0


MORE_THAN_ASKED: dict[str, Any] = {
    "agency_id": "2",
    "state": "approved",
    "version": "9",
    "percent": "100",
    "authors": "1",
    "chain": "[]",
    "submitted_by_id": "1",
    "decided_by_id": "1",
    "task_id": "1",
    "work_status": "done",
    "completed_at": "2024-01-01",
    "role": "administrator",
}


def test_fields_that_nobody_asked_for_change_nothing(officer: Browser, cast: Cast) -> None:
    send(officer, cast, text="ร่าง", draft="1", **MORE_THAN_ASKED)

    report = the_report()
    assert (report.state, report.version, report.percent, report.authors) == (
        ReportState.DRAFT,
        0,
        None,
        [cast.officer],
    )
    assert report.agency_id == cast.agency.id
    assert cast.officer.posts_on(clock.today()) == [Role.OFFICER]


def test_evidence_of_another_task_is_not_taken_out_by_its_number(officer: Browser, cast: Cast) -> None:
    other = a_report(cast.other_task, cast.other_officer, state=ReportState.DRAFT)
    send(officer, cast, text="ร่าง", draft="1")

    send(officer, cast, removed=str(other.evidence[0].id), draft="1")

    assert len(other.evidence) == 1


def test_a_thousand_fields_and_a_large_text_are_refused_kindly(officer: Browser, cast: Cast) -> None:
    address = f"/tasks/{cast.task.id}/update"

    officer.post(address, {"text": "ก" * 1_000_000}, 413)
    officer.post(address, {**{f"field{number}": "" for number in range(1100)}, "files": a_pdf()}, 413)

    assert rows_of(ProgressReport) == 0


@pytest.mark.parametrize("somebody", ["coordinator", "auditor", "administrator", "chief", "executive"])
def test_a_draft_of_a_whole_division_is_for_that_division_too(browser: Browser, cast: Cast, somebody: str) -> None:
    """The task has no section and these people no unit: nothing is not the same as nothing."""
    task = a_task(division=cast.division, section=None, officers=[cast.officer])
    evidence = a_file(task, cast.officer)
    browser.sign_in(getattr(cast, somebody))

    browser.get(f"/evidence/{evidence.id}", 403)


def test_an_officer_of_no_unit_opens_no_evidence(browser: Browser, cast: Cast) -> None:
    task = a_task(division=cast.division, section=None, officers=[cast.officer])
    evidence = a_report(task, cast.officer).evidence[0]
    for membership in cast.other_officer.memberships:
        membership.unit = None
    browser.sign_in(cast.other_officer)

    browser.get(f"/evidence/{evidence.id}", 403)


@pytest.mark.parametrize("address", ["/home", "/tasks", "/approvals", "/dashboard"])
def test_a_post_that_ends_closes_its_doors_at_once(head: Browser, cast: Cast, address: str) -> None:
    report = a_report(cast.task, cast.officer)
    head.get(address)

    for membership in cast.head.memberships:
        membership.ends_on = clock.today() - timedelta(days=1)
    db.session.commit()

    head.get(address, 403)
    sent = {"version": 1, "seat_number": 1, "form_key": "forged-key"}
    head.post(f"/approvals/{report.id}/approval", sent, 403)


def test_who_is_officer_and_head_does_not_decide_on_their_own(browser: Browser, cast: Cast) -> None:
    a_membership(cast.head, role=Role.OFFICER, unit=cast.section)
    browser.sign_in(cast.head)
    send(browser, cast, status="done", text="เสร็จแล้ว", files=a_pdf())
    address, sent = f"/approvals/{the_report().id}/approval", {"version": 1, "form_key": "forged-key"}

    browser.post(address, {**sent, "seat_number": 1}, 403)
    browser.post(address, {**sent, "seat_number": 2}, 409)

    assert rows_of(Decision) == 0


@pytest.fixture
def locked(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """The browser of an officer whose session is due to be noted while somebody else holds the database."""
    browser = Browser(app)
    browser.sign_in(cast.officer)
    monkeypatch.setattr(accounts, "is_due_to_be_seen", lambda _sign_in, _now: True)
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    db.session.commit()
    other = db.engine.connect()
    other.execute(sa.text("UPDATE sign_ins SET seen_at = seen_at"))
    yield browser
    other.close()


def test_pages_are_read_while_nothing_can_be_written(locked: Browser) -> None:
    locked.get("/home")


def test_the_log_names_the_page_and_not_the_secret_in_its_address(
    app: Flask, browser: Browser, cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_anything: object) -> NoReturn:
        raise sa.exc.OperationalError("SELECT", None, Exception("connection lost"))

    monkeypatch.setattr("ita_flow.web.auth.open_link", busy)

    with caplog.at_level(logging.INFO):
        browser.get("/sign-in/link/secret-token%0aINFO%20forged", 503)

    assert "secret-token" not in caplog.text
    assert "forged" not in caplog.text
    assert "/sign-in/link/<token>" in caplog.text


def test_no_word_of_a_form_reaches_the_log(app_of_its_own: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app, cast = app_of_its_own, the_cast()
    browser, email = Browser(app), cast.officer.email

    @requires(Permission.ACCOUNT_USE)
    def twice() -> str:
        with transaction():
            db.session.execute(
                sa.insert(User).values(
                    agency_id=1, email=email, name="a private name", is_active=True, created_at=real_now()
                )
            )
        return ""

    app.add_url_rule("/twice", view_func=twice)
    browser.sign_in(cast.officer)

    with caplog.at_level(logging.INFO):
        browser.get("/twice", 409)

    assert "a private name" not in caplog.text


def test_the_way_back_is_offered_behind_a_proxy(app: Flask, settings: Any) -> None:
    app.config["SETTINGS"] = replace(settings, base_url="https://ita.example.go.th")

    answer = app.test_client().post("/sign-in", headers={"Referer": "https://ita.example.go.th/sign-in"})

    assert "https://ita.example.go.th/sign-in" in answer.text


def test_no_text_becomes_a_part_of_any_page(app: Flask, cast: Cast) -> None:
    """Every text that people give, on every page that anybody of the office can open."""
    _write_everywhere(cast)
    browser, seen = Browser(app), 0

    for person in (cast.officer, cast.director, cast.coordinator):
        browser.sign_in(person)
        for address in _addresses(cast):
            answer = browser.client.get(address)
            if answer.status_code in (200, 422):
                page = Page(answer, address)
                _look_for_foreign_parts(page)
                seen += SCRIPT[:9] in "".join(page.tree.itertext())

    assert seen > 20


def _write_everywhere(cast: Cast) -> None:
    agency, plan = cast.agency, cast.task.measure.plan
    agency.name, agency.short_name = SCRIPT, SCRIPT[:100]
    for unit in (cast.division, cast.section):
        unit.name = f"{unit.id}{SCRIPT}"
    for person in (cast.officer, cast.head, cast.director, cast.coordinator, cast.chief):
        person.name = SCRIPT
        for membership in person.memberships:
            membership.post = SCRIPT
    for measure in plan.measures:
        measure.title = f"{measure.number}{SCRIPT}"
    for step in cast.task.steps:
        step.text = SCRIPT
    db.session.commit()
    a_report(cast.task, cast.officer, text=SCRIPT, evidence=[a_file(cast.task, cast.officer, name=SCRIPT)])
    returned = a_task(section=cast.section, officers=[cast.officer])
    a_report(returned, cast.officer, state=ReportState.RETURNED, text=SCRIPT)
    draft = a_task(section=cast.section, officers=[cast.officer])
    a_report(draft, cast.officer, state=ReportState.DRAFT, text=SCRIPT)


def _addresses(cast: Cast) -> Iterator[str]:
    written = quote(SCRIPT)
    yield from ("/home", "/tasks", "/tasks?by=measure", "/approvals", "/dashboard", "/plans/2567", "/scores/2566")
    yield from ("/calendar", "/chase?chosen=all", "/notifications", "/activity", "/search?q=script", "/search?q=ก")
    yield from (f"/dashboard/divisions/{cast.division.id}", f"/handover/{cast.officer.id}", f"/search?q={written}")
    yield from (f"/tasks?state={written}&year={written}&division={written}", f"/{written}", f"/sign-in?next=/{written}")
    for number in range(1, 6):
        yield from (f"/tasks/{number}", f"/tasks/{number}/update", f"/tasks/{number}/reports/1")


def _look_for_foreign_parts(page: Page) -> None:
    assert not page.mistakes_in_html, page.address
    for element in page.tree.iter():
        assert not any(name.startswith("on") for name in element.attrib), page.address
        if element.tag == "script":
            assert element.get("src", "").startswith("/assets/"), page.address
            assert not element.text, page.address
        assert element.tag != "img", page.address
