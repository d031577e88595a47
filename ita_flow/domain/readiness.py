"""Whether a report can be decided on from the list, or should be opened first: deciding on many is never blind."""

from __future__ import annotations

from enum import StrEnum


class Caution(StrEnum):
    """Why a report should be opened before anybody decides on it."""

    NO_EVIDENCE = "no_evidence"
    OBSTACLES = "obstacles"
    FALLS_BACK = "falls_back"
    """It claims less than what is approved already."""


def cautions(*, pieces_of_evidence: int, obstacles: str, percent_before: int, percent_claimed: int) -> list[Caution]:
    """All there is to be careful about; a report with none is ready."""
    held = {
        Caution.NO_EVIDENCE: not pieces_of_evidence,
        Caution.OBSTACLES: bool(obstacles.strip()),
        Caution.FALLS_BACK: percent_claimed < percent_before,
    }
    return [caution for caution, is_so in held.items() if is_so]
