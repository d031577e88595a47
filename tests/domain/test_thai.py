"""Digits, keys of comparison and codes of items."""

from __future__ import annotations

import pytest

from ita_flow.domain.thai import arabic_digits, comparison_key, item_code, thai_digits, tidy


def test_digits_are_read_in_either_script() -> None:
    assert arabic_digits("พ.ศ. ๒๕๖๗") == "พ.ศ. 2567"
    assert thai_digits("พ.ศ. 2567") == "พ.ศ. ๒๕๖๗"


@pytest.mark.parametrize(
    "written", ["๐34", "034", "O34", "o34", "๐๓๔", "OIT 34", "oit34", "MOIT34", "o ๓๔", "O๓๔", " ๐34 "]
)
def test_every_way_of_writing_a_code_is_one_code(written: str) -> None:
    assert item_code(written) == "O34"


@pytest.mark.parametrize(
    ("written", "code"), [("๐2", "O2"), ("09", "O9"), ("01", "O1"), ("o 16", "O16"), ("๐40", "O40")]
)
def test_a_code_has_no_zero_in_front(written: str, code: str) -> None:
    assert item_code(written) == code


@pytest.mark.parametrize("written", ["", "34", "E - Service", "e4", "๐", "๐0", "๐100", "OIT", "O34 ชื่อข้อ", "o-34"])
def test_other_words_are_no_code(written: str) -> None:
    assert item_code(written) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E -Service", "E - Service"),
        ("E-Service", "e-service"),
        ("ควบคุม ตรวจสอบ", "ควบคุมตรวจสอบ"),
        ("ปี ๒๕๖๗", "ปี 2567"),
        ("กำ\u200bหนด", "กำหนด"),
        ("กํา", "กำ"),
    ],
)
def test_writings_of_the_same_words_have_the_same_key(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


def test_other_words_have_another_key() -> None:
    assert comparison_key("การขัดกัน") != comparison_key("การชัดกัน")


def test_a_tidy_text_is_composed_with_single_spaces() -> None:
    assert tidy("\ufeff น\u0e49\u0e38  ก\u00a0ข\n") == "น\u0e38\u0e49 ก ข"
