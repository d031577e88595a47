"""A client that looks at every page it gets, as a careful reader and a screen reader would. CSRF stays on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.test import TestResponse

from ita_flow.config import settings
from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.languages import Language
from ita_flow.models.people import User
from ita_flow.web.headers import ALWAYS
from ita_flow.workflow import accounts
from tests.factories import PASSWORD

CONTROLS = ("input", "select", "textarea")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SVG = "{http://www.w3.org/2000/svg}svg"
WITHOUT_LABEL = ("hidden", "submit", "button", "image")
OTHERS_KNOW_THEM = re.compile(r"^https?:|^mailto:|^tel:")


@dataclass
class Form:
    """A form as a person found it: where it goes and what stands in its fields."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    """An answer; as a page it can be asked for its parts."""

    response: TestResponse
    address: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html" and not self.goes_to and not self.is_framed_mail

    @property
    def is_framed_mail(self) -> bool:
        """A mail that a page of ours shows in a frame: it looks as mails look, and has rules of its own."""
        return self.response.headers.get("Content-Security-Policy", "").startswith("sandbox")

    @property
    def goes_to(self) -> str | None:
        """Where the answer sends the browser, as a path of ours."""
        return self.response.headers.get("Location")

    @cached_property
    def _parser(self) -> Any:
        return html5lib.HTMLParser(namespaceHTMLElements=False)

    @cached_property
    def tree(self) -> Element:
        tree: Element = self._parser.parse(self.response.text)
        return tree

    @property
    def mistakes_in_html(self) -> list[str]:
        _ = self.tree
        return [f"line {place[0]}: {code}" for place, code, _values in self._parser.errors]

    @property
    def title(self) -> str:
        return _words(self.tree.find(".//title"))

    @property
    def heading(self) -> str:
        return _words(self.tree.find(".//h1"))

    @property
    def words(self) -> str:
        """All that can be read on the page, with single spaces."""
        return _words(self.tree.find(".//body"))

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        summary = next(iter(self.of_class("errsum")), None)
        return [] if summary is None else [_words(line) for line in summary.iter("li")]

    @property
    def links(self) -> dict[str, str]:
        """The words of each link with its address; of links of the same words the last."""
        return {_words(link): link.get("href", "") for link in self.tree.iter("a")}

    @cached_property
    def ids(self) -> list[str]:
        return [element.get("id", "") for element in self.tree.iter() if element.get("id")]

    @property
    def forms(self) -> list[Form]:
        return [_form(element, self.address) for element in self.tree.iter("form")]

    def form(self, action: str | None = None) -> Form:
        """The form that goes to this address, or the only one in the main part of the page."""
        if action is None:
            main = self.tree.find(".//main")
            assert main is not None
            (element,) = main.iter("form")
            return _form(element, self.address)
        return next(form for form in self.forms if form.action == action)

    def of_class(self, name: str) -> Iterator[Element]:
        return (element for element in self.tree.iter() if name in element.get("class", "").split())


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def _form(element: Element, address: str) -> Form:
    form = Form(element.get("action") or address, element.get("method", "get").lower())
    for control in element.iter():
        for value in _sent_by(control):
            form.fields.setdefault(control.get("name", ""), []).append(value)
    return form


def _sent_by(control: Element) -> list[str]:
    """What a control sends as it stands."""
    if not control.get("name") or control.tag not in CONTROLS or control.get("type") in ("submit", "file"):
        return []
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return [one.get("value", _words(one)) for one in chosen]
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return []
    return [control.get("value", "on" if control.get("type") == "checkbox" else "")]


class Browser:
    """One person's browser. Every answer is looked at; ``status`` says what is expected."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.token = ""

    def get(self, address: str, status: int = 200, **keywords: Any) -> Page:
        return self._seen(self.client.get(address, **keywords), address, status)

    def post(self, address: str, fields: Mapping[str, Any] | None = None, status: int = 303, **keywords: Any) -> Page:
        """Send fields with a valid CSRF token, as a form of ours would."""
        content = {"csrf_token": self.csrf_token(), **(fields or {})}
        return self._seen(self.client.post(address, data=content, **keywords), address, status)

    def submit(self, form: Form, status: int = 303, **changes: Any) -> Page:
        """Send a form as it was found, with these fields filled in anew."""
        content = {**form.fields, **changes}
        if form.method == "get":
            return self.get(form.action, status, query_string=content)
        return self._seen(self.client.post(form.action, data=content), form.action, status)

    def follow(self, page: Page, status: int = 200) -> Page:
        """The page that an answer sent the browser to."""
        assert page.goes_to, f"{page.address} sent the browser nowhere"
        return self.get(page.goes_to, status)

    def sign_in(self, person: User) -> None:
        """Sign in without the form: a session row, and its token in the cookie."""
        with transaction():
            token = accounts.sign_in(person, real_now())
        self.come_back(token)

    def come_back(self, token: str) -> None:
        """Bring the token of a session that has begun."""
        self.token = token
        with self.client.session_transaction() as session:
            session.clear()
            session["_user_id"] = token

    def sign_in_by_form(self, email: str, password: str = PASSWORD, status: int = 303, **fields: str) -> Page:
        """Sign in as people do."""
        form = self.get("/sign-in", query_string={"next": fields.pop("next", "")}).form()
        return self.submit(form, status, email=email, password=password, **fields)

    def csrf_token(self) -> str:
        page = self.client.get("/sign-in").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        return found[1]

    def _seen(self, response: TestResponse, address: str, status: int) -> Page:
        page = Page(response, address)
        assert page.status == status, f"{address}: {page.status} instead of {status}\n{page.text[:2000]}"
        look_at(page, self.app)
        return page


