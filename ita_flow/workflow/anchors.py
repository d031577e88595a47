"""Anchors: the end of each agency's record at a moment, remembered outside the database.

A chain that somebody computed anew from its first event holds in itself; only what was remembered elsewhere tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Agency
from ita_flow.queries.anchors import Anchor
from ita_flow.workflow.audit import Break

LENGTH_OF_HASH = 64


def anchors_in(lines: Iterable[str]) -> list[Anchor]:
    """The anchors of a file, in any order. Raises Invalid ``anchor_unreadable`` with the number of the line."""
    return [_anchor(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _anchor(number: int, line: str) -> Anchor:
    try:
        anchor = Anchor(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        raise Invalid("anchor_unreadable", line=number) from None
    is_fit = isinstance(anchor.seq, int) and isinstance(anchor.agency, str) and isinstance(anchor.hash, str)
    if not is_fit or len(anchor.hash) != LENGTH_OF_HASH or not 1 <= anchor.seq <= LARGEST_NUMBER:
        raise Invalid("anchor_unreadable", line=number)
    return anchor


def contradictions(anchors: Iterable[Anchor]) -> Iterator[Break]:
    """The first place in the record of each agency that is not as it was remembered."""
    ids = {agency.code: agency.id for agency in db.session.scalars(sa.select(Agency))}
    told: set[str] = set()
    for anchor in sorted(anchors, key=lambda one: (one.agency, one.seq)):
        if anchor.agency not in told and not _holds(anchor, ids.get(anchor.agency)):
            told.add(anchor.agency)
            yield Break(ids.get(anchor.agency, 0), anchor.seq, "anchor_differs")


def _holds(anchor: Anchor, agency_id: int | None) -> bool:
    chosen = sa.select(AuditEvent.hash).where(AuditEvent.agency_id == agency_id, AuditEvent.seq == anchor.seq)
    return agency_id is not None and db.session.scalar(chosen) == anchor.hash
