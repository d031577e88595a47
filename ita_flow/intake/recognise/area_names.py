"""Which of the seven areas a text names: by its name in any spacing, by its number, or by both."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from ita_flow.domain.areas import AREAS
from ita_flow.domain.thai import arabic_digits, comparison_key
from ita_flow.intake.notebook import Notebook

LIKE_ENOUGH = 0.85
LONGEST_NAME = 150
SHORTEST_PART_OF_A_NAME = 10

_KEYS = {number: comparison_key(name) for number, name in AREAS.items()}
_NUMBER_BY_KEY = {key: number for number, key in _KEYS.items()}
_WORDS = r"(?:(?:หัวข้อ|ข้อ|ประเด็น|ด้าน)(?:การวิเคราะห์|การประเมิน)?(?:ที่)?\s?)"
_NUMBER = r"\(?([0-9๐-๙]{1,2})(?![0-9๐-๙])[.):]*"
_PARTS = re.compile(rf"({_WORDS})?(?:{_NUMBER})?[\s:–-]*(.*)")


def area_number(text: str, line: int, notebook: Notebook) -> int | None:
    """The area that a cell names, with a doubt where its name is not quite right or does not fit its number."""
    number, name = _parts(text)
    if not name:
        return number if number in AREAS else None
    known = _NUMBER_BY_KEY.get(comparison_key(name))
    if known and number in (known, None):
        return known
    meant = known or _nearly_named(name, number)
    if meant:
        _doubt(meant, text, line, notebook)
    return meant


def heading_of_area(text: str, line: int, notebook: Notebook) -> int | None:
    """The area whose heading this line of prose is: it has the number and, as nearly as may be, the name."""
    number, name = _parts(text)
    if number not in AREAS or not name or len(name) > LONGEST_NAME:
        return None
    known = _NUMBER_BY_KEY.get(comparison_key(name)) or (number if _is_like(name, number) else None)
    if known and (known != number or comparison_key(name) != _KEYS[known]):
        _doubt(known, text, line, notebook)
    return known


def row_of_area(text: str, line: int, notebook: Notebook) -> int | None:
    """The area that a text alone in its row names; a number needs a word beside it."""
    _, name = _parts(text)
    is_only_number = not name and not text.startswith(("ประเด็น", "ด้าน"))
    return None if is_only_number else area_number(text, line, notebook)


def speaks_of_an_area(text: str) -> bool:
    """Whether a text alone in its row is meant as the heading of an area, be it one of the seven or not."""
    return re.match(rf"(?:ประเด็น|ด้าน)(?:ที่)?\s?{_NUMBER}|{_NUMBER}[\s]*\S", text) is not None


def _parts(text: str) -> tuple[int | None, str]:
    """Number and name of ``3. ช่องทาง…``, ``ประเด็นที่ ๓``, ``ด้านช่องทาง…`` and the like."""
    match = _PARTS.fullmatch(" ".join(text.split()))
    assert match
    return (int(arabic_digits(match[2])) if match[2] else None), match[3].strip()


def _nearly_named(name: str, number: int | None) -> int | None:
    """The area with nearly this name; where there is a number, no other than the one of that number."""
    candidates = AREAS if number is None else [number] if number in AREAS else []
    return next((one for one in candidates if _is_like(name, one) or (number and _is_part_of_name(name, one))), None)


def _is_like(name: str, number: int) -> bool:
    """Whether the name is nearly that of the area. Only texts of about its length are compared letter by letter."""
    if len(name) > LONGEST_NAME:
        return False
    key, wanted = comparison_key(name), _KEYS[number]
    return 2 * min(len(key), len(wanted)) >= LIKE_ENOUGH * (len(key) + len(wanted)) and _are_alike(key, wanted)


@lru_cache(maxsize=1024)
def _are_alike(key: str, wanted: str) -> bool:
    matcher = SequenceMatcher(None, key, wanted, autojunk=False)
    return matcher.quick_ratio() >= LIKE_ENOUGH and matcher.ratio() >= LIKE_ENOUGH


def _is_part_of_name(name: str, number: int) -> bool:
    key = comparison_key(name)
    return len(key) >= SHORTEST_PART_OF_A_NAME and key in _KEYS[number]


def _doubt(meant: int, text: str, line: int, notebook: Notebook) -> None:
    whole = f"{meant}. {AREAS[meant]}"
    notebook.doubt("area_name", line, text, proposal=whole, number=meant, name=AREAS[meant])