def look_at(page: Page, app: Flask) -> None:
    """Everything that holds for every answer, and for every page.

    A page is the same from both databases, so its HTML is taken apart where the test runs on SQLite.
    """
    _look_at_headers(page)
    if page.is_html and settings().database_url.startswith("sqlite"):
        for look in (_look_at_head, _look_at_parts, _look_at_ids, _look_at_controls, _look_at_forms, _look_at_tables):
            look(page)
        _look_at_addresses(page, app)


def _look_at_headers(page: Page) -> None:
    for name, value in ALWAYS.items():
        if name == "Content-Security-Policy" and not page.is_html:
            continue  # downloads bear a stricter one of their own
        assert page.response.headers.get(name) == value, f"{page.address}: {name}"
    content_type = page.response.headers.get("Content-Type", "")
    assert "charset=utf-8" in content_type or not content_type.startswith("text/"), f"{page.address}: {content_type}"


def _look_at_head(page: Page) -> None:
    assert not page.mistakes_in_html, f"{page.address}: {page.mistakes_in_html[:5]}"
    assert page.text.startswith("<!doctype html>"), page.address
    assert page.tree.get("lang") in list(Language), page.address
    assert re.fullmatch(r".+ — ITA Flow", page.title), f"{page.address}: title {page.title!r}"
    has_errors = bool(list(page.of_class("errsum")))
    assert page.title.startswith("ข้อผิดพลาด: ") == has_errors, f"{page.address}: title {page.title!r}"


def _look_at_parts(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.tree.iter() if element.tag in HEADINGS]
    assert levels.count(1) == 1, f"{page.address}: {levels.count(1)} h1"
    before = [0, *levels]
    assert all(level <= last + 1 or level == 2 for last, level in zip(before, levels, strict=False)), (
        f"{page.address}: heading levels {levels}"
    )
    for part in ("header", "main", "footer"):
        assert page.tree.find(f".//{part}") is not None, f"{page.address}: no {part}"
    first = next(page.tree.iter("a"))
    assert (first.get("class"), first.get("href")) == ("skip", "#main"), f"{page.address}: skip link"


def _look_at_ids(page: Page) -> None:
    twice = [name for name, number in Counter(page.ids).items() if number > 1]
    assert not twice, f"{page.address}: id twice {twice}"
    known = set(page.ids)
    for element in page.tree.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            missing = set(element.get(attribute, "").split()) - known
            assert not missing, f"{page.address}: {attribute} names {missing}"
    named = {link.get("href", "")[1:] for link in page.tree.iter("a") if link.get("href", "").startswith("#")}
    assert named <= known, f"{page.address}: links to {named - known}"


def _look_at_controls(page: Page) -> None:
    labelled = {label.get("for") for label in page.tree.iter("label")}
    for control in page.tree.iter():
        if control.tag in CONTROLS and control.get("type") not in WITHOUT_LABEL:
            is_named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
            assert is_named, f"{page.address}: control {control.get('name')} has no label"
    for button in [*page.tree.iter("button"), *page.tree.iter("summary"), *page.tree.iter("a")]:
        assert _words(button) or button.get("aria-label"), f"{page.address}: {button.tag} without words"
    for group in page.tree.iter("fieldset"):
        assert group.find("legend") is not None, f"{page.address}: fieldset without legend"


def _look_at_forms(page: Page) -> None:
    for form in page.forms:
        if form.method == "post":
            assert form.fields.get("csrf_token", [""])[0], f"{page.address}: {form.action} has no CSRF token"


def _look_at_tables(page: Page) -> None:
    for table in page.tree.iter("table"):
        assert _words(table.find("caption")), f"{page.address}: table without caption"
        for head in table.iter("th"):
            assert head.get("scope") in ("col", "row", "colgroup", "rowgroup"), f"{page.address}: th {_words(head)}"
    inside = {part for picture in page.tree.iter(SVG) for part in picture.iter(SVG) if part is not picture}
    for picture in page.tree.iter(SVG):
        is_told = picture.get("role") == "img" and (picture.get("aria-label") or picture.get("aria-labelledby"))
        is_silent = picture in inside or picture.get("aria-hidden") == "true"
        assert is_told or is_silent, f"{page.address}: svg says nothing"


def _look_at_addresses(page: Page, app: Flask) -> None:
    """Every link and form of a page leads to a page of ours, or plainly elsewhere."""
    for link in page.tree.iter("a"):
        _look_at_address(page, link.get("href", ""), "GET", app)
    for form in page.forms:
        _look_at_address(page, form.action, form.method.upper(), app)


def _look_at_address(page: Page, address: str, method: str, app: Flask) -> None:
    path = urlsplit(address).path
    if not path.startswith("/") or OTHERS_KNOW_THEM.match(address) or path == "/":
        assert address.startswith(("#", "?")) or path == "/" or OTHERS_KNOW_THEM.match(address), (
            f"{page.address}: link {address!r}"
        )
        return
    try:
        app.url_map.bind("").match(path, method=method)
    except (HTTPException, MethodNotAllowed) as error:
        raise AssertionError(f"{page.address}: {method} {address} leads nowhere") from error
