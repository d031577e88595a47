"""Characters that were certainly meant to be others."""

from __future__ import annotations

import pytest

from ita_flow.intake.draft import Repair
from ita_flow.intake.repairs import repaired
from tests.intake.documents import line_of, read, report


@pytest.mark.parametrize(
    ("written", "meant", "count"),
    [
        ("พัสด\u0941\u0930ายเดือน", "พัสดุรายเดือน", 2),
        ("งาน\u0e81อง", "งานกอง", 1),
        ("ปร\u09b0", "ปรร", 1),
        ("ก\u200bข\u2060ค", "กขค", 2),
        ("น\u0e49\u0e38", "น\u0e38\u0e49", 1),
        ("กํา", "กำ", 1),
        ("นํ้า", "น้ำ", 1),
    ],
    ids=["Devanagari", "Lao", "Bengali", "invisible", "order of marks", "halves of sara am", "with a tone between"],
)
def test_each_changed_character_is_one_repair(written: str, meant: str, count: int) -> None:
    lines, repairs = repaired([written])

    assert lines == [meant]
    assert len(repairs) == count


@pytest.mark.parametrize("written", ["ปกติ", "plain text", "๐34", "คำว่า \u0930\u093e\u092e ในภาษาฮินดี", "E - Service"])
def test_nothing_else_is_changed(written: str) -> None:
    assert repaired([written]) == ([written], [])


def test_repairs_of_a_document_are_counted_with_their_lines() -> None:
    line = line_of("\u0941")

    assert read(report()).repairs == (Repair(line, "\u0941", "ุ"), Repair(line, "\u0930", "ร"))
