"""Documents in hand, and what is on file already of that of which they speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.thai import comparison_key
from ita_flow.domain.units import AGENCY_TYPES
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import ImportDraft, Measure, Plan

MOST_CLOSE = 3
CLOSE = 0.75
LONGEST_COMPARED = 100


@dataclass(frozen=True)
class InHand:
    """A document in hand and who brought it in."""

    draft: ImportDraft
    brought_by: User


@dataclass(frozen=True)
class UnitsOnFile:
    """The divisions and sections of an agency, to be found by any name under which they are known."""

    divisions: Sequence[Unit]
    _by_name: Mapping[tuple[int | None, str], Unit]

    @property
    def names(self) -> list[tuple[int, str, int]]:
        """Each name with the unit that it means and the division in which it does; 0 for the agency."""
        return sorted((parent or 0, key, unit.id) for (parent, key), unit in self._by_name.items())

    @property
    def division_names(self) -> frozenset[str]:
        """Keys of all names under which divisions are known."""
        return frozenset(key for parent, key in self._by_name if parent is None)

    @property
    def section_names(self) -> frozenset[str]:
        """Keys of all names under which sections are known, whichever division they belong to."""
        return frozenset(key for parent, key in self._by_name if parent is not None)

    def division(self, name: str) -> Unit | None:
        return self._by_name.get((None, comparison_key(name)))

    def section(self, division: Unit, name: str) -> Unit | None:
        return self._by_name.get((division.id, comparison_key(name)))

    def close_to(self, name: str) -> list[Unit]:
        """Divisions whose name is so like this one that the same may be meant, the likeliest first."""
        by_key = {_likeness(unit.name): unit for unit in self.divisions}
        return [by_key[key] for key in get_close_matches(_likeness(name), by_key, n=MOST_CLOSE, cutoff=CLOSE)]


def _likeness(name: str) -> str:
    """A name as far as it is compared: the agency in it may be written out or shortened."""
    for full, short in AGENCY_TYPES.items():
        name = name.replace(full, short)
    return comparison_key(name)[:LONGEST_COMPARED]


def draft_in_hand(user: User, year: int, draft_id: int) -> ImportDraft | None:
    """A document in hand for that year (BE); only one of the person's own agency."""
    chosen = sa.select(ImportDraft).where(
        ImportDraft.id == draft_id, ImportDraft.agency_id == user.agency_id, ImportDraft.year == year
    )
    return db.session.scalar(chosen)


def drafts_in_hand(agency_id: int, year: int) -> Sequence[InHand]:
    """The documents of that year (BE) that nobody has confirmed yet, the newest first."""
    chosen = sa.select(ImportDraft, User).join(User, User.id == ImportDraft.brought_by_id)
    chosen = chosen.where(ImportDraft.agency_id == agency_id, ImportDraft.year == year)
    found = db.session.execute(chosen.order_by(ImportDraft.at.desc(), ImportDraft.id.desc()))
    return [InHand(draft, brought_by) for draft, brought_by in found]


def units_on_file(agency_id: int) -> UnitsOnFile:
    chosen = sa.select(Unit).where(Unit.agency_id == agency_id).options(joinedload(Unit.aliases))
    units = sorted(db.session.scalars(chosen.order_by(Unit.id)).unique(), key=lambda unit: sorting_key(unit.name))
    return UnitsOnFile([unit for unit in units if unit.parent_id is None], _by_name(units))


def _by_name(units: Iterable[Unit]) -> dict[tuple[int | None, str], Unit]:
    """By division and key; where an alias of one is the name of another, the name decides."""
    aliases = {(unit.parent_id, comparison_key(alias.name)): unit for unit in units for alias in unit.aliases}
    return aliases | {(unit.parent_id, comparison_key(unit.name)): unit for unit in units}


def whole_plan(agency: Agency, year: int) -> Plan | None:
    """The newest plan of that year (BE) with all that it says, so that comparing it loads nothing for each measure."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency.id, Plan.year == year)
    measures = selectinload(Plan.measures).joinedload(Measure.items)
    chosen = chosen.options(joinedload(Plan.areas), joinedload(Plan.limitations), measures)
    return db.session.scalars(chosen.order_by(Plan.version.desc()).limit(1)).unique().first()
