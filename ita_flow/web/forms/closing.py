"""The form in which a year is closed: what becomes of each task that is still open, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from ita_flow.domain.year_ends import EndingKind
from ita_flow.web.forms import chosen_id, typed
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.workflow.closing import Ending

KIND, REASON = "ending-", "reason-"


class ClosingForm(SeenForm):
    """The page has a row of controls for each open task, see ``sent_rows``."""


@dataclass(frozen=True)
class Row:
    """What stands in the controls of one task."""

    kind: str = ""
    reason: str = ""


def sent_rows() -> dict[int, Row]:
    """The rows that came with the request, by task."""
    names = (name.partition("-")[2] for name in request.form if name.startswith((KIND, REASON)))
    ids = {chosen_id(name) for name in names} - {0}
    return {task: Row(*(typed(request.form.get(f"{part}{task}")) for part in (KIND, REASON))) for task in ids}


def endings_of(rows: Mapping[int, Row]) -> dict[int, Ending]:
    """What was decided; rows on which nothing was chosen are left out."""
    known = list(EndingKind)
    return {task: Ending(EndingKind(row.kind), row.reason) for task, row in rows.items() if row.kind in known}
