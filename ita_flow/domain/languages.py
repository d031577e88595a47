"""The languages in which the system speaks: Thai is the source, English is its second voice."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    THAI = "th"
    ENGLISH = "en"
