"""Holidays of an office: where each comes from, and what may be said of a day."""

from __future__ import annotations

from enum import StrEnum

LONGEST_NAME = 100
YEARS_AHEAD = 5
"""So far ahead of this year days may be entered, and so far back."""


class HolidaySource(StrEnum):
    """By whose word a day stands in the list of holidays."""

    LIST = "list"
    """Of the government's days, as they come with the program."""

    SWITCHED = "switched"
    """Of those on which some offices are closed and others work: the agency says once which it is."""

    OWN = "own"
    """Of the agency's own table, which goes before the list."""
