"""The filter of the ledger of reminders, as it stands in the query string. What cannot be read is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from ita_flow.domain.dates import read_date
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminder_ledger import FIRST_DAY, LAST_DAY, LONGEST_SPAN, SHOWN_AHEAD, SHOWN_BEFORE, LedgerState
from ita_flow.i18n import short_date
from ita_flow.queries.reminder_rows import LedgerRow

NAMES: Mapping[str, LazyString] = {
    "from": _l("ตั้งแต่วันที่"),
    "to": _l("ถึงวันที่"),
    "person": _l("บุคลากร"),
    "task": _l("มาตรการ"),
    "state": _l("สถานะ"),
}


@dataclass(frozen=True)
class AskedLedger:
    """What the address asks for, and the names of what could not be read."""

    first_day: date
    last_day: date
    person: int | None = None
    task: int | None = None
    state: LedgerState | None = None
    page: int = 1
    ignored: Sequence[str] = ()
    is_usual: bool = True
    """Whether the days are those that a page opens with."""

    @property
    def is_narrow(self) -> bool:
        return not self.is_usual or any((self.person, self.task, self.state))

    def lets_through(self, row: LedgerRow) -> bool:
        return (
            self.person in (None, row.recipient.id)
            and (self.task is None or row.is_about(self.task))
            and self.state in (None, row.state)
        )

    def query(self, page: int = 1) -> Mapping[str, object]:
        """What stands in the address of this list."""
        asked = {
            "from": "" if self.is_usual else _plain(self.first_day),
            "to": "" if self.is_usual else _plain(self.last_day),
            "person": self.person,
            "task": self.task,
            "state": self.state and self.state.value,
            "page": page if page > 1 else None,
        }
        return {name: value for name, value in asked.items() if value}


def read_filter(asked: MultiDict[str, str], today: date, people: Iterable[int], tasks: Iterable[int]) -> AskedLedger:
    """The filter that this query string asks for; a span that is too long is cut."""
    read, ignored = {}, []
    ways: Mapping[str, Callable[[str], Any]] = {
        "from": _known_day,
        "to": _known_day,
        "person": _one_of(people),
        "task": _one_of(tasks),
        "state": LedgerState,
    }
    for name, way in ways.items():
        text = asked.get(name, "").strip()
        try:
            read[name] = way(text) if text else None
        except (ValueError, Invalid):
            read[name] = None
            ignored.append(str(NAMES[name]))
    found = AskedLedger(today, today, read["person"], read["task"], read["state"], asked.get("page", 1, type=int))
    return replace(_over_days(found, read["from"], read["to"], today), ignored=ignored)


def _over_days(asked: AskedLedger, first: date | None, last: date | None, today: date) -> AskedLedger:
    first_day = first or min(today, last or today) - SHOWN_BEFORE
    last_day = max(last or max(today, first_day) + SHOWN_AHEAD, first_day)
    last_day = min(last_day, first_day + timedelta(days=LONGEST_SPAN - 1), LAST_DAY)
    is_usual = (first_day, last_day) == (today - SHOWN_BEFORE, today + SHOWN_AHEAD)
    return replace(asked, first_day=first_day, last_day=last_day, is_usual=is_usual)


def _known_day(text: str) -> date:
    day = read_date(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day


def _one_of(known: Iterable[int]) -> Callable[[str], int]:
    ids = set(known)

    def read(text: str) -> int:
        if not text.isascii() or int(text) not in ids:
            raise ValueError(text)
        return int(text)

    return read


def _plain(day: date) -> str:
    return short_date(day).replace("\u00a0", " ")
