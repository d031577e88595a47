"""The list of measures with its filters, and the page of one task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from ita_flow.domain.approval_chains import ChainSeat, Verb
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import clock, db
from ita_flow.models.plans import MeasureItem
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.workflow import approvals, audit, progress_reports
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_chain, a_file, a_link, a_plan, a_report, a_task, an_acting_order, one_commit
from tests.factories.plans import cancel
from tests.statements import counted_statements
from tests.year import in_march

FIRST = Seen(version=1, seat_number=1)


@pytest.fixture
def officer(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.officer)
    return browser


def titles(page: Page) -> list[str]:
    heads = [head for body in page.tree.iter("tbody") for head in body.iter("th")]
    return ["".join(head.find("a").itertext()) for head in heads]  # type: ignore[union-attr]


def next_step(page: Page) -> str:
    return " ".join("".join(next(page.of_class("say")).itertext()).replace("\u00a0", " ").split())


def page_for(browser: Browser, cast: Cast, person: str) -> Page:
    browser.sign_in(getattr(cast, person))
    return browser.get(f"/tasks/{cast.task.id}")


def test_the_list_tells_each_task_in_a_line(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, approvals=1)

    page = officer.get("/tasks")

    assert titles(page) == ["2 มาตรการตัวอย่างที่ 2", "5 มาตรการตัวอย่างที่ 5"]
    assert "2 งาน" in page.words
    line = " ".join("".join(next(page.tree.iter("tbody")).find("tr").itertext()).split())  # type: ignore[union-attr]
    for told in ("ฝ่ายประชาสัมพันธ์", "ส่งทันกำหนด", "31 มี.ค. 2567", "0%", "รายงานว่า 100%", "รอพิจารณา 2/2", "18 มี.ค. 2567"):
        assert told in line.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=2", ["2 มาตรการตัวอย่างที่ 2"]),
        ("deadline=due_soon", ["2 มาตรการตัวอย่างที่ 2", "7 มาตรการตัวอย่างที่ 7"]),
        ("state=done&window=first_half", ["1 มาตรการตัวอย่างที่ 1", "6 มาตรการตัวอย่างที่ 6"]),
        ("mine=1", ["2 มาตรการตัวอย่างที่ 2", "3 มาตรการตัวอย่างที่ 3"]),
        ("unfinished=1&by=measure&window=full_year", ["4 มาตรการตัวอย่างที่ 4", "5 มาตรการตัวอย่างที่ 5"]),
    ],
)
def test_the_address_narrows_the_list(officer: Browser, cast: Cast, query: str, found: Sequence[str]) -> None:
    in_march(cast)

    assert titles(officer.get(f"/tasks?{query}")) == found


def test_the_filter_bar_shows_what_is_chosen(officer: Browser) -> None:
    form = officer.get("/tasks?area=2&deadline=due_soon&by=measure").form("/tasks")

    assert form.fields["area"] == ["2"]
    assert form.fields["deadline"] == ["due_soon"]
    assert form.fields["by"] == ["measure"]


def test_the_filter_bar_leads_to_the_narrowed_list(officer: Browser) -> None:
    page = officer.submit(officer.get("/tasks").form("/tasks"), 200, area="5")

    assert titles(page) == ["5 มาตรการตัวอย่างที่ 5"]


@pytest.mark.parametrize(
    "query",
    ["area=9", "area=x", "state=late", "division=999", "division=99999999999", "by=color", "mine=yes", "year=1"],
)
def test_a_filter_that_cannot_be_read_is_left_out_and_told(officer: Browser, query: str) -> None:
    page = officer.get(f"/tasks?{query}")

    assert "ไม่ได้กรองตาม “" in page.words
    assert len(titles(page)) == 2


def test_nothing_found_leads_back_to_everything(officer: Browser) -> None:
    page = officer.get("/tasks?state=done")

    assert "ไม่พบรายการที่ตรงกับตัวกรอง" in page.words
    assert page.links["ดูมาตรการทั้งหมดของปี 2567"] == "/tasks?year=2567"


def test_a_year_without_measures_says_so(officer: Browser) -> None:
    assert "ยังไม่มีมาตรการในปี 2560" in officer.get("/tasks?year=2560").words


def test_a_measure_of_two_divisions_is_one_line_by_measure_and_two_by_task(officer: Browser, cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    by_measure, by_task = officer.get("/tasks?by=measure&area=2"), officer.get("/tasks?area=2")

    assert (len(titles(by_measure)), len(titles(by_task))) == (1, 2)
    assert "2 สำนัก/กอง" in by_measure.words
    assert len(titles(officer.get(by_measure.links["2 มาตรการตัวอย่างที่ 2"]))) == 2


@pytest.mark.parametrize("how_many", [1, 50])
def test_the_list_costs_the_same_for_one_task_and_for_fifty(
    browser: Browser, cast: Cast, today: date, how_many: int
) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_task(measure, division=cast.division, officers=[cast.officer])
    browser.sign_in(cast.coordinator)

    with counted_statements() as statements:
        page = browser.get("/tasks")

    assert len(titles(page)) == how_many
    assert len(statements) <= 12, "\n".join(statements)


def test_the_officer_is_told_that_it_is_their_turn(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks/{cast.task.id}")

    assert next_step(page).startswith("โปรดรายงานความก้าวหน้าภายใน ศ. 29 มี.ค.")
    assert page.links["อัปเดตความก้าวหน้า"] == f"/tasks/{cast.task.id}/update"


def test_others_are_told_whom_the_task_waits_for(browser: Browser, cast: Cast, today: date) -> None:
    page = page_for(browser, cast, "coordinator")

    name = cast.officer.name
    assert next_step(page) == f"รอ {name} (ฝ่ายประชาสัมพันธ์) รายงานความก้าวหน้าภายใน ศ. 29 มี.ค."
    assert "อัปเดตความก้าวหน้า" not in page.links


def test_the_seat_whose_turn_it_is_is_sent_to_decide(browser: Browser, cast: Cast, today: date) -> None:
    a_report(cast.task, cast.officer)

    head, director = page_for(browser, cast, "head"), page_for(browser, cast, "director")

    assert next_step(head) == "รอท่านพิจารณารายงานครั้งที่ 1 ตั้งแต่ 18 มี.ค. 2567"
    assert head.links["พิจารณา"] == "/approvals"
    assert next_step(director) == "รอหัวหน้าฝ่ายพิจารณารายงานครั้งที่ 1 ตั้งแต่ 18 มี.ค. 2567"


def test_what_came_back_is_shown_with_its_reason(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    page = officer.get(f"/tasks/{cast.task.id}")

    assert next_step(page) == "โปรดแก้ไขรายงานครั้งที่ 1 ตามที่หัวหน้าฝ่ายแจ้ง แล้วส่งพิจารณาอีกครั้ง"
    assert "โปรดแนบภาพถ่าย" in page.words
    assert "แก้ไขและส่งใหม่" in page.links


def test_an_overdue_task_says_by_how_much(officer: Browser, cast: Cast) -> None:
    clock.pretend(date(2024, 4, 3))

    assert "เกินกำหนดมาแล้ว 3 วัน" in next_step(officer.get(f"/tasks/{cast.task.id}"))


def test_a_done_task_says_when(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)

    page = officer.get(f"/tasks/{cast.task.id}")

    assert next_step(page) == "แล้วเสร็จ พิจารณาครบทุกลำดับเมื่อ 18 มี.ค. 2567"
    assert "อัปเดตความก้าวหน้า" not in page.links


def test_a_cancelled_task_says_that_it_no_longer_counts(officer: Browser, cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()

    assert next_step(officer.get(f"/tasks/{cast.task.id}")) == "ยกเลิกแล้ว จึงไม่นับรวมในผลการดำเนินการของปีนี้"


def test_a_task_without_officers_says_who_has_to_act(browser: Browser, cast: Cast, today: date) -> None:
    cast.task.officers = []
    db.session.commit()

    assert next_step(page_for(browser, cast, "coordinator")).startswith("ยังไม่ได้ระบุเจ้าหน้าที่ผู้รับผิดชอบ")


def test_a_draft_is_mentioned_to_its_section_only(browser: Browser, cast: Cast, today: date) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT, evidence=[a_link(cast.task, cast.officer)])

    own, foreign = page_for(browser, cast, "officer"), page_for(browser, cast, "other_officer")

    assert "มีร่างที่บันทึกไว้เมื่อ 18 มี.ค. 2567 09:00 น." in own.words
    assert "อยู่ในร่าง ยังไม่ส่ง" in own.words
    assert "ร่าง" not in foreign.words
    assert "หน้าเว็บของหน่วยงาน" not in foreign.words


def test_evidence_opens_for_the_division_and_is_only_named_to_others(browser: Browser, cast: Cast, today: date) -> None:
    evidence = a_file(cast.task, cast.officer)
    a_report(cast.task, cast.officer, evidence=[evidence])

    own, foreign = page_for(browser, cast, "officer"), page_for(browser, cast, "other_officer")

    assert own.links["คำสั่ง.pdf"] == f"/evidence/{evidence.id}"
    assert "คำสั่ง.pdf" in foreign.words
    assert "คำสั่ง.pdf" not in foreign.links


def test_steps_bear_the_report_that_ticked_them(officer: Browser, cast: Cast) -> None:
    report = progress_reports.open_report(cast.task, cast.officer, NOW)
    claim = Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว", (1,))
    progress_reports.save(report, claim, actor=cast.officer, at=NOW)
    progress_reports.submit(report, actor=cast.officer, at=NOW)
    approvals.approve(report, FIRST, actor=cast.head, at=NOW + timedelta(hours=1))
    db.session.commit()

    page = officer.get(f"/tasks/{cast.task.id}")

    done, now = page.of_class("steps").__next__().iter("li")
    assert ("is-done" in done.get("class", ""), "is-now" in now.get("class", "")) == (True, True)
    assert "รายงานครั้งที่ 1" in "".join(done.itertext())
    assert "ทำแล้ว 1 จาก 2 ขั้นตอน" in page.words


def test_history_is_told_in_sentences(officer: Browser, cast: Cast) -> None:
    report = progress_reports.open_report(cast.task, cast.officer, NOW)
    progress_reports.save(report, Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว", (1,)), actor=cast.officer, at=NOW)
    progress_reports.submit(report, actor=cast.officer, at=NOW)
    later = NOW + timedelta(hours=1)
    approvals.return_for_revision(report, FIRST, comment="ขอภาพใหม่", actor=cast.head, at=later)
    audit.record("task.something_new", cast.agency.id, f"task:{cast.task.id}", at=later, actor=cast.coordinator)
    db.session.commit()

    *_dates, history = officer.get(f"/tasks/{cast.task.id}").of_class("tline")
    told = " ".join("".join(history.itertext()).split())

    assert f"{cast.officer.name} ส่งพิจารณารายงานครั้งที่ 1 รายงานว่า กำลังดำเนินการ 50%" in told
    assert f"หัวหน้าฝ่ายประชาสัมพันธ์ {cast.head.name} ส่งกลับแก้ไขรายงานครั้งที่ 1 “ขอภาพใหม่”" in told
    assert f"{cast.coordinator.name} แก้ไขข้อมูลของงานนี้" in told
    assert "บันทึกร่าง" not in told


def submitted_on(cast: Cast) -> ProgressReport:
    """A report on the task that went by the chain of today."""
    report = progress_reports.open_report(cast.task, cast.officer, NOW)
    progress_reports.save(report, Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว", (1,)), actor=cast.officer, at=NOW)
    progress_reports.submit(report, actor=cast.officer, at=NOW)
    db.session.commit()
    return report


def told_on(browser: Browser, cast: Cast) -> str:
    *_dates, history = browser.get(f"/tasks/{cast.task.id}").of_class("tline")
    return " ".join("".join(history.itertext()).replace("\u00a0", " ").split())


def test_history_tells_the_verb_the_own_post_and_the_order(officer: Browser, cast: Cast) -> None:
    a_chain(cast.agency, ChainSeat(Seat.CHIEF, Verb.APPROVE))
    an_acting_order(cast.director, Seat.CHIEF, holder=cast.chief, kind=ActingKind.DELEGATED, order_no="9/2567")
    report = submitted_on(cast)
    approvals.approve(report, FIRST, actor=cast.director, at=NOW)
    db.session.commit()

    acted = f"{cast.director.name} ผู้อำนวยการ ปฏิบัติราชการแทนปลัด (คำสั่งที่ 9/2567) อนุมัติรายงานครั้งที่ 1"
    assert acted in told_on(officer, cast)


def test_a_seat_that_was_passed_over_is_a_line_in_history_and_beside_the_chain(officer: Browser, cast: Cast) -> None:
    cast.head.memberships[0].ends_on = date(2024, 3, 1)
    submitted_on(cast)

    assert "ข้ามหัวหน้าฝ่าย: ไม่มีผู้ดำรงตำแหน่ง" in told_on(officer, cast)
    assert officer.get(f"/tasks/{cast.task.id}").words.count("ข้ามหัวหน้าฝ่าย: ไม่มีผู้ดำรงตำแหน่ง") == 2


def test_where_the_only_holder_left_the_page_says_what_to_do(browser: Browser, cast: Cast, today: date) -> None:
    a_report(cast.task, cast.officer)
    cast.head.memberships[0].ends_on = date(2024, 3, 17)
    db.session.commit()

    officer, coordinator = page_for(browser, cast, "officer"), page_for(browser, cast, "coordinator")

    assert "แต่ขณะนี้ไม่มีผู้พิจารณาในตำแหน่งนี้" in next_step(officer)
    assert "แต่งตั้งผู้ดำรงตำแหน่ง หรือบันทึกคำสั่งรักษาราชการแทน" in officer.words
    assert ("เปิดหน้าบุคลากร" in officer.links, coordinator.links["เปิดหน้าบุคลากร"]) == (False, "/admin/people")


def test_the_plan_stands_on_the_page_with_the_year_of_its_items(officer: Browser, cast: Cast) -> None:
    cast.task.measure.items = [MeasureItem(position=1, year=2566, code="O18", title="E-Service")]
    db.session.commit()

    page = officer.get(f"/tasks/{cast.task.id}")

    assert "O18 (2566) E-Service" in page.words
    assert page.links["แผนมาตรการ ปี 2567 ฉบับที่ 1"] == "/plans/2567"


def test_a_vacant_seat_is_called_vacant(officer: Browser, cast: Cast) -> None:
    cast.head.memberships[0].ends_on = date(2024, 3, 1)
    db.session.commit()

    assert "ผู้พิจารณาลำดับที่ 1หัวหน้าฝ่ายว่าง" in officer.get(f"/tasks/{cast.task.id}").words


@pytest.mark.parametrize("how_many", [1, 6])
def test_the_page_costs_the_same_after_one_report_and_after_six(officer: Browser, cast: Cast, how_many: int) -> None:
    for _ in range(how_many):
        a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
    address = f"/tasks/{cast.task.id}"

    with counted_statements() as statements:
        page = officer.get(address)

    assert f"ครั้งที่ {how_many}" in page.words
    assert len(statements) == 14, "\n".join(statements)


def test_acting_costs_the_page_nothing_more(browser: Browser, cast: Cast, today: date) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    counts = []
    for number in (1, 2, 3):
        report = submitted_on(cast)
        approvals.approve(report, FIRST, actor=cast.other_head, at=NOW)
        db.session.commit()
        browser.sign_in(cast.officer)
        with counted_statements() as statements:
            page = browser.get(f"/tasks/{cast.task.id}")
        counts.append(len(statements))
        assert f"ครั้งที่ {number}" in page.words

    assert "ตามคำสั่งที่ 12/2567" in page.words
    assert counts[1] == counts[2]


def test_a_task_of_another_agency_is_not_there(officer: Browser, cast: Cast) -> None:
    officer.get(f"/tasks/{cast.strange_task.id}", 404)
    officer.get("/tasks/999999", 404)


def test_dates_stand_in_their_order_with_today_among_them(browser: Browser, cast: Cast, today: date) -> None:
    a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    dates, *_history = page_for(browser, cast, "officer").of_class("tline")

    points = ["".join(point.itertext()).replace("\u00a0", " ") for point in dates.iter("li")]
    assert [point.split("2566")[-1].split("2567")[-1].strip() for point in points] == [
        "เริ่มตามแผน",
        "ส่งรายงานครั้งที่ 1",
        "ส่งกลับแก้ไข",
        "วันนี้",
        "วันทำการสุดท้าย",
        "ครบกำหนด",
    ]


def test_who_acts_is_told_in_which_post_they_decide(browser: Browser, cast: Cast, today: date) -> None:
    a_report(cast.task, cast.officer)
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)

    page = page_for(browser, cast, "other_head")

    assert next_step(page).startswith("รอท่านพิจารณารายงานครั้งที่ 1")
    assert "ในฐานะผู้รักษาราชการแทนหัวหน้าฝ่าย" in next_step(page)
    assert "ในฐานะ" not in next_step(page_for(browser, cast, "head"))


def test_a_task_of_a_plan_that_was_replaced_is_kept_to_be_looked_at(browser: Browser, cast: Cast, today: date) -> None:
    a_plan(cast.agency, version=2)

    page = page_for(browser, cast, "officer")

    assert next_step(page).startswith("งานนี้อยู่ในแผนฉบับที่ 1 ซึ่งมีฉบับใหม่แทนแล้ว")
    assert not list(page.of_class("btn-primary"))


def test_a_task_of_a_draft_is_not_shown(browser: Browser, cast: Cast, today: date) -> None:
    draft = a_plan(cast.agency, year=2568)
    draft.state, draft.approved_at = PlanState.DRAFT, None
    task = a_task(draft.measures[0], section=cast.section)
    browser.sign_in(cast.coordinator)

    browser.get(f"/tasks/{task.id}", 404)


def test_a_coordinator_is_led_to_name_an_officer(browser: Browser, cast: Cast, today: date) -> None:
    cast.task.officers = []
    db.session.commit()

    page = page_for(browser, cast, "coordinator")

    assert page.links["มอบหมายเจ้าหน้าที่"] == f"/plans/2567/assign#due-{cast.task.id}"


def test_auditors_are_led_to_the_part_of_the_record(browser: Browser, cast: Cast, today: date) -> None:
    report = a_report(cast.task, cast.officer)
    progress_reports.withdraw(report, 1, actor=cast.officer, at=NOW)
    db.session.commit()

    number = cast.task.measure.number
    words = "บันทึกการเปลี่ยนแปลงของมาตรการนี้"
    assert page_for(browser, cast, "auditor").links[words] == f"/activity?measure={number}"
    assert words not in page_for(browser, cast, "officer").links
