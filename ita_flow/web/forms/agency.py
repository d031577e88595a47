"""The form in which an agency is described."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from ita_flow.models.people import Agency
from ita_flow.web.forms import typed
from ita_flow.workflow.agencies import LONGEST_CONTACT, LONGEST_NAME, Description

SHORT = {"maxlength": LONGEST_NAME}


class AgencyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    name = StringField(_l("ชื่อหน่วยงาน"), filters=[typed], render_kw=SHORT)
    short_name = StringField(_l("ชื่อย่อ"), filters=[typed], render_kw=SHORT)
    type = StringField(_l("ประเภทหน่วยงาน"), filters=[typed], render_kw=SHORT | {"list": "agency-types"})
    province = StringField(_l("จังหวัด"), filters=[typed], render_kw=SHORT)
    contact = StringField(_l("ช่องทางติดต่อ"), filters=[typed], render_kw={"maxlength": LONGEST_CONTACT})

    @classmethod
    def of(cls, agency: Agency) -> AgencyForm:
        """The form as it was sent, or, before that, as the agency stands."""
        form: AgencyForm = cls(obj=agency)
        return form

    @property
    def description(self) -> Description:
        return Description(
            name=self.name.data,
            short_name=self.short_name.data,
            type=self.type.data,
            province=self.province.data,
            contact=self.contact.data,
        )
