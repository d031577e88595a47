"""Where a finding of the assessor comes from."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """EIT is asked twice: people answer by themselves, or the assessor collects answers."""

    EIT_PUBLIC = "eit_public"
    EIT_SURVEY = "eit_survey"
    OIT = "oit"
