"""The form in which the tasks of somebody who moves are handed over: one colleague for all, or one for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.i18n import long_date
from ita_flow.models.people import User
from ita_flow.queries.hand_overs import HandOver
from ita_flow.web.forms import chosen_id, typed
from ita_flow.web.forms.people import DayField
from ita_flow.workflow.hand_overs import Passing, stamp

AS_ABOVE, STAYS = "", "stays"
SEEN = "seen-"


@dataclass(frozen=True)
class Row:
    """What stands in the controls of one task: who takes it over, and how it stood when the page was made."""

    to: str
    seen: str


class HandOverForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    successor = SelectField(_l("มอบงานทั้งหมดให้"), validate_choice=False)
    on = DayField(_l("วันที่ย้ายหรือพ้นหน้าที่"), filters=[typed], render_kw={"autocomplete": "off", "size": 18})

    @classmethod
    def of(cls, today: date) -> HandOverForm:
        """The form as it was sent, or, before that, for somebody who moves today."""
        form: HandOverForm = cls(data={"on": long_date(today)})
        return form

    def offer(self, groups: Mapping[str, Sequence[User]]) -> None:
        """Whom to choose from, by division."""
        people = {name: [(str(one.id), one.name) for one in within] for name, within in groups.items()}
        self.successor.choices = {_("ยังไม่เลือก"): [("", _("เลือกผู้รับงาน"))], **people}


def rows_as_they_stand(leaving: HandOver) -> dict[int, Row]:
    """The controls before anybody has chosen."""
    return {task.id: Row(AS_ABOVE, stamp(task)) for task in leaving.tasks}


def sent_rows() -> dict[int, Row]:
    """The rows that came with the request, by task."""
    ids = [chosen_id(name.removeprefix(SEEN)) for name in request.form if name.startswith(SEEN)]
    return {task: Row(typed(request.form.get(f"to-{task}")), typed(request.form.get(f"{SEEN}{task}"))) for task in ids}


def sent_posts() -> list[int]:
    """The posts that are to end."""
    return [chosen_id(one) for one in request.form.getlist("posts") if chosen_id(one)]


def passings_of(form: HandOverForm, rows: Mapping[int, Row], leaving: HandOver) -> list[Passing]:
    """What the rows ask for. Raises Incomplete where nobody was chosen."""
    for_all = chosen_id(form.successor.data)
    numbers = {task.id: task.number for task in leaving.tasks}
    if not for_all and numbers and all(rows[task].to == AS_ABOVE for task in numbers if task in rows):
        raise Incomplete([Invalid("hand_over_nobody_chosen_at_all", field="successor")])
    without = [task for task, row in rows.items() if row.to == AS_ABOVE and not for_all and task in numbers]
    if without:
        raise Incomplete([_nobody_for(task, numbers[task]) for task in without])
    return [Passing(task, row.seen, _successor(row, for_all)) for task, row in rows.items()]


def _nobody_for(task: int, number: int) -> Invalid:
    return Invalid("hand_over_nobody_chosen", field=f"to-{task}", number=number)


def _successor(row: Row, for_all: int) -> int | None:
    if row.to == STAYS:
        return None
    return (for_all if row.to == AS_ABOVE else chosen_id(row.to)) or None
