"""``ita-flow plan import`` and ``plan show``: what they print, how they end, and what they leave behind."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.extensions import Base, clock, db
from ita_flow.models.people import Agency
from ita_flow.models.plans import ImportJob, Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow.evidence import store
from tests.cli.command import Command, Ran
from tests.factories import TODAY, a_division, a_report, a_user, an_agency
from tests.intake.documents import AGENCY, line_of, report, with_cell
from tests.record import events_about
from tests.seed import seed

FIRST, TITLE, RESPONSIBLE, WINDOW = "1. กระบวนการปฏิบัติงาน", 3, 5, 6
KEYS = (
    "year agency assessment findings measures tasks repairs doubts problems changes".split()  # noqa: SIM905 - as told
)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


@pytest.fixture
def agency(app: Flask) -> Agency:
    clock.pretend(TODAY)
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return written(tmp_path / "report.txt", report())


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def import_of(file: Path, *options: str) -> tuple[str, ...]:
    return ("plan", "import", str(file), "--year", "2567", "--json", *options)


def rows() -> Mapping[str, int]:
    count = sa.func.count()
    tables = Base.metadata.sorted_tables
    return {table.name: db.session.scalars(sa.select(count).select_from(table)).one() for table in tables}


def files_kept() -> int:
    return sum(path.is_file() for path in store().folder.rglob("*"))


REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
REAL_STRATEGY, REAL_OFFICE = "กองยุทธศาสตร์และงบประมาณ", "สำนักปลัดองค์การบริหารส่วนจังหวัด"


@pytest.fixture
def real_import(app: Flask, tmp_path: Path) -> tuple[str, ...]:
    clock.pretend(TODAY)
    an_agency(REAL_AGENCY, code="tak")
    return import_of(written(tmp_path / "รายงาน.txt", seed()))


@pytest.mark.seed
def test_the_real_report_comes_out_exactly(command: Command, real_import: tuple[str, ...]) -> None:
    told = command(*real_import)

    assert (told.code, told.err, list(told.json)) == (0, "", KEYS)
    told = told.json
    assert (told["year"], told["agency"]) == (2567, REAL_AGENCY)
    assert told["assessment"] == {
        "year": 2566,
        "total": "97.14",
        "level": "ผ่านดี",
        "instruments": {"IIT": "100.00", "EIT": "91.80", "OIT": "99.00"},
        "indicators": dict(
            zip(
                map(str, range(1, 11)),
                ("100.00", "100.00", "100.00", "100.00", "100.00", "95.47", "91.13", "88.80", "98.00", "100.00"),
                strict=True,
            )
        ),
    }
    assert (told["tasks"], told["repairs"], told["problems"]) == (7, 2, [])
    assert {"place": "บรรทัด 227", "kind": "doubled_word", "line": 227}.items() <= told["doubts"][5].items()
    assert told["changes"] > 0


@pytest.mark.seed
def test_the_findings_and_measures_of_the_real_report(command: Command, real_import: tuple[str, ...]) -> None:
    told = command(*real_import).json

    findings, measures = told["findings"], told["measures"]
    assert findings[0] == {"channel": "eit_public", "code": "e4", "items": ["O34", "O35", "O28", "O27"]}
    assert findings[-1] == {"channel": "oit", "code": "o2", "items": ["O2"]}
    assert (len(findings), len(measures), sum(len(one["items"]) for one in measures)) == (11, 7, 17)
    assert [one["window"] for one in measures].count("first_half") == 5
    assert [one["due_on"] for one in measures] == ["2024-03-31"] * 3 + ["2024-09-30"] * 2 + ["2024-03-31"] * 2
    assert {one["starts_on"] for one in measures} == {"2023-10-01"}
    assert measures[0]["responsible"] == [{"section": "ฝ่ายตรวจติดตามและประเมินผล", "division": REAL_STRATEGY}]
    assert {who["division"] for one in measures for who in one["responsible"]} == {
        REAL_STRATEGY,
        REAL_OFFICE,
        "กองคลัง",
        "กองการเจ้าหน้าที่",
    }


@pytest.mark.seed
def test_the_tasks_of_the_real_report(command: Command, real_import: tuple[str, ...]) -> None:
    command(*real_import)

    tasks = command("task", "list", "--year", "2567", "--json").json

    assert [(task["section"], task["division"]) for task in tasks] == [
        ("ฝ่ายตรวจติดตามและประเมินผล", REAL_STRATEGY),
        ("ฝ่ายประชาสัมพันธ์", REAL_STRATEGY),
        ("ฝ่ายประชาสัมพันธ์", REAL_STRATEGY),
        ("ฝ่ายอำนวยการ", REAL_OFFICE),
        ("ฝ่ายพัสดุและทรัพย์สิน", "กองคลัง"),
        ("ฝ่ายวินัยและส่งเสริมคุณธรรม", "กองการเจ้าหน้าที่"),
        ("กลุ่มงานนิติการ", REAL_OFFICE),
    ]
    assert all(task["steps"] and task["state"] == "not_started" for task in tasks)
    days = {(task["window"], task["due_on"], task["last_working_day"]) for task in tasks}
    assert days == {("first_half", "2024-03-31", "2024-03-29"), ("full_year", "2024-09-30", "2024-09-30")}


@pytest.mark.seed
def test_the_real_report_a_second_time_changes_nothing(command: Command, real_import: tuple[str, ...]) -> None:
    first = command(*real_import).json
    before = rows()

    again = command(*real_import)

    assert (again.code, again.err) == (0, "")
    assert again.json == first | {"changes": 0}
    assert rows() == before
    assert before["import_jobs"] == 1


@pytest.mark.seed
def test_the_real_report_is_kept_with_its_bytes(command: Command, real_import: tuple[str, ...]) -> None:
    command(*real_import)

    job = db.session.scalars(sa.select(ImportJob)).one()
    with store().open(job.sha256) as kept:
        assert kept.read() == seed()
    assert (job.file_name, job.sha256) == ("รายงาน.txt", hashlib.sha256(seed()).hexdigest())


def test_a_person_reads_what_was_read(command: Command, agency: Agency, document: Path) -> None:
    told = command("plan", "import", str(document), "--year", "2567")

    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0].startswith("นำเข้าแล้ว เปลี่ยน ")
    assert lines[1].startswith("7 มาตรการ 7 งาน อักขระที่แก้ไข ")
    assert lines[2].startswith("สำนัก/กอง/ฝ่ายที่สร้างใหม่: กองแผนงาน, ฝ่ายติดตามผล กองแผนงาน, ")
    assert any(line.startswith(f"• บรรทัด {line_of('แต่งตั้งแต่งตั้ง')}: ") for line in lines)


def test_the_record_says_that_it_was_done_on_the_command_line(command: Command, agency: Agency, document: Path) -> None:
    command(*import_of(document))

    plan = db.session.scalars(sa.select(Plan)).one()
    [event] = events_about(f"plan:{plan.id}")
    assert (event["actor"], event["after"]["approved_on"], plan.state) == ("command_line", "paper", "approved")


def test_a_draft_becomes_the_approved_plan(command: Command, agency: Agency, document: Path) -> None:
    command(*import_of(document, "--draft"))
    assert command("task", "list", "--year", "2567", "--json").json == []

    approved = command(*import_of(document))

    assert (approved.code, approved.json["changes"]) == (0, 1)
    assert approved.json["differences"] == [{"place": "สถานะแผน", "was": "draft", "now": "approved"}]
    assert len(command("task", "list", "--year", "2567", "--json").json) == 7


def test_a_dry_run_tells_and_writes_nothing(command: Command, agency: Agency, document: Path) -> None:
    before = rows()

    rehearsed = command(*import_of(document, "--dry-run"))

    assert (rehearsed.code, rows(), files_kept()) == (0, before, 0)
    assert command(*import_of(document)).json == rehearsed.json


@on_sqlite
def test_a_dry_run_says_so(command: Command, agency: Agency, document: Path) -> None:
    told = command("plan", "import", str(document), "--year", "2567", "--dry-run")

    assert told.out.startswith("ทดลองอ่าน: จะเปลี่ยน ")


def test_a_changed_document_shows_what_it_changes(command: Command, agency: Agency, tmp_path: Path) -> None:
    command(*import_of(written(tmp_path / "one.txt", report())))

    changed = command(*import_of(written(tmp_path / "two.txt", with_cell(FIRST, TITLE, "ติดตามทุกโครงการ"))))

    assert (changed.code, changed.json["changes"]) == (0, 1)
    assert changed.json["differences"] == [
        {
            "place": "มาตรการ ลำดับที่ 1 · ชื่อ",
            "was": "ติดตามโครงการของปี 2567 ในรอบ 6 เดือนแรก",
            "now": "ติดตามทุกโครงการ",
        }
    ]
    assert command("plan", "show", "2567", "--json").json["measures"][0]["title"] == "ติดตามทุกโครงการ"


def test_once_a_task_has_a_report_a_changed_document_is_refused(
    command: Command, agency: Agency, tmp_path: Path
) -> None:
    command(*import_of(written(tmp_path / "one.txt", report())))
    a_report(db.session.scalars(sa.select(Task).limit(1)).one(), a_user(agency))
    before, kept = rows(), files_kept()

    refused = command(*import_of(written(tmp_path / "two.txt", with_cell(FIRST, TITLE, "ติดตามทุกโครงการ"))))

    assert (refused.code, refused.json["changes"], list(refused.json)) == (1, 0, [*KEYS, "differences"])
    assert len(refused.json["measures"]) == 7
    assert refused.err.startswith("เอกสารนี้ต่างจากแผนที่เริ่มดำเนินการแล้ว 1 จุด")
    assert "• มาตรการ ลำดับที่ 1 · ชื่อ: ติดตามโครงการของปี 2567 ในรอบ 6 เดือนแรก → ติดตามทุกโครงการ" in refused.err
    assert (rows(), files_kept()) == (before, kept)


@pytest.mark.parametrize(("year", "name"), [("2568", AGENCY), ("2567", "องค์การบริหารส่วนจังหวัดอื่น")])
def test_another_year_or_agency_must_be_accepted(
    command: Command, agency: Agency, document: Path, year: str, name: str
) -> None:
    agency.name = name
    asked = ("plan", "import", str(document), "--year", year, "--json")
    before = rows()

    refused = command(*asked)
    nothing_written = (rows(), files_kept()) == (before, 0)
    accepted = command(*asked, "--accept-doubts")

    assert (refused.code, refused.json["changes"], refused.json["problems"]) == (1, 0, [])
    assert "--accept-doubts" in refused.err
    assert refused.json["doubts"][0]["must_be_accepted"]
    assert f"• {refused.json['doubts'][0]['place']}: " in refused.err
    assert nothing_written
    assert accepted.code == 0
    [event] = events_about(f"plan:{db.session.scalars(sa.select(Plan.id)).one()}")
    assert event["after"]["doubts_accepted"]


def broken(before: str, after: str) -> bytes:
    assert before in report()
    return report().replace(before, after).encode()


@on_sqlite
@pytest.mark.parametrize(
    ("content", "place", "found", "needed"),
    [
        (b"", "ไฟล์ report.txt", "ไฟล์ขนาด 0 ไบต์", "ไฟล์ไม่มีข้อความ"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ไฟล์ report.txt", "ไฟล์ขนาด 10 ไบต์", "ไฟล์นี้เป็นรูปภาพ"),
        (b"\xff\x00\x00\x01" * 9, "ไฟล์ report.txt", "ไฟล์ขนาด 36 ไบต์", "อ่านข้อความในไฟล์นี้ไม่ได้"),
        (b"x" * 6_000_000, "ไฟล์ report.txt", "ไฟล์ขนาด 6000000 ไบต์", "ไฟล์ใหญ่ 5.7 MB"),
        ("จดหมายเรื่องอื่น".encode(), "ทั้งเอกสาร", "ไม่พบ", "ตารางที่มีหัวคอลัมน์"),
        (
            with_cell(FIRST, WINDOW, "ภายในวันที่ 31 กุมภาพันธ์ 2567").encode(),
            "คอลัมน์ ระยะเวลาดำเนินการ",
            "31 กุมภาพันธ์ 2567",
            "วันที่นี้ไม่มีอยู่จริง",
        ),
        (broken("7. กลไกและมาตรการ", "7. อื่น ๆ"), "บรรทัด ", "7. อื่น ๆ", "ชื่อของประเด็น"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(
    command: Command, agency: Agency, tmp_path: Path, content: bytes, place: str, found: str, needed: str
) -> None:
    before = rows()

    refused = command(*import_of(written(tmp_path / "report.txt", content)))

    assert_refused(refused)
    assert any(
        place in problem["place"] and found in problem["found"] and needed in problem["needed"]
        for problem in refused.json["problems"]
    ), refused.json["problems"]
    assert (rows(), files_kept()) == (before, 0)


def assert_refused(refused: Ran) -> None:
    """One of the several problems is told in words, and the same object comes out as when nothing is wrong."""
    told: Mapping[str, Any] = refused.json
    assert (refused.code, list(told), told["changes"], told["measures"]) == (1, KEYS, 0, [])
    assert refused.err.startswith("นำเข้าไม่ได้ ยังไม่ได้บันทึกข้อมูลใด")
    assert "• {place} พบ: {found} วิธีแก้: {needed}".format(**told["problems"][0]) in refused.err


@on_sqlite
@pytest.mark.parametrize(("name", "found"), [("nowhere.txt", "ไม่มีไฟล์นี้"), ("folder", "เป็นโฟลเดอร์")])
def test_a_file_that_cannot_be_opened_is_named(
    command: Command, agency: Agency, tmp_path: Path, name: str, found: str
) -> None:
    (tmp_path / "folder").mkdir()

    refused = command(*import_of(tmp_path / name))

    assert_refused(refused)
    assert refused.json["problems"] == [{"place": f"ไฟล์ {name}", "found": found, "needed": "ไฟล์ที่เปิดอ่านได้"}]


@on_sqlite
def test_a_missing_area_is_named_with_the_table_it_is_missing_from(
    command: Command, agency: Agency, tmp_path: Path
) -> None:
    lines = [line for line in report().split("\n") if not line.startswith("4. กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ\t")]

    refused = command(*import_of(written(tmp_path / "report.txt", "\n".join(lines))))

    assert_refused(refused)
    assert "ประเด็นที่ 4" in refused.json["problems"][0]["found"]


@on_sqlite
@pytest.mark.parametrize("year", ["2024", "ปีนี้", "25670", "-1"])
def test_a_wrong_year_is_wrong_usage(command: Command, agency: Agency, document: Path, year: str) -> None:
    wrong = command("plan", "import", str(document), f"--year={year}", "--json")

    assert (wrong.code, wrong.out) == (2, "")
    assert f"ค่าของ --year ใช้ไม่ได้ (ปีงบประมาณเป็นปี พ.ศ. เช่น 2567 แต่พบ {year})" in wrong.err


@on_sqlite
def test_of_several_agencies_one_is_named(command: Command, agency: Agency, document: Path) -> None:
    an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere")

    unnamed, unknown = command(*import_of(document)), command(*import_of(document, "--agency", "nobody"))
    named = command(*import_of(document, "--agency", "saithan"))

    assert (unnamed.code, unnamed.out, unknown.code, named.code) == (1, "", 1, 0)
    assert "--agency" in unnamed.err
    assert "elsewhere, saithan" in unnamed.err
    assert "ไม่พบหน่วยงานรหัส nobody รหัสที่มีคือ elsewhere, saithan" in unknown.err
    assert db.session.scalars(sa.select(Plan.agency_id)).all() == [agency.id]


@on_sqlite
def test_before_there_is_an_agency_it_says_how_to_begin(command: Command, document: Path) -> None:
    refused = command(*import_of(document))

    assert (refused.code, refused.out) == (1, "")
    assert "ita-flow init" in refused.err


def test_a_document_that_changes_nothing_needs_no_acceptance(command: Command, agency: Agency, document: Path) -> None:
    agency.name = "องค์การบริหารส่วนจังหวัดอื่น"
    command(*import_of(document, "--accept-doubts"))

    again = command(*import_of(document))

    assert (again.code, again.json["changes"]) == (0, 0)
    assert again.json["doubts"][0]["must_be_accepted"]


def test_every_division_is_told_by_name(command: Command, agency: Agency, tmp_path: Path) -> None:
    a_division(agency, "กองช่าง")

    told = command(*import_of(written(tmp_path / "one.txt", with_cell(FIRST, RESPONSIBLE, "ทุกกอง")))).json

    divisions = {who["division"] for who in told["measures"][0]["responsible"]}
    assert {"กองช่าง", "กองแผนงาน", "กองคลัง"} < divisions
    assert told["tasks"] == 6 + len(divisions)


def test_the_plan_is_shown_with_its_lines(command: Command, agency: Agency, document: Path) -> None:
    command(*import_of(document))

    shown = command("plan", "show", "2567", "--json").json

    assert (shown["year"], shown["state"], shown["limitations_none"], shown["limitations"]) == (
        2567,
        "approved",
        True,
        [],
    )
    assert [area["number"] for area in shown["areas"]] == [1, 2, 3, 4, 5, 6, 7]
    assert shown["measures"][2]["items"] == ["O5", "O7", "O8"]
    assert shown["measures"][2]["source"]["title"] == line_of("จัดทีมตอบประชาชนทาง Social Network\t")


@on_sqlite
def test_a_person_reads_the_plan(command: Command, agency: Agency, document: Path) -> None:
    command(*import_of(document))

    lines = command("plan", "show", "2567").out.splitlines()

    assert lines[0] == "แผนปีงบประมาณ 2567 · อนุมัติแล้ว"
    assert lines[1] == "1. ติดตามโครงการของปี 2567 ในรอบ 6 เดือนแรก"
    assert "กำหนด" in lines[2]


@on_sqlite
def test_a_plan_that_is_not_there_is_refused_with_what_to_do(command: Command, agency: Agency) -> None:
    refused = command("plan", "show", "2567")

    assert (refused.code, refused.out) == (1, "")
    assert "ita-flow plan import" in refused.err
