"""What a finding is about: its code and the items it cites, as people write them."""

from __future__ import annotations

import pytest

from ita_flow.domain.findings import Channel, finding_code, items_in


@pytest.mark.parametrize("written", ["e4", "E4", "e ๔", "ข้อ e4", " e4 "])
def test_a_question_is_read_in_every_writing(written: str) -> None:
    assert finding_code(Channel.EIT_PUBLIC, written) == "e4"


@pytest.mark.parametrize("written", ["o2", "O2", "๐2", "O๒", "OIT 2", "ข้อ O2"])
def test_an_item_is_read_in_every_writing(written: str) -> None:
    assert finding_code(Channel.OIT, written) == "o2"


@pytest.mark.parametrize(
    ("channel", "written"),
    [
        (Channel.OIT, "e4"),
        (Channel.EIT_SURVEY, "O4"),
        (Channel.EIT_PUBLIC, ""),
        (Channel.EIT_PUBLIC, "e0"),
        (Channel.EIT_PUBLIC, "e123"),
        (Channel.OIT, "O100"),
    ],
)
def test_what_is_no_code_is_none(channel: Channel, written: str) -> None:
    assert finding_code(channel, written) is None


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("O34, O35", ("O34", "O35")),
        ("ข้อ ๐34 และ o๓๕", ("O34", "O35")),
        ("O34 O34", ("O34",)),
        ("(O34/O35);O1", ("O34", "O35", "O1")),
        ("", ()),
    ],
)
def test_cited_items_are_read_each_once(written: str, codes: tuple[str, ...]) -> None:
    assert items_in(written) == (codes, "")


@pytest.mark.parametrize(("written", "unread"), [("O34, e4", "e4"), ("ตามคู่มือ", "ตามคู่มือ"), ("O34 O100", "O100")])
def test_what_is_no_item_is_told(written: str, unread: str) -> None:
    assert items_in(written)[1] == unread
