"""What every answer tells the browser, and the files that dress the pages."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from ita_flow.config import Settings
from ita_flow.web import assets
from tests.browser import Browser
from tests.conftest import an_app
from tests.factories import Cast

EXACTLY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
EVERY_KIND = {"/sign-in": 200, "/healthz": 200, "/nowhere": 404, "/sign-out": 405, "/home": 302}
KILOBYTE = 1024


@pytest.mark.parametrize(("address", "status"), EVERY_KIND.items())
def test_every_answer_bears_exactly_these_headers(browser: Browser, address: str, status: int) -> None:
    headers = browser.get(address, status).response.headers

    assert {name: headers.get(name) for name in EXACTLY} == EXACTLY
    assert "Strict-Transport-Security" not in headers


@pytest.fixture
def https_browser(settings: Settings) -> Iterator[Browser]:
    with an_app(replace(settings, base_url="https://ita.example.go.th")) as app:
        yield Browser(app)


def test_over_tls_the_browser_is_told_to_stay_there(https_browser: Browser) -> None:
    answer = https_browser.get("/sign-in", base_url="https://ita.example.go.th").response

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-ita-flow=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.get("/sign-in").response.headers["Set-Cookie"]

    assert cookie.startswith("ita-flow=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("host", ["evil.example", "ita.example.go.th.evil.example", "127.0.0.1.evil.example"])
def test_a_name_that_is_not_ours_gets_no_page(app: Flask, host: str) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert host not in answer.text


def test_a_forwarded_host_changes_no_address(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/nowhere", 404, headers={"X-Forwarded-Host": "evil.example"})

    assert "evil.example" not in page.text


def test_signing_out_clears_the_browser(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    answer = browser.post("/sign-out").response

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_the_dress_of_the_pages_is_kept_for_a_year(browser: Browser) -> None:
    page = browser.get("/sign-in")

    for address in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text):
        cache = browser.client.get(address).headers["Cache-Control"]
        assert {"public", "max-age=31536000", "immutable"} == set(cache.split(", "))


def test_the_dress_of_another_edition_is_not_kept(browser: Browser) -> None:
    answer = browser.get("/assets/000000000000/theme.css").response

    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fconfig.py", "bootstrap.min.css.map"])
def test_nothing_else_of_the_packages_is_served(browser: Browser, name: str) -> None:
    browser.get(f"/assets/{assets.edition()}/{name}", 404)


def test_the_dress_comes_packed_and_whole(browser: Browser) -> None:
    address = f"/assets/{assets.edition()}/bootstrap.min.css"

    packed = browser.client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = browser.client.get(address)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 5


def test_a_first_visit_stays_within_its_budget(browser: Browser) -> None:
    sizes = {
        name: len(browser.client.get(f"/assets/{assets.edition()}/{name}", headers={"Accept-Encoding": "gzip"}).data)
        for name in assets.ASSETS
    }

    assert _sum(sizes, ".css") <= 45 * KILOBYTE
    assert _sum(sizes, ".js") <= 10 * KILOBYTE
    assert _sum(sizes, ".ttf") <= 100 * KILOBYTE


def _sum(sizes: dict[str, int], ending: str) -> int:
    return sum(size for name, size in sizes.items() if name.endswith(ending))


def test_health_tells_of_the_database_and_the_version(browser: Browser) -> None:
    answer = browser.get("/healthz").response

    assert answer.get_json() == {"database": "ok", "timetable": "ok", "mail": "ok", "version": "0.1.0"}
