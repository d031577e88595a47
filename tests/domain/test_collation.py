"""Thai names stand in the order of the dictionary."""

from __future__ import annotations

from ita_flow.domain.collation import sorting_key


def test_a_vowel_written_first_counts_after_its_consonant() -> None:
    names = ["เกษม", "อำนาจ", "กมล", "แก้ว", "ไกร", "ขวัญ", "โกศล"]

    assert sorted(names, key=sorting_key) == ["กมล", "เกษม", "แก้ว", "โกศล", "ไกร", "ขวัญ", "อำนาจ"]


def test_a_tone_mark_counts_only_between_names_otherwise_alike() -> None:
    assert sorted(["ก้อง", "กองทอง", "กอง"], key=sorting_key) == ["กอง", "ก้อง", "กองทอง"]
