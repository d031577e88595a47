"""Which passwords are accepted: long ones that nobody would guess first. No rule about digits or signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ita_flow.domain.refusals import Invalid

SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT_LETTERS = 5
SHORTEST_OWN_WORD = 4
COMMON = (
    "password",
    "passw0rd",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "changeme",
    "123456",
    "654321",
    "abc123",
    "abcdef",
    "000000",
    "111111",
    "รหัสผ่าน",
    "itaflow",
)
"""Beginnings of what people choose first; a password that is one of them with little around it is refused."""

FEWEST_LETTERS_BESIDE = 8


def composed(password: str) -> str:
    """The same password however a keyboard composed its letters."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, own_words: Iterable[str]) -> None:
    """Accept the password or raise Invalid.

    ``own_words`` are the words around the person that anybody could guess: e-mail address, names of the agency.
    """
    if len(password) > 4 * LONGEST:  # before composing, which takes long for very long texts
        raise Invalid("password_too_long", field="password", longest=LONGEST)
    password = composed(password)
    if len(password) < SHORTEST:
        raise Invalid("password_too_short", field="password", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password_too_long", field="password", longest=LONGEST)
    bare = _key(password)
    if len(set(bare)) < FEWEST_DIFFERENT_LETTERS or _is_little_more_than(bare, COMMON):
        raise Invalid("password_too_common", field="password")
    if _is_little_more_than(bare, (word for word in own_words if len(word) >= SHORTEST_OWN_WORD)):
        raise Invalid("password_too_close", field="password")


def _is_little_more_than(bare: str, words: Iterable[str]) -> bool:
    """Whether little is left of the password without these words, the longest taken out first."""
    rest = bare
    for word in sorted(map(_key, words), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != bare and len(rest) < FEWEST_LETTERS_BESIDE


def _key(text: str) -> str:
    return "".join(text.split()).casefold()
