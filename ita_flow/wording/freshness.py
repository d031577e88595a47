"""What happened to a task while somebody had its page open."""

from __future__ import annotations

from typing import Protocol

from flask_babel import gettext as _

from ita_flow.i18n import clock_time
from ita_flow.wording.history import Deed, told


class Titled(Protocol):
    @property
    def title(self) -> str: ...


class OfAMeasure(Protocol):
    @property
    def measure(self) -> Titled: ...


class Change(Protocol):
    @property
    def task(self) -> OfAMeasure: ...

    @property
    def deed(self) -> Deed: ...


def change_words(change: Change, *, is_one: bool) -> str:
    """Who did what at what time, after the title of the measure where the page shows several."""
    sentence = _("%(what)s เมื่อ %(time)s", what=told(change.deed).text, time=clock_time(change.deed.at))
    return sentence if is_one else f"{change.task.measure.title}: {sentence}"
