"""Language, and dates with Buddhist years: the only place where 543 is added for people to read.

Years are Buddhist in every language, so that no page mixes two eras; English pages say so at their foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Protocol

from flask_babel import force_locale, get_locale

from ita_flow.domain.calendar import BANGKOK, BUDDHIST_ERA_OFFSET
from ita_flow.domain.languages import Language
from ita_flow.i18n.names import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS

DEFAULT_LANGUAGE = Language.THAI
NO_BREAK = "\u00a0"


class Reader(Protocol):
    """Somebody who chose a language; None where nothing was stored yet."""

    @property
    def language(self) -> Language | None: ...


def language() -> Language:
    """The language of what is being said now; Thai where nobody has asked for another."""
    locale = get_locale()
    return Language(locale.language) if locale else DEFAULT_LANGUAGE


@contextmanager
def speaking(tongue: Language) -> Iterator[None]:
    """All that is said meanwhile is said in this language."""
    with force_locale(tongue.value):
        yield


@contextmanager
def language_of(reader: Reader) -> Iterator[None]:
    """The language in which this person reads mails."""
    with speaking(reader.language or DEFAULT_LANGUAGE):
        yield


def buddhist_year(day: date) -> int:
    return day.year + BUDDHIST_ERA_OFFSET


def short_month(day: date) -> str:
    """มี.ค. · Mar"""
    return SHORT_MONTHS[language()][day.month - 1]


def short_date(day: date) -> str:
    """31 มี.ค. 2567 · 31 Mar 2567"""
    return NO_BREAK.join((str(day.day), short_month(day), str(buddhist_year(day))))


def day_and_month(day: date) -> str:
    """31 มี.ค. · 31 Mar"""
    return NO_BREAK.join((str(day.day), short_month(day)))


def long_date(day: date) -> str:
    """31 มีนาคม 2567 · 31 March 2567"""
    return NO_BREAK.join((str(day.day), MONTHS[language()][day.month - 1], str(buddhist_year(day))))


def month_and_year(day: date) -> str:
    """มีนาคม 2567 · March 2567"""
    return f"{MONTHS[language()][day.month - 1]}{NO_BREAK}{buddhist_year(day)}"


def weekday_date(day: date) -> str:
    """อา. 31 มี.ค. 2567 · Sun 31 Mar 2567"""
    return f"{_short_weekday(day)}{NO_BREAK}{short_date(day)}"


def weekday_and_day(day: date) -> str:
    """อา. 31 มี.ค. · Sun 31 Mar"""
    return f"{_short_weekday(day)}{NO_BREAK}{day_and_month(day)}"


def _short_weekday(day: date) -> str:
    return SHORT_WEEKDAYS[language()][day.weekday()]


def short_moment(moment: datetime) -> str:
    """15 มี.ค. 2567 16:42 น. · 15 Mar 2567 16:42, in Bangkok"""
    return f"{short_date(moment.astimezone(BANGKOK).date())}{NO_BREAK}{clock_time(moment)}"


def weekday_moment(moment: datetime) -> str:
    """พ. 20 มี.ค. 2567 08:30 น. · Wed 20 Mar 2567 08:30, in Bangkok"""
    return f"{weekday_date(moment.astimezone(BANGKOK).date())}{NO_BREAK}{clock_time(moment)}"


def clock_time(moment: datetime) -> str:
    """10:42 น. · 10:42, in Bangkok"""
    time = f"{moment.astimezone(BANGKOK):%H:%M}"
    return time if language() is Language.ENGLISH else f"{time}{NO_BREAK}น."
