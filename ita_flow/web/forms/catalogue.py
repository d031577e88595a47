"""The form in which a catalogue of items is brought."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField


class CatalogueForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    file = FileField(_l("ไฟล์ CSV"), render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"})
    text = TextAreaField(_l("บัญชีข้อ"), render_kw={"rows": 8})
