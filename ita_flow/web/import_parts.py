"""The parts of the page of a document in hand: each thing that was read, with what a person decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_flow.intake.draft import Correction, Doubt, DraftMeasure, Repair
from ita_flow.models.people import Unit
from ita_flow.wording.plan_imports import DOUBTS

CUT_SHORT = "…"


@dataclass(frozen=True)
class UnitRead:
    """A responsible unit of a measure: as it will be called, and whether it is on file."""

    section: str | None
    division: str
    is_division_known: bool
    is_section_known: bool

    @property
    def is_known(self) -> bool:
        return self.is_division_known and (self.section is None or self.is_section_known)


@dataclass(frozen=True)
class MeasureRead:
    number: int
    said: DraftMeasure
    units: Sequence[UnitRead]
    place: str


@dataclass(frozen=True)
class DivisionRead:
    """A division as the document names it, with the one on file that it is, or that somebody says it is."""

    key: str
    name: str
    known: Unit | None
    chosen: Unit | None
    close: Sequence[Unit]


@dataclass(frozen=True)
class DoubtRead:
    key: str
    doubt: Doubt
    name: str
    place: str
    is_proposal_chosen: bool
    own_text: str
    is_accepted: bool

    @property
    def may_be_written_anew(self) -> bool:
        """Whether what was found can be replaced: it is wording, and not cut short."""
        return self.doubt.kind in DOUBTS and bool(self.doubt.found) and not self.doubt.found.endswith(CUT_SHORT)

    @property
    def may_be_decided(self) -> bool:
        return self.may_be_written_anew or bool(self.doubt.proposal)


@dataclass(frozen=True)
class Settled:
    """A correction that was decided, and whether the document still reads as before."""

    key: str
    correction: Correction
    place: str
    is_in_vain: bool


@dataclass(frozen=True)
class RepairsRead:
    """Repairs of one kind: how many, and the first as an example."""

    name: str
    count: int
    example: Repair | None
    place: str
