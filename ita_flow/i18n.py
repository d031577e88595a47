"""Language, and Thai dates with Buddhist years: the only place where 543 is added for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from flask_babel import force_locale

from ita_flow.domain.calendar import BANGKOK, BUDDHIST_ERA_OFFSET

DEFAULT_LANGUAGE = "th"
NO_BREAK = "\u00a0"
MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT_MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
SHORT_WEEKDAYS = ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."]


def language() -> str:
    """The language of this answer: Thai, until people may choose."""
    return DEFAULT_LANGUAGE


@contextmanager
def language_of(_person: object) -> Iterator[None]:
    """The language in which this person reads mails."""
    with force_locale(DEFAULT_LANGUAGE):
        yield


def buddhist_year(day: date) -> int:
    return day.year + BUDDHIST_ERA_OFFSET


def short_date(day: date) -> str:
    """31 มี.ค. 2567"""
    return NO_BREAK.join((str(day.day), SHORT_MONTHS[day.month - 1], str(buddhist_year(day))))


def day_and_month(day: date) -> str:
    """31 มี.ค."""
    return NO_BREAK.join((str(day.day), SHORT_MONTHS[day.month - 1]))


def long_date(day: date) -> str:
    """31 มีนาคม 2567"""
    return NO_BREAK.join((str(day.day), MONTHS[day.month - 1], str(buddhist_year(day))))


def weekday_date(day: date) -> str:
    """อา. 31 มี.ค. 2567"""
    return f"{SHORT_WEEKDAYS[day.weekday()]}{NO_BREAK}{short_date(day)}"


def weekday_and_day(day: date) -> str:
    """อา. 31 มี.ค."""
    return f"{SHORT_WEEKDAYS[day.weekday()]}{NO_BREAK}{day_and_month(day)}"


def short_moment(moment: datetime) -> str:
    """15 มี.ค. 2567 16:42 น., in Bangkok"""
    local = moment.astimezone(BANGKOK)
    return NO_BREAK.join((short_date(local.date()), f"{local:%H:%M}", "น."))


def weekday_moment(moment: datetime) -> str:
    """พ. 20 มี.ค. 2567 08:30 น., in Bangkok"""
    return f"{weekday_date(moment.astimezone(BANGKOK).date())}{NO_BREAK}{clock_time(moment)}"


def clock_time(moment: datetime) -> str:
    """10:42 น., in Bangkok"""
    return f"{moment.astimezone(BANGKOK):%H:%M}{NO_BREAK}น."
