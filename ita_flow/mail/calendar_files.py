"""Due dates as a file for the reader's own calendar: one event a task, which later files replace.

An event lasts the whole day of the due date and reminds a fortnight and a day before, when people are at work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from icalendar import TRANSP, Alarm, Calendar, Event

from ita_flow.config import settings
from ita_flow.domain.reminders import SENDING_HOUR, SENDING_MINUTE
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.tasks import Task
from ita_flow.wording.labels import label_of

PRODUCT = "-//ITA Flow//ITA Flow//TH"
FILE_NAME = "ita-flow.ics"
ONE_DAY = timedelta(days=1)
DAYS_BEFORE = (14, 1)


def calendar_file(tasks: Iterable[Task], at: datetime, windows: Iterable[AssessmentWindow] = ()) -> bytes:
    """The due dates of these tasks as they stand, and these windows; ``at`` is the true moment of making it."""
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", calscale="GREGORIAN")
    for event in (*(_event(task, at) for task in tasks), *(_opening(window, at) for window in windows)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(task: Task) -> str:
    """What the event of this task is called for ever."""
    return f"task-{task.id}@{settings().host}"


def _event(task: Task, at: datetime) -> Event:
    """A higher sequence tells calendars that the date has moved."""
    title, address = task.measure.title, f"{settings().base_url}/tasks/{task.id}"
    event = Event.new(
        uid=uid_of(task),
        sequence=task.due_version,
        stamp=at,
        start=task.due_on,
        end=task.due_on + ONE_DAY,
        summary=_("ครบกำหนด: %(title)s", title=title),
        description=_("กำหนดแล้วเสร็จของมาตรการ %(title)s\nดูรายละเอียดที่ %(address)s", title=title, address=address),
        url=address,
        transparency=TRANSP.TRANSPARENT,
    )
    for days in DAYS_BEFORE:
        event.add_component(_alarm(days, title))
    return event


def _opening(window: AssessmentWindow, at: datetime) -> Event:
    """All days on which a window of the assessment is open. Mails remind of its end, so that the event need not."""
    return Event.new(
        uid=f"window-{window.id}@{settings().host}",
        sequence=window.version,
        stamp=at,
        start=window.starts_on,
        end=window.ends_on + ONE_DAY,
        summary=label_of(window.kind),
        transparency=TRANSP.TRANSPARENT,
    )


def _alarm(days: int, title: str) -> Alarm:
    alarm = Alarm.new(description=_("อีก %(days)s วันครบกำหนด: %(title)s", days=days, title=title))
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(days=-days, hours=SENDING_HOUR, minutes=SENDING_MINUTE))
    return alarm
