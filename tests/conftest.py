"""The ground under every test: a migrated database of its own on SQLite and on PostgreSQL, a clock, a cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from ita_flow import create_app
from ita_flow.config import Settings
from ita_flow.extensions import clock
from tests import needs, postgres
from tests.bytecode import CompiledOnce
from tests.client import ClientOfItsOwn
from tests.copies import a_copy
from tests.databases import PostgresDatabases, SqliteDatabases, close
from tests.factories import TODAY, Cast, the_cast

Databases = SqliteDatabases | PostgresDatabases

pytest_plugins = ["tests.letterbox", "tests.snapshot"]

COMPILED = CompiledOnce()
PAGES, ATTACKS = "web", "test_attacks"

hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="fail when PostgreSQL or Chromium is missing")
    parser.addoption("--long", action="store_true", help="also run the long forms of tests")


def pytest_configure(config: pytest.Config) -> None:
    lacking = needs.missing()
    if lacking and (needs.is_ci() or config.getoption("--all")):
        raise pytest.UsageError(needs.how_to_install(lacking))


@pytest.hookimpl(tryfirst=True)  # before xdist looks for groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = set(needs.left_out(items))
    if not config.getoption("--long"):
        left_out |= {item for item in items if item.get_closest_marker("long")}
        left_out |= set(_repeats_on_postgres(items))
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if mark := _demand_of(item):
            item.add_marker(pytest.mark.xdist_group(mark))
    items.sort(key=lambda item: _demand_of(item) is None)


def _repeats_on_postgres(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """What the quick run asks SQLite alone.

    All cases of a test but its first: the statements are the same. Pages that stand on no question of their own:
    ``test_access`` reads and sends a part of them on both. Tests marked ``each_case`` are asked in full, or, with
    ``every``, so many cases apart.
    """
    met = Counter[str]()
    for item in (item for item in items if item.get_closest_marker("postgres")):
        name = item.nodeid.partition("[")[0]
        if _is_left_to_sqlite(item, met[name]):
            yield item
        met[name] += 1


def _is_left_to_sqlite(item: pytest.Item, number: int) -> bool:
    """Whether this case, the number-th of its test from 0, is asked of SQLite alone."""
    mark = item.get_closest_marker("each_case")
    if mark:
        return number % int(mark.kwargs.get("every", 1)) > 0
    is_a_page = item.path.parent.name == PAGES and not item.path.name.startswith(ATTACKS)
    return number > 0 or is_a_page


def _demand_of(item: pytest.Item) -> str | None:
    """What the test wants of the machine: crashes and races run one after the other, and so does what needs a browser.

    Each kind begins with the run, in one process, while the others run the rest.
    """
    return next((mark for mark in ("faults", "browser") if item.get_closest_marker(mark)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("seconds of each group")
    for group, seconds in _seconds_by_group(terminalreporter).most_common():
        terminalreporter.line(f"{seconds:8.1f}  {group}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last line of all, after pytest's own."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and (lacking := needs.missing()):
        terminal.line(f"Left out: {needs.how_to_install(lacking)}", yellow=True)


def _seconds_by_group(terminalreporter: pytest.TerminalReporter) -> Counter[str]:
    """Seconds by the first folder under ``tests/``, over all that was set up, run and taken down."""
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                parts = report.nodeid.split("::")[0].split("/")
                seconds[parts[1] if len(parts) > 2 else "house"] += report.duration  # type: ignore[assignment]
    return seconds


@pytest.fixture(scope="session")
def postgres_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresDatabases]:
    with postgres.a_server() as server:
        databases = PostgresDatabases(server, tmp_path_factory.mktemp("postgres"))
        yield databases
        databases.close()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    with databases.fresh(tmp_path) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that no migration has seen."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    with databases.empty(tmp_path) as address:
        yield address


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path, database_url=database, secret_key="only for tests")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application, its context pushed: a test that uses it runs on SQLite and on PostgreSQL."""
    with opened(a_copy(settings)) as app:
        yield app


@pytest.fixture
def app_of_its_own(settings: Settings) -> Iterator[Flask]:
    """The application for a test that opens a door of its own in it."""
    with an_app(settings) as app:
        yield app


@pytest.fixture
def empty_app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application before its first migration."""
    with an_app(Settings(instance=tmp_path, database_url=empty_database, secret_key="only for tests")) as app:
        yield app


@contextmanager
def an_app(settings: Settings) -> Iterator[Flask]:
    with opened(create_app(settings)) as app:
        yield app


@contextmanager
def opened(app: Flask) -> Iterator[Flask]:
    """The application made fit for tests, its context pushed until the test is over."""
    app.test_client_class = ClientOfItsOwn
    app.jinja_env.bytecode_cache = COMPILED
    app.testing = True
    with app.app_context():
        yield app
    close(app)


@pytest.fixture(autouse=True)
def _true_clock() -> Iterator[None]:
    """Nobody's pretended day lasts longer than their test."""
    yield
    clock.be_true()


@pytest.fixture
def today(app: Flask) -> date:
    """For this test it is 18 March 2567, thirteen days before the first half of the year ends."""
    clock.pretend(TODAY)
    return TODAY


@pytest.fixture
def cast(app: Flask) -> Cast:
    """A small office that every test knows."""
    return the_cast()
