"""The plan goes out as a table and comes in again without a difference, whatever people made of it by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_flow.database import transaction
from ita_flow.demo.build import AGENCY as DEMO_AGENCY
from ita_flow.demo.build import DOCUMENT as DEMO_DOCUMENT
from ita_flow.documents.plan_csv import as_csv
from ita_flow.documents.plan_files import Form, PlanFile, plan_file
from ita_flow.documents.plan_table import PlanTable
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.extensions import db
from ita_flow.intake.draft import CitedItem, DraftMeasure, PlanDraft, Responsible
from ita_flow.intake.reading import read_plan
from ita_flow.models.people import Agency, UnitAlias
from ita_flow.models.plans import Measure, MeasureItem, Plan
from ita_flow.models.tasks import Step
from ita_flow.queries.import_drafts import UnitsOnFile, units_on_file
from ita_flow.workflow.plan_completion import completed
from ita_flow.workflow.plan_drafts import differences
from ita_flow.workflow.plan_import import Document, Imported, import_plan
from ita_flow.workflow.plan_tables import row_of, table_of
from ita_flow.workflow.plan_units import Naming, known_units
from tests.factories import NOW, a_division, a_section, a_task, a_user, an_agency, one_commit
from tests.factories.plans import REASON, cancel
from tests.intake.documents import AGENCY, YEAR, report
from tests.seed import seed
from tests.workflow.importing import everything, tasks

SHA256 = "cd" * 32
REAL_AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
both_forms = pytest.mark.parametrize("form", [*Form])


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


def take_in(agency: Agency, file: PlanFile, year: FiscalYear) -> Imported:
    known = known_units(units_on_file(agency.id))
    reading = read_plan(file.content, file.name, year, agency.name, known=known)
    assert reading.problems == ()
    with transaction():
        return import_plan(agency, reading, Document(file.name, SHA256), is_approved=True, actor=None, at=NOW)


@pytest.fixture
def plan(agency: Agency) -> Plan:
    return the_plan_of(agency, report().encode())


def the_plan_of(agency: Agency, document: bytes, year: FiscalYear = YEAR) -> Plan:
    take_in(agency, PlanFile("report.txt", "text/plain", document), year)
    return db.session.scalars(sa.select(Plan)).one()


def exported(plan: Plan, form: Form) -> PlanFile:
    return plan_file(table_of(plan, db.session.get_one(Agency, plan.agency_id)), form, NOW)


def round_trip(plan: Plan, form: Form) -> Imported:
    """What the import finds different in the plan's own table."""
    return taken_in(plan, exported(plan, form))


def taken_in(plan: Plan, file: PlanFile) -> Imported:
    return take_in(db.session.get_one(Agency, plan.agency_id), file, plan.fiscal_year)


@both_forms
def test_a_plan_from_a_document(plan: Plan, form: Form) -> None:
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


@both_forms
def test_the_plan_of_the_demo(app: Flask, form: Form) -> None:
    plan = the_plan_of(an_agency(DEMO_AGENCY), DEMO_DOCUMENT.read_bytes())

    assert round_trip(plan, form).differences == []


@pytest.mark.seed
@both_forms
def test_the_real_plan(app: Flask, form: Form) -> None:
    plan = the_plan_of(an_agency(REAL_AGENCY, code="tak"), seed())

    assert round_trip(plan, form).differences == []


@both_forms
def test_a_change_in_the_table_is_the_only_difference(plan: Plan, form: Form) -> None:
    with one_commit():
        file = exported(plan, form)
        plan.measures[3].method = "1. ตรวจบัญชี 2. สรุป"

    changed = taken_in(plan, file)

    assert [one.path for one in changed.differences] == [("measures", 4, "method")]


@both_forms
def test_texts_as_people_write_them(plan: Plan, form: Form) -> None:
    with one_commit():
        first, second, third, fourth, *_ = plan.measures
        first.title, first.method = "=SUM(A1)", "- ประชุม\n- สรุป"
        first.analysis = '\'=1+1 "อ้างอิง", กับ; อื่น ๆ\n\nสองย่อหน้า'
        second.title, second.analysis = "  เว้น  วรรค\u200bแปลก ", "\t@ต้นบรรทัด"
        second.method = "๑) หนึ่ง\r\n๒) สอง _x0041_ **เน้น** \u0e4d\u0e32"
        third.title, third.analysis, third.method = "ก่อน\nหลัง", "-", "＝เต็ม\x07ความกว้าง"
        third.items = [
            MeasureItem(position=1, year=2566, code="O11", title="แผนงาน, O12 และ - O13"),
            MeasureItem(position=2, year=2566, code="O14", title=""),
            MeasureItem(position=3, year=2565, code="O15", title="- O17"),
        ]
        fourth.items = [MeasureItem(position=1, year=2566, code="O34", title="สองบรรทัด\nของชื่อ")]
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


