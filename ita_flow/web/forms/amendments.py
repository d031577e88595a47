"""Why a plan is amended."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.web.forms import typed


class AmendmentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    reason = TextAreaField(_l("เหตุผลที่แก้ไขแผน"), filters=[typed], render_kw={"rows": 4, "maxlength": LONGEST_REASON})
