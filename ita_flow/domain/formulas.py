"""Cells that a spreadsheet would take for a formula: made harmless on the way out, put back on the way in."""

from __future__ import annotations

import re

MARK = "'"
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\x00＝＋－＠]")


def defused(text: str) -> str:
    """The text as it may stand in a cell of a CSV file: a mark before what would be calculated there."""
    # What bears marks already gets one more, so that taking one away always gives the text back.
    return MARK + text if _LIKE_A_FORMULA.match(text) else text


def without_defusing(text: str) -> str:
    """The text that ``defused`` was given."""
    return text[1:] if text.startswith(MARK) and _LIKE_A_FORMULA.match(text) else text
