"""The steps of a method: only where the writer separated them, never guessed from the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_flow.domain.thai import arabic_digits

_NUMBER = re.compile(
    r"(?:^|(?<=\s))(?:\(?([0-9]{1,2})[.)](?![0-9])|ขั้น(?:ตอน)?ที่ ?([0-9]{1,2})(?![0-9])[:.)]?)\s*", re.MULTILINE
)
_BULLET = re.compile(r"^[ \t]*[-–•*][ \t]+|(?<=\s)•\s*", re.MULTILINE)


def steps_of(method: str) -> tuple[str, ...]:
    """The parts of a method, split at numbers in sequence, else at bullets, else at line breaks; else one step."""
    for parts in (_by_number(method), _by_bullet(method), method.splitlines()):
        steps = tuple(step for step in (" ".join(part.split()) for part in parts) if step)
        if len(steps) > 1:
            return steps
    return (" ".join(method.split()),) if method.strip() else ()


def _by_number(method: str) -> list[str]:
    """The parts after 1., 2., 3. …; words before the first number belong to the first part."""
    places = list(_in_sequence(method))
    if not places:
        return []
    ends = [start for start, _ in places[1:]] + [len(method)]
    parts = [method[after:end] for (_, after), end in zip(places, ends, strict=True)]
    return [f"{method[: places[0][0]]} {parts[0]}", *parts[1:]]


def _in_sequence(method: str) -> Iterator[tuple[int, int]]:
    # The digits are translated one for one, so places in the translation are places in the text.
    expected = 1
    for match in _NUMBER.finditer(arabic_digits(method)):
        if int(match[1] or match[2]) == expected:
            yield match.span()
            expected += 1


def _by_bullet(method: str) -> list[str]:
    return _BULLET.split(method) if _BULLET.search(method) else []
