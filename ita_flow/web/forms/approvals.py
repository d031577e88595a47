"""What comes with a decision: the version that was looked at, and a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ita_flow.domain.approvals import Seen
from ita_flow.web.forms import typed

READY_REASONS = (
    _l("หลักฐานไม่ตรงกับมาตรการ"),
    _l("ไฟล์เปิดไม่ได้หรือไม่ชัด"),
    _l("ขาดวันที่หรือผู้ลงนาม"),
    _l("รายละเอียดไม่ครบ"),
    _l("มีข้อมูลส่วนบุคคล"),
)


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    version = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)
    seat_number = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)
    ready_reason = StringField(filters=[typed])
    comment = TextAreaField(_l("ระบุสิ่งที่ต้องแก้ไข"), filters=[typed])

    @property
    def seen(self) -> Seen:
        """The version and the place in its chain that lay before the person."""
        return Seen(self.version.data, self.seat_number.data)

    @property
    def reason(self) -> str:
        """The ready reason that was picked and what was written, as one text."""
        parts = (self.ready_reason.data, self.comment.data)
        return "\n".join(part.strip() for part in parts if part and part.strip())
