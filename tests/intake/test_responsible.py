"""Cells that say who is responsible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.intake.draft import Responsible
from ita_flow.intake.recognise.known_units import KnownUnits
from ita_flow.intake.recognise.units import named_units, responsible_units

Pair = tuple[str | None, str]


def pairs(written: str) -> list[Pair]:
    named = named_units(written)
    assert named is not None
    return [(one.section, one.division) for one in named.responsible]


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("ฝ่ายพัสดุ กองคลัง", [("ฝ่ายพัสดุ", "กองคลัง")]),
        ("กองคลัง ฝ่ายพัสดุ", [("ฝ่ายพัสดุ", "กองคลัง")]),
        ("กองคลัง (ฝ่ายพัสดุ)", [("ฝ่ายพัสดุ", "กองคลัง")]),
        ("ฝ่ายพัสดุ\nกองคลัง", [("ฝ่ายพัสดุ", "กองคลัง")]),
        ("กองคลัง", [(None, "กองคลัง")]),
        ("กลุ่มงานนิติการ สำนักปลัด", [("กลุ่มงานนิติการ", "สำนักปลัด")]),
        ("ฝ่ายพัสดุ และทรัพย์สิน กองคลัง", [("ฝ่ายพัสดุ และทรัพย์สิน", "กองคลัง")]),
        ("กองยุทธศาสตร์และงบประมาณ", [(None, "กองยุทธศาสตร์และงบประมาณ")]),
        ("กองการศึกษา\nศาสนาและวัฒนธรรม", [(None, "กองการศึกษา ศาสนาและวัฒนธรรม")]),
        ("งานกองทุนสวัสดิการ กองคลัง", [("งานกองทุนสวัสดิการ", "กองคลัง")]),
        ("ฝ่ายก กองคลัง ฝ่ายข กองช่าง", [("ฝ่ายก", "กองคลัง"), ("ฝ่ายข", "กองช่าง")]),
        ("กองคลัง ฝ่ายก กองช่าง ฝ่ายข", [("ฝ่ายก", "กองคลัง"), ("ฝ่ายข", "กองช่าง")]),
        ("ฝ่ายก ฝ่ายข กองคลัง", [("ฝ่ายก", "กองคลัง"), ("ฝ่ายข", "กองคลัง")]),
        ("ฝ่ายก, ฝ่ายข กองคลัง", [("ฝ่ายก", "กองคลัง"), ("ฝ่ายข", "กองคลัง")]),
        ("กองคลัง ฝ่ายก, ฝ่ายข", [("ฝ่ายก", "กองคลัง"), ("ฝ่ายข", "กองคลัง")]),
        ("กองคลัง, ฝ่ายก กองช่าง", [(None, "กองคลัง"), ("ฝ่ายก", "กองช่าง")]),
        ("กองคลัง\nฝ่ายก กองช่าง", [(None, "กองคลัง"), ("ฝ่ายก", "กองช่าง")]),
    ],
)
def test_sections_and_divisions_are_told_apart(written: str, units: list[Pair]) -> None:
    assert pairs(written) == units


@pytest.mark.parametrize(
    "written",
    [
        "กองคลัง และ กองช่าง", "กองคลังและกองช่าง", "กองคลัง, กองช่าง", "กองคลัง/กองช่าง", "กองคลัง / กองช่าง", "กองคลัง;กองช่าง",
        "กองคลัง กองช่าง", "กองคลัง\nกองช่าง", "- กองคลัง\n- กองช่าง", "1. กองคลัง 2. กองช่าง", "กองคลัง ร่วมกับ กองช่าง",
        "กองคลัง (หลัก)\nกองช่าง (ร่วม)", "ผอ.กองคลัง / ผู้อำนวยการกองช่าง",
    ],
)  # fmt: skip
def test_several_divisions_are_several(written: str) -> None:
    assert pairs(written) == [(None, "กองคลัง"), (None, "กองช่าง")]


@pytest.mark.parametrize(
    "written",
    [
        "ทุกกอง", "ทุก กอง", "ทุก ๆ กอง", "ทุกสำนัก", "ทุกสำนัก/กอง", "ทุกกอง/สำนัก", "ทุกสำนักและกอง", "ทุกสำนัก ทุกกอง",
        "สำนัก/กอง ทุกแห่ง", "กองทุกแห่ง", "สำนัก กอง ทั้งหมด", "ทุกสำนัก กอง", "ทุกสำนัก กอง ฝ่าย",
        "ทุกส่วนราชการ", "ทุกหน่วยงาน", "ทุกหน่วยงานในสังกัด", "ทุกกองในสังกัด อบจ.ตัวอย่าง", "ทุกกองภายในหน่วยงาน",
    ],
)  # fmt: skip
def test_all_divisions_may_be_meant(written: str) -> None:
    named = named_units(written)

    assert named is not None
    assert (named.responsible, named.is_every_division) == ((), True)
    assert responsible_units(written) is None


def test_a_division_may_be_named_beside_all_of_them() -> None:
    named = named_units("ทุกกอง และหน่วยตรวจสอบภายใน")

    assert named is not None
    assert (named.responsible, named.is_every_division) == ((Responsible(None, "หน่วยตรวจสอบภายใน"),), True)


@pytest.mark.parametrize("written", ["ผอ.กองคลัง", "ผู้อำนวยการกองคลัง", "หัวหน้าฝ่ายพัสดุ กองคลัง"])
def test_the_head_of_a_unit_stands_for_it(written: str) -> None:
    named = named_units(written)

    assert named is not None
    assert named.is_by_post
    assert named.responsible[0].division == "กองคลัง"


@pytest.mark.parametrize(
    "written",
    [
        "", ", /", "ทุกคน", "เจ้าหน้าที่ทุกคน", "ฝ่ายพัสดุ", "กองทุนสวัสดิการ", "ปลัด อบจ.", "นายก", "ผู้บริหาร", "กองคลัง, นายดี",
        "กอง", "สำนัก/กอง", "กองและสำนัก", "ฝ่าย กองคลัง", "ส่วน", "ศูนย์", "กองคลัง, กอง", "กองที่เกี่ยวข้อง", "สำนัก/กองที่เกี่ยวข้อง",
        "กองต่าง ๆ", "กองคลัง ทุกแห่ง", "กองช่าง ทุกฝ่าย", "ส่วนราชการ", "ส่วนที่เกี่ยวข้อง",
        "ทุกกอง ยกเว้นกองช่าง", "กองคลัง (ยกเว้นฝ่ายก)", "กอง" * 100,
    ],
)  # fmt: skip
def test_without_a_division_nobody_is_responsible(written: str) -> None:
    assert named_units(written) is None


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("ส่วนโยธา", [(None, "ส่วนโยธา")]),
        ("ส่วนการคลัง, ส่วนโยธา", [(None, "ส่วนการคลัง"), (None, "ส่วนโยธา")]),
        ("ส่วนการคลังและส่วนโยธา", [(None, "ส่วนการคลัง"), (None, "ส่วนโยธา")]),
        ("งานพัสดุ ส่วนการคลัง", [("งานพัสดุ", "ส่วนการคลัง")]),
        ("สำนักปลัด ส่วนโยธา", [(None, "สำนักปลัด"), (None, "ส่วนโยธา")]),
        ("สำนักปลัด\nส่วนโยธา", [(None, "สำนักปลัด"), (None, "ส่วนโยธา")]),
        ("หัวหน้าส่วนโยธา", [(None, "ส่วนโยธา")]),
        ("ศูนย์บริการสาธารณสุข", [(None, "ศูนย์บริการสาธารณสุข")]),
        ("ศูนย์พัฒนาเด็กเล็ก กองการศึกษา", [("ศูนย์พัฒนาเด็กเล็ก", "กองการศึกษา")]),
        ("สำนักช่าง ส่วนควบคุมอาคาร", [("ส่วนควบคุมอาคาร", "สำนักช่าง")]),
    ],
)
def test_parts_and_centres_that_stand_alone_are_divisions(written: str, units: list[Pair]) -> None:
    assert pairs(written) == units


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("สถานศึกษา", [(None, "สถานศึกษา")]),
        ("สถาน ศึกษา, กองคลัง", [(None, "สถาน ศึกษา"), (None, "กองคลัง")]),
        ("งานธุรการ สถานศึกษา", [("งานธุรการ", "สถานศึกษา")]),
        ("ห้องสมุด สถานศึกษา", [("ห้องสมุด", "สถานศึกษา")]),
        ("หน่วยกู้ภัย / กองช่าง", [(None, "หน่วยกู้ภัย / กองช่าง")]),
        ("หน่วยกู้ภัย/กองช่าง และสถานศึกษา", [(None, "หน่วยกู้ภัย/กองช่าง"), (None, "สถานศึกษา")]),
        ("1. สถานศึกษา\n2. กองคลัง", [(None, "สถานศึกษา"), (None, "กองคลัง")]),
        ("ทุกกอง และสถานศึกษา", [(None, "สถานศึกษา")]),
        ("สถานศึกษา ๑", [(None, "สถานศึกษา ๑")]),
        ("กองคลังพัสดุ", [(None, "กองคลังพัสดุ")]),
        ("กองคลังและพัสดุ", [(None, "กองคลังและพัสดุ")]),
        ("โรงเรียน" + "ก" * 180, [(None, "โรงเรียน" + "ก" * 180)]),
    ],
)
def test_units_on_file_may_be_called_anything(written: str, units: list[Pair]) -> None:
    divisions = {"สถานศึกษา", "สถานศึกษา 1", "หน่วยกู้ภัย / กองช่าง", "กองคลัง", "กอง", "โรงเรียน" + "ก" * 180}

    named = named_units(written, KnownUnits(frozenset(divisions), frozenset({"ห้องสมุด"})))

    assert named is not None
    assert [(one.section, one.division) for one in named.responsible] == units


@pytest.mark.parametrize("written", ["กอง", "สถานศึกษาอื่น", "ห้องสมุด", "โรงเรียนสถานศึกษา"])
def test_what_only_looks_like_a_unit_on_file_is_none(written: str) -> None:
    known = KnownUnits(frozenset({"สถานศึกษา", "กอง"}), frozenset({"ห้องสมุด"}))

    assert named_units(written, known) is None


@given(
    st.lists(st.sampled_from(["กองคลัง", "กองช่าง", "สำนักปลัด"]), min_size=1, max_size=3, unique=True),
    st.booleans(),
    st.sampled_from([", ", "/", "\n", " และ "]),
)
def test_as_many_divisions_are_read_as_were_written(divisions: list[str], has_sections: bool, between: str) -> None:
    written = [f"ฝ่ายที่{number} {one}" if has_sections else one for number, one in enumerate(divisions)]

    sections = [f"ฝ่ายที่{number}" if has_sections else None for number in range(len(divisions))]
    assert pairs(between.join(written)) == list(zip(sections, divisions, strict=True))
