"""The pictures of ``docs/pages/``: a fresh demo, seen by each role, wide and on a phone.

Run by ``python3 dev.py pictures``. The day and the hour stand still, so that a page which did not change gives the
same picture.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from flask_babel import force_locale
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from ita_flow import create_app, schema
from ita_flow.config import ROOT, Settings
from ita_flow.demo.build import build
from ita_flow.demo.people import DOMAIN, PASSWORD
from ita_flow.domain.calendar import bangkok_day
from ita_flow.extensions import clock
from tests.needs import path_of_chromium
from tests.small_png import small_png

MOMENT = datetime(2024, 3, 18, 2, 30, tzinfo=UTC)
"""Half past nine in Bangkok: the mails of the morning have gone out."""

PAGES = ROOT / "docs" / "pages"
OF_THE_README = ROOT / "docs" / "dashboard.png"
HEIGHT, HIGHEST = 800, {1280: 4200, 360: 7200}
"""How high the screen is, and how much of a long list is shown."""

WIDTHS, SHOWN = (1280, 360), (420, 120)
"""How wide the screens are, and how wide the list shows them."""

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars")


@dataclass(frozen=True)
class Place:
    """A page worth a picture, and in a few words what it is for."""

    name: str
    address: str
    words: str


@dataclass(frozen=True)
class Role:
    """Somebody who works with the system, and the pages they live in."""

    name: str
    title: str
    account: str
    places: Sequence[Place]
    """None of them needs an account where ``account`` is empty."""


ROLES = (
    Role(
        "visitor",
        "Signed out",
        "",
        (Place("sign-in", "/sign-in", "With a password; a lost one is set anew by a link"),),
    ),
    Role(
        "officer",
        "Officer",
        "officer",
        (
            Place("home", "/home", "What to do now, what waits for others"),
            Place("tasks", "/tasks?year=2567", "All tasks of the year, filtered by the address"),
            Place("task", "/tasks/2", "What happens next, who has it, steps, evidence, history"),
            Place("update", "/tasks/2/update", "One screen: state, what was done, evidence"),
            Place("receipt", "/tasks/3/reports/2", "What was sent, and who decides by when"),
            Place("notifications", "/notifications", "What one was told"),
            Place("calendar", "/calendar?year=2567", "The year, month by month"),
        ),
    ),
    Role(
        "head",
        "Section head",
        "head-monitoring",
        (
            Place("home", "/home", "Decisions first; here acting for the director"),
            Place("approvals", "/approvals", "What waits for a decision, with its evidence"),
        ),
    ),
    Role(
        "director",
        "Division director",
        "director",
        (
            Place("home", "/home", "Decisions, then the division"),
            Place("division", "/dashboard/divisions/1?year=2567", "The division: figures, people, load"),
            Place("handover", "/handover/2", "Everything open of somebody who moves, on one screen"),
            Place("acting", "/admin/acting", "Who acts for whom"),
        ),
    ),
    Role(
        "coordinator",
        "ITA coordinator",
        "coordinator",
        (
            Place("home", "/home", "What to chase today"),
            Place("dashboard", "/dashboard?year=2567", "The year at a glance"),
            Place("chase", "/chase?year=2567", "What is late, near or silent; asked after by mail"),
            Place("plan", "/plans/2567", "The plan of measures"),
            Place("assign", "/plans/2567/assign", "Who does what"),
            Place("import", "/plans/2567/import", "The plan comes out of the document"),
            Place("reminders", "/admin/reminders", "Which mails go out in the next 14 days"),
            Place("scores", "/scores/2566", "Which level, why, and the assessor's advice"),
            Place("search", "/search?q=บริการ", "Found without word breaks"),
        ),
    ),
    Role(
        "executive",
        "Executive",
        "executive",
        (
            Place("home", "/home", "Are we all right? Answered without a press"),
            Place("dashboard", "/dashboard?year=2567", "One press further"),
        ),
    ),
    Role(
        "auditor",
        "Auditor",
        "auditor",
        (
            Place("home", "/home", "The record and its state"),
            Place("activity", "/activity", "Who did what, before and after"),
            Place("ledger", "/admin/reminders/ledger", "Who got which mail, and why"),
        ),
    ),
    Role(
        "administrator",
        "Administrator",
        "admin",
        (
            Place("home", "/home", "What is still to set up"),
            Place("settings", "/admin", "All settings"),
            Place("people", "/admin/people", "People, posts and accounts"),
            Place("units", "/admin/units", "Divisions, sections, vacant seats"),
            Place("chains", "/admin/chains", "Who decides in which order"),
            Place("mail", "/admin/mail", "Whether mails leave"),
        ),
    ),
)


def main(asked: Sequence[str]) -> int:
    """Take all pictures, or those whose file name contains one of the words asked for."""
    if path_of_chromium() is None:
        print("Chromium is needed: apt-get install chromium", file=sys.stderr)  # noqa: T201
        return 1
    PAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, a_demo(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=list(FLAGS))
        for role in ROLES:
            _walk(browser, address, role, asked)
        browser.close()
    _tidy()
    return 0


@contextmanager
def a_demo(folder: Path) -> Iterator[str]:
    """The address of a demo of its own, at which time stands still."""
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'demo.sqlite3'}",
        base_url="http://127.0.0.1:5000",
        is_demo=True,
        secret_key="only for pictures",
        today=bangkok_day(MOMENT),
    )
    app = create_app(settings)
    with app.app_context(), force_locale("th"):
        schema.upgrade()
        build(lambda _stage: None)
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    with mock.patch.object(clock, "now", return_value=MOMENT):
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()


def _walk(browser: Browser, address: str, role: Role, asked: Sequence[str]) -> None:
    for width in WIDTHS:
        files = {place: PAGES / _file_name(role, place, width) for place in role.places}
        wanted = {place: file for place, file in files.items() if not asked or any(word in file.name for word in asked)}
        if not wanted:
            continue
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="th-TH", reduced_motion="reduce"
        )
        page, worker = context.new_page(), context.new_page()
        if role.account:
            _sign_in(page, address, role.account)
        for place, file in wanted.items():
            answer = page.goto(address + place.address)
            assert answer, place.address
            assert answer.ok, f"{role.name} {place.address}"
            file.write_bytes(small_png(_whole(page, width), worker))
        context.close()


def _whole(page: Page, width: int) -> bytes:
    """The page on a screen as high as itself, so that nothing sticks half-way down; of a long list the first part."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST[width])})
    picture = page.screenshot()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return picture


