"""What taking a list of people in would do, found out row by row; nothing is changed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid, NotPermitted
from ita_flow.domain.thai import comparison_key
from ita_flow.domain.units import UnitKind, check_place
from ita_flow.extensions import db
from ita_flow.intake.people_csv import PersonLine, RowProblem, read_people
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.queries.seating import named_seats_of
from ita_flow.queries.units import all_units
from ita_flow.wording.people import counted_changes
from ita_flow.workflow import units
from ita_flow.workflow.appointments import (
    Post,
    check_words,
    held_by,
    overlap,
    refuse_appointing,
    refuse_changing,
    refuse_closed,
)
from ita_flow.workflow.people import email_of, person_name_of


class Change(StrEnum):
    """What a row would do."""

    NEW_PERSON = "new_person"
    NEW_POST = "new_post"
    POST_CHANGED = "post_changed"
    NONE = "none"


@dataclass(frozen=True)
class Place:
    """Where a row says that the post is held; ``unit`` is None where it is yet to be made, or nowhere."""

    division: str
    section: str
    unit: Unit | None

    @property
    def kind(self) -> UnitKind | None:
        if self.section:
            return UnitKind.SECTION
        return UnitKind.DIVISION if self.division else None

    @property
    def key(self) -> tuple[str, str]:
        return comparison_key(self.division), comparison_key(self.section)


@dataclass(frozen=True)
class Entry:
    """A row with all that was found out about it."""

    line: PersonLine
    email: str
    place: Place
    starts_on: date
    change: Change
    membership: Membership | None = None
    """The post that is held already."""

    @property
    def title(self) -> str:
        if self.line.title:
            return self.line.title
        return self.membership.post if self.membership else self.line.held_name

    @property
    def ends_on(self) -> date | None:
        """A row that does not say when a post ends leaves that day alone."""
        return self.line.ends_on or (self.membership.ends_on if self.membership else None)

    def post_in(self, unit: Unit | None) -> Post:
        return Post(self.line.held, unit, self.title, self.starts_on, self.ends_on, self.line.named_seat)


@dataclass(frozen=True)
class Outlook:
    """What taking the list in would do."""

    entries: Sequence[Entry]
    problems: Sequence[RowProblem]

    def of(self, change: Change) -> list[Entry]:
        return [entry for entry in self.entries if entry.change is change]

    @property
    def changes(self) -> int:
        return sum(entry.change is not Change.NONE for entry in self.entries)

    @property
    def in_numbers(self) -> str:
        """What would be done, in words and numbers."""
        return counted_changes(
            people=len(self.of(Change.NEW_PERSON)),
            posts=len(self.of(Change.NEW_POST)),
            changed=len(self.of(Change.POST_CHANGED)),
            same=len(self.of(Change.NONE)),
        )

    @property
    def new_units(self) -> list[str]:
        """The units that are yet to be made, each once, in the order of the list."""
        unmade = (entry.place for entry in self.entries if entry.place.kind and not entry.place.unit)
        return list({place.key: " ".join(filter(None, (place.section, place.division))) for place in unmade}.values())


def look_ahead(agency: Agency, text: str, *, actor: User | None, at: datetime) -> Outlook:
    """What the list would do. Raises Invalid for what is no list of people at all."""
    read = read_people(text, named_seats_of(agency.id))
    looking = _Looking(agency, read.lines, actor, bangkok_day(at))
    entries: list[Entry] = []
    problems = list(read.problems)
    for line in read.lines:
        try:
            entries.append(looking.at(line))
        except (Invalid, NotPermitted) as refusal:
            problems.append(RowProblem(line.number, refusal))
    return Outlook(entries, sorted(problems, key=lambda problem: problem.number))


def people_called(emails: Collection[str]) -> dict[str, User]:
    """The people who sign in with these addresses, with their posts."""
    chosen = sa.select(User).where(sa.func.lower(User.email).in_(emails))
    people = db.session.scalars(chosen.options(selectinload(User.memberships), joinedload(User.agency)))
    return {user.email.lower(): user for user in people}


class _Looking:
    """The rows of one list beside what is on file, and beside each other."""

    def __init__(self, agency: Agency, lines: Iterable[PersonLine], actor: User | None, today: date) -> None:
        self._agency, self._actor, self._today = agency, actor, today
        named = ((unit, key) for unit in all_units(agency.id) for key in units.keys_of(unit))
        self._by_name = {(unit.parent_id, key): unit for unit, key in named}
        self._people: Mapping[str, User] = people_called({line.email.strip().lower() for line in lines})
        self._names: dict[str, str] = {}
        self._earlier: dict[tuple[object, ...], list[Entry]] = {}

    def at(self, line: PersonLine) -> Entry:
        """What this row would do; raises Invalid or NotPermitted when it cannot be taken."""
        email, name = email_of(line.email), person_name_of(line.name)
        place = self._place(line)
        check_place(line.held, place.kind)
        user = self._person(email, name)
        entry = self._compared(line, email, user, place)
        check_words(entry.post_in(place.unit))
        self._refuse_appointing(entry, user)
        self._remember(entry, name)
        return entry

    def _place(self, line: PersonLine) -> Place:
        for name in filter(None, (line.division, line.section)):
            units.name_of(name)
        division = self._division_of(line)
        if not line.section:
            return Place(division.name if division else line.division, "", division)
        section = self._unit_called(line.section, division) if division else None
        division_name = division.name if division else line.division
        return Place(division_name, section.name if section else line.section, section)

    def _division_of(self, line: PersonLine) -> Unit | None:
        """The division that the row names; without a name, the only one that has such a section."""
        if line.division or not line.section:
            return self._unit_called(line.division, None)
        key = comparison_key(line.section)
        found = [unit.parent for (_, name), unit in self._by_name.items() if name == key and unit.parent]
        if len(found) != 1:
            raise Invalid("section_needs_its_division", name=line.section)
        return found[0]

    def _unit_called(self, name: str, parent: Unit | None) -> Unit | None:
        return self._by_name.get((parent.id if parent else None, comparison_key(name)))

    def _person(self, email: str, name: str) -> User | None:
        """The person of this address; raises Invalid when the address belongs to somebody of another name."""
        user = self._people.get(email)
        if user and user.agency_id != self._agency.id:
            raise Invalid("person_of_another_agency", email=email)
        known = user.name if user else self._names.get(email, name)
        if comparison_key(known) != comparison_key(name):
            raise Invalid("email_of_another_name", email=email, name=known)
        return user

    def _compared(self, line: PersonLine, email: str, user: User | None, place: Place) -> Entry:
        starts_on = line.starts_on or self._today
        if user is None:
            change = Change.NEW_POST if email in self._names else Change.NEW_PERSON
            return Entry(line, email, place, starts_on, change)
        held = self._held_already(line, user, place)
        if held is None:
            return Entry(line, email, place, starts_on, Change.NEW_POST)
        entry = Entry(line, email, place, held.starts_on, Change.POST_CHANGED, held)
        if (entry.title, entry.ends_on) != (held.post, held.ends_on):
            return entry
        return Entry(line, email, place, held.starts_on, Change.NONE, held)

    def _held_already(self, line: PersonLine, user: User, place: Place) -> Membership | None:
        """The post on file that the row speaks of; raises Invalid when it begins on another day there."""
        if place.kind and place.unit is None:
            return None
        wanted = (line.held, line.named_seat and line.named_seat.id, place.unit and place.unit.id)
        own = [one for one in user.memberships if one.acting is None]
        alike = [one for one in own if (held_by(one), one.named_seat_id, one.unit_id) == wanted]
        if line.starts_on is None:
            return next((one for one in alike if one.ends_on is None or one.ends_on >= self._today), None)
        same = next((one for one in alike if one.starts_on == line.starts_on), None)
        asked = (line.starts_on, line.ends_on)
        if same is None and any(overlap((one.starts_on, one.ends_on), asked) for one in alike):
            raise Invalid("post_is_held_already")
        return same

    def _refuse_appointing(self, entry: Entry, user: User | None) -> None:
        if entry.membership is None:
            refuse_closed(user)
            refuse_appointing(user, entry.line.held, self._actor, self._today)
        elif entry.change is not Change.NONE:
            refuse_changing(entry.membership, entry.ends_on, self._actor, self._today)

    def _remember(self, entry: Entry, name: str) -> None:
        """Keep the row for the following ones; raises Invalid when an earlier one says the same."""
        alike = self._earlier.setdefault((entry.email, entry.line.held_name, *entry.place.key), [])
        for other in alike:
            if overlap((other.starts_on, other.ends_on), (entry.starts_on, entry.ends_on)):
                raise Invalid("row_repeats_another", other=other.line.number)
        alike.append(entry)
        self._names.setdefault(entry.email, name)
