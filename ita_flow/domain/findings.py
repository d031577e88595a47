"""Where a finding of the assessor comes from, and what it is about."""

from __future__ import annotations

import re
from enum import StrEnum

from ita_flow.domain.thai import ITEM_CODE, arabic_digits, item_code, tidy


class Channel(StrEnum):
    """EIT is asked twice: people answer by themselves, or the assessor collects answers."""

    EIT_PUBLIC = "eit_public"
    EIT_SURVEY = "eit_survey"
    OIT = "oit"


_QUESTION = re.compile(r"(?:ข้อ)?e([1-9][0-9]?)", re.IGNORECASE)
_ITEM = re.compile(rf"(?<![0-9A-Za-z๐-๙])(?:{ITEM_CODE})(?![0-9๐-๙])")
_BETWEEN_ITEMS = re.compile(r"[\s,;/()]|ข้อ|และ")


def finding_code(channel: Channel, text: str) -> str | None:
    """``e4`` for a question of EIT, ``o2`` for an item of OIT; None for what is neither."""
    if channel is Channel.OIT:
        code = item_code(tidy(text).removeprefix("ข้อ"))
        return code.lower() if code else None
    question = _QUESTION.fullmatch(arabic_digits("".join(text.split())))
    return f"e{question[1]}" if question else None


def items_in(text: str) -> tuple[tuple[str, ...], str]:
    """The codes of items that a text lists, each once in its order, and what in it is no code of an item."""
    codes = [item_code(written) for written in _ITEM.findall(text)]
    unread = [written for written, code in zip(_ITEM.findall(text), codes, strict=True) if code is None]
    rest = _BETWEEN_ITEMS.sub("", _ITEM.sub("", text))
    return tuple(dict.fromkeys(code for code in codes if code)), " ".join([*unread, rest]).strip()