def _file_name(role: Role, place: Place, width: int) -> str:
    return f"{role.name}-{place.name}-{width}.png"


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(address + "/sign-in")
    page.get_by_label("อีเมล").fill(f"{account}@{DOMAIN}")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/home")


def _tidy() -> None:
    """The picture of the README, the list of all, and nothing that no list names."""
    OF_THE_README.write_bytes((PAGES / "coordinator-dashboard-1280.png").read_bytes())
    (PAGES / "README.md").write_text(index(), encoding="utf-8")
    kept = {_file_name(role, place, width) for role in ROLES for place in role.places for width in WIDTHS}
    for file in PAGES.glob("*.png"):
        if file.name not in kept:
            file.unlink()


def index() -> str:
    """The list of the pictures, by role."""
    lines = [
        "# The pages, as each role sees them",
        "",
        "The demo on 18 March 2567, wide (1280) and on a phone (360). Written by `python3 dev.py pictures`.",
    ]
    for role in ROLES:
        lines += ["", f"## {role.title}", "", "| page | what it is for | wide | phone |", "|---|---|---|---|"]
        lines += [_line(role, place) for place in role.places]
    return "\n".join(lines) + "\n"


def _line(role: Role, place: Place) -> str:
    pictures = " | ".join(_picture(role, place, width, shown) for width, shown in zip(WIDTHS, SHOWN, strict=True))
    return f"| **{place.name}** `{place.address.split('?')[0]}` | {place.words} | {pictures} |"


def _picture(role: Role, place: Place, width: int, shown: int) -> str:
    name = _file_name(role, place, width)
    return f'<a href="{name}"><img src="{name}" width="{shown}" alt="{role.title}: {place.name}, {width} px"></a>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
