"""Days and moments in both languages: the years are Buddhist in either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from ita_flow import i18n
from ita_flow.domain.languages import Language
from ita_flow.i18n import speaking

SUNDAY = date(2024, 3, 31)
AFTERNOON = datetime(2024, 3, 15, 9, 42, tzinfo=UTC)

Said = Callable[[date], str]


@pytest.mark.parametrize(
    ("say", "thai", "english"),
    [
        (i18n.short_date, "31 มี.ค. 2567", "31 Mar 2567"),
        (i18n.day_and_month, "31 มี.ค.", "31 Mar"),
        (i18n.long_date, "31 มีนาคม 2567", "31 March 2567"),
        (i18n.weekday_date, "อา. 31 มี.ค. 2567", "Sun 31 Mar 2567"),
        (i18n.weekday_and_day, "อา. 31 มี.ค.", "Sun 31 Mar"),
        (i18n.short_month, "มี.ค.", "Mar"),
    ],
)
def test_a_day_is_said_in_either_language(plain_app: Flask, say: Said, thai: str, english: str) -> None:
    assert _said_in_both(say, SUNDAY) == (thai, english)


@pytest.mark.parametrize(
    ("say", "thai", "english"),
    [
        (i18n.short_moment, "15 มี.ค. 2567 16:42 น.", "15 Mar 2567 16:42"),
        (i18n.weekday_moment, "ศ. 15 มี.ค. 2567 16:42 น.", "Fri 15 Mar 2567 16:42"),
        (i18n.clock_time, "16:42 น.", "16:42"),
    ],
)
def test_a_moment_is_said_as_in_bangkok(
    plain_app: Flask, say: Callable[[datetime], str], thai: str, english: str
) -> None:
    assert _said_in_both(say, AFTERNOON) == (thai, english)


def test_without_an_application_thai_is_spoken() -> None:
    assert i18n.language() is Language.THAI


def _said_in_both(say: Callable[..., str], what: object) -> tuple[str, str]:
    said = []
    for language in (Language.THAI, Language.ENGLISH):
        with speaking(language):
            said.append(say(what).replace(i18n.NO_BREAK, " "))
    return said[0], said[1]
