"""The forms of the rules of reminding, and of the windows of the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import StopValidation

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminders import SWITCHES, Rule, Trigger
from ita_flow.domain.rule_days import read_days
from ita_flow.i18n import long_date
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.queries.assessment_windows import seen_windows
from ita_flow.queries.reminder_rules import days_by_trigger, seen_rules
from ita_flow.web.forms import typed
from ita_flow.web.forms.people import DayField
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.wording import sentence_of

ALONE = {"autocomplete": "off"}


class DaysField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """Numbers of days of a rule; the field is called as its trigger. What cannot be read stays as it was typed."""

    def __init__(self, label: object, **keywords: Any) -> None:
        super().__init__(label, filters=[typed], render_kw={"inputmode": "text", **ALONE}, **keywords)
        self.days: list[int] = []

    def pre_validate(self, _form: FlaskForm) -> None:
        try:
            self.days = read_days(self.data or "", Trigger(self.name))
        except Invalid as refusal:
            raise StopValidation(f"{self.label.text}: {sentence_of(refusal)}") from None


class RulesForm(SeenForm):
    """Each field is called as the trigger whose rules it holds."""

    before_due = DaysField(_l("ก่อนครบกำหนด (วัน)"))
    overdue = DaysField(_l("หลังครบกำหนด (วัน)"))
    overdue_mondays = DaysField(_l("ทุกวันจันทร์หลังครบกำหนด (ครั้ง)"))
    escalate_to_director = DaysField(_l("แจ้งผู้อำนวยการเมื่อเกินกำหนด (วัน)"))
    escalate_to_chief = DaysField(_l("แจ้งปลัดและผู้ประสานงานเมื่อเกินกำหนด (วัน)"))
    awaiting = BooleanField(_l("แจ้งผู้พิจารณาทุกวันทำการที่มีเรื่องรอพิจารณา"))
    slow_decision = DaysField(_l("ค้างพิจารณาเกินเวลาที่กำหนด (วันทำการ)"))
    weekly = BooleanField(_l("สรุปประจำสัปดาห์ถึงผู้ประสานงานและผู้อำนวยการ ทุกวันจันทร์"))
    monthly = BooleanField(_l("สรุปประจำเดือนถึงผู้บริหารสูงสุด ทุกวันทำการแรกของเดือน"))
    window = DaysField(_l("ก่อนวันสุดท้ายของระบบ ITA (วัน)"))

    @classmethod
    def of(cls, rules: frozenset[Rule], shown: frozenset[Rule] | None = None) -> RulesForm:
        """The form as it was sent, or, before that, with the rules that are shown; ``rules`` are those that stand."""
        days = days_by_trigger(rules if shown is None else shown)
        told: dict[str, object] = {trigger.value: ", ".join(map(str, days.get(trigger, ()))) for trigger in Trigger} | {
            trigger.value: trigger in days for trigger in SWITCHES
        }
        return cls(data={"seen": seen_rules(rules), **told})

    @property
    def rules(self) -> frozenset[Rule]:
        counted = {
            Rule(trigger, days) for trigger in Trigger if trigger not in SWITCHES for days in self._days(trigger)
        }
        return frozenset(counted | {Rule(trigger) for trigger in SWITCHES if self[trigger.value].data})

    def _days(self, trigger: Trigger) -> list[int]:
        days: list[int] = self[trigger.value].days
        return days


class WindowsForm(SeenForm):
    """The first and the last day of each window of a year; a field is called by the kind of its window."""

    oit_upload_starts = DayField(_l("ตั้งแต่วันที่"), filters=[typed], render_kw=ALONE)
    oit_upload_ends = DayField(_l("ถึงวันที่"), filters=[typed], render_kw=ALONE)
    explanation_starts = DayField(_l("ตั้งแต่วันที่"), filters=[typed], render_kw=ALONE)
    explanation_ends = DayField(_l("ถึงวันที่"), filters=[typed], render_kw=ALONE)

    @classmethod
    def of(cls, windows: Mapping[AssessmentWindowKind, AssessmentWindow]) -> WindowsForm:
        """The form as it was sent, or, before that, as the windows stand."""
        starts = {f"{kind}_starts": long_date(window.starts_on) for kind, window in windows.items()}
        ends = {f"{kind}_ends": long_date(window.ends_on) for kind, window in windows.items()}
        return cls(data={"seen": seen_windows(windows), **starts, **ends})

    @property
    def days(self) -> dict[AssessmentWindowKind, tuple[date | None, date | None]]:
        return {kind: (self[f"{kind}_starts"].day, self[f"{kind}_ends"].day) for kind in AssessmentWindowKind}
