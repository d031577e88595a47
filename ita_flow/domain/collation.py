"""The order of Thai names: by consonant first, as in a dictionary, where the alphabet of a computer goes by vowel."""

from __future__ import annotations

import re

from ita_flow.domain.thai import tidy

_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARK = re.compile("[\u0e47-\u0e4e]")


def sorting_key(text: str) -> tuple[str, str]:
    """By this key names stand in the order of the dictionary: tone marks count only between names otherwise alike."""
    letters = _LEADING_VOWEL.sub(r"\2\1", tidy(text).casefold())
    return _MARK.sub("", letters), letters
