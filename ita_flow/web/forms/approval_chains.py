"""The forms in which an approval chain is put together, and a seat is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from ita_flow.domain.approval_chains import DAYS_ALLOWED, MOST_DAYS, MOST_SEATS, Chain, ChainSeat, Verb
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import LONGEST_NAME
from ita_flow.web.forms import typed
from ita_flow.web.forms.seats import named_seat_in, seat_value

FEWEST_ROWS = 4
SPARE_ROWS = 2
ALL = "all"


class ChainForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    progress_walks_all = BooleanField(_l("รายงานความก้าวหน้าทุกครั้งต้องผ่านทุกลำดับ"))
    distinct_deciders = BooleanField(_l("ผู้พิจารณาแต่ละลำดับต้องเป็นคนละคน"))


class NamedSeatForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("ชื่อตำแหน่ง"), filters=[typed], render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"})


@dataclass(frozen=True)
class SeatRow:
    """One line of the table as it stands in its controls. ``number`` is where it stood when the page was shown."""

    number: int
    place: str
    seat: str = ""
    verb: str = Verb.ENDORSE.value
    days: str = str(DAYS_ALLOWED)
    holders: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """Where the line goes; one that was moved takes the place of whoever stood there."""
        is_place = self.place.isdecimal() and len(self.place) < 5
        wanted = int(self.place) if is_place else self.number
        return wanted, (wanted > self.number) - (wanted < self.number), self.number

    @property
    def chain_seat(self) -> ChainSeat:
        """The seat that the line speaks of; raises Invalid for what nobody can choose or mean."""
        kind = next((seat for seat in Seat if seat.value == self.seat.partition(":")[0]), None)
        named = named_seat_in(self.seat)
        if kind is None or (kind is Seat.NAMED) != (named is not None):
            raise Invalid("chain_seat_unknown", field=f"seat-{self.number}")
        verb = Verb.APPROVE if self.verb == Verb.APPROVE.value else Verb.ENDORSE
        return ChainSeat(kind, verb, self._days, self.holders == ALL, named)

    @property
    def _days(self) -> int:
        if not (self.days.isdecimal() and len(self.days) < 5):
            raise Invalid("chain_days_not_a_number", field=f"days-{self.number}", most=MOST_DAYS)
        if not 1 <= int(self.days) <= MOST_DAYS:
            raise Invalid("chain_days_out_of_range", field=f"days-{self.number}", most=MOST_DAYS)
        return int(self.days)


def stored_rows(chain: Chain) -> list[SeatRow]:
    """The lines of a chain as it stands, with empty ones to add to it."""
    rows = [
        SeatRow(
            number=number,
            place=str(number),
            seat=seat_value(seat.seat, seat.named_seat),
            verb=seat.verb.value,
            days=str(seat.days_allowed),
            holders=ALL if seat.needs_all else "",
        )
        for number, seat in enumerate(chain.seats, 1)
    ]
    wanted = min(MOST_SEATS, max(FEWEST_ROWS, len(rows) + SPARE_ROWS))
    return rows + [SeatRow(number, str(number)) for number in range(len(rows) + 1, wanted + 1)]


def sent_rows() -> list[SeatRow]:
    """The lines as they were sent, each with everything that was typed in it; one too many is told, not left out."""
    return [_sent_row(number) for number in range(1, MOST_SEATS + 2) if f"seat-{number}" in request.form]


def _sent_row(number: int) -> SeatRow:
    def said(name: str) -> str:
        return typed(request.form.get(f"{name}-{number}", "")).strip()

    return SeatRow(number, said("place"), said("seat"), said("verb"), said("days"), said("holders"))


def chain_of(rows: Iterable[SeatRow], form: ChainForm) -> tuple[Chain, Sequence[Invalid]]:
    """The chain of the lines in the order asked for, and what is wrong in them; those without a seat are empty."""
    seats: list[ChainSeat] = []
    problems: list[Invalid] = []
    for row in sorted((row for row in rows if row.seat), key=lambda row: row.order):
        try:
            seat = row.chain_seat
            _refuse_again(seat, seats, f"seat-{row.number}")
            seats.append(seat)
        except Invalid as problem:
            problems.append(problem)
    return Chain(tuple(seats), form.progress_walks_all.data, form.distinct_deciders.data), problems


def _refuse_again(seat: ChainSeat, seats: Iterable[ChainSeat], field: str) -> None:
    if any(other.key == seat.key for other in seats):
        raise Invalid("chain_names_a_seat_twice", field=field)


def revision_sent() -> int:
    """Which revision of the chain the person had before them; none when it is unreadable, which no chain has."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
