"""Signing in and choosing a password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from ita_flow.domain.passwords import LONGEST
from ita_flow.web.forms import typed
from ita_flow.workflow.accounts import LONGEST_EMAIL


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    email = EmailField(
        _l("อีเมล"),
        validators=[
            InputRequired(_l("กรอกอีเมล")),
            Length(max=LONGEST_EMAIL, message=_l("อีเมลยาวเกินไป ตรวจสอบแล้วกรอกใหม่")),
        ],
        filters=[typed],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("รหัสผ่าน"),
        validators=[InputRequired(_l("กรอกรหัสผ่าน")), Length(max=1024, message=_l("รหัสผ่านยาวเกินไป ตรวจสอบแล้วกรอกใหม่"))],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(_l("จำเครื่องนี้ไว้ 30 วัน"))
    next = HiddenField(filters=[typed])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(
        _l("รหัสผ่านใหม่"),
        validators=[InputRequired(_l("กรอกรหัสผ่านใหม่"))],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )
