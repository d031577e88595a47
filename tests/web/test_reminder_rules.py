"""The rules of reminding and the windows of the assessment, looked at and changed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.reminders import DEFAULT_RULES, Capacity, Outcome, Rule, Trigger
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency
from ita_flow.models.reminders import Reminder, ReminderRule
from ita_flow.queries.reminder_rules import rules_on
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_task, one_commit, reminder_rules
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

PAGE, RULES, WINDOWS = "/admin/reminders", "/admin/reminders/rules", "/admin/reminders/windows/2567"
UPLOAD = AssessmentWindowKind.OIT_UPLOAD


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    reminder_rules(cast.agency, *DEFAULT_RULES)
    browser.sign_in(cast.coordinator)
    return browser


def rules_of(cast: Cast) -> frozenset[Rule]:
    db.session.expire_all()
    return rules_on(db.session.get_one(Agency, cast.agency.id))


def deeds() -> list[dict[str, Any]]:
    return [json.loads(body) for body in db.session.scalars(sa.select(AuditEvent.body).order_by(AuditEvent.seq))]


def confirm(desk: Browser, page: Page) -> Page:
    return desk.follow(desk.submit(page.form(), step="confirmed"))


def the_window() -> AssessmentWindow:
    db.session.expire_all()
    return db.session.scalars(sa.select(AssessmentWindow)).one()


def set_upload(desk: Browser, starts: str, ends: str) -> Page:
    form = desk.get(WINDOWS).form()
    return confirm(desk, desk.submit(form, 200, oit_upload_starts=starts, oit_upload_ends=ends))


def test_the_rules_are_told_in_words(desk: Browser) -> None:
    words = desk.get(PAGE).words

    assert "ก่อนครบกำหนด 30, 14, 7 และ 1 วัน และในวันครบกำหนด" in words
    assert "ทุกวันจันทร์อีก 4 ครั้ง" in words
    assert "ก่อนวันสุดท้าย 14 และ 3 วัน" in words


def test_an_auditor_reads_them_and_is_offered_no_change(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.auditor)

    page = browser.get(PAGE)

    assert RULES not in page.links.values()
    browser.get(RULES, 403)


def test_the_mails_of_the_next_fortnight_stand_below(desk: Browser, cast: Cast) -> None:
    page = desk.get(PAGE)

    assert "ศ. 22 มี.ค. 2567" in page.words
    assert cast.officer.name in page.words


def test_other_days_are_kept_once_their_mails_were_seen(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(RULES).form(), 200, before_due="๑๐, 3 และ 0", weekly=[])
    assert "ก่อนครบกำหนด 10 วัน" in page.words
    assert rules_of(cast) == set(DEFAULT_RULES)

    confirm(desk, page)

    kept = rules_of(cast)
    assert {rule.days for rule in kept if rule.trigger is Trigger.BEFORE_DUE} == {10, 3, 0}
    assert Rule(Trigger.WEEKLY) not in kept
    assert Rule(Trigger.MONTHLY) in kept


def test_what_changed_stands_in_the_record(desk: Browser) -> None:
    confirm(desk, desk.submit(desk.get(RULES).form(), 200, before_due="10", awaiting=[]))

    [deed] = deeds()
    assert deed["action"] == "reminders.rules_changed"
    assert (deed["before"]["before_due_rule"], deed["after"]["before_due_rule"]) == ([30, 14, 7, 1, 0], [10])
    assert (deed["before"]["awaiting_rule"], deed["after"]["awaiting_rule"]) == (True, False)


def test_a_rule_that_goes_is_switched_off_and_comes_back_as_the_same(desk: Browser, cast: Cast) -> None:
    rows = {row.id for row in db.session.scalars(sa.select(ReminderRule))}
    confirm(desk, desk.submit(desk.get(RULES).form(), 200, before_due=""))
    assert not any(rule.trigger is Trigger.BEFORE_DUE for rule in rules_of(cast))

    confirm(desk, desk.submit(desk.get(RULES).form(), 200, before_due="30, 14, 7, 1, 0"))

    assert rules_of(cast) == set(DEFAULT_RULES)
    assert {row.id for row in db.session.scalars(sa.select(ReminderRule))} == rows


def test_the_usual_rules_are_one_press_away(desk: Browser, cast: Cast) -> None:
    assert "ใช้ค่าเริ่มต้น" not in desk.get(RULES).links
    confirm(desk, desk.submit(desk.get(RULES).form(), 200, before_due="10", monthly=[]))

    form = desk.get(desk.get(RULES).links["ใช้ค่าเริ่มต้น"]).form()
    confirm(desk, desk.submit(form, 200))

    assert rules_of(cast) == set(DEFAULT_RULES)


def test_saving_what_stands_is_not_recorded(desk: Browser) -> None:
    confirm(desk, desk.submit(desk.get(RULES).form(), 200))

    assert deeds() == []


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("before_due", "สิบวัน", "กรอกเป็นตัวเลข"),
        ("before_due", "-3", "กรอกเป็นตัวเลข"),
        ("before_due", "400", "ตั้งแต่ 0 ถึง 180"),
        ("before_due", " ".join(map(str, range(11))), "ไม่เกิน 10 ตัวเลข"),
        ("overdue", "0", "ตั้งแต่ 1 ถึง 180"),
        ("overdue_mondays", "4, 5", "ไม่เกิน 1 ตัวเลข"),
        ("overdue_mondays", "13", "ตั้งแต่ 1 ถึง 12"),
    ],
)
def test_what_is_no_number_of_days_is_told_beside_its_field(
    desk: Browser, cast: Cast, field: str, typed: str, error: str
) -> None:
    page = desk.submit(desk.get(RULES).form(), 422, **{field: typed, "weekly": []})

    assert len(page.errors) == 1
    assert error in page.errors[0]
    assert page.form().fields[field] == [typed]
    assert "weekly" not in page.form().fields
    assert rules_of(cast) == set(DEFAULT_RULES)


def test_who_goes_back_finds_the_numbers_typed(desk: Browser) -> None:
    page = desk.submit(desk.get(RULES).form(), 200, before_due="10", weekly=[])

    again = desk.submit(page.form(), 200, step="edit")

    assert again.form().fields["before_due"] == ["10"]
    assert "weekly" not in again.form().fields


def test_of_two_at_once_the_second_is_shown_what_stands(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(RULES).form(), 200, before_due="10")
    confirm(desk, desk.submit(desk.get(RULES).form(), 200, before_due="20"))

    again = desk.submit(page.form(), 409, step="confirmed")

    assert "ก่อนครบกำหนด 20 วัน" in again.words
    assert again.form().fields["before_due"] == ["10"]
    confirm(desk, desk.submit(again.form(), 200))
    assert Rule(Trigger.BEFORE_DUE, 10) in rules_of(cast)


def test_a_window_is_set_and_its_mails_are_shown_first(desk: Browser) -> None:
    form = desk.get(WINDOWS).form()

    page = desk.submit(form, 200, oit_upload_starts="1 เม.ย. 2567", oit_upload_ends="30 เม.ย. 2567")

    assert "ระบบ OIT ปี 2567" in page.words
    assert "อ. 16 เม.ย. 2567" not in page.words  # a holiday; said on the last working day before
    assert "พฤ. 11 เม.ย. 2567" in page.words
    shown = confirm(desk, page)
    assert "จ. 1 เม.ย. 2567 ถึง อ. 30 เม.ย. 2567" in shown.words
    assert [deed["action"] for deed in deeds()] == ["assessment.window_set"]


def test_another_last_day_reminds_anew_another_first_day_does_not(desk: Browser) -> None:
    set_upload(desk, "1 เม.ย. 2567", "30 เม.ย. 2567")
    assert the_window().version == 1

    set_upload(desk, "2 เม.ย. 2567", "30 เม.ย. 2567")
    assert the_window().version == 1

    set_upload(desk, "2 เม.ย. 2567", "10 พ.ค. 2567")
    assert (the_window().version, the_window().ends_on) == (2, date(2024, 5, 10))


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        ("1 เม.ย. 2567", "", "oit_upload_ends"),
        ("", "30 เม.ย. 2567", "oit_upload_starts"),
        ("30 เม.ย. 2567", "1 เม.ย. 2567", "oit_upload_ends"),
        ("1 เม.ย. 2567", "1 ต.ค. 2567", "oit_upload_ends"),
        ("ต้นเดือน", "30 เม.ย. 2567", "oit_upload_starts"),
    ],
)
def test_days_that_are_no_window_are_told_beside_their_field(desk: Browser, starts: str, ends: str, field: str) -> None:
    page = desk.submit(desk.get(WINDOWS).form(), 422, oit_upload_starts=starts, oit_upload_ends=ends)

    assert len(page.errors) == 1
    assert f'href="#{field}"' in page.text
    assert page.form().fields["oit_upload_starts"] == [starts]


def test_a_window_is_taken_back_until_somebody_was_reminded_of_it(desk: Browser, cast: Cast) -> None:
    set_upload(desk, "1 เม.ย. 2567", "30 เม.ย. 2567")
    set_upload(desk, "", "")
    assert db.session.scalars(sa.select(AssessmentWindow)).all() == []

    set_upload(desk, "1 เม.ย. 2567", "30 เม.ย. 2567")
    _remind_of(the_window(), cast)
    page = desk.submit(desk.get(WINDOWS).form(), 422, oit_upload_starts="", oit_upload_ends="")

    assert "ลบไม่ได้" in page.errors[0]


def _remind_of(window: AssessmentWindow, cast: Cast) -> None:
    rule = db.session.scalars(sa.select(ReminderRule).where(ReminderRule.trigger == Trigger.WINDOW)).first()
    assert rule
    db.session.add(
        Reminder(
            agency_id=cast.agency.id,
            rule_id=rule.id,
            window_id=window.id,
            recipient_id=cast.coordinator.id,
            capacity=Capacity.COORDINATOR,
            due_version=1,
            occasion=date(2024, 4, 16),
            planned_for=date(2024, 4, 11),
            outcome=Outcome.SUPERSEDED,
            at=NOW,
        )
    )
    db.session.commit()


def test_of_two_who_set_a_window_the_second_is_shown_what_stands(desk: Browser) -> None:
    typed = {"oit_upload_starts": "1 เม.ย. 2567", "oit_upload_ends": "20 เม.ย. 2567"}
    page = desk.submit(desk.get(WINDOWS).form(), 200, **typed)
    set_upload(desk, "1 เม.ย. 2567", "30 เม.ย. 2567")

    again = desk.submit(page.form(), 409, step="confirmed")

    assert "อ. 30 เม.ย. 2567" in again.words
    assert again.form().fields["oit_upload_ends"] == ["20 เม.ย. 2567"]


@pytest.mark.parametrize("year", [2499, 2701])
def test_a_year_that_is_none_has_no_windows(desk: Browser, year: int) -> None:
    desk.get(f"/admin/reminders/windows/{year}", 404)


def test_the_windows_of_another_agency_are_its_own(desk: Browser, cast: Cast) -> None:
    db.session.add(
        AssessmentWindow(
            agency_id=cast.stranger.agency_id,
            year=2567,
            kind=UPLOAD,
            starts_on=date(2024, 4, 1),
            ends_on=date(2024, 4, 30),
        )
    )
    db.session.commit()

    assert desk.get(WINDOWS).form().fields["oit_upload_ends"] == [""]
    assert "30 เม.ย. 2567" not in desk.get(PAGE).words


@pytest.mark.parametrize("page", [RULES, WINDOWS])
def test_the_forms_cost_little(desk: Browser, page: str) -> None:
    with counted_statements() as statements:
        desk.get(page)

    assert len(statements) <= 12, "\n".join(statements)


def test_the_page_costs_the_same_for_many_tasks(desk: Browser, cast: Cast) -> None:
    costs = []
    for more in (0, 20):
        with one_commit():
            for _number in range(more):
                a_task(section=cast.section, officers=[cast.officer], due_on=cast.task.due_on)
        desk.get(PAGE)
        with counted_statements() as statements:
            desk.get(PAGE)
        costs.append(len(statements))

    assert costs[0] == costs[1]
