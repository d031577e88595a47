"""The form in which a piece of the assessor's advice is written down by hand."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from ita_flow.domain.findings import Channel, finding_code, items_in
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.thai import tidy
from ita_flow.models.assessments import Finding
from ita_flow.web.forms import typed
from ita_flow.web.forms.assessments import LONGEST_GROUP, LONGEST_TEXT, number_field, short_enough
from ita_flow.wording.labels import label_of
from ita_flow.workflow.assessments import Advice, version_of

LONGEST_TITLE = 500
ROWS = {"rows": 4}


class FindingForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A piece of the assessor's advice."""

    seen = HiddenField()
    channel = RadioField(
        _l("ที่มาของข้อเสนอแนะ"),
        choices=(),
        validate_choice=False,
    )
    code = StringField(_l("รหัสข้อ"), filters=[typed], render_kw={"maxlength": 12, "autocomplete": "off"})
    title = StringField(_l("ชื่อข้อ"), filters=[typed], validators=[short_enough(LONGEST_TITLE)])
    issue = TextAreaField(_l("ประเด็นที่พบ"), filters=[typed], validators=[short_enough(LONGEST_TEXT)], render_kw=ROWS)
    advice = TextAreaField(_l("ข้อเสนอแนะ"), filters=[typed], validators=[short_enough(LONGEST_TEXT)], render_kw=ROWS)
    cited = StringField(_l("ข้อ OIT ที่อ้างถึง"), filters=[typed], validators=[short_enough(LONGEST_GROUP)])
    response = TextAreaField(_l("คำตอบของผู้ประเมิน"), filters=[typed], validators=[short_enough(LONGEST_TEXT)])
    place = number_field(_l("ลำดับในรายการ"), 1)

    @classmethod
    def of(cls, finding: Finding | None) -> FindingForm:
        """The form as it was sent, or, before that, as the finding stands."""
        form: FindingForm = cls(data=_standing_finding(finding))
        form.channel.choices = [SelectChoice(channel.value, label_of(channel)) for channel in Channel]
        return form

    def show_newer(self, finding: Finding | None) -> None:
        """Let the next press speak of the finding as it stands now."""
        self.seen.data = version_of(finding)

    @property
    def stated(self) -> Advice:
        """The finding that was written. Raises Incomplete with all that is wrong at once."""
        channel = next((one for one in Channel if one.value == self.channel.data), None)
        code = finding_code(channel, self.code.data or "") if channel else None
        items, unread = items_in(self.cited.data or "")
        problems = [
            None if channel else Invalid("finding_channel_missing", field="channel"),
            None if code or not channel else Invalid("finding_code_unfit", field="code"),
            None if tidy(self.issue.data or "") else Invalid("finding_issue_missing", field="issue"),
            Invalid("finding_items_unread", field="cited", text=unread) if unread else None,
        ]
        wrong = [problem for problem in problems if problem]
        if wrong or channel is None or code is None:
            raise Incomplete(wrong)
        return Advice(
            channel=channel,
            code=code,
            title=tidy(self.title.data or ""),
            issue=(self.issue.data or "").strip(),
            advice=(self.advice.data or "").strip(),
            items=items,
            response=(self.response.data or "").strip(),
            place=self.place.data,
        )


def _standing_finding(finding: Finding | None) -> dict[str, str]:
    if finding is None:
        return {"seen": version_of(None)}
    return {
        "seen": version_of(finding),
        "channel": finding.channel.value,
        "code": finding.code,
        "title": finding.title,
        "issue": finding.issue,
        "advice": finding.advice,
        "cited": ", ".join(item.code for item in finding.items),
        "response": finding.response,
        "place": str(finding.position),
    }