@both_forms
def test_what_was_set_by_hand_stays(plan: Plan, form: Form) -> None:
    agency = db.session.get_one(Agency, plan.agency_id)
    with one_commit():
        first, second, third, *_ = tasks()
        first.steps[0].text, first.steps[0].is_done, first.officers = "นัดหมาย", True, [a_user(agency)]
        first.steps.append(Step(position=2, text="สรุป"))
        second.due_on, second.due_version = date(2024, 2, 29), 2
        third.section = a_section(third.division, "ฝ่ายข้อมูล")
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


@both_forms
def test_what_was_cancelled_says_why_to_people_and_comes_in_as_it_was(plan: Plan, form: Form) -> None:
    with one_commit():
        cancel(tasks()[0])
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before
    told = as_csv(table_of(plan, db.session.get_one(Agency, plan.agency_id))).decode("utf-8-sig")
    assert told.count(f"ยกเลิก: {REASON}") == 1


@both_forms
def test_units_to_which_tasks_were_moved(plan: Plan, form: Form) -> None:
    agency = db.session.get_one(Agency, plan.agency_id)
    with one_commit():
        first, second, third, fourth, *_ = tasks()
        works = a_division(agency, "กองช่าง")
        first.division, first.section = works, None
        second.division, second.section = works, a_section(works, "ฝ่ายออกแบบ")
        third.division, third.section = a_division(agency, "ศูนย์ดิจิทัล และนวัตกรรม"), None
        a_task(fourth.measure, section=a_section(works, "ฝ่ายก่อสร้าง"))
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


@both_forms
@pytest.mark.parametrize(
    "name",
    ["ส่วนโยธา", "ส่วนการคลัง และพัสดุ", "ศูนย์ดิจิทัล", "สถานศึกษา", "หน่วยกู้ภัย/กองกลาง", "โรงเรียน" + "ก" * 180],
)
def test_divisions_that_are_called_anything(plan: Plan, form: Form, name: str) -> None:
    agency = db.session.get_one(Agency, plan.agency_id)
    with one_commit():
        first, second, *_ = tasks()
        division = a_division(agency, name)
        first.division, first.section = division, None
        second.division, second.section = division, a_section(division, "ห้องสมุด และจดหมายเหตุ")
    before = everything()

    assert table_of(plan, agency).rows[0].responsible == name
    assert round_trip(plan, form).differences == []
    assert everything() == before


def test_a_division_is_found_by_its_other_name_in_a_document(plan: Plan) -> None:
    with one_commit():
        division = tasks()[0].division
        division.name, division.aliases = "สถานศึกษา", [UnitAlias(name="โรงเรียนเดิม")]
    file = exported(plan, Form.CSV)
    content = file.content.replace("ฝ่ายติดตามผล กองแผนงาน".encode(), "ฝ่ายติดตามผล โรงเรียนเดิม".encode())

    changed = taken_in(plan, replace(file, content=content))

    assert changed.units_made == []
    assert tasks()[0].division.name == "สถานศึกษา"


def test_the_table_names_those_who_have_the_task_now(plan: Plan) -> None:
    agency = db.session.get_one(Agency, plan.agency_id)
    with one_commit():
        works, first = a_division(agency, "กองช่าง"), tasks()[0]
        a_task(first.measure, division=works)

    rows = table_of(plan, agency).rows

    assert rows[0].responsible == "ฝ่ายติดตามผล กองแผนงาน\nกองช่าง"
    assert rows[1].responsible == plan.measures[1].responsible_text


@both_forms
def test_units_that_are_called_otherwise_now(plan: Plan, form: Form) -> None:
    with one_commit():
        division = tasks()[0].division
        division.name, division.aliases = "กองยุทธศาสตร์และงบประมาณ", [UnitAlias(name=division.name)]

    assert table_of(plan, db.session.get_one(Agency, plan.agency_id)).rows[0].responsible == "ฝ่ายติดตามผล กองแผนงาน"
    assert round_trip(plan, form).differences == []


