"""The catalogue of items of public disclosure taken in: of each year in the file the whole year anew, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ita_flow.domain.refusals import Refusal
from ita_flow.extensions import db
from ita_flow.intake.catalogue_csv import ItemLine, LineProblem, read_catalogue
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import OitItem
from ita_flow.queries.catalogue import items_of_years, number_of
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk


class CatalogueRefused(Refusal):
    """Some rows cannot be taken, so none was."""

    def __init__(self, outlook: CatalogueOutlook) -> None:
        super().__init__("catalogue_refused", count=len(outlook.problems))
        self.outlook = outlook


@dataclass(frozen=True)
class Retitled:
    """An item that the file calls otherwise than the catalogue does."""

    line: ItemLine
    before: str


@dataclass(frozen=True)
class CatalogueOutlook:
    """What taking a catalogue in would do."""

    lines: Sequence[ItemLine]
    added: Sequence[ItemLine]
    retitled: Sequence[Retitled]
    removed: Sequence[OitItem]
    """Items of the years in the file that the file does not name."""

    problems: Sequence[LineProblem]

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.retitled) + len(self.removed)

    @property
    def years(self) -> list[int]:
        """The years of which the file speaks, the newest first."""
        return sorted({line.year for line in self.lines}, reverse=True)


def look_ahead(agency: Agency, text: str) -> CatalogueOutlook:
    """What taking this in would do; nothing is changed. Raises Invalid for what is no catalogue at all."""
    read = read_catalogue(text)
    kept = {(item.year, item.code): item for item in items_of_years(agency, {line.year for line in read.lines})}
    named = {(line.year, line.code) for line in read.lines}
    known = [(line, kept[line.year, line.code].title) for line in read.lines if (line.year, line.code) in kept]
    return CatalogueOutlook(
        lines=read.lines,
        added=[line for line in read.lines if (line.year, line.code) not in kept],
        retitled=[Retitled(line, before) for line, before in known if before != line.title],
        removed=[item for key, item in kept.items() if key not in named],
        problems=read.problems,
    )


def take_in(agency: Agency, text: str, *, actor: User, at: datetime) -> CatalogueOutlook:
    """Let the catalogue of each year in the file be what the file says.

    Raises CatalogueRefused, and changes nothing, while any row cannot be read; Invalid for what is no catalogue at all.
    """
    take_the_desk(agency.id)
    outlook = look_ahead(agency, text)
    if outlook.problems:
        raise CatalogueRefused(outlook)
    if outlook.changes:
        _write(agency, outlook)
        _record(agency, outlook, actor, at)
    return outlook


def _write(agency: Agency, outlook: CatalogueOutlook) -> None:
    for item in outlook.removed:
        db.session.delete(item)
    for line in (*outlook.added, *(retitled.line for retitled in outlook.retitled)):
        db.session.merge(OitItem(agency_id=agency.id, year=line.year, code=line.code, title=line.title))
    db.session.flush()


def _record(agency: Agency, outlook: CatalogueOutlook, actor: User, at: datetime) -> None:
    """Year by year, with the titles that went and came."""
    for year in outlook.years:
        retitled = [one for one in outlook.retitled if one.line.year == year]
        came = [*(line for line in outlook.added if line.year == year), *(one.line for one in retitled)]
        went = [_said(item.code, item.title) for item in outlook.removed if item.year == year]
        was = [*went, *(_said(one.line.code, one.before) for one in retitled)]
        if came or was:
            before: audit.Values = {"items": _in_order(was)}
            after: audit.Values = {"year": year, "items": _in_order(_said(line.code, line.title) for line in came)}
            subject = f"agency:{agency.id}"
            audit.record("catalogue.taken_in", agency.id, subject, at=at, actor=actor, before=before, after=after)


def _said(code: str, title: str) -> str:
    return f"{code} {title}"


def _in_order(said: Iterable[str]) -> list[str]:
    return sorted(said, key=lambda one: number_of(one.split(" ", 1)[0]))
