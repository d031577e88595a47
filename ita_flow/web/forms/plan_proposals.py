"""What people type when a plan was published."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from ita_flow.domain.plan_limits import LONGEST_LINK
from ita_flow.web.forms import typed


class PublicationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    link = StringField(
        _l("ลิงก์ของแผนบนเว็บไซต์หน่วยงาน"),
        filters=[typed],
        render_kw={"inputmode": "url", "autocomplete": "off", "maxlength": LONGEST_LINK},
    )
