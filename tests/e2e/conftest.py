"""A real browser in front of the real server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.needs import path_of_chromium

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

REFUSAL = re.compile(r"responded with a status of (403|404|409|422) ")
"""What a browser notes of a page that tells the person what is wrong: such a page is an answer like any other."""


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    """The quick run looks at every fourth page where the long one looks at each."""
    return 1 if request.config.getoption("--long") else 4


@pytest.fixture
def page(chromium_browser: Browser) -> Iterator[Page]:
    """A fresh window in Thai that fails the test when the page complains or reaches outside this machine."""
    context = chromium_browser.new_context(locale="th-TH", viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: _note_error(message, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _note_outside(request.url, complaints))
    yield page
    context.close()
    assert complaints == []


def _note_error(message: ConsoleMessage, complaints: list[str]) -> None:
    is_answer_of_a_page = REFUSAL.search(message.text) and "/assets/" not in message.location["url"]
    is_after_the_end = "ERR_CONNECTION_REFUSED" in message.text  # a server ends before the window that still asks it
    if message.type == "error" and not (is_answer_of_a_page or is_after_the_end):
        complaints.append(message.text)


def _note_outside(address: str, complaints: list[str]) -> None:
    if not address.startswith(("http://127.0.0.1:", "data:", "blob:")):
        complaints.append(f"reached outside: {address}")
