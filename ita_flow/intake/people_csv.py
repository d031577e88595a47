"""A list of people as a spreadsheet program writes it: each row read, nothing asked of the database yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ita_flow.domain.dates import read_date
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, Refusal
from ita_flow.domain.thai import comparison_key, tidy
from ita_flow.intake.pasted_tables import rows_of, text_of
from ita_flow.models.people import NamedSeat
from ita_flow.wording.labels import label_of, thai_label_of

MOST_BYTES = 1024 * 1024
MOST_ROWS = 2_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("อีเมล", "อีเมล์", "ที่อยู่อีเมล", "e-mail", "mail"),
    "name": ("ชื่อ", "ชื่อ-สกุล", "ชื่อสกุล", "ชื่อ-นามสกุล", "ชื่อและนามสกุล", "ชื่อ นามสกุล"),
    "post": ("ตำแหน่ง", "ชื่อตำแหน่ง", "position"),
    "section": ("ฝ่าย/กลุ่มงาน", "ฝ่าย", "กลุ่มงาน"),
    "division": ("สำนัก/กอง", "กอง/สำนัก", "สำนัก", "กอง", "ส่วนราชการ"),
    "role": ("บทบาท", "บทบาทในระบบ", "สิทธิ"),
    "seat": ("ตำแหน่งบริหาร", "ที่นั่ง", "ผู้พิจารณา", "ลำดับพิจารณา"),
    "starts_on": ("เริ่ม", "วันที่เริ่ม", "เริ่มวันที่", "ตั้งแต่", "ตั้งแต่วันที่"),
    "ends_on": ("สิ้นสุด", "วันที่สิ้นสุด", "ถึง", "ถึงวันที่"),
}
"""The columns in the order of the template, each with other names under which it is known."""

NEEDED = ("email", "name")
ALSO_CALLED: Mapping[str, Role | Seat] = {
    "ผู้ประสานงาน": Role.COORDINATOR,
    "หัวหน้ากลุ่มงาน": Seat.SECTION_HEAD,
    "หัวหน้าฝ่าย/กลุ่มงาน": Seat.SECTION_HEAD,
    "ผอ.": Seat.DIRECTOR,
    "ผอ.กอง": Seat.DIRECTOR,
    "ผู้อำนวยการ": Seat.DIRECTOR,
    "ผู้อำนวยการสำนัก": Seat.DIRECTOR,
    "ผู้อำนวยการสำนัก/กอง": Seat.DIRECTOR,
    "หัวหน้าสำนัก": Seat.DIRECTOR,
    "นายก": Seat.EXECUTIVE,
}
"""Words for roles and seats beside their codes and labels."""

_UNSEEN = ("Cc", "Cf", "Cs")
_NAMES = {comparison_key(name): column for column, names in COLUMNS.items() for name in (column, *names)}


@dataclass(frozen=True)
class PersonLine:
    """What one row says. ``number`` is the row as a spreadsheet counts it: the heading is row 1."""

    number: int
    email: str
    name: str
    title: str
    division: str
    section: str
    held: Role | Seat
    starts_on: date | None
    ends_on: date | None
    named_seat: NamedSeat | None = None
    """Which one, where the seat is one that the agency named itself."""

    @property
    def held_name(self) -> str:
        """What the role or seat is called."""
        return self.named_seat.name if self.named_seat else label_of(self.held)


@dataclass(frozen=True)
class RowProblem:
    """Why a row cannot be taken."""

    number: int
    refusal: Refusal


@dataclass(frozen=True)
class PeopleList:
    """All rows that could be read, and what is wrong with the others."""

    lines: Sequence[PersonLine]
    problems: Sequence[RowProblem]


def decoded(content: bytes) -> str:
    """The text of a file, its lines ended in one way: UTF-8 with or without its mark, else the older Thai code page."""
    if len(content) > MOST_BYTES:
        raise Invalid("people_list_too_large", field="file")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid("people_list_is_a_workbook", field="file")
    text = text_of(content)
    if text is None:
        raise Invalid("people_list_not_text", field="file")
    return text


def read_people(text: str, named_seats: Iterable[NamedSeat] = ()) -> PeopleList:
    """The rows of a list; raises Invalid for what is no list of people at all. Seats of the agency's own go by name."""
    rows = list(_rows(text))
    if not rows:
        raise Invalid("people_list_empty", field="text")
    if len(rows) > MOST_ROWS + 1:
        raise Invalid("people_list_too_long", field="text", count=len(rows) - 1, most=MOST_ROWS)
    columns, own = _columns(rows[0][1]), {comparison_key(seat.name): seat for seat in named_seats}
    lines: list[PersonLine] = []
    problems: list[RowProblem] = []
    for number, cells in rows[1:]:
        try:
            lines.append(_line(number, _named(columns, cells), own))
        except Invalid as refusal:
            problems.append(RowProblem(number, refusal))
    return PeopleList(lines, problems)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, with their numbers."""
    if len(text) > MOST_BYTES or "\0" in text:
        raise Invalid("people_list_too_large" if "\0" not in text else "people_list_not_text", field="text")
    rows = rows_of(text, lambda head: comparison_key(_plain(head)) in _NAMES, unreadable="people_list_not_text")
    for number, cells in rows:
        yield number, [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    """A cell with single spaces, and without quotes left over and characters that nobody sees."""
    seen = "".join(letter if unicodedata.category(letter) not in _UNSEEN else " " for letter in tidy(cell))
    return tidy(seen.strip().strip('"'))


def _columns(heads: Sequence[str]) -> list[str | None]:
    """The column that each head means, or None for one that is not ours."""
    columns = [_NAMES.get(comparison_key(head)) for head in heads]
    missing = [COLUMNS[column][0] for column in NEEDED if column not in columns]
    if missing:
        raise Invalid("people_columns_missing", field="text", missing=", ".join(missing), found=_shown(heads))
    twice = [head for head, column in zip(heads, columns, strict=True) if column and columns.count(column) > 1]
    if twice:
        raise Invalid("people_columns_twice", field="text", names=_shown(twice))
    return columns


def _shown(heads: Iterable[str]) -> str:
    return ", ".join(head for head in heads if head)[:200]


def _named(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        raise Invalid("row_has_too_many_cells")
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column}


def _line(number: int, cells: Mapping[str, str], own: Mapping[str, NamedSeat]) -> PersonLine:
    held = _held(cells.get("role", ""), cells.get("seat", ""), own)
    return PersonLine(
        number=number,
        email=cells.get("email", ""),
        name=cells.get("name", ""),
        title=cells.get("post", ""),
        division=cells.get("division", ""),
        section=cells.get("section", ""),
        held=Seat.NAMED if isinstance(held, NamedSeat) else held,
        named_seat=held if isinstance(held, NamedSeat) else None,
        starts_on=_day(cells.get("starts_on", "")),
        ends_on=_day(cells.get("ends_on", "")),
    )


def _held(role: str, seat: str, own: Mapping[str, NamedSeat]) -> Role | Seat | NamedSeat:
    """The role or the seat, whichever is named; people do not always know which column a word belongs in."""
    if bool(role) == bool(seat):
        raise Invalid("role_and_seat_both_named" if role else "role_or_seat_needed")
    word = role or seat
    key = comparison_key(word)
    known = [post for post in (*Role, *Seat) if post is not Seat.NAMED]
    found = next((post for post in known if key in _words_for(post)), None)
    held = found or own.get(key) or {comparison_key(name): post for name, post in ALSO_CALLED.items()}.get(key)
    if held is None:
        raise Invalid("role_or_seat_unknown", word=word[:60])
    return held


def _words_for(post: Role | Seat) -> Collection[str]:
    """Its code, and what it is called in Thai and in the language of whoever brings the list."""
    return {post.value, comparison_key(thai_label_of(post)), comparison_key(label_of(post))}


def _day(text: str) -> date | None:
    return read_date(text) if text else None
