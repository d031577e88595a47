"""Who may use which route: the table in ``tests/access.yaml`` against the real application.

A route or method that is missing from the table fails; a refused request changes no row; no GET changes a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from flask import Flask

from ita_flow.extensions import Base, db
from tests.browser import Page, look_at
from tests.web.office import ANONYMOUS, Office, the_office

pytestmark = pytest.mark.each_case(every=12)

TABLE = Path(__file__).parent.parent / "access.yaml"
METHODS = ("GET", "POST")
REFUSALS = {302, 303, 400, 401, 403, 404, 405}
CHANGES_BY_ITSELF = {"seen_at"}


@dataclass(frozen=True)
class Line:
    """One method of one route, with the status that each person is to get."""

    rule: str
    method: str
    where: Mapping[str, str | int]
    statuses: Mapping[str, int]
    """By person, those who are refused first."""

    sent: Mapping[str, Any]
    is_from_anywhere: bool = False
    """Whether it takes forms that mail programs send by themselves."""

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


@cache
def table() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return content


def lines() -> list[Line]:
    return [
        Line(
            rule=rule,
            method=method,
            where=block.get("at", {}),
            statuses=_statuses(block[method]),
            sent=block.get("send", {}),
            is_from_anywhere=block.get("from_anywhere", False),
        )
        for rule, block in table()["routes"].items()
        for method in METHODS
        if method in block
    ]


def _statuses(who_gets: Mapping[int, str]) -> dict[str, int]:
    """The status of every person. ``rest`` stands for all who are not named; anonymous people go to sign in."""
    named = {person: status for status, names in who_gets.items() for person in _people(names)}
    rest = next((status for status, names in who_gets.items() if "rest" in names.split()), None)
    everybody = dict.fromkeys(table()["groups"]["everybody"].split(), rest) | {ANONYMOUS: 302} | named
    assert None not in everybody.values(), f"somebody is missing: {everybody}"
    return dict(sorted(everybody.items(), key=lambda pair: pair[1] not in REFUSALS))


def _people(names: str) -> list[str]:
    groups = table()["groups"]
    return [person for name in names.split() if name != "rest" for person in groups.get(name, name).split()]


@pytest.fixture
def office(app: Flask) -> Office:
    return the_office(app)


def test_every_route_stands_in_the_table(app: Flask) -> None:
    served = {(rule.rule, method) for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    listed = {(line.rule, line.method) for line in lines()}

    assert {route for route in served if route[1] not in ("HEAD", "OPTIONS")} == listed


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    silent = {name for name, view in app.view_functions.items() if not hasattr(view, "access")}

    assert not silent


@pytest.mark.parametrize("line", [line for line in lines() if line.method == "GET"], ids=str)
def test_reading(line: Line, office: Office) -> None:
    before = fingerprint()

    given = {person: _asked(line, office, person) for person in line.statuses}

    assert {person: page.status for person, page in given.items()} == line.statuses
    assert fingerprint() == before
    _look_at_one_of_each(given, office.app)


@pytest.mark.parametrize("line", [line for line in lines() if line.method == "POST"], ids=str)
def test_deeds(line: Line, office: Office) -> None:
    before = fingerprint()

    refused = {person: _asked(line, office, person) for person in line.statuses if _is_refused(line, person)}

    assert {person: page.status for person, page in refused.items()} == _expected(line, refused)
    assert fingerprint() == before, "a refused request changed a row"

    allowed = {person: _asked(line, office, person) for person in line.statuses if person not in refused}

    assert {person: page.status for person, page in allowed.items()} == _expected(line, allowed)
    _look_at_one_of_each(refused | allowed, office.app)


def _is_refused(line: Line, person: str) -> bool:
    return line.statuses[person] in REFUSALS - {303} or person == ANONYMOUS and line.statuses[person] == 302


def _expected(line: Line, of: Mapping[str, Page]) -> dict[str, int]:
    """As the table says; a form sent by nobody is answered by 303, so that the sign-in page is fetched by GET."""
    return {
        person: 303 if (person, line.statuses[person]) == (ANONYMOUS, 302) else line.statuses[person] for person in of
    }


def _asked(line: Line, office: Office, person: str) -> Page:
    browser = office.browsers[person]
    address = office.address(line.rule, line.where)
    if line.method == "GET":
        return Page(browser.client.get(address), address)
    content = {name: office.value(value) for name, value in line.sent.items()}
    return Page(browser.client.post(address, data={"csrf_token": browser.csrf_token(), **content}), address)


def _look_at_one_of_each(given: Mapping[str, Page], app: Flask) -> None:
    for page in {page.status: page for page in given.values()}.values():
        look_at(page, app)


def test_strangers_are_told_nothing_and_the_unsigned_are_asked_to_sign_in(office: Office) -> None:
    page = office.browsers[ANONYMOUS].get(f"/tasks/{office.value('task')}/update", 302)

    assert page.goes_to == f"/sign-in?next=/tasks/{office.value('task')}/update"


def test_no_form_is_taken_without_its_token(office: Office) -> None:
    browser, before = office.browsers["officer"], fingerprint()

    for line in lines():
        if line.method == "POST" and not line.is_from_anywhere:
            browser._seen(browser.client.post(office.address(line.rule, line.where)), str(line), 400)

    assert fingerprint() == before


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}], ids=str)
def test_no_form_of_another_site_is_taken(office: Office, header: dict[str, str]) -> None:
    browser, before = office.browsers["officer"], fingerprint()

    for line in lines():
        if line.method == "POST" and not line.is_from_anywhere:
            browser.post(office.address(line.rule, line.where), status=400, headers=header)

    assert fingerprint() == before


def test_the_token_of_another_session_is_not_taken(office: Office) -> None:
    stolen = office.browsers["head"].csrf_token()

    page = office.browsers["officer"].client.post("/sign-out", data={"csrf_token": stolen})

    assert page.status_code == 400


def fingerprint() -> dict[str, list[str]]:
    """All rows of all tables, but for what a session notes about itself."""
    rows = {table.name: _rows(table) for table in Base.metadata.sorted_tables}
    db.session.rollback()
    return rows


def _rows(of: sa.Table) -> list[str]:
    columns = [column for column in of.columns if column.name not in CHANGES_BY_ITSELF]
    return sorted(repr(tuple(row)) for row in db.session.execute(sa.select(*columns)))
