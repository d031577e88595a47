"""Thai is found without its spaces, in either script of digits, and never cut between a letter and its mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.searching import LONGEST_SEARCH, Search, folded, folded_parts, names_of_measure
from ita_flow.domain.thai import tidy

TITLE = "เผยแพร่นโยบาย No Gift Policy ๒๕๖๗ บนเว็บไซต์"
letters = st.text(st.sampled_from("กขคเแน้ำําิ่ ๐๑๒0129oOABß\u200b\u00a0%_'\"\\.*[("), max_size=40)


@pytest.mark.parametrize(
    "typed",
    ["นโยบาย", "no gift", "NOGIFT", "gift เผยแพร่", "2567", "๒๕๖๗", "บน เว็บ", "เผย\u200bแพร่", "แพร่นโย"],
)
def test_what_is_meant_is_found(typed: str) -> None:
    assert Search(typed).finds(folded(TITLE))


@pytest.mark.parametrize("typed", ["นโยบาย 2566", "256", "67", "gift%", "policy_", "ไม่มี", "นโยบาย ของขวัญ"])
def test_each_word_must_be_found_and_numbers_whole(typed: str) -> None:
    assert not Search(typed).finds(folded(TITLE))


def test_sara_am_is_found_in_either_writing() -> None:
    assert Search("ส\u0e4d\u0e32นัก").finds(folded("สำนักปลัด"))
    assert Search("สำนัก").finds(folded("ส\u0e4d\u0e32นักปลัด"))


@pytest.mark.parametrize("typed", ["O34", "o34", "๐34", "034", "๐๓๔", "OIT 34", "MOIT34"])
@pytest.mark.parametrize("written", ["ข้อ O34", "ข้อ ๐34", "ข้อ o๓๔"])
def test_the_code_of_an_item_is_found_however_it_is_written(typed: str, written: str) -> None:
    assert Search(typed.replace(" ", "")).finds(folded(written))


def test_a_code_is_not_found_in_a_longer_one() -> None:
    assert not Search("O3").finds(folded("ข้อ O34"))


@pytest.mark.parametrize("typed", ["ข้อ 2", "ข้อที่ ๒", "มาตรการ 2", "มาตรการที่2", "Measure 2", "ประเด็นที่ 5", "area 5"])
def test_a_measure_is_found_by_its_number_and_not_by_any_other(typed: str) -> None:
    search = Search(typed)

    assert search.finds(folded_parts(names_of_measure(2, 5)))
    assert not search.finds(folded_parts(names_of_measure(5, 2)))


def test_numbers_beside_each_other_stay_apart() -> None:
    assert Search("12").finds(folded("ข้อ 12 2567"))
    assert not Search("122567").finds(folded("ข้อ 12 2567"))


def test_no_word_is_found_across_two_parts() -> None:
    assert not Search("กข").finds(folded_parts(["อก", "ขอ"]))


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", " \u200b \ufeff"])
def test_nothing_is_looked_for_where_nothing_can_be_read(typed: str) -> None:
    assert not Search(typed)


def test_what_is_too_long_is_cut_and_told() -> None:
    search = Search("ก" * 10_000)

    assert (len(search.text), search.is_cut) == (LONGEST_SEARCH, True)
    assert search.finds("ก" * LONGEST_SEARCH)


def test_many_words_cost_no_more_than_few() -> None:
    assert Search(" ".join(f"{number}" for number in range(100))).finds(
        folded(" ".join(str(number) for number in range(20)))
    )


def test_hits_are_marked_in_the_letters_of_the_text() -> None:
    pieces = Search("gift ๒๕๖๗").marked(TITLE)

    assert [piece.text for piece in pieces if piece.is_hit] == ["Gift", "๒๕๖๗"]
    assert "".join(piece.text for piece in pieces) == TITLE


def test_a_mark_is_never_parted_from_its_letter() -> None:
    (hit,) = (piece.text for piece in Search("การบ").marked("ทำการบ้าน") if piece.is_hit)

    assert hit == "การบ้"


def test_a_passage_stands_around_the_first_hit() -> None:
    text = f"{'ก่อน' * 100} ลงนามประกาศ {'หลัง' * 100}"

    passage = Search("ประกาศ").passage(text)

    told = "".join(piece.text for piece in passage)
    assert [piece.text for piece in passage if piece.is_hit] == ["ประกาศ"]
    assert (told[0], told[-1]) == ("…", "…")
    assert len(told) < 220


def test_no_passage_without_a_hit() -> None:
    assert Search("ประกาศ").passage("ข้อความอื่น") == []


@given(letters, letters)
def test_marking_keeps_every_letter(typed: str, text: str) -> None:
    assert "".join(piece.text for piece in Search(typed).marked(text)) == tidy(text)


@given(letters, letters)
def test_what_is_found_is_marked(typed: str, text: str) -> None:
    search = Search(typed)

    if search and search.finds(folded(text)):
        assert any(piece.is_hit for piece in search.marked(text))
