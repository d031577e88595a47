"""Tables that are pasted or come from a spreadsheet: their rows with the numbers that a spreadsheet shows."""

from __future__ import annotations

import pytest

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.pasted_tables import rows_of, text_of

HEADINGS = {"ปี", "รหัส"}


def rows(text: str) -> list[tuple[int, list[str]]]:
    return list(rows_of(text, lambda head: head in HEADINGS, unreadable="no_table"))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_are_taken_apart_by_the_sign_of_the_heading_and_empty_ones_are_counted(sign: str) -> None:
    text = "ปี,รหัส\n2567,O1\n,\n2567,O2".replace(",", sign)

    assert rows(text) == [(1, ["ปี", "รหัส"]), (2, ["2567", "O1"]), (4, ["2567", "O2"])]


def test_a_cell_may_have_two_lines() -> None:
    assert rows('ปี,รหัส\n2567,"O1\nต่อ"\n2567,O2') == [
        (1, ["ปี", "รหัส"]),
        (2, ["2567", "O1\nต่อ"]),
        (3, ["2567", "O2"]),
    ]


@pytest.mark.parametrize("rest", ["2567,O2\n2567,O3", '2567,"O2', '2567,"O2"\n2567,O3', "2567,O2\n\n"])
def test_a_quote_that_is_never_closed_is_told_with_its_line_and_swallows_nothing(rest: str) -> None:
    with pytest.raises(Invalid) as refused:
        rows(f'ปี,รหัส\n2567,"O1\n{rest}')

    assert (refused.value.key, refused.value.values) == ("document_quote_open", {"line": 2})


def test_what_is_wrong_within_its_line_is_read_as_it_stands() -> None:
    assert rows('ปี,รหัส\n2567,"ก" ข\n2567,5" ยาว')[1:] == [(2, ["2567", "ก ข"]), (3, ["2567", '5" ยาว'])]


def test_a_mark_of_inches_opens_no_quote() -> None:
    assert rows('ปี,รหัส\n2567,ท่อ 5" ยาว\n2567,O2')[1:] == [(2, ["2567", 'ท่อ 5" ยาว']), (3, ["2567", "O2"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_file_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert text_of("ปี,รหัส\r\n2567,O1\r".encode(encoding)) == "ปี,รหัส\n2567,O1\n"


def test_what_is_no_text_is_none() -> None:
    assert text_of(b"\xff\xfe\xdb\xdc") is None
