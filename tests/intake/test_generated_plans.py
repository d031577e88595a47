"""Plans in layouts that nobody drew: columns in any order under any of their names, and all of it comes in exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.domain.areas import AREAS
from ita_flow.intake import read_plan
from tests.intake.documents import YEAR
from tests.intake.layouts import Said
from tests.intake.makers import MAKERS, Block
from tests.intake.test_layouts_of_others import said_by

GENERATED, LONG = 160, 5_000

HEADINGS = {
    "number": ["ที่", "ลำดับ", "ลำดับที่", "No."],
    "area": ["ประเด็น", "ประเด็นการวิเคราะห์", "ด้าน"],
    "items": ["ข้อ OIT", "หัวข้อที่ใช้ในการวิเคราะห์", "หัวข้อ OIT"],
    "analysis": ["ผลการวิเคราะห์", "ผลวิเคราะห์"],
    "title": ["มาตรการ", "กิจกรรม", "โครงการ", "มาตรการ/กิจกรรม", "มาตรการ /กิจกรรม/โครงการ"],
    "method": ["วิธีดำเนินการ", "ขั้นตอน", "แนวทาง", "ขั้นตอนและวิธีการปฏิบัติ"],
    "responsible": ["ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "ส่วนราชการที่รับผิดชอบ"],
    "window": ["ระยะเวลา", "ระยะเวลาดำเนินการ", "กรอบเวลา", "กำหนดแล้วเสร็จ"],
    "remarks": ["หมายเหตุ", "งบประมาณ"],
}
OPTIONAL = ("number", "items", "analysis", "method", "remarks")
H1, H2, ALL = ("2023-10-01", "2024-03-31"), ("2024-04-01", "2024-09-30"), ("2023-10-01", "2024-09-30")
WINDOWS = [
    ("ภายใน 6 เดือนแรกของปีงบประมาณ", H1),
    ("รอบ ๖ เดือนแรก", H1),
    ("ต.ค. 2566 – มี.ค. 2567", H1),
    ("31 มี.ค. 67", H1),
    ("31/03/2567", H1),
    ("ภายในเดือนมีนาคม 2567", H1),
    ("6 เดือนหลัง", H2),
    ("ไตรมาสที่ 3 - 4", H2),
    ("ตลอดปี", ALL),
    ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", ALL),
    ("12 เดือน", ALL),
    ("ไตรมาสที่ 1", ("2023-10-01", "2023-12-31")),
    ("ภายในวันที่ 15 กุมภาพันธ์ 2567", ("2023-10-01", "2024-02-15")),
]
ITEMS = [
    ("๐34", ("O34",)),
    ("034", ("O34",)),
    ("o ๑๒", ("O12",)),
    ("OIT 34", ("O34",)),
    ("o19 - o22", ("O19", "O20", "O21", "O22")),
    ("O18 ระบบบริการ", ("O18",)),
    ("๐11 แผนงาน\n๐12 รายงาน", ("O11", "O12")),
]
RESPONSIBLE = [
    ("กองคลัง", ((None, "กองคลัง"),)),
    ("ฝ่ายพัสดุ กองคลัง", (("ฝ่ายพัสดุ", "กองคลัง"),)),
    ("กองคลัง ฝ่ายพัสดุ", (("ฝ่ายพัสดุ", "กองคลัง"),)),
    ("กลุ่มงานนิติการ สำนักปลัด", (("กลุ่มงานนิติการ", "สำนักปลัด"),)),
    ("กองคลัง และ กองช่าง", ((None, "กองคลัง"), (None, "กองช่าง"))),
    ("กองคลัง/กองช่าง", ((None, "กองคลัง"), (None, "กองช่าง"))),
    ("กองคลัง\nสำนักปลัด", ((None, "กองคลัง"), (None, "สำนักปลัด"))),
]
TITLES = ["ติดตามงาน", "เปิดคำขอออนไลน์", "ตอบทางเพจ", "คุมการยืม", "ประกาศแผน", "อบรมจริยธรรม", "รับเรื่องร้องเรียน"]


@dataclass(frozen=True)
class Plan:
    blocks: Sequence[Block]
    said: tuple[Said, ...]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One to two measures in each area, in columns of any order; what they mean is known beforehand."""
    columns = draw(st.permutations(["area", "title", "responsible", "window", *_some(draw, OPTIONAL)]))
    write_area = draw(st.sampled_from([_number, _name, _both, _both_spaced]))
    is_merged = "number" not in columns and draw(st.booleans())
    rows: list[list[str]] = []
    said: list[Said] = []
    for area, count in ((area, draw(st.integers(1, 2))) for area in AREAS):
        for place in range(count):
            cells, one = _measure(draw, area, len(said) + 1)
            cells["area"] = "" if place and is_merged else write_area(area)
            rows.append([cells[column] for column in columns])
            said.append(one if "items" in columns else Said(one.area, one.title, (), one.responsible, one.window))
    headings = [draw(st.sampled_from(HEADINGS[column])) for column in columns]
    above: list[Block] = draw(st.sampled_from([[], ["แผนมาตรการ"], ["มาตรการส่งเสริมคุณธรรม", "", "สรุปดังนี้"]]))
    return Plan([*above, *_over_pages(draw, headings, rows)], tuple(said))


def _some(draw: st.DrawFn, names: Sequence[str]) -> list[str]:
    return draw(st.lists(st.sampled_from(names), unique=True))


def _measure(draw: st.DrawFn, area: int, number: int) -> tuple[dict[str, str], Said]:
    items, codes = draw(st.sampled_from(ITEMS))
    responsible, units = draw(st.sampled_from(RESPONSIBLE))
    window, days = draw(st.sampled_from(WINDOWS))
    title = f"{TITLES[area - 1]}ครั้งที่ {number}"
    cells = {
        "number": str(number),
        "items": items,
        "analysis": f"วิเคราะห์แล้วเห็นควร{TITLES[area - 1]}",
        "title": title,
        "method": "ประชุม\nสรุปผล",
        "responsible": responsible,
        "window": window,
        "remarks": draw(st.sampled_from(["", "-", "ใช้งบประจำ"])),
    }
    return cells, Said(area, title, codes, units, days)


def _over_pages(draw: st.DrawFn, headings: list[str], rows: list[list[str]]) -> list[Block]:
    """One table, or one that a page break cut in two under a repeated heading."""
    cut = draw(st.integers(1, len(rows) - 1)) if draw(st.booleans()) else len(rows)
    return [[headings, *rows[:cut], *([headings, *rows[cut:]] if cut < len(rows) else [])]]


def _number(area: int) -> str:
    return f"ประเด็นที่ {area}"


def _name(area: int) -> str:
    return AREAS[area]


def _both(area: int) -> str:
    return f"{area}. {AREAS[area]}"


def _both_spaced(area: int) -> str:
    return f"{area}) {AREAS[area].replace('การ', 'การ ')}"


def check_plans(file_name: str, count: int) -> None:
    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(plans())
    def check(plan: Plan) -> None:
        reading = read_plan(MAKERS[file_name](plan.blocks), file_name, YEAR, None)

        assert reading.problems == ()
        assert reading.draft is not None
        assert tuple(map(said_by, reading.draft.measures)) == plan.said

    check()


@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("file_name", MAKERS)
def test_a_plan_in_any_layout_comes_in_exactly(file_name: str) -> None:
    check_plans(file_name, GENERATED // len(MAKERS))


@pytest.mark.long
@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("file_name", MAKERS)
def test_very_many_plans_in_any_layout_come_in_exactly(file_name: str) -> None:
    check_plans(file_name, LONG // len(MAKERS))
