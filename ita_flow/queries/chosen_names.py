"""How people call what a filter names by number."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Unit, User
from ita_flow.queries.tasks import TaskFilter


def names_of_chosen(user: User, chosen: TaskFilter) -> Mapping[str, str]:
    """The names of the section and of the officer of a filter, as far as they are of the person's agency.

    No statement where the filter names neither, else one.
    """
    people = sa.select(sa.literal("officer"), User.name).where(User.agency_id == user.agency_id)
    sections = sa.select(sa.literal("section"), Unit.name).where(
        Unit.agency_id == user.agency_id, Unit.kind == UnitKind.SECTION
    )
    wanted = []
    if chosen.officer:
        wanted.append(people.where(User.id == chosen.officer))
    if chosen.section:
        wanted.append(sections.where(Unit.id == chosen.section))
    found = db.session.execute(sa.union_all(*wanted)) if wanted else ()
    return {row[0]: row[1] for row in found}
