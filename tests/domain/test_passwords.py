"""Which passwords are accepted."""

from __future__ import annotations

import pytest

from ita_flow.domain.passwords import check_password, composed
from ita_flow.domain.refusals import Invalid

OWN_WORDS = ("somying.jaidee@example.go.th", "somying.jaidee", "อบจ.ตัวอย่าง", "องค์การบริหารส่วนจังหวัดตัวอย่าง", "th")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "กระเป๋าสีเขียวใต้ต้นมะขาม",
        "tr0ub4dor&3xyz",
        "somying.jaidee likes durian",
        "x" * 64 + "abcdefgh" * 8,
        "123456 mangoes in a basket",
    ],
)
def test_a_long_password_of_ones_own_is_accepted(password: str) -> None:
    check_password(password, OWN_WORDS)


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("short", "password_too_short"),
        ("elevenchars", "password_too_short"),
        ("abcdefgh" * 16 + "x", "password_too_long"),
        ("password1234", "password_too_common"),
        ("PASSWORD 1234", "password_too_common"),
        ("qwertyuiop12", "password_too_common"),
        ("รหัสผ่าน1234", "password_too_common"),
        ("aaaaaaaaaaaa", "password_too_common"),
        ("abababababab", "password_too_common"),
        ("somying.jaidee", "password_too_close"),
        ("Somying.Jaidee99", "password_too_close"),
        ("somying.jaidee@example.go.th", "password_too_close"),
        ("อบจ.ตัวอย่าง2567", "password_too_close"),
    ],
)
def test_a_password_that_is_short_or_easily_guessed_is_refused(password: str, key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_password(password, OWN_WORDS)

    assert (refusal.value.key, refusal.value.field) == (key, "password")


def test_a_password_is_the_same_however_a_keyboard_composed_it() -> None:
    assert composed("cafe\u0301") == composed("caf\u00e9")
