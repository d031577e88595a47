"""Every page that the program has, found from the table of its routes: a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from playwright.sync_api import Page as Window

from ita_flow.database import transaction
from ita_flow.domain.languages import Language
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.web.languages import COOKIE
from tests.factories import Cast, a_report, a_task, one_commit
from tests.served import Server
from tests.web.office import ANONYMOUS, Office
from tests.web.test_access import Line, lines

READERS = ("coordinator", "other_officer", "head", "officer", ANONYMOUS)
"""Who opens a page that several may open: the first of these, so that few people have to come in."""

NO_PAGES = {
    "/activity/export.csv",
    "/admin/people/import/template.csv",
    "/admin/reminders/ledger/export.csv",
    "/admin/reminders/ledger/mails/<int:message_id>/frame",
    "/admin/reminders/samples/<name>/html",
    "/assets/<asked_edition>/<name>",
    "/calendar.ics",
    "/dashboard.csv",
    "/healthz",
    "/items/template.csv",
    "/plans/<int:year>/export/<form>",
    "/plans/<int:year>/import/pattern",
    "/tasks.csv",
}
"""Files to take along, mails as they look in a frame, and answers to machines."""

ALSO = (
    ("coordinator", "/tasks/{returned}"),
    ("coordinator", "/tasks/{done}"),
    ("coordinator", "/tasks?state=returned"),
    ("coordinator", "/tasks?text=ไม่มีคำนี้"),
    ("coordinator", "/search?q=มาตรการ"),
    ("coordinator", "/plans/2570"),
    ("coordinator", "/plans/2568/import"),
    ("coordinator", "/nowhere"),
    ("head", "/admin/people"),
    ("head", "/approvals?chosen=ready"),
    ("head", "/home"),
    ("officer", "/home"),
    ("officer", "/tasks/{returned}/update"),
    ("officer", "/tasks/{submitted}/reports/1"),
    ("director", "/home"),
    ("executive", "/home"),
    ("auditor", "/home"),
    ("administrator", "/home"),
)
"""Pages that look different for somebody else, in another state, or when they refuse."""


@dataclass(frozen=True)
class Visit:
    """A page with somebody who may open it."""

    person: str
    address: str


def more_states(cast: Cast) -> dict[str, int]:
    """Tasks in the states that change what a page shows."""
    with one_commit():
        tasks = {
            name: a_task(section=cast.section, officers=[cast.officer]) for name in ("returned", "submitted", "done")
        }
        a_report(tasks["returned"], cast.officer, state=ReportState.RETURNED)
        a_report(tasks["submitted"], cast.officer)
        a_report(tasks["done"], cast.officer, state=ReportState.APPROVED)
    return {name: task.id for name, task in tasks.items()}


def every_page(office: Office, places: dict[str, int]) -> Sequence[Visit]:
    """One visit of each route that answers with a page, and of the pages that look different; by person."""
    asked = (line for line in lines() if line.method == "GET" and line.rule not in NO_PAGES)
    found = {visited for line in asked if (visited := _visit_of(line, office))}
    found |= {Visit(person, address.format(**places)) for person, address in ALSO}
    return sorted(found, key=lambda visit: (visit.person, visit.address))


def _visit_of(line: Line, office: Office) -> Visit | None:
    """Nothing for what only ever sends elsewhere."""
    readers = [person for person, status in line.statuses.items() if status in (200, 422)]
    if not readers:
        return None
    person = min(readers, key=lambda name: READERS.index(name) if name in READERS else len(READERS))
    return Visit(person, office.address(line.rule, line.where))


def come_in(window: Window, server: Server, office: Office, person: str, language: Language = Language.THAI) -> None:
    """Be this person, whose session the office has opened already."""
    window.context.clear_cookies()
    window.context.add_cookies([{"name": COOKIE, "value": language, "url": server.address}])
    held = office.browsers[person].client.get_cookie("ita-flow")
    if person != ANONYMOUS:
        assert held
        window.context.add_cookies([{"name": held.key, "value": held.value, "url": server.address}])


def let_everybody_read(language: Language) -> None:
    with transaction():
        db.session.execute(sa.update(User).values(language=language))


def visit(
    window: Window, server: Server, office: Office, visits: Sequence[Visit], language: Language = Language.THAI
) -> Iterator[Visit]:
    """Open these pages one after the other; whoever asks for the next looks at it meanwhile."""
    inside = None
    for one in visits:
        if one.person != inside:
            come_in(window, server, office, one.person, language)
            inside = one.person
        answer = window.goto(server.address + one.address)
        assert answer
        assert answer.status < 500, one
        assert answer.headers["content-type"].startswith("text/html"), one
        yield one
