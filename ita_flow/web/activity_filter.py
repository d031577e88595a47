"""The filter of the record, as it stands in the query string. What cannot be read is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from ita_flow.domain.dates import read_date
from ita_flow.domain.deeds import DeedKind
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.i18n import short_date
from ita_flow.queries.activity import LONGEST_SEARCH, ActivityFilter
from ita_flow.web.forms import typed


@dataclass
class AskedActivity:
    """What the address asks for, and the names of what could not be read."""

    chosen: ActivityFilter
    before: int | None = None
    ignored: list[str] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        return self.chosen != ActivityFilter()

    def query(self, before: int | None = None) -> Mapping[str, object]:
        """What stands in the address of this list, from that number on."""
        chosen = self.chosen
        asked = {
            "from": chosen.starts_on and _plain(chosen.starts_on),
            "to": chosen.ends_on and _plain(chosen.ends_on),
            "person": chosen.person,
            "kind": chosen.kind and chosen.kind.value,
            "measure": chosen.measure,
            "q": chosen.text,
            "before": before,
        }
        return {name: value for name, value in asked.items() if value}


def _plain(day: date) -> str:
    return short_date(day).replace("\u00a0", " ")


def _number(text: str) -> int:
    if not 1 <= int(text) <= LARGEST_NUMBER:
        raise ValueError(text)
    return int(text)


@dataclass(frozen=True)
class Field:
    """One part of the filter: what people call it, which part of the reading it is, and how its text is read."""

    name: LazyString
    part: str
    read: Callable[[str], Any]


FIELDS: Mapping[str, Field] = {
    "from": Field(_l("ตั้งแต่วันที่"), "starts_on", read_date),
    "to": Field(_l("ถึงวันที่"), "ends_on", read_date),
    "person": Field(_l("ผู้ดำเนินการ"), "person", _number),
    "kind": Field(_l("ประเภท"), "kind", DeedKind),
    "measure": Field(_l("มาตรการที่"), "measure", _number),
    "before": Field(_l("ลำดับที่"), "before", _number),
}


def read_filter(asked: MultiDict[str, str]) -> AskedActivity:
    """The filter that this query string asks for."""
    read: dict[str, Any] = {"text": " ".join(typed(asked.get("q", "")).split())[:LONGEST_SEARCH]}
    ignored = []
    for name, part in FIELDS.items():
        text = asked.get(name, "").strip()
        if not text:
            continue
        try:
            read[part.part] = part.read(text)
        except (ValueError, Invalid):
            ignored.append(str(part.name))
    before = read.pop("before", None)
    return AskedActivity(ActivityFilter(**read), before, ignored)


def without_unknown_person(asked: AskedActivity, known: Collection[int]) -> AskedActivity:
    """The same filter, unless it names somebody who is not of the agency."""
    person = asked.chosen.person
    if person is None or person in known:
        return asked
    chosen = ActivityFilter(**{**vars(asked.chosen), "person": None})
    return AskedActivity(chosen, asked.before, [*asked.ignored, str(FIELDS["person"].name)])
