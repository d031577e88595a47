"""Every page in English: nothing on it is Thai but what people wrote, and official names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from xml.etree.ElementTree import Element

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.languages import Language
from ita_flow.domain.units import head_of
from ita_flow.extensions import Base, db
from ita_flow.free_days import holidays_of
from ita_flow.intake import catalogue_csv, people_csv
from ita_flow.models.people import Unit, User
from ita_flow.web.languages import COOKIE
from tests.browser import Page, look_at
from tests.factories import YEAR, Cast
from tests.intake import documents
from tests.source import THAI
from tests.web.office import Office, an_office
from tests.web.test_access import Line, lines

SHOWS_REPAIRS = "/plans/<int:year>/import/<int:draft_id>"
"""What is repaired of a Thai document stands in it letter by letter."""

READERS = ("officer", "head", "coordinator", "administrator", "executive")
SHOWN = ("aria-label", "alt", "placeholder", "title", "content")
"""Attributes whose words people read or hear."""


@pytest.fixture
def english_office(app: Flask, cast: Cast, today: date) -> Office:
    office = an_office(app, cast)
    with transaction():
        db.session.execute(sa.update(User).values(language=Language.ENGLISH))
    for browser in office.browsers.values():
        browser.client.set_cookie(COOKIE, Language.ENGLISH)
    return office


def test_every_page_can_be_read_in_english(english_office: Office) -> None:
    written = _written_by_people() + _official_names()
    found = {}

    for line in lines():
        if line.method == "GET" and line.rule != SHOWS_REPAIRS:
            for page in _pages(line, english_office):
                look_at(page, english_office.app)
                left = [words for words in _thai_in(page) if words not in written]
                found.update({str(line): left} if left else {})

    assert found == {}


def _pages(line: Line, office: Office) -> Iterator[Page]:
    """The page as each of a few people sees it who may."""
    address = office.address(line.rule, line.where)
    for person in READERS:
        if line.statuses[person] == 200:
            page = Page(office.browsers[person].client.get(address), address)
            if page.is_html:
                assert page.tree.get("lang") == "en", address
                yield page


def _thai_in(page: Page) -> Iterator[str]:
    """Whatever Thai there is in a page, but in its switch of languages."""
    for element in page.tree.iter():
        if element.tag == "button" and element.get("name") == "language" or not isinstance(element.tag, str):
            continue
        for text in _texts_of(element):
            yield from THAI.findall(text)


def _texts_of(element: Element) -> Iterator[str]:
    is_switch = element.tag == "span" and element.text == "ภาษาไทย"
    yield "" if is_switch else element.text or ""
    yield element.tail or ""
    yield from (element.get(name, "") for name in SHOWN)


def _written_by_people() -> str:
    """All words in all rows, and in the document that is being brought."""
    rows = (row for table in Base.metadata.sorted_tables for row in db.session.execute(sa.select(table)))
    return " ".join([documents.report(), *(str(value) for row in rows for value in row)])


def _official_names() -> str:
    """Names that are Thai wherever they stand: of holidays, of heads of units, of columns in a list of people."""
    holidays = chain.from_iterable(holidays_of(YEAR.starts_on.year + later).values() for later in range(3))
    heads = (head_of(unit.name) or "" for unit in db.session.scalars(sa.select(Unit)))
    columns = chain.from_iterable([*people_csv.COLUMNS.values(), *catalogue_csv.COLUMNS.values()])
    return " ".join([*chain.from_iterable(holidays), *columns, *heads])
