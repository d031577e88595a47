"""What a spreadsheet would calculate is made harmless, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.formulas import defused, without_defusing


@pytest.mark.parametrize("sign", list("=+-@\t\r\0＝＋－＠"))
def test_a_formula_gets_a_mark_before_it(sign: str) -> None:
    assert defused(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("text", ["", "'ข้อความ'", "ก=1", "1-2", "ผอ.@กอง", " =1"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert defused(text) == without_defusing(text) == text


@pytest.mark.parametrize("text", ["'=1", "''-1"])
def test_what_bears_marks_already_gets_one_more(text: str) -> None:
    assert defused(text) == f"'{text}"


@given(st.text(st.sampled_from("'=+-@＝ก1 \t"), max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert without_defusing(defused(text)) == text
