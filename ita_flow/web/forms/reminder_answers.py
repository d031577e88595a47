"""The question why somebody got a mail on a day, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminder_ledger import LONGEST_SPAN
from ita_flow.i18n import short_date
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.reminder_search import Question
from ita_flow.web.forms import chosen_id
from ita_flow.web.forms.people import DayField

NO_ONE, NO_TASK = ("", _l("เลือกบุคลากร")), ("", _l("ทุกเรื่อง"))


class WhyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """It is sent by GET, for it only asks."""

    class Meta:
        csrf = False

    person = SelectField(_l("บุคลากร"), validate_choice=False)
    task = SelectField(_l("มาตรการ"), validate_choice=False)
    day = DayField(_l("วันที่"), render_kw={"placeholder": _l("เช่น 15 มี.ค. 2567"), "autocomplete": "off"})

    def offer(self, people: Sequence[User], tasks: Sequence[Task]) -> None:
        self._people = {person.id: person for person in people}
        self._tasks = {task.id: task for task in tasks}
        self.person.choices = [NO_ONE, *((str(person.id), person.name) for person in people)]
        self.task.choices = [NO_TASK, *((str(task.id), _name_of(task)) for task in tasks)]

    def question(self, today: date) -> Question:
        """What is asked; raises Invalid where nobody is named, or no day that can be answered for."""
        person = self._people.get(chosen_id(self.person.data))
        if person is None:
            raise Invalid("person_not_chosen", field="person")
        if self.day.day is None:
            raise Invalid("day_not_chosen", field="day")
        if abs(self.day.day - today) > timedelta(days=LONGEST_SPAN):
            raise Invalid("day_too_far", field="day", most=LONGEST_SPAN)
        return Question(person, self._tasks.get(chosen_id(self.task.data)), self.day.day)

    def begin_with(self, day: date) -> None:
        """A day that stands there before one is typed."""
        self.day.data = short_date(day).replace("\u00a0", " ")


def _name_of(task: Task) -> str:
    return f"{task.measure.plan.year} · {task.measure.number}. {task.measure.title} ({task.division.name})"
