"""The units that a document names, called by the names that they have on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ita_flow.domain.thai import comparison_key, tidy
from ita_flow.intake.draft import PlanDraft, Responsible
from ita_flow.intake.expansion import expanded
from ita_flow.intake.recognise.known_units import KnownUnits
from ita_flow.models.people import Agency, User
from ita_flow.queries.import_drafts import UnitsOnFile
from ita_flow.workflow import audit
from ita_flow.workflow.units import division_called, know_as


def known_units(on_file: UnitsOnFile) -> KnownUnits:
    """The units on file as the readers of documents look for them."""
    return KnownUnits(on_file.division_names, on_file.section_names)


@dataclass(frozen=True)
class Naming:
    """Which unit a name in a document means: as a person said, else as the units are known on file."""

    on_file: UnitsOnFile
    meant: Mapping[str, str]
    """Keys of names of divisions as read, each with the name of the division that is meant."""

    @property
    def known(self) -> KnownUnits:
        return known_units(self.on_file)

    @classmethod
    def of(cls, on_file: UnitsOnFile, unit_names: Mapping[str, str] | None = None) -> Naming:
        return cls(on_file, {comparison_key(read): name for read, name in (unit_names or {}).items()})

    def called(self, read: Responsible) -> Responsible:
        """The same units by their names on file; those that are not on file stay as they were read."""
        name = self.meant.get(comparison_key(read.division), read.division)
        division = self.on_file.division(name)
        section = self.on_file.section(division, read.section) if division and read.section else None
        return Responsible(section.name if section else read.section, division.name if division else name)


def as_on_file(draft: PlanDraft, naming: Naming) -> PlanDraft:
    """The draft with its units called by their names on file, and every division named where all are meant."""
    measures = tuple(
        replace(measure, responsible=tuple(naming.called(one) for one in measure.responsible))
        for measure in draft.measures
    )
    return expanded(replace(draft, measures=measures), [division.name for division in naming.on_file.divisions])


def remember(
    agency: Agency, unit_names: Mapping[str, str], *, actor: User | None, via: str | None = None, at: datetime
) -> None:
    """Keep how else a person said a division is called, so that the next document finds it by itself."""
    for read, meant in unit_names.items():
        division = division_called(agency.id, meant)
        if division and division_called(agency.id, read) is None:
            know_as(division, [tidy(read)])
            subject, after = f"unit:{division.id}", {"alias": tidy(read)}
            audit.record("unit.alias_added", agency.id, subject, at=at, actor=actor, via=via, after=after)
