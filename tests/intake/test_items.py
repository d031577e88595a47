"""Cells that cite items: codes in many spellings, lists and ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.thai import HIGHEST_ITEM, thai_digits
from ita_flow.intake.recognise.items import LONGEST_RANGE_OF_COURSE, ReadItems, holds_items, read_items


def codes(cell: str, *, are_numbers_codes: bool = False) -> list[str]:
    read = read_items(cell, 1, are_numbers_codes)
    assert (read.unreadable, read.bad_ranges) == ([], [])
    return [item.code for item in read.items]


@pytest.mark.parametrize(
    "written",
    [
        "๐34", "034", "O34", "o34", "o ๓๔", "๐๓๔", "OIT 34", "oit34", "MOIT34", "ข้อ 34", "ข้อที่ ๓๔", "หัวข้อ 34", "ข้อ O34",
        "ข้อ OIT 34", "OIT ข้อ 34", "- ๐34", "• O34", "(O34)", "1. O34",
    ],
)  # fmt: skip
def test_a_code_is_known_in_every_spelling(written: str) -> None:
    assert codes(written) == ["O34"]


@pytest.mark.parametrize(
    "written",
    [
        "o19 - o22", "O19-22", "O19–O22", "๐๑๙–๐๒๒", "o19 ถึง o22", "OIT 19 - OIT 22", "ข้อ 19-22", "o19 -o22",
        "o19, o20 - o21, o22", "o19 o20 o21 o22", "o19,20,21,22", "o19/o20/o21/o22", "o19\no20\no21 และ o22",
        "ข้อ 19, 20, 21 และ 22", "- o19 - o20 - o21 - o22", "1) o19 2) o20 3) o21 4) o22",
    ],
)  # fmt: skip
def test_bare_codes_are_a_range_or_a_list(written: str) -> None:
    assert codes(written) == ["O19", "O20", "O21", "O22"]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("- ๐18 E - Service - ๐5 ติดต่อ", [("O18", "E - Service"), ("O5", "ติดต่อ")]),
        ("O20 ประกาศต่าง ๆ, O21 สรุปผล", [("O20", "ประกาศต่าง ๆ"), ("O21", "สรุปผล")]),
        ("๐11: แผนของปี\n๐12 รายงาน\nรายไตรมาส", [("O11", "แผนของปี"), ("O12", "รายงาน รายไตรมาส")]),
        ("๐5 ติดต่อ โทร 02 123 4567", [("O5", "ติดต่อ โทร 02 123 4567")]),
        ("O8 ถามและตอบ", [("O8", "ถามและตอบ")]),
        ("1. ๐11 แผน 2. ๐18 บริการ", [("O11", "แผน"), ("O18", "บริการ")]),
        ("ข้อ 34 มาตรการ", [("O34", "มาตรการ")]),
    ],
)
def test_codes_with_titles_are_a_list_whatever_stands_between(written: str, items: list[tuple[str, str]]) -> None:
    assert [(item.code, item.title) for item in read_items(written, 1).items] == items


@pytest.mark.parametrize(
    ("written", "expected"),
    [("11, 18", ["O11", "O18"]), ("๓๔", ["O34"]), ("11\n18", ["O11", "O18"]), ("19 - 21", ["O19", "O20", "O21"])],
)
def test_numbers_are_codes_where_the_column_says_so(written: str, expected: list[str]) -> None:
    assert codes(written, are_numbers_codes=True) == expected
    assert read_items(written, 1).items == []


def test_a_number_with_a_title_is_a_code_where_the_column_says_so() -> None:
    (item,) = read_items("34 การประเมิน", 1, are_numbers_codes=True).items

    assert (item.code, item.title) == ("O34", "การประเมิน")


@pytest.mark.parametrize("nothing", ["", "-", "ไม่มี", "\n"])
def test_a_sign_of_nothing_is_no_item(nothing: str) -> None:
    assert codes(nothing) == []


@pytest.mark.parametrize("written", ["แผนของปี", "- แผนของปี", "๐100", "๐0", "ตามข้อ O11", "1. แผน", "2566", "e4"])
def test_what_is_no_item_is_told(written: str) -> None:
    read = read_items(written, 1, are_numbers_codes=True)

    assert (read.items, read.unreadable) == ([], [written])
    assert not holds_items(written)


@pytest.mark.parametrize("written", ["o22 - o19", "o19 - o19", "๐5 - ๐0"])
def test_a_range_that_does_not_rise_is_none(written: str) -> None:
    assert read_items(written, 1).bad_ranges == [written]


def test_a_wide_range_and_one_behind_a_bullet_are_doubtful() -> None:
    doubtful: ReadItems = read_items("o1 - o12\n- o19 - o22", 1)

    assert doubtful.doubtful_ranges == {"o1 - o12": 12, "o19 - o22": 4}


def test_two_codes_with_one_title_are_doubtful() -> None:
    doubtful = read_items("O19 - O22 การจัดซื้อ", 1)

    assert [item.code for item in doubtful.items] == ["O19", "O22"]
    assert doubtful.doubtful_lists == ["O19 - O22 การจัดซื้อ"]


def test_a_bare_code_is_cited_once() -> None:
    assert codes("O19-O21, O20, O22, O19") == ["O19", "O20", "O21", "O22"]


SPELLINGS = st.sampled_from(["o{}", "O {}", "๐{}", "0{}", "OIT {}", "MOIT{}", "ข้อ {}"])
NUMBERS = st.integers(1, HIGHEST_ITEM)
DASHES = st.sampled_from([" - ", "-", "–", " — ", " ถึง "])


@given(SPELLINGS, NUMBERS, NUMBERS, DASHES, st.booleans())
def test_a_range_holds_every_item_from_the_first_to_the_last(
    spelling: str, one: int, other: int, dash: str, is_thai: bool
) -> None:
    first, last = sorted((one, other))
    written = spelling.format(first) + dash + spelling.format(last)

    read = read_items(thai_digits(written) if is_thai else written, 1)

    expected = [f"O{number}" for number in range(first, last + 1)] if first < last else []
    assert [item.code for item in read.items] == expected
    assert bool(read.bad_ranges) == (first == last)
    assert bool(read.doubtful_ranges) == (last - first >= LONGEST_RANGE_OF_COURSE)


@given(
    st.lists(NUMBERS, min_size=3, max_size=8, unique=True), SPELLINGS, st.sampled_from([", ", " ", "\n", " / ", ";"])
)
def test_a_list_holds_its_items_in_order(numbers: list[int], spelling: str, between: str) -> None:
    assert codes(between.join(map(spelling.format, numbers))) == [f"O{number}" for number in numbers]


@given(st.text(st.sampled_from("oO๐0123๑ -–,/;.()\nขอ้และถึงE"), max_size=60), st.booleans())
def test_any_cell_is_read_or_told(cell: str, are_numbers_codes: bool) -> None:
    read = read_items(cell, 1, are_numbers_codes)

    assert all(1 <= int(item.code[1:]) <= HIGHEST_ITEM for item in read.items)
    assert all([*read.unreadable, *read.bad_ranges])
