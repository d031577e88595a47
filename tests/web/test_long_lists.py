"""A page costs the same with seven tasks and with seven hundred, and every table of many rows is read by an index."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from tests.browser import Browser
from tests.factories import Cast, a_membership
from tests.factories.many import many_tasks
from tests.statements import MOST_STATEMENTS, counted_statements

pytestmark = pytest.mark.each_case

HEAVIEST = 30 * 1024
LONGEST = 200 * 1024
"""Bytes of a page before it is packed: what a browser has to lay out."""

PAGES = (
    "/tasks",
    "/tasks?by=measure",
    "/tasks?q=ลำดับที่ ประชุม&sort=title&order=desc",
    "/tasks?mine=1&follow_up=1",
    "/search?q=ลำดับที่",
    "/search?q=ลำดับที่&in=reports&page=3",
    "/calendar",
    "/dashboard",
    "/dashboard?window=first_half",
    "/home",
    "/notifications",
)
GROWING = (
    "audit_events",
    "chases",
    "decisions",
    "evidence",
    "measure_items",
    "measures",
    "notices",
    "outbox_messages",
    "progress_reports",
    "reminders",
    "report_authors",
    "report_versions",
    "steps",
    "task_officers",
    "tasks",
    "version_evidence",
)
"""Tables that hold thousands of rows after some years."""


@pytest.mark.parametrize("person", ["coordinator", "officer", "director"])
def test_a_page_costs_the_same_for_seven_tasks_and_for_seven_hundred(
    browser: Browser, cast: Cast, today: date, person: str
) -> None:
    browser.sign_in(getattr(cast, person))
    many_tasks(cast, 7)
    pages = [*PAGES, "/chase"] if person == "coordinator" else PAGES
    few = {address: cost_of(browser, address) for address in pages}

    many_tasks(cast, 700)
    many = {address: cost_of(browser, address) for address in pages}

    assert {address: cost.statements for address, cost in many.items()} == {
        address: cost.statements for address, cost in few.items()
    }
    assert {address: cost for address, cost in many.items() if cost.is_too_much} == {}


@pytest.mark.parametrize(
    ("person", "address"),
    [("officer", "/home"), ("officer", "/calendar"), ("director", "/home"), ("director", "/approvals")],
)
def test_a_page_shows_the_first_of_many_tasks(
    browser: Browser, cast: Cast, today: date, person: str, address: str
) -> None:
    browser.sign_in(getattr(cast, person))
    many_tasks(cast, 70)
    few = cost_of(browser, address)

    many_tasks(cast, 700)
    many = cost_of(browser, address)

    assert many.statements == few.statements
    assert not many.is_too_much
    assert many.length <= LONGEST


def test_every_report_that_waits_stands_on_one_of_the_pages(browser: Browser, cast: Cast, today: date) -> None:
    many_tasks(cast, 700)
    browser.sign_in(cast.director)

    pages = [browser.get(f"/approvals?page={number}") for number in (1, 2)]

    assert pages[0].heading == pages[1].heading == "รอท่านพิจารณา 50 รายการ"
    shown = [one.get("id") for page in pages for one in page.of_class("queue-one")]
    assert (len(shown), len(set(shown))) == (50, 50)


def test_the_lists_of_an_officer_lead_to_the_same_tasks(browser: Browser, cast: Cast, today: date) -> None:
    many_tasks(cast, 700)
    browser.sign_in(cast.officer)

    ways = [one for one in browser.get("/home").tree.iter("a") if (one.text or "").startswith("ดูทั้ง ")]

    assert len(ways) == 4
    for way in ways:
        assert f"{(way.text or '').split()[1]} งาน" in browser.get(way.get("href", "")).words


@dataclass(frozen=True)
class Cost:
    """What one page costs: statements, bytes as it goes over the wire, and bytes as a browser reads it."""

    statements: int
    weight: int
    length: int

    @property
    def is_too_much(self) -> bool:
        return self.statements > MOST_STATEMENTS or self.weight > HEAVIEST


def cost_of(browser: Browser, address: str) -> Cost:
    with counted_statements() as statements:
        page = browser.get(address)
    return Cost(len(statements), len(gzip.compress(page.response.data)), len(page.response.data))


LISTS = (
    *PAGES,
    "/activity",
    "/activity?measure=3",
    "/admin/mail",
    "/admin/people?q=สม",
    "/admin/reminders/ledger",
    "/approvals",
    "/chase",
    "/dashboard/divisions/1",
    "/plans/2567",
    "/plans/2567/assign",
    "/tasks?officer=1&section=2&division=1",
)


def test_no_table_of_many_rows_is_read_from_end_to_end(browser: Browser, cast: Cast, today: date) -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.OFFICER):
        a_membership(cast.coordinator, role=role)
    a_membership(cast.coordinator, seat=Seat.SECTION_HEAD, unit=cast.section)
    many_tasks(cast, 70)
    browser.sign_in(cast.coordinator)

    read_whole = [f"{address} {table}" for address in LISTS for table in whole_tables_read_by(browser, address)]

    assert not read_whole, "\n\n".join(read_whole)


def whole_tables_read_by(browser: Browser, address: str) -> list[str]:
    """The growing tables of which this page reads every row, each with the statement."""
    with sent_statements() as sent:
        browser.get(address)
    return [f"{table}: {statement}" for statement, values in sent for table in scanned(statement, values)]


@contextmanager
def sent_statements() -> Iterator[list[tuple[str, Any]]]:
    """The readings sent to the database inside the block, with their values."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def scanned(statement: str, values: Any) -> list[str]:
    """The growing tables of which this statement reads every row."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    names = _scanned_by_sqlite(statement, values) if is_sqlite else _scanned_by_postgres(statement, values)
    return [name for name in names if re.sub(r"_\d+$", "", name) in GROWING]


def _scanned_by_sqlite(statement: str, values: Any) -> list[str]:
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [row[3] for row in plan]
    return [step.split()[1] for step in steps if step.startswith("SCAN ")]


def _scanned_by_postgres(statement: str, values: Any) -> list[str]:
    connection = db.session.connection()
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalars()
    return [node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if _reads_all(node)]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _reads_all(node: dict[str, Any]) -> bool:
    return str(node["Node Type"]) == "Seq Scan"
