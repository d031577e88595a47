"""Fixtures of the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from ita_flow.config import Settings
from tests.browser import Browser
from tests.conftest import an_app


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser of nobody yet; ``browser.sign_in(person)`` makes it somebody's."""
    return Browser(app)


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application without a database, in a request: for what only knows of addresses."""
    folder = tmp_path_factory.mktemp("plain")
    settings = Settings(folder, f"sqlite:///{folder}/none.sqlite3", secret_key="only for tests")
    with an_app(settings) as app, app.test_request_context():
        yield app
