"""Why a task or a measure is cancelled, or a task opened again and until when."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.i18n import long_date
from ita_flow.models.tasks import Task
from ita_flow.web.forms import typed


class CancelForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    reason = TextAreaField(_l("เหตุผลที่ยกเลิก"), filters=[typed], render_kw={"rows": 3, "maxlength": LONGEST_REASON})


class ReopenForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("เหตุผลที่เปิดดำเนินการอีกครั้ง"), filters=[typed], render_kw={"rows": 3, "maxlength": LONGEST_REASON}
    )
    due_on = StringField(_l("กำหนดแล้วเสร็จ"), filters=[typed], render_kw={"autocomplete": "off"})

    @classmethod
    def for_task(cls, task: Task, today: date) -> ReopenForm:
        """A date that has passed is not offered again."""
        return cls(data={"due_on": long_date(task.due_on) if task.due_on >= today else ""})
