"""The one-screen form in which an officer says how far a task is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ita_flow.domain.files import ACCEPTED
from ita_flow.domain.progress import MAX_TEXT, MOST_BEFORE_APPROVAL, PERCENT_STEP, Claim
from ita_flow.domain.states import CLAIMABLE, WorkStatus
from ita_flow.models.evidence import Evidence
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.web.forms import typed
from ita_flow.web.forms.newer_evidence import Place, fields_for, forget, place_of

STATUS_WORDS = {
    WorkStatus.DONE: _l("แล้วเสร็จ ครบทุกขั้นตอนและมีหลักฐาน"),
    WorkStatus.IN_PROGRESS: _l("กำลังดำเนินการตามแผน"),
    WorkStatus.NOT_STARTED: _l("ยังไม่เริ่ม"),
}


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]  # WTForms carries no types
    """Several choices, each a box to tick. A choice that is no longer there is passed over."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: FlaskForm) -> None:
        known = {value for value, *_rest in self.iter_choices()}
        self.data: list[int] = [value for value in self.data or [] if value in known]


class ReportForm(FlaskForm):  # type: ignore[misc]
    status = RadioField(
        _l("ผลการดำเนินการถึงวันนี้"),
        choices=[SelectChoice(status.value, STATUS_WORDS[status]) for status in CLAIMABLE],
        validate_choice=False,
    )
    done_steps = CheckboxesField(_l("ขั้นตอนที่ทำเสร็จแล้ว"), coerce=int)
    percent = SelectField(_l("ทำไปแล้วประมาณ"), coerce=int, validate_choice=False)
    text = TextAreaField(_l("สิ่งที่ได้ทำ"), filters=[typed], render_kw={"rows": 4, "maxlength": MAX_TEXT})
    files = MultipleFileField(_l("เลือกไฟล์"), render_kw={"accept": ACCEPTED})
    link = StringField(_l("หรือวางลิงก์"), filters=[typed], render_kw={"inputmode": "url", "placeholder": "https://"})
    removed = CheckboxesField(_l("นำออก"), coerce=int)
    obstacles = TextAreaField(_l("ปัญหา/อุปสรรค"), filters=[typed], render_kw={"rows": 3, "maxlength": MAX_TEXT})
    advice = TextAreaField(_l("ข้อเสนอแนะ"), filters=[typed], render_kw={"rows": 3, "maxlength": MAX_TEXT})
    revision = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    draft = SubmitField(_l("บันทึกร่าง"))

    places: Sequence[Place] = ()
    """Where a newer file may take the place of evidence that was submitted."""

    @classmethod
    def for_task(cls, task: Task, report: ProgressReport | None, replaceable: Sequence[Evidence] = ()) -> ReportForm:
        """The form as it was sent, or, before that, as the draft stands."""
        form: ReportForm = type(cls.__name__, (cls,), fields_for(replaceable))(data=_standing(task, report))
        form.places = [place_of(form, piece) for piece in replaceable]
        form.done_steps.choices = [SelectChoice(step.position, f"{step.position}. {step.text}") for step in task.steps]
        shares = range(0, MOST_BEFORE_APPROVAL + 1, PERCENT_STEP)
        form.percent.choices = [SelectChoice(share, f"{share}%") for share in shares]
        form.removed.choices = [SelectChoice(one.id, one.name) for one in (report.evidence if report else ())]
        return form

    @property
    def is_draft(self) -> bool:
        """Whether the officer pressed บันทึกร่าง rather than ส่งพิจารณา."""
        return bool(self.draft.data)

    def show_newer(self, report: ProgressReport | None, replaceable: Sequence[Evidence]) -> None:
        """Let the next press speak of the draft as it stands now; evidence that came in is listed, not sent again."""
        still = {piece.id for piece in replaceable}
        for place in self.places:
            if place.older.id not in still:
                forget(self, place)
        self.places = [place for place in self.places if place.older.id in still]
        self.revision.raw_data, self.revision.data = None, report.revision if report else 0
        self.removed.choices = [SelectChoice(one.id, one.name) for one in (report.evidence if report else ())]
        kept = {one.url for one in (report.evidence if report else ())}
        self.link.data = "" if self.link.data in kept else self.link.data

    @property
    def claim(self) -> Claim:
        """What the person claims. Line ends are as people see them, not as browsers send them."""
        return Claim(
            status=_status(self.status.data),
            text=(self.text.data or "").strip(),
            done_steps=self.done_steps.data or [],
            percent=_share(self.percent.data),
            obstacles=(self.obstacles.data or "").strip(),
            advice=(self.advice.data or "").strip(),
        )


class SeenForm(FlaskForm):  # type: ignore[misc]
    """What comes with taking a report back: the version that was looked at."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)


def _standing(task: Task, report: ProgressReport | None) -> dict[str, Any]:
    if report is None:
        return {
            "done_steps": [step.position for step in task.steps if step.is_done],
            "percent": min(task.percent, MOST_BEFORE_APPROVAL),
            "revision": 0,
        }
    return {
        "status": report.claimed_status.value if report.claimed_status else None,
        "done_steps": report.done_steps,
        "percent": report.percent or 0,
        "text": report.text,
        "obstacles": report.obstacles,
        "advice": report.advice,
        "revision": report.revision,
    }


def _status(value: str | None) -> WorkStatus | None:
    return next((status for status in CLAIMABLE if status.value == value), None)


def _share(value: int | None) -> int | None:
    return value if value in range(0, MOST_BEFORE_APPROVAL + 1) else None
