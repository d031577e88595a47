"""What people fill in who ask for a later due date."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from ita_flow.web.forms import typed
from ita_flow.web.forms.people import DayField
from ita_flow.wording.extensions import SENTENCES

ROWS = 5


class ExtensionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    due_on = DayField(
        _l("กำหนดใหม่ที่ขอ"),
        validators=[DataRequired(SENTENCES["extension_needs_a_day"])],
        filters=[typed],
        render_kw={"autocomplete": "off"},
    )
    reason = TextAreaField(
        _l("เหตุผล"),
        validators=[DataRequired(SENTENCES["extension_needs_a_reason"])],
        filters=[typed],
        render_kw={"rows": ROWS},
    )


class WishForm(FlaskForm):  # type: ignore[misc]
    """Which wish lay before the person."""

    wish = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)
