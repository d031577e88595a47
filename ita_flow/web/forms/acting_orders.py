"""The forms in which acting orders are entered and ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from ita_flow.domain.approval_chains import ActingScope
from ita_flow.domain.permissions import ActingKind
from ita_flow.i18n import short_date
from ita_flow.models.people import Unit, User
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.web.forms import typed
from ita_flow.web.forms.people import DayField
from ita_flow.wording.acting_orders import MEANINGS, SENTENCES
from ita_flow.wording.labels import label_of
from ita_flow.wording.posts import post_with_unit
from ita_flow.workflow.acting_orders import LONGEST_NUMBER

ALONE = {"autocomplete": "off"}
SeatGroups = Sequence[tuple[Unit | None, Sequence[ActedSeat]]]


class OrderForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    seat = SelectField(
        _l("ตำแหน่งที่มีผู้ทำหน้าที่แทน"), validators=[InputRequired(SENTENCES["acting_seat_needed"])], validate_choice=False
    )
    acting = SelectField(
        _l("ผู้ทำหน้าที่แทน"), validators=[InputRequired(SENTENCES["acting_person_needed"])], validate_choice=False
    )
    kind = RadioField(
        _l("ทำหน้าที่ในฐานะ"),
        validators=[InputRequired(SENTENCES["acting_kind_needed"])],
        validate_choice=False,
    )
    order_no = StringField(
        _l("เลขที่คำสั่ง"),
        validators=[InputRequired(SENTENCES["acting_order_without_number"])],
        filters=[typed],
        render_kw={"maxlength": LONGEST_NUMBER, **ALONE},
    )
    ordered_on = DayField(
        _l("ลงวันที่"),
        validators=[InputRequired(SENTENCES["acting_order_is_undated"])],
        filters=[typed],
        render_kw=ALONE,
    )
    starts_on = DayField(_l("ตั้งแต่วันที่"), filters=[typed], render_kw=ALONE)
    ends_on = DayField(_l("ถึงวันที่ (ถ้ามี)"), filters=[typed], render_kw=ALONE)
    scope = RadioField(_l("รายงานที่พิจารณาได้"), default=ActingScope.ALL.value, validate_choice=False)
    division = SelectField(_l("สำนัก/กองที่พิจารณาได้"), validate_choice=False)

    def offer(self, seats: SeatGroups, people: Sequence[User], divisions: Sequence[Unit]) -> None:
        """What there is to choose from."""
        self.seat.choices = dict(_seat_choices(seats))
        self.acting.choices = [("", _("เลือกผู้ทำหน้าที่แทน")), *((str(one.id), _introduced(one)) for one in people)]
        self.kind.choices = [(one.value, f"{label_of(one)} – {MEANINGS[one]}") for one in ActingKind]
        self.scope.choices = [(one.value, label_of(one)) for one in ActingScope]
        self.division.choices = [("", _("ทุกสำนัก/กอง")), *((str(one.id), one.name) for one in divisions)]

    @property
    def is_narrowed(self) -> bool:
        """Whether the order covers less than all that the seat decides on."""
        return bool(self.division.data or self.division.errors) or self.scope.data == ActingScope.PROGRESS.value


class EndForm(FlaskForm):  # type: ignore[misc]
    ends_on = DayField(_l("วันสุดท้ายที่ทำหน้าที่แทน"), filters=[typed], render_kw=ALONE)


def _seat_choices(groups: SeatGroups) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield _("ตำแหน่ง"), [("", _("เลือกตำแหน่ง"))]
    for division, seats in groups:
        if seats:
            yield division.name if division else _("ทั้งหน่วยงาน"), [(one.key, _seat_words(one)) for one in seats]


def _seat_words(seat: ActedSeat) -> str:
    """The seat with its holder, and with the days on which these hold it where that matters."""
    holder = seat.holder
    if holder is None:
        return f"{seat.title} · {_('ว่าง')}"
    until = _(" (ถึง %(day)s)", day=short_date(holder.ends_on)) if holder.ends_on else ""
    return f"{seat.title} · {holder.user.name}{until}"


def _introduced(person: User) -> str:
    own = next((one for one in person.memberships if one.acting is None and one.ends_on is None), None)
    return f"{person.name} · {post_with_unit(own)}" if own else person.name
