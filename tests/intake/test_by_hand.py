"""What people type is read by the same rules as a document."""

from __future__ import annotations

import pytest

from ita_flow.domain.plan_limits import LONGEST_TITLE
from ita_flow.domain.refusals import Invalid
from ita_flow.intake.by_hand import (
    TypedItem,
    item_as_typed,
    read_items,
    read_text,
    read_title,
    tidy_lines,
)


def test_each_line_is_an_item_with_its_code_however_it_is_written() -> None:
    read = read_items("O11 แผนดำเนินงาน\n- ๐34 การประเมินความเสี่ยง\n\no 5  ข้อมูลการติดต่อ", 2566)

    assert read == (
        TypedItem("O11", "แผนดำเนินงาน", 2566),
        TypedItem("O34", "การประเมินความเสี่ยง", 2566),
        TypedItem("O5", "ข้อมูลการติดต่อ", 2566),
    )


def test_an_item_of_another_year_says_so() -> None:
    assert read_items("O34 (๒๕๖๗) มาตรการส่งเสริม", 2566) == (TypedItem("O34", "มาตรการส่งเสริม", 2567),)


@pytest.mark.parametrize("item", [("O11", "แผน", 2566), ("O34", "", 2566), ("O34", "มาตรการ", 2565), ("O5", "", 2560)])
def test_an_item_reads_back_as_it_stands_in_the_form(item: tuple[str, str, int]) -> None:
    assert read_items(item_as_typed(*item, usual_year=2566), 2566) == (TypedItem(*item),)


def test_a_range_is_all_its_items() -> None:
    assert [item.code for item in read_items("o19 - o22", 2566)] == ["O19", "O20", "O21", "O22"]


def test_a_line_without_a_code_is_refused_with_its_words() -> None:
    with pytest.raises(Invalid) as refused:
        read_items("O11 แผน\nแผนดำเนินงาน", 2566)

    assert (refused.value.key, refused.value.field) == ("item_unreadable", "items")
    assert refused.value.values["text"] == "แผนดำเนินงาน"


def test_lines_are_tidied_and_paragraphs_kept() -> None:
    assert tidy_lines("\n หนึ่ง  สอง \n\n\n สาม\u200b\n") == "หนึ่ง สอง\n\nสาม"


@pytest.mark.parametrize("typed", ["การປรับปรุง", "การपรับปรุง", "การ​ปรับ﻿ปรุง"])
def test_a_letter_of_another_script_and_what_nobody_sees_is_put_right_as_in_a_document(typed: str) -> None:
    meant = typed.replace("ປ", "ป").replace("प", "ป").replace("​", "").replace("﻿", "")

    assert read_title(typed) == read_text(typed, "analysis") == meant


def test_the_two_halves_of_sara_am_become_one() -> None:
    assert read_text("นํ้า\nทํา", "analysis") == "น้ำ\nทำ"
    assert read_items("O11 ทําแผน", 2566) == (TypedItem("O11", "ทำแผน", 2566),)


def test_marks_that_no_writing_has_are_refused_beside_their_field() -> None:
    with pytest.raises(Invalid) as refused:
        read_text("ก" + "่" * 40, "method")

    assert (refused.value.key, refused.value.field) == ("document_marks_piled", "method")


def test_a_title_is_one_line() -> None:
    assert read_title(" พัฒนา \n ระบบ ") == "พัฒนา ระบบ"


def test_what_is_too_long_is_refused_beside_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        read_text("ก" * (LONGEST_TITLE + 1), "focus", LONGEST_TITLE)

    assert (refused.value.key, refused.value.field) == ("text_too_long", "focus")


def test_what_stands_already_may_stay_however_long_it_is() -> None:
    title, items = "ก" * 600, "\n".join(f"O{number} ก" for number in range(1, 71))

    assert read_title(title, kept=title) == title
    assert len(read_items(items, 2566, kept=items)) == 70
    with pytest.raises(Invalid) as refused:
        read_title(f"{title}ข", kept=title)
    assert refused.value.key == "text_too_long"
    with pytest.raises(Invalid):
        read_items(items + "\nO80 ก", 2566, kept=items)
