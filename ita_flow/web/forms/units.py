"""The forms in which units are named and merged."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from ita_flow.domain.units import LONGEST_NAME
from ita_flow.models.people import Unit
from ita_flow.web.forms import typed

SHORT = {"maxlength": LONGEST_NAME, "autocomplete": "off"}


class UnitForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    division = SelectField(_l("สังกัด"), validate_choice=False, filters=[typed])
    name = StringField(_l("ชื่อ"), filters=[typed], render_kw=SHORT)

    @classmethod
    def among(cls, divisions: Sequence[Unit], chosen: int | None = None) -> UnitForm:
        """The form as it was sent, or, before that, for a section of the chosen division."""
        form = cls(data={"division": str(chosen or "")})
        heads = [("", _("ไม่มี (เป็นสำนัก/กอง)"))]
        form.division.choices = heads + [(str(division.id), division.name) for division in divisions]
        return form


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("ชื่อ"), filters=[typed], render_kw=SHORT)


class AliasForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("ชื่อที่ต้องการเพิ่ม"), filters=[typed], render_kw=SHORT)


class MergingForm(FlaskForm):  # type: ignore[misc]
    into = SelectField(_l("รวมเข้ากับ"), validate_choice=False, filters=[typed], render_kw={"required": True})

    @classmethod
    def among(cls, others: Sequence[Unit]) -> MergingForm:
        form: MergingForm = cls()
        form.into.choices = [("", _("เลือก")), *((str(other.id), other.name) for other in others)]
        return form
