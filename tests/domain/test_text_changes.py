"""Two wordings beside each other: what stayed, what went, what came."""

from __future__ import annotations

import pytest

from ita_flow.domain.text_changes import Pieces, beside, whole


def told(pieces: Pieces) -> str:
    """What changed stands in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("was", "now", "left", "right"),
    [
        ("ประชุม ทุกเดือน", "ประชุม ทุกไตรมาส", "ประชุม [ทุกเดือน]", "ประชุม [ทุกไตรมาส]"),
        ("ประชุม", "ประชุม และสรุปผล", "ประชุม", "ประชุม[ และสรุปผล]"),
        ("1. ประชุม\n2. สรุป", "1. ประชุม", "1. ประชุม[\n2. สรุป]", "1. ประชุม"),
        ("กองคลัง", "กองช่าง", "[กองคลัง]", "[กองช่าง]"),
        ("", "ข้อความใหม่", "", "[ข้อความใหม่]"),
        ("เท่าเดิม", "เท่าเดิม", "เท่าเดิม", "เท่าเดิม"),
    ],
)
def test_each_side_shows_what_stands_in_it_alone(was: str, now: str, left: str, right: str) -> None:
    before, after = beside(was, now)

    assert (told(before), told(after)) == (left, right)


def test_a_day_is_another_day_as_a_whole() -> None:
    before, after = whole("31 มี.ค. 2567", "30 ส.ค. 2567")

    assert (told(before), told(after)) == ("[31 มี.ค. 2567]", "[30 ส.ค. 2567]")
