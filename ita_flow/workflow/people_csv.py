"""A list of people taken in, whole or not at all, by the same deeds as by hand.

A list that was taken in before changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ita_flow.domain.refusals import Refusal
from ita_flow.models.people import Agency, Unit, User
from ita_flow.workflow import audit, units
from ita_flow.workflow.appointments import appoint, bring_in, change_post
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.people_outlook import Change, Entry, Outlook, Place, look_ahead, people_called


class ListRefused(Refusal):
    """Some rows cannot be taken, so none was."""

    def __init__(self, outlook: Outlook) -> None:
        super().__init__("people_list_refused", count=len(outlook.problems))
        self.outlook = outlook


def take_in(
    agency: Agency, text: str, *, actor: User | None, via: str | None = None, at: datetime, now: datetime
) -> Outlook:
    """Do what the list says; raises ListRefused, and does nothing, while any row cannot be taken."""
    take_the_desk(agency.id)
    outlook = look_ahead(agency, text, actor=actor, at=at)
    if outlook.problems:
        raise ListRefused(outlook)
    if outlook.changes:
        _Taking(agency, actor, via, at, now).all_of(outlook)
    return outlook


@dataclass(frozen=True)
class _Taking:
    """One taking in: by whom, through which door, and when."""

    agency: Agency
    actor: User | None
    via: str | None
    at: datetime
    now: datetime

    def all_of(self, outlook: Outlook) -> None:
        entries = [entry for entry in outlook.entries if entry.change is not Change.NONE]
        made = self._units_made(entry.place for entry in entries)
        people = people_called({entry.email for entry in entries})
        for entry in entries:
            unit = entry.place.unit or made.get(entry.place.key)
            self._one(entry, unit, people)
        self._record(outlook)

    def _units_made(self, places: Iterable[Place]) -> dict[tuple[str, str], Unit]:
        made: dict[tuple[str, str], Unit] = {}
        for place in places:
            if place.kind and not place.unit and place.key not in made:
                made[place.key] = self._unit_made(place)
        return made

    def _unit_made(self, place: Place) -> Unit:
        by, via, at = self.actor, self.via, self.at
        division = units.division_called(self.agency.id, place.division)
        division = division or units.add_division(self.agency, place.division, actor=by, via=via, at=at)
        if not place.section:
            return division
        section = units.section_called(division, place.section)
        return section or units.add_section(division, place.section, actor=by, via=via, at=at)

    def _one(self, entry: Entry, unit: Unit | None, people: dict[str, User]) -> None:
        by, via, at, post = self.actor, self.via, self.at, entry.post_in(unit)
        if entry.membership:
            change_post(entry.membership, title=post.title, ends_on=post.ends_on, actor=by, via=via, at=at)
        elif entry.email in people:
            appoint(people[entry.email], post, actor=by, via=via, at=at)
        else:
            people[entry.email] = bring_in(
                self.agency,
                email=entry.email,
                name=entry.line.name,
                post=post,
                actor=by,
                via=via,
                at=at,
                now=self.now,
            )

    def _record(self, outlook: Outlook) -> None:
        counts = {change.value: len(outlook.of(change)) for change in Change}
        subject = f"agency:{self.agency.id}"
        audit.record(
            "people.taken_in", self.agency.id, subject, at=self.at, actor=self.actor, via=self.via, after=counts
        )
