"""The form in which a person chooses which mails come less often."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf

from ita_flow.domain.notices import LESS_OFTEN, MailOption
from ita_flow.wording.labels import label_of
from ita_flow.wording.mail_choices import LESS, USUAL

USUAL_VALUE = "usual"


class MailChoicesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A choice for each kind of mail that concerns the person: ``offering`` makes its fields."""

    options: Collection[MailOption] = ()

    @classmethod
    def offering(cls, options: Collection[MailOption], declined: Collection[MailOption]) -> MailChoicesForm:
        """The form as it was sent, or, before that, as the person chose."""
        fields = {option.value: _field_of(option) for option in options}
        form_class = type("MailChoicesForm", (cls,), {**fields, "options": options})
        stands = {option.value: _value_of(option, option in declined) for option in options}
        form: MailChoicesForm = form_class(data=stands)
        return form

    @property
    def choices(self) -> Iterator[tuple[MailOption, Field]]:
        return ((option, self[option.value]) for option in self.options)

    @property
    def less(self) -> set[MailOption]:
        """What comes less often from now on."""
        return {option for option, field in self.choices if field.data != USUAL_VALUE}

    @property
    def usual(self) -> set[MailOption]:
        return set(self.options) - self.less


def _field_of(option: MailOption) -> RadioField:
    less = LESS_OFTEN[option]
    return RadioField(
        label_of(option),
        choices=[SelectChoice(USUAL_VALUE, USUAL), SelectChoice(less.value, LESS[less])],
        validators=[AnyOf([USUAL_VALUE, less.value], message=_l("เลือกว่าจะรับอีเมลนี้อย่างไร"))],
        validate_choice=False,
    )


def _value_of(option: MailOption, is_declined: bool) -> str:
    return LESS_OFTEN[option].value if is_declined else USUAL_VALUE
