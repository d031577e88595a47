"""What a version of a plan changes, line by line, in words that stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from ita_flow.domain.text_changes import Pieces, beside, whole
from ita_flow.i18n import short_date
from ita_flow.queries.amendments import Line
from ita_flow.wording.amendments import PARTS
from ita_flow.wording.official_names import AREA_NAMES

DAYS = ("ends_on", "due_on")


@dataclass(frozen=True)
class ToldLine:
    """A line as it is shown: what it is about, and the pieces of both wordings."""

    part: str
    was: Pieces
    now: Pieces


def told(line: Line) -> ToldLine:
    part = str(PARTS[line.part])
    if line.unit:
        part = _("%(part)s · %(unit)s", part=part, unit=line.unit)
    was, now = _words(line.part, line.was), _words(line.part, line.now)
    return ToldLine(part, *(whole(was, now) if line.part in DAYS else beside(was, now)))


def _words(part: str, value: str) -> str:
    if not value:
        return ""
    if part in DAYS:
        return short_date(date.fromisoformat(value))
    if part == "area":
        return f"{value} {AREA_NAMES[int(value)]}"
    return _("แจ้งว่าไม่มีข้อจำกัด") if part == "limitations_none" else value
