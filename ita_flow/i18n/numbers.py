"""One or many: Thai has one form for both, English two. An English text says ``%(count)s {task|tasks}``.

The choice goes with the last number before it, or, at the beginning of a text, with the first one after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(r"%\((\w+)\)[sd]|\{([^{}|]*)\|([^{}|]*)\}")
NUMBER = re.compile("[0-9][0-9,]*")


def counted(text: str, values: Mapping[str, object]) -> str:
    """The text with each choice made; its values are still to be filled in."""
    if "|" not in text:
        return text
    named = (token[1] for token in TOKEN.finditer(text) if token[1])
    number = next((value for value in map(values.get, named) if _is_number(value)), None)

    def choose(token: re.Match[str]) -> str:
        nonlocal number
        if token[1]:
            number = values[token[1]] if _is_number(values.get(token[1])) else number
            return token[0]
        return token[2] if str(number) == "1" else token[3]

    return TOKEN.sub(choose, text)


def _is_number(value: object) -> bool:
    return bool(NUMBER.fullmatch(str(value)))


class Countable(str):
    """An English text that makes its choices when its values are filled in."""

    def __mod__(self, values: Any) -> str:
        filled: str = counted(str.__str__(self), values) % values
        return filled

    def __str__(self) -> str:
        return self  # so that the words of a lazy text keep their kind
