"""What some tests need from the system, and what to type when it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import postgres

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """A program of the system that tests of one mark need."""

    mark: str
    name: str
    package: str


def path_of_chromium() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def missing() -> list[Need]:
    """What this machine lacks."""
    found = {
        Need("postgres", "PostgreSQL", "postgresql"): postgres.is_available(),
        Need("browser", "Chromium", "chromium"): path_of_chromium() is not None,
    }
    return [need for need, is_here in found.items() if not is_here]


def how_to_install(needs: list[Need]) -> str:
    """What the tests lack, and the command that installs it."""
    names = " and ".join(need.name for need in needs)
    packages = " ".join(need.package for need in needs)
    return f"{names} not found. To run the tests that need it: apt-get install {packages}"


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def left_out(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that cannot run without what is missing."""
    marks = [need.mark for need in missing()]
    return (item for item in items if any(item.get_closest_marker(mark) for mark in marks))
