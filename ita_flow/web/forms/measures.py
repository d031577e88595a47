"""The form of a measure, and that of the steps and the due date of a task."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.plan_limits import LONGEST_TITLE
from ita_flow.i18n import long_date
from ita_flow.intake.by_hand import items_as_typed
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_editing import responsible_of
from ita_flow.queries.plan_seen import seen_measure, seen_task
from ita_flow.web.forms import typed
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.wording.official_names import AREA_NAMES
from ita_flow.workflow.measure_texts import MeasureText

WINDOWS = {
    WindowKind.FIRST_HALF: _l("ภายใน 6 เดือนแรก (ถึง 31 มีนาคม)"),
    WindowKind.FULL_YEAR: _l("ตลอดปีงบประมาณ (ถึง 30 กันยายน)"),
    WindowKind.CUSTOM: _l("ช่วงเวลาอื่น"),
}

_UNITS = re.compile(r"([0-9]{1,17})/([0-9]{1,17})")


class WordingForm(SeenForm):
    """What may be worded better even after officers have begun."""

    items = TextAreaField(_l("หัวข้อที่ใช้ในการวิเคราะห์"), filters=[typed], render_kw={"rows": 4})
    analysis = TextAreaField(_l("ผลการวิเคราะห์"), filters=[typed], render_kw={"rows": 4})

    @classmethod
    def for_measure(cls, measure: Measure, tasks: Sequence[Task]) -> WordingForm:
        return cls(data=standing(measure, tasks))


class MeasureForm(SeenForm):
    area = SelectField(_l("ประเด็น"), coerce=int, validate_choice=False)
    title = TextAreaField(_l("มาตรการ/กิจกรรม"), filters=[typed], render_kw={"rows": 2, "maxlength": LONGEST_TITLE})
    items = TextAreaField(_l("หัวข้อที่ใช้ในการวิเคราะห์"), filters=[typed], render_kw={"rows": 4})
    analysis = TextAreaField(_l("ผลการวิเคราะห์"), filters=[typed], render_kw={"rows": 4})
    method = TextAreaField(_l("ขั้นตอนและวิธีการปฏิบัติ"), filters=[typed], render_kw={"rows": 5})
    responsible = SelectMultipleField(_l("ผู้รับผิดชอบ"), coerce=str, validate_choice=False)
    """For each division nothing, or who of it: ``7/0`` for all of division 7, ``7/9`` for section 9 of it."""

    window_kind = RadioField(
        _l("ระยะเวลา"),
        choices=[SelectChoice(kind.value, words) for kind, words in WINDOWS.items()],
        validate_choice=False,
    )
    window_text = StringField(_l("ระบุช่วงเวลาอื่น"), filters=[typed], render_kw={"autocomplete": "off"})

    @classmethod
    def for_measure(cls, measure: Measure | None, tasks: Sequence[Task], area: int | None = None) -> MeasureForm:
        form = cls(data=standing(measure, tasks) if measure else {"area": area, "responsible": []})
        form.area.choices = [SelectChoice(number, f"{number} {name}") for number, name in AREA_NAMES.items()]
        return form

    @property
    def text(self) -> MeasureText:
        return MeasureText(
            area=self.area.data,
            title=self.title.data or "",
            items=self.items.data or "",
            analysis=self.analysis.data or "",
            method=self.method.data or "",
            window_kind=next((kind for kind in WindowKind if kind.value == self.window_kind.data), None),
            window_text=self.window_text.data or "",
            responsible=dict(pair for value in self.responsible.data or () if (pair := _units_of(value))),
        )


def _units_of(value: str) -> tuple[int, int | None] | None:
    """The ids of a division and of a section of it, if any; None for nothing and for nonsense."""
    match = _UNITS.fullmatch(value)
    return (int(match[1]), int(match[2]) or None) if match else None


def standing(measure: Measure, tasks: Sequence[Task]) -> Mapping[str, Any]:
    """The measure as it stands, for the fields of a form."""
    is_custom = measure.window_kind is WindowKind.CUSTOM
    return {
        "seen": seen_measure(measure, tasks),
        "area": measure.area,
        "title": measure.title,
        "items": items_of_measure(measure),
        "analysis": measure.analysis,
        "method": measure.method,
        "responsible": [f"{task.division_id}/{task.section_id or 0}" for task in responsible_of(tasks)],
        "window_kind": measure.window_kind.value,
        "window_text": measure.window_text if is_custom else "",
    }


def items_of_measure(measure: Measure) -> str:
    """The items that the measure rests on, one on a line."""
    return items_as_typed(measure.items, measure.plan.year - 1)


class PlaceForm(SeenForm):
    """Which way a measure goes among those of its area."""

    by = IntegerField(validators=[Optional()])


class TaskForm(SeenForm):
    steps = TextAreaField(_l("ขั้นตอน"), filters=[typed], render_kw={"rows": 8})
    due_on = StringField(_l("กำหนดแล้วเสร็จ"), filters=[typed], render_kw={"autocomplete": "off"})

    @classmethod
    def for_task(cls, task: Task) -> TaskForm:
        steps = "\n".join(step.text for step in task.steps)
        return cls(data={"seen": seen_task(task), "steps": steps, "due_on": long_date(task.due_on)})
