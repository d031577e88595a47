"""A method falls into steps only where its writer parted them."""

from __future__ import annotations

import pytest

from ita_flow.domain.steps import steps_of


@pytest.mark.parametrize(
    "method",
    [
        "1. สำรวจ 2. ปรับปรุง 3. ประกาศใช้",
        "๑. สำรวจ ๒. ปรับปรุง ๓. ประกาศใช้",
        "1) สำรวจ 2) ปรับปรุง 3) ประกาศใช้",
        "(1) สำรวจ (2) ปรับปรุง (3) ประกาศใช้",
        "ขั้นตอนที่ 1 สำรวจ ขั้นตอนที่ 2 ปรับปรุง ขั้นตอนที่ 3 ประกาศใช้",
        "ขั้นที่ ๑: สำรวจ\nขั้นที่ ๒: ปรับปรุง\nขั้นที่ ๓: ประกาศใช้",
        "1. สำรวจ\n2. ปรับปรุง\n3. ประกาศใช้",
        "- สำรวจ\n- ปรับปรุง\n- ประกาศใช้",
        "• สำรวจ • ปรับปรุง • ประกาศใช้",
        "สำรวจ\nปรับปรุง\n\nประกาศใช้\n",
    ],
)
def test_numbers_bullets_and_lines_part_steps(method: str) -> None:
    assert steps_of(method) == ("สำรวจ", "ปรับปรุง", "ประกาศใช้")


@pytest.mark.parametrize(
    "method",
    [
        "สำรวจ และปรับปรุง แล้วประกาศใช้",
        "พัฒนา E - Service ให้ดีขึ้น",
        "ปรับรุ่น 2.0 ภายในปี พ.ศ. 2567",
        "ทำตามข้อ 3. และข้อ 5.",
        "ทำตามขั้นตอนที่ 1 ของคู่มือ",
        "1. เพียงขั้นเดียว",
    ],
)
def test_prose_is_one_step(method: str) -> None:
    assert steps_of(method) == (method,)


def test_words_before_the_first_number_belong_to_the_first_step() -> None:
    assert steps_of("ดำเนินการดังนี้ 1. สำรวจ 2. ปรับปรุง") == ("ดำเนินการดังนี้ สำรวจ", "ปรับปรุง")


def test_a_line_break_inside_a_numbered_step_is_a_space() -> None:
    assert steps_of("1. สำรวจ\nทุกกอง\n2. ปรับปรุง") == ("สำรวจ ทุกกอง", "ปรับปรุง")


def test_no_method_has_no_steps() -> None:
    assert steps_of("  \n") == ()
