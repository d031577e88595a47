"""The forms in which people are brought in, given posts, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, StopValidation

from ita_flow.domain.dates import read_date
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import LONGEST_NAME
from ita_flow.i18n import long_date
from ita_flow.models.people import Membership, NamedSeat, Unit
from ita_flow.web.forms import typed
from ita_flow.web.forms.seats import named_seat_in, seat_value
from ita_flow.wording import sentence_of
from ita_flow.wording.labels import label_of
from ita_flow.workflow.accounts import LONGEST_EMAIL
from ita_flow.workflow.appointments import Post

SHORT = {"maxlength": LONGEST_NAME, "autocomplete": "off"}
UnitChoices = Sequence[tuple[Unit, Sequence[Unit]]]


class DayField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """A day as people write it; what cannot be read stays in the field as it was typed."""

    day: date | None = None

    def pre_validate(self, _form: FlaskForm) -> None:
        try:
            self.day = read_date(self.data) if (self.data or "").strip() else None
        except Invalid as refusal:
            raise StopValidation(sentence_of(refusal)) from None


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    name = StringField(
        _l("ชื่อและนามสกุล"),
        validators=[InputRequired(_l("กรอกชื่อและนามสกุล"))],
        filters=[typed],
        render_kw=SHORT,
    )
    email = EmailField(
        _l("อีเมล"),
        validators=[InputRequired(_l("กรอกอีเมล"))],
        filters=[typed],
        render_kw={"maxlength": LONGEST_EMAIL, "autocomplete": "off"},
    )


class PostForm(FlaskForm):  # type: ignore[misc]
    held = SelectField(_l("บทบาทในระบบ"), validators=[InputRequired(_l("เลือกบทบาทในระบบ"))], validate_choice=False)
    unit = SelectField(_l("สังกัด"), validate_choice=False)
    title = StringField(_l("ชื่อตำแหน่ง"), filters=[typed], render_kw=SHORT)
    starts_on = DayField(_l("ตั้งแต่วันที่"), filters=[typed], render_kw={"autocomplete": "off"})
    ends_on = DayField(_l("ถึงวันที่ (ถ้ามี)"), filters=[typed], render_kw={"autocomplete": "off"})

    def offer(self, posts: Sequence[Role | Seat], named: Sequence[NamedSeat], units: UnitChoices) -> None:
        """What there is to choose from; of the seats that the agency named, each by its name."""
        own = [(seat_value(Seat.NAMED, seat.id), seat.name) for seat in named if Seat.NAMED in posts]
        known = [(post.value, label_of(post)) for post in posts if post is not Seat.NAMED]
        self.held.choices = [("", _("เลือกบทบาท")), *known, *own]
        self.unit.choices = _choices(units)

    @property
    def named_seat_id(self) -> int | None:
        """Which of the seats that the agency named was chosen, if any."""
        return named_seat_in(self.held.data or "")

    def post(self, unit: Unit | None, named_seat: NamedSeat | None, today: date) -> Post:
        """The post that was described; raises Invalid when no role or seat was chosen."""
        kind = (self.held.data or "").partition(":")[0]
        held = next((post for post in (*Role, *Seat) if post.value == kind), None)
        if held is None:
            raise Invalid("role_or_seat_needed", field="held")
        starts_on = self.starts_on.day or today
        return Post(held, unit, self.title.data or "", starts_on, self.ends_on.day, named_seat)


class NewPersonForm(PersonForm, PostForm):
    pass


class EndingForm(FlaskForm):  # type: ignore[misc]
    title = StringField(_l("ชื่อตำแหน่ง"), filters=[typed], render_kw=SHORT)
    ends_on = DayField(_l("ถึงวันที่"), filters=[typed], render_kw={"autocomplete": "off"})

    @classmethod
    def of(cls, membership: Membership) -> EndingForm:
        """The form as it was sent, or, before that, as the post stands."""
        ends_on = long_date(membership.ends_on) if membership.ends_on else ""
        form: EndingForm = cls(data={"title": membership.post, "ends_on": ends_on})
        return form


class PeopleListForm(FlaskForm):  # type: ignore[misc]
    file = FileField(_l("ไฟล์ CSV"), render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"})
    text = TextAreaField(_l("รายชื่อ"), render_kw={"rows": 8})


def _choices(units: UnitChoices) -> dict[str, list[tuple[str, str]]]:
    """Divisions, each with its sections beneath it."""
    whole = {_("หน่วยงาน"): [("", _("ทั้งหน่วยงาน"))]}
    for division, sections in units:
        inside = [(str(division.id), division.name)]
        whole[division.name] = inside + [(str(section.id), f"— {section.name}") for section in sections]
    return whole
