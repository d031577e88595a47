"""Thai letters and digits: one way of writing what people write in many.

Nothing here corrects a text that people read; these are the keys by which two writings are found to be
the same, and the reading of digits and of item codes.
"""

from __future__ import annotations

import re
import unicodedata

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
HIGHEST_ITEM = 99

_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_WITHOUT_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))

# The letter o of an item code is also typed as the zero of either script, which is why the second
# group never begins by eating it.
ITEM_CODE = r"(?:(?i:m?oit)\s{0,2})?[oO0๐]\s?[0-9๐-๙]{1,3}|(?i:m?oit)\s{0,2}[0-9๐-๙]{1,3}"
_ITEM_CODE = re.compile(ITEM_CODE)
_NUMBER_OF_ITEM = re.compile(r"(?i:m?oit)?[oO0]?([0-9]{1,3})")


def arabic_digits(text: str) -> str:
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    return text.translate(_TO_THAI)


def without_zero_width(text: str) -> str:
    return text.translate(_WITHOUT_ZERO_WIDTH)


def is_blank(text: str) -> bool:
    """Whether there is nothing in the text that anybody could read."""
    return not without_zero_width(text).strip()


def tidy(text: str) -> str:
    """The text as it is meant to be read: composed, no invisible characters, single spaces."""
    composed = unicodedata.normalize("NFC", without_zero_width(text)).replace("\u0e4d\u0e32", "\u0e33")
    return " ".join(composed.split())


def comparison_key(text: str) -> str:
    """The same key for writings that differ in spaces, digits, capitals or invisible characters only."""
    return arabic_digits(tidy(text)).replace(" ", "").casefold()


def item_code(text: str) -> str | None:
    """``O34`` for ``๐34``, ``034``, ``o34``, ``๐๓๔``, ``OIT 34`` or ``MOIT34``; None for what is no code of an item."""
    if not _ITEM_CODE.fullmatch(text.strip()):
        return None
    match = _NUMBER_OF_ITEM.fullmatch(arabic_digits("".join(text.split())))
    number = int(match[1]) if match else 0
    return f"O{number}" if 1 <= number <= HIGHEST_ITEM else None