@both_forms
def test_windows_of_every_kind(plan: Plan, form: Form) -> None:
    year = plan.fiscal_year
    with one_commit():
        for measure, window in zip(
            plan.measures,
            [
                year.full_year,
                year.first_half,
                year.window(year.starts_on, date(2024, 5, 31)),
                year.window(date(2024, 1, 1), date(2024, 3, 31)),
                year.window(date(2024, 2, 29), date(2024, 2, 29)),
            ],
            strict=False,
        ):
            measure.window_kind, measure.starts_on, measure.ends_on = window.kind, window.starts_on, window.ends_on
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


def test_the_table_tells_until_when_as_it_is_now(plan: Plan) -> None:
    with one_commit():
        plan.measures[0].window_kind, plan.measures[0].ends_on = WindowKind.FULL_YEAR, plan.fiscal_year.ends_on

    [row, *_] = table_of(plan, db.session.get_one(Agency, plan.agency_id)).rows

    assert row.window == "ตลอดปีงบประมาณ พ.ศ. 2567"
    assert row.due_on == (date(2024, 3, 31),)  # the task's own, which was not moved


@both_forms
def test_several_measures_of_the_same_name_in_one_area(plan: Plan, form: Form) -> None:
    with one_commit():
        first, division = plan.measures[0], tasks()[0].division
        for number, method in ((8, "ครึ่งปีหลัง"), (9, "ทุกเดือน")):
            plan.measures.append(a_measure_like(first, number, method))
            a_task(plan.measures[-1], division=division)
    before = everything()

    assert round_trip(plan, form).differences == []
    assert everything() == before


def a_measure_like(measure: Measure, number: int, method: str) -> Measure:
    return Measure(
        agency_id=measure.agency_id,
        number=number,
        area=measure.area,
        title=measure.title,
        method=method,
        responsible_text="กองแผนงาน",
        window_text=measure.window_text,
        window_kind=measure.window_kind,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
    )


@both_forms
def test_a_plan_whose_agency_and_year_its_texts_do_not_name(app: Flask, form: Form) -> None:
    plan = the_plan_of(an_agency(DEMO_AGENCY), DEMO_DOCUMENT.read_bytes())
    file = exported(plan, form)

    reading = read_plan(file.content, file.name, plan.fiscal_year, DEMO_AGENCY)

    assert reading.must_be_accepted == ()


MEASURE = DraftMeasure(
    area=1,
    title="ติดตามโครงการ",
    items=(),
    analysis="",
    method="",
    responsible_text="ฝ่ายแผน กองแผนงาน",
    responsible=(Responsible("ฝ่ายแผน", "กองแผนงาน"),),
    window_text="ตลอดปีงบประมาณ",
    window=YEAR.full_year,
    lines={},
)
LETTERS = st.sampled_from("กขำ่้ิ๐๑12.)(=+-@'\"*,;:/\n\t\r \u200b\u0e4d\u0e32\u0300O\x07＝")
ODD = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), max_size=40)
NO_UNITS = Naming.of(UnitsOnFile([], {}))


@given(title=ODD, analysis=ODD, method=ODD, names=st.lists(ODD, max_size=3))
@settings(max_examples=100, deadline=None)
def test_any_text_at_all(title: str, analysis: str, method: str, names: list[str]) -> None:
    items = tuple(CitedItem(f"O{number}", f"แผน{name}", 0) for number, name in enumerate(names, 11))
    measure = replace(MEASURE, title=f"ก{title}", analysis=analysis, method=method, items=items)
    kept = PlanDraft(YEAR, None, None, (), tuple(replace(measure, area=area) for area in AREAS), (), False)

    reading = read_plan(as_csv(table(kept)), "plan.csv", YEAR, AGENCY)

    assert reading.draft, reading.problems
    assert differences(kept, completed(reading.draft, kept)) == []


def table(draft: PlanDraft) -> PlanTable:
    rows = [row_of(measure, (measure.window.ends_on,), draft.fiscal_year, NO_UNITS) for measure in draft.measures]
    return PlanTable(AGENCY, draft.fiscal_year.buddhist_year, rows)
